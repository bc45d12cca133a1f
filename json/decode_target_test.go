package json

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/netip"
	"strings"
	"time"
)

// The types that documents are decoded into, empty and filled.

type scalars struct {
	B   bool
	I   int
	I8  int8
	I16 int16
	I32 int32
	I64 int64
	U   uint
	U8  uint8
	U16 uint16
	U32 uint32
	U64 uint64
	Up  uintptr
	F32 float32
	F64 float64
	S   string
	N   json.Number
	R   json.RawMessage
	A   any
	T   time.Time
	By  []byte
}

type pointers struct {
	B  *bool
	I  **int
	S  *string
	A  *any
	St *scalars
	Sl *[]int
	M  *map[string]int
	T  *time.Time
	R  *json.RawMessage
}

type embedded struct {
	scalars
	*Inner
	*hiddenInner
	Own string `json:"own"`
	I   string // hides scalars.I
}

type Inner struct {
	X, Y int
	Deep *Inner
}

type hiddenInner struct{ Z int }

type quoted struct {
	B   bool        `json:",string"`
	I   int         `json:"i,string"`
	I8  int8        `json:",string"`
	U   uint        `json:",string"`
	F   float64     `json:",string"`
	F32 float32     `json:",string"`
	S   string      `json:",string"`
	P   *int        `json:",string"`
	PP  **string    `json:",string"`
	N   json.Number `json:",string"`
	Sl  []int       `json:",string"`
}

type folding struct {
	Name   string `json:"name"`
	NAME   string
	Kelvin int    `json:"kelvin"`
	Sun    int    `json:"sun"`
	Größe  int    `json:"Größe"`
	Long   string `json:"a_rather_long_field_name_indeed"`
	Long2  string `json:"a_rather_long_field_name_index"`
	Dash   int    `json:"-,"`
	Gone   int    `json:"-"`
}

type mapFields struct {
	SS map[string]string
	SA map[string]any
	SI map[string]int
	IS map[int8]string
	US map[uint16]string
	NS map[named]int
	SM map[string]map[string]string
	ST map[string]Inner
	SP map[string]*Inner
	TS map[mapKeyText]int
	FS map[float64]int
	SL map[string][]int
}

type named string

type mapKeyText struct{ k string }

func (k *mapKeyText) UnmarshalText(b []byte) error {
	if string(b) == "bad" {
		return errors.New("bad key")
	}
	k.k = "<" + string(b) + ">"
	return nil
}

type sliceFields struct {
	I  []int
	F  []float64
	S  []string
	A  []any
	P  []*int
	St []Inner
	SS [][]float64
	By [][]byte
	R  [3]int
	RS [2]string
	E  []struct{}
	Z  [0]int
	NB []nbyte
	B2 [4]byte
	Bo []bool
	U8 []uint16
	N  []json.Number
	Q  []json.RawMessage
	Nm []named
}

type nbyte byte

type reader struct{ got string }

func (r *reader) UnmarshalJSON(b []byte) error {
	if strings.Contains(string(b), "boom") {
		return errors.New("boom")
	}
	r.got = string(b)
	return nil
}

type textReader struct{ got string }

func (r *textReader) UnmarshalText(b []byte) error {
	if strings.Contains(string(b), "boom") {
		return errors.New("boom")
	}
	r.got = string(b)
	return nil
}

type valueReader map[string]int

func (r valueReader) UnmarshalJSON(b []byte) error {
	if r != nil {
		r[string(b)] = len(b) // may run twice where the document is read again
	}
	return nil
}

type intReader int

func (r *intReader) UnmarshalJSON(b []byte) error { *r = intReader(len(b)); return nil }

type methods struct {
	R   reader
	RP  *reader
	RPP **reader
	T   textReader
	TP  *textReader
	V   valueReader
	I   intReader
	RS  []reader
	TS  []textReader
	RM  map[string]reader
	TM  map[string]*textReader
	Big *big.Int
	IP  netip.Addr
	U   struct{ time.Time }
	UP  *struct{ time.Time }
	IQ  intReader `json:",string"`
}

type tree struct {
	Name  string
	Left  *tree
	Kids  []tree
	ByKey map[string]tree
	Any   any
}

type strange struct {
	C  chan int
	F  func()
	X  complex128
	E  error
	St fmt.Stringer
	I  interface{ M() }
}

type taggedHidden struct {
	hiddenInner `json:"hidden"`
	A           int
}

type manyFields struct {
	F00, F01, F02, F03, F04, F05, F06, F07, F08, F09, F10, F11, F12, F13, F14, F15, F16, F17, F18, F19 int
	G00, G01, G02, G03, G04, G05, G06, G07, G08, G09, G10, G11, G12, G13, G14, G15, G16, G17, G18, G19 string
	ProfileBackgroundColor, ProfileBackgroundImage, ProfileBackgroundTile, ProfileBannerURL            string
}

type pointerName *scalars

// targets are the types that documents are decoded into, in all combinations.
var targets = []func() any{
	fresh[any], fresh[scalars], fresh[pointers], fresh[embedded], fresh[quoted], fresh[folding],
	fresh[mapFields], fresh[sliceFields], fresh[methods], fresh[tree], fresh[strange], fresh[taggedHidden],
	fresh[manyFields], fresh[struct{}], fresh[*scalars], fresh[**int], fresh[pointerName],
	fresh[bool], fresh[int], fresh[int8], fresh[uint8], fresh[uint64], fresh[float32], fresh[float64],
	fresh[string], fresh[named], fresh[json.Number], fresh[json.RawMessage], fresh[[]byte], fresh[[]any],
	fresh[[]string], fresh[[]int], fresh[[3]any], fresh[[2]Inner], fresh[[][]int], fresh[[]tree],
	fresh[map[string]any], fresh[map[string]string], fresh[map[int]int], fresh[map[string]Inner],
	fresh[map[mapKeyText]any], fresh[map[named]named], fresh[reader], fresh[textReader], fresh[intReader],
	fresh[[]reader], fresh[valueReader], fresh[time.Time], fresh[error], fresh[chan int], fresh[[]struct{}],
	fresh[struct{ time.Time }], fresh[map[string][]string], fresh[[]map[string]any], fresh[big.Int],
	filledAny, filledScalars, filledPointers, filledSlices, filledMaps, filledTree, filledMethods, filledEmbedded,
	filledInts, filledStructs, filledMapAny, filledStrange,
}

func filledAny() any {
	var v any = &Inner{X: 1, Deep: &Inner{Y: 2}}
	return &v
}

func filledScalars() any {
	return &scalars{B: true, I: 1, I8: 2, U: 3, F32: 4, F64: 5, S: "six", N: "7", R: json.RawMessage("8"), A: 9, By: []byte("ten")}
}

func filledPointers() any {
	b, i, s := true, 1, "s"
	pi := &i
	var a any = &s
	return &pointers{B: &b, I: &pi, S: &s, A: &a, St: &scalars{I: 7}, Sl: &[]int{1, 2, 3}, M: &map[string]int{"a": 1}}
}

func filledSlices() any {
	one := 1
	return &sliceFields{
		I: []int{1, 2, 3}[:1], F: []float64{1, 2, 3}, S: []string{"a", "b"}, A: []any{&one, "x", map[string]any{"k": 1}},
		P: []*int{&one, nil}, St: []Inner{{X: 1, Y: 2}, {X: 3, Deep: &Inner{X: 9}}}[:1], SS: [][]float64{{1, 2}, {3}},
		R: [3]int{7, 8, 9}, By: [][]byte{[]byte("xx")}, RS: [2]string{"p", "q"},
	}
}

func filledMaps() any {
	return &mapFields{
		SS: map[string]string{"a": "1"}, SA: map[string]any{"a": &Inner{X: 1}}, SI: map[string]int{"x": 1},
		IS: map[int8]string{1: "one"}, ST: map[string]Inner{"a": {X: 1, Y: 2}}, SP: map[string]*Inner{"a": {X: 1, Y: 2}},
	}
}

func filledTree() any {
	return &tree{Name: "n", Left: &tree{Name: "l"}, Kids: []tree{{Name: "k"}}, ByKey: map[string]tree{"a": {Name: "m"}}, Any: &tree{Name: "any"}}
}

func filledMethods() any {
	r := &reader{"old"}
	return &methods{RP: r, RPP: &r, TP: &textReader{"old"}, V: valueReader{}, RS: []reader{{"a"}, {"b"}}, Big: big.NewInt(5)}
}

func filledEmbedded() any {
	return &embedded{Inner: &Inner{X: 1, Deep: &Inner{Y: 1}}, hiddenInner: &hiddenInner{Z: 3}}
}

func filledInts() any {
	v := make([]int, 2, 10)
	return &v
}

func filledStructs() any {
	v := append(make([]Inner, 0, 4), Inner{X: 1}, Inner{Y: 2}, Inner{X: 3, Y: 3})[:2]
	return &v
}

func filledMapAny() any {
	return &map[string]any{"a": map[string]any{"old": 1}, "b": 2}
}

func filledStrange() any { return &strange{E: errors.New("e"), St: &time.Time{}} }
