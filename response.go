package covet

import (
	"bufio"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"time"
)

// Response is the http.ResponseWriter that covet hands to handlers. It
// remembers what was sent, and has every optional method of net/http's own
// writer, so that neither a type assertion nor [http.ResponseController] finds
// less than it would without covet; where the writer below lacks one, the
// method returns [http.ErrNotSupported].
//
// Like any ResponseWriter it must not be used after the handler has returned,
// nor by two goroutines at once. It is never recycled: a late use fails, it
// does not reach another request.
type Response struct {
	w        http.ResponseWriter
	app      *App
	status   int
	bytes    int64
	hijacked bool
	done     bool
	settled  bool // an error has been answered
	abort    bool // an error came too late: cut the connection
	err      error
	rolling  time.Duration
}

var (
	_ http.Flusher  = (*Response)(nil)
	_ http.Hijacker = (*Response)(nil)
	_ http.Pusher   = (*Response)(nil)
	_ io.ReaderFrom = (*Response)(nil)
)

// errDone is what a late write gets.
var errDone = errors.New("covet: the handler has returned, its response can no longer be written")

// Status is the status code sent, or 0 as long as nothing was sent. A hijacked
// connection has 101.
func (w *Response) Status() int { return w.status }

// Bytes is the number of body bytes written so far, before any compression
// that the server does.
func (w *Response) Bytes() int64 { return w.bytes }

// Err is the error that the request was answered with, or nil.
func (w *Response) Err() error { return w.err }

// Unwrap returns the writer below, for [http.ResponseController].
func (w *Response) Unwrap() http.ResponseWriter { return w.w }

// Header returns the response's header map.
func (w *Response) Header() http.Header {
	if w.done {
		return http.Header{}
	}
	return w.w.Header()
}

// WriteHeader sends the header with a status code. Informational codes (1xx
// but 101) may precede the final one.
func (w *Response) WriteHeader(code int) {
	if w.done {
		return
	}
	if w.status == 0 && (code >= 200 || code == http.StatusSwitchingProtocols) {
		w.status = code
	}
	w.w.WriteHeader(code)
}

// begin marks the response as begun with the status that a write implies.
func (w *Response) begin() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
}

// Write sends body bytes, and before the first of them the header.
func (w *Response) Write(p []byte) (int, error) {
	if w.done {
		return 0, errDone
	}
	w.begin()
	n, err := w.w.Write(p)
	w.bytes += int64(n)
	return n, err
}

// WriteString is Write for a string.
func (w *Response) WriteString(s string) (int, error) {
	if w.done {
		return 0, errDone
	}
	w.begin()
	n, err := io.WriteString(w.w, s)
	w.bytes += int64(n)
	return n, err
}

// rollingChunk is how much of a stream may pass on one write deadline.
const rollingChunk = 1 << 20

// ReadFrom sends everything from r; with net/http below, a file goes by
// sendfile.
func (w *Response) ReadFrom(r io.Reader) (int64, error) {
	if w.done {
		return 0, errDone
	}
	w.begin()
	if w.rolling == 0 {
		n, err := io.Copy(w.w, r)
		w.bytes += n
		return n, err
	}
	return w.readRolling(r)
}

// readRolling sends r in chunks, each with a write deadline of its own: a slow
// client may take all day, a stuck one may not.
func (w *Response) readRolling(r io.Reader) (total int64, err error) {
	deadline := http.NewResponseController(w.w)
	// sendfile needs to see the file below one io.LimitedReader, not two.
	limit, ok := r.(*io.LimitedReader)
	if !ok {
		limit = &io.LimitedReader{R: r, N: math.MaxInt64}
	}
	for limit.N > 0 {
		// A writer without deadlines has no time-out to extend either.
		_ = deadline.SetWriteDeadline(time.Now().Add(w.rolling))
		chunk := io.LimitedReader{R: limit.R, N: min(limit.N, rollingChunk)}
		want := chunk.N
		n, err := io.Copy(w.w, &chunk)
		total += n
		w.bytes += n
		limit.N -= n
		if err != nil || n < want {
			return total, err
		}
	}
	return total, nil
}

// Flush sends what is buffered. Use FlushError to learn whether it could.
func (w *Response) Flush() { _ = w.FlushError() }

// FlushError sends what is buffered.
func (w *Response) FlushError() error {
	if w.done {
		return errDone
	}
	err := http.NewResponseController(w.w).Flush()
	if err == nil {
		w.begin()
	}
	return err
}

// Hijack takes the connection over from the server. Whoever does so closes it,
// and should register it with [OnDrain], so that a shutdown can tell it.
func (w *Response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if w.done {
		return nil, nil, errDone
	}
	conn, rw, err := http.NewResponseController(w.w).Hijack()
	if err == nil {
		w.hijacked = true
		if w.status == 0 {
			w.status = http.StatusSwitchingProtocols
		}
	}
	return conn, rw, err
}

// Push starts an HTTP/2 server push.
func (w *Response) Push(target string, o *http.PushOptions) error {
	if p, ok := w.w.(http.Pusher); ok && !w.done {
		return p.Push(target, o)
	}
	return http.ErrNotSupported
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
