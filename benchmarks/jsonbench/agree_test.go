package jsonbench

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"testing"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// TestAgree: all read each document to the value that encoding/json reads, and
// write what encoding/json reads back to the value that was written.
func TestAgree(t *testing.T) {
	for _, d := range slices.Concat(corpus.Documents(), corpus.Tiny()) {
		t.Run(d.Name, func(t *testing.T) {
			typed, free := d.New(), new(any)
			must(t, std.unmarshal(d.Bytes(), typed))
			must(t, std.unmarshal(d.Bytes(), free))
			for _, p := range peersFor("") {
				t.Run(p.name, func(t *testing.T) {
					agree(t, p, d.Bytes(), typed, d.New)
					agree(t, p, d.Bytes(), free, func() any { return new(any) })
					checkStream(t, p, d.Bytes(), typed, d.New)
					checkValid(t, p, bytes.TrimSpace(d.Bytes()))
					checkCompact(t, p, d.Bytes())
				})
			}
		})
	}
}

// agree holds one package against want, which encoding/json made of doc.
func agree(t *testing.T, p peer, doc []byte, want any, blank func() any) {
	source, got := slices.Clone(doc), blank()
	must(t, p.unmarshal(source, got))
	clear(source) // nobody may point into it
	same(t, "Unmarshal", got, want)
	out, err := p.marshal(want)
	must(t, err)
	back := blank()
	must(t, std.unmarshal(out, back))
	same(t, "Marshal, read back,", back, want)
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s of a %T differs from encoding/json's:\ngot  %.300v\nwant %.300v", what, want, got, want)
	}
}

func checkStream(t *testing.T, p peer, doc []byte, want any, blank func() any) {
	read := 0
	p.stream(t, bytes.NewReader(repeated(doc, 2)), blank, func(v any) { same(t, "Decode", v, want); read++ })
	if read != 2 {
		t.Errorf("Decode read %d values, want 2", read)
	}
}

func checkCompact(t *testing.T, p peer, doc []byte) {
	if p.compact == nil {
		return
	}
	var got, want bytes.Buffer
	must(t, p.compact(&got, doc))
	must(t, std.compact(&want, doc))
	if !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Errorf("Compact(%.80s) = %.300s, want %.300s", doc, got.Bytes(), want.Bytes())
	}
}

// checkValid asks for the document and for all but its last byte. jsoniter wants
// something behind a number.
func checkValid(t *testing.T, p peer, doc []byte) {
	if len(doc) == 1 && p.name == "jsoniter" {
		return
	}
	if !p.valid(doc) {
		t.Errorf("Valid(%.80s) = false", doc)
	}
	if short := doc[:len(doc)-1]; p.valid(short) {
		t.Errorf("Valid(%.80s) without its last byte = true", doc)
	}
}

// stream decodes documents until there are no more, and hands over each.
func (p peer) stream(t testing.TB, r io.Reader, blank func() any, each func(any)) {
	t.Helper()
	next := p.newDecoder(only{r})
	for {
		v := blank()
		err := next(v)
		if errors.Is(err, io.EOF) {
			return
		}
		must(t, err)
		each(v)
	}
}

// repeated is doc and a newline, n times.
func repeated(doc []byte, n int) []byte {
	return bytes.Repeat(append(slices.Clip(doc), '\n'), n)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
