package benchmarks

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/julienschmidt/httprouter"
	"github.com/uptrace/bunrouter"

	"github.com/covetgo/covet/benchmarks/internal/sets"
)

func loadServeMux(s sets.Set) http.Handler {
	mux := http.NewServeMux()
	for id, r := range s.Routes {
		mux.Handle(r.Method+" "+r.Path, valueReader(id, r.Names))
	}
	return mux
}

func loadChi(s sets.Set) http.Handler {
	mux := chi.NewRouter()
	for id, r := range s.Routes {
		mux.Method(r.Method, r.Spell("{%}", "*"), valueReader(id, r.NamesWith("*")))
	}
	return mux
}

// loadChiOwn reads by chi's accessor, which is a little quicker than
// Request.PathValue: chi fills both.
func loadChiOwn(s sets.Set) http.Handler {
	mux := chi.NewRouter()
	for id, r := range s.Routes {
		mux.Method(r.Method, r.Spell("{%}", "*"), reader(id, r.NamesWith("*"), chi.URLParam))
	}
	return mux
}

func loadBunCompat(s sets.Set) http.Handler {
	mux := bunrouter.New().Compat()
	for id, r := range s.Routes {
		h := reader(id, r.Names, func(r *http.Request, name string) string {
			return bunrouter.ParamsFromContext(r.Context()).ByName(name)
		})
		mux.Handle(r.Method, r.Spell(":%", "*%"), h.ServeHTTP)
	}
	return mux.Router
}

func loadBun(s sets.Set) http.Handler {
	mux := bunrouter.New()
	for id, r := range s.Routes {
		mux.Handle(r.Method, r.Spell(":%", "*%"), bunReader(id, r.Names))
	}
	return mux
}

func bunReader(route int, names []string) bunrouter.HandlerFunc {
	return func(_ http.ResponseWriter, r bunrouter.Request) error {
		last.route = route
		for i, name := range names {
			last.values[i] = r.Param(name)
		}
		return nil
	}
}

// loadHTTPRouter finds the parameters once a request and then reads them, as
// httprouter's documentation shows.
func loadHTTPRouter(s sets.Set) http.Handler {
	mux := httprouter.New()
	for id, r := range s.Routes {
		names := r.Names
		mux.HandlerFunc(r.Method, r.Spell(":%", "*%"), func(_ http.ResponseWriter, r *http.Request) {
			params := httprouter.ParamsFromContext(r.Context())
			last.route = id
			for i, name := range names {
				last.values[i] = params.ByName(name)
			}
		})
	}
	return mux
}

func loadHTTPRouterOwn(s sets.Set) http.Handler {
	mux := httprouter.New()
	for id, r := range s.Routes {
		names := r.Names
		mux.Handle(r.Method, r.Spell(":%", "*%"), func(_ http.ResponseWriter, _ *http.Request, params httprouter.Params) {
			last.route = id
			for i, name := range names {
				last.values[i] = params.ByName(name)
			}
		})
	}
	return mux
}
