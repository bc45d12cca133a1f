package covet_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/covetgo/covet"
)

// inBubble runs f beside a server whose clock is not the machine's: as soon as
// everything waits, the next timer fires. Its connections are pipes, since a
// socket would look as if something were still going on. ctx ends with stop.
func inBubble(t *testing.T, o covet.Options, routes func(*covet.App), f func(t *testing.T, s *piped)) {
	synctest.Test(t, func(t *testing.T) {
		app, _ := logged(o)
		routes(app)
		l := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
		ctx, stop := context.WithCancel(t.Context())
		s := &piped{l: l, stop: stop, done: make(chan error, 1)}
		s.client = &http.Client{Transport: &http.Transport{DialContext: l.dial}}
		go func() { s.done <- app.Serve(ctx, l) }()
		// The clock stands still once this function has returned.
		defer s.ended()
		defer s.client.CloseIdleConnections()
		defer stop()
		f(t, s)
	})
}

type piped struct {
	l      *pipeListener
	client *http.Client
	stop   context.CancelFunc
	done   chan error
}

// ended waits until Serve returns.
func (s *piped) ended() error {
	err := <-s.done
	s.done <- err // for those who ask again
	return err
}

// get returns status and body of a request on a connection of its own.
func (s *piped) get(path string) (status int, body string, err error) {
	s.client.CloseIdleConnections()
	res, err := s.client.Get("http://pipe" + path)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

// pipeListener is a listener in memory.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }
