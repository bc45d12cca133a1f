package covettest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/covetgo/covet"
	"github.com/covetgo/covet/covettest"
)

// sse returns an App whose /events is f.
func sse(f func(s *covet.EventStream) error) *covet.App {
	app := covet.New(nil)
	app.Get("/events", func(c *covet.Ctx) error { return c.SSE(f) })
	return app
}

func untilLeft(s *covet.EventStream) error {
	<-s.Context().Done()
	return nil
}

func TestStream(t *testing.T) {
	ended := false
	app := sse(func(s *covet.EventStream) error {
		defer func() { ended = true }()
		if s.LastEventID() != "6" {
			t.Errorf("Last-Event-ID %q, want 6", s.LastEventID())
		}
		_ = s.Send(covet.Event{ID: "7", Type: "note", Data: "two\nlines"})
		_ = s.JSON("json", map[string]any{"b": 1, "a": 2.0})
		_ = s.Send(covet.Event{Data: "last", Retry: time.Second})
		return untilLeft(s)
	})
	stream := covettest.New(t, app).Get("/events").Header("Last-Event-ID", "6").Stream()
	if got := stream.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type %q", got)
	}
	stream.WantEvent("note", "two\nlines").WantID("7").
		WantEventJSON("json", `{"a":2,"b":1}`).WantID("7")
	if got, want := stream.Next(), (event{ID: "7", Type: "message", Data: "last", Retry: time.Second}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	stream.WantQuiet(time.Millisecond)
	stream.Close()
	if !ended {
		t.Error("Close did not wait for the handler")
	}
	stream.Close()
}

func TestStreamEnds(t *testing.T) {
	covettest.New(t, sse(func(s *covet.EventStream) error { return s.Send(covet.Event{Data: "a"}) })).
		Get("/events").Stream().WantEvent("message", "a").WantEnd()
	covettest.New(t, quiet(func(s *covet.EventStream) error {
		_ = s.Send(covet.Event{Data: "a"})
		return errors.New("broken")
	})).Get("/events").Stream().WantEvent("message", "a").WantAborted()
}

func TestStreamOfManyEvents(t *testing.T) {
	const n = 5000 // more than are held
	stream := covettest.New(t, sse(func(s *covet.EventStream) error {
		for i := range n {
			if err := s.Send(covet.Event{ID: strconv.Itoa(i), Data: "x"}); err != nil {
				return err
			}
		}
		return nil
	})).Get("/events").Stream()
	for i := range n {
		if e := stream.Next(); e.ID != strconv.Itoa(i) {
			t.Fatalf("event %d has id %s", i, e.ID)
		}
	}
	stream.WantEnd()
}

func TestStreamNotRead(t *testing.T) {
	// Close must end a handler that is blocked in a write.
	var err error
	stream := covettest.New(t, sse(func(s *covet.EventStream) error {
		for err == nil {
			err = s.Send(covet.Event{Data: "x"})
		}
		return err
	})).Get("/events").Stream()
	stream.Next()
	stream.Close()
	if err == nil {
		t.Error("the handler did not see that the client has left")
	}
}

// TestStreamInBubble shows that streams work with fake time.
func TestStreamInBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		stream := covettest.New(t, sse(func(s *covet.EventStream) error {
			time.Sleep(9 * time.Second)
			_ = s.Send(covet.Event{Data: "late"})
			return untilLeft(s)
		})).Get("/events").Stream()
		stream.WantEvent("message", "late").WantQuiet(time.Hour)
		if took := time.Since(begin); took != time.Hour+9*time.Second {
			t.Errorf("took %v of fake time", took)
		}
		stream.Close()
	})
}

// quiet is sse without the log.
func quiet(f func(s *covet.EventStream) error) *covet.App {
	app := covet.New(&covet.Options{Logger: discard})
	app.Get("/events", func(c *covet.Ctx) error { return c.SSE(f) })
	return app
}

func TestStreamFailures(t *testing.T) {
	two := sse(func(s *covet.EventStream) error {
		_ = s.Send(covet.Event{ID: "1", Type: "note", Data: "a\nb"})
		_ = s.Send(covet.Event{Data: `{"a":1}`})
		return untilLeft(s)
	})
	release := make(chan struct{})
	defer close(release)
	for _, tt := range []struct {
		name    string
		h       http.Handler
		f       func(t covettest.TB, s *covettest.Stream)
		stopped bool
		want    string
	}{
		{"data and id", two, func(t covettest.TB, s *covettest.Stream) { s.WantEvent("note", "a\nc").WantID("2") }, false, `
GET /events: data of event 1 differs (-want +got):
      a
    - c
    + b
GET /events: last event id after event 1 is "1", want "2"`},
		{"type", two, func(t covettest.TB, s *covettest.Stream) { s.WantEvent("message", "a\nb") }, false, `
GET /events: event 1 is a "note", want a "message", data:
    a
    b`},
		{"JSON", two, func(t covettest.TB, s *covettest.Stream) {
			s.WantEventJSON("note", 1).WantEventJSON("message", `{"a":2}`)
		}, false, `
GET /events: data of event 1 is not JSON: invalid character 'a' looking for beginning of value
    a
    b
GET /events: data of event 2 differs (-want +got):
      {
    -   "a": 2
    +   "a": 1
      }`},
		{"JSON wanted malformed", two, func(t covettest.TB, s *covettest.Stream) { s.Next(); s.WantEventJSON("message", `{`) }, true, `
covettest: GET /events: the wanted value is not JSON: unexpected EOF`},
		{"no event", two, func(t covettest.TB, s *covettest.Stream) {
			s.Next()
			s.Next()
			s.Timeout = time.Millisecond
			s.Next()
		}, true, `
GET /events: no event within 1ms, after 2 events
GET /events: the handler still runs 1ms after the client has left`},
		{"event instead of end or quiet", two, func(t covettest.TB, s *covettest.Stream) { s.WantEnd(); s.WantQuiet(time.Second) }, false, `
GET /events: a "note" event, want the end, data:
    a
    b
GET /events: a "message" event, want none for 1s, data:
    {"a":1}`},
		{"no end", two, func(t covettest.TB, s *covettest.Stream) {
			s.Next()
			s.Next()
			s.Timeout = time.Millisecond
			s.WantEnd()
			s.Timeout = time.Minute
		}, false, `
GET /events: the stream goes on after 1ms, want its end`},
		{"end", sse(func(s *covet.EventStream) error { return nil }), func(t covettest.TB, s *covettest.Stream) {
			s.WantAborted()
			s.WantQuiet(time.Second)
			s.Next()
		}, true, `
GET /events: the stream has ended, want it cut by the server
GET /events: the stream has ended, want it quiet for 1s
GET /events: the stream has ended after 0 events, want one more`},
		{"cut", quiet(func(s *covet.EventStream) error { return errors.New("broken") }), func(t covettest.TB, s *covettest.Stream) {
			s.WantEnd()
			s.Next()
		}, true, `
GET /events: the stream was cut, want a clean end
GET /events: the stream was cut after 0 events, want one more`},
		{"closed", two, func(t covettest.TB, s *covettest.Stream) {
			s.Next()
			s.Next()
			s.Close()
			s.Next()
		}, true, `
GET /events: the stream was closed by the test after 2 events, want one more`},
		{"handler that stays", sse(func(s *covet.EventStream) error { <-release; return nil }), func(t covettest.TB, s *covettest.Stream) {
			s.Timeout = time.Millisecond
			s.Close()
		}, false, `
GET /events: the handler still runs 1ms after the client has left`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := try(func(t covettest.TB) { tt.f(t, covettest.New(t, tt.h).Get("/events").Stream()) })
			if tt.name == "no event" { // whether the handler ends within a millisecond is chance
				if want := strings.TrimPrefix(tt.want, "\n"); !strings.HasPrefix(want, got.errors[0]) || !got.stopped {
					t.Errorf("got %s, want %s", got, want)
				}
				return
			}
			wantFailure(t, got, tt.stopped, tt.want)
		})
	}
}

func TestStreamRefused(t *testing.T) {
	got := try(func(t covettest.TB) { covettest.New(t, covet.New(nil)).Get("/events").Stream() })
	wantFailure(t, got, true, `
GET /events: status 404 Not Found, Content-Type "application/problem+json", want a stream of events
    received: 404 Not Found
    Content-Type: application/problem+json

    {"type":"about:blank","title":"Not Found","status":404}`)

	aborting := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	got = try(func(t covettest.TB) { covettest.New(t, aborting).Get("/events").Stream() })
	wantFailure(t, got, true, `
GET /events: the response was aborted: the connection was closed
    nothing was received`)
}

func TestStreamWithoutHeader(t *testing.T) {
	// Fake time, lest the test take as long as the time-out.
	synctest.Test(t, func(t *testing.T) {
		silent := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		got := try(func(t covettest.TB) { covettest.New(t, silent).Get("/events").Stream() })
		wantFailure(t, got, true, "GET /events: no response header within 10s")
	})
}

func TestStreamPanic(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		_, _ = io.WriteString(w, "data: a\n\n")
		w.(http.Flusher).Flush()
		panic("boom")
	})
	got := try(func(t covettest.TB) {
		covettest.New(t, h).Get("/events").Stream().WantEvent("message", "a").WantAborted()
	})
	if s := got.String(); len(got.errors) != 1 || !strings.HasPrefix(s, "GET /events: the handler panicked: boom\n") {
		t.Errorf("%s\nwant the panic and nothing else", s)
	}
}

func TestStreamContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	got := try(func(t covettest.TB) {
		s := covettest.New(t, sse(untilLeft)).Get("/events").Context(ctx).Stream()
		cancel()
		s.WantEnd()
	})
	wantFailure(t, got, false, "GET /events: the stream was closed by the test, want a clean end")
}
