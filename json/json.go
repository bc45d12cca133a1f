// Package json encodes and decodes JSON as encoding/json does, faster.
//
// It is a drop-in: change the import path and nothing else.
//
//	b, err := json.Marshal(map[string]int{"a": 1}) // {"a":1}
//	err = json.Unmarshal(b, &v)
//
// # The same meaning
//
// Every document that this package writes is, byte for byte, the one that
// encoding/json writes, and every error has the same type and the same text.
// Struct tags, embedded structs, the order of map keys, the escaping of HTML
// characters, Marshaler and TextMarshaler: all are encoding/json's, and tests
// hold the two against each other.
//
// The interfaces and error types are aliases of encoding/json's, so that a type
// with a MarshalJSON method, a json.RawMessage field or an errors.As on a
// *json.SyntaxError goes on working whichever of the two packages is imported.
//
// # How it is fast
//
// A type is compiled once into a plan: a flat list of steps with memory offsets
// and keys that are already rendered. Strings are scanned, checked and copied
// by package simd. No code is generated at run time and no symbol of the
// runtime is borrowed, so a new Go release does not break it.
package json

import "encoding/json"

// The types that values and callers share with encoding/json.
type (
	// Marshaler is implemented by types that write themselves as JSON.
	Marshaler = json.Marshaler
	// Unmarshaler is implemented by types that read themselves from JSON.
	Unmarshaler = json.Unmarshaler
	// Number is the text of a JSON number.
	Number = json.Number
	// RawMessage is a JSON value that is passed on without being decoded.
	RawMessage = json.RawMessage
	// Token is a [Delim], bool, float64, [Number], string or nil.
	Token = json.Token
	// Delim is one of the four delimiters [ ] { }.
	Delim = json.Delim
)

// The errors, which are encoding/json's own.
type (
	// SyntaxError says where a document is not JSON.
	SyntaxError = json.SyntaxError
	// UnmarshalTypeError says that a value does not fit its Go type.
	UnmarshalTypeError = json.UnmarshalTypeError
	// InvalidUnmarshalError says that the target is not a non-nil pointer.
	InvalidUnmarshalError = json.InvalidUnmarshalError
	// UnsupportedTypeError says that a type can't be written as JSON.
	UnsupportedTypeError = json.UnsupportedTypeError
	// UnsupportedValueError says that a value can't be written as JSON: NaN, an
	// infinity, or a value that contains itself.
	UnsupportedValueError = json.UnsupportedValueError
	// MarshalerError carries the error of a MarshalJSON or MarshalText method.
	MarshalerError = json.MarshalerError
	// InvalidUTF8Error is no longer returned.
	//
	// Deprecated: invalid UTF-8 is replaced by U+FFFD.
	InvalidUTF8Error = json.InvalidUTF8Error //nolint:staticcheck // part of the API
	// UnmarshalFieldError is no longer returned.
	//
	// Deprecated: kept because encoding/json keeps it.
	UnmarshalFieldError = json.UnmarshalFieldError //nolint:staticcheck // part of the API
)
