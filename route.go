package covet

import (
	"net/http"
	"slices"

	"github.com/covetgo/covet/internal/radix"
)

// route is a registered pattern with its handler.
type route struct {
	// What each request reads comes first, in one cache line.

	// run is handler with all its middleware, once the App serves.
	run HandlerFunc
	// pathNames is net/http's form of the pattern's names; nil means that
	// SetPathValue is used.
	pathNames *pathNames
	text      string   // of the pattern
	wildcards []string // of the pattern, in order

	pattern *radix.Pattern
	router  *Router
	handler http.Handler
	source  string
	// mount is true for a subtree handed to another handler, whose own mux
	// would overwrite values that are not set by SetPathValue.
	mount bool
}

func newRoute(p *radix.Pattern, r *Router, h http.Handler, source string) *route {
	return &route{pattern: p, text: p.Text, wildcards: p.Names, router: r, handler: h, source: source}
}

func (r *route) names() []string {
	if r == nil {
		return nil
	}
	return r.wildcards
}

func (r *route) size() int { return len(r.names()) }

// table is what a lookup needs. It never changes.
type table struct {
	tree      radix.Tree
	maxValues int
	hosts     bool // some pattern has a host
	// serving is set once the routes can run.
	serving bool
	// misses answers what no route matches: for each group's prefix, with
	// that group's middleware; miss is the root's.
	groups *radix.Tree
	miss   HandlerFunc
}

// serve makes the table to serve from, once; from then on nothing can be
// registered.
func (a *App) serve() *table {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.serving {
		return a.table.Load()
	}
	t := a.compile()
	for _, r := range a.routes {
		r.pathNames = nil
		if !r.mount {
			r.pathNames = pathNamesFor(r.pattern.Names)
		}
		r.run = r.router.compose(r.handler, r)
	}
	a.compileMisses(t)
	t.serving, a.serving = true, true
	a.table.Store(t)
	return t
}

// compile makes a table for lookups. a.mu is held.
func (a *App) compile() *table {
	t := &table{}
	for _, r := range a.routes {
		if err := t.tree.Add(r.pattern, r); err != nil {
			panic("covet: " + err.Error()) // register has checked it
		}
		t.hosts = t.hosts || r.pattern.Host != ""
	}
	t.tree.Compile()
	t.maxValues = t.tree.MaxValues()
	return t
}

// compose puts the middleware of r and of the routers around it on h.
func (r *Router) compose(h http.Handler, at *route) HandlerFunc {
	if f, ok := h.(HandlerFunc); ok {
		h = &bound{fn: f}
	}
	h = r.app.bind(h, at)
	for ; r != nil; r = r.parent {
		for _, m := range slices.Backward(r.middleware) {
			h = r.app.bind(m(h), at)
		}
	}
	return native(h)
}

// bind tells a covet handler where it is.
func (a *App) bind(h http.Handler, at *route) http.Handler {
	if b, ok := h.(*bound); ok && b.app == nil {
		b.app, b.route = a, at
	}
	return h
}

// match finds what is to answer c's request.
func (c *Ctx) match(t *table) HandlerFunc {
	r := c.req
	if r.RequestURI == "*" {
		return c.missed(t, miss{status: http.StatusBadRequest})
	}
	host := ""
	if t.hosts {
		host = radix.StripPort(r.Host)
	}
	if r.URL.RawPath == "" && r.Method != http.MethodConnect {
		leaf, sure := t.tree.Find(&c.search, r.Method, host, r.URL.Path)
		switch {
		case sure && leaf != nil:
			c.route = leaf.Value.(*route)
			r.Pattern = c.route.text
			return c.route.run
		case sure:
			return c.lost(t, c.search.Allow)
		}
	}
	return c.resolve(t)
}

// resolve is match for the requests that need a closer look.
func (c *Ctx) resolve(t *table) HandlerFunc {
	r := c.req
	found := t.tree.Resolve(r.Method, r.Host, r.URL)
	r.Pattern = found.Pattern
	switch {
	case found.Location != "":
		return c.missed(t, miss{status: http.StatusTemporaryRedirect, location: found.Location})
	case found.Leaf == nil && found.Allow != "":
		return c.lost(t, []string{found.Allow})
	case found.Leaf == nil:
		return c.lost(t, nil)
	}
	c.route = found.Leaf.Value.(*route)
	c.search.Values = append(c.search.Values[:0], found.Values...)
	return c.route.run
}
