package json

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// chunks is a reader that gives a text in pieces of sizes that depend on seed.
type chunks struct {
	text string
	seed uint32
	err  error
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.text == "" {
		return 0, c.err
	}
	c.seed = c.seed*1664525 + 1013904223
	n := min(1+int(c.seed>>24)%9, len(c.text), len(p))
	if c.seed>>20&7 == 0 {
		n = min(len(c.text), len(p))
	}
	copy(p, c.text[:n])
	c.text = c.text[n:]
	if c.text == "" && c.seed&64 != 0 {
		return n, c.err
	}
	return n, nil
}

// anyDecoder is what both packages' decoders do.
type anyDecoder interface {
	Decode(any) error
	Token() (json.Token, error)
	More() bool
	Buffered() io.Reader
	InputOffset() int64
	UseNumber()
	DisallowUnknownFields()
}

// decoderTrace is what a decoder does when it is asked what ops say.
func decoderTrace(dec anyDecoder, ops string) (trace []string, errs []error) {
	for _, op := range ops {
		var err error
		var v any
		switch op {
		case 'd':
			err = dec.Decode(&v)
		case 's':
			var s struct{ A, B int }
			err = dec.Decode(&s)
			v = s
		case 'i':
			var i int
			err = dec.Decode(&i)
			v = i
		case 't':
			v, err = dec.Token()
		case 'm':
			v = dec.More()
		case 'o':
			v = dec.InputOffset()
		case 'n':
			dec.UseNumber()
		case 'u':
			dec.DisallowUnknownFields()
		case 'b':
			b, _ := io.ReadAll(dec.Buffered())
			v = string(b)
		}
		trace = append(trace, fmt.Sprintf("%c: %T %v, %T %v", op, v, v, err, err))
		errs = append(errs, err)
	}
	return trace, errs
}

func checkDecoder(t *testing.T, text, ops string, seed uint32) {
	t.Helper()
	readErr := io.EOF
	if seed%5 == 0 {
		readErr = errors.New("read error")
	}
	want, wantErrs := decoderTrace(json.NewDecoder(&chunks{text, seed, readErr}), ops)
	got, gotErrs := decoderTrace(NewDecoder(&chunks{text, seed, readErr}), ops)
	for i := range want {
		if got[i] != want[i] || !sameError(gotErrs[i], wantErrs[i]) {
			t.Errorf("decoder on %q, ops %q, seed %d, op %d:\n  got %s %#v\n want %s %#v", text, ops, seed, i, got[i], gotErrs[i], want[i], wantErrs[i])
			return
		}
	}
}

var streams = []string{
	``, ` `, `1`, `1 2 3`, `1"a"{}[]null true`, `{"a":1} {"A":2,"b":3}` + "\n" + `{"a":"x"} {"a":4}`, `[1,2,{"a":[3]},"x"]`, `{"a":1,"b":[true,null],"c":{"d":{}}}`,
	`[1,2`, `{"a":`, `{"a"`, `{"a":1,`, `[}`, `{]`, `]`, `}`, `,`, `:`, `[,]`, `[1,,2]`, `{"a",1}`, `{1:2}`, `{"a":1 "b"}`, `[1 2]`, `[1:2]`, `{"a"::1}`, `{:1}`, `{,}`,
	`01`, `1.`, `1.e`, `-`, `1e5.3`, `1e`, `tru`, `trux`, `nulll`, `"abc`, `"\x"`, `"\u12g"`, "\"a\nb\"", `"a" "b"`, `x`, `[x]`, `{"a":x}`, `{x}`, `[1]x`, `{"a":1}}`,
	`[[[[]]]]`, `[{"k":"v"},{"k":2}]`, `{"a":300000000000000000000}`, `1e999 2`, `[1e999,2]`, `"\ud83d\ude00" "\ud83d"`, strings.Repeat(`{"a":1}`+"\n", 200), `{"big":"` + strings.Repeat("x", 3000) + `"} 2`,
	strings.Repeat("[", 10001), "\xff", "[\xff", "1\x00", ` [ 1 , "a" ] `,
}

func TestDecoder(t *testing.T) {
	for _, text := range streams {
		for _, ops := range []string{
			"dododododod", "tototototototototot", "mtmtmtmtmtmtmtmtmtmt", "tdtdtdtdtdtdtdt", "ttdtdtdmtmtmd", "tmdmdmdmdmtot", "sosososos", "iiiioi", "ndtdtdt", "ususust", "tttsttitot", "dbdbdb", "tdodbt", strings.Repeat("s", 210),
		} {
			for seed := range uint32(6) {
				checkDecoder(t, text, ops, seed)
			}
		}
	}
}

// A value is returned as soon as it is complete, and a mistake as soon as it is
// seen: the stream may stay open.
func TestDecoderDoesNotWait(t *testing.T) {
	for _, text := range []string{`{"a":1}`, `[1]`, `{"a" x`, `[1 2`, `tx`, `"a" `, `1 `, "{\"a\":\"\n"} {
		r, w := io.Pipe()
		go func() { _, _ = io.WriteString(w, text) }()
		var v any
		_ = NewDecoder(r).Decode(&v) // hangs if it waits for more
		_ = w.Close()
	}
}

func TestDecoderUnread(t *testing.T) {
	dec := NewDecoder(strings.NewReader(`{"a":1} rest`))
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if b, _ := io.ReadAll(dec.Buffered()); string(b) != " rest" {
		t.Errorf("Buffered() = %q, want %q", b, " rest")
	}
}

func FuzzDecoder(f *testing.F) {
	for i, text := range streams {
		f.Add(text, "tdmtsob", uint32(i))
	}
	f.Fuzz(func(t *testing.T, text, ops string, seed uint32) {
		checkDecoder(t, text, ops[:min(len(ops), 40)], seed)
	})
}
