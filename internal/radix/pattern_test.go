package radix

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text, method, host, names, shape string
	}{
		{"/", "", "", "[]", " /{...}"},
		{"/{$}", "", "", "[]", " /%2F"},
		{"GET /a", "GET", "", "[]", "GET /a"},
		{"GET \t /a", "GET", "", "[]", "GET /a"},
		{" /a", "", "", "[]", " /a"},
		{"PURGE a.com/a/", "PURGE", "a.com", "[]", "PURGE a.com/a/{...}"},
		{"a.com:80/", "", "a.com:80", "[]", " a.com:80/{...}"},
		{"/{x}/{y}/{z...}", "", "", "[x y z]", " /{}/{}/{...}"},
		{"/{äöü_1}", "", "", "[äöü_1]", " /{}"},
		{"/a%2Fb/%7Bx%7D", "", "", "[]", " /a%2Fb/%7Bx%7D"},
		{"/a%/b", "", "", "[]", " /a%25/b"},
		{"//a", "", "", "[]", " //a"},
		{"/a}", "", "", "[]", " /a%7D"},
	} {
		p, err := Parse(tt.text)
		if err != nil {
			t.Errorf("Parse(%q) = %v", tt.text, err)
			continue
		}
		if names := fmt.Sprint(p.Names); p.Text != tt.text || p.Method != tt.method || p.Host != tt.host || names != tt.names || p.Shape() != tt.shape {
			t.Errorf("Parse(%q) = %+v with shape %q, want %+v", tt.text, p, p.Shape(), tt)
		}
	}
}

func TestParseError(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", `pattern "", offset 0: no path: it must contain a /`},
		{"GET", `pattern "GET", offset 0: no path: it must contain a /`},
		{"GET a.com", `pattern "GET a.com", offset 4: no path: it must contain a /`},
		{"G(T /", `pattern "G(T /", offset 0: invalid method "G(T"`},
		{"/a b", `pattern "/a b", offset 0: invalid method "/a"`},
		{"{x}/a", `pattern "{x}/a", offset 0: host contains {: is the first / missing?`},
		{"GET  a{x}/a", `pattern "GET  a{x}/a", offset 6: host contains {: is the first / missing?`},
		{"GET /a//b", `pattern "GET /a//b", offset 4: never matches, paths are cleaned first: write "/a/b"`},
		{"POST a.com/./b/", `pattern "POST a.com/./b/", offset 10: never matches, paths are cleaned first: write "/b/"`},
		{"/a{x}", `pattern "/a{x}", offset 1: a wildcard must fill its segment, "a{x}" has text before it`},
		{"/b/{x", `pattern "/b/{x", offset 3: wildcard "{x" has no closing brace at its end`},
		{"/b/{x}c/d", `pattern "/b/{x}c/d", offset 3: wildcard "{x}c" has no closing brace at its end`},
		{"/{$}/a", `pattern "/{$}/a", offset 1: {$} must end the pattern`},
		{"/{$}/", `pattern "/{$}/", offset 1: {$} must end the pattern`},
		{"/{x...}/a", `pattern "/{x...}/a", offset 1: {x...} must end the pattern`},
		{"/a/{}", `pattern "/a/{}", offset 3: wildcard name "" is not a Go identifier`},
		{"/a/{...}", `pattern "/a/{...}", offset 3: wildcard name "" is not a Go identifier`},
		{"/a/{1x}", `pattern "/a/{1x}", offset 3: wildcard name "1x" is not a Go identifier`},
		{"/a/{x-y}", `pattern "/a/{x-y}", offset 3: wildcard name "x-y" is not a Go identifier`},
		{"/{", `pattern "/{", offset 1: wildcard "{" has no closing brace at its end`},
		{"GET /{x}/b/{x}", `pattern "GET /{x}/b/{x}", offset 11: wildcard {x} appears twice`},
		{"/{x}/{x...}", `pattern "/{x}/{x...}", offset 5: wildcard {x} appears twice`},
	} {
		if p, err := Parse(tt.text); err == nil || err.Error() != tt.want || p != nil {
			t.Errorf("Parse(%q) = %v, %v\nwant %s", tt.text, p, err, tt.want)
		}
	}
}

// FuzzParse: ServeMux decides what is a pattern.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "/", "GET /", " /", "GET\t\t/{x}", "h/{x...}", "/{$}", "/{x}{y}", "/%", "/{é}", "C /..", "CONNECT /..", "/{x}/{x}", "/{", "a{/", " 0 /"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o := oracle{mux: http.NewServeMux()}
		p, err := Parse(s)
		if refused := o.handle(s); (err != nil) != (refused != "") {
			t.Fatalf("Parse(%q) = %v, ServeMux: %q", s, err, refused)
		}
		if err != nil {
			return
		}
		if again, err := Parse(reparsed(p)); err != nil || again.Shape() != p.Shape() {
			t.Fatalf("Parse(%q) is not Parse(%q): %v", reparsed(p), s, err)
		}
	})
}

// reparsed is a pattern of p's shape, made from what Parse read.
func reparsed(p *Pattern) string {
	s := p.Shape()
	for i := 0; strings.Contains(s, "/{}"); i++ {
		s = strings.Replace(s, "/{}", fmt.Sprintf("/{w%d}", i), 1)
	}
	if strings.HasSuffix(s, "/{...}") {
		s = strings.TrimSuffix(s, "{...}") + "{rest...}"
	}
	return s
}

// TestShape: patterns of one shape are what ServeMux calls the same requests.
func TestShape(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"/{x}", "/{y}", true},
		{"/", "/{rest...}", true},
		{"GET /a", "GET  /%61", true},
		{"/%2F", "/{$}", true},
		{"/a%2fb", "/a%2Fb", true},
		{"/a", "GET /a", false},
		{"GET /a", "HEAD /a", false},
		{"a.com/a", "/a", false},
		{"/{x}", "/{x...}", false},
		{"/%7B%7D", "/{x}", false},
		{"/%7B...%7D", "/", false},
		{"/a%2Fb", "/a/b", false},
	} {
		o := newOracle(t, tt.a)
		refused := o.handle(tt.b)
		a, _ := Parse(tt.a)
		b, _ := Parse(tt.b)
		same := strings.Contains(refused, "matches the same requests")
		if same != tt.same || (a.Shape() == b.Shape()) != tt.same {
			t.Errorf("%q has shape %q, %q has %q; ServeMux: %q", tt.a, a.Shape(), tt.b, b.Shape(), refused)
		}
		err := o.tree.Add(b, 1)
		conflict, ok := err.(*ConflictError)
		if ok != tt.same {
			t.Errorf("Add(%q) beside %q = %v", tt.b, tt.a, err)
		}
		want := fmt.Sprintf("pattern %q matches the same requests as %q", tt.b, tt.a)
		if ok && (conflict.Error() != want || conflict.New.Value != 1 || conflict.Old.Value != 0) {
			t.Errorf("Add(%q) = %v, want %s", tt.b, err, want)
		}
	}
}
