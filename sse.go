package covet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/covetgo/covet/json"
)

// ErrShutdown is the cause with which contexts of event streams end when the
// server drains; see [Serve].
var ErrShutdown = errors.New("covet: the server is shutting down")

// Event is one server-sent event (WHATWG HTML, section 9.2).
type Event struct {
	// ID becomes the browser's last event id. "" leaves that as it is.
	ID string
	// Type is the event's name; "" is a plain message.
	Type string
	// Data may have any number of lines.
	Data string
	// Retry tells the browser how long to wait before it connects again. 0
	// leaves that as it is.
	Retry time.Duration
}

// EventStream sends events to one client. Its methods are safe for concurrent
// use, until the function given to [Ctx.SSE] returns.
type EventStream struct {
	mu     sync.Mutex
	res    *Response
	ctx    context.Context
	cancel context.CancelCauseFunc
	lastID string
	piece  time.Duration // write time-out of one event
	closed bool
	buf    bytes.Buffer
}

// SSE answers with a stream of server-sent events, for as long as f runs. f
// should return when the stream's Context ends: the client has left, or the
// server shuts down (the cause is [ErrShutdown], and f may still send a last
// event). The client sees a clean end of the stream when f returns nil, a cut
// connection when it returns an error.
//
// Each event is flushed at once and has [Options.WriteTimeout] for itself; a
// comment is sent every [Options.EventPing].
//
//	return c.SSE(func(s *covet.EventStream) error {
//		for {
//			select {
//			case <-s.Context().Done():
//				return nil
//			case n := <-notes:
//				if err := s.JSON("note", n); err != nil {
//					return err
//				}
//			}
//		}
//	})
func (c *Ctx) SSE(f func(s *EventStream) error) error {
	c.live()
	ctx, cancel := context.WithCancelCause(c.Context())
	defer cancel(nil)
	s := &EventStream{res: c.Writer(), ctx: ctx, cancel: cancel, lastID: c.Header("Last-Event-ID"), piece: c.app.writeTimeout()}
	if err := s.open(); err != nil {
		return err
	}
	if c.req.Method == http.MethodHead {
		return nil
	}
	defer OnDrain(ctx, func() { cancel(ErrShutdown) })()
	defer s.keepAlive(timeout(c.app.opts.EventPing, 15*time.Second))()
	err := f(s)
	if ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))) {
		return nil // f returned because the stream ended, as it should
	}
	return err
}

// open sends the header.
func (s *EventStream) open() error {
	h := s.res.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would wait for more
	s.extend()
	if err := s.res.FlushError(); err != nil {
		return fmt.Errorf("covet: SSE needs a response that can be flushed, a middleware around it can't: %w", err)
	}
	return nil
}

// Context ends when the client leaves, when a write fails, or when the server
// shuts down.
func (s *EventStream) Context() context.Context { return s.ctx }

// LastEventID is the id of the last event that the client has seen, from an
// earlier stream; "" at first. A stream that numbers its events goes on behind
// it.
func (s *EventStream) LastEventID() string { return s.lastID }

// Send sends an event. An error means that the client is gone, or that the
// event is malformed: an ID or Type with a line break, or an ID with a NUL.
func (s *EventStream) Send(e Event) error {
	if strings.ContainsAny(e.ID, "\r\n\x00") || strings.ContainsAny(e.Type, "\r\n") {
		return fmt.Errorf("covet: event with id %q and type %q: neither may have a line break, nor the id a NUL", e.ID, e.Type)
	}
	return s.write(func(b *bytes.Buffer) { e.append(b) })
}

// JSON sends an event of a type with v as its data, written by covet's json package.
func (s *EventStream) JSON(eventType string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("covet: event %q: %w", eventType, err)
	}
	return s.Send(Event{Type: eventType, Data: string(data)})
}

// Comment sends a text that browsers ignore.
func (s *EventStream) Comment(text string) error {
	return s.write(func(b *bytes.Buffer) { appendLines(b, ": ", text); b.WriteByte('\n') })
}

func (e *Event) append(b *bytes.Buffer) {
	if e.ID != "" {
		b.WriteString("id: " + e.ID + "\n")
	}
	if e.Type != "" {
		b.WriteString("event: " + e.Type + "\n")
	}
	if e.Retry > 0 {
		b.WriteString("retry: " + strconv.FormatInt(e.Retry.Milliseconds(), 10) + "\n")
	}
	appendLines(b, "data: ", e.Data)
	b.WriteByte('\n')
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func appendLines(b *bytes.Buffer, field, text string) {
	for line := range strings.SplitSeq(lineBreaks.Replace(text), "\n") {
		b.WriteString(field + line + "\n")
	}
}

// write sends what f writes, in one piece.
func (s *EventStream) write(f func(b *bytes.Buffer)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errDone
	}
	s.buf.Reset()
	f(&s.buf)
	s.extend()
	_, err := s.res.Write(s.buf.Bytes())
	if err == nil {
		err = s.res.FlushError()
	}
	if err != nil {
		s.cancel(err)
	}
	return err
}

// extend gives the next write a deadline of its own.
func (s *EventStream) extend() {
	deadline := time.Time{}
	if s.piece > 0 {
		deadline = time.Now().Add(s.piece)
	}
	// A writer without deadlines has no time-out to extend either.
	_ = http.NewResponseController(s.res.Unwrap()).SetWriteDeadline(deadline)
}

// keepAlive sends comments until stop is called. stop returns when nothing
// writes any more.
func (s *EventStream) keepAlive(every time.Duration) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		s.ping(every, quit)
	}()
	return func() {
		close(quit)
		<-done
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
	}
}

func (s *EventStream) ping(every time.Duration, quit chan struct{}) {
	if every <= 0 {
		return
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-quit:
			return
		case <-t.C:
			if s.Comment("ping") != nil {
				return // the stream's context has ended
			}
		}
	}
}
