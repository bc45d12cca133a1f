// Package convert reads Go values from the strings of paths, queries and forms.
package convert

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error says why a string is not a value of the type, in words for a client.
type Error struct{ Detail string }

func (e *Error) Error() string { return e.Detail }

// TypeError says that no string can be read into the type.
type TypeError struct{ Type reflect.Type }

func (e *TypeError) Error() string {
	return fmt.Sprintf("a %v can't be read from a string: use a string, bool or number type, or give it UnmarshalText", e.Type)
}

// Set reads s into v, which must be addressable: a string, bool, integer or
// float kind, a pointer to one, or an encoding.TextUnmarshaler. The error is an
// *Error or a *TypeError.
func Set(v reflect.Value, s string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(s)); err != nil {
			return wrong(s, "a valid value")
		}
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Bool:
		return setBool(v, s)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return setInt(v, s)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return setUint(v, s)
	case reflect.Float32, reflect.Float64:
		return setFloat(v, s)
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		if err := Set(p.Elem(), s); err != nil {
			return err
		}
		v.Set(p)
	default:
		return &TypeError{Type: v.Type()}
	}
	return nil
}

func setBool(v reflect.Value, s string) error {
	b, err := strconv.ParseBool(s)
	if err != nil {
		return wrong(s, "true or false")
	}
	v.SetBool(b)
	return nil
}

func setInt(v reflect.Value, s string) error {
	n, err := strconv.ParseInt(s, 10, v.Type().Bits())
	if err != nil {
		return wrong(s, fmt.Sprintf("an integer of %d bits", v.Type().Bits()))
	}
	v.SetInt(n)
	return nil
}

func setUint(v reflect.Value, s string) error {
	n, err := strconv.ParseUint(s, 10, v.Type().Bits())
	if err != nil {
		return wrong(s, fmt.Sprintf("a non-negative integer of %d bits", v.Type().Bits()))
	}
	v.SetUint(n)
	return nil
}

// setFloat takes decimal numbers only. NaN would pass a check such as
// "x < 0 || x > 100", and JSON can't write it, nor an infinity.
func setFloat(v reflect.Value, s string) error {
	f, err := strconv.ParseFloat(s, v.Type().Bits())
	if err != nil || strings.Trim(s, "+-.0123456789eE") != "" {
		return wrong(s, "a number")
	}
	v.SetFloat(f)
	return nil
}

// shown is how much of a wrong value comes back in an error.
const shown = 64

func wrong(s, want string) error {
	if len(s) > shown {
		end := shown
		for end > shown-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end] + "..."
	}
	return &Error{Detail: fmt.Sprintf("%q is not %s", s, want)}
}
