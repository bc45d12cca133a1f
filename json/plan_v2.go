//go:build goexperiment.jsonv2 && go1.27

package json

import (
	jsonv2 "encoding/json/v2"
	"reflect"
)

var unmarshalerFromType = reflect.TypeFor[jsonv2.UnmarshalerFrom]()

// readsItself reports whether encoding/json, which stands on json/v2 here, lets
// ptr read itself from a stream of tokens.
func readsItself(ptr reflect.Type) bool { return ptr.Implements(unmarshalerFromType) }

// stdIsV2 tells that encoding/json stands on json/v2.
const stdIsV2 = true
