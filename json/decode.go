package json

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
)

// Unmarshal reads the JSON document data into the value that v, a non-nil
// pointer, points to. It means what [json.Unmarshal] means, to the letter: the
// same rules for names, null, existing maps, slices, pointers and interfaces,
// the same limit of 10,000 nested arrays and objects, the same errors.
//
// After a syntax error the target is untouched. After a value that does not fit
// its type the rest has been read all the same, and the error is an
// [*UnmarshalTypeError] for the first such value. To find the error the
// document is then read a second time, by encoding/json: an UnmarshalJSON or
// UnmarshalText method may run twice, where encoding/json runs it once.
//
// Nothing in the target refers to data afterwards. The strings of a document of
// up to 4 KiB share memory, of up to half its size, so one that is kept holds on
// to others; those of a larger one are separate.
func Unmarshal(data []byte, v any) error { return unmarshal(data, v, 0) }

// UnmarshalOptions are choices for [UnmarshalWith].
type UnmarshalOptions struct {
	// UseNumber stores a number in an interface as a [Number], not a float64.
	UseNumber bool

	// DisallowUnknownFields refuses a key that a struct has no field for.
	DisallowUnknownFields bool

	// Arena stores the strings of a large document in shared chunks of 8 KiB,
	// which saves most allocations. One string that is kept holds on to its
	// chunk.
	Arena bool
}

// UnmarshalWith is [Unmarshal] with options. Nil means none.
func UnmarshalWith(data []byte, v any, opts *UnmarshalOptions) error {
	if opts == nil {
		return unmarshal(data, v, 0)
	}
	var m mode
	if opts.UseNumber {
		m |= modeNumber
	}
	if opts.DisallowUnknownFields {
		m |= modeKnown
	}
	if opts.Arena {
		m |= modeArena
	}
	return unmarshal(data, v, m)
}

// mode is how a document is read.
type mode uint8

const (
	modeNumber  mode = 1 << iota // numbers in interfaces as Number
	modeKnown                    // refuse unknown keys
	modeArena                    // strings in chunks
	modeStrict                   // find out whether keys need checking
	modeChecked                  // the syntax is known to be right
)

// maxDocument is the largest document that is indexed: positions have 32 bits.
const maxDocument = math.MaxInt32

// stdValid is encoding/json's Valid.
func stdValid(data []byte) bool { return json.Valid(data) }

func unmarshal(data []byte, v any, m mode) error {
	_, err := unmarshalNoting(data, v, m)
	return err
}

// unmarshalNoting also reports whether the keys of the document could be such
// that Strict refuses them; if not, there are no repeated or misspelt ones.
//
// A document is decoded without being checked first, though a syntax error must
// leave the target alone: a target of zeros, as most are, is cleared again. Any
// other, and one whose methods might see half a document, has the syntax
// checked first.
//
// Whatever goes wrong is left to encoding/json, which knows what to say, and is
// also asked about all that is too rare to be worth code of our own. This is
// right even if part of the document has been decoded into the target: decoding
// is a sequence of assignments, and doing the first of them again before the
// rest makes no difference.
func unmarshalNoting(data []byte, v any, m mode) (unsure bool, err error) {
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Pointer || rv.IsNil() || len(data) == 0 || len(data) > maxDocument {
		return true, stdUnmarshal(data, v, m)
	}
	t := rv.Type()
	p := planOf(t)
	if p.op <= readNever || t.Name() != "" {
		return true, stdUnmarshal(data, v, m)
	}
	target := rv.UnsafePointer()
	zero := memZero(target, p.size)
	d := newDecoder(data, m)
	if zero && !p.user || m&modeChecked != 0 || d.validFirst() {
		if d.document(target, p) {
			unsure = d.unsure
			d.release()
			return unsure, nil
		}
	}
	d.release()
	if zero {
		rv.Elem().SetZero()
	}
	return true, stdUnmarshal(data, v, m)
}

// stdUnmarshal is encoding/json's word on it.
func stdUnmarshal(data []byte, v any, m mode) error {
	if m&(modeNumber|modeKnown) == 0 {
		return json.Unmarshal(data, v)
	}
	if !json.Valid(data) {
		return json.Unmarshal(data, v) // what stands behind the value counts too
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if m&modeNumber != 0 {
		dec.UseNumber()
	}
	if m&modeKnown != 0 {
		dec.DisallowUnknownFields()
	}
	return dec.Decode(v)
}

// document reads the whole document into the value at p.
func (d *decoder) document(p memory, pl *plan) bool {
	if !d.start() {
		return false
	}
	i := d.value(p, pl, 0)
	return i >= 0 && d.finished(i)
}

// validFirst is valid, for a document that is decoded next.
func (d *decoder) validFirst() bool {
	ok := d.valid()
	d.rewind()
	return ok
}
