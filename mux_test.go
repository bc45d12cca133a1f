package covet_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

// The App is held against http.ServeMux from outside, through ServeHTTP: the
// handler chosen, r.Pattern, path values, status, Allow, Location. What they
// are known to differ in is listed in internal/radix, where the matcher itself
// is fuzzed; here the alphabets leave those cases out.

var (
	muxMethods  = []string{"", "", "GET", "GET", "POST", "HEAD", "PURGE", "QUERY"}
	muxHosts    = []string{"", "", "", "a.com", "b.com"}
	muxSegments = []string{"a", "b", "ab", "longsegment1", "longsegment2", "{x}", "{x}", "a%2Fb", "é"}
	muxEnds     = []string{"", "", "/", "/{$}", "/{rest...}"}

	askMethods  = []string{"GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PURGE", "QUERY", "OPTIONS", "CONNECT"}
	askHosts    = []string{"", "a.com", "a.com:80", "b.com", "c.com"}
	askSegments = []string{"a", "b", "ab", "c", "longsegment1", "longsegment3", "a%2Fb", "a%2fb", "%C3%A9", "x%20y", ".", "..", "", "it's", "a+b"}
)

type mux interface {
	http.Handler
	Handle(pattern string, h http.Handler)
}

type pair struct {
	mux      *http.ServeMux
	app      *covet.App
	patterns []string
	ran      string
}

// handler notes what a handler sees.
func (p *pair) handler(pattern string) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		p.ran = fmt.Sprintf("%s|%s", pattern, r.Pattern)
		for _, n := range wildcards(pattern) {
			p.ran += fmt.Sprintf("|%q", r.PathValue(n))
		}
	})
}

// native is handler behind covet's own door.
func (p *pair) native(pattern string) covet.HandlerFunc {
	return func(c *covet.Ctx) error {
		p.ran = fmt.Sprintf("%s|%s", pattern, c.Pattern())
		for _, n := range wildcards(pattern) {
			p.ran += fmt.Sprintf("|%q", c.Param(n))
		}
		return nil
	}
}

func wildcards(pattern string) (names []string) {
	for s := range strings.SplitSeq(pattern, "/") {
		if s != "{$}" && strings.HasPrefix(s, "{") {
			names = append(names, strings.Trim(s, "{.}"))
		}
	}
	return names
}

// newPair registers those patterns that a ServeMux accepts together.
func newPair(patterns []string) *pair {
	p := &pair{mux: http.NewServeMux(), app: covet.New(nil)}
	for i, text := range patterns {
		if !accepts(p.mux, text, p.handler(text)) {
			continue
		}
		p.patterns = append(p.patterns, text)
		if i%2 == 0 {
			p.app.Handle(text, p.handler(text))
		} else {
			p.app.Handle(text, p.native(text))
		}
	}
	return p
}

func accepts(m mux, pattern string, h http.Handler) (ok bool) {
	defer func() { ok = recover() == nil }()
	m.Handle(pattern, h)
	return true
}

func (p *pair) ask(h http.Handler, method, host, target string) string {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		panic(err)
	}
	r := &http.Request{Method: method, Host: host, URL: u, RequestURI: target, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody}
	w := httptest.NewRecorder()
	p.ran = ""
	h.ServeHTTP(w, r)
	return fmt.Sprintf("%d allow %q location %q pattern %q ran %q", w.Code, w.Header().Get("Allow"), w.Header().Get("Location"), r.Pattern, p.ran)
}

func (p *pair) compare(t *testing.T, method, host, target string) {
	t.Helper()
	want := p.ask(p.mux, method, host, target)
	got := p.ask(p.app, method, host, target)
	if escapesTwice && strings.HasPrefix(want, "307") && (method == "CONNECT" || strings.ContainsAny(target, "%'")) {
		return
	}
	if got != want {
		t.Errorf("patterns %q\n%s %s %s\nApp      %s\nServeMux %s", p.patterns, method, host, target, got, want)
	}
}

// escapesTwice is true of Go 1.26, whose ServeMux redirects to a path that is
// escaped once more, and cleans that of a CONNECT. internal/radix pins what exactly it does.
var escapesTwice = func() bool {
	w := get(http.NewServeMux(), "//a%20b")
	return w.Header().Get("Location") != "/a%20b"
}()

type dice struct{ *rand.Rand }

func (d dice) pick(from []string) string { return from[d.IntN(len(from))] }

func (d dice) pattern() string {
	s := d.pick(muxMethods)
	if s != "" {
		s += " "
	}
	s += d.pick(muxHosts)
	for i := range d.IntN(4) {
		s += "/" + strings.Replace(d.pick(muxSegments), "{x", fmt.Sprint("{x", i), 1)
	}
	end := d.pick(muxEnds)
	if !strings.Contains(s, "/") && end == "" {
		end = "/"
	}
	return s + end
}

func (d dice) target(connect bool) string {
	s := ""
	for range d.IntN(5) {
		segment := d.pick(askSegments)
		if connect && segment == "" {
			segment = "a" // ServeMux gives wrong values then
		}
		s += "/" + segment
	}
	if s == "" || d.IntN(4) == 0 {
		s += "/"
	}
	if d.IntN(8) == 0 {
		s += "?q=1"
	}
	return s
}

func TestLikeServeMux(t *testing.T) {
	const seed = 1
	d := dice{rand.New(rand.NewPCG(seed, seed))}
	for range 2000 {
		var patterns []string
		for range 1 + d.IntN(12) {
			patterns = append(patterns, d.pattern())
		}
		p := newPair(patterns)
		for range 8 {
			method := d.pick(askMethods)
			p.compare(t, method, d.pick(askHosts), d.target(method == "CONNECT"))
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzLikeServeMux(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Add(uint64(20261124), uint64(7))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		d := dice{rand.New(rand.NewPCG(a, b))}
		var patterns []string
		for range 1 + d.IntN(12) {
			patterns = append(patterns, d.pattern())
		}
		p := newPair(patterns)
		for range 8 {
			method := d.pick(askMethods)
			p.compare(t, method, d.pick(askHosts), d.target(method == "CONNECT"))
		}
	})
}

// TestStar: a request for "*" is a 400 that closes the connection.
func TestStar(t *testing.T) {
	app := covet.New(nil)
	app.HandleFunc("/", func(http.ResponseWriter, *http.Request) {})
	for _, h := range []http.Handler{app, http.NewServeMux()} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RequestURI = "*"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 400 || w.Header().Get("Connection") != "close" {
			t.Errorf("%T: status %d, header %v; want 400, Connection: close", h, w.Code, w.Header())
		}
	}
}
