package benchmarks

import (
	"net/http"

	"github.com/valyala/fasthttp"

	"github.com/covetgo/covet/benchmarks/internal/sets"
)

// adapter is one router behind one of its doors: "standard" serves an
// http.Handler, "own" the router's own kind of handler.
type adapter struct {
	door, peer string

	// load makes a router of a set. One of the two is nil.
	load     func(sets.Set) http.Handler
	loadFast func(sets.Set) fasthttp.RequestHandler

	// blind says that the router has no way to give a standard handler its
	// parameters. Such a handler reads none, which flatters the router.
	blind bool

	// lax says that the router answers some requests 404 that should be 405.
	lax bool
}

var adapters = []adapter{
	{door: "standard", peer: "covet", load: loadCovet},
	{door: "standard", peer: "servemux", load: loadServeMux},
	{door: "standard", peer: "chi", load: loadChi},
	{door: "standard", peer: "bunrouter", load: loadBunCompat, lax: true},
	{door: "standard", peer: "httprouter", load: loadHTTPRouter},
	{door: "standard", peer: "gin", load: loadGinWrap, blind: true},
	{door: "standard", peer: "echo", load: loadEchoWrap, blind: true},

	{door: "own", peer: "covet", load: loadCovetOwn},
	{door: "own", peer: "gin", load: loadGin},
	{door: "own", peer: "echo", load: loadEcho},
	{door: "own", peer: "bunrouter", load: loadBun, lax: true},
	{door: "own", peer: "httprouter", load: loadHTTPRouterOwn},
	{door: "own", peer: "chi", load: loadChiOwn},
	{door: "own", peer: "fiber", loadFast: loadFiber},
}

// seen is what the last handler to run was, and what it read.
type seen struct {
	route  int
	values [5]string
}

// last keeps the compiler from leaving the reading of parameters out of the
// benchmarks, and tells the tests what was read.
var last seen

// reader is an http.Handler that reads the parameters of a route by get.
func reader(route int, names []string, get func(*http.Request, string) string) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		last.route = route
		for i, name := range names {
			last.values[i] = get(r, name)
		}
	})
}

// valueReader is reader by net/http's own accessor. It calls it directly, as
// an application would.
func valueReader(route int, names []string) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		last.route = route
		for i, name := range names {
			last.values[i] = r.PathValue(name)
		}
	})
}

// discard is a ResponseWriter that does nothing but note the status.
type discard struct {
	header http.Header
	status int
}

func newDiscard() *discard { return &discard{header: http.Header{}} }

func (d *discard) Header() http.Header { return d.header }

func (d *discard) WriteHeader(status int) { d.status = status }

func (d *discard) Write(p []byte) (int, error) { return len(p), nil }

func (d *discard) WriteString(s string) (int, error) { return len(s), nil }

// httpRequests are the requests as net/http's server hands them to a handler.
func httpRequests(requests []sets.Request) []*http.Request {
	out := make([]*http.Request, len(requests))
	for i, r := range requests {
		req, err := http.NewRequest(r.Method, r.Path, nil)
		if err != nil {
			panic(err)
		}
		req.RequestURI = r.Path
		out[i] = req
	}
	return out
}

// fastRequests are the requests as fasthttp hands them to a handler.
func fastRequests(requests []sets.Request) []*fasthttp.RequestCtx {
	out := make([]*fasthttp.RequestCtx, len(requests))
	for i, r := range requests {
		ctx := &fasthttp.RequestCtx{}
		ctx.Request.Header.SetMethod(r.Method)
		ctx.Request.SetRequestURI(r.Path)
		ctx.URI() // parsed once, as the path of an http.Request is
		out[i] = ctx
	}
	return out
}
