package covet

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
)

// Response is the http.ResponseWriter that covet hands to handlers. It
// remembers what was sent, and has every optional method of net/http's own
// writer, so that neither a type assertion nor [http.ResponseController] finds
// less than it would without covet; where the writer below lacks one, the
// method returns [http.ErrNotSupported].
//
// Like any ResponseWriter it must not be used after the handler has returned,
// nor by two goroutines at once. It is never recycled: a late use fails, and
// what it reports is empty.
type Response struct {
	to *reply // nil once the handler has returned
	// inner is what a boundary further in has answered, behind a writer of
	// foreign middleware. That boundary may run on when this one is left.
	inner atomic.Pointer[outcome]
}

// outcome is the error that a request was answered with.
type outcome struct{ err error }

var (
	_ http.Flusher  = (*Response)(nil)
	_ http.Hijacker = (*Response)(nil)
	_ http.Pusher   = (*Response)(nil)
	_ io.ReaderFrom = (*Response)(nil)
)

// roomy is a Response with room for the path values of its request.
type roomy[Values any] struct {
	Response
	values Values
}

// newResponse allocates a Response, and in the same step room for n path
// values if they are as few as usual.
func newResponse(to *reply, n int) (*Response, []string) {
	switch n {
	case 0:
		return &Response{to: to}, nil
	case 1:
		r := &roomy[[1]string]{Response: Response{to: to}}
		return &r.Response, r.values[:0]
	case 2:
		r := &roomy[[2]string]{Response: Response{to: to}}
		return &r.Response, r.values[:0]
	case 3:
		r := &roomy[[3]string]{Response: Response{to: to}}
		return &r.Response, r.values[:0]
	}
	r := &roomy[[5]string]{Response: Response{to: to}}
	return &r.Response, r.values[:0]
}

// errDone is what a late write gets.
var errDone = errors.New("covet: the handler has returned, its response can no longer be written")

// Status is the status code sent, or 0 as long as nothing was sent. A hijacked
// connection has 101.
func (w *Response) Status() int {
	if w.to == nil {
		return 0
	}
	return w.to.status
}

// Bytes is the number of body bytes written so far, before any compression
// that the server does.
func (w *Response) Bytes() int64 {
	if w.to == nil {
		return 0
	}
	return w.to.bytes
}

// Err is the error that the request was answered with, or nil.
func (w *Response) Err() error {
	if w.to == nil {
		return nil
	}
	w.to.learn()
	return w.to.err
}

// Unwrap returns the writer below, for [http.ResponseController].
func (w *Response) Unwrap() http.ResponseWriter {
	if w.to == nil {
		return nil
	}
	return w.to.w
}

// Header returns the response's header map.
func (w *Response) Header() http.Header {
	if w.to == nil {
		return http.Header{}
	}
	return w.to.Header()
}

// WriteHeader sends the header with a status code. Informational codes (1xx
// but 101) may precede the final one.
func (w *Response) WriteHeader(code int) {
	if w.to != nil {
		w.to.WriteHeader(code)
	}
}

// Write sends body bytes, and before the first of them the header.
func (w *Response) Write(p []byte) (int, error) {
	if w.to == nil {
		return 0, errDone
	}
	return w.to.Write(p)
}

// WriteString is Write for a string.
func (w *Response) WriteString(s string) (int, error) {
	if w.to == nil {
		return 0, errDone
	}
	return w.to.WriteString(s)
}

// ReadFrom sends everything from r; with net/http below, a file goes by
// sendfile.
func (w *Response) ReadFrom(r io.Reader) (int64, error) {
	if w.to == nil {
		return 0, errDone
	}
	return w.to.ReadFrom(r)
}

// Flush sends what is buffered. Use FlushError to learn whether it could.
func (w *Response) Flush() { _ = w.FlushError() }

// FlushError sends what is buffered.
func (w *Response) FlushError() error {
	if w.to == nil {
		return errDone
	}
	return w.to.FlushError()
}

// Hijack takes the connection over from the server. Whoever does so closes it,
// and should register it with [OnDrain], so that a shutdown can tell it.
func (w *Response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if w.to == nil {
		return nil, nil, errDone
	}
	return w.to.Hijack()
}

// Push starts an HTTP/2 server push.
func (w *Response) Push(target string, o *http.PushOptions) error {
	if w.to == nil {
		return errDone
	}
	return w.to.Push(target, o)
}

// responseBelow finds covet's own writer under those that foreign middleware
// has put on top of it, or nil.
func responseBelow(w http.ResponseWriter) *Response {
	for {
		switch v := w.(type) {
		case *Response:
			return v
		case interface{ Unwrap() http.ResponseWriter }:
			w = v.Unwrap()
		default:
			return nil
		}
	}
}
