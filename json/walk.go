package json

import (
	"reflect"
	"strconv"
	"strings"
)

// Pointer returns, as a JSON pointer (RFC 6901), the place of the innermost value
// of a valid document that begins before the byte offset and ends at it or behind
// it: an [*UnmarshalTypeError]'s offset lies inside of the value, or just behind
// it. "" is the whole document, or a document that is not valid.
func Pointer(data []byte, offset int64) string {
	if !Valid(data) {
		return ""
	}
	w := walker{data: data, seek: int(offset)}
	w.value(nil)
	return w.found
}

// walker reads a valid document from front to back.
type walker struct {
	data []byte
	pos  int
	path []string // pointer tokens
	err  *KeyError

	seek  int
	found string
}

// value reads one value that is to go into a t; nil means anything.
func (w *walker) value(t reflect.Type) {
	w.space()
	start := w.pos
	t = shape(t)
	switch w.data[w.pos] {
	case '{':
		w.object(t)
	case '[':
		w.array(t)
	case '"':
		w.text()
	default:
		w.literal()
	}
	// Inner values come first: the first one that contains the offset is it.
	if w.seek > start && w.seek <= w.pos {
		w.found, w.seek = w.pointer(), 0
	}
}

func (w *walker) object(t reflect.Type) {
	known := knownKeysOf(t)
	seen := keySet{}
	w.pos++ // {
	for w.space(); w.data[w.pos] != '}' && w.err == nil; w.space() {
		key := unquote(w.text())
		w.space()
		w.pos++ // :
		w.path = append(w.path, key)
		w.checkKey(key, known, &seen)
		w.value(elemShape(t, known, key))
		w.path = w.path[:len(w.path)-1]
		w.comma()
	}
	w.pos++ // }
}

func (w *walker) array(t reflect.Type) {
	w.pos++ // [
	elem := elemShape(t, nil, "")
	i := 0
	for w.space(); w.data[w.pos] != ']' && w.err == nil; w.space() {
		w.path = append(w.path, strconv.Itoa(i))
		w.value(elem)
		w.path = w.path[:len(w.path)-1]
		w.comma()
		i++
	}
	w.pos++ // ]
}

// text reads a string, quotes included.
func (w *walker) text() []byte {
	start := w.pos
	for w.pos++; w.data[w.pos] != '"'; w.pos++ {
		if w.data[w.pos] == '\\' {
			w.pos++
		}
	}
	w.pos++
	return w.data[start:w.pos]
}

func (w *walker) literal() {
	for w.pos < len(w.data) && !endsScalar(w.data[w.pos]) {
		w.pos++
	}
}

func (w *walker) space() {
	for w.pos < len(w.data) && strings.IndexByte(" \t\r\n", w.data[w.pos]) >= 0 {
		w.pos++
	}
}

func (w *walker) comma() {
	if w.space(); w.data[w.pos] == ',' {
		w.pos++
	}
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

func (w *walker) pointer() string {
	var b strings.Builder
	for _, token := range w.path {
		b.WriteString("/" + pointerEscaper.Replace(token))
	}
	return b.String()
}
