package covet_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

// TestMatchIsTheServer: Match tells what ServeHTTP then does.
func TestMatchIsTheServer(t *testing.T) {
	app := covet.New(nil)
	for _, p := range []string{"GET /a/{x}", "/a/b", "POST /a/b", "/dir/", "h.example.com/{rest...}", "GET /q/{$}", "/a/{x}/b", "/a/c/{y}"} {
		app.Handle(p, covet.HandlerFunc(func(c *covet.Ctx) error {
			return c.String(200, fmt.Sprint(c.Pattern(), c.Param("x"), c.Param("y"), c.Param("rest")))
		}))
	}
	for _, method := range []string{"GET", "HEAD", "POST", "QUERY"} {
		for _, host := range []string{"example.com", "h.example.com:80"} {
			for _, target := range []string{"/a/1", "/a/b", "/a/b?q=1", "/dir", "/dir/x", "/q", "/q/", "/q/x", "//a//1", "/a/../dir/", "/a/%2F", "/a/c/b", "/none", "/"} {
				r := httptest.NewRequest(method, target, nil)
				r.URL.Host, r.Host = "", host
				if strings.HasPrefix(target, "//") { // NewRequest takes it for a host
					r.URL.Path, r.RequestURI = target, target
				}
				m := app.Match(method, host, target)
				w := httptest.NewRecorder()
				app.ServeHTTP(w, r)
				if m.Status != w.Code || m.Allow != w.Header().Get("Allow") || m.Location != w.Header().Get("Location") || m.Pattern != r.Pattern {
					t.Errorf("%s %s%s: Match %+v, served %d %v pattern %q", method, host, target, m, w.Code, w.Header(), r.Pattern)
				}
				if want := fmt.Sprint(m.Pattern, m.Param("x"), m.Param("y"), m.Param("rest")); m.Status == 200 && w.Body.String() != want {
					t.Errorf("%s %s%s: handler saw %q, Match %q", method, host, target, w.Body, want)
				}
			}
		}
	}
}
