package covet_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

// TestAudit has one subtest for each fault that was seen in a peer and that
// routing, paths, contexts, panics or bodies can have. The comments say what
// was seen.
func TestAudit(t *testing.T) {
	for _, row := range []struct {
		name string
		test func(t *testing.T)
	}{
		// gin panics at the second registration.
		{"parameter and a longer path under another name", auditRoutes(
			[]string{"/users/{id}", "/users/{uid}/posts"},
			map[string]string{"/users/7": "/users/{id}", "/users/7/posts": "/users/{uid}/posts"})},
		// gin panics; with fiber the wildcard, registered first, wins.
		{"wildcard and a literal", auditRoutes(
			[]string{"/f/{rest...}", "/f/meta"},
			map[string]string{"/f/meta": "/f/meta", "/f/other": "/f/{rest...}"})},
		// http.ServeMux panics; fiber answers by order.
		{"overlap that a person finds clear", auditRoutes(
			[]string{"/a/{x}/b", "/a/c/{y}"},
			map[string]string{"/a/c/b": "/a/c/{y}", "/a/d/b": "/a/{x}/b"})},
		{"same route twice", auditTwice},
		{"encoded path", auditEncoded},
		{"HEAD, DELETE and QUERY", auditMethods},
		// chi, gin and echo let it escape; the process must live.
		{"panic in a handler", TestPanic},
		{"panic over a socket", auditPanic},
		{"JSON bodies", auditJSON},
		// chi had 198 of 200 wrong values, gin 100: their contexts served
		// another request by then.
		{"goroutine that outlives its handler", TestValuesLiveOn},
		// The same, through a middleware that returns before its handler does.
		{"TimeoutHandler", TestTimeoutHandler},
		{"client leaves", auditClientLeaves},
		// net/http's Shutdown never ends with an open stream.
		{"shutdown with an open stream", TestDrainStream},
	} {
		t.Run(row.name, row.test)
	}
}

// auditRoutes registers the patterns in both orders.
func auditRoutes(patterns []string, want map[string]string) func(*testing.T) {
	return func(t *testing.T) {
		for _, order := range [][]string{patterns, {patterns[1], patterns[0]}} {
			app := covet.New(nil)
			for _, p := range order {
				app.Get(p, say(p))
			}
			for path, pattern := range want {
				if w := get(app, path); w.Body.String() != pattern {
					t.Errorf("%q, GET %s: %d %q, want %q", order, path, w.Code, w.Body, pattern)
				}
			}
		}
	}
}

// auditTwice: with chi and echo the second route wins silently, with fiber the
// first.
func auditTwice(t *testing.T) {
	app := covet.New(nil)
	app.Get("/a/{x}", say(""))
	msg := panicOf(func() { app.Get("/a/{y}", say("")) })
	if strings.Count(msg, "audit_test.go:") != 2 {
		t.Errorf("panic %q, want both lines", msg)
	}
}

// auditEncoded: chi and echo decode a value or not, depending on the rest of
// the path; gin answers %2F with 404 or, set to UseRawPath, makes a space of a
// plus; fiber never decodes.
func auditEncoded(t *testing.T) {
	app := covet.New(nil)
	app.Get("/u/{v}", func(c *covet.Ctx) error { return c.String(200, c.Param("v")) })
	app.HandleFunc("GET /std/{v}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.PathValue("v")) })
	for escaped, want := range map[string]string{
		"a%2Fb": "a/b", "it's%20x": "it's x", "a%20b": "a b", "a%2Bb+c": "a+b+c", "a%252Fb": "a%2Fb",
	} {
		for _, door := range []string{"/u/", "/std/"} {
			if w := get(app, door+escaped); w.Code != 200 || w.Body.String() != want {
				t.Errorf("%s%s: %d %q, want %q", door, escaped, w.Code, w.Body, want)
			}
		}
	}
}

// auditMethods: a GET route answers HEAD (gin 404, chi and echo 405), other
// methods get a 405 (gin 404), QUERY can be routed (fiber panics).
func auditMethods(t *testing.T) {
	app := covet.New(nil)
	app.Get("/x", say("x"))
	app.Query("/q", say("q"))
	for _, tt := range []struct {
		method, path string
		status       int
		allow        string
	}{{"HEAD", "/x", 200, ""}, {"DELETE", "/x", 405, "GET, HEAD"}, {"QUERY", "/q", 200, ""}, {"GET", "/q", 405, "QUERY"}} {
		if w := do(app, tt.method, tt.path, ""); w.Code != tt.status || w.Header().Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d, Allow %q; want %d %q", tt.method, tt.path, w.Code, w.Header().Get("Allow"), tt.status, tt.allow)
		}
	}
}

// auditPanic: the server answers the next request.
func auditPanic(t *testing.T) {
	app, log := logged(covet.Options{})
	app.Get("/panic", func(*covet.Ctx) error { panic("boom") })
	app.Get("/x", say("x"))
	s := start(t, app.Serve)
	if got := s.get("/panic"); !strings.HasPrefix(got, "500 ") || strings.Contains(got, "boom") {
		t.Errorf("/panic: %s", got)
	}
	if got := s.get("/x"); got != "200 x" {
		t.Errorf("after the panic: %s", got)
	}
	if text := log.String(); strings.Count(text, "level=ERROR") != 1 || !strings.Contains(text, "boom") || !strings.Contains(text, "audit_test.go") {
		t.Errorf("log %q, want one line with the stack", text)
	}
}

// auditJSON: gin takes junk and a second document after the first, all take
// duplicate keys and "A" for "a", fiber answers 500 to malformed JSON, and
// gin's "required" refuses a zero that was sent.
func auditJSON(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Post("/", func(c *covet.Ctx) error {
		var in struct {
			A int `json:"a"`
		}
		if err := c.Bind(&in); err != nil {
			return err
		}
		return c.String(200, fmt.Sprint(in.A))
	})
	for body, status := range map[string]int{
		`{"a":1} x`: 400, `{"a":1}{"a":2}`: 400, `{"a":1,"a":2}`: 400, `{"A":1}`: 400, `{"a":`: 400, `{"a":"1"}`: 400, `{"a":0}`: 200,
	} {
		w := post(app, "application/json", body)
		if w.Code != status {
			t.Errorf("%s: %d %q, want %d", body, w.Code, w.Body, status)
		}
		if status == 400 {
			problemOf(t, w)
		}
	}
}

// auditClientLeaves: with fiber and hertz a handler never learns that its
// client left after 0.3 s.
func auditClientLeaves(t *testing.T) {
	for name, mw := range map[string][]covet.Middleware{"native": nil, "foreign": {wrapMark("w"), mark("f")}} {
		t.Run(name, func(t *testing.T) {
			ended := make(chan time.Time, 1)
			app, _ := logged(covet.Options{})
			app.Use(mw...)
			app.Get("/", func(c *covet.Ctx) error {
				<-c.Context().Done()
				ended <- time.Now()
				return c.Context().Err()
			})
			s := start(t, app.Serve)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			r, err := http.NewRequestWithContext(ctx, "GET", "http://"+s.addr, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.client.Do(r); err == nil {
				t.Error("the client got an answer")
			}
			left := time.Now()
			if late := await(t, ended, "the handler's context to end").Sub(left); late > 5*time.Second {
				t.Errorf("the handler learnt it %v after the client had left", late)
			}
		})
	}
}
