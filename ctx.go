package covet

import (
	"context"
	"net/http"
	"net/url"

	"github.com/covetgo/covet/internal/radix"
)

// Ctx is one request and its response. Its methods are for the goroutine that
// runs the handler. It is not a [context.Context]: pass on [Ctx.Context].
//
// A Ctx must not be used after its handler has returned; what it gave stays
// valid. See "Lifetime" in the package comment.
type Ctx struct {
	app   *App
	route *route
	req   *http.Request
	// res is &own, or that of the boundary further out whose writer came in
	// unchanged.
	res    *reply
	search radix.Search
	own    reply
	// room is where the request's path values go, beside the writer that was
	// handed out.
	room []string
	// outer is covet's writer below those of foreign middleware, if this is a
	// boundary further in.
	outer *Response
	// ctx replaces the request's context once something was set in it.
	ctx      context.Context
	query    url.Values
	miss     *miss // why no route was found, or nil
	ownMiss  miss  // what miss points to, unless it is a 404
	ready    bool  // req has its path values
	form     bool  // Bind has parsed a multipart form
	finished bool  // the handlers returned, they did not panic
	dead     bool  // only with raceEnabled: the boundary was left
}

func newCtx(a *App, n int) *Ctx {
	c := &Ctx{app: a, search: radix.Search{Values: make([]string, 0, n)}}
	c.own.ctx = c
	return c
}

// begin starts the boundary that c stands at.
func (c *Ctx) begin(w http.ResponseWriter, r *http.Request) {
	c.req = r
	if res, ok := w.(*Response); ok && res.to != nil {
		c.res = res.to
		return
	}
	c.own.w = w
	c.res = &c.own
}

// rejoin makes c the Ctx of a handler to which foreign middleware has passed
// the request on.
func (c *Ctx) rejoin(at *route) {
	c.route, c.ready = at, true
	c.search.Values = c.search.Values[:0]
	for _, name := range at.names() {
		c.search.Values = append(c.search.Values, c.req.PathValue(name))
	}
	if c.res == &c.own {
		c.outer = responseBelow(c.own.w)
	}
}

// end is deferred at each boundary: it settles a panic, releases c, and cuts
// the connection if that is due.
func (c *Ctx) end() {
	var fatal any
	if !c.finished {
		// recover returns nil when the goroutine is exiting, as by t.FailNow.
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			fatal = v
		default:
			c.settle(newPanicError(v))
		}
	}
	if c.res.abort {
		fatal = http.ErrAbortHandler
	}
	c.release()
	if fatal != nil {
		panic(fatal)
	}
}

// release ends the life of what c gave out, and gives c back to the pool. A
// Ctx that has seen a panic is dropped, since nobody knows who holds it.
func (c *Ctx) release() {
	if c.own.handle != nil {
		c.own.handle.to = nil
	}
	if c.form && c.req.MultipartForm != nil {
		// net/http removes the files of its own request only, and this may be
		// a copy of it.
		_ = c.req.MultipartForm.RemoveAll()
	}
	if raceEnabled {
		c.dead = true
		return
	}
	if c.finished {
		c.reset()
		c.app.pool.Put(c)
	}
}

// reset lets go of the request. It writes no pointer that is nil already:
// while the garbage collector marks, each write of one is dear. What search
// holds are strings that the next request overwrites.
func (c *Ctx) reset() {
	c.route, c.req, c.res, c.own.w = nil, nil, nil, nil
	c.own.progress = progress{}
	c.ready, c.form, c.finished = false, false, false
	if c.own.handle != nil {
		c.own.handle, c.room = nil, nil
	}
	if c.own.err != nil {
		c.own.err = nil
	}
	if c.ctx != nil || c.query != nil || c.outer != nil {
		c.ctx, c.query, c.outer = nil, nil, nil
	}
	if c.miss != nil {
		c.miss = nil
	}
	if c.ownMiss.status != 0 {
		c.ownMiss = miss{}
	}
}

// live panics when c is used too late. It costs nothing without the race
// detector, under which no Ctx is reused.
func (c *Ctx) live() {
	if raceEnabled && c.dead {
		panic("covet: Ctx used after its handler returned: take the strings, " +
			"the Context or the Request that you need before starting a goroutine")
	}
}

// Param returns the value of a wildcard of the route, unescaped, or "" if it
// has none of that name. Where the App is mounted in another mux, the values of
// that mux are found too.
func (c *Ctx) Param(name string) string {
	c.live()
	for i, n := range c.route.names() {
		if n == name {
			return c.search.Values[i]
		}
	}
	return c.req.PathValue(name)
}

// Pattern returns the pattern that matched, such as "GET /notes/{id}"; "" when
// none did.
func (c *Ctx) Pattern() string {
	c.live()
	return c.req.Pattern
}

// Method returns the request's method, such as "GET".
func (c *Ctx) Method() string {
	c.live()
	return c.req.Method
}

// Path returns the request's path, unescaped. For logs and metrics the
// [Ctx.Pattern] has fewer values.
func (c *Ctx) Path() string {
	c.live()
	return c.req.URL.Path
}

// Query returns the first value of a query parameter, or "".
func (c *Ctx) Query(name string) string { return c.QueryValues().Get(name) }

// QueryValues returns all query parameters. Malformed ones are left out.
func (c *Ctx) QueryValues() url.Values {
	c.live()
	if c.query == nil {
		c.query = c.req.URL.Query()
	}
	return c.query
}

// Header returns the first value of a request header, or "".
func (c *Ctx) Header(name string) string {
	c.live()
	return c.req.Header.Get(name)
}

// SetHeader sets a header of the response. It has no effect once the response
// has begun. For more values of one name use c.Writer().Header().
func (c *Ctx) SetHeader(name, value string) {
	c.live()
	c.res.Header().Set(name, value)
}

// Cookie returns a cookie of the request, or [http.ErrNoCookie].
func (c *Ctx) Cookie(name string) (*http.Cookie, error) {
	c.live()
	return c.req.Cookie(name)
}

// SetCookie adds a Set-Cookie header to the response. A cookie whose name or
// value is not valid is dropped, as by [http.SetCookie].
func (c *Ctx) SetCookie(cookie *http.Cookie) {
	c.live()
	http.SetCookie(c.res, cookie)
}

// Context returns the request's context. It ends when the client leaves or the
// outermost handler returns, and stays valid for ever.
func (c *Ctx) Context() context.Context {
	c.live()
	if c.ctx != nil {
		return c.ctx
	}
	return c.req.Context()
}

// SetContext replaces the request's context for the handlers further in. ctx
// should derive from c.Context().
func (c *Ctx) SetContext(ctx context.Context) {
	c.live()
	c.ctx = ctx
}

// Request returns the request as net/http knows it, with its path values. It
// stays valid, but its body can't be read once the handler has returned.
func (c *Ctx) Request() *http.Request {
	c.live()
	if !c.ready {
		c.ready = true
		c.setPathValues()
		if c.miss != nil {
			c.ctx = c.missContext()
		}
	}
	if c.ctx != nil {
		c.req = c.req.WithContext(c.ctx)
		c.ctx = nil
	}
	return c.req
}

// setPathValues gives the request a copy of the values that is its own.
func (c *Ctx) setPathValues() {
	found := c.search.Values
	if c.route == nil || len(found) == 0 {
		return
	}
	setPathValues(c.req, c.route, append(c.room, found...))
}

// Writer returns the response as net/http knows it.
func (c *Ctx) Writer() *Response {
	c.live()
	if c.res.handle == nil {
		c.res.handle, c.room = newResponse(c.res, len(c.search.Values))
	}
	return c.res.handle
}

// Status returns the status code sent, or 0 as long as nothing was sent.
func (c *Ctx) Status() int {
	c.live()
	return c.res.status
}

// Err returns the error that the request was answered with, or nil.
func (c *Ctx) Err() error {
	c.live()
	c.res.learn()
	return c.res.err
}
