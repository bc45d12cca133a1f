package json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"
)

// UnmarshalStrict is [Unmarshal] for documents from strangers. Beside what that
// refuses it refuses a key that appears twice in one object, at any depth and
// whether or not it has a field, and a key that differs from a field's name only
// in case, which encoding/json would take for it: both have let attackers past
// checks that read the document another way. Unknown keys are ignored.
//
// The error is a [*SyntaxError], an [*UnmarshalTypeError], a [*KeyError], or what
// a method of the target returned. [Pointer] tells the place of an
// UnmarshalTypeError. After an error the target may be half filled.
func UnmarshalStrict(data []byte, v any) error {
	unsure, err := unmarshalNoting(data, v, modeStrict)
	if err == nil && unsure {
		err = checkKeys(data, reflect.TypeOf(v))
	}
	return err
}

// ErrTooLarge is returned by [Read] for a document beyond its limit.
var ErrTooLarge = errors.New("json: the document is larger than allowed")

// Read reads all of r, which is one JSON document of at most limit bytes, into a
// new T, as [UnmarshalStrict] does. A larger document is [ErrTooLarge], of which
// at most limit+1 bytes are read; limit must not be negative. An error of r comes
// back as it is, and an empty document is [io.ErrUnexpectedEOF].
func Read[T any](r io.Reader, limit int64) (T, error) {
	var v T
	b := readBuffers.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= keepRead {
			b.Reset()
			readBuffers.Put(b)
		}
	}()
	n, err := b.ReadFrom(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return v, err
	case n > limit:
		return v, ErrTooLarge
	case len(bytes.TrimLeft(b.Bytes(), " \t\r\n")) == 0:
		return v, io.ErrUnexpectedEOF
	}
	err = UnmarshalStrict(b.Bytes(), &v)
	return v, err
}

// readBuffers hold documents while they are decoded; keepRead is the largest
// buffer worth keeping.
var readBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const keepRead = 64 << 10

// KeyError is a key that [UnmarshalStrict] refuses.
type KeyError struct {
	Pointer string // the key's place in the document (RFC 6901)
	Detail  string // what is wrong with it, in words for the client
}

func (e *KeyError) Error() string { return "json: " + e.Pointer + ": " + e.Detail }

// knownKeys are the names under which encoding/json finds a struct's fields.
type knownKeys map[string]reflect.Type

var knownKeysCache sync.Map // of knownKeys, by reflect.Type

func knownKeysOf(t reflect.Type) knownKeys {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	if k, ok := knownKeysCache.Load(t); ok {
		return k.(knownKeys)
	}
	known := knownKeys{}
	for _, f := range fieldsOf(t) {
		known[f.name] = f.typ
	}
	knownKeysCache.Store(t, known)
	return known
}

// misspelt returns the name that encoding/json takes key for, though it is not
// spelt so, or "".
func (k knownKeys) misspelt(key string) string {
	if _, ok := k[key]; ok {
		return ""
	}
	for name := range k {
		if strings.EqualFold(name, key) {
			return name
		}
	}
	return ""
}

// shape is the type whose shape the document must have: t without pointers, or
// nil if t reads its JSON itself or takes anything.
func shape(t reflect.Type) reflect.Type {
	for t != nil {
		p := reflect.PointerTo(t)
		if p.Implements(unmarshalerType) || p.Implements(textUnmarshalerType) || readsItself(p) || t.Kind() == reflect.Interface {
			return nil
		}
		if t.Kind() != reflect.Pointer {
			return t
		}
		t = t.Elem()
	}
	return nil
}

// elemShape is the type that a member of an object, or an element of an array,
// goes into.
func elemShape(t reflect.Type, known knownKeys, key string) reflect.Type {
	if t == nil {
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		return known[key]
	case reflect.Map, reflect.Slice, reflect.Array:
		return t.Elem()
	}
	return nil
}

// checkKeys reads a document that was decoded into a t, and returns a *KeyError
// for the first key that is refused.
func checkKeys(data []byte, t reflect.Type) error {
	w := walker{data: data}
	w.value(t)
	if w.err != nil {
		return w.err
	}
	return nil
}

func (w *walker) checkKey(key string, known knownKeys, seen *keySet) {
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

// unquote is the text of a string in a valid document.
func unquote(raw []byte) string {
	if plain := raw[1 : len(raw)-1]; isPlain(plain, anyText) {
		return string(plain)
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return string(raw) // not reached: the document is valid
	}
	return s
}

// keySet is the keys of one object. Most objects are small, and a map for each
// would cost more than decoding it.
type keySet struct {
	few  []string
	many map[string]bool
}

// add adds a key, and reports whether it is new.
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
