package radix

import (
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// picker makes patterns and requests out of bytes. Its alphabets are small, so
// that patterns collide and requests meet them.
type picker struct{ data []byte }

func (p *picker) next() int {
	if len(p.data) == 0 {
		return 0
	}
	b := p.data[0]
	p.data = p.data[1:]
	return int(b)
}

func (p *picker) pick(from []string) string { return from[p.next()%len(from)] }

var (
	patternMethods = []string{"", "", "GET", "GET", "GET", "POST", "POST", "HEAD", "CONNECT", "PURGE", "QUERY", "OPTIONS", "G T"}
	requestMethods = []string{"GET", "GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "CONNECT", "PURGE", "BREW", "QUERY", "OPTIONS", "", "PATCH", "DELETE", "TRACE"}
	patternHosts   = []string{"", "", "", "", "", "a.com", "a.com", "b.com", "a.com:80", "::1", "a{b"}
	requestHosts   = []string{"", "a.com", "a.com", "b.com", "c.com", "a.com:80", "[::1]:80", "a:b:c"}

	patternSegments = []string{
		"a", "a", "b", "ab", "{x}", "{x}", "{x}", "{x}", "a", "b",
		"longsegment1", "longsegment2", "eightabc", "longsegment16byt", "longsegment16bya", "longersegment1",
		"%2F", "a%2Fb", "%61", "a%20b", "%zz", ".", "..", "...", ".a", "é", "it's", "a+b", "a%00",
		"", "{", "{}", "{$}", "{x...}", "a{x}", "{same}", "{0}", "{x}a",
	}
	patternEnds     = []string{"", "", "", "/", "/", "/{$}", "/{rest...}"}
	requestSegments = []string{
		"a", "a", "b", "ab", "a", "b", "a", "b", "c", "",
		"longsegment1", "longsegment2", "longsegment3", "eightabc", "eightabd", "longsegment16byt", "longsegment16bya",
		"longsegment16bytlongsegment16byt", "longersegment1",
		"%2F", "%2f", "a%2Fb", "a%2fb", "%61", "%2E", "%2e%2e", ".", "..", "...", ".a", "..a", "a.",
		"a%20b", "é", "%C3%A9", "it's", "it's%20x", "a+b", "a%2Bb+c", "%zz", "%25zz", "a%00", "%00", "{x}", "%7Bx%7D", "%", "%3F", "a b",
	}
	requestQueries = []string{"", "", "", "x=1", "a/../b?c", "q=%20%2F", "é"}
)

// pattern is a pattern of up to five segments.
func (p *picker) pattern() string {
	var b strings.Builder
	if m := p.pick(patternMethods); m != "" {
		b.WriteString(m + " ")
	}
	b.WriteString(p.pick(patternHosts))
	for i := range []int{0, 1, 1, 2, 2, 2, 3, 3, 4, 5}[p.next()%10] {
		b.WriteString("/" + numbered(p.pick(patternSegments), i))
	}
	b.WriteString(p.pick(patternEnds))
	return b.String()
}

// numbered makes wildcards' names differ, as they have to.
func numbered(segment string, i int) string {
	return strings.Replace(segment, "{x", "{x"+strconv.Itoa(i), 1)
}

// query is a request, mostly one that resembles a pattern.
func (p *picker) query(patterns []string) query {
	q := query{method: p.pick(requestMethods), host: p.pick(requestHosts)}
	raw := ""
	if n := p.next(); n%4 > 0 && len(patterns) > 0 {
		raw = p.like(patterns[n/4%len(patterns)])
	} else {
		for range p.next() % 6 {
			raw += "/" + p.pick(requestSegments)
		}
	}
	n := p.next()
	switch n % 16 {
	case 0, 1, 2:
		raw += "/"
	case 3:
		raw += "/" + p.pick(requestSegments)
	case 4:
		raw = strings.TrimSuffix(raw, "/")
	case 5:
		raw = strings.TrimPrefix(raw, "/")
	case 6:
		raw = "*"
	}
	q.url = urlOf(raw)
	if n%5 == 0 { // as a program may set it
		q.url = &url.URL{Path: raw}
	}
	q.url.RawQuery = p.pick(requestQueries)
	if n%7 == 0 {
		q.url.Host = p.pick(requestHosts)
	}
	return q
}

// like is a path after a pattern: most literals stay, wildcards get a value.
func (p *picker) like(pattern string) string {
	path := pattern[strings.IndexByte(pattern, '/'):]
	var b strings.Builder
	for s := range strings.SplitSeq(path[1:], "/") {
		b.WriteByte('/')
		n := p.next()
		switch {
		case s == "{$}" || s == "":
		case strings.HasPrefix(s, "{") || n%8 == 0:
			b.WriteString(p.pick(requestSegments))
		default:
			b.WriteString(s)
		}
	}
	return b.String()
}

// compare builds one set of patterns and asks it a few requests. It returns
// how many requests Find was asked and sure of.
func (p *picker) compare(t testing.TB) (sure int) {
	var patterns []string
	for range p.next()%16 + 1 {
		if s := p.pattern(); !emptyLiteral(s) {
			patterns = append(patterns, s)
		}
	}
	o := newOracle(t, patterns...)
	for range p.next()%8 + 1 {
		if o.check(t, p.query(o.patterns)) {
			sure++
		}
	}
	return sure
}

func FuzzServeMux(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 200 {
		f.Add(randomBytes(r, 40+2*i))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		(&picker{data}).compare(t)
	})
}

func randomBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// TestRandomSets is the fuzz target without the engine: the same sets on every
// run, so that plain "go test" has them.
func TestRandomSets(t *testing.T) {
	const seed, sets = 20261124, 20_000
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	sure := 0
	for range sets {
		sure += (&picker{randomBytes(r, 400)}).compare(t)
	}
	if sure < sets {
		t.Errorf("Find was sure of %d requests: the fast way is hardly tested", sure)
	}
	t.Logf("Find was sure of %d requests", sure)
}
