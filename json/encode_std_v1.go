//go:build !(goexperiment.jsonv2 && go1.27)

package json

import "reflect"

// writesItself reports whether t has a method that only a later encoding/json
// knows. This one knows none.
func writesItself(reflect.Type, bool) bool { return false }

// replacement is what stands for a byte that is not UTF-8.
const replacement = `\ufffd`
