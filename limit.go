package covet

import (
	"fmt"
	"io"
	"net/http"
)

// LimitBody returns middleware that sets the largest request body, in bytes,
// in place of [Options.MaxBody], for the routes it covers. It can raise the
// limit as well as lower it; n < 0 takes it away.
func LimitBody(n int64) Middleware {
	return Wrap(func(c *Ctx, next HandlerFunc) error {
		c.req.Body = newLimitedBody(c.res, c.req.Body, n)
		return next(c)
	})
}

// limitedBody is a body whose limit can still be changed, because it remembers
// the body below.
type limitedBody struct {
	io.ReadCloser
	below io.ReadCloser
}

func newLimitedBody(w http.ResponseWriter, body io.ReadCloser, n int64) io.ReadCloser {
	if b, ok := body.(*limitedBody); ok {
		body = b.below
	}
	if body == nil || body == http.NoBody {
		return http.NoBody
	}
	if n < 0 {
		return &limitedBody{ReadCloser: body, below: body}
	}
	// The server's own writer closes the connection of a client that sends too
	// much.
	return &limitedBody{ReadCloser: http.MaxBytesReader(innermost(w), body, n), below: body}
}

// limitBody makes sure that the body has a limit, also where the server is not
// covet's.
func (c *Ctx) limitBody() {
	if _, ok := c.req.Body.(*limitedBody); !ok {
		c.req.Body = newLimitedBody(c.res, c.req.Body, c.app.opts.MaxBody)
	}
}

// limitBodies is the outermost handler under Run and Serve.
func (a *App) limitBodies(w http.ResponseWriter, r *http.Request) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = newLimitedBody(w, r.Body, a.opts.MaxBody)
	}
	a.ServeHTTP(w, r)
}

// innermost is the writer of the server.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = u.Unwrap()
	}
}

func unsupported(format string, args ...any) *Error {
	return &Error{
		Status: http.StatusUnsupportedMediaType,
		Code:   "unsupported_media_type",
		Detail: fmt.Sprintf(format, args...),
	}
}
