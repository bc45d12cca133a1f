package covet_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/covetgo/covet"
)

// The benchmarks measure a whole ServeHTTP with handlers that read their
// parameters. How covet compares with other routers is in benchmarks/.
//
//	go test -run '^$' -bench . -benchmem -cpu 1

// nullWriter throws the response away.
type nullWriter struct{ header http.Header }

func (w *nullWriter) Header() http.Header         { return w.header }
func (w *nullWriter) Write(p []byte) (int, error) { return len(p), nil }
func (w *nullWriter) WriteHeader(int)             {}

func request(method, path string) *http.Request {
	u, err := url.ParseRequestURI(path)
	if err != nil {
		panic(err)
	}
	return &http.Request{Method: method, URL: u, RequestURI: path, Host: "example.com", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody}
}

// sink keeps what handlers read.
var sink int

func native(names ...string) covet.HandlerFunc {
	return func(c *covet.Ctx) error {
		for _, n := range names {
			sink += len(c.Param(n))
		}
		return nil
	}
}

func standard(names ...string) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		for _, n := range names {
			sink += len(r.PathValue(n))
		}
	})
}

func benchApp() *covet.App {
	app := covet.New(nil)
	app.Get("/", native())
	app.Get("/user/keys", native())
	app.Get("/hello/{name}", native("name"))
	app.Get("/p/{a}/{b}/{c}/{d}/{e}", native("a", "b", "c", "d", "e"))
	app.Get("/files/{path...}", native("path"))
	app.Handle("GET /std/user/keys", standard())
	app.Handle("GET /std/hello/{name}", standard("name"))
	app.Handle("GET /std/p/{a}/{b}/{c}/{d}/{e}", standard("a", "b", "c", "d", "e"))
	app.Handle("GET /std/files/{path...}", standard("path"))
	return app
}

func BenchmarkServeHTTP(b *testing.B) {
	rows := []struct{ name, method, path string }{
		{"native/static", "GET", "/user/keys"},
		{"native/1-param", "GET", "/hello/gopher"},
		{"native/5-params", "GET", "/p/one/two/three/four/five"},
		{"native/wildcard", "GET", "/files/css/site/main.css"},
		{"native/404", "GET", "/nothing/here"},
		{"native/405", "DELETE", "/hello/gopher"},
		{"standard/static", "GET", "/std/user/keys"},
		{"standard/1-param", "GET", "/std/hello/gopher"},
		{"standard/5-params", "GET", "/std/p/one/two/three/four/five"},
		{"standard/wildcard", "GET", "/std/files/css/site/main.css"},
	}
	app := benchApp()
	for _, row := range rows {
		b.Run(row.name, func(b *testing.B) { benchmarkRequest(b, app, row.method, row.path) })
	}
}

func benchmarkRequest(b *testing.B, h http.Handler, method, path string) {
	w, r := &nullWriter{header: http.Header{}}, request(method, path)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}

func BenchmarkRoutes(b *testing.B) {
	for _, n := range []int{10, 100, 1_000, 10_000} {
		app := covet.New(nil)
		for i := range n {
			app.Get(fmt.Sprintf("/api/v%d/resource%d/{id}", i%10, i), native("id"))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			benchmarkRequest(b, app, "GET", fmt.Sprintf("/api/v%d/resource%d/42", n/2%10, n/2))
		})
	}
}

func BenchmarkWrap(b *testing.B) {
	app := benchApp()
	pass := covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) })
	app.Use(pass, pass, pass)
	benchmarkRequest(b, app, "GET", "/hello/gopher")
}

func BenchmarkJSON(b *testing.B) {
	type note struct {
		ID    int64  `json:"id"`
		Title string `json:"title"`
	}
	app := covet.New(nil)
	app.Get("/note", func(c *covet.Ctx) error { return c.JSON(http.StatusOK, note{7, "milk"}) })
	benchmarkRequest(b, app, "GET", "/note")
}

// BenchmarkBuild is what it costs to prepare 1,000 routes for the first
// request.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		app := covet.New(nil)
		for i := range 1000 {
			app.Get(fmt.Sprintf("/api/resource%d/{id}", i), native())
		}
		app.ServeHTTP(httptest.NewRecorder(), request("GET", "/api/resource1/1"))
	}
}
