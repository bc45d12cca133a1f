//go:build race

package covet_test

import (
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

// TestPoison: under the race detector a Ctx that is used too late says so.
func TestPoison(t *testing.T) {
	var kept *covet.Ctx
	app := covet.New(nil)
	app.Get("/{id}", func(c *covet.Ctx) error { kept = c; return nil })
	get(app, "/7")
	for name, use := range map[string]func(){
		"Param":   func() { kept.Param("id") },
		"Query":   func() { kept.Query("q") },
		"Context": func() { kept.Context() },
		"Request": func() { kept.Request() },
		"String":  func() { kept.String(200, "") },
		"Bind":    func() { kept.Bind(nil) },
	} {
		if msg := panicOf(use); !strings.Contains(msg, "used after its handler returned") {
			t.Errorf("late %s: panic %q", name, msg)
		}
	}
}
