package benchmarks

import (
	"net/http"

	"github.com/covetgo/covet"
	"github.com/covetgo/covet/benchmarks/internal/sets"
)

func loadCovet(s sets.Set) http.Handler {
	app := covet.New(nil)
	for id, r := range s.Routes {
		app.Handle(r.Method+" "+r.Path, valueReader(id, r.Names))
	}
	return app
}

func loadCovetOwn(s sets.Set) http.Handler {
	app := covet.New(nil)
	register := map[string]func(string, covet.HandlerFunc){
		"GET": app.Get, "POST": app.Post, "PUT": app.Put, "DELETE": app.Delete,
	}
	for id, r := range s.Routes {
		names := r.Names
		register[r.Method](r.Path, func(c *covet.Ctx) error {
			last.route = id
			for i, name := range names {
				last.values[i] = c.Param(name)
			}
			return nil
		})
	}
	return app
}
