package covet_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

// TestMain lets the test binary be the server that TestSignals stops.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}

// patience bounds every wait of these tests. It is reached only when something
// hangs, so it can be long enough for any machine.
const patience = 30 * time.Second

// running is a server that a test has started on a loopback socket.
type running struct {
	t      *testing.T
	addr   string
	client *http.Client
	stop   context.CancelFunc // begins the drain
	done   chan error         // what Serve returns
}

// start runs serve on a socket of its own. When the test ends the server is
// stopped, and must have left no goroutine behind.
func start(t *testing.T, serve func(context.Context, net.Listener) error) *running {
	t.Helper()
	noLeaks(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &running{t: t, addr: l.Addr().String(), stop: stop, done: make(chan error, 1)}
	s.client = &http.Client{Transport: &http.Transport{}, Timeout: patience}
	go func() { s.done <- serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		s.client.CloseIdleConnections()
		await(t, s.done, "Serve to return")
	})
	return s
}

// stopped begins the drain, waits for its end, and returns what Serve did.
func (s *running) stopped() error {
	s.t.Helper()
	s.stop()
	return s.ended()
}

// ended waits until Serve returns.
func (s *running) ended() error {
	s.t.Helper()
	err := await(s.t, s.done, "Serve to return")
	s.done <- err // for the cleanup
	return err
}

// get returns status and body of a request.
func (s *running) get(path string) string {
	s.t.Helper()
	return s.do("GET", path, "")
}

func (s *running) do(method, path, body string) string {
	s.t.Helper()
	status, text, err := s.try(method, path, strings.NewReader(body))
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return fmt.Sprint(status, " ", text)
}

func (s *running) try(method, path string, body io.Reader) (int, string, error) {
	r, err := http.NewRequest(method, "http://"+s.addr+path, body)
	if err != nil {
		return 0, "", err
	}
	res, err := s.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

// dial opens a bare connection.
func (s *running) dial() net.Conn {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(patience))
	s.t.Cleanup(func() { conn.Close() })
	return conn
}

// await receives from a channel, but not for ever.
func await[T any](t *testing.T, ch <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-ch:
	case <-time.After(patience):
		t.Fatalf("waited %v for %s\n%s", patience, what, stacks())
	}
	return v
}

// noLeaks has the test end with no more goroutines than it began with.
func noLeaks(t *testing.T) {
	before := goroutines()
	t.Cleanup(func() {
		for end := time.Now().Add(patience); goroutines() > before; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Errorf("%d goroutines, %d at first\n%s", goroutines(), before, stacks())
				return
			}
		}
	})
}

// goroutines counts those that run, but for the one that os/signal starts once
// and keeps.
func goroutines() (n int) {
	for stack := range strings.SplitSeq(string(stacks()), "\n\n") {
		if !strings.Contains(stack, "os/signal.signal_recv") {
			n++
		}
	}
	return n
}

func stacks() []byte {
	buf := make([]byte, 1<<20)
	return buf[:runtime.Stack(buf, true)]
}

// TestServeTimeouts: a server run by covet has safe time-outs; negative takes
// them away.
func TestServeTimeouts(t *testing.T) {
	for _, tt := range []struct {
		name                      string
		o                         covet.Options
		header, read, write, idle time.Duration
	}{
		{"defaults", covet.Options{}, 10 * time.Second, time.Minute, time.Minute, 2 * time.Minute},
		{"none", covet.Options{ReadHeaderTimeout: -1, ReadTimeout: -1, WriteTimeout: -1, IdleTimeout: -1}, 0, 0, 0, 0},
		{"own", covet.Options{ReadHeaderTimeout: 1e9, ReadTimeout: 2e9, WriteTimeout: 3e9, IdleTimeout: 4e9}, 1e9, 2e9, 3e9, 4e9},
	} {
		t.Run(tt.name, func(t *testing.T) {
			app, _ := logged(tt.o)
			app.Get("/", func(c *covet.Ctx) error {
				s := c.Context().Value(http.ServerContextKey).(*http.Server)
				return c.String(200, fmt.Sprint(s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout))
			})
			want := fmt.Sprint("200 ", tt.header, " ", tt.read, " ", tt.write, " ", tt.idle)
			if got := start(t, app.Serve).get("/"); got != want {
				t.Errorf("ReadHeader, Read, Write, Idle = %s, want %s", got, want)
			}
		})
	}
}

// TestServeSlowHead: a client that does not finish its request's head loses
// the connection.
func TestServeSlowHead(t *testing.T) {
	app, _ := logged(covet.Options{ReadHeaderTimeout: 20 * time.Millisecond})
	conn := start(t, app.Serve).dial()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n")
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("reading until the server closes: %v", err)
	}
}

// TestServeBodyLimit: any handler reads at most MaxBody, or what LimitBody says
// for its route; who sends more gets a 413 and loses the connection.
func TestServeBodyLimit(t *testing.T) {
	type request struct {
		path   string
		size   int
		status int
	}
	for _, tt := range []struct {
		name     string
		maxBody  int64
		requests []request
	}{
		{"default", 0, []request{{"/", 4 << 20, 200}, {"/", 4<<20 + 1, 413}, {"/all", 4<<20 + 1, 200}}},
		{"none", -1, []request{{"/", 5 << 20, 200}, {"/less", 500, 200}, {"/less", 501, 413}}},
		{"1000", 1000, []request{
			{"/", 1000, 200}, {"/", 1001, 413}, {"/", 2 << 20, 413},
			{"/more", 2000, 200}, {"/more", 2001, 413},
			{"/less", 500, 200}, {"/less", 501, 413},
			{"/foreign", 500, 200}, {"/foreign", 501, 413},
			{"/all", 5 << 20, 200},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			app, _ := logged(covet.Options{MaxBody: tt.maxBody})
			app.Post("/", readAll)
			app.With(covet.LimitBody(2000)).Post("/more", readAll)
			app.With(covet.LimitBody(500)).Post("/less", readAll)
			app.With(covet.LimitBody(-1)).Post("/all", readAll)
			app.With(mark("f"), covet.LimitBody(500)).Post("/foreign", readAll)
			s := start(t, app.Serve)
			for _, r := range tt.requests {
				s.checkUpload(r.path, r.size, r.status)
			}
		})
	}
}

func readAll(c *covet.Ctx) error {
	n, err := io.Copy(io.Discard, c.Request().Body)
	if err != nil {
		return err
	}
	return c.String(200, fmt.Sprint(n))
}

// checkUpload sends a body over a connection of its own.
func (s *running) checkUpload(path string, size, status int) {
	s.t.Helper()
	conn := s.dial()
	go fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", path, size, strings.Repeat("x", size))
	in := bufio.NewReader(conn)
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		s.t.Fatalf("%s with %d bytes: %v", path, size, err)
	}
	body, err := io.ReadAll(res.Body)
	if res.StatusCode != status || err != nil || status == 200 && string(body) != fmt.Sprint(size) {
		s.t.Errorf("%s with %d bytes: %d %q %v, want %d", path, size, res.StatusCode, body, err, status)
	}
	if res.StatusCode != 413 {
		return
	}
	if !strings.Contains(string(body), `"code":"body_too_large"`) || res.Header.Get("Content-Type") != "application/problem+json" || !res.Close {
		s.t.Errorf("%s with %d bytes: %v, close %v, %q: not a problem that closes", path, size, res.Header, res.Close, body)
	}
	if b, err := in.ReadByte(); err == nil {
		s.t.Errorf("%s with %d bytes: the connection goes on with %q", path, size, b)
	}
}

// TestServeStandardBodyLimit: a standard handler sees the standard's error.
func TestServeStandardBodyLimit(t *testing.T) {
	app, _ := logged(covet.Options{MaxBody: 10})
	var tooLarge *http.MaxBytesError
	app.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		fmt.Fprint(w, errors.As(err, &tooLarge) && tooLarge.Limit == 10)
	})
	if got := start(t, app.Serve).do("POST", "/", strings.Repeat("x", 11)); got != "200 true" {
		t.Errorf("a *http.MaxBytesError with the limit: %s", got)
	}
}

// brokenListener accepts some connections and then fails.
type brokenListener struct {
	net.Listener
	fail   chan struct{}
	closed chan struct{}
}

var errAccept = errors.New("no more sockets")

func (l *brokenListener) Accept() (net.Conn, error) {
	type accepted struct {
		conn net.Conn
		err  error
	}
	got := make(chan accepted, 1)
	go func() {
		conn, err := l.Listener.Accept()
		got <- accepted{conn, err}
	}()
	select {
	case a := <-got:
		return a.conn, a.err
	case <-l.fail:
		return nil, errAccept
	}
}

func (l *brokenListener) Close() error {
	defer func() { _ = recover() }() // a second Close is fine
	defer close(l.closed)
	return l.Listener.Close()
}

func TestRunFails(t *testing.T) {
	noLeaks(t)
	app, _ := logged(covet.Options{})
	for _, addr := range []string{"127.0.0.1:notaport", "no port", "127.0.0.1:-1"} {
		if err := app.Run(t.Context(), addr); err == nil || !strings.HasPrefix(err.Error(), "covet: ") {
			t.Errorf("Run(%q) = %v, want an error", addr, err)
		}
	}
}

// TestRun: the end of its context is a clean end.
func TestRun(t *testing.T) {
	noLeaks(t)
	app, log := logged(covet.Options{})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx, "127.0.0.1:0") }()
	for !strings.Contains(log.String(), "listening") {
		time.Sleep(time.Millisecond)
	}
	stop()
	if err := await(t, done, "Run"); err != nil {
		t.Errorf("Run = %v", err)
	}
	if !strings.Contains(log.String(), "url=http://127.0.0.1:") || !strings.Contains(log.String(), "covet: stopped") {
		t.Errorf("log %q", log)
	}
}

// TestServeEndedContext: a server that is stopped before it runs.
func TestServeEndedContext(t *testing.T) {
	app, _ := logged(covet.Options{})
	s := start(t, func(ctx context.Context, l net.Listener) error {
		<-ctx.Done()
		return app.Serve(ctx, l)
	})
	if err := s.stopped(); err != nil {
		t.Errorf("Serve = %v", err)
	}
}

type ctxKey string

// TestServeMux: Serve runs and drains servers that know nothing of covet.
func TestServeMux(t *testing.T) {
	entered, finish := make(chan struct{}), make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /slow", func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-finish
		io.WriteString(w, "slow")
	})
	s := start(t, func(ctx context.Context, l net.Listener) error {
		return covet.Serve(ctx, &http.Server{Handler: mux}, l, 0)
	})
	answer := make(chan string, 1)
	go func() { answer <- s.get("/slow") }()
	await(t, entered, "the handler")
	s.stop()
	close(finish)
	if got := await(t, answer, "the answer"); got != "200 slow" {
		t.Errorf("the request in flight: %s", got)
	}
	if err := s.ended(); err != nil {
		t.Errorf("Serve = %v", err)
	}
}

// TestServeClosesListener: whatever the error, l is closed.
func TestServeClosesListener(t *testing.T) {
	for name, o := range map[string]covet.Options{
		"no certificate": {TLSConfig: &tls.Config{}},
		"plain":          {},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			app, _ := logged(o)
			inner, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			l := &brokenListener{inner, make(chan struct{}), make(chan struct{})}
			close(l.fail)
			if err := app.Serve(t.Context(), l); err == nil {
				t.Error("no error")
			}
			await(t, l.closed, "the listener to be closed")
		})
	}
}

// TestServeListenerFails: the error comes back and nothing runs on, although
// nobody ended ctx.
func TestServeListenerFails(t *testing.T) {
	app, log := logged(covet.Options{})
	app.Get("/", say("x"))
	fail := make(chan struct{})
	s := start(t, func(ctx context.Context, l net.Listener) error {
		return app.Serve(ctx, &brokenListener{l, fail, make(chan struct{})})
	})
	if got := s.get("/"); got != "200 x" {
		t.Errorf("before: %s", got)
	}
	conn := s.dial()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	in := bufio.NewReader(conn)
	if res, err := http.ReadResponse(in, nil); err != nil || res.StatusCode != 200 {
		t.Fatalf("%v %v", res, err)
	}
	close(fail)
	if err := s.ended(); !errors.Is(err, errAccept) || !strings.HasPrefix(err.Error(), "covet: serving 127.0.0.1:") {
		t.Errorf("Serve = %v, want the listener's error", err)
	}
	if !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log %q", log)
	}
	if _, err := io.ReadAll(in); err != nil {
		t.Errorf("the idle connection: %v, want a clean end", err)
	}
}

// TestServeContexts: requests have the values of Serve's context and of the
// server's own BaseContext, which wins.
func TestServeContexts(t *testing.T) {
	read := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Context().Value(ctxKey("serve")), r.Context().Value(ctxKey("base")), r.Context().Value(ctxKey("both")),
			r.Context().Err(), covet.Draining(r.Context()) != nil)
	})
	with := func(ctx context.Context, kv ...string) context.Context {
		for i := 0; i < len(kv); i += 2 {
			ctx = context.WithValue(ctx, ctxKey(kv[i]), kv[i+1])
		}
		return ctx
	}
	base := func(net.Listener) context.Context { return with(context.Background(), "base", "B", "both", "B") }
	for _, tt := range []struct {
		name string
		base func(net.Listener) context.Context
		want string
	}{
		{"without BaseContext", nil, "200 S <nil> S <nil> true"},
		{"with BaseContext", base, "200 S B B <nil> true"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := &http.Server{Handler: read, BaseContext: tt.base}
			s := start(t, func(ctx context.Context, l net.Listener) error {
				return covet.Serve(with(ctx, "serve", "S", "both", "S"), server, l, 0)
			})
			got := strings.Join(strings.Fields(s.get("/")), " ")
			if want := strings.ReplaceAll(tt.want, " ", ""); strings.ReplaceAll(got, " ", "") != want {
				t.Errorf("values %q, want %q", got, tt.want)
			}
		})
	}
}
