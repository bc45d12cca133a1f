package json

import "io"

// An Encoder writes JSON values to a stream, each with a newline behind it. It is
// not safe for concurrent use.
type Encoder struct {
	w      io.Writer
	err    error
	html   bool
	prefix string
	indent string
	lines  []byte // recycled
}

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w, html: true} }

// Encode writes the JSON of v, as [Marshal] makes it, and a newline to the
// stream, in one call of Write. The writer must not keep what it is given.
//
// After an error of the writer, which comes back as it is, every further call
// returns that error. An error about v writes nothing and does no harm.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	e := newEncoder(enc.html)
	b, err := e.encode(e.buf[:0], v)
	if err != nil {
		e.release(e.buf)
		return err
	}
	b = append(b, '\n')
	out := b
	if enc.prefix != "" || enc.indent != "" {
		enc.lines, err = appendIndent(enc.lines[:0], b, enc.prefix, enc.indent)
		out = enc.lines
	}
	if err == nil {
		_, err = enc.w.Write(out)
		enc.err = err
	}
	e.release(b)
	return err
}

// SetIndent makes Encode write as [Indent] does with these arguments. Two empty
// strings, as at first, mean no indenting.
func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// SetEscapeHTML says whether <, > and & in strings are escaped, as they are at
// first. U+2028 and U+2029 always are.
func (enc *Encoder) SetEscapeHTML(on bool) { enc.html = on }
