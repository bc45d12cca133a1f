package covet_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

func TestReady(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Get("/none", covet.Ready())
	app.Get("/good", covet.Ready(func(context.Context) error { return nil }))
	app.Get("/bad", covet.Ready(
		func(context.Context) error { return errors.New("secret database") },
		func(context.Context) error { t.Error("checks went on after one failed"); return nil },
	))
	for path, want := range map[string]int{"/none": 200, "/good": 200, "/bad": 503} {
		w := get(app, path)
		if w.Code != want || w.Header().Get("Cache-Control") != "no-store" && want == 200 || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %v %q, want %d", path, w.Code, w.Header(), w.Body, want)
		}
	}
}

// TestDrainDelay: readiness goes first. Until the delay is over everything
// else is as before.
func TestDrainDelay(t *testing.T) {
	inBubble(t, covet.Options{DrainDelay: 10 * time.Second}, func(app *covet.App) {
		app.Get("/readyz", covet.Ready())
		app.Get("/x", say("x"))
		app.Get("/draining", func(c *covet.Ctx) error {
			<-covet.Draining(c.Context())
			return c.String(200, "told")
		})
	}, func(t *testing.T, s *piped) {
		if status, body, err := s.get("/readyz"); status != 200 || body != "ready\n" {
			t.Errorf("before: %d %q %v", status, body, err)
		}
		s.stop()
		stopped := time.Now()
		time.Sleep(9 * time.Second)
		if status, body, err := s.get("/readyz"); status != 503 || !strings.Contains(body, `"code":"draining"`) {
			t.Errorf("/readyz during the delay: %d %q %v, want 503", status, body, err)
		}
		if status, body, err := s.get("/x"); status != 200 {
			t.Errorf("/x during the delay: %d %q %v, want 200", status, body, err)
		}
		if _, body, err := s.get("/draining"); body != "told" || time.Since(stopped) != 10*time.Second {
			t.Errorf("Draining after %v: %q %v, want 10 s", time.Since(stopped), body, err)
		}
		if err := s.ended(); err != nil {
			t.Errorf("Serve = %v", err)
		}
		if _, _, err := s.get("/x"); err == nil {
			t.Error("answered after Serve had returned")
		}
	})
}

// TestDrainInFlight: a request that runs is finished, an idle connection is
// closed, a new one refused.
func TestDrainInFlight(t *testing.T) {
	entered, finish := make(chan context.Context, 1), make(chan struct{})
	app, _ := logged(covet.Options{})
	app.Get("/x", say("x"))
	app.Get("/slow", func(c *covet.Ctx) error {
		entered <- c.Context()
		<-finish
		return c.String(200, "slow")
	})
	s := start(t, app.Serve)
	idle := s.dial()
	in := bufio.NewReader(idle)
	io.WriteString(idle, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
	if res, err := http.ReadResponse(in, nil); err != nil || res.Close {
		t.Fatalf("%+v %v, want a connection that stays", res, err)
	}
	in.Discard(1)
	answer := make(chan string, 1)
	go func() { answer <- s.get("/slow") }()
	ctx := await(t, entered, "the handler")
	s.stop()
	await(t, covet.Draining(ctx), "the drain")
	if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("the idle connection: %v, want EOF", err)
	}
	if conn, err := net.Dial("tcp", s.addr); err == nil {
		conn.Close()
		t.Error("a new connection was accepted")
	}
	if ctx.Err() != nil {
		t.Errorf("the running request's context ended: %v", context.Cause(ctx))
	}
	close(finish)
	if got := await(t, answer, "the answer"); got != "200 slow" {
		t.Errorf("the request in flight: %s", got)
	}
	if err := s.ended(); err != nil {
		t.Errorf("Serve = %v", err)
	}
}

// TestDrainStream: a stream learns why it ends, may say a last word, and ends
// cleanly.
func TestDrainStream(t *testing.T) {
	cause := make(chan error, 1)
	app, log := logged(covet.Options{})
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) }), mark("foreign"))
	app.Get("/", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			if err := s.Send(covet.Event{Data: "hello"}); err != nil {
				return err
			}
			<-s.Context().Done()
			cause <- context.Cause(s.Context())
			return errors.Join(s.Send(covet.Event{Data: "bye"}), s.Context().Err())
		})
	})
	s := start(t, app.Serve)
	_, events := open(t, s.client, "http://"+s.addr)
	nextEvent(t, events)
	s.stop()
	if err := await(t, cause, "the stream's end"); !errors.Is(err, covet.ErrShutdown) {
		t.Errorf("cause %v, want ErrShutdown", err)
	}
	if rest, err := io.ReadAll(events); string(rest) != "data: bye\n\n" || err != nil {
		t.Errorf("the end of the stream: %q %v", rest, err)
	}
	if err := s.ended(); err != nil || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("Serve = %v, log %q", err, log)
	}
}

// hijackApp hands its connections to handle. told is closed by the drain, stop
// ends its wait.
func hijackApp(handle func(conn net.Conn, told <-chan struct{}, stop func())) *covet.App {
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		conn, _, err := c.Writer().Hijack()
		if err != nil {
			return err
		}
		io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: talk\r\n\r\n")
		told := make(chan struct{})
		go handle(conn, told, covet.OnDrain(c.Context(), func() { close(told) }))
		return nil
	})
	return app
}

// TestDrainHijacked: a connection that was taken over is told, and waited for.
func TestDrainHijacked(t *testing.T) {
	finish, registered := make(chan struct{}), make(chan struct{})
	s := start(t, hijackApp(func(conn net.Conn, told <-chan struct{}, stop func()) {
		close(registered)
		<-told
		io.WriteString(conn, "bye")
		<-finish
		conn.Close()
		stop()
		stop()
	}).Serve)
	conn := s.dial()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	await(t, registered, "the hijack")
	s.stop()
	in := bufio.NewReader(conn)
	if res, err := http.ReadResponse(in, nil); err != nil || res.StatusCode != 101 {
		t.Fatalf("%v %v", res, err)
	}
	bye := make([]byte, 3)
	if _, err := io.ReadFull(in, bye); string(bye) != "bye" {
		t.Fatalf("%q %v", bye, err)
	}
	select {
	case err := <-s.done:
		t.Fatalf("Serve = %v before the connection had ended", err)
	case <-time.After(20 * time.Millisecond):
	}
	close(finish)
	if err := s.ended(); err != nil {
		t.Errorf("Serve = %v", err)
	}
}

// TestOnDrain: each hook that was not stopped is called once, those stopped
// earlier never.
func TestOnDrain(t *testing.T) {
	var calls [3]atomic.Int32
	registered := make(chan context.Context, 1)
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		covet.OnDrain(c.Context(), func() { calls[0].Add(1) })()
		var stop func()
		told := make(chan struct{})
		stop = covet.OnDrain(c.Context(), func() { calls[1].Add(1); close(told) })
		registered <- c.Context()
		<-told
		again := make(chan struct{})
		late := covet.OnDrain(c.Context(), func() { calls[2].Add(1); close(again) })
		<-again
		late()
		stop()
		stop()
		return nil
	})
	s := start(t, app.Serve)
	go s.try("GET", "/", nil)
	await(t, registered, "the handler")
	if err := s.stopped(); err != nil {
		t.Errorf("Serve = %v", err)
	}
	for i, want := range []int32{0, 1, 1} {
		if n := calls[i].Load(); n != want {
			t.Errorf("hook %d was called %d times, want %d", i, n, want)
		}
	}
}

// TestOnDrainElsewhere: under another server nothing is promised, and nothing
// breaks.
func TestOnDrainElsewhere(t *testing.T) {
	stop := covet.OnDrain(t.Context(), func() { t.Error("called") })
	stop()
	stop()
	if covet.Draining(t.Context()) != nil {
		t.Error("Draining is not nil")
	}
	app, _ := logged(covet.Options{})
	app.Get("/", covet.Ready())
	if w := get(app, "/"); w.Code != 200 {
		t.Errorf("Ready: %d", w.Code)
	}
}

// TestDrainTimeout: what does not end is cut, and the error says so.
func TestDrainTimeout(t *testing.T) {
	entered, cause := make(chan struct{}, 2), make(chan error, 2)
	app, log := logged(covet.Options{DrainTimeout: 50 * time.Millisecond})
	hang := func(c *covet.Ctx) error {
		ctx := c.Context()
		entered <- struct{}{}
		<-ctx.Done()
		cause <- context.Cause(ctx)
		return ctx.Err()
	}
	app.Get("/hang", hang)
	app.Get("/deaf", func(c *covet.Ctx) error {
		return c.SSE(func(*covet.EventStream) error { return hang(c) })
	})
	s := start(t, app.Serve)
	cut := make(chan error, 2)
	for _, path := range []string{"/hang", "/deaf"} {
		go func() {
			status, body, err := s.try("GET", path, nil)
			if path == "/hang" && err == nil && status != 503 {
				cut <- fmt.Errorf("%s: %d %q", path, status, body)
				return
			}
			cut <- nil
		}()
		await(t, entered, "the handler of "+path)
	}
	err := s.stopped()
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Serve = %v, want context.DeadlineExceeded in it", err)
	}
	if want := "covet: cut what still ran 50ms after the shutdown began, 1 streams and sockets among it"; !strings.Contains(fmt.Sprint(err), want) {
		t.Errorf("Serve = %v, want %q", err, want)
	}
	for range 2 {
		if err := await(t, cause, "a context to end"); !errors.Is(err, covet.ErrShutdown) {
			t.Errorf("cause %v, want ErrShutdown", err)
		}
		// Whether its handler or the cut is quicker is open.
		if err := await(t, cut, "a client to be cut"); err != nil {
			t.Errorf("%v; want a 503 or an error", err)
		}
	}
	if !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log %q", log)
	}
}

// TestDrainLateHook: what registers while the drain goes on is called at once,
// and waited for like the others, although for a moment nothing was left to
// wait for.
func TestDrainLateHook(t *testing.T) {
	entered, finish := make(chan context.Context, 1), make(chan struct{})
	ended := make(chan struct{})
	var over atomic.Bool
	app := hijackApp(func(conn net.Conn, told <-chan struct{}, stop func()) {
		defer close(ended)
		<-told
		<-finish
		over.Store(true)
		stop()
		conn.Close()
	})
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		entered <- c.Context()
		<-covet.Draining(c.Context())
		return next(c)
	}))
	s := start(t, app.Serve)
	conn := s.dial()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	await(t, entered, "the handler")
	s.stop()
	if res, err := http.ReadResponse(bufio.NewReader(conn), nil); err != nil || res.StatusCode != 101 {
		t.Fatalf("%v %v", res, err)
	}
	select {
	case err := <-s.done:
		t.Errorf("Serve = %v before the connection had ended", err)
		s.done <- err
	case <-time.After(200 * time.Millisecond): // time enough for it to be wrong
	}
	close(finish)
	await(t, ended, "the connection")
	if err := s.ended(); err != nil || !over.Load() {
		t.Errorf("Serve = %v, connection over: %v", err, over.Load())
	}
}
