package covet

import (
	"bufio"
	"io"
	"math"
	"net"
	"net/http"
	"time"
)

// reply is the state of a response, and the ResponseWriter that covet itself
// writes to. It is part of a Ctx and recycled with it, so handlers get a
// [Response] that points here.
type reply struct {
	w   http.ResponseWriter
	ctx *Ctx // that this is part of
	// handle is what was handed out, or nil.
	handle *Response
	err    error
	progress
}

// progress is how far a response has got.
type progress struct {
	bytes    int64
	rolling  time.Duration // what each piece of a stream may take
	status   int
	hijacked bool
	settled  bool // an error has been answered
	abort    bool // an error came too late: cut the connection
}

// learn takes over what a boundary further in, which had a writer of foreign
// middleware's, has answered with an error.
func (p *reply) learn() {
	if p.handle == nil {
		return
	}
	if o := p.handle.inner.Load(); o != nil && !p.settled {
		p.err, p.settled = o.err, true
	}
}

// Header and the methods below are those of Response.
func (p *reply) Header() http.Header { return p.w.Header() }

func (p *reply) WriteHeader(code int) {
	if p.status == 0 && (code >= 200 || code == http.StatusSwitchingProtocols) {
		p.status = code
	}
	p.w.WriteHeader(code)
}

// begin marks the response as begun with the status that a write implies.
func (p *reply) begin() {
	if p.status == 0 {
		p.status = http.StatusOK
	}
}

func (p *reply) Write(b []byte) (int, error) {
	p.begin()
	n, err := p.w.Write(b)
	p.bytes += int64(n)
	return n, err
}

func (p *reply) WriteString(s string) (int, error) {
	p.begin()
	n, err := io.WriteString(p.w, s)
	p.bytes += int64(n)
	return n, err
}

// rollingChunk is how much of a stream may pass on one write deadline.
const rollingChunk = 1 << 20

func (p *reply) ReadFrom(r io.Reader) (int64, error) {
	p.begin()
	if p.rolling == 0 {
		n, err := io.Copy(p.w, r)
		p.bytes += n
		return n, err
	}
	return p.readRolling(r)
}

// readRolling sends r in chunks, each with a write deadline of its own: a slow
// client may take all day, a stuck one may not.
func (p *reply) readRolling(r io.Reader) (total int64, err error) {
	deadline := http.NewResponseController(p.w)
	// sendfile needs to see the file below one io.LimitedReader, not two.
	limit, ok := r.(*io.LimitedReader)
	if !ok {
		limit = &io.LimitedReader{R: r, N: math.MaxInt64}
	}
	for limit.N > 0 {
		// A writer without deadlines has no time-out to extend either.
		_ = deadline.SetWriteDeadline(time.Now().Add(p.rolling))
		chunk := io.LimitedReader{R: limit.R, N: min(limit.N, rollingChunk)}
		want := chunk.N
		n, err := io.Copy(p.w, &chunk)
		total += n
		p.bytes += n
		limit.N -= n
		if err != nil || n < want {
			return total, err
		}
	}
	return total, nil
}

func (p *reply) Unwrap() http.ResponseWriter { return p.w }

func (p *reply) FlushError() error {
	err := http.NewResponseController(p.w).Flush()
	if err == nil {
		p.begin()
	}
	return err
}

func (p *reply) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	release := holdDrain(p.ctx.req.Context())
	conn, rw, err := http.NewResponseController(p.w).Hijack()
	if err != nil {
		release()
		return nil, nil, err
	}
	time.AfterFunc(registerTime, release)
	p.hijacked = true
	if p.status == 0 {
		p.status = http.StatusSwitchingProtocols
	}
	return conn, rw, nil
}

func (p *reply) Push(target string, o *http.PushOptions) error {
	if pusher, ok := p.w.(http.Pusher); ok {
		return pusher.Push(target, o)
	}
	return http.ErrNotSupported
}
