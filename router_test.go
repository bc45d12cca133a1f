package covet_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

// get serves one request without a socket.
func get(h http.Handler, path string) *httptest.ResponseRecorder { return do(h, "GET", path, "") }

func do(h http.Handler, method, path, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	h.ServeHTTP(w, r)
	return w
}

// say answers with a text.
func say(s string) covet.HandlerFunc {
	return func(c *covet.Ctx) error { return c.String(http.StatusOK, s) }
}

// mark is a foreign middleware that leaves a trace in a header.
func mark(name string) covet.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add("Trace", name)
			next.ServeHTTP(w, r)
		})
	}
}

// wrapMark is mark as a covet middleware.
func wrapMark(name string) covet.Middleware {
	return covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		c.Writer().Header().Add("Trace", name)
		return next(c)
	})
}

func trace(w *httptest.ResponseRecorder) string {
	return strings.Join(w.Header().Values("Trace"), " ")
}

// panicOf returns what f panics with.
func panicOf(f func()) (msg string) {
	defer func() { msg = fmt.Sprint(recover()) }()
	f()
	return ""
}

func TestMethods(t *testing.T) {
	app := covet.New(nil)
	for method, register := range map[string]func(string, covet.HandlerFunc){
		"GET": app.Get, "POST": app.Post, "PUT": app.Put, "PATCH": app.Patch,
		"DELETE": app.Delete, "OPTIONS": app.Options, "QUERY": app.Query,
	} {
		register("/x", say(method))
	}
	app.Head("/head", say(""))
	for _, m := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"} {
		if w := do(app, m, "/x", ""); w.Code != 200 || w.Body.String() != m {
			t.Errorf("%s /x: %d %q", m, w.Code, w.Body)
		}
	}
	if w := do(app, "HEAD", "/x", ""); w.Code != 200 {
		t.Errorf("HEAD on a GET route: %d, want 200", w.Code)
	}
	if w := get(app, "/head"); w.Code != 405 || w.Header().Get("Allow") != "HEAD" {
		t.Errorf("GET on a HEAD route: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	if w := do(app, "TRACE", "/x", ""); w.Code != 405 || w.Header().Get("Allow") != "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY" {
		t.Errorf("TRACE: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestMissesAreProblems(t *testing.T) {
	app := covet.New(nil)
	app.Get("/x", say("x"))
	for _, tt := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/none", 404, `{"type":"about:blank","title":"Not Found","status":404}`},
		{"POST", "/x", 405, `{"type":"about:blank","title":"Method Not Allowed","status":405}`},
	} {
		w := do(app, tt.method, tt.path, "")
		if w.Code != tt.status || strings.TrimSpace(w.Body.String()) != tt.body || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %q %q", tt.method, tt.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
}

func TestRegistrationPanics(t *testing.T) {
	tests := []struct {
		name string
		f    func(app *covet.App)
		want []string
	}{
		{"duplicate", func(app *covet.App) {
			app.Get("/a/{x}", say(""))
			app.Get("/a/{y}", say(""))
		}, []string{`pattern "GET /a/{y}" matches the same requests as "GET /a/{x}"`, "router_test.go:", "remove one of them"}},
		{"malformed", func(app *covet.App) { app.Get("/a/{x", say("")) }, []string{"router_test.go:", "no closing brace"}},
		{"no path", func(app *covet.App) { app.Handle("GET", http.NotFoundHandler()) }, []string{"no path"}},
		{"method in a path", func(app *covet.App) { app.Get("GET /a", say("")) }, []string{`write the path alone`}},
		{"nil func", func(app *covet.App) { app.Get("/a", nil) }, []string{`the handler for "/a" is nil`}},
		{"nil handler", func(app *covet.App) { app.Handle("/a", nil) }, []string{"is nil"}},
		{"nil HandlerFunc", func(app *covet.App) { app.Handle("/a", http.HandlerFunc(nil)) }, []string{"is nil"}},
		{"nil HandleFunc", func(app *covet.App) { app.HandleFunc("/a", nil) }, []string{"is nil"}},
		{"nil mount", func(app *covet.App) { app.Mount("/a", nil) }, []string{"is nil"}},
		{"nil middleware", func(app *covet.App) { app.Use(mark("a"), nil) }, []string{"middleware number 2 is nil"}},
		{"mount with method", func(app *covet.App) { app.Mount("GET /a", say("")) }, []string{"for all methods"}},
		{"group with method", func(app *covet.App) { app.Group("GET /a") }, []string{"for all methods"}},
		{"group without slash", func(app *covet.App) { app.Group("/{x...}") }, []string{"must end the pattern"}},
		{"two hosts", func(app *covet.App) { app.Group("a.com/x").Get("b.com/y", say("")) }, []string{"has a host"}},
		{"after serving", func(app *covet.App) {
			get(app, "/")
			app.Get("/late", say(""))
		}, []string{"router_test.go:", "move this line before its first request"}},
		{"Use after serving", func(app *covet.App) {
			get(app, "/")
			app.Use(mark(""))
		}, []string{"move this line"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			msg := panicOf(func() { tt.f(covet.New(nil)) })
			for _, want := range append(tt.want, "covet: ") {
				if !strings.Contains(msg, want) {
					t.Errorf("panic %q, want %q in it", msg, want)
				}
			}
		})
	}
}

// TestDuplicateNamesBothLines: the message has the line of each.
func TestDuplicateNamesBothLines(t *testing.T) {
	app := covet.New(nil)
	app.Get("/a", say(""))
	msg := panicOf(func() { app.Handle("GET /a", say("")) })
	if n := strings.Count(msg, "router_test.go:"); n != 2 {
		t.Errorf("panic %q names %d lines, want 2", msg, n)
	}
}

// TestOverlaps: what ServeMux refuses although a person finds it clear.
func TestOverlaps(t *testing.T) {
	app := covet.New(nil)
	app.Get("/a/{x}/b", say("wild"))
	app.Get("/a/c/{y}", say("literal"))
	app.Get("/users/{id}", say("id"))
	app.Get("/users/{uid}/posts", say("posts"))
	app.Get("/f/{rest...}", say("rest"))
	app.Get("/f/meta", say("meta"))
	for path, want := range map[string]string{
		"/a/c/b": "literal", "/a/d/b": "wild", "/a/c/d": "literal",
		"/users/7": "id", "/users/7/posts": "posts",
		"/f/meta": "meta", "/f/meta2": "rest", "/f/": "rest",
	} {
		if w := get(app, path); w.Body.String() != want {
			t.Errorf("%s: %d %q, want %q", path, w.Code, w.Body, want)
		}
	}
}

func TestGroups(t *testing.T) {
	app := covet.New(nil)
	api := app.Group("/api/", mark("api"))
	api.Get("", say("index"))
	v1 := api.Group("/v1/{tenant}", wrapMark("v1"))
	v1.Get("/notes/{id}", func(c *covet.Ctx) error {
		if c.Method() != "GET" || c.Path() != c.Request().URL.Path {
			t.Errorf("Method %q, Path %q", c.Method(), c.Path())
		}
		return c.String(200, c.Pattern()+" "+c.Param("tenant")+" "+c.Param("id"))
	})
	v1.With(mark("with")).Get("/extra", say("extra"))
	app.Use(mark("app")) // after the routes, and still around them
	app.Get("/", say("root"))
	host := app.Group("h.example.com", wrapMark("host"))
	host.Get("/{$}", say("host"))

	for _, tt := range []struct{ url, body, trace string }{
		{"/api", "index", "app api"},
		{"/api/v1/t/notes/7", "GET /api/v1/{tenant}/notes/{id} t 7", "app api v1"},
		{"/api/v1/t/extra", "extra", "app api v1 with"},
		{"/", "root", "app"},
		{"http://h.example.com/", "host", "app host"},
	} {
		if w := get(app, tt.url); w.Body.String() != tt.body || trace(w) != tt.trace {
			t.Errorf("%s: %q, trace %q; want %q, %q", tt.url, w.Body, trace(w), tt.body, tt.trace)
		}
	}
}

func TestMissesRunMiddleware(t *testing.T) {
	app := covet.New(nil)
	app.Use(mark("app"))
	api := app.Group("/api", wrapMark("api"))
	api.Get("/x", say("x"))
	api.Get("/dir/", say("dir"))
	app.Group("/two", mark("one"))
	app.Group("/two", mark("other"))
	for _, tt := range []struct {
		method, path string
		status       int
		trace        string
	}{
		{"GET", "/none", 404, "app"},
		{"GET", "/api/none", 404, "app api"},
		{"GET", "/api", 404, "app api"},
		{"POST", "/api/x", 405, "app api"},
		{"GET", "/api/dir", 307, "app api"},
		{"GET", "/apis", 404, "app"},
		{"GET", "/two/x", 404, "app"},
	} {
		w := do(app, tt.method, tt.path, "")
		if w.Code != tt.status || trace(w) != tt.trace {
			t.Errorf("%s %s: %d, trace %q; want %d, %q", tt.method, tt.path, w.Code, trace(w), tt.status, tt.trace)
		}
		if tt.status == 405 && w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("Allow = %q", w.Header().Get("Allow"))
		}
	}
}

// TestMissThroughForeign: what kind of miss it is survives a middleware that
// makes its own writer and request.
func TestMissThroughForeign(t *testing.T) {
	app := covet.New(nil)
	app.Use(func(next http.Handler) http.Handler { return http.TimeoutHandler(next, 1e9, "") })
	app.Get("/x", say("x"))
	if w := do(app, "POST", "/x", ""); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("%d, %v", w.Code, w.Header())
	}
}

func TestMount(t *testing.T) {
	inner := http.NewServeMux()
	inner.HandleFunc("GET /x/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s|%s|%s|%s|%s", r.Pattern, r.URL.Path, r.URL.RawPath, r.PathValue("id"), r.PathValue("tenant"))
	})
	sub := covet.New(nil)
	sub.Get("/x/{id}", func(c *covet.Ctx) error {
		return c.String(200, fmt.Sprintf("%s|%s|%s|%s|%s", c.Pattern(), c.Request().URL.Path, c.Request().URL.RawPath, c.Param("id"), c.Param("tenant")))
	})
	app := covet.New(nil)
	app.Mount("/mux/{tenant}/", inner)
	app.Group("/g").Mount("/app/{tenant}", sub)
	for _, tt := range []struct{ path, want string }{
		{"/mux/t%2F1/x/7", "GET /x/{id}|/x/7||7|t/1"},
		{"/mux/t/x/a%2Fb", "GET /x/{id}|/x/a/b|/x/a%2Fb|a/b|t"},
		{"/g/app/t%2F1/x/7", "GET /x/{id}|/x/7||7|t/1"},
		{"/g/app/t/x/a%2Fb", "GET /x/{id}|/x/a/b|/x/a%2Fb|a/b|t"},
	} {
		if w := get(app, tt.path); w.Body.String() != tt.want {
			t.Errorf("%s: %d %q, want %q", tt.path, w.Code, w.Body, tt.want)
		}
	}
	if w := get(app, "/mux/t?q=1"); w.Code != 307 || w.Header().Get("Location") != "/mux/t/?q=1" {
		t.Errorf("the prefix itself: %d %v", w.Code, w.Header())
	}
	if w := get(app, "/g/app/t/none"); w.Code != 404 {
		t.Errorf("a miss inside: %d", w.Code)
	}
}

// TestInsideAnother: an App in a ServeMux keeps the values of both.
func TestInsideAnother(t *testing.T) {
	app := covet.New(nil)
	app.Get("/{tenant}/x/{id}", func(c *covet.Ctx) error {
		return c.String(200, c.Param("tenant")+c.Param("id")+c.Param("other"))
	})
	app.HandleFunc("GET /{tenant}/std/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.PathValue("tenant"), r.PathValue("id"), r.PathValue("other"))
	})
	mux := http.NewServeMux()
	mux.Handle("/{other}/", app)
	for _, path := range []string{"/t/x/7", "/t/std/7"} {
		if w := get(mux, path); w.Body.String() != "t7t" {
			t.Errorf("%s: %q, want %q", path, w.Body, "t7t")
		}
	}
}

func TestMatchAndRoutes(t *testing.T) {
	app := covet.New(nil)
	app.Get("/notes/{id}", say(""))
	app.Handle("h.example.com/dir/", say(""))
	api := app.Group("/api")
	api.Post("/x", say(""))

	m := app.Match("GET", "", "/notes/a%2Fb?x=1")
	if m.Status != 200 || m.Pattern != "GET /notes/{id}" || m.Param("id") != "a/b" || m.Param("none") != "" {
		t.Errorf("Match = %+v", m)
	}
	for _, tt := range []struct {
		method, host, target string
		want                 covet.Match
	}{
		{"GET", "", "/none", covet.Match{Status: 404}},
		{"PUT", "", "/notes/7", covet.Match{Status: 405, Allow: "GET, HEAD"}},
		{"PUT", "h.example.com:8080", "/dir", covet.Match{Status: 307, Location: "/dir/", Pattern: "h.example.com/dir/"}},
		{"GET", "", "no slash", covet.Match{Status: 400}},
		{"GET", "", "//notes/7", covet.Match{Status: 307, Location: "/notes/7", Pattern: "GET /notes/{id}"}},
	} {
		if got := app.Match(tt.method, tt.host, tt.target); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", tt.want) {
			t.Errorf("Match(%s %s %s) = %+v, want %+v", tt.method, tt.host, tt.target, got, tt.want)
		}
	}
	routes := app.Routes()
	if len(routes) != 3 || routes[1].Host != "h.example.com" || routes[1].Path != "/dir/" || !strings.Contains(routes[0].Source, "router_test.go:") {
		t.Errorf("Routes = %+v", routes)
	}
	if got := api.Routes(); len(got) != 1 || got[0].Pattern != "POST /api/x" || got[0].Method != "POST" {
		t.Errorf("group's Routes = %+v", got)
	}
	// A Match before the App serves must not close the registration.
	app.Get("/later", say("later"))
	if w := get(app, "/later"); w.Body.String() != "later" {
		t.Errorf("/later: %d", w.Code)
	}
}

// TestOrderOfRegistration: Use before or after, routes in any order.
func TestOrderOfRegistration(t *testing.T) {
	steps := []func(*covet.App){
		func(a *covet.App) { a.Get("/a/{x}", say("x")) },
		func(a *covet.App) { a.Get("/a/b", say("b")) },
		func(a *covet.App) { a.Get("/{rest...}", say("rest")) },
		func(a *covet.App) { a.Use(mark("m")) },
	}
	for i := range steps {
		app := covet.New(nil)
		for j := range steps {
			steps[(i+j)%len(steps)](app)
		}
		for path, want := range map[string]string{"/a/b": "b", "/a/c": "x", "/q/r": "rest"} {
			if w := get(app, path); w.Body.String() != want || trace(w) != "m" {
				t.Errorf("rotation %d, %s: %q, trace %q", i, path, w.Body, trace(w))
			}
		}
	}
}
