package json

import (
	stdjson "encoding/json"
	"errors"
	"math"
	"testing"
)

func TestMarshalErrorParts(t *testing.T) {
	for _, v := range []any{badJSON("error"), badText("text"), badJSON("{"), math.NaN(), float32(math.Inf(1)), make(chan int), struct{ B *badText }{ptr(badText("t"))}} {
		_, want := stdjson.Marshal(v)
		_, got := Marshal(v)
		var wantM, gotM *MarshalerError
		if errors.As(want, &wantM) && (!errors.As(got, &gotM) || gotM.Type != wantM.Type || gotM.Unwrap().Error() != wantM.Unwrap().Error()) {
			t.Errorf("Marshal(%T): error %#v, want %#v", v, got, want)
		}
		var wantV, gotV *UnsupportedValueError
		if errors.As(want, &wantV) && (!errors.As(got, &gotV) || gotV.Str != wantV.Str || gotV.Value.String() != wantV.Value.String()) {
			t.Errorf("Marshal(%T): error %#v, want %#v", v, got, want)
		}
		var wantT, gotT *UnsupportedTypeError
		if errors.As(want, &wantT) && (!errors.As(got, &gotT) || gotT.Type != wantT.Type) {
			t.Errorf("Marshal(%T): error %#v, want %#v", v, got, want)
		}
	}
}

// TestMarshalDeep encodes what is nested deeper than the depth from which
// encoding/json looks for cycles, without being one.
func TestMarshalDeep(t *testing.T) {
	l, a, m := &list{}, any(1), any("x")
	for i := range 3 * maxDepth {
		l = &list{Next: l, V: i}
		a = []any{a}
		m = map[string]any{"m": m}
	}
	for _, v := range []any{l, a, m, struct{ L, A, M any }{l, a, m}} {
		want, wantErr := stdjson.Marshal(v)
		got, err := Marshal(v)
		compareResult(t, "Marshal", &v, got, err, want, wantErr)
	}
	// The same encoder is used again, and counts from zero.
	compareEncoders(t, []any{1, map[string]any{"a": list{}}})
}

// TestMarshalPanic lets the panic of a method pass, as encoding/json does.
func TestMarshalPanic(t *testing.T) {
	defer func() {
		if r := recover(); r != "oh no" {
			t.Errorf("recovered %v", r)
		}
		compareEncoders(t, []any{1, "a"})
	}()
	Marshal([]any{map[string]any{"x": panicker{}}})
}

type panicker struct{}

func (panicker) MarshalJSON() ([]byte, error) { panic("oh no") }

// TestMarshalInside calls Marshal from a method that Marshal calls.
func TestMarshalInside(t *testing.T) {
	compareEncoders(t, map[string]any{"a": inside{3}, "b": []any{inside{2}, inside{0}}})
}

type inside struct{ n int }

func (v inside) MarshalJSON() ([]byte, error) {
	if v.n == 0 {
		return []byte("0"), nil
	}
	return Marshal(map[string]any{"n": inside{v.n - 1}, "a": []any{v.n}})
}

// TestResultIsOwned changes a result and sees that later ones are not affected.
func TestResultIsOwned(t *testing.T) {
	first, err := Marshal("first result")
	if err != nil {
		t.Fatal(err)
	}
	second, err := Marshal("other result")
	if err != nil {
		t.Fatal(err)
	}
	if string(first) != `"first result"` || string(second) != `"other result"` {
		t.Errorf("results are %q and %q", first, second)
	}
	copy(first, "XXXXXXXXXXXXXXXX")
	third, _ := Marshal("third result")
	if string(second) != `"other result"` || string(third) != `"third result"` {
		t.Errorf("results are %q and %q", second, third)
	}
}

func TestEncoderWriteError(t *testing.T) {
	e := NewEncoder(failingWriter{})
	if err := e.Encode(math.NaN()); err == nil || err == errWrite {
		t.Errorf("Encode(NaN) = %v", err)
	}
	for range 2 {
		if err := e.Encode(1); err != errWrite {
			t.Errorf("Encode = %v, want %v", err, errWrite)
		}
	}
}

var errWrite = errors.New("write")

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errWrite }

// TestUnknownInterfaces takes the way for a Go whose interfaces look different.
func TestUnknownInterfaces(t *testing.T) {
	defer func(known bool) { interfacesAreKnown = known }(interfacesAreKnown)
	if !interfacesAreKnown {
		t.Error("this Go's interfaces are not as expected")
	}
	interfacesAreKnown = false
	for _, v := range encodeCases() {
		compareEncoders(t, v)
	}
	for _, v := range encodeErrors() {
		compareEncoders(t, v)
	}
}
