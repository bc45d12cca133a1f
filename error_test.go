package covet_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/covetgo/covet"
)

// logBuffer is where the servers of a test log.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logBuffer) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.Reset()
}

func (l *logBuffer) Len() int { return len(l.String()) }

// logged is an App that logs into a buffer.
func logged(o covet.Options) (*covet.App, *logBuffer) {
	b := new(logBuffer)
	o.Logger = slog.New(slog.NewTextHandler(b, nil))
	return covet.New(&o), b
}

func fails(err error) covet.HandlerFunc { return func(*covet.Ctx) error { return err } }

type problem struct {
	Type, Title, Detail, Code string
	Status                    int
	Errors                    []covet.FieldError
}

func problemOf(t *testing.T, w *httptest.ResponseRecorder) problem {
	t.Helper()
	var p problem
	if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("Content-Type %q, body %q", ct, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Errorf("%q: %v", w.Body, err)
	}
	if p.Status != w.Code {
		t.Errorf("problem says %d, the status is %d", p.Status, w.Code)
	}
	return p
}

func TestErrors(t *testing.T) {
	secret := errors.New("secret")
	tests := []struct {
		name   string
		err    error
		status int
		want   string // in the body
		logged bool
	}{
		{"plain", secret, 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`, true},
		{"Error", &covet.Error{Status: 409, Code: "taken", Detail: "a note has this title", Err: secret}, 409,
			`{"type":"about:blank","title":"Conflict","status":409,"detail":"a note has this title","code":"taken"}`, false},
		{"fields", &covet.Error{Status: 422, Fields: []covet.FieldError{{Pointer: "/a", Detail: "no"}}}, 422, `"errors":[{"pointer":"/a","detail":"no"}]`, false},
		{"wrapped", fmt.Errorf("x: %w", covet.NewError(404, "gone")), 404, `"detail":"gone"`, false},
		{"no error status", &covet.Error{Status: 200, Detail: "secret"}, 500, `"status":500}`, true},
		{"zero", &covet.Error{}, 500, `"status":500}`, true},
		{"unknown status", &covet.Error{Status: 499, Detail: "d"}, 499, `"status":499`, false},
		{"too large", &http.MaxBytesError{Limit: 7}, 413, "larger than 7 bytes", false},
		{"deadline", fmt.Errorf("q: %w", context.DeadlineExceeded), 503, `"status":503`, true},
		{"canceled elsewhere", context.Canceled, 500, `"status":500`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			app, log := logged(covet.Options{})
			app.Get("/", fails(tt.err))
			w := get(app, "/")
			if p := problemOf(t, w); p.Status != tt.status || !strings.Contains(w.Body.String(), tt.want) {
				t.Errorf("%d %q, want %d with %q", w.Code, w.Body, tt.status, tt.want)
			}
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("the cause was sent: %q", w.Body)
			}
			if n := strings.Count(log.String(), "\n"); tt.logged != (n == 1) || n > 1 {
				t.Errorf("log %q, want a line: %v", log, tt.logged)
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	err := &covet.Error{Status: 400, Detail: "d", Fields: []covet.FieldError{{Source: "query.q", Detail: "bad"}}, Err: io.EOF}
	if got, want := err.Error(), "400 Bad Request: d; query.q: bad: EOF"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if !errors.Is(err, io.EOF) {
		t.Error("Err is not unwrapped")
	}
}

// TestErrorClearsHeaders: what was set for another body does not stay.
func TestErrorClearsHeaders(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		for _, h := range []string{"Content-Length", "Content-Type", "Etag", "Cache-Control", "Last-Modified", "X-Kept"} {
			c.SetHeader(h, "1")
		}
		return io.EOF
	})
	w := get(app, "/")
	problemOf(t, w)
	w.Header().Del("Content-Type")
	if len(w.Header()) != 1 || w.Header().Get("X-Kept") != "1" {
		t.Errorf("header %v, want X-Kept alone", w.Header())
	}
}

func TestErrorHandler(t *testing.T) {
	t.Run("translates", func(t *testing.T) {
		var calls int
		app, _ := logged(covet.Options{ErrorHandler: func(c *covet.Ctx, err error) {
			calls++
			if errors.Is(err, io.EOF) {
				err = &covet.Error{Status: 410, Err: err}
			}
			covet.WriteError(c, err)
		}})
		pass := covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) })
		app.Use(pass, mark("foreign"), pass)
		app.Get("/{$}", fails(io.EOF))
		if w := get(app, "/"); w.Code != 410 || calls != 1 {
			t.Errorf("%d after %d calls, want 410 after 1", w.Code, calls)
		}
		if w := get(app, "/none"); w.Code != 404 || calls != 2 {
			t.Errorf("a miss: %d after %d calls", w.Code, calls)
		}
	})
	t.Run("writes nothing", func(t *testing.T) {
		app, _ := logged(covet.Options{ErrorHandler: func(*covet.Ctx, error) {}})
		app.Get("/", fails(io.EOF))
		if w := get(app, "/"); w.Code != 500 {
			t.Errorf("%d, want 500", w.Code)
		}
	})
	t.Run("panics", func(t *testing.T) {
		app, log := logged(covet.Options{ErrorHandler: func(*covet.Ctx, error) { panic("in the handler") }})
		app.Get("/", fails(io.EOF))
		if w := get(app, "/"); w.Code != 500 || !strings.Contains(log.String(), "in the handler") {
			t.Errorf("%d, log %q", w.Code, log)
		}
	})
}

// TestPanic: a 500, one log line with the stack, the process lives.
func TestPanic(t *testing.T) {
	boom := func(*covet.Ctx) error { panic("boom: secret") }
	std := func(http.ResponseWriter, *http.Request) { panic(fmt.Errorf("boom: %w", io.EOF)) }
	pass := covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) })
	for _, mw := range [][]covet.Middleware{nil, {pass}, {mark("f")}, {pass, mark("f"), pass}} {
		app, log := logged(covet.Options{})
		app.Use(mw...)
		app.Get("/native", boom)
		app.HandleFunc("/std", std)
		for _, path := range []string{"/native", "/std"} {
			log.Reset()
			w := get(app, path)
			if p := problemOf(t, w); p.Status != 500 || strings.Contains(w.Body.String(), "boom") {
				t.Errorf("%d middleware, %s: %d %q", len(mw), path, w.Code, w.Body)
			}
			if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "error_test.go") || !strings.Contains(log.String(), "boom") {
				t.Errorf("%d middleware, %s: log %q, want one line with the stack", len(mw), path, log)
			}
		}
	}
}

// TestWrapSeesErrors: the middleware outside learns what happened, and the
// status that the client got.
func TestWrapSeesErrors(t *testing.T) {
	var seen error
	var status int
	app, _ := logged(covet.Options{})
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		seen = next(c)
		status = c.Status()
		if c.Err() != seen {
			t.Errorf("Err() = %v, next returned %v", c.Err(), seen)
		}
		return seen
	}))
	app.Get("/ok", say("ok"))
	app.Get("/eof", fails(io.EOF))
	app.Get("/panic", func(*covet.Ctx) error { panic("x") })
	app.With(mark("foreign")).Get("/foreign", fails(io.EOF))
	app.HandleFunc("/std", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "", 418) })
	for _, tt := range []struct {
		path   string
		status int
		err    error
	}{{"/ok", 200, nil}, {"/eof", 500, io.EOF}, {"/foreign", 500, io.EOF}, {"/std", 418, nil}} {
		if get(app, tt.path); status != tt.status || seen != tt.err {
			t.Errorf("%s: %d %v, want %d %v", tt.path, status, seen, tt.status, tt.err)
		}
	}
	var p *covet.PanicError
	if get(app, "/panic"); !errors.As(seen, &p) || p.Value != "x" || status != 500 {
		t.Errorf("/panic: %d %v", status, seen)
	}
	var e *covet.Error
	if get(app, "/none"); !errors.As(seen, &e) || e.Status != 404 || status != 404 {
		t.Errorf("a miss: %d %v", status, seen)
	}
}

// TestErrorAfterStart: the client can tell, over a socket, that a response is
// not whole.
func TestErrorAfterStart(t *testing.T) {
	for name, mw := range map[string][]covet.Middleware{"native": nil, "foreign": {mark("f")}} {
		t.Run(name, func(t *testing.T) {
			app, log := logged(covet.Options{})
			app.Use(mw...)
			app.Get("/error", func(c *covet.Ctx) error {
				c.String(200, "half")
				c.Writer().Flush()
				return errors.New("disk gone")
			})
			app.Get("/panic", func(c *covet.Ctx) error {
				c.String(200, "half")
				c.Writer().Flush()
				panic("disk gone")
			})
			s := httptest.NewServer(app)
			defer s.Close()
			for _, path := range []string{"/error", "/panic"} {
				log.Reset()
				res, err := http.Get(s.URL + path)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(res.Body)
				res.Body.Close()
				if err == nil || string(body) != "half" {
					t.Errorf("%s: body %q and %v, want an error", path, body, err)
				}
				if n := strings.Count(log.String(), "disk gone"); n < 1 || strings.Count(log.String(), "\n") != 1 {
					t.Errorf("%s: log %q", path, log)
				}
			}
		})
	}
}

// TestAbort: http.ErrAbortHandler stays what it is, and is not logged.
func TestAbort(t *testing.T) {
	pass := covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error { return next(c) })
	app, log := logged(covet.Options{})
	app.Use(pass, mark("f"), pass)
	app.Get("/", func(*covet.Ctx) error { panic(http.ErrAbortHandler) })
	defer func() {
		if v := recover(); v != http.ErrAbortHandler || log.Len() > 0 {
			t.Errorf("recovered %v, log %q", v, log)
		}
	}()
	get(app, "/")
}

// TestGoexit: t.FailNow in a handler ends its goroutine, nothing else.
func TestGoexit(t *testing.T) {
	app, log := logged(covet.Options{})
	app.Get("/", func(*covet.Ctx) error { runtimeGoexit(); return nil })
	done := make(chan struct{})
	go func() {
		defer close(done)
		get(app, "/")
	}()
	<-done
	if log.Len() > 0 {
		t.Errorf("log %q", log)
	}
}

// TestClientGone: 499 is noted, nothing is sent or logged.
func TestClientGone(t *testing.T) {
	var status int
	app, log := logged(covet.Options{})
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		err := next(c)
		status = c.Status()
		return err
	}))
	app.Get("/", func(c *covet.Ctx) error { return c.Context().Err() })
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w := httptest.NewRecorder()
	app.ServeHTTP(w, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
	if status != covet.StatusClientClosed || w.Body.Len() > 0 || log.Len() > 0 {
		t.Errorf("status %d, body %q, log %q", status, w.Body, log)
	}
}

// TestShutdownIsAnError: a handler that returns because the drain time is over
// must not leave its client with the 200 that an empty answer means.
func TestShutdownIsAnError(t *testing.T) {
	for name, read := range map[string]func(context.Context) error{"Err": context.Context.Err, "Cause": context.Cause} {
		app, log := logged(covet.Options{})
		app.Get("/", func(c *covet.Ctx) error { return read(c.Context()) })
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(covet.ErrShutdown)
		w := httptest.NewRecorder()
		app.ServeHTTP(w, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
		if p := problemOf(t, w); p.Status != 503 || p.Code != "draining" || log.Len() == 0 {
			t.Errorf("%s: %d %q, log %q; want 503", name, w.Code, w.Body, log)
		}
	}
}

// TestStandaloneHandlerFunc: a HandlerFunc needs no App, and inside one it
// uses that App's options.
func TestStandaloneHandlerFunc(t *testing.T) {
	if w := get(covet.HandlerFunc(say("alone")), "/"); w.Body.String() != "alone" {
		t.Errorf("%q", w.Body)
	}
	if w := get(covet.HandlerFunc(fails(covet.NewError(403, ""))), "/"); w.Code != 403 {
		t.Errorf("%d", w.Code)
	}
	app, _ := logged(covet.Options{ErrorHandler: func(c *covet.Ctx, err error) { c.NoContent(418) }})
	app.Handle("/sub/", http.StripPrefix("/sub", covet.HandlerFunc(fails(io.EOF))))
	if w := get(app, "/sub/x"); w.Code != 418 {
		t.Errorf("inside an App: %d, want its ErrorHandler's 418", w.Code)
	}
}
