//go:build !(goexperiment.jsonv2 && go1.27)

package json

import (
	"encoding"
	"reflect"
)

// writesItself reports whether t has a method that only a later encoding/json
// knows. This one knows none.
func writesItself(reflect.Type, bool) bool { return false }

// leavesKey reports whether maps with keys of type t are left to encoding/json.
func leavesKey(reflect.Type) bool { return false }

// asksNil reports whether encoding/json on json/v2 calls a method of a nil pointer
// in an interface of type t.
func asksNil(reflect.Type) bool { return false }

// appendKeyText appends the text of a key.
func appendKeyText(b []byte, m encoding.TextMarshaler) ([]byte, error) {
	text, err := m.MarshalText()
	return append(b, text...), err
}
