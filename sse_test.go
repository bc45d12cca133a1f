package covet_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

// lastWords is an event stream that says goodbye when it is told to end.
func lastWords(c *covet.Ctx) error {
	return c.SSE(func(s *covet.EventStream) error {
		if err := s.Send(covet.Event{Data: "hello"}); err != nil {
			return err
		}
		<-s.Context().Done()
		return s.Send(covet.Event{Data: "bye"})
	})
}

// nextEvent reads one event or comment, without the empty line at its end.
func nextEvent(t *testing.T, r *bufio.Reader) string {
	t.Helper()
	var event strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("stream ended after %q: %v", event.String(), err)
		}
		if line == "\n" {
			return event.String()
		}
		event.WriteString(line)
	}
}

// open starts a stream and leaves reading it to the test.
func open(t *testing.T, client *http.Client, url string, header ...string) (*http.Response, *bufio.Reader) {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res, bufio.NewReader(res.Body)
}

// stream answers with what f sends, without a socket.
func stream(f func(*covet.EventStream) error, header ...string) *httptest.ResponseRecorder {
	return answers(func(c *covet.Ctx) error { return c.SSE(f) }, "GET", header...)
}

func TestSSEHeader(t *testing.T) {
	w := stream(func(*covet.EventStream) error { return nil })
	h := w.Header()
	if w.Code != 200 || h.Get("Content-Type") != "text/event-stream" || h.Get("Cache-Control") != "no-store" || h.Get("X-Accel-Buffering") != "no" {
		t.Errorf("%d %v", w.Code, h)
	}
	if !w.Flushed || w.Body.Len() > 0 {
		t.Errorf("flushed %v, body %q: the header must go out at once", w.Flushed, w.Body)
	}
}

// TestEvents: what stands on the wire, and that what could forge further lines
// is refused.
func TestEvents(t *testing.T) {
	for _, tt := range []struct {
		name  string
		event covet.Event
		want  string // "" means an error, and nothing sent
	}{
		{"data", covet.Event{Data: "x"}, "data: x\n\n"},
		{"no data", covet.Event{}, "data: \n\n"},
		{"all", covet.Event{ID: "7", Type: "note", Data: "x", Retry: 1500 * time.Millisecond}, "id: 7\nevent: note\nretry: 1500\ndata: x\n\n"},
		{"lines", covet.Event{Data: "a\nb\r\nc\rd"}, "data: a\ndata: b\ndata: c\ndata: d\n\n"},
		{"line at the end", covet.Event{Data: "a\n"}, "data: a\ndata: \n\n"},
		{"only lines", covet.Event{Data: "\n\r\n"}, "data: \ndata: \ndata: \n\n"},
		{"fields in data", covet.Event{Data: "x\nid: 9\n\nevent: y"}, "data: x\ndata: id: 9\ndata: \ndata: event: y\n\n"},
		{"leading space", covet.Event{Data: " x", ID: " 1"}, "id:  1\ndata:  x\n\n"},
		{"other scripts", covet.Event{Data: "né\u2028日本", ID: "ü"}, "id: ü\ndata: né\u2028日本\n\n"},
		{"negative retry", covet.Event{Data: "x", Retry: -time.Second}, "data: x\n\n"},
		{"LF in id", covet.Event{ID: "7\ndata: forged"}, ""},
		{"CR in id", covet.Event{ID: "7\rdata: forged"}, ""},
		{"NUL in id", covet.Event{ID: "7\x00"}, ""},
		{"LF in type", covet.Event{Type: "a\ndata: forged"}, ""},
		{"CR in type", covet.Event{Type: "a\r"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			w := stream(func(s *covet.EventStream) error { err = s.Send(tt.event); return nil })
			if w.Body.String() != tt.want || (err != nil) != (tt.want == "") {
				t.Errorf("Send(%+v) = %v, sent %q, want %q", tt.event, err, w.Body, tt.want)
			}
		})
	}
}

func TestEventJSONAndComment(t *testing.T) {
	w := stream(func(s *covet.EventStream) error {
		if err := s.JSON("bad", func() {}); err == nil {
			t.Error("JSON of a function gave no error")
		}
		if s.Context().Err() != nil {
			t.Error("a value that is no JSON ended the stream")
		}
		return errors.Join(s.JSON("note", map[string]string{"a": "<\n>"}), s.Comment("one\ntwo\rdata: no"), s.Comment(""))
	})
	want := "event: note\ndata: {\"a\":\"\\u003c\\n\\u003e\"}\n\n" + ": one\n: two\n: data: no\n\n" + ": \n\n"
	if w.Body.String() != want {
		t.Errorf("sent %q, want %q", w.Body, want)
	}
}

func TestLastEventID(t *testing.T) {
	for _, id := range []string{"", "42", "a b"} {
		stream(func(s *covet.EventStream) error {
			if got := s.LastEventID(); got != id {
				t.Errorf("LastEventID() = %q, want %q", got, id)
			}
			return nil
		}, "Last-Event-ID", id)
	}
}

// TestSSEFlush: each event reaches the client before the next one is sent,
// also through middleware that wraps the writer.
func TestSSEFlush(t *testing.T) {
	for name, mw := range map[string][]covet.Middleware{
		"bare": nil, "foreign": {mark("f")}, "Unwrap alone": {wrapWriter(func(w http.ResponseWriter) http.ResponseWriter { return unwrapper{w} })},
		"Flush alone": {wrapWriter(func(w http.ResponseWriter) http.ResponseWriter { return flusher{hidden{w}, w.(http.Flusher)} })},
	} {
		t.Run(name, func(t *testing.T) {
			next := make(chan string)
			app, _ := logged(covet.Options{})
			app.Use(mw...)
			app.Get("/", func(c *covet.Ctx) error {
				return c.SSE(func(s *covet.EventStream) error {
					for data := range next {
						if err := s.Send(covet.Event{Data: data}); err != nil {
							return err
						}
					}
					return nil
				})
			})
			s := start(t, app.Serve)
			_, events := open(t, s.client, "http://"+s.addr)
			for i := range 3 {
				next <- fmt.Sprint(i)
				if got, want := nextEvent(t, events), fmt.Sprintf("data: %d\n", i); got != want {
					t.Errorf("event %q, want %q", got, want)
				}
			}
			close(next)
			if rest, err := io.ReadAll(events); len(rest) > 0 || err != nil {
				t.Errorf("the end: %q %v", rest, err)
			}
		})
	}
}

// hidden is a writer with nothing but the three methods.
type hidden struct{ w http.ResponseWriter }

func (h hidden) Header() http.Header         { return h.w.Header() }
func (h hidden) Write(p []byte) (int, error) { return h.w.Write(p) }
func (h hidden) WriteHeader(code int)        { h.w.WriteHeader(code) }

// unwrapper is the writer of a middleware of today: it has Unwrap.
type unwrapper struct{ w http.ResponseWriter }

func (u unwrapper) Header() http.Header         { return u.w.Header() }
func (u unwrapper) Write(p []byte) (int, error) { return u.w.Write(p) }
func (u unwrapper) WriteHeader(code int)        { u.w.WriteHeader(code) }
func (u unwrapper) Unwrap() http.ResponseWriter { return u.w }

// flusher is the writer of an older one: it has Flush.
type flusher struct {
	hidden
	http.Flusher
}

func wrapWriter(wrap func(http.ResponseWriter) http.ResponseWriter) covet.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(wrap(w), r) })
	}
}

// TestSSEUnflushable: a middleware that would hold the events back is named as
// the reason, in the log; the client gets a 500 and not a silent stream.
func TestSSEUnflushable(t *testing.T) {
	for name, mw := range map[string]covet.Middleware{
		"hidden":         wrapWriter(func(w http.ResponseWriter) http.ResponseWriter { return hidden{w} }),
		"TimeoutHandler": func(next http.Handler) http.Handler { return http.TimeoutHandler(next, patience, "") },
	} {
		t.Run(name, func(t *testing.T) {
			app, log := logged(covet.Options{})
			app.With(mw).Get("/", func(c *covet.Ctx) error {
				return c.SSE(func(*covet.EventStream) error {
					t.Error("the stream began")
					return nil
				})
			})
			w := get(app, "/")
			if p := problemOf(t, w); p.Status != 500 {
				t.Errorf("%d %q, want 500", w.Code, w.Body)
			}
			if !strings.Contains(log.String(), "a response that can be flushed, a middleware around it can't") {
				t.Errorf("log %q", log)
			}
		})
	}
}

func TestSSEHead(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		return c.SSE(func(*covet.EventStream) error {
			t.Error("the stream began")
			return nil
		})
	})
	s := start(t, app.Serve)
	res, err := s.client.Head("http://" + s.addr)
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("HEAD: %d %v", res.StatusCode, res.Header)
	}
}

// TestSSEClientLeaves: the stream's context ends.
func TestSSEClientLeaves(t *testing.T) {
	ended := make(chan error, 1)
	app, log := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			<-s.Context().Done()
			ended <- context.Cause(s.Context())
			return s.Context().Err()
		})
	})
	s := start(t, app.Serve)
	res, _ := open(t, s.client, "http://"+s.addr)
	res.Body.Close()
	if err := await(t, ended, "the stream's context to end"); errors.Is(err, covet.ErrShutdown) || !errors.Is(err, context.Canceled) {
		t.Errorf("cause %v, want context.Canceled", err)
	}
	if err := s.stopped(); err != nil || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("Serve = %v, log %q", err, log)
	}
}

// brokenPipe can't send a body.
type brokenPipe struct{ *httptest.ResponseRecorder }

var errPipe = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

// TestSSEWriteFails: so does a write that fails.
func TestSSEWriteFails(t *testing.T) {
	app, log := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			if err := s.Send(covet.Event{Data: "x"}); !errors.Is(err, errPipe) {
				t.Errorf("Send = %v", err)
			}
			if err := context.Cause(s.Context()); !errors.Is(err, errPipe) {
				t.Errorf("cause of the context's end: %v", err)
			}
			return context.Cause(s.Context())
		})
	})
	app.ServeHTTP(brokenPipe{httptest.NewRecorder()}, httptest.NewRequest("GET", "/", nil))
	if log.Len() > 0 {
		t.Errorf("log %q", log)
	}
}

// TestSSEError: the client must not take a stream that failed for one that has
// said all.
func TestSSEError(t *testing.T) {
	for name, fail := range map[string]func() error{
		"error": func() error { return errors.New("queue gone") },
		"panic": func() error { panic("queue gone") },
	} {
		t.Run(name, func(t *testing.T) {
			app, log := logged(covet.Options{})
			app.Get("/", func(c *covet.Ctx) error {
				return c.SSE(func(s *covet.EventStream) error {
					if err := s.Send(covet.Event{Data: "x"}); err != nil {
						return err
					}
					return fail()
				})
			})
			s := start(t, app.Serve)
			_, events := open(t, s.client, "http://"+s.addr)
			nextEvent(t, events)
			if rest, err := io.ReadAll(events); err == nil {
				t.Errorf("a clean end after %q", rest)
			}
			if strings.Count(log.String(), "queue gone") < 1 || strings.Count(log.String(), "level=ERROR") != 1 {
				t.Errorf("log %q, want one line", log)
			}
		})
	}
}

// TestSSEConcurrent: events from many goroutines and the pings between them
// never mix, and a Send after the end fails.
func TestSSEConcurrent(t *testing.T) {
	const senders, events = 8, 50
	var kept *covet.EventStream
	app, _ := logged(covet.Options{EventPing: time.Millisecond})
	app.Get("/", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			kept = s
			var wg sync.WaitGroup
			for i := range senders {
				wg.Go(func() {
					for range events {
						if err := s.Send(covet.Event{ID: fmt.Sprint(i), Data: "a\nb"}); err != nil {
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			return nil
		})
	})
	s := start(t, app.Serve)
	_, in := open(t, s.client, "http://"+s.addr)
	all, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for e := range strings.SplitSeq(strings.TrimSuffix(string(all), "\n\n"), "\n\n") {
		switch {
		case e == ": ping":
		case strings.HasPrefix(e, "id: ") && strings.HasSuffix(e, "\ndata: a\ndata: b"):
			n++
		default:
			t.Errorf("a torn event %q", e)
		}
	}
	if n != senders*events {
		t.Errorf("%d events, want %d", n, senders*events)
	}
	s.stopped() // Serve and with it the handler have returned
	if err := kept.Send(covet.Event{}); err == nil {
		t.Error("a late Send gave no error")
	}
}

// TestSSEPing: a quiet stream sends comments, and outlives the server's
// time-outs.
func TestSSEPing(t *testing.T) {
	for _, tt := range []struct {
		name  string
		ping  time.Duration
		every time.Duration // 0 means never
	}{{"default", 0, 15 * time.Second}, {"own", time.Minute, time.Minute}, {"never", -1, 0}} {
		t.Run(tt.name, func(t *testing.T) {
			const quiet = time.Hour
			inBubble(t, covet.Options{EventPing: tt.ping}, func(app *covet.App) {
				app.Get("/", func(c *covet.Ctx) error {
					return c.SSE(func(s *covet.EventStream) error {
						select {
						case <-s.Context().Done():
							t.Errorf("the stream ended: %v", context.Cause(s.Context()))
						case <-time.After(quiet - time.Second):
						}
						return s.Send(covet.Event{Data: "end"})
					})
				})
			}, func(t *testing.T, s *piped) {
				begin := time.Now()
				res, events := open(t, s.client, "http://pipe/")
				defer res.Body.Close()
				pings := 0
				for nextEvent(t, events) == ": ping\n" {
					if pings++; time.Since(begin) != time.Duration(pings)*tt.every {
						t.Fatalf("ping %d after %v", pings, time.Since(begin))
					}
				}
				if want := int((quiet - 1) / max(tt.every, 1)); tt.every > 0 && pings != want || tt.every == 0 && pings > 0 {
					t.Errorf("%d pings in an hour, want one every %v", pings, tt.every)
				}
			})
		})
	}
}

// TestSSEStuckClient: one that does not read loses its stream after
// WriteTimeout.
func TestSSEStuckClient(t *testing.T) {
	inBubble(t, covet.Options{EventPing: -1, WriteTimeout: 7 * time.Second}, func(app *covet.App) {
		app.Get("/", func(c *covet.Ctx) error {
			return c.SSE(func(s *covet.EventStream) error {
				begin := time.Now()
				err := s.Send(covet.Event{Data: strings.Repeat("x", 1<<20)})
				if err == nil || s.Context().Err() == nil {
					t.Errorf("Send = %v, context %v", err, s.Context().Err())
				}
				if took := time.Since(begin); took != 7*time.Second {
					t.Errorf("the stream ended after %v, want 7 s", took)
				}
				return err
			})
		})
	}, func(t *testing.T, s *piped) {
		conn, err := s.l.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		if _, err := http.ReadResponse(bufio.NewReaderSize(conn, 16), nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute) // of the bubble's time
	})
}
