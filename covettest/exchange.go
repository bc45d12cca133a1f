package covettest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// exchange is one request on its way through a server of its own:
//
//	Request --send--> client end | pipe | server end --net/http--> handler
//	Response <--receive--
//
// Three goroutines run beside the test: one sends, since the handler may answer
// before it has read the body; one is http.Server.Serve; one is net/http's for
// the connection, in which the handler runs. end waits for them.
type exchange struct {
	request *Request
	conn    net.Conn // the client's end
	reader  *bufio.Reader
	server  *http.Server
	tls     *tls.ConnectionState

	sent     chan struct{} // closed when nothing is sent any more
	handled  chan struct{} // closed when the handler has returned
	hijacked atomic.Bool   // the handler has taken the connection over
	finished chan struct{} // closed when net/http is done with the request
	finish   func()        // closes finished
	served   chan struct{} // closed when the server has stopped
	unwatch  func() bool   // of the request's context

	// What the handler did; read it after handled.
	panicked any
	stack    []byte
	exited   bool // by runtime.Goexit, which t.FailNow calls
}

// start sends the request.
func (r *Request) start() *exchange {
	r.t.Helper()
	r.prepare()
	ours, theirs := net.Pipe()
	x := &exchange{
		request:  r,
		conn:     ours,
		reader:   bufio.NewReader(ours),
		sent:     make(chan struct{}),
		handled:  make(chan struct{}),
		finished: make(chan struct{}),
		served:   make(chan struct{}),
	}
	x.finish = sync.OnceFunc(func() { close(x.finished) })
	if r.url.Scheme == "https" {
		x.tls = &tls.ConnectionState{Version: tls.VersionTLS13, HandshakeComplete: true, ServerName: r.url.Hostname()}
	}
	x.server = &http.Server{
		Handler:      x,
		ConnState:    x.state,
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}, // no HTTP/2 to set up
	}
	if r.ctx.Err() != nil {
		x.conn.Close() // before a byte is sent; AfterFunc would not be in time
	}
	x.unwatch = context.AfterFunc(r.ctx, func() { x.conn.Close() })
	go x.serve(&serverConn{Conn: theirs, remote: r.remote, finish: x.finish})
	go x.send()
	return x
}

func (x *exchange) serve(conn net.Conn) {
	defer close(x.served)
	l := &oneListener{conn: make(chan net.Conn, 1), closed: make(chan struct{})}
	l.conn <- conn
	_ = x.server.Serve(l) // returns what Close makes it return
}

// state is called by net/http when the connection changes its state.
func (x *exchange) state(_ net.Conn, s http.ConnState) {
	switch s {
	case http.StateHijacked:
		x.hijacked.Store(true)
		x.finish()
	case http.StateIdle, http.StateClosed:
		x.finish()
	}
}

// ServeHTTP runs the handler and sees how it ends.
func (x *exchange) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.TLS = x.tls
	returned := false
	defer close(x.handled)
	defer func() {
		v := recover()
		if v == nil {
			x.exited = !returned
			return
		}
		if v != http.ErrAbortHandler {
			x.panicked, x.stack = v, debug.Stack()
		}
		panic(http.ErrAbortHandler) // net/http cuts the connection and logs nothing
	}()
	x.request.client.h.ServeHTTP(w, r)
	returned = true
}

// send writes the request. Where the server does not want all of it, or the
// client leaves, it fails, and the response tells what that led to.
func (x *exchange) send() {
	defer close(x.sent)
	r := x.request
	if err := r.write(x.conn); err != nil {
		x.conn.Close() // if it is r.body that has failed, leave midway
	}
	if c, ok := r.body.(io.Closer); ok {
		c.Close()
	}
}

// write writes the request as HTTP/1.1. http.Request.Write would clean the
// target and refuse some headers, and handlers should be tested with those too.
func (r *Request) write(w io.Writer) error {
	var head bytes.Buffer
	fmt.Fprintf(&head, "%s %s HTTP/1.1\r\n", r.method, r.target)
	_ = r.header.Write(&head) // a bytes.Buffer does not fail
	head.WriteString("\r\n")
	if _, err := w.Write(head.Bytes()); err != nil {
		return err
	}
	if r.header.Get("Transfer-Encoding") != "chunked" {
		_, err := io.Copy(w, r.body)
		return err
	}
	chunks := httputil.NewChunkedWriter(w)
	if _, err := io.Copy(chunks, r.body); err != nil {
		return err
	}
	if err := chunks.Close(); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\r\n")
	return err
}

// receive reads the head of the response, not those with a status of 1xx that
// may precede it.
func (x *exchange) receive() (*http.Response, error) {
	for {
		res, err := http.ReadResponse(x.reader, &http.Request{Method: x.request.method})
		if err != nil || res.StatusCode >= 200 || res.StatusCode == http.StatusSwitchingProtocols {
			return res, err
		}
	}
}

// wait waits until the handler has returned and net/http is done with the
// request. Where the handler has taken the connection over, that is closed, so
// that the handler ends.
func (x *exchange) wait() {
	<-x.finished
	if x.hijacked.Load() {
		x.conn.Close()
		<-x.handled
	}
}

// end closes the connection and waits for what the exchange has started. The
// handler must have returned, or be about to, as its request's context ends.
// One goroutine may stay for half a second: where a body was not read to its
// end, net/http sleeps before it closes a connection.
func (x *exchange) end() {
	x.conn.Close()
	x.unwatch()
	x.wait()
	x.server.Close()
	<-x.served
	<-x.sent
}

// Addresses from the range for documentation (RFC 5737), as httptest has them.
const (
	clientAddr = "192.0.2.1:1234"
	serverAddr = "192.0.2.2:80"
)

// addr is an address that leads nowhere.
type addr string

func (addr) Network() string  { return "tcp" }
func (a addr) String() string { return string(a) }

// serverConn is the server's end of the pipe.
type serverConn struct {
	net.Conn
	remote string
	finish func()
}

func (c *serverConn) RemoteAddr() net.Addr { return addr(c.remote) }
func (c *serverConn) LocalAddr() net.Addr  { return addr(serverAddr) }

// CloseWrite is called by net/http when it has sent a response and will close
// the connection after a while, because the client may still be sending.
func (c *serverConn) CloseWrite() error {
	c.finish()
	return nil
}

// oneListener accepts one connection.
type oneListener struct {
	conn   chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *oneListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conn:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *oneListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *oneListener) Addr() net.Addr { return addr(serverAddr) }
