package simd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/covetgo/covet/internal/guard"
)

// naiveFold is EqualFold's documentation, a byte at a time.
func naiveFold(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	lower := func(c byte) byte {
		if c >= 'A' && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}
	for i := range a {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func checkFold(t *testing.T, a, b []byte) {
	t.Helper()
	want := naiveFold(a, b)
	if got, s := EqualFold(a, b), EqualFoldString(string(a), string(b)); got != want || s != want {
		t.Fatalf("EqualFold(%q, %q) = %v, of strings %v, want %v", a, b, got, s, want)
	}
	if ascii(a) && ascii(b) && bytes.EqualFold(a, b) != want {
		t.Fatalf("bytes.EqualFold(%q, %q) is not %v", a, b, want)
	}
}

func ascii(p []byte) bool {
	return bytes.IndexFunc(p, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// Every pair of bytes at the places where kernels change their step.
func TestEqualFoldPairs(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for _, n := range []int{1, 2, 3, 4, 7, 8, 9, 31, 32, 33, 64, 70} {
			a, b := bytes.Repeat([]byte("q"), n), bytes.Repeat([]byte("Q"), n)
			for _, at := range []int{0, n / 2, n - 1} {
				for x := range 256 {
					for y := range 256 {
						a[at], b[at] = byte(x), byte(y)
						if got, want := EqualFold(a, b), naiveFold(a, b); got != want {
							t.Fatalf("EqualFold(%q, %q) = %v, want %v", a, b, got, want)
						}
					}
				}
				a[at], b[at] = 'q', 'Q'
			}
		}
	})
}

func TestEqualFoldLengths(t *testing.T) {
	ga, gb := guard.New(1024), guard.New(1024)
	defer ga.Close()
	defer gb.Close()
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(13, 14))
		for n := range 513 {
			for align := range 64 {
				a, b := ga.Back(n), gb.Front(n + align)[align:]
				if align%2 != 0 {
					a, b = ga.Front(n + align)[align:], gb.Back(n)
				}
				for i := range a {
					a[i] = byte(r.Uint32())
				}
				copy(b, a)
				for i, c := range b {
					if c|0x20 >= 'a' && c|0x20 <= 'z' && r.IntN(2) == 0 {
						b[i] ^= 0x20
					}
				}
				checkFold(t, a, b)
				if n > 0 {
					b[r.IntN(n)] ^= byte(1 << r.IntN(8))
					checkFold(t, a, b)
					checkFold(t, a, b[1:])
				}
			}
		}
		for _, n := range []int{window - 1, window, window + 1, 2*window + 70} {
			a, b := bytes.Repeat([]byte("k"), n), bytes.Repeat([]byte("K"), n)
			checkFold(t, a, b)
			b[n-1] = 'L'
			checkFold(t, a, b)
		}
	})
}

// The difference from the standard library, which folds all of Unicode.
func TestEqualFoldIsASCII(t *testing.T) {
	for _, c := range [][2]string{{"k", "\u212a"}, {"\u00e9", "\u00c9"}, {"\xff", "\ufffd"}} {
		if EqualFoldString(c[0], c[1]) || !strings.EqualFold(c[0], c[1]) {
			t.Errorf("EqualFold(%q, %q) = %v, strings.EqualFold: %v", c[0], c[1],
				EqualFoldString(c[0], c[1]), strings.EqualFold(c[0], c[1]))
		}
	}
}

func FuzzEqualFold(f *testing.F) {
	f.Add([]byte("Content-Length"), []byte("content-length"))
	f.Add([]byte("@[`{k\xe9"), []byte("`{@[K\xc9"))
	f.Add(bytes.Repeat([]byte("aZ"), 40), bytes.Repeat([]byte("Az"), 40))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkFold(t, a, b)
			checkFold(t, a, bytes.ToUpper(a))
		}
	})
}

func ExampleEqualFold() {
	fmt.Println(EqualFoldString("keep-alive", "Keep-Alive"), EqualFoldString("k", "\u212a"))
	// Output: true false
}
