package covettest

import (
	"bufio"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Event is a server-sent event as a browser hands it to a page.
type Event struct {
	// ID is the last event id: this event's, or where it has none, that of the
	// latest one before it that had.
	ID string
	// Type is the event's name; "message" if it has none.
	Type string
	// Data is the event's data, lines separated by "\n".
	Data string
	// Retry is how long the stream wants clients to wait before they connect
	// again, as far as it has said; 0 as long as it has not.
	Retry time.Duration
}

// EventReader reads a stream of server-sent events by the rules of the WHATWG
// HTML standard, section 9.2.6:
//
//	stream  = [ BOM ] *event
//	event   = *( comment / field ) end-of-line
//	comment = ":" *any-char end-of-line
//	field   = name [ ":" [ space ] *any-char ] end-of-line
//	end-of-line = CR LF / CR / LF
//
// A [Stream] has one; make one with [NewEventReader] to read from elsewhere,
// such as a connection to [Serve].
type EventReader struct {
	r       *bufio.Reader
	started bool
	afterCR bool
	event   Event    // in the making
	lastID  string   // of the last event that was dispatched
	data    []string // lines
}

// NewEventReader returns an EventReader that reads from r. An event is held in
// memory, whatever its size.
func NewEventReader(r io.Reader) *EventReader {
	return &EventReader{r: bufio.NewReader(r)}
}

// Next returns the next event, as soon as the line that ends it was read. At the
// end of the stream it returns [io.EOF]; an event that is not complete by then
// is discarded, as the standard wants it.
func (e *EventReader) Next() (Event, error) {
	for {
		line, err := e.line()
		if err != nil {
			return Event{}, err
		}
		if line != "" {
			e.field(line)
			continue
		}
		if event, ok := e.dispatch(); ok {
			return event, nil
		}
	}
}

// line reads a line. A CR ends it at once, lest an event wait for a byte that
// comes with the next one; an LF behind it is skipped then.
func (e *EventReader) line() (string, error) {
	if !e.started {
		e.started = true
		if b, _ := e.r.Peek(3); string(b) == "\ufeff" {
			_, _ = e.r.Discard(3)
		}
	}
	var line []byte
	for {
		c, err := e.r.ReadByte()
		if err != nil {
			return "", err
		}
		skip := c == '\n' && e.afterCR
		e.afterCR = c == '\r'
		switch {
		case skip:
		case c == '\n', c == '\r':
			return decodeUTF8(line), nil
		default:
			line = append(line, c)
		}
	}
}

// field processes a line that is not empty.
func (e *EventReader) field(line string) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimPrefix(value, " ")
	switch name {
	case "event":
		e.event.Type = value
	case "data":
		e.data = append(e.data, value)
	case "id":
		if !strings.Contains(value, "\x00") {
			e.event.ID = value
		}
	case "retry":
		if d, ok := milliseconds(value); ok {
			e.event.Retry = d
		}
	}
}

// dispatch ends an event. One without data is none, but its id counts.
func (e *EventReader) dispatch() (Event, bool) {
	e.lastID = e.event.ID
	event := e.event
	event.Data = strings.Join(e.data, "\n")
	if event.Type == "" {
		event.Type = "message"
	}
	ok := e.data != nil
	e.event.Type, e.data = "", nil
	return event, ok
}

// LastEventID is what a browser that connects again would send as
// Last-Event-ID: the id of the last event that was complete, be it without data.
func (e *EventReader) LastEventID() string { return e.lastID }

// milliseconds parses the value of retry: ASCII digits, no sign.
func milliseconds(s string) (time.Duration, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	const most = math.MaxInt64 / int64(time.Millisecond)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > most {
		n = most // some 300 years
	}
	return time.Duration(n) * time.Millisecond, true
}

// decodeUTF8 decodes as the WHATWG Encoding standard does: each maximal part of
// an invalid sequence that could have begun a valid one becomes one U+FFFD,
// where Go's own conversions make one of each byte.
func decodeUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			// A begin that could still become a rune is not a full one.
			for n < min(len(b), utf8.UTFMax) && !utf8.FullRune(b[:n+1]) {
				n++
			}
		}
		s.WriteRune(r)
		b = b[n:]
	}
	return s.String()
}
