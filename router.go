package covet

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"

	"github.com/covetgo/covet/internal/radix"
)

// Router registers routes under a prefix and with middleware of its own. The
// App is the first one; [Router.Group] and [Router.With] make more. All of
// them fill one table, so a group costs nothing per request.
//
// Its methods panic on a programmer's mistake: a malformed pattern, a
// duplicate, a nil handler, or a registration after the App has begun to
// serve. The message names the line to change. They are safe for concurrent
// use.
type Router struct {
	app        *App
	parent     *Router
	prefix     string // from the root, without a slash at its end
	middleware []Middleware
}

// Get registers h for GET requests, and HEAD requests, whose path matches.
//
// A path is a pattern without its method: "/notes/{id}" or
// "example.com/notes". In a group, "" is the group's prefix itself and "/" all
// below it. See the package comment for the grammar.
func (r *Router) Get(path string, h HandlerFunc) { r.method(http.MethodGet, path, h) }

// Post is Get for POST requests.
func (r *Router) Post(path string, h HandlerFunc) { r.method(http.MethodPost, path, h) }

// Put is Get for PUT requests.
func (r *Router) Put(path string, h HandlerFunc) { r.method(http.MethodPut, path, h) }

// Patch is Get for PATCH requests.
func (r *Router) Patch(path string, h HandlerFunc) { r.method(http.MethodPatch, path, h) }

// Delete is Get for DELETE requests.
func (r *Router) Delete(path string, h HandlerFunc) { r.method(http.MethodDelete, path, h) }

// Head is Get for HEAD requests alone. A GET route answers them anyway.
func (r *Router) Head(path string, h HandlerFunc) { r.method(http.MethodHead, path, h) }

// Options is Get for OPTIONS requests.
func (r *Router) Options(path string, h HandlerFunc) { r.method(http.MethodOptions, path, h) }

// Query is Get for QUERY requests (RFC 10008): safe like GET, with a body.
func (r *Router) Query(path string, h HandlerFunc) { r.method("QUERY", path, h) }

// Handle registers a standard handler for a pattern "[METHOD ][HOST]/path", as
// [http.ServeMux.Handle] does. The handler finds the values of the wildcards
// with [http.Request.PathValue] and the pattern in [http.Request.Pattern].
func (r *Router) Handle(pattern string, h http.Handler) {
	if f, ok := h.(http.HandlerFunc); h == nil || ok && f == nil {
		r.fail("the handler for %q is nil", pattern)
	}
	r.register(pattern, h, false)
}

// HandleFunc is Handle for a function.
func (r *Router) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	if h == nil {
		r.fail("the handler for %q is nil", pattern)
	}
	r.register(pattern, http.HandlerFunc(h), false)
}

// Mount hands all requests below prefix to h, another App or mux or any
// handler, with the prefix taken off their path. A request for the prefix
// itself is redirected to the prefix and a slash. The prefix may have
// wildcards; h finds their values with [http.Request.PathValue]. Inside h,
// Request.Pattern is what h sets it to.
func (r *Router) Mount(prefix string, h http.Handler) {
	if h == nil {
		r.fail("the handler to mount at %q is nil", prefix)
	}
	prefix = strings.TrimRight(prefix, "/")
	if strings.ContainsAny(prefix, " \t") {
		r.fail("Mount takes a prefix such as \"/admin\", not %q: it is for all methods", prefix)
	}
	segments := strings.Count(r.prefix+prefix, "/")
	r.register(prefix+"/", stripSegments(segments, h), true)
}

// Use adds middleware for all routes of r and of its groups, those registered
// earlier too, and for what they answer with 404, 405 or a redirect. The first
// one is outermost. It runs after matching, so it sees Request.Pattern.
func (r *Router) Use(m ...Middleware) {
	r.change(func() { r.middleware = append(r.middleware, m...) })
	r.checkMiddleware(m)
}

// Group returns a router for paths below prefix, such as "/api" or
// "/teams/{team}" or "api.example.com", which runs m inside r's middleware.
func (r *Router) Group(prefix string, m ...Middleware) *Router {
	prefix = strings.TrimRight(prefix, "/")
	g := &Router{app: r.app, parent: r, middleware: m}
	if prefix != "" {
		p, err := radix.Parse(r.join(prefix + "/"))
		if err != nil {
			r.fail("group prefix: %v", err)
		}
		if p.Method != "" {
			r.fail("a group is for all methods: write its prefix %q without one", prefix)
		}
	}
	g.prefix = strings.TrimSuffix(r.join(prefix), "/")
	r.checkMiddleware(m)
	r.change(func() { r.app.groups = append(r.app.groups, g) })
	return g
}

// With returns a router for the same paths as r, which runs m inside r's
// middleware.
func (r *Router) With(m ...Middleware) *Router { return r.Group("", m...) }

// subtree is the pattern of everything below r's prefix.
func (r *Router) subtree() *radix.Pattern {
	p, err := radix.Parse(r.prefix + "/")
	if err != nil {
		panic("covet: " + err.Error()) // Group has checked it
	}
	return p
}

func (r *Router) method(method, path string, h HandlerFunc) {
	if h == nil {
		r.fail("the handler for %q is nil", path)
	}
	if strings.ContainsAny(path, " \t") {
		r.fail("%q has a space: write the path alone, the method is %s already; or use Handle", path, method)
	}
	r.register(method+" "+path, h, false)
}

// register adds a route to the App.
func (r *Router) register(pattern string, h http.Handler, mount bool) {
	p, err := radix.Parse(r.join(pattern))
	if err != nil {
		r.fail("%v", err)
	}
	n := newRoute(p, r, h, caller())
	n.mount = mount
	var old *route
	r.change(func() {
		if old = r.app.find(p.Shape()); old == nil {
			r.app.shapes[p.Shape()] = n
			r.app.routes = append(r.app.routes, n)
		}
	})
	if old != nil {
		r.fail("pattern %q matches the same requests as %q, registered at %s: remove one of them",
			p.Text, old.pattern.Text, old.source)
	}
}

// find returns the route of a shape. a.mu is held.
func (a *App) find(shape string) *route {
	if a.shapes == nil {
		a.shapes = map[string]*route{}
	}
	return a.shapes[shape]
}

// join puts r's prefix between the host of a pattern and its path.
func (r *Router) join(pattern string) string {
	if r.prefix == "" {
		return pattern
	}
	method, rest := "", pattern
	if i := strings.IndexAny(pattern, " \t"); i >= 0 {
		method, rest = pattern[:i]+" ", strings.TrimLeft(pattern[i:], " \t")
	}
	host, path := rest, ""
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	if host != "" && r.prefix[0] != '/' {
		r.fail("pattern %q has a host, but so has its group %q", pattern, r.prefix)
	}
	return method + host + r.prefix + path
}

// change runs f under the lock, unless the App serves.
func (r *Router) change(f func()) {
	a := r.app
	a.mu.Lock()
	serving := a.serving
	if !serving {
		f()
		a.table.Store(nil)
	}
	a.mu.Unlock()
	if serving {
		r.fail("the App serves already: move this line before its first request")
	}
}

func (r *Router) checkMiddleware(m []Middleware) {
	for i := range m {
		if m[i] == nil {
			r.fail("middleware number %d is nil", i+1)
		}
	}
}

// fail panics with the line that called covet.
func (r *Router) fail(format string, args ...any) {
	panic("covet: " + caller() + ": " + fmt.Sprintf(format, args...))
}

// caller is the file and line outside of this package that called it.
func caller() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if ours := strings.HasPrefix(f.Function, "github.com/covetgo/covet."); !ours || strings.HasSuffix(f.File, "_test.go") {
			return fmt.Sprintf("%s:%d", f.File, f.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}
