package covettest

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// defaultTimeout is long enough for any machine; only failures wait for it.
const defaultTimeout = 10 * time.Second

// maxUnread is how many events the handler can be ahead of the test before its
// writes block, as they do on a network at some point.
const maxUnread = 1024

// Stream is a client of server-sent events. Its methods are for the goroutine
// that runs the test.
type Stream struct {
	// Timeout is how long the stream waits for an event, for its end, and for
	// the handler to return after Close. It is 10 s at first, for the
	// response's header too.
	Timeout time.Duration
	// Header is the header of the response.
	Header http.Header

	t      TB
	name   string
	x      *exchange
	events chan Event // closed at the end of the stream
	end    error      // how it ended; read it after events was closed
	last   Event
	count  int
	quit   chan struct{} // closed by Close
	close  sync.Once
}

// Stream sends the request and returns the stream of events that answers it. The
// handler runs beside the test. Any other answer stops the test. The stream is
// closed when the test ends, if not before.
func (r *Request) Stream() *Stream {
	r.t.Helper()
	if r.header["Accept"] == nil {
		r.Header("Accept", "text/event-stream")
	}
	s := &Stream{
		Timeout: defaultTimeout,
		t:       r.t,
		name:    r.method + " " + r.target,
		x:       r.start(),
		events:  make(chan Event, maxUnread),
		quit:    make(chan struct{}),
	}
	r.t.Cleanup(s.Close)
	opened := make(chan *Response, 1)
	go s.run(opened)
	select {
	case res := <-opened:
		s.checkOpened(res)
	case <-time.After(s.Timeout):
		fatalf(s.t, "%s: no response header within %v", s.name, s.Timeout)
	}
	return s
}

// run reads the stream until it ends.
func (s *Stream) run(opened chan<- *Response) {
	defer close(s.events)
	res := s.x.request.newResponse()
	head, err := s.x.receive()
	if err == nil {
		res.Code, res.Header = head.StatusCode, head.Header
		s.x.request.keepCookies(res)
	}
	if err != nil || !res.isStream() {
		if err == nil {
			res.Body, err = io.ReadAll(head.Body)
		}
		if err != nil {
			res.abort(s.x.request, err)
		}
		opened <- res
		return
	}
	opened <- res
	s.read(NewEventReader(head.Body))
}

func (r *Response) isStream() bool {
	return r.Code == http.StatusOK && r.mediaType() == "text/event-stream"
}

func (s *Stream) read(r *EventReader) {
	for {
		e, err := r.Next()
		if err != nil {
			s.end = err
			return
		}
		select {
		case s.events <- e:
		case <-s.quit:
			return
		}
	}
}

func (s *Stream) checkOpened(res *Response) {
	s.t.Helper()
	s.Header = res.Header
	if res.Aborted {
		res.fail("the response was aborted: %v", res.cause)
		s.t.FailNow()
	}
	if !res.isStream() {
		res.fail("status %s, Content-Type %q, want a stream of events", status(res.Code), res.Header.Get("Content-Type"))
		s.t.FailNow()
	}
}

// Next returns the next event. It stops the test when none comes in time, or
// the stream ends.
func (s *Stream) Next() Event {
	s.t.Helper()
	select {
	case e, ok := <-s.events:
		if !ok {
			fatalf(s.t, "%s: %s after %d events, want one more", s.name, s.ending(), s.count)
		}
		s.last = e
		s.count++
	case <-time.After(s.Timeout):
		fatalf(s.t, "%s: no event within %v, after %d events", s.name, s.Timeout, s.count)
	}
	return s.last
}

// ending says how the stream has ended.
func (s *Stream) ending() string {
	switch {
	case errors.Is(s.end, io.EOF):
		return "the stream has ended"
	case s.end == nil, errors.Is(s.end, io.ErrClosedPipe):
		return "the stream was closed by the test"
	}
	return "the stream was cut"
}

// WantEvent reads the next event, as Next does, and wants it to be of a type,
// "message" if it has none, and to have exactly this data.
func (s *Stream) WantEvent(eventType, data string) *Stream {
	s.t.Helper()
	e := s.Next()
	s.wantType(eventType)
	if e.Data != data {
		s.t.Errorf("%s: data of event %d differs (-want +got):\n%s", s.name, s.count, indent(diff(data, e.Data)))
	}
	return s
}

// WantEventJSON reads the next event, as Next does, and wants it to be of a type
// and its data to be JSON that means the same as want; see
// [Response.WantJSON].
func (s *Stream) WantEventJSON(eventType string, want any) *Stream {
	s.t.Helper()
	e := s.Next()
	s.wantType(eventType)
	got, err := parseJSON([]byte(e.Data))
	if err != nil {
		s.t.Errorf("%s: data of event %d is not JSON: %v\n%s", s.name, s.count, err, indent(e.Data))
		return s
	}
	d, err := diffJSON(want, got)
	if err != nil {
		fatalf(s.t, "covettest: %s: %v", s.name, err)
	}
	if d != "" {
		s.t.Errorf("%s: data of event %d differs (-want +got):\n%s", s.name, s.count, indent(d))
	}
	return s
}

func (s *Stream) wantType(want string) {
	s.t.Helper()
	if s.last.Type != want {
		s.t.Errorf("%s: event %d is a %q, want a %q, data:\n%s", s.name, s.count, s.last.Type, want, indent(s.last.Data))
	}
}

// WantID wants that the last event id, after the event read last, is this.
func (s *Stream) WantID(id string) *Stream {
	s.t.Helper()
	if s.last.ID != id {
		s.t.Errorf("%s: last event id after event %d is %q, want %q", s.name, s.count, s.last.ID, id)
	}
	return s
}

// WantQuiet wants that for a while there comes no event and the stream does not
// end.
func (s *Stream) WantQuiet(d time.Duration) *Stream {
	s.t.Helper()
	select {
	case e, ok := <-s.events:
		if !ok {
			s.t.Errorf("%s: %s, want it quiet for %v", s.name, s.ending(), d)
			break
		}
		s.last = e
		s.count++
		s.t.Errorf("%s: a %q event, want none for %v, data:\n%s", s.name, e.Type, d, indent(e.Data))
	case <-time.After(d):
	}
	return s
}

// WantEnd wants that the stream ends, without a further event, in the way that
// tells the client that it is complete.
func (s *Stream) WantEnd() {
	s.t.Helper()
	if s.wantNoEvent() && !errors.Is(s.end, io.EOF) {
		s.t.Errorf("%s: %s, want a clean end", s.name, s.ending())
	}
}

// WantAborted wants that the stream is cut, without a further event, as it is
// when the handler fails.
func (s *Stream) WantAborted() {
	s.t.Helper()
	if s.wantNoEvent() && !errors.Is(s.end, io.ErrUnexpectedEOF) {
		s.t.Errorf("%s: %s, want it cut by the server", s.name, s.ending())
	}
}

// wantNoEvent waits for the end.
func (s *Stream) wantNoEvent() bool {
	s.t.Helper()
	select {
	case e, ok := <-s.events:
		if ok {
			s.t.Errorf("%s: a %q event, want the end, data:\n%s", s.name, e.Type, indent(e.Data))
		}
		return !ok
	case <-time.After(s.Timeout):
		s.t.Errorf("%s: the stream goes on after %v, want its end", s.name, s.Timeout)
		return false
	}
}

// Close makes the client leave: the request's context ends, and Close waits
// until the handler has returned. One that does not within Timeout, or has
// panicked, other than with http.ErrAbortHandler, fails the test. Further calls
// do nothing.
func (s *Stream) Close() {
	s.t.Helper()
	s.close.Do(func() { s.shut() })
}

func (s *Stream) shut() {
	s.t.Helper()
	close(s.quit)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.x.end()
	}()
	select {
	case <-done:
	case <-time.After(s.Timeout):
		s.t.Errorf("%s: the handler still runs %v after the client has left", s.name, s.Timeout)
		return
	}
	for range s.events { // until run has returned
	}
	if s.x.panicked != nil {
		s.t.Errorf("%s: the handler panicked: %v\n%s", s.name, s.x.panicked, s.x.stack)
	}
}
