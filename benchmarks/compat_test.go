package benchmarks

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"github.com/covetgo/covet"
)

// The tests in compat_*_test.go hold covet to its promise that handlers and
// middleware written for net/http run in it unchanged, over real sockets.

// doors are the prefixes of newApp's two doors. What works behind one must
// work behind the other.
var doors = []string{"/own", "/std"}

// newApp has the same service behind both doors: GET /hello/{name} answers
// with the name, POST /echo with the body, GET /panic panics.
func newApp(m ...covet.Middleware) *covet.App {
	app := covet.New(&covet.Options{Logger: slog.New(slog.DiscardHandler)})
	app.Use(m...)
	app.Get("/own/hello/{name}", func(c *covet.Ctx) error {
		_, err := io.WriteString(c.Writer(), c.Param("name"))
		return err
	})
	app.Post("/own/echo", func(c *covet.Ctx) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		c.Writer().Header().Set("Content-Type", "text/plain")
		_, err = c.Writer().Write(body)
		return err
	})
	app.Get("/own/panic", func(*covet.Ctx) error { panic("own") })
	app.HandleFunc("GET /std/hello/{name}", helloStandard)
	app.HandleFunc("POST /std/echo", echoStandard)
	app.HandleFunc("GET /std/panic", func(http.ResponseWriter, *http.Request) { panic("std") })
	return app
}

func helloStandard(w http.ResponseWriter, r *http.Request) {
	io.WriteString(w, r.PathValue("name"))
}

func echoStandard(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Write(body)
}

// passing is covet's own kind of middleware, doing nothing.
var passing = covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) })

func newServer(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// reply is a response read to its end.
type reply struct {
	*http.Response
	body string
}

func do(t *testing.T, client *http.Client, req *http.Request) reply {
	t.Helper()
	res, err := client.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s %s: reading the body: %v", req.Method, req.URL.Path, err)
	}
	return reply{res, string(body)}
}

func newRequest(t *testing.T, method, url, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func get(t *testing.T, s *httptest.Server, path string) reply {
	t.Helper()
	return do(t, s.Client(), newRequest(t, "GET", s.URL+path, ""))
}

func (r reply) want(t *testing.T, status int, body string) {
	t.Helper()
	if r.StatusCode != status || r.body != body {
		t.Errorf("%s %s = %d %q, want %d %q", r.Request.Method, r.Request.URL.Path, r.StatusCode, r.body, status, body)
	}
}

// wantStatus is want for replies whose text is covet's or the middleware's.
func (r reply) wantStatus(t *testing.T, status int) {
	t.Helper()
	if r.StatusCode != status {
		t.Errorf("%s %s = %d %q, want %d", r.Request.Method, r.Request.URL.Path, r.StatusCode, r.body, status)
	}
}

// values answers with the path values called team and id.
func values(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s %s", r.URL.Path, r.PathValue("team"), r.PathValue("id"))
}

func TestInsideOthers(t *testing.T) {
	app := covet.New(nil)
	app.HandleFunc("GET /t/{any}/std/{id}", values)
	app.Get("/t/{any}/own/{id}", func(c *covet.Ctx) error {
		values(c.Writer(), c.Request())
		return nil
	})
	mux := http.NewServeMux()
	mux.Handle("/t/{team}/", app)
	router := chi.NewRouter()
	router.Mount("/t/{team}", app)
	outside := covet.New(nil)
	outside.Handle("/t/{team}/", app)

	for name, h := range map[string]http.Handler{"servemux": mux, "chi": router, "covet": outside} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, h)
			get(t, s, "/t/red/std/7").want(t, 200, "/t/red/std/7 red 7")
			get(t, s, "/t/red/own/7").want(t, 200, "/t/red/own/7 red 7")
			get(t, s, "/t/red/none").wantStatus(t, 404)
		})
	}
}

// TestSameName: where an outer router has a value of the same name, a handler
// sees that of its own route.
func TestSameName(t *testing.T) {
	app := newApp()
	mux := http.NewServeMux()
	mux.Handle("/{name}/", http.StripPrefix("/outer", app))
	router := chi.NewRouter()
	router.Handle("/{name}/*", http.StripPrefix("/outer", app))
	for name, h := range map[string]http.Handler{"servemux": mux, "chi": router} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, h)
			for _, door := range doors {
				get(t, s, "/outer"+door+"/hello/ann").want(t, 200, "ann")
			}
		})
	}
}

func TestStripPrefixAround(t *testing.T) {
	s := newServer(t, http.StripPrefix("/api", newApp()))
	for _, door := range doors {
		get(t, s, "/api"+door+"/hello/ann").want(t, 200, "ann")
	}
	get(t, s, "/own/hello/ann").wantStatus(t, 404)
}

func TestMount(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /x/{id}", values)
	router := chi.NewRouter()
	router.Get("/x/{id}", values)
	inner := covet.New(nil)
	inner.HandleFunc("GET /x/{id}", values)
	own := covet.New(nil)
	own.Get("/x/{id}", func(c *covet.Ctx) error {
		values(c.Writer(), c.Request())
		return nil
	})

	for name, h := range map[string]http.Handler{"servemux": mux, "chi": router, "covet": inner, "covet own": own} {
		t.Run(name, func(t *testing.T) {
			app := covet.New(nil)
			app.Mount("/t/{team}", h)
			s := newServer(t, app)
			get(t, s, "/t/red/x/7").want(t, 200, "/x/7 red 7")
			if name != "chi" { // which leaves values escaped
				get(t, s, "/t/red/x/a%2Fb").want(t, 200, "/x/a/b red a/b")
			}
			get(t, s, "/t/red/none").wantStatus(t, 404)
		})
	}
}

// TestMountBehindMiddleware is TestMount where the request has been copied on
// its way, and crosses to net/http more than once.
func TestMountBehindMiddleware(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /x/{id}", values)
	app := covet.New(nil)
	app.Use(passing, withValue, passing)
	app.Group("/g/{team}", withValue).Mount("/m", mux)
	s := newServer(t, app)
	get(t, s, "/g/red/m/x/7").want(t, 200, "/x/7 red 7")
}

func TestReverseProxyInside(t *testing.T) {
	back := newServer(t, newApp())
	target, err := url.Parse(back.URL)
	if err != nil {
		t.Fatal(err)
	}
	app := covet.New(nil)
	app.Use(passing, withValue)
	app.Mount("/up/{zone}", httputil.NewSingleHostReverseProxy(target))
	s := newServer(t, app)
	for _, door := range doors {
		get(t, s, "/up/eu"+door+"/hello/ann").want(t, 200, "ann")
		do(t, s.Client(), newRequest(t, "POST", s.URL+"/up/eu"+door+"/echo", "body")).want(t, 200, "body")
	}
}

func TestReverseProxyAround(t *testing.T) {
	back := newServer(t, newApp())
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = "http", back.Listener.Addr().String()
	}}
	s := newServer(t, proxy)
	for _, door := range doors {
		get(t, s, door+"/hello/ann").want(t, 200, "ann")
	}
}
