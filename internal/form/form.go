// Package form fills structs from the values and files of HTML forms.
package form

import (
	"encoding"
	"errors"
	"fmt"
	"mime/multipart"
	"reflect"
	"strings"

	"github.com/covetgo/covet/internal/convert"
)

// Error is a value that does not fit its field.
type Error struct {
	Field  string // the form's name for it
	Detail string
}

func (e *Error) Error() string { return fmt.Sprintf("form field %q: %s", e.Field, e.Detail) }

var (
	fileType  = reflect.TypeFor[*multipart.FileHeader]()
	filesType = reflect.TypeFor[[]*multipart.FileHeader]()

	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// Decode sets the fields of the struct that v points to. A field takes the
// values under the name in its tag "form", else under its own name; "-" takes
// none. A slice takes all values, anything else the first. Fields of embedded
// structs count as the outer one's. Names that no field has are ignored. Wrong
// values give an *Error; any other error means that v is unsuitable.
func Decode(v any, values map[string][]string, files map[string][]*multipart.FileHeader) error {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() || p.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("covet: Bind of a form needs a pointer to a struct, not %T", v)
	}
	return decodeStruct(p.Elem(), values, files)
}

func decodeStruct(s reflect.Value, values map[string][]string, files map[string][]*multipart.FileHeader) error {
	for i := range s.NumField() {
		f := s.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("form"), ",")
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			if err := decodeStruct(s.Field(i), values, files); err != nil {
				return err
			}
			continue
		}
		if !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		if err := decodeField(s.Field(i), name, values[name], files[name]); err != nil {
			return err
		}
	}
	return nil
}

func decodeField(f reflect.Value, name string, values []string, files []*multipart.FileHeader) error {
	switch {
	case f.Type() == filesType:
		f.Set(reflect.ValueOf(files))
	case f.Type() == fileType:
		if len(files) > 0 {
			f.Set(reflect.ValueOf(files[0]))
		}
	case len(values) == 0:
	case f.Kind() == reflect.Slice && !convertible(f):
		return decodeSlice(f, name, values)
	default:
		return fieldError(name, set(f, values[0]))
	}
	return nil
}

// set is convert.Set, to which a browser's "on" is true: it is what a checked
// checkbox sends that was given no value.
func set(f reflect.Value, value string) error {
	t := f.Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if value == "on" && t.Kind() == reflect.Bool && !reflect.PointerTo(t).Implements(textUnmarshaler) {
		value = "true"
	}
	return convert.Set(f, value)
}

// convertible reports whether a slice type reads itself from one string, as
// net.IP does.
func convertible(f reflect.Value) bool {
	return f.Addr().Type().Implements(textUnmarshaler)
}

func decodeSlice(f reflect.Value, name string, values []string) error {
	s := reflect.MakeSlice(f.Type(), len(values), len(values))
	for i, value := range values {
		if err := set(s.Index(i), value); err != nil {
			return fieldError(name, err)
		}
	}
	f.Set(s)
	return nil
}

func fieldError(name string, err error) error {
	var bad *convert.Error
	if errors.As(err, &bad) {
		return &Error{Field: name, Detail: bad.Detail}
	}
	if err != nil {
		return fmt.Errorf("covet: form field %q: %w", name, err)
	}
	return nil
}
