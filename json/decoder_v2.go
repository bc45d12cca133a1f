//go:build goexperiment.jsonv2 && go1.27

package json

import (
	"encoding/json"
	"io"
)

// A Decoder reads JSON values one after another from a stream, as
// [json.Decoder] does. It is not safe for concurrent use.
//
// It may read more from the stream than the values asked for; see
// [Decoder.Buffered]. A value must fit in memory.
//
// In this release encoding/json stands on json/v2, which finds the values of a
// stream fast enough, and has rules of its own about where its errors lie. So it
// is left to find them.
type Decoder struct {
	std  *json.Decoder
	mode mode
	raw  json.RawMessage
}

// NewDecoder returns a Decoder that reads from r.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{std: json.NewDecoder(r)} }

// UseNumber makes Decode store a number in an interface as a [Number], not a
// float64.
func (dec *Decoder) UseNumber() {
	dec.std.UseNumber()
	dec.mode |= modeNumber
}

// DisallowUnknownFields makes Decode refuse a key that a struct has no field for.
func (dec *Decoder) DisallowUnknownFields() {
	dec.std.DisallowUnknownFields()
	dec.mode |= modeKnown
}

// Arena makes Decode store strings as [UnmarshalOptions].Arena says.
func (dec *Decoder) Arena() { dec.mode |= modeArena }

// Decode reads the next value into the value that v points to; see [Unmarshal].
// At the end of the stream the error is [io.EOF], and [io.ErrUnexpectedEOF] if a
// value has begun.
func (dec *Decoder) Decode(v any) error {
	if err := dec.std.Decode(&dec.raw); err != nil {
		return err
	}
	return unmarshal(dec.raw, v, dec.mode|modeChecked)
}

// Buffered returns what was read from the stream and not yet decoded. It is
// valid until the next call of Decode or Token.
func (dec *Decoder) Buffered() io.Reader { return dec.std.Buffered() }

// InputOffset returns how many bytes of the stream lie before what is read next.
func (dec *Decoder) InputOffset() int64 { return dec.std.InputOffset() }

// More reports whether the array or object that Token has entered, or the
// stream, has another value.
func (dec *Decoder) More() bool { return dec.std.More() }

// Token returns the next token of the stream: a [Delim], bool, float64,
// [Number], string or nil. It passes commas and colons, and makes sure that they
// are where they must be and that brackets match. At the end of the stream the
// error is [io.EOF].
func (dec *Decoder) Token() (Token, error) { return dec.std.Token() }
