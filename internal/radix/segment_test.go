package radix

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Plain twins of the word-at-a-time helpers.

func plainWord(s string) (word uint64) {
	for i := range min(len(s), 8) {
		word |= uint64(s[i]) << (8 * i)
	}
	return word
}

func plainSlashAfter(s string, i int) int {
	for i < len(s) && s[i] != '/' {
		i++
	}
	return i
}

func plainClean(s string) bool {
	parts := strings.Split(s[1:], "/")
	for i, part := range parts {
		if part == "." || part == ".." || part == "" && i < len(parts)-1 {
			return false
		}
	}
	return true
}

// checkHelpers compares at every index of s.
func checkHelpers(t testing.TB, s string) {
	for i := range len(s) + 1 {
		if got, want := slashAfter(s, i), plainSlashAfter(s, i); got != want {
			t.Fatalf("slashAfter(%q, %d) = %d, want %d", s, i, got, want)
		}
		first := s[i:plainSlashAfter(s, i)]
		if got, want := wordOf(first), plainWord(first); got != want {
			t.Fatalf("wordOf(%q) = %#x, want %#x", first, got, want)
		}
		if got, want := dotSegment(first), first == "" || first == "." || first == ".."; got != want {
			t.Fatalf("dotSegment(%q) = %v", first, got)
		}
		checkChild(t, s, i)
	}
	if p := "/" + s; clean(p) != plainClean(p) || clean(p) != (CleanPath(p) == p) {
		t.Fatalf("clean(%q) = %v, the plain form says %v, CleanPath %q", p, clean(p), plainClean(p), CleanPath(p))
	}
}

// checkChild looks the segment at s[i] up in a node that has it, and in others.
func checkChild(t testing.TB, s string, i int) {
	want := plainSlashAfter(s, i)
	if c, end := emptyNode.child(s, i); c != nil || end != want {
		t.Fatalf("child(%q, %d) = %p, %d of an empty node, want nil, %d", s, i, c, end, want)
	}
	if c, end := abcNode.child(s, i); c != abcNode.literals[s[i:want]] || end != want {
		t.Fatalf("child(%q, %d) = %p, %d, want %p, %d", s, i, c, end, abcNode.literals[s[i:want]], want)
	}
}

var (
	emptyNode = nodeWith()
	abcNode   = nodeWith("a", "x", "xx", "xxxxxxx", "xxxxxxxx", "xxxxxxxxx", strings.Repeat("x", 16), strings.Repeat("x", 17), strings.Repeat("x", 40), "a\x00", "\x00", "\xaf", "0")
)

func nodeWith(keys ...string) *node {
	n := newNode()
	for _, k := range keys {
		n.addLiteral(k).leaf = &endpoints{}
	}
	n.compile()
	return n
}

// TestHelpers covers all lengths to 64, with a slash, a dot and what differs
// from them by one bit or a carry ('0', '.', 0x80, 0xAF) at every place. A
// substring moves the text to all alignments.
func TestHelpers(t *testing.T) {
	for n := range 65 {
		plain := strings.Repeat("x", n)
		checkHelpers(t, plain)
		for i := range n {
			for _, c := range []string{"/", ".", "0", "\x80", "\xaf", "\x00", "//", "/.", "/./", "/../", "..", "/..."} {
				if i+len(c) <= n {
					checkHelpers(t, plain[:i]+c+plain[i+len(c):])
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(11, 12))
	for range 20_000 {
		b := make([]byte, r.IntN(65))
		for i := range b {
			b[i] = "//..a0\x80\xaf\x00"[r.IntN(9)]
		}
		skip := r.IntN(min(8, len(b)+1))
		checkHelpers(t, string(b)[skip:])
	}
}

func FuzzHelpers(f *testing.F) {
	for _, s := range []string{"", "a", "a/b", "longersegment/../x", "//", "/.a/..", "12345678/", "1234567/./", "\x00/\xff."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkHelpers(t, s[:min(len(s), 200)]) })
}

// TestTable looks up every key of tables of many sizes, and keys that differ
// from one in a single byte or in length.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, size := range []int{0, 1, 2, 3, 4, 5, 15, 16, 17, 64, 65, 300, 2000} {
		keys := map[string]bool{}
		for len(keys) < size {
			key := strings.Repeat("s", r.IntN(20)) + fmt.Sprintf("%x", r.IntN(4*size)) + strings.Repeat("t", r.IntN(20))
			keys[key] = true
		}
		n := nodeWith(slices.Collect(maps.Keys(keys))...)
		for key := range keys {
			for _, k := range []string{key, key + "t", key[1:], key + "\x00", "X" + key[1:], key[:len(key)-1] + "X", key[:len(key)/2] + "X" + key[len(key)/2+1:]} {
				if got, end := n.child("/"+k, 1); got != n.literals[k] || end != len(k)+1 {
					t.Fatalf("%d keys: child(%q) = %p, want %p", size, k, got, n.literals[k])
				}
			}
		}
	}
}

// TestLongKeys has keys of one letter: they differ in nothing but length, and
// their first and last eight bytes agree.
func TestLongKeys(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for range 500 {
		var keys []string
		for n := range 40 {
			if r.IntN(2) == 0 {
				keys = append(keys, strings.Repeat("x", n+1))
			}
		}
		n := nodeWith(keys...)
		for length := range 45 {
			k := strings.Repeat("x", length)
			if got, _ := n.child("/"+k, 1); got != n.literals[k] {
				t.Fatalf("keys %q: child(%q) = %p, want %p", keys, k, got, n.literals[k])
			}
		}
	}
}
