package benchmarks

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/handlers"
	"github.com/rs/cors"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/covetgo/covet"
)

type valueKey struct{}

// withValue is middleware that hands on a copy of the request.
func withValue(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), valueKey{}, true)))
	})
}

// buffer is a bytes.Buffer for a server's goroutines and a test's.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// TestMiddleware requires of all of them that the service goes on as before.
func TestMiddleware(t *testing.T) {
	tests := map[string]covet.Middleware{
		"covet.Wrap":          passing,
		"otelhttp":            otelhttp.NewMiddleware("covet"),
		"cors":                cors.Default().Handler,
		"gorilla/compress":    handlers.CompressHandler,
		"gorilla/logging":     func(h http.Handler) http.Handler { return handlers.LoggingHandler(io.Discard, h) },
		"gorilla/recovery":    handlers.RecoveryHandler(handlers.RecoveryLogger(log.New(io.Discard, "", 0))),
		"chi/Logger":          middleware.RequestLogger(&middleware.DefaultLogFormatter{Logger: log.New(io.Discard, "", 0)}),
		"chi/Recoverer":       middleware.Recoverer,
		"chi/Compress":        middleware.Compress(5),
		"chi/Timeout":         middleware.Timeout(time.Minute),
		"chi/RequestID":       middleware.RequestID,
		"chi/StripSlashes":    middleware.StripSlashes,
		"chi/Throttle":        middleware.Throttle(5),
		"http.TimeoutHandler": timeoutHandler(time.Minute),
		"http.MaxBytes":       maxBytes,
	}
	for name, m := range tests {
		t.Run(name, func(t *testing.T) {
			checkService(t, newApp(m))
			checkService(t, newApp(passing, m, passing))
			checkService(t, m(newApp()))
		})
	}
}

func timeoutHandler(d time.Duration) covet.Middleware {
	return func(h http.Handler) http.Handler { return http.TimeoutHandler(h, d, "late") }
}

func maxBytes(h http.Handler) http.Handler { return http.MaxBytesHandler(h, 100) }

func checkService(t *testing.T, h http.Handler) {
	t.Helper()
	s := httptest.NewServer(h)
	defer s.Close()
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	for _, door := range doors {
		get(t, s, door+"/hello/ann").want(t, 200, "ann")
		get(t, s, door+"/hello/b%2Fc").want(t, 200, "b/c")
		do(t, s.Client(), newRequest(t, "POST", s.URL+door+"/echo", "body")).want(t, 200, "body")
		get(t, s, door+"/echo").wantStatus(t, 405)
		checkPanic(t, s, door+"/panic")
		get(t, s, door+"/none").wantStatus(t, 404)
	}
}

// checkPanic wants a 500, or a connection that was cut: gorilla's compression
// begins a response while a panic passes through it.
func checkPanic(t *testing.T, s *httptest.Server, path string) {
	t.Helper()
	res, err := s.Client().Do(newRequest(t, "GET", s.URL+path, ""))
	if err != nil {
		return
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusInternalServerError {
		t.Errorf("GET %s = %d, want 500", path, res.StatusCode)
	}
}

func TestOtel(t *testing.T) {
	spans := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(spans))
	s := newServer(t, newApp(otelhttp.NewMiddleware("covet", otelhttp.WithTracerProvider(provider))))
	for _, door := range doors {
		spans.Reset()
		get(t, s, door+"/hello/ann")
		// The span carries the pattern: middleware runs after matching.
		if got := spans.GetSpans(); len(got) != 1 || !strings.Contains(got[0].Name, door+"/hello/{name}") {
			t.Errorf("%s: spans %+v, want one named by the pattern", door, got)
		}
	}
}

// TestPreflight: the route has no OPTIONS, so only middleware that sees 405s
// too can answer.
func TestPreflight(t *testing.T) {
	s := newServer(t, newApp(cors.Default().Handler))
	for _, door := range doors {
		req := newRequest(t, "OPTIONS", s.URL+door+"/echo", "")
		req.Header.Set("Origin", "https://example.com")
		req.Header.Set("Access-Control-Request-Method", "POST")
		res := do(t, s.Client(), req)
		if res.StatusCode != 204 || res.Header.Get("Access-Control-Allow-Methods") != "POST" {
			t.Errorf("%s: preflight = %d %v", door, res.StatusCode, res.Header)
		}
	}
}

func TestCompression(t *testing.T) {
	for name, m := range map[string]covet.Middleware{
		"gorilla": handlers.CompressHandler,
		"chi":     middleware.Compress(5, "text/plain"),
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, newApp(passing, m))
			for _, door := range doors {
				text := strings.Repeat("covet ", 1000)
				req := newRequest(t, "POST", s.URL+door+"/echo", text)
				req.Header.Set("Accept-Encoding", "gzip")
				res := do(t, s.Client(), req)
				if got := gunzip(t, res.body); got != text {
					t.Errorf("%s: %d bytes came back, want %d", door, len(got), len(text))
				}
			}
		})
	}
}

func gunzip(t *testing.T, s string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(s))
	if err != nil {
		t.Fatalf("not compressed: %v", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLogs: a logger around covet's handlers sees the status of each answer,
// also of those that covet gives.
func TestLogs(t *testing.T) {
	var out buffer
	loggers := map[string]covet.Middleware{
		"gorilla": func(h http.Handler) http.Handler { return handlers.LoggingHandler(&out, h) },
		"chi": middleware.RequestLogger(&middleware.DefaultLogFormatter{
			Logger: log.New(&out, "", 0), NoColor: true}),
	}
	for name, m := range loggers {
		t.Run(name, func(t *testing.T) {
			app := newApp(m)
			app.Get("/own/fails", func(*covet.Ctx) error { return covet.NewError(418, "no coffee") })
			s := newServer(t, app)
			for path, status := range map[string]string{
				"/own/hello/ann": " 200 ", "/std/hello/ann": " 200 ",
				"/own/fails": " 418 ", "/own/panic": " 500 ", "/none": " 404 ",
			} {
				get(t, s, path)
				waitFor(t, func() bool { return hasLine(out.String(), path, status) })
			}
		})
	}
}

// hasLine reports whether a line of text has all of the parts.
func hasLine(text string, parts ...string) bool {
	for line := range strings.Lines(text) {
		all := true
		for _, p := range parts {
			all = all && strings.Contains(line, p)
		}
		if all {
			return true
		}
	}
	return false
}

// waitFor waits for what a server does after its client has the answer.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for range 500 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("waited 5 s in vain")
}

func TestRequestID(t *testing.T) {
	app := covet.New(nil)
	app.Use(middleware.RequestID, passing)
	app.Get("/own", func(c *covet.Ctx) error {
		_, err := io.WriteString(c.Writer(), middleware.GetReqID(c.Context()))
		return err
	})
	app.HandleFunc("GET /std", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, middleware.GetReqID(r.Context()))
	})
	s := newServer(t, app)
	for _, door := range doors {
		req := newRequest(t, "GET", s.URL+door, "")
		req.Header.Set("X-Request-Id", "r-7")
		do(t, s.Client(), req).want(t, 200, "r-7")
	}
}

// TestStripSlashes is around the App: what changes the path must come before
// matching.
func TestStripSlashes(t *testing.T) {
	s := newServer(t, middleware.StripSlashes(newApp()))
	for _, door := range doors {
		get(t, s, door+"/hello/ann/").want(t, 200, "ann")
	}
}

func TestMaxBytes(t *testing.T) {
	s := newServer(t, newApp(maxBytes))
	for _, door := range doors {
		body := strings.Repeat("x", 101)
		do(t, s.Client(), newRequest(t, "POST", s.URL+door+"/echo", body)).wantStatus(t, 413)
	}
}
