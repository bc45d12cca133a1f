package radix

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestEmpty: a tree without patterns answers 404 to all.
func TestEmpty(t *testing.T) {
	o := newOracle(t)
	for _, raw := range []string{"/", "/a", "/a/", "//", ""} {
		for _, method := range []string{"GET", "CONNECT", "PURGE"} {
			o.check(t, query{method, "a.com", urlOf(raw)})
		}
	}
}

// TestCompileAgain adds patterns to a tree in use.
func TestCompileAgain(t *testing.T) {
	o := newOracle(t, "GET /a")
	q := query{"POST", "", urlOf("/a")}
	o.check(t, q)
	o.add(t, "PUT /a")
	o.add(t, "GET /a/{x}/{y}")
	o.tree.Compile()
	o.check(t, q)
	if o.check(t, query{"GET", "", urlOf("/a/1/2")}); o.ran != "GET /a/{x}/{y}" || o.tree.MaxValues() != 2 {
		t.Errorf("ran %q, MaxValues %d", o.ran, o.tree.MaxValues())
	}
}

// TestSearchReuse: nothing of one request is left for the next. Each comes
// after each other one.
func TestSearchReuse(t *testing.T) {
	tree := newTree(t, "GET /{a}/{b}/{c}", "GET /x", "POST /x", "GET /s/", "GET /m/{rest...}", "POST /m/n")
	asks := []struct {
		method, path, want string
	}{
		{"GET", "/1/2/3", "GET /{a}/{b}/{c} [1 2 3] [] true"},
		{"GET", "/x", "GET /x [] [] true"},
		{"PUT", "/x", "[GET, HEAD, POST] true"},
		{"GET", "/y/z", "[] true"},
		{"GET", "/s", "[] false"},
		{"GET", "//", "[] false"},
		{"GET", "", "[] false"},
		{"GET", "/m/../x", "[] false"},
		{"GET", "/m/n", "GET /m/{rest...} [n] [] true"},
		{"GET", "/4/5/6", "GET /{a}/{b}/{c} [4 5 6] [] true"},
	}
	s := &Search{Values: make([]string, 0, tree.MaxValues())}
	for _, before := range asks {
		for _, tt := range asks {
			tree.Find(s, before.method, "", before.path)
			leaf, sure := tree.Find(s, tt.method, "", tt.path)
			got := fmt.Sprint(s.Allow, sure)
			if leaf != nil {
				got = fmt.Sprint(leaf.Pattern.Text, s.Values, s.Allow, sure)
			}
			if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(tt.want, " ", "") {
				t.Errorf("%s %s after %s %s: %s, want %s", tt.method, tt.path, before.method, before.path, got, tt.want)
			}
		}
	}
}

func TestGitHub(t *testing.T) {
	tree := newTree(t, githubRoutes...)
	s := &Search{Values: make([]string, 0, tree.MaxValues())}
	for i, a := range githubRequests() {
		leaf, sure := tree.Find(s, a.method, "", a.raw)
		if !sure || leaf == nil || leaf.Value != i {
			t.Errorf("%s %s: %+v, %v, want %q", a.method, a.raw, leaf, sure, githubRoutes[i])
		}
	}
}

// many is n routes in the manner of a large service.
func many(n int) []string {
	var patterns []string
	for i := range n {
		kind := []string{"GET /service%d/items", "GET /service%d/items/{id}", "POST /v1/accounts/{account}/things%d/{id}", "GET /static/page%d.html"}[i%4]
		patterns = append(patterns, fmt.Sprintf(kind, i/4))
	}
	return patterns
}

// TestManyRoutes: building grows about linearly, and looking up does not grow.
// The bounds leave room for a busy machine.
func TestManyRoutes(t *testing.T) {
	_, tenth := buildTime(t, 1_000)
	tree, whole := buildTime(t, 10_000)
	if whole > 40*tenth {
		t.Errorf("1,000 routes took %v, 10,000 took %v", tenth, whole)
	}
	few := newTree(t, many(40)...)
	path := "/v1/accounts/17/things9/4"
	small, large := lookupTime(t, few, path), lookupTime(t, tree, path)
	if large > 5*small {
		t.Errorf("look-up among 40 routes takes %v, among 10,000 %v", small, large)
	}
}

// buildTime is the best of a few.
func buildTime(t *testing.T, routes int) (tree *Tree, best time.Duration) {
	patterns := many(routes)
	best = time.Hour
	for range 3 {
		start := time.Now()
		tree = newTree(t, patterns...)
		best = min(best, time.Since(start))
	}
	return tree, best
}

// lookupTime is the best of many short runs, which a busy machine can't spoil.
func lookupTime(t *testing.T, tree *Tree, path string) time.Duration {
	s := &Search{Values: make([]string, 0, tree.MaxValues())}
	best := time.Hour
	for range 50 {
		start := time.Now()
		for range 1000 {
			if leaf, _ := tree.Find(s, "POST", "", path); leaf == nil {
				t.Fatalf("no match for %q", path)
			}
		}
		best = min(best, time.Since(start))
	}
	return best / 1000
}
