// Package strictjson finds what encoding/json lets pass in a document that it
// has accepted: keys that appear twice, and keys that differ from a struct
// field's name only in case. It also tells where in a document, as an RFC 6901
// pointer, a byte offset lies.
package strictjson

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// KeyError is a key that is refused.
type KeyError struct {
	Pointer string // the key's place in the document
	Detail  string
}

func (e *KeyError) Error() string { return "json: " + e.Pointer + ": " + e.Detail }

// Check reads a document that encoding/json has decoded into a t, and returns
// a *KeyError for the first key that is refused.
func Check(data []byte, t reflect.Type) error {
	w := walker{data: data}
	w.value(t)
	if w.err != nil {
		return w.err
	}
	return nil
}

// Pointer returns the place of the innermost value of a valid document that
// begins before the byte offset and ends at it or behind it: encoding/json
// gives an offset inside of the value, or just behind it. "" is the whole
// document.
func Pointer(data []byte, offset int64) string {
	w := walker{data: data, seek: int(offset)}
	w.value(nil)
	return w.found
}

// walker reads a valid document from front to back.
type walker struct {
	data []byte
	pos  int
	path []string // pointer tokens, escaped
	err  *KeyError

	seek  int
	found string
}

// value reads one value that is to go into a t; nil means anything.
func (w *walker) value(t reflect.Type) {
	w.space()
	start := w.pos
	t = target(t)
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
	known := fieldsOf(t)
	seen := keySet{}
	w.pos++ // {
	for w.space(); w.data[w.pos] != '}' && w.err == nil; w.space() {
		key := w.key()
		w.path = append(w.path, key)
		w.checkKey(key, known, &seen)
		w.value(elemOf(t, known, key))
		w.path = w.path[:len(w.path)-1]
		w.comma()
	}
	w.pos++ // }
}

func (w *walker) checkKey(key string, known fields, seen *keySet) {
	if w.err != nil {
		return
	}
	if !seen.add(key) {
		w.err = &KeyError{Pointer: w.pointer(), Detail: "this key appears twice"}
		return
	}
	if name := known.misspelt(key); name != "" {
		w.err = &KeyError{Pointer: w.pointer(), Detail: fmt.Sprintf("write this key as %q", name)}
	}
}

func (w *walker) array(t reflect.Type) {
	w.pos++ // [
	elem := elemOf(t, nil, "")
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

// key reads a key and its colon.
func (w *walker) key() string {
	raw := w.text()
	w.space()
	w.pos++ // :
	var key string
	if err := json.Unmarshal(raw, &key); err != nil {
		return string(raw) // not reached: the document is valid
	}
	return key
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
	for w.pos < len(w.data) && !strings.ContainsRune(",]} \t\r\n", rune(w.data[w.pos])) {
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

var escaper = strings.NewReplacer("~", "~0", "/", "~1")

func (w *walker) pointer() string {
	var b strings.Builder
	for _, token := range w.path {
		b.WriteString("/" + escaper.Replace(token))
	}
	return b.String()
}

// keySet is the keys of one object. Most objects are small, and a map for each
// would cost more than decoding it.
type keySet struct {
	few  []string
	many map[string]bool
}

func (s *keySet) add(key string) bool {
	if s.many == nil {
		for _, k := range s.few {
			if k == key {
				return false
			}
		}
		if s.few = append(s.few, key); len(s.few) > 16 {
			s.many = map[string]bool{}
			for _, k := range s.few {
				s.many[k] = true
			}
		}
		return true
	}
	if s.many[key] {
		return false
	}
	s.many[key] = true
	return true
}
