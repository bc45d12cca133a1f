package covet_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/covetgo/covet"
)

// TestMountShapes: prefixes of all shapes, and the muxes in each other.
func TestMountShapes(t *testing.T) {
	seen := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s|%s|%s", r.URL.Path, r.URL.RawPath, r.PathValue("t"))
	})
	app := covet.New(nil)
	app.Mount("/plain/", seen)
	app.Mount("/a/{t}/b", seen)
	app.Group("h.example.com").Mount("/in", seen)
	app.Group("/g/{t}").Mount("/deep", seen)
	root := covet.New(nil)
	root.Mount("/", seen)
	for _, tt := range []struct {
		app          *covet.App
		target, want string
	}{
		{app, "/plain/", "/||"},
		{app, "/plain/x/y", "/x/y||"},
		{app, "/plain/x%2Fy/z", "/x/y/z|/x%2Fy/z|"},
		{app, "/pl%61in/x", "/x||"},
		{app, "/a/1%2F2/b/x", "/x||1/2"},
		{app, "/a/1%2F2/b/%20", "/ ||1/2"},
		{app, "http://h.example.com/in/x", "/x||"},
		{app, "/g/7/deep/x", "/x||7"},
		{root, "/x%2Fy", "/x/y|/x%2Fy|"},
	} {
		if w := get(tt.app, tt.target); w.Body.String() != tt.want {
			t.Errorf("%s: %d %q, want %q", tt.target, w.Code, w.Body, tt.want)
		}
	}
	for target, location := range map[string]string{"/plain": "/plain/", "/a/1%2F2/b?q=1": "/a/1%2F2/b/?q=1"} {
		if w := get(app, target); w.Code != 307 || w.Header().Get("Location") != location {
			t.Errorf("%s: %d to %q, want 307 to %q", target, w.Code, w.Header().Get("Location"), location)
		}
	}
}

// TestMountNested: the values of all muxes in the way are found, and the outer
// request is left as it was.
func TestMountNested(t *testing.T) {
	inner := covet.New(nil)
	inner.Get("/x/{c}", func(c *covet.Ctx) error {
		return c.String(200, c.Param("a")+c.Param("b")+c.Param("c"))
	})
	inner.HandleFunc("GET /std/{c}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.PathValue("a"), r.PathValue("b"), r.PathValue("c"))
	})
	middle := http.NewServeMux()
	middle.Handle("/m/{b}/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.StripPrefix("/m/"+r.PathValue("b"), inner).ServeHTTP(w, r)
	}))
	var pattern, path string
	app := covet.New(nil)
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		err := next(c)
		pattern, path = c.Pattern(), c.Request().URL.Path
		return err
	}))
	app.Mount("/{a}", middle)
	for _, door := range []string{"x", "std"} {
		target := "/1/m/2/" + door + "/3"
		if w := get(app, target); w.Body.String() != "123" || pattern != "/{a}/" || path != target {
			t.Errorf("%s: %d %q; outside pattern %q, path %q", target, w.Code, w.Body, pattern, path)
		}
	}
}
