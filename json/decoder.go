//go:build !(goexperiment.jsonv2 && go1.27)

package json

import (
	"bytes"
	"encoding/json"
	"io"
)

// A Decoder reads JSON values one after another from a stream, as
// [json.Decoder] does. It is not safe for concurrent use.
//
// It may read more from the stream than the values asked for; see
// [Decoder.Buffered]. A value must fit in memory. After a syntax error, or an
// error of the stream, Decode fails for ever; after a value that does not fit its
// target the next one can be read.
type Decoder struct {
	r       io.Reader
	buf     []byte
	pos     int   // start of what is unread in buf
	passed  int64 // bytes of the stream before buf
	scanned int64 // bytes in values so far: what syntax errors count from
	err     error
	mode    mode
	scan    streamScanner

	state tokenState
	outer []tokenState // of the arrays and objects around
}

// NewDecoder returns a Decoder that reads from r.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

// UseNumber makes Decode store a number in an interface as a [Number], not a
// float64.
func (dec *Decoder) UseNumber() { dec.mode |= modeNumber }

// DisallowUnknownFields makes Decode refuse a key that a struct has no field for.
func (dec *Decoder) DisallowUnknownFields() { dec.mode |= modeKnown }

// Arena makes Decode store strings as [UnmarshalOptions].Arena says.
func (dec *Decoder) Arena() { dec.mode |= modeArena }

// Decode reads the next value into the value that v points to; see [Unmarshal].
// At the end of the stream the error is [io.EOF], and [io.ErrUnexpectedEOF] if a
// value has begun.
func (dec *Decoder) Decode(v any) error {
	if dec.err != nil {
		return dec.err
	}
	if err := dec.separator(); err != nil {
		return err
	}
	if !dec.state.takesValue() {
		return dec.state.decodeError(' ', dec.InputOffset())
	}
	n, err := dec.readValue()
	if err != nil {
		return err
	}
	value := dec.buf[dec.pos : dec.pos+n]
	dec.pos += n
	err = unmarshal(value, v, dec.mode|modeChecked)
	dec.state = dec.state.afterValue()
	return err
}

// separator passes the comma or colon before a value in an array or object that
// Token has entered.
func (dec *Decoder) separator() error {
	var want byte
	switch dec.state {
	case arrayComma:
		want = ','
	case objectColon:
		want = ':'
	default:
		return nil
	}
	c, err := dec.peek()
	if err != nil {
		return err
	}
	if c != want {
		return dec.state.decodeError(c, dec.InputOffset())
	}
	dec.pos++
	dec.state = dec.state.afterSeparator()
	return nil
}

// readValue reads until a whole value is in buf, and returns its length, white
// space before it included.
func (dec *Decoder) readValue() (int, error) {
	dec.scan.reset()
	var readErr error
	for n := 0; ; {
		k, done, ok := dec.scan.scan(dec.buf[dec.pos+n:])
		n += k
		switch {
		case !ok:
			dec.err = dec.syntaxError()
			return 0, dec.err
		case done:
			dec.scanned += int64(n)
			return n, nil
		case readErr == io.EOF && dec.scan.ends():
			dec.scanned += int64(n)
			return n, nil
		case readErr != nil:
			if readErr == io.EOF && len(bytes.TrimLeft(dec.buf, " \t\r\n")) > 0 {
				readErr = io.ErrUnexpectedEOF
			}
			dec.err = readErr
			return 0, readErr
		}
		readErr = dec.refill()
	}
}

// syntaxError is encoding/json's word on what is in buf.
func (dec *Decoder) syntaxError() error {
	var raw json.RawMessage
	err := json.NewDecoder(bytes.NewReader(dec.buf[dec.pos:])).Decode(&raw)
	return moveSyntaxError(err, func(offset int64) int64 { return dec.scanned + offset })
}

// moveSyntaxError returns err, if it is a *SyntaxError with another offset.
func moveSyntaxError(err error, move func(int64) int64) error {
	if e, ok := err.(*SyntaxError); ok {
		moved := *e
		moved.Offset = move(e.Offset)
		return &moved
	}
	return err
}

// refill reads from the stream, after making room.
func (dec *Decoder) refill() error {
	if dec.pos > 0 {
		dec.passed += int64(dec.pos)
		dec.buf = dec.buf[:copy(dec.buf, dec.buf[dec.pos:])]
		dec.pos = 0
	}
	const minRead = 512
	if cap(dec.buf)-len(dec.buf) < minRead {
		grown := make([]byte, len(dec.buf), 2*cap(dec.buf)+minRead)
		copy(grown, dec.buf)
		dec.buf = grown
	}
	n, err := dec.r.Read(dec.buf[len(dec.buf):cap(dec.buf)])
	dec.buf = dec.buf[:len(dec.buf)+n]
	return err
}

// Buffered returns what was read from the stream and not yet decoded. It is
// valid until the next call of Decode or Token.
func (dec *Decoder) Buffered() io.Reader { return bytes.NewReader(dec.buf[dec.pos:]) }

// InputOffset returns how many bytes of the stream lie before what is read next.
func (dec *Decoder) InputOffset() int64 { return dec.passed + int64(dec.pos) }

// More reports whether the array or object that Token has entered, or the
// stream, has another value.
func (dec *Decoder) More() bool {
	c, err := dec.peek()
	return err == nil && c != ']' && c != '}'
}

// peek returns the next byte that is not white space, and leaves it unread.
func (dec *Decoder) peek() (byte, error) {
	var err error
	for {
		for i, c := range dec.buf[dec.pos:] {
			if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
				dec.pos += i
				return c, nil
			}
		}
		if err != nil {
			return 0, err
		}
		err = dec.refill()
	}
}
