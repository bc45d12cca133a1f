//go:build goexperiment.jsonv2 && go1.27

package json

import (
	jsonv2 "encoding/json/v2"
	"reflect"
)

var marshalerToType = reflect.TypeFor[jsonv2.MarshalerTo]()

// writesItself reports whether t has encoding/json/v2's method for writing
// itself, which comes before all others.
func writesItself(t reflect.Type, addr bool) bool {
	return t.Implements(marshalerToType) || addr && t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(marshalerToType)
}

// replacement is what stands for a byte that is not UTF-8: U+FFFD, which json/v2
// does not escape.
const replacement = "\uFFFD"
