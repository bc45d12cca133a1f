package json

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/covetgo/covet/simd"
)

// method appends a value that writes itself, or fails for one that can't be
// written.
func (e *encoder) method(b []byte, op *encodeOp, p memory) []byte {
	switch op.code {
	case opMarshaler:
		return e.marshaler(b, reflect.NewAt(op.typ, p).Interface().(Marshaler), op.typ)
	case opText:
		return e.text(b, reflect.NewAt(op.typ, p).Interface().(encoding.TextMarshaler), op.typ)
	case opStandard:
		return e.standardValue(b, op, p)
	case opUnsupported:
		e.fail(&UnsupportedTypeError{Type: op.typ})
	}
	if loadPointer(p) == nil {
		return appendNull(b)
	}
	switch op.code {
	case opTimePointer:
		return e.time(b, loadTime(loadPointer(p)), op.typ)
	case opMarshalerPointer, opMarshalerInterface:
		return e.marshaler(b, valueAt(op.typ, p).Interface().(Marshaler), op.typ)
	default:
		return e.text(b, valueAt(op.typ, p).Interface().(encoding.TextMarshaler), op.typ)
	}
}

// marshaler appends what m makes of itself, without white space.
func (e *encoder) marshaler(b []byte, m Marshaler, t reflect.Type) []byte {
	data, err := m.MarshalJSON()
	if err != nil {
		e.fail(errMarshaler(t, err))
	}
	return e.compact(b, data, t)
}

// compact appends data, which t wrote, without white space.
func (e *encoder) compact(b, data []byte, t reflect.Type) []byte {
	b, err := appendMarshaled(b, data, e.html)
	if err != nil {
		e.fail(errMarshaler(t, err))
	}
	return b
}

// raw appends a RawMessage.
func (e *encoder) raw(b, data []byte) []byte {
	if data == nil {
		return appendNull(b)
	}
	return e.compact(b, data, rawMessageType)
}

// text appends what m makes of itself as a string.
func (e *encoder) text(b []byte, m encoding.TextMarshaler, t reflect.Type) []byte {
	if stdIsV2 {
		if a, ok := m.(encoding.TextAppender); ok {
			return e.appendedText(b, a)
		}
	}
	data, err := m.MarshalText()
	if err != nil {
		e.fail(errTextMarshaler(t, err))
	}
	return e.string(b, textOf(data))
}

// appendedText is text for a type that appends, which json/v2 prefers. The text
// stays where it was appended if nothing in it needs escaping.
func (e *encoder) appendedText(b []byte, a encoding.TextAppender) []byte {
	start := len(b)
	b, err := a.AppendText(append(b, '"'))
	if err != nil {
		e.fail(err)
	}
	stop := simd.Escape(0)
	if e.html {
		stop = simd.EscapeHTML
	}
	if text := b[start+1:]; simd.EscapeIndex(text, stop) < len(text) {
		return e.string(b[:start], string(text))
	}
	return append(b, '"')
}

// time appends t as its MarshalJSON does, which allocates and whose result would
// have to be checked. Only the error is left to it.
func (e *encoder) time(b []byte, t *time.Time, typ reflect.Type) []byte {
	b, err := t.AppendText(append(b, '"'))
	if err != nil {
		_, err = t.MarshalJSON()
		e.fail(errMarshaler(typ, err))
	}
	return append(b, '"')
}

// standardValue appends what encoding/json makes of the value.
func (e *encoder) standardValue(b []byte, op *encodeOp, p memory) []byte {
	v := reflect.NewAt(op.typ, p)
	if op.n == 0 { // its address does not count
		v = v.Elem()
	}
	b, err := e.standard(b, v.Interface())
	if err != nil {
		e.fail(err)
	}
	return b
}

// errTooDeep ends an encoding that encoding/json is to do.
var errTooDeep = errors.New("json: value is nested too deeply")

// errEndless is what encoding/json v1 says of a pointer to an interface that holds
// the pointer. encoding/json on json/v2 overflows its stack instead.
var errEndless error = &UnsupportedValueError{Str: "encountered a cycle via *interface {}"}

// errDeep is the error for v, an interface that lies too deep.
func errDeep(v any) error {
	if !stdIsV2 {
		return errTooDeep
	}
	at := reflect.ValueOf(v)
	for range maxDepth {
		if k := at.Kind(); k != reflect.Pointer && k != reflect.Interface {
			return errTooDeep
		}
		at = at.Elem()
	}
	return errEndless
}

func errNumber(s string) error { return fmt.Errorf("json: invalid number literal %q", s) }

func errMapKey(t reflect.Type, err error) error {
	return fmt.Errorf("json: encoding error for type %q: %q", t.String(), err.Error())
}

func errMarshaler(t reflect.Type, err error) error { return marshalerError(failingJSON{}, t, err) }

func errTextMarshaler(t reflect.Type, err error) error { return marshalerError(failingText{}, t, err) }

// marshalerError is the error for a method of t that returned err. The name of
// the method is in a field that only encoding/json can set, so the error is one
// that encoding/json made for a value whose method fails.
func marshalerError(failing any, t reflect.Type, err error) error {
	_, failure := json.Marshal(failing)
	var m *MarshalerError
	if !errors.As(failure, &m) {
		return &MarshalerError{Type: t, Err: err}
	}
	m.Type, m.Err = t, err
	return m
}

type failingJSON struct{}

func (failingJSON) MarshalJSON() ([]byte, error) { return nil, errTooDeep }

type failingText struct{}

func (failingText) MarshalText() ([]byte, error) { return nil, errTooDeep }
