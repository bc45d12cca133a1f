// Package covet is a micro-framework for web services on net/http.
//
// An [App] is an [http.Handler]. Handlers are standard ones, or functions that
// take a [*Ctx] and return an error; middleware is func(http.Handler)
// http.Handler, as everywhere.
//
//	app := covet.New(nil)
//	app.Get("/hello/{name}", func(c *covet.Ctx) error {
//		return c.String(http.StatusOK, "Hello, "+c.Param("name")+"!")
//	})
//	app.Handle("GET /debug/vars", expvar.Handler())
//	log.Fatal(app.Run(context.Background(), ":8080"))
//
// # Patterns
//
// Patterns are those of [http.ServeMux], "[METHOD ][HOST]/path":
//
//	/notes            this path, nothing else
//	/notes/           this path and all below it; /notes is redirected to it
//	/notes/{$}        this path with its slash, nothing below
//	/notes/{id}       one segment: matches /notes/7, not /notes/ or /notes/7/x
//	/files/{path...}  the rest: matches /files/, /files/a and /files/a/b
//
// The most specific pattern wins, whatever the order of registration. A
// pattern that ServeMux would refuse because it overlaps another, such as
// /a/{x}/b beside /a/c/{y}, is accepted: the pattern that is literal first
// from the left wins. Only a true duplicate panics.
//
// # Errors
//
// A handler returns its error. covet answers it at once with an RFC 9457
// problem document; see [Error] and [WriteError]. A panic is a 500 and a log
// line with its stack.
//
// # Lifetime
//
// A Ctx serves one request and is then used for another: do not keep it. What
// it gave you (strings, contexts, the [http.Request]) is never recycled and
// stays valid for ever, so take those into goroutines that outlive the
// handler. Under the race detector a Ctx is not reused, and late use of it
// panics and says so.
package covet

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options configure an [App]. The zero value of each field is its default.
type Options struct {
	// Logger receives panics, answers of 500 and more, and what Run does.
	// nil means slog.Default, looked up at each use.
	Logger *slog.Logger

	// ErrorHandler answers requests whose handler returned an error, and the
	// 404 and 405 of the router. nil means WriteError.
	ErrorHandler ErrorHandler

	// Codec turns values into JSON and back. nil means JSONCodec.
	Codec Codec

	// MaxBody is the largest request body, in bytes, that Bind reads, and,
	// under Run and Serve, that any handler can read. 0 means 4 MiB, negative
	// means no limit. A larger body is a 413. LimitBody changes it for some
	// routes.
	MaxBody int64

	// ReadHeaderTimeout bounds reading a request's head. 0 means 10 s,
	// negative means no limit. It and the fields below concern Run and Serve.
	ReadHeaderTimeout time.Duration

	// ReadTimeout bounds reading a whole request. 0 means 1 minute, negative
	// means no limit. A handler that takes large uploads can extend it with
	// http.ResponseController.SetReadDeadline.
	ReadTimeout time.Duration

	// WriteTimeout bounds a response, from the end of the request's head. 0
	// means 1 minute, negative means no limit. SSE, Stream and File are exempt:
	// they bound each piece instead.
	WriteTimeout time.Duration

	// EventPing is how often an SSE stream that has nothing to say sends a
	// comment, so that proxies keep it open and a lost client is noticed. 0
	// means 15 s, negative means never.
	EventPing time.Duration

	// IdleTimeout bounds the wait for the next request on a connection. 0
	// means 2 minutes, negative means no limit.
	IdleTimeout time.Duration

	// DrainDelay is how long a shutdown goes on accepting connections while
	// readiness already answers 503, so that load balancers can turn away
	// first. 0 means no delay.
	DrainDelay time.Duration

	// DrainTimeout bounds the rest of a shutdown. 0 means 30 s. What is still
	// running then is cut.
	DrainTimeout time.Duration

	// TLSConfig, if set, makes Run and Serve speak TLS, and HTTP/2 beside
	// HTTP/1.1. It must hold a certificate or a way to get one.
	TLSConfig *tls.Config
}

// defaultMaxBody is MaxBody when it is 0.
const defaultMaxBody = 4 << 20

// App is a web application: a router with what its handlers share. It is an
// [http.Handler] and safe for concurrent use once it serves. Make one with
// [New]; register routes before it serves its first request.
type App struct {
	Router

	opts    Options
	pool    sync.Pool
	table   atomic.Pointer[table]
	mu      sync.Mutex // guards what follows, and the fields of all Routers
	serving bool
	groups  []*Router
	routes  []*route
	shapes  map[string]*route
}

// New returns an App. nil means the defaults.
func New(o *Options) *App {
	a := &App{}
	if o != nil {
		a.opts = *o
	}
	if a.opts.Codec == nil {
		a.opts.Codec = JSONCodec{}
	}
	if a.opts.MaxBody == 0 {
		a.opts.MaxBody = defaultMaxBody
	}
	a.Router.app = a
	return a
}

// ServeHTTP answers a request.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t := a.table.Load()
	if t == nil || !t.serving {
		t = a.serve()
	}
	c := a.acquire(t.maxValues)
	defer c.end()
	c.begin(w, r)
	if err := c.match(t)(c); err != nil {
		c.settle(err)
	}
	c.finished = true
}

// acquire returns an empty Ctx with room for n values.
func (a *App) acquire(n int) *Ctx {
	if c, ok := a.pool.Get().(*Ctx); ok && cap(c.search.Values) >= n {
		return c
	}
	return newCtx(a, n)
}

func (a *App) logger() *slog.Logger {
	if a.opts.Logger != nil {
		return a.opts.Logger
	}
	return slog.Default()
}

// standalone serves HandlerFuncs that are used without an App.
var standalone = sync.OnceValue(func() *App { return New(nil) })
