package covet

import "net/http"

// HandlerFunc is covet's handler: it answers through c, or returns an error,
// which covet answers; see [Error].
//
// It is an [http.Handler] too, so it can be given to any router or middleware.
// Inside an App, however deep, it uses that App's options; elsewhere the
// defaults.
type HandlerFunc func(c *Ctx) error

// ServeHTTP answers a request with f.
func (f HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	app, below := standalone(), responseBelow(w)
	if below != nil && below.to != nil {
		app = below.to.ctx.app
	}
	(&bound{app: app, fn: f}).ServeHTTP(w, r)
}

// Middleware is the one kind of middleware: what all of net/http's ecosystem
// uses. Those made by [Wrap] run without leaving covet.
//
// An App calls each Middleware once for each route it covers, and once for
// what no route matches, before it serves its first request. State that all
// of them should share belongs outside the function.
type Middleware = func(http.Handler) http.Handler

// Wrap makes a middleware that sees errors. f calls next, at most once, or
// answers itself. When next returns, an error of the handlers further in has
// been answered already; f gets it for logs and metrics, and should return it.
// A panic further in arrives as a [*PanicError].
//
//	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
//		start := time.Now()
//		err := next(c)
//		slog.Info("request", "status", c.Status(), "took", time.Since(start), "error", err)
//		return err
//	}))
func Wrap(f func(c *Ctx, next HandlerFunc) error) Middleware {
	return func(inner http.Handler) http.Handler {
		next := guarded(native(inner))
		return &bound{fn: func(c *Ctx) error { return f(c, next) }}
	}
}

// native is h as covet runs it.
func native(h http.Handler) HandlerFunc {
	switch h := h.(type) {
	case *bound:
		return h.fn
	case HandlerFunc:
		return h
	}
	return func(c *Ctx) error { return c.cross(h) }
}

// guarded settles the errors and the panics of h, so that a middleware around
// it sees the response that they led to.
func guarded(h HandlerFunc) HandlerFunc {
	return func(c *Ctx) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = caught(v)
			}
			if err != nil {
				c.settle(err)
			}
		}()
		return h(c)
	}
}

// caught is a recovered panic as an error. http.ErrAbortHandler goes on: it is
// net/http's way to cut a connection, and not a fault.
func caught(v any) error {
	if v == http.ErrAbortHandler {
		panic(v)
	}
	return newPanicError(v)
}

// bound is a HandlerFunc at its place in an App. Foreign middleware calls its
// ServeHTTP, covet its fn.
type bound struct {
	app   *App
	route *route
	fn    HandlerFunc
}

// ServeHTTP is the way back from net/http. The handlers further in get a Ctx
// of their own: the middleware outside may return before they do, as
// http.TimeoutHandler does.
func (b *bound) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if b.app == nil { // made by a middleware that was not ours
		b.fn.ServeHTTP(w, r)
		return
	}
	c := b.app.acquire(b.route.size())
	defer c.end()
	c.begin(w, r)
	c.rejoin(b.route)
	if err := b.fn(c); err != nil {
		c.settle(err)
	}
	c.finished = true
}

// cross runs a standard handler.
func (c *Ctx) cross(h http.Handler) error {
	w := c.Writer()
	h.ServeHTTP(w, c.Request())
	c.res.learn()
	return c.res.err
}
