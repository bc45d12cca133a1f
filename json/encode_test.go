package json

import (
	"bytes"
	"encoding"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

// compareEncoders encodes v in every way by this package and by encoding/json.
func compareEncoders(t *testing.T, v any) {
	t.Helper()
	want, wantErr := stdjson.Marshal(v)
	got, err := Marshal(v)
	compareResult(t, "Marshal", v, got, err, want, wantErr)

	for _, dst := range [][]byte{nil, []byte("a"), append(make([]byte, 0, 1<<12), "dst"...)} {
		got, err := AppendMarshal(dst, v)
		compareResult(t, fmt.Sprintf("AppendMarshal(cap %d)", cap(dst)), v, got, err, append(bytes.Clone(dst), want...), wantErr)
	}

	want, wantErr = stdjson.MarshalIndent(v, ">", "  ")
	got, err = MarshalIndent(v, ">", "  ")
	compareResult(t, "MarshalIndent", v, got, err, want, wantErr)

	for _, html := range []bool{false, true} {
		for _, indent := range []string{"", "\t"} {
			var wantBuf, gotBuf bytes.Buffer
			std, ours := stdjson.NewEncoder(&wantBuf), NewEncoder(&gotBuf)
			std.SetEscapeHTML(html)
			ours.SetEscapeHTML(html)
			std.SetIndent("", indent)
			ours.SetIndent("", indent)
			wantErr, err := std.Encode(v), ours.Encode(v)
			compareResult(t, fmt.Sprintf("Encode(html %v, indent %q)", html, indent), v, gotBuf.Bytes(), err, wantBuf.Bytes(), wantErr)
		}
	}
}

// compareResult compares what a call returned with what encoding/json's did.
func compareResult(t *testing.T, call string, v any, got []byte, err error, want []byte, wantErr error) {
	t.Helper()
	if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Errorf("%s of %T %.200v:\n got error %v\nwant error %v", call, v, brief(v), err, wantErr)
		return
	}
	if reflect.TypeOf(err) != reflect.TypeOf(wantErr) {
		t.Errorf("%s of %T %.200v: error is a %T, want %T", call, v, brief(v), err, wantErr)
	}
	if err == nil && !bytes.Equal(got, want) {
		i := 0
		for i < min(len(got), len(want)) && got[i] == want[i] {
			i++
		}
		from := max(0, i-60)
		t.Errorf("%s of %T %.200v: differs at byte %d:\n got …%.200s\nwant …%.200s", call, v, brief(v), i, got[from:], want[from:])
	}
}

// brief is v for a message, unless printing it might not end.
func brief(v any) any {
	if s := reflect.ValueOf(v); s.IsValid() && (s.Kind() == reflect.Pointer || s.Kind() == reflect.Map || s.Kind() == reflect.Slice) {
		return "…"
	}
	return v
}

// The types below have each of the methods on the value and on the pointer.
type (
	jsonValue    struct{ N int }
	jsonPointer  struct{ N int }
	textValue    struct{ N int }
	textPointer  struct{ N int }
	bothPointer  struct{ N int } // JSON on the pointer, text on the value
	jsonInt      int
	textInt      int
	jsonMap      map[string]int
	jsonSlice    []int
	jsonFunc     func()
	jsonString   string
	textString   string
	jsonUint8    uint8
	textUint8Ptr uint8
	badJSON      string // MarshalJSON returns it
	badText      string // MarshalText fails with it
)

func (v jsonValue) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, " { \"n\" : %d , \"<\":\"\u2028\" } ", v.N), nil
}
func (v *jsonPointer) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte(`"nil pointer"`), nil
	}
	return fmt.Appendf(nil, "[%d]", v.N), nil
}
func (v textValue) MarshalText() ([]byte, error)    { return fmt.Appendf(nil, "<text %d>", v.N), nil }
func (v *textPointer) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "&text %d", v.N), nil }
func (v *bothPointer) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%d.5", v.N), nil }
func (v bothPointer) MarshalText() ([]byte, error)  { return fmt.Appendf(nil, "text %d", v.N), nil }
func (v jsonInt) MarshalJSON() ([]byte, error)      { return fmt.Appendf(nil, `{"int":%d}`, int(v)), nil }
func (v textInt) MarshalText() ([]byte, error)      { return fmt.Appendf(nil, "int %d", int(v)), nil }
func (v jsonMap) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%v]", len(v), v == nil), nil
}
func (v jsonSlice) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%v]", len(v), v == nil), nil
}
func (v jsonFunc) MarshalJSON() ([]byte, error)   { return fmt.Appendf(nil, "%v", v == nil), nil }
func (v jsonString) MarshalJSON() ([]byte, error) { return stdjson.Marshal("json " + string(v)) }
func (v textString) MarshalText() ([]byte, error) { return []byte("text " + string(v)), nil }
func (v jsonUint8) MarshalJSON() ([]byte, error)  { return fmt.Appendf(nil, "%d00", int(v)), nil }
func (v *textUint8Ptr) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "u%d", int(*v)), nil
}
func (v badJSON) MarshalJSON() ([]byte, error) {
	if v == "error" {
		return nil, errors.New("no <JSON> today")
	}
	return []byte(v), nil
}
func (v badText) MarshalText() ([]byte, error) { return nil, errors.New(string(v)) }

// The types below append their text, which encoding/json v1 does not know.
type (
	appendsOnly  string
	appendsPtr   struct{ N int }
	appendsToo   struct{ S string }
	appendsFails string
)

func (v appendsOnly) AppendText(b []byte) ([]byte, error) {
	return append(append(b, "app "...), v...), nil
}
func (v *appendsPtr) AppendText(b []byte) ([]byte, error) {
	return fmt.Appendf(b, "<%t>", v == nil), nil
}
func (v appendsToo) AppendText(b []byte) ([]byte, error) {
	return append(append(b, "too "...), v.S...), nil
}
func (v appendsToo) MarshalText() ([]byte, error) { return v.AppendText(nil) }
func (v appendsFails) AppendText(b []byte) ([]byte, error) {
	return append(b, "x"...), errors.New("no " + string(v))
}

type (
	embedsJSON    struct{ jsonValue }
	embedsPointer struct {
		*jsonPointer
		X int
	}
	shadow struct {
		jsonValue
		textValue
		MarshalJSON int `json:"-"`
		MarshalText int `json:"-"`
	}
	holdsAll struct {
		A jsonValue
		B jsonPointer
		C textValue
		D textPointer
		E bothPointer
		F *jsonValue
		G *jsonPointer
		H *textValue
		I *textPointer
		J *bothPointer
		K Marshaler
		L fmt.Stringer
		M any
		N jsonMap
		O jsonSlice
		P jsonFunc
		Q **jsonPointer
		R [2]jsonPointer
		S []jsonPointer
		T map[string]jsonPointer
		U map[string]*jsonPointer
		V []jsonUint8
		W []textUint8Ptr
		X [3]textUint8Ptr
		Y []textInt
		Z jsonInt `json:",string"`
	}
	quotedAll struct {
		A int         `json:",string"`
		B *int        `json:",string"`
		C **int       `json:",string"`
		D string      `json:",string"`
		E *string     `json:",string"`
		F bool        `json:",string"`
		G float64     `json:",string"`
		H float32     `json:",string,omitempty"`
		I uint8       `json:",string"`
		J Number      `json:",string"`
		K jsonInt     `json:",string"`
		L textString  `json:",string"`
		M *jsonInt    `json:",string"`
		N any         `json:",string"`
		O []int       `json:",string"`
		P uintptr     `json:",string"`
		Q struct{}    `json:",string"`
		R *Number     `json:",string"`
		S int64       `json:",string,omitzero"`
		T json1Quoted `json:",string"`
	}
	json1Quoted string
	omitAll     struct {
		A bool            `json:",omitempty"`
		B int8            `json:",omitempty"`
		C uint16          `json:",omitempty"`
		D int32           `json:",omitempty"`
		E uint64          `json:",omitempty"`
		F float32         `json:",omitempty"`
		G float64         `json:",omitempty"`
		H string          `json:",omitempty"`
		I []int           `json:",omitempty"`
		J map[string]int  `json:",omitempty"`
		K *int            `json:",omitempty"`
		L any             `json:",omitempty"`
		M Marshaler       `json:",omitempty"`
		N [0]int          `json:",omitempty"`
		O [1]int          `json:",omitempty"`
		P struct{}        `json:",omitempty"`
		Q struct{ A int } `json:",omitempty"`
		R uintptr         `json:",omitempty"`
		S time.Time       `json:",omitempty"`
	}
	zeroAll struct {
		A bool            `json:",omitzero"`
		B int8            `json:",omitzero"`
		C float64         `json:",omitzero"`
		D string          `json:",omitzero"`
		E []int           `json:",omitzero"`
		F map[string]int  `json:",omitzero"`
		G *int            `json:",omitzero"`
		H any             `json:",omitzero"`
		I [2]int          `json:",omitzero"`
		J struct{ A any } `json:",omitzero"`
		K time.Time       `json:",omitzero"`
		L *time.Time      `json:",omitzero"`
		M zeroer          `json:",omitzero"`
		N pointerZeroer   `json:",omitzero"`
		O []int           `json:",omitempty,omitzero"`
		P map[int]int     `json:",omitempty,omitzero"`
		Q zeroIf3         `json:",omitempty,omitzero"`
		R chan int        `json:",omitzero"`
		S func()          `json:",omitzero"`
		T complex128      `json:",omitzero"`
		U [1]float64      `json:",omitzero"`
	}
	zeroIf3   int
	onlyMaybe struct {
		A int `json:"a,omitempty"`
		B int `json:"b,omitempty"`
	}
	maybeFirst struct {
		A int       `json:"a,omitempty"`
		B onlyMaybe `json:"b"`
		C int       `json:"c,omitempty"`
		D onlyMaybe `json:"d,omitzero"`
		E int       `json:"e"`
		F string    `json:"f,omitempty"`
	}
	nested struct {
		Outer struct {
			A struct{}
			B struct {
				C int `json:"c<&>é"`
				D onlyMaybe
				E []struct{ F struct{ G [2]onlyMaybe } }
			}
		}
		*maybeFirst
		Last string
	}
	list struct {
		Next  *list          `json:",omitempty"`
		Any   any            `json:",omitempty"`
		Slice []list         `json:",omitempty"`
		Map   map[string]any `json:",omitempty"`
		V     int
	}
	onePointer  struct{ P *int }
	oneMap      struct{ M map[string]int }
	pointerPlus struct {
		P *int
		_ struct{}
	}
	allInts struct {
		A int
		B int8
		C int16
		D int32
		E int64
		F uint
		G uint8
		H uint16
		I uint32
		J uint64
		K uintptr
	}
)

func (z zeroIf3) IsZero() bool { return z == 3 }

func ptr[T any](v T) *T { return &v }

// encodeCases are values of every kind.
func encodeCases() []any {
	var (
		nilMarshaler Marshaler
		nilPointer   *jsonPointer
		seven        = 7
		pseven       = &seven
		when         = time.Date(2026, 2, 3, 4, 5, 6, 789000000, time.FixedZone("", 3600))
	)
	all := holdsAll{
		F: &jsonValue{1}, G: &jsonPointer{2}, H: &textValue{3}, I: &textPointer{4}, J: &bothPointer{5}, K: jsonValue{6},
		L: when, M: jsonPointer{7}, N: jsonMap{"a": 1}, O: jsonSlice{1, 2}, P: func() {}, Q: ptr(&jsonPointer{8}),
		S: []jsonPointer{{9}, {10}}, T: map[string]jsonPointer{"t": {11}}, U: map[string]*jsonPointer{"n": nil, "u": {12}},
		V: []jsonUint8{1, 2}, W: []textUint8Ptr{3, 4}, Y: []textInt{5},
	}
	quoted := quotedAll{A: 1, B: pseven, C: &pseven, D: `a"<b>` + "\n\u2028é\xff", E: ptr("x\\y"), F: true, G: 1.5, H: 2.5, I: 3,
		J: "12e3", K: 4, L: "t", M: ptr(jsonInt(5)), N: 6, O: []int{7}, P: 8, R: ptr(Number("")), S: 9, T: "q"}
	full := omitAll{true, 1, 2, 3, 4, 5, 6, "7", []int{}, map[string]int{}, pseven, 0, jsonValue{}, [0]int{}, [1]int{}, struct{}{}, struct{ A int }{}, 8, when}
	zeros := zeroAll{C: math.Copysign(0, -1), E: []int{}, F: map[string]int{}, I: [2]int{0, 1}, J: struct{ A any }{1}, K: when, L: &when,
		M: when, N: pointerZeroer{7}, O: []int{}, P: map[int]int{}, Q: 3, U: [1]float64{math.Copysign(0, -1)}}
	return []any{
		nil, true, false, 0, -1, int8(-128), int16(-32768), int32(math.MinInt32), int64(math.MinInt64), int64(math.MaxInt64),
		uint(1), uint8(255), uint16(65535), uint32(math.MaxUint32), uint64(math.MaxUint64), uintptr(12345),
		"", "plain", "<html> & 'quotes' \"\\/", "\x00\x01\b\f\n\r\t\x1f\x7f", "é日本語😀", "\u2028\u2029\u2027\u202a", "\xff\xfe", "a\xc3", "\xe2\x80",
		"\xed\xa0\x80", strings.Repeat("long plain text ", 20), strings.Repeat("日本語", 40) + "\xff" + strings.Repeat("<é>", 40),
		[]byte(nil), []byte{}, []byte("base64 me"), [3]byte{1, 2, 3}, []int8{1, 2}, [0]int{}, []int(nil), []int{}, []int{1, -2, 3},
		[]int64{math.MinInt64, 0, math.MaxInt64}, []uint64{0, math.MaxUint64}, []float64(nil), []float64{}, []float64{1, 0.1, 1e21, 1e-7},
		[]string(nil), []string{}, []string{"a", "<b>", ""}, [][]string{nil, {}, {"x"}}, []time.Duration{1, 2}, []bool{true, false},
		[]any(nil), []any{}, []any{nil, 1, "a", 1.5, true, []any{}, map[string]any{}, jsonValue{1}, &jsonPointer{2}, int8(3), []byte("x")},
		map[string]any(nil), map[string]any{}, map[string]any{"z": 1, "a": nil, "<": "&", "prefix-1": 1, "prefix-2": 2, "": 0, "\xff": 1},
		map[string]string(nil), map[string]string{}, map[string]string{"b": "2", "a": "1", "a\x00": "0", "é": "3"},
		map[string]int{"b": 2, "a": 1}, map[textString]int{"k": 1, "j": 2}, map[jsonString]string{"k": "v"},
		map[int]string{10: "a", 9: "b", -1: "c"}, map[int8]int{1: 1}, map[uint64]bool{math.MaxUint64: true, 2: false}, map[uintptr]int{1: 2},
		map[textInt]int{1: 1, 2: 2}, map[textValue]string{{1}: "a", {2}: "b"}, map[*textPointer]int{nil: 1}, map[*textPointer]int{{2}: 1},
		map[netip.Addr]int{netip.MustParseAddr("::1"): 1}, map[bool]int{}, map[float64]int{1: 1}, map[[1]int]int{}, map[struct{}]int(nil),
		map[string][]int{"a": nil, "b": {1}}, map[string]map[string]any{"a": {"b": map[string]any{"c": 1}}, "n": nil},
		map[string]struct{ A, B int }{"x": {1, 2}, "w": {}}, map[int]onlyMaybe{1: {}, 2: {1, 2}}, map[string]*int{"p": pseven, "n": nil},
		map[string]chan int{}, map[string]chan int{"a": nil}, map[badText]int{"string kinds need no method": 1}, map[Marshaler]int{},
		pseven, &pseven, (*int)(nil), ptr[any](nil), ptr(ptr[any]("x")), ptr(map[string]int{"a": 1}),
		jsonValue{1}, &jsonValue{2}, jsonPointer{3}, &jsonPointer{4}, nilPointer, &nilPointer, textValue{5}, &textValue{6}, textPointer{7}, &textPointer{8},
		bothPointer{9}, &bothPointer{10}, []bothPointer{{11}}, [1]bothPointer{{12}}, &[1]bothPointer{{13}}, map[string]bothPointer{"a": {14}},
		struct{ A bothPointer }{bothPointer{15}}, &struct{ A bothPointer }{bothPointer{16}}, struct{ A any }{bothPointer{17}},
		jsonInt(1), textInt(2), jsonMap(nil), jsonMap{}, jsonSlice(nil), jsonFunc(nil), jsonString("s"), textString("t"), nilMarshaler, ptr(nilMarshaler),
		struct{ M Marshaler }{}, struct{ M Marshaler }{nilPointer}, struct{ M Marshaler }{&jsonPointer{1}}, struct{ E error }{errors.New("x")},
		embedsJSON{jsonValue{1}}, &embedsJSON{}, embedsPointer{&jsonPointer{1}, 2}, embedsPointer{}, shadow{}, all, &all, holdsAll{}, &holdsAll{},
		quoted, &quoted, quotedAll{}, full, &full, omitAll{}, &omitAll{G: math.Copysign(0, -1)}, zeros, &zeros, zeroAll{}, &zeroAll{},
		onlyMaybe{}, onlyMaybe{A: 1}, onlyMaybe{B: 1}, onlyMaybe{1, 2}, maybeFirst{}, maybeFirst{A: 1, B: onlyMaybe{A: 1}}, maybeFirst{C: 1, D: onlyMaybe{0, 1}, F: "x"},
		[]onlyMaybe{{}, {1, 0}, {}}, [2]maybeFirst{{A: 1}}, nested{}, nested{maybeFirst: &maybeFirst{F: "f"}, Last: "l"}, &nested{maybeFirst: &maybeFirst{A: 1, C: 2}},
		struct{}{}, struct{ a int }{1}, [2]struct{}{}, []struct{}{{}, {}}, map[string]struct{}{"a": {}}, allInts{}, allInts{-1, -2, -3, -4, -5, 6, 7, 8, 9, 10, 11},
		onePointer{}, onePointer{pseven}, &onePointer{pseven}, oneMap{}, oneMap{map[string]int{"a": 1}}, [1]*int{pseven}, [1]*int{}, pointerPlus{P: pseven}, [1]onePointer{{pseven}},
		[]any{onePointer{pseven}, oneMap{}, [1]*int{pseven}, pointerPlus{P: pseven}, struct{ A [1]map[string]int }{}, struct{ N int }{1}, [1]int{2}, struct{ F float64 }{3}},
		list{V: 1, Next: &list{V: 2, Any: list{V: 3}, Slice: []list{{V: 4}, {V: 5}}, Map: map[string]any{"k": &list{V: 6}}}},
		RawMessage(nil), RawMessage(` {"a" : [1, 2] , "<":"\u2028` + "\u2028" + `"} `), ptr(RawMessage(`"x"`)), ptr(RawMessage(nil)), struct{ R RawMessage }{}, struct{ R *RawMessage }{ptr(RawMessage("1"))},
		map[string]RawMessage{"a": RawMessage("[ ]")}, []RawMessage{nil, RawMessage("{}")}, RawMessage(strings.Repeat("[", 200) + strings.Repeat("]", 200)),
		Number(""), Number("-0.5e+7"), ptr(Number("1")), []Number{"1", "2"}, map[string]Number{"n": "3"}, struct{ N any }{Number("4")},
		when, &when, (*time.Time)(nil), []time.Time{when}, map[string]time.Time{"t": when}, struct{ T *time.Time }{&when}, struct{ T *time.Time }{}, time.Minute,
		big.NewInt(123), *big.NewFloat(1.5), netip.MustParseAddr("1.2.3.4"), url.URL{Host: "x"}, reflect.ValueOf(1).Kind(),
		float32(0.1), float32(1e21), float32(1e-7), float32(3.4e38), float32(math.SmallestNonzeroFloat32), []float32{1, 2.5, 16777216, 1e10},
		0.0, math.Copysign(0, -1), float32(math.Copysign(0, -1)), 1e20, 1e21, 123456789e12, 1e-6, 9.99e-7, 1e-9, 1e-10, 5e-324, math.MaxFloat64, 0.1 + 0.2, 100.0, 1.10,
		9007199254740993.0, 4503599627370497.5, 999999999999999.9, 99999999999999.99, 0.01, 0.001, 1.005,
	}
}

func TestMarshal(t *testing.T) {
	for _, v := range encodeCases() {
		compareEncoders(t, v)
		compareEncoders(t, []any{v})
		compareEncoders(t, map[string]any{"v": v})
		compareEncoders(t, &v)
		compareEncoders(t, struct{ V any }{v})
	}
}

// appendCases are values of types with an AppendText method.
func appendCases() []any {
	long := strings.Repeat("a long text ", 20)
	return []any{
		appendsOnly("a"), ptr(appendsOnly("<b>")), []appendsOnly{"c", "\u2028é\xff"}, struct{ A *appendsOnly }{}, appendsOnly(long),
		appendsPtr{1}, &appendsPtr{2}, []appendsPtr{{3}}, map[string]appendsPtr{"a": {4}}, struct{ A encoding.TextAppender }{(*appendsPtr)(nil)},
		appendsToo{"a"}, &appendsToo{long + "<"}, []appendsToo{{"é"}, {"\xff"}, {long}}, struct{ A any }{appendsToo{"z"}}, struct{ T encoding.TextMarshaler }{appendsToo{}},
		map[appendsOnly]int{"k": 1, "j": 2}, map[appendsToo]int{{"k"}: 1, {"j"}: 2, {"\xff"}: 3, {"\U0001F600"}: 4}, map[appendsFails]int{"k": 1},
		map[encoding.TextMarshaler]int{appendsToo{"i"}: 1, textInt(2): 2}, appendsFails("a"), []any{appendsFails("a")},
		netip.MustParseAddrPort("[::1]:80"), map[netip.Prefix]bool{netip.MustParsePrefix("10.0.0.0/8"): true},
	}
}

func TestMarshalAppenders(t *testing.T) {
	for _, v := range appendCases() {
		compareEncoders(t, v)
		compareEncoders(t, &v)
		compareEncoders(t, struct{ V any }{v})
	}
}

// encodeErrors are values that can't be encoded.
func encodeErrors() []any {
	cycle := &list{}
	cycle.Next = cycle
	throughAny := &list{}
	throughAny.Any = throughAny
	throughSlice := &list{Slice: make([]list, 1)}
	throughSlice.Slice[0].Slice = throughSlice.Slice
	throughMap := map[string]any{}
	throughMap["m"] = throughMap
	throughAnys := []any{nil}
	throughAnys[0] = throughAnys
	type mapCycle map[string]mapCycle
	ownMap := mapCycle{}
	ownMap["x"] = ownMap
	type sliceCycle []sliceCycle
	ownSlice := sliceCycle{nil}
	ownSlice[0] = ownSlice
	nan, inf := math.NaN(), math.Inf(-1)
	late := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	zone := time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", 24*3600))
	return []any{
		nan, inf, float32(nan), float32(inf), []float64{1, nan}, [1]float64{inf}, map[string]float64{"a": nan}, struct{ F float64 }{nan},
		struct {
			F *float32 `json:",string"`
		}{ptr(float32(inf))},
		any(nan), []any{inf}, make(chan int), (chan int)(nil), func() {}, complex(1, 2), complex64(1), struct{ C chan int }{}, struct{ F func() }{},
		[]chan int{nil}, []func(){}, [0]func(){}, struct {
			C chan int `json:",omitempty"`
		}{}, map[string]any{"c": make(chan int)}, map[float64]int{}, map[bool]string{true: "x"}, map[any]int{1: 1}, map[[2]string]int(nil),
		struct{ M map[struct{}]int }{}, Number("x"), Number("1x"), Number("-"), Number("01"), Number("1."), Number("1e"), Number("1e+"), Number(".5"), Number(" 1"), Number("\xff"),
		struct {
			N Number `json:",string"`
		}{"bad"},
		badJSON("error"), badJSON(""), badJSON("{"), badJSON("[1,]"), badJSON("1 2"), badJSON(`"\x"`), badJSON("\"\n\""), badJSON("nul"), badJSON("{\"a\" 1}"), badJSON(`{"a":1,}`), badJSON("-"), badJSON("01"),
		badJSON(`"\u12g4"`), badJSON("tru"), badJSON(strings.Repeat("[", 10001) + strings.Repeat("]", 10001)), badJSON("  "), badJSON("]"), badJSON("[}"), badJSON(`{"a":}`), badJSON("{1:2}"),
		ptr(badJSON("error")), []badJSON{"1", "error"}, map[string]badJSON{"a": "x"}, struct{ B *badJSON }{ptr(badJSON("error"))}, struct{ B Marshaler }{badJSON("error")},
		badText("text"), ptr(badText("text")), []badText{"a", "b"}, struct{ B *badText }{ptr(badText("text"))}, map[[1]badText]int{{"x"}: 1}, map[failingKey]int{{}: 1}, map[string]badText{"a": "b"},
		RawMessage{}, RawMessage("nope"), struct{ R RawMessage }{RawMessage("{")}, ptr(RawMessage("[")),
		late, &late, zone, struct{ T time.Time }{late}, []*time.Time{&zone},
		cycle, *cycle, throughAny, throughSlice, throughMap, throughAnys, ownMap, ownSlice,
		struct{ A, B any }{cycle, nan}, []any{1, throughMap},
	}
}

// TestMarshalEndless encodes a pointer that leads to itself. encoding/json on
// json/v2 overflows its stack there (Go 1.27.1), so this package must not ask it.
func TestMarshalEndless(t *testing.T) {
	var p any
	p = &p
	if !stdIsV2 {
		compareEncoders(t, p)
	}
	const want = "json: unsupported value: encountered a cycle via *interface {}"
	for _, v := range []any{p, &p, []any{1, p}, map[string]any{"a": p}} {
		if b, err := Marshal(v); err == nil || err.Error() != want {
			t.Errorf("Marshal(%T) = %s, %v, want error %s", v, b, err, want)
		}
	}
}

type failingKey struct{}

func (failingKey) MarshalText() ([]byte, error) { return nil, errors.New("bad \"key\"") }

func TestMarshalErrors(t *testing.T) {
	for _, v := range encodeErrors() {
		compareEncoders(t, v)
		compareEncoders(t, struct {
			A int
			V any
		}{1, v})
	}
}
