package radix

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func newTree(t testing.TB, patterns ...string) *Tree {
	t.Helper()
	tree := new(Tree)
	for i, text := range patterns {
		p, err := Parse(text)
		if err == nil {
			err = tree.Add(p, i)
		}
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	}
	tree.Compile()
	return tree
}

// TestOrder registers one set in many orders. It has overlaps that ServeMux
// refuses: no order may decide between those.
func TestOrder(t *testing.T) {
	patterns := orderSet(t)
	queries := orderQueries(patterns)
	want := answersOf(newTree(t, patterns...), queries)
	r := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		r.Shuffle(len(patterns), func(i, j int) { patterns[i], patterns[j] = patterns[j], patterns[i] })
		got := answersOf(newTree(t, patterns...), queries)
		for i := range queries {
			if got[i] != want[i] {
				t.Fatalf("%v\none order %+v\nanother   %+v", queries[i], want[i], got[i])
			}
		}
	}
}

// orderSet is 200 patterns: some random ones, the rest GitHub's.
func orderSet(t *testing.T) []string {
	var patterns []string
	shapes := map[string]bool{}
	add := func(text string) {
		p, err := Parse(text)
		if err == nil && !shapes[p.Shape()] && len(patterns) < 200 {
			shapes[p.Shape()] = true
			patterns = append(patterns, text)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	for len(patterns) < 120 {
		add((&picker{randomBytes(r, 20)}).pattern())
	}
	for _, text := range githubRoutes {
		add(text)
	}
	if len(patterns) != 200 {
		t.Fatalf("%d patterns, want 200", len(patterns))
	}
	if accepted := newOracle(t, patterns...).patterns; len(accepted) > len(patterns)-20 {
		t.Fatalf("ServeMux accepts %d of %d: too few overlaps", len(accepted), len(patterns))
	}
	return patterns
}

func orderQueries(patterns []string) []query {
	r := rand.New(rand.NewPCG(7, 8))
	var queries []query
	for range 150 {
		queries = append(queries, (&picker{randomBytes(r, 40)}).query(patterns))
	}
	return queries
}

func answersOf(tree *Tree, queries []query) []answer {
	o := &oracle{tree: *tree}
	var all []answer
	for _, q := range queries {
		all = append(all, o.askResolve(q))
		if a, sure := o.askFind(q); q.fast() && sure {
			all[len(all)-1].Values += fmt.Sprintf(" %+v", a)
		}
	}
	return all
}

// TestOverlap shows the rule for patterns that ServeMux refuses to have side
// by side: the more literal segment from the left wins, then the method.
func TestOverlap(t *testing.T) {
	for _, tt := range []struct{ a, b, method, path, want string }{
		{"/a/{x}/b", "/a/c/{y}", "GET", "/a/c/b", "/a/c/{y}"},
		{"/a/{x}", "/{y}/b", "GET", "/a/b", "/a/{x}"},
		{"/a/{x}", "/{y}/b", "GET", "/c/b", "/{y}/b"},
		{"/a/", "/{y}/b", "GET", "/a/b", "/a/"},
		{"GET /a/", "/a/{x}", "GET", "/a/b", "/a/{x}"},
		{"GET /a/", "POST /a/{x}", "GET", "/a/b", "GET /a/"},
		{"/a", "GET /{x}", "GET", "/a", "/a"},
		{"/{x}/b/{r...}", "/{x}/{y}/c", "GET", "/a/b/c", "/{x}/b/{r...}"},
		{"HEAD /{x...}", "GET /a", "HEAD", "/a", "GET /a"},
		{"a.com/{x}", "/a", "GET", "/a", "a.com/{x}"},
	} {
		for _, set := range [][]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			o := &oracle{tree: *newTree(t, set...)}
			q := query{tt.method, "a.com", urlOf(tt.path)}
			got := o.askResolve(q)
			if found, sure := o.askFind(q); got.Ran != tt.want || !sure || found != got {
				t.Errorf("%q\n%v\nResolve %+v\nFind    %+v %v\nwant %q", set, q, got, found, sure, tt.want)
			}
		}
	}
}

// TestRandomOverlaps compares sets with overlaps to the rule's plain form.
func TestRandomOverlaps(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 5000 {
		p := &picker{randomBytes(r, 400)}
		o, shapes := &oracle{}, map[string]bool{}
		for range p.next()%16 + 1 {
			text := p.pattern()
			if parsed, err := Parse(text); err == nil && !shapes[parsed.Shape()] {
				shapes[parsed.Shape()] = true
				o.patterns = append(o.patterns, text)
			}
		}
		o.tree = *newTree(t, o.patterns...)
		for range 4 {
			if q := p.query(o.patterns); q.method != "CONNECT" {
				o.checkPlain(t, q)
			}
		}
	}
}

func (o *oracle) checkPlain(t *testing.T, q query) {
	got, want := o.askResolve(q), o.askPlain(q)
	if got.Location != "" { // where to is ServeMux's test
		got.Location, got.Pattern = "", ""
	}
	if got != want {
		t.Fatalf("patterns %q\n%v\nResolve %+v\nplain   %+v", o.patterns, q, got, want)
	}
	if !q.fast() {
		return
	}
	if found, sure := o.askFind(q); sure && found != want {
		t.Fatalf("patterns %q\n%v\nFind  %+v\nplain %+v", o.patterns, q, found, want)
	}
}

// askPlain looks at every pattern and keeps the best.
func (o *oracle) askPlain(q query) answer {
	escaped := q.url.EscapedPath()
	path := CleanPath(escaped)
	best := o.bestFor(q, path)
	switch {
	case path != escaped || !best.exact(path) && o.bestFor(q, path+"/").exact(path+"/") && !strings.HasSuffix(path, "/"):
		return answer{Status: 307}
	case best != nil:
		values, _ := best.match(path)
		return answer{Status: 200, Pattern: best.Text, Ran: best.Text, Values: fmt.Sprintf("%q", values)}
	}
	if allow := o.plainAllow(q, path); allow != "" {
		return answer{Status: 405, Allow: allow}
	}
	return answer{Status: 404}
}

// exact reports whether p, which matches path, has no wildcard that stands for
// more than one segment of it, or for none.
func (p *Pattern) exact(path string) bool {
	if p == nil {
		return false
	}
	return p.last().kind != multi || strings.HasSuffix(path, "/") && strings.Count(path, "/") == len(p.segments)
}

// plainAllow has the methods of all patterns for the path, or the path and a
// slash.
func (o *oracle) plainAllow(q query, path string) string {
	methods := map[string]bool{}
	for _, text := range o.patterns {
		p, _ := Parse(text)
		_, ok := p.match(path)
		if !ok && !strings.HasSuffix(path, "/") {
			_, ok = p.match(path + "/")
		}
		if ok && (p.Host == "" || p.Host == StripPort(q.host)) {
			methods[p.Method] = true
		}
	}
	if methods["GET"] {
		methods["HEAD"] = true
	}
	delete(methods, "")
	return strings.Join(slices.Sorted(maps.Keys(methods)), ", ")
}

// bestFor is the pattern with the least rank of those that match.
func (o *oracle) bestFor(q query, path string) *Pattern {
	var best *Pattern
	least := ""
	for _, text := range o.patterns {
		p, _ := Parse(text)
		if _, ok := p.match(path); !ok {
			continue
		}
		if rank := p.rank(q); rank != "" && (best == nil || rank < least) {
			best, least = p, rank
		}
	}
	return best
}

// rank orders patterns that match the same path: host, segments, method.
func (p *Pattern) rank(q query) string {
	var b strings.Builder
	switch p.Host {
	case StripPort(q.host):
		b.WriteByte('0')
	case "":
		b.WriteByte('1')
	default:
		return ""
	}
	for _, s := range p.segments {
		b.WriteByte('0' + byte(s.kind))
	}
	switch {
	case p.Method != "" && p.Method == q.method:
		b.WriteString("/0")
	case p.Method == "GET" && q.method == "HEAD":
		b.WriteString("/1")
	case p.Method == "":
		b.WriteString("/2")
	default:
		return ""
	}
	return b.String()
}

func (p *Pattern) last() segment { return p.segments[len(p.segments)-1] }

// match matches one pattern without a tree. path is clean and escaped.
func (p *Pattern) match(path string) (values []string, ok bool) {
	values = []string{}
	for _, s := range p.segments {
		if path == "" {
			return nil, false
		}
		seg, rest := firstSegment(path)
		switch {
		case s.kind == multi && s.text != "":
			return append(values, unescape(path[1:])), true
		case s.kind == multi:
			return values, true
		case s.kind == single && seg != "/":
			values = append(values, seg)
		case s.kind == single || s.text != seg:
			return nil, false
		}
		path = rest
	}
	return values, path == ""
}
