package covet_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/covetgo/covet"
)

// TestKeys: two keys are never equal, inner values hide outer ones, zero
// values are values.
func TestKeys(t *testing.T) {
	a, b, p := covet.NewKey[int]("n"), covet.NewKey[int]("n"), covet.NewKey[*int]("p")
	outer := a.With(context.Background(), 1)
	inner := p.With(b.With(a.With(outer, 0), 2), nil)
	for _, tt := range []struct {
		name string
		get  func() (int, bool)
		want int
		ok   bool
	}{
		{"set", func() (int, bool) { return a.From(outer) }, 1, true},
		{"another of the same name", func() (int, bool) { return b.From(outer) }, 0, false},
		{"zero, hiding another", func() (int, bool) { return a.From(inner) }, 0, true},
		{"second", func() (int, bool) { return b.From(inner) }, 2, true},
		{"nil pointer", func() (int, bool) { v, ok := p.From(inner); return 0, ok && v == nil }, 0, true},
		{"nothing", func() (int, bool) { return a.From(context.Background()) }, 0, false},
	} {
		if v, ok := tt.get(); v != tt.want || ok != tt.ok {
			t.Errorf("%s: %v %v, want %v %v", tt.name, v, ok, tt.want, tt.ok)
		}
	}
	if got := fmt.Sprint(a); got != "covet.Key(n)" {
		t.Errorf("String() = %q", got)
	}
}

// TestKeyCrosses: a value set by covet's middleware is seen through a standard
// one, in a covet handler and in a standard one.
func TestKeyCrosses(t *testing.T) {
	key := covet.NewKey[string]("k")
	app := covet.New(nil)
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		key.Set(c, "v")
		return next(c)
	}), mark("foreign"))
	app.Get("/native", func(c *covet.Ctx) error {
		v, _ := key.Get(c)
		return c.String(200, v)
	})
	app.HandleFunc("GET /std", func(w http.ResponseWriter, r *http.Request) {
		v, _ := key.From(r.Context())
		fmt.Fprint(w, v)
	})
	for _, path := range []string{"/native", "/std"} {
		if w := get(app, path); w.Body.String() != "v" {
			t.Errorf("%s: %q", path, w.Body)
		}
	}
}
