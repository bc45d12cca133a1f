//go:build goexperiment.jsonv2 && go1.27

package json

import (
	"encoding"
	jsonv2 "encoding/json/v2"
	"reflect"
	"slices"
	"unicode/utf8"
)

var (
	marshalerToType  = reflect.TypeFor[jsonv2.MarshalerTo]()
	textAppenderType = reflect.TypeFor[encoding.TextAppender]()
)

// writesItself reports whether t has a method that only encoding/json on json/v2
// knows: MarshalJSONTo, which comes before all others, or AppendText without one
// of the older methods. A struct with tags that only it knows is left to it too.
func writesItself(t reflect.Type, addr bool) bool {
	if hasLaterTags(t, nil) {
		return true
	}
	if addr {
		t = reflect.PointerTo(t)
	}
	return t.Implements(marshalerToType) || t.Implements(textAppenderType) && !hasMethods(t)
}

// hasLaterTags reports whether t is a struct with an option in a tag, its own or
// one in an embedded struct, that makes another object of it. outer are the
// structs that embed t.
func hasLaterTags(t reflect.Type, outer []reflect.Type) bool {
	if t = pointee(t); t.Kind() != reflect.Struct || slices.Contains(outer, t) {
		return false
	}
	outer = append(outer, t)
	for f := range t.Fields() {
		_, options := parseTag(f.Tag.Get("json"))
		if hasOption(options, "embed") || hasOption(options, "format") {
			return true
		}
		if f.Anonymous && hasLaterTags(f.Type, outer) {
			return true
		}
	}
	return false
}

// leavesKey reports whether maps with keys of type t are left to encoding/json,
// which takes them by other rules than v1: interfaces, and what is neither a
// string, nor an integer, nor has a MarshalText method.
func leavesKey(t reflect.Type) bool {
	switch k := t.Kind(); {
	case k == reflect.Interface:
		return true
	case t.Implements(textMarshalerType):
		return false
	case t.Implements(textAppenderType):
		return true
	default:
		return k != reflect.String && (k < reflect.Int || k > reflect.Uintptr)
	}
}

// asksNil reports whether encoding/json calls a method of a nil pointer in an
// interface of type t. Elsewhere a nil pointer is null unasked.
func asksNil(t reflect.Type) bool {
	switch t {
	case marshalerType, textMarshalerType, marshalerToType, textAppenderType:
		return true
	}
	return false
}

// appendKeyText appends the text of a key. Keys that are not UTF-8, which json/v2
// mends before it sorts them, are left to it.
func appendKeyText(b []byte, m encoding.TextMarshaler) (text []byte, err error) {
	start := len(b)
	if a, ok := m.(encoding.TextAppender); ok {
		text, err = a.AppendText(b)
	} else {
		text, err = m.MarshalText()
		text = append(b, text...)
	}
	if err == nil && !utf8.Valid(text[start:]) {
		err = errTooDeep
	}
	return text, err
}
