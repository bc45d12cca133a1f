package json

import (
	"bytes"
	"encoding/json"
	"sync"
)

// Marshal returns the JSON of v, byte for byte as [json.Marshal] writes it.
//
// The characters <, > and & and U+2028 and U+2029 in strings are escaped,
// invalid UTF-8 is replaced by U+FFFD, and map keys are sorted. Channels, functions, complex
// numbers, NaN, infinities and values that contain themselves are errors
// ([UnsupportedTypeError], [UnsupportedValueError]), and so is what a MarshalJSON
// or MarshalText method returns as one ([MarshalerError]).
//
// The result belongs to the caller. Marshal may be called concurrently, even
// with the same v, as long as nothing changes it.
func Marshal(v any) ([]byte, error) {
	e := newEncoder(true)
	size := rootSize(v)
	if hint := size.hint(); hint > 0 {
		return e.marshalTo(append([]byte(nil), make([]byte, hint)...)[:0], hint, v, size)
	}
	b, err := e.encode(e.buf[:0], v)
	if err != nil {
		e.release(e.buf)
		return nil, err
	}
	size.learn(len(b))
	out := append([]byte(nil), b...)
	e.release(b)
	return out, nil
}

// marshalTo is Marshal into dst, fresh memory of the size that is expected, hint
// bytes and what the allocator adds: without the copy, large documents pass the
// caches once less. If the size turns out to be another one, there is a copy as
// usual.
func (e *encoder) marshalTo(dst []byte, hint int, v any, size *resultSize) ([]byte, error) {
	b, err := e.encode(dst, v)
	if err != nil {
		e.release(e.buf)
		return nil, err
	}
	size.learn(len(b))
	grown := cap(b) != cap(dst)
	if !grown && len(b) >= hint-hint/16 {
		e.release(e.buf)
		return b, nil
	}
	out := append([]byte(nil), b...)
	if grown {
		e.release(b)
	} else {
		e.release(e.buf)
	}
	return out, nil
}

// MarshalIndent is [Marshal] followed by [Indent].
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	e := newEncoder(true)
	b, err := e.encode(e.buf[:0], v)
	if err != nil {
		e.release(e.buf)
		return nil, err
	}
	out, err := appendIndent(make([]byte, 0, indentGrowth*len(b)), b, prefix, indent)
	e.release(b)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// AppendMarshal appends the JSON of v to dst and returns the extended slice. The
// JSON is that of [Marshal]. If dst has the capacity, and v is a pointer and has
// no methods that allocate, nothing is allocated.
//
// On an error dst is returned as it was. Bytes of dst's capacity beyond the
// result may have been overwritten in either case.
func AppendMarshal(dst []byte, v any) ([]byte, error) {
	if cap(dst) == 0 {
		b, err := Marshal(v)
		if err != nil {
			return dst, err
		}
		return b, nil
	}
	e := newEncoder(true)
	b, err := e.encode(dst, v)
	e.release(e.buf)
	if err != nil {
		return dst, err
	}
	return b, nil
}

// An encoder is the state of one call. It is pooled.
type encoder struct {
	buf     []byte // recycled
	html    bool
	depth   int   // of plans that may contain themselves, and of interfaces
	failure error // set before the panic that ends the encoding
	root    any
	maps    mapScratch
}

// maxDepth is where the encoder gives up and leaves the value to encoding/json,
// which then looks for cycles. It is encoding/json's own measure.
const maxDepth = 1000

// maxPooled is the largest buffer that is kept: a buffer grows by doubling, so
// documents of up to 1 MB find theirs again.
const maxPooled = 2 << 20

var encoders sync.Pool

func newEncoder(html bool) *encoder {
	e, ok := encoders.Get().(*encoder)
	if !ok {
		e = &encoder{buf: make([]byte, 0, 1024)}
	}
	e.html = html
	return e
}

// release gives the encoder back, with b as its buffer.
func (e *encoder) release(b []byte) {
	e.root = nil
	e.buf = b
	if cap(b) > maxPooled {
		e.buf = make([]byte, 0, 1024)
	}
	encoders.Put(e)
}

// encode appends the JSON of v to dst.
//
// An error ends the encoding by a panic: a check after each step would cost more
// than everything else about errors. The panic of a method of v passes through,
// and the encoder is not used again.
func (e *encoder) encode(dst []byte, v any) (b []byte, err error) {
	defer func() {
		if e.failure != nil {
			_ = recover()
			b, err = e.settle(dst, v)
		}
	}()
	e.root = v
	return e.rootValue(dst), nil
}

// fail ends the encoding.
func (e *encoder) fail(err error) {
	e.failure = err
	panic(err)
}

// settle cleans up after fail. A value that is too deep is encoded once more, by
// encoding/json. Where that stands on json/v2, so is every value that failed: it
// has its own errors, and writes a few things that this package leaves to it.
func (e *encoder) settle(dst []byte, v any) ([]byte, error) {
	err := e.failure
	e.failure, e.depth = nil, 0
	e.maps.reset()
	if err == errTooDeep || stdIsV2 && err != errEndless {
		return e.standard(dst, v)
	}
	return dst, err
}

// standard appends what encoding/json makes of v.
func (e *encoder) standard(dst []byte, v any) ([]byte, error) {
	var buf bytes.Buffer
	std := json.NewEncoder(&buf)
	std.SetEscapeHTML(e.html)
	if err := std.Encode(v); err != nil {
		return dst, err
	}
	return append(dst, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...), nil
}

// grow makes room for n more bytes. It at least doubles the buffer, and not by
// append's rule, which would miss maxPooled. It is rare, and inlined it would take
// registers from its callers.
//
//go:noinline
func grow(b []byte, n int) []byte {
	larger := make([]byte, len(b), max(2*cap(b), len(b)+n))
	copy(larger, b)
	return larger
}
