package benchmarks

import (
	"bufio"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/handlers"
	"github.com/rs/cors"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/covetgo/covet"
)

// stack is middleware of many hands, most of which wrap the ResponseWriter.
func stack() []covet.Middleware {
	return []covet.Middleware{
		passing,
		otelhttp.NewMiddleware("covet"),
		cors.Default().Handler,
		passing,
		middleware.RequestID,
		middleware.RequestLogger(&middleware.DefaultLogFormatter{Logger: log.New(io.Discard, "", 0)}),
		func(h http.Handler) http.Handler { return handlers.LoggingHandler(io.Discard, h) },
		middleware.Recoverer,
		middleware.Timeout(time.Minute),
		middleware.Compress(5),
		passing,
	}
}

// onBothDoors serves h behind the stack, as covet's handler and as a standard
// one, over HTTP/1.1 and HTTP/2, and tests each.
func onBothDoors(t *testing.T, h http.HandlerFunc, test func(t *testing.T, s *httptest.Server, url string)) {
	app := covet.New(nil)
	app.Use(stack()...)
	app.HandleFunc("/std", h)
	app.Handle("/own", covet.HandlerFunc(func(c *covet.Ctx) error {
		h(c.Writer(), c.Request())
		return nil
	}))
	for _, proto := range []string{"HTTP/1.1", "HTTP/2.0"} {
		s := httptest.NewUnstartedServer(app)
		s.EnableHTTP2 = proto == "HTTP/2.0"
		s.StartTLS()
		t.Cleanup(s.Close)
		for _, door := range doors {
			t.Run(proto+door, func(t *testing.T) { test(t, s, s.URL+door) })
		}
	}
}

func TestFlush(t *testing.T) {
	arrived := make(chan bool)
	h := func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "first "+r.Proto+"\n")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Errorf("Flush: %v", err)
		}
		<-arrived
		io.WriteString(w, "second\n")
	}
	onBothDoors(t, h, func(t *testing.T, s *httptest.Server, url string) {
		res, err := s.Client().Do(newRequest(t, "GET", url, ""))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		lines := bufio.NewReader(res.Body)
		first, err := lines.ReadString('\n')
		if err != nil || first != "first "+res.Proto+"\n" || !strings.Contains(t.Name(), res.Proto) {
			t.Errorf("first line %q over %s, %v", first, res.Proto, err)
		}
		arrived <- true
		if second, err := lines.ReadString('\n'); second != "second\n" {
			t.Errorf("second line %q, %v", second, err)
		}
	})
}

// TestReadDeadline: the client promises a body and never sends it.
func TestReadDeadline(t *testing.T) {
	got := make(chan error, 1)
	h := func(w http.ResponseWriter, r *http.Request) {
		deadline := time.Now().Add(20 * time.Millisecond)
		if err := http.NewResponseController(w).SetReadDeadline(deadline); err != nil {
			got <- err
			return
		}
		_, err := r.Body.Read(make([]byte, 1))
		got <- err
	}
	onBothDoors(t, h, func(t *testing.T, s *httptest.Server, url string) {
		body, unsent := io.Pipe()
		defer unsent.Close()
		req, err := http.NewRequestWithContext(t.Context(), "POST", url, body)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			if res, err := s.Client().Do(req); err == nil {
				res.Body.Close()
			}
		}()
		if err := <-got; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("read = %v, want a deadline exceeded", err)
		}
	})
}

// TestWriteDeadline: once it has passed, nothing more reaches the client.
func TestWriteDeadline(t *testing.T) {
	got := make(chan error, 1)
	h := func(w http.ResponseWriter, _ *http.Request) {
		got <- http.NewResponseController(w).SetWriteDeadline(time.Now().Add(-time.Second))
		io.WriteString(w, "too late")
	}
	onBothDoors(t, h, func(t *testing.T, s *httptest.Server, url string) {
		res, err := s.Client().Do(newRequest(t, "GET", url, ""))
		if err == nil {
			body, _ := io.ReadAll(res.Body)
			res.Body.Close()
			t.Errorf("the client got %d %q", res.StatusCode, body)
		}
		if err := <-got; err != nil {
			t.Errorf("SetWriteDeadline: %v", err)
		}
	})
}

// TestHijack asks by ResponseController and by type assertion: much that is
// written for WebSockets only tries the latter.
func TestHijack(t *testing.T) {
	ways := map[string]func(http.ResponseWriter) (net.Conn, *bufio.ReadWriter, error){
		"controller": func(w http.ResponseWriter) (net.Conn, *bufio.ReadWriter, error) {
			return http.NewResponseController(w).Hijack()
		},
		"assertion": func(w http.ResponseWriter) (net.Conn, *bufio.ReadWriter, error) {
			return w.(http.Hijacker).Hijack()
		},
	}
	for way, hijack := range ways {
		h := func(w http.ResponseWriter, _ *http.Request) {
			conn, rw, err := hijack(w)
			if err != nil {
				http.Error(w, err.Error(), http.StatusNotImplemented)
				return
			}
			defer conn.Close()
			io.WriteString(rw, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntaken")
			rw.Flush()
		}
		t.Run(way, func(t *testing.T) {
			onBothDoors(t, h, func(t *testing.T, s *httptest.Server, url string) {
				if s.EnableHTTP2 {
					// There is no connection of one's own to take.
					do(t, s.Client(), newRequest(t, "GET", url, "")).wantStatus(t, 501)
					return
				}
				do(t, s.Client(), newRequest(t, "GET", url, "")).want(t, 200, "taken")
			})
		})
	}
}
