package covet

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/covetgo/covet/internal/convert"
)

// Param returns the value of a wildcard of the route as a T: a string, bool,
// integer or float type, or one that implements [encoding.TextUnmarshaler].
// Numbers are decimal and must fit; NaN and infinities are none. A value that is
// no T is an *Error with status 400.
func Param[T any](c *Ctx, name string) (T, error) {
	return read[T]("path."+name, c.Param(name))
}

// Query returns the first value of a query parameter as a T, as [Param] does,
// and fallback when the query does not have it or it is empty.
func Query[T any](c *Ctx, name string, fallback T) (T, error) {
	s := c.Query(name)
	if s == "" {
		return fallback, nil
	}
	return read[T]("query."+name, s)
}

func read[T any](source, s string) (v T, err error) {
	err = convert.Set(reflect.ValueOf(&v).Elem(), s)
	if err == nil {
		return v, nil
	}
	var zero T
	var bad *convert.Error
	if !errors.As(err, &bad) {
		return zero, fmt.Errorf("covet: %s: %w", source, err)
	}
	return zero, &Error{
		Status: http.StatusBadRequest,
		Code:   "bad_parameter",
		Detail: "a parameter of the request is not valid",
		Fields: []FieldError{{Source: source, Detail: bad.Detail}},
	}
}
