//go:build !(goexperiment.jsonv2 && go1.27)

package json

import "reflect"

// readsItself reports whether encoding/json knows a way for ptr to read itself
// beside Unmarshaler and TextUnmarshaler. Without json/v2 there is none.
func readsItself(reflect.Type) bool { return false }

// stdIsV2 tells that encoding/json stands on json/v2.
const stdIsV2 = false
