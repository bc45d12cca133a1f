package covettest_test

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/covetgo/covet/covettest"
)

type event = covettest.Event

func readEvents(r io.Reader) (events []event, lastID string, err error) {
	reader := covettest.NewEventReader(r)
	for {
		e, err := reader.Next()
		if err != nil {
			return events, reader.LastEventID(), err
		}
		events = append(events, e)
	}
}

// The examples of section 9.2.6 of the standard are among them.
var streams = []struct {
	name, in string
	want     []event
	lastID   string
}{
	{"nothing", "", nil, ""},
	{"three lines", "data: YHOO\ndata: +2\ndata: 10\n\n", []event{{Type: "message", Data: "YHOO\n+2\n10"}}, ""},
	{"ids", ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n", []event{
		{ID: "1", Type: "message", Data: "first event"},
		{Type: "message", Data: "second event"},
		{Type: "message", Data: " third event"},
	}, ""},
	{"empty data", "data\n\ndata\ndata\n\ndata:\n", []event{{Type: "message"}, {Type: "message", Data: "\n"}}, ""},
	{"space after the colon", "data:test\n\ndata: test\n\n", []event{{Type: "message", Data: "test"}, {Type: "message", Data: "test"}}, ""},
	{"CR", "data: a\rdata: b\r\rdata: c\r\r", []event{{Type: "message", Data: "a\nb"}, {Type: "message", Data: "c"}}, ""},
	{"CR LF", "data: a\r\ndata: b\r\n\r\n", []event{{Type: "message", Data: "a\nb"}}, ""},
	{"mixed ends", "data: a\n\r\ndata: b\r\n\rdata: c\n\r", []event{{Type: "message", Data: "a"}, {Type: "message", Data: "b"}, {Type: "message", Data: "c"}}, ""},
	{"BOM", "\ufeffdata: a\n\n", []event{{Type: "message", Data: "a"}}, ""},
	{"one BOM only", "\ufeff\ufeffdata: a\n\ndata: \ufeffb\n\n", []event{{Type: "message", Data: "\ufeffb"}}, ""},
	{"type", "event: note\ndata: a\n\ndata: b\n\nevent: x\n\ndata: c\n\nevent: y\nevent\ndata: d\n\n", []event{
		{Type: "note", Data: "a"}, {Type: "message", Data: "b"}, {Type: "message", Data: "c"}, {Type: "message", Data: "d"},
	}, ""},
	{"id stays", "id: 7\ndata: a\n\ndata: b\n\n", []event{{ID: "7", Type: "message", Data: "a"}, {ID: "7", Type: "message", Data: "b"}}, "7"},
	{"id without data", "id: 7\n\n", nil, "7"},
	{"id of an event that is cut", "id: 7\n\nid: 8\ndata: x\n", nil, "7"},
	{"id with NUL", "id: 7\nid: 8\x009\ndata: a\n\n", []event{{ID: "7", Type: "message", Data: "a"}}, "7"},
	{"retry", "retry: 1500\ndata: a\n\nretry: 1x\nretry: -1\nretry:  1\nretry\ndata: b\n\n", []event{
		{Type: "message", Data: "a", Retry: 1500 * time.Millisecond},
		{Type: "message", Data: "b", Retry: 1500 * time.Millisecond},
	}, ""},
	{"huge retry", "retry: 99999999999999999999\ndata: a\n\n", []event{{Type: "message", Data: "a", Retry: math.MaxInt64 / time.Millisecond * time.Millisecond}}, ""},
	{"other fields", "Data: x\n data: x\nfoo: x\ndata : x\n:data: x\ndata: a:b\n\n", []event{{Type: "message", Data: "a:b"}}, ""},
	{"incomplete", "data: a\n\ndata: b\n", []event{{Type: "message", Data: "a"}}, ""},
	{"incomplete line", "data: a\n\ndata: b\n\ndata", []event{{Type: "message", Data: "a"}, {Type: "message", Data: "b"}}, ""},
	{"invalid UTF-8", "data: a\xffb\xe2\x82c\xf0\x9f\x92\n\n", []event{{Type: "message", Data: "a\ufffdb\ufffdc\ufffd"}}, ""},
	{"surrogates and overlong forms", "data: \xed\xa0\x80\xc0\xaf\n\n", []event{{Type: "message", Data: strings.Repeat("\ufffd", 5)}}, ""},
}

func TestEventReader(t *testing.T) {
	for _, tt := range streams {
		for name, r := range map[string]io.Reader{"": strings.NewReader(tt.in), " byte by byte": iotest.OneByteReader(strings.NewReader(tt.in))} {
			t.Run(tt.name+name, func(t *testing.T) {
				got, lastID, err := readEvents(r)
				if err != io.EOF {
					t.Errorf("error %v, want io.EOF", err)
				}
				if !equalEvents(got, tt.want) || lastID != tt.lastID {
					t.Errorf("%q:\ngot  %+v, last id %q\nwant %+v, last id %q", tt.in, got, lastID, tt.want, tt.lastID)
				}
			})
		}
	}
}

func equalEvents(a, b []event) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestEventReaderError(t *testing.T) {
	broken := errors.New("broken")
	events, _, err := readEvents(io.MultiReader(strings.NewReader("data: a\n\ndata: b\n"), iotest.ErrReader(broken)))
	if err != broken || len(events) != 1 {
		t.Errorf("%v, %v, want one event and the reader's error", events, err)
	}
}

// TestEventAtOnce checks that an event is not kept back until more comes.
func TestEventAtOnce(t *testing.T) {
	for _, in := range []string{"data\n\n", "data\r\r", "data\r\n\r"} {
		r, w := io.Pipe()
		go func() { _, _ = io.WriteString(w, in) }()
		if e, err := covettest.NewEventReader(r).Next(); err != nil || e.Type != "message" {
			t.Errorf("%q: %+v, %v", in, e, err)
		}
		r.Close()
	}
}

// FuzzEventReader holds the reader against a plain one that has the whole stream
// in memory and follows the standard word by word.
func FuzzEventReader(f *testing.F) {
	for _, tt := range streams {
		f.Add([]byte(tt.in))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		want, wantID := plainEvents(string(in))
		for _, r := range []io.Reader{strings.NewReader(string(in)), iotest.OneByteReader(strings.NewReader(string(in)))} {
			got, lastID, err := readEvents(r)
			if err != io.EOF || !equalEvents(got, want) || lastID != wantID {
				t.Fatalf("%q:\ngot  %+v, last id %q, %v\nwant %+v, last id %q", in, got, lastID, err, want, wantID)
			}
		}
	})
}

func plainEvents(in string) (events []event, lastID string) {
	in = decodePlain(strings.TrimPrefix(in, "\ufeff"))
	in = strings.ReplaceAll(strings.ReplaceAll(in, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(in, "\n")
	var data, eventType, id string
	var retry time.Duration
	for _, line := range lines[:len(lines)-1] { // what has no end is no line
		if line == "" {
			lastID = id
			if data != "" {
				if eventType == "" {
					eventType = "message"
				}
				events = append(events, event{ID: lastID, Type: eventType, Data: strings.TrimSuffix(data, "\n"), Retry: retry})
			}
			data, eventType = "", ""
			continue
		}
		name, value := line, ""
		if i := strings.IndexByte(line, ':'); i == 0 {
			continue
		} else if i > 0 {
			name, value = line[:i], line[i+1:]
			if strings.HasPrefix(value, " ") {
				value = value[1:]
			}
		}
		switch name {
		case "event":
			eventType = value
		case "data":
			data += value + "\n"
		case "id":
			if strings.IndexByte(value, 0) < 0 {
				id = value
			}
		case "retry":
			if d, ok := plainRetry(value); ok {
				retry = d
			}
		}
	}
	return events, lastID
}

func plainRetry(s string) (time.Duration, bool) {
	const most = math.MaxInt64 / int64(time.Millisecond)
	n := int64(0)
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int64(c-'0'), most)
	}
	return time.Duration(n) * time.Millisecond, s != ""
}

// decodePlain is the UTF-8 decoder of the WHATWG Encoding standard, section
// 8.1.1, state for state.
func decodePlain(in string) string {
	var out []rune
	var point rune
	needed, seen := 0, 0
	lower, upper := byte(0x80), byte(0xbf)
	for i := 0; i < len(in); i++ {
		b := in[i]
		if needed == 0 {
			switch {
			case b <= 0x7f:
				out = append(out, rune(b))
			case b >= 0xc2 && b <= 0xdf:
				needed, point = 1, rune(b&0x1f)
			case b >= 0xe0 && b <= 0xef:
				if b == 0xe0 {
					lower = 0xa0
				}
				if b == 0xed {
					upper = 0x9f
				}
				needed, point = 2, rune(b&0xf)
			case b >= 0xf0 && b <= 0xf4:
				if b == 0xf0 {
					lower = 0x90
				}
				if b == 0xf4 {
					upper = 0x8f
				}
				needed, point = 3, rune(b&7)
			default:
				out = append(out, '\ufffd')
			}
			continue
		}
		if b < lower || b > upper {
			needed, seen, lower, upper = 0, 0, 0x80, 0xbf
			i-- // again, as the first byte
			out = append(out, '\ufffd')
			continue
		}
		lower, upper = 0x80, 0xbf
		point = point<<6 | rune(b&0x3f)
		if seen++; seen == needed {
			out = append(out, point)
			needed, seen = 0, 0
		}
	}
	if needed != 0 {
		out = append(out, '\ufffd')
	}
	return string(out)
}
