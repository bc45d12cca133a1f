package covet

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"

	"github.com/covetgo/covet/json"
)

// Codec turns values into JSON and back. It must be safe for concurrent use.
type Codec interface {
	// Append appends v to dst and returns the extended slice. dst is recycled:
	// it must not be kept.
	Append(dst []byte, v any) ([]byte, error)
	// Decode reads data, which is all of one document, into v, a non-nil
	// pointer. It must not keep data. An *Error is shown to the client; any
	// other error becomes a 400 without detail.
	Decode(data []byte, v any) error
}

// JSONCodec is the default [Codec]: covet's json package, with encoding/json's
// meaning and a stricter ear. Beside what [json.Unmarshal] refuses, a request
// body is refused when an object has one key twice, or has a key that differs
// from a field's name only in case, which encoding/json would take for it. Both
// have let attackers past checks that read the body another way. Unknown keys
// are ignored.
type JSONCodec struct{}

// Append appends v as [json.Encoder] writes it: HTML characters escaped, with
// a newline at the end.
func (JSONCodec) Append(dst []byte, v any) ([]byte, error) {
	out, err := json.AppendMarshal(dst, v)
	if err != nil {
		return dst, err
	}
	return append(out, '\n'), nil
}

// Decode reads data into v. Its errors are *Error with status 400 and the place
// as a byte offset or a JSON pointer.
func (JSONCodec) Decode(data []byte, v any) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return &Error{Status: http.StatusBadRequest, Code: "body_missing", Detail: "the request body is empty, JSON is expected", Err: io.ErrUnexpectedEOF}
	}
	if err := json.UnmarshalStrict(data, v); err != nil {
		return jsonError(data, err)
	}
	return nil
}

// jsonError puts a decoding error into words for the client.
func jsonError(data []byte, err error) error {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	var key *json.KeyError
	switch {
	case errors.As(err, &syntax):
		return &Error{
			Status: http.StatusBadRequest,
			Code:   "json_syntax",
			Detail: fmt.Sprintf("malformed JSON at offset %d: %s", syntax.Offset, syntax),
			Err:    err,
		}
	case errors.As(err, &wrong):
		return badField("json_type", json.Pointer(data, wrong.Offset), typeDetail(wrong), err)
	case errors.As(err, &key):
		return badField("json_key", key.Pointer, key.Detail, err)
	}
	// A field's own UnmarshalJSON or UnmarshalText: its text is for the log.
	return &Error{Status: http.StatusBadRequest, Code: "json_value", Detail: "a value in the JSON body is not valid", Err: err}
}

func badField(code, pointer, detail string, err error) *Error {
	return &Error{
		Status: http.StatusBadRequest,
		Code:   code,
		Detail: "the JSON body does not fit",
		Fields: []FieldError{{Pointer: pointer, Detail: detail}},
		Err:    err,
	}
}

// typeDetail says what was found and what is wanted, in JSON's words.
func typeDetail(e *json.UnmarshalTypeError) string {
	return fmt.Sprintf("want %s, got %s", jsonKind(e.Type), e.Value)
}

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

func jsonKind(t reflect.Type) string {
	if reflect.PointerTo(t).Implements(textUnmarshaler) {
		return "a string"
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return fmt.Sprintf("an integer of %d bits", t.Bits())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprintf("a non-negative integer of %d bits", t.Bits())
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			return "a base64 string"
		}
		return "an array"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return "a string"
}
