package radix

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestStatics: the short cut finds every static path, and nothing else. What
// it finds is compared with ServeMux's answers in the other tests.
func TestStatics(t *testing.T) {
	patterns := append(many(400), "h.com/p/3", "/a%2Fb", "/sub/", "/./p", "/{$}")
	for n := range 200 {
		patterns = append(patterns, "/"+strings.Repeat("s", n)+"1/{$}", "GET /p/"+strings.Repeat("s", n)+"2")
	}
	tree := newTree(t, patterns...)
	found := 0
	for _, text := range patterns {
		path := strings.TrimSuffix(text[strings.IndexByte(text, '/'):], "{$}")
		for _, p := range []string{path, path + "x", path + "/", path[1:], path[:len(path)-1], strings.Replace(path, "s", "t", 1)} {
			if tree.checkStatic(t, p) {
				found++
			}
		}
	}
	if found < 590 {
		t.Errorf("only %d paths are in the table", found)
	}
	for _, p := range []string{"/a/b", "/a%2Fb", "/./p", "/sub", "/sub/", "/p/3", ""} {
		if e := tree.statics.find(p); e != nil {
			t.Errorf("find(%q) = %v, want nil", p, e)
		}
	}
}

// checkStatic compares the table with the tree.
func (t *Tree) checkStatic(tb testing.TB, p string) (found bool) {
	got, want := t.statics.find(p), t.endpointsAt(p)
	if got != want && (got != nil || !t.crowded(p)) {
		tb.Errorf("find(%q) = %p, the tree has %p", p, got, want)
	}
	if got != nil && !t.statics.mayHave(len(p)) {
		tb.Errorf("mayHave(%d) is false, find(%q) is not nil", len(p), p)
	}
	return got != nil
}

// crowded reports whether all places for p are taken by others.
func (t *Tree) crowded(p string) bool {
	at := int(hashPath(p) >> t.statics.shift)
	for i := range staticProbes {
		if k := t.statics.table[(at+i)&(len(t.statics.table)-1)]; k.ends == nil || k.path == p {
			return false
		}
	}
	return true
}

// endpointsAt walks along plain literals only.
func (t *Tree) endpointsAt(p string) *endpoints {
	n := t.anyHost
	for p != "" && p != "/" && n != nil {
		if p[0] != '/' {
			return nil
		}
		end := plainSlashAfter(p, 1)
		seg := p[1:end]
		if !plain(seg) {
			return nil
		}
		n, p = n.literals[seg], p[end:]
	}
	switch {
	case n == nil:
		return nil
	case p == "/":
		return n.slash
	}
	return n.leaf
}

// TestStaticsAlike: paths that differ only where the hash does not look leave
// the table bounded, and the tree finds those that have no place in it.
func TestStaticsAlike(t *testing.T) {
	var patterns []string
	for i := range 300 {
		patterns = append(patterns, fmt.Sprintf("/aaaaaaa%04dbbbbbbbbbbcccccccccc", i))
	}
	tree := newTree(t, patterns...)
	s, inTable := &Search{}, 0
	for i, p := range patterns {
		if tree.statics.find(p) != nil {
			inTable++
		}
		if leaf, sure := tree.Find(s, "GET", "", p); !sure || leaf == nil || leaf.Value != i {
			t.Errorf("Find(%q) = %v, %v", p, leaf, sure)
		}
	}
	if inTable != staticProbes {
		t.Errorf("%d paths of one hash are in the table, want %d", inTable, staticProbes)
	}
}

// TestStaticsRan plants a wrong endpoint: Find answers static paths by it.
func TestStaticsRan(t *testing.T) {
	tree := newTree(t, "/a/b", "/a/{x}", "h.com/c")
	wrong := &Leaf{Pattern: &Pattern{Text: "planted"}}
	e := &endpoints{}
	for n := range e.byNumber {
		e.byNumber[n] = wrong
	}
	tree.statics.add("/p/q", e)
	s := &Search{Values: make([]string, 0, 1)}
	if leaf, sure := tree.Find(s, "GET", "", "/p/q"); leaf != wrong || !sure {
		t.Errorf("Find goes round the table: %v", leaf)
	}
	if leaf, _ := tree.Find(s, "GET", "h.com", "/p/q"); leaf != nil {
		t.Errorf("Find asks the table before the host's patterns: %v", leaf)
	}
}

// TestStaticsRandom keeps many short static paths full of collisions.
func TestStaticsRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 300 {
		n := newNode()
		for range r.IntN(60) {
			c := n
			for range 1 + r.IntN(3) {
				c = c.addLiteral(strings.Repeat(string(rune('a'+r.IntN(3))), 1+r.IntN(12)))
			}
			c.leaf = &endpoints{}
		}
		n.compile()
		tree := &Tree{anyHost: n}
		tree.statics.compile(n)
		all := map[string]*endpoints{}
		n.addStatics("", all)
		for p := range all {
			tree.checkStatic(t, p)
		}
	}
}
