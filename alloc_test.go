//go:build !race

package covet_test

import (
	"net/http"
	"testing"

	"github.com/covetgo/covet"
)

// TestAllocations holds what the documentation promises per request.
func TestAllocations(t *testing.T) {
	app := benchApp()
	wrapped := benchApp()
	pass := covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) })
	wrapped.Use(pass, pass)
	for _, tt := range []struct {
		name, method, path string
		h                  http.Handler
		most               float64
	}{
		{"static", "GET", "/user/keys", app, 0},
		{"one parameter", "GET", "/hello/gopher", app, 0},
		{"five parameters", "GET", "/p/a/b/c/d/e", app, 0},
		{"wildcard", "GET", "/files/a/b/c", app, 0},
		{"404", "GET", "/none", app, 0},
		{"405", "DELETE", "/hello/gopher", app, 0},
		{"covet's own middleware", "GET", "/hello/gopher", wrapped, 0},
		{"standard, static", "GET", "/std/user/keys", app, 1},
		{"standard, one parameter", "GET", "/std/hello/gopher", app, standardAllocs},
		{"standard, five parameters", "GET", "/std/p/a/b/c/d/e", app, standardAllocs},
	} {
		w, r := &nullWriter{header: http.Header{}}, request(tt.method, tt.path)
		if got := testing.AllocsPerRun(200, func() { tt.h.ServeHTTP(w, r) }); got > tt.most {
			t.Errorf("%s: %v allocations, want at most %v", tt.name, got, tt.most)
		}
	}
}
