package json

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMarshalRandom makes types and values of them.
func TestMarshalRandom(t *testing.T) {
	n := 1500
	if testing.Short() {
		n = 200
	}
	g := generator{rand.New(rand.NewPCG(3, 4))}
	for range n {
		typ := g.typ(0)
		for range 3 {
			v := reflect.New(typ)
			g.fill(v.Elem(), 0)
			compareEncoders(t, v.Interface())
			compareEncoders(t, v.Elem().Interface())
		}
		if t.Failed() {
			t.Fatalf("type is %v", typ)
		}
	}
}

// A generator makes random types and values.
type generator struct{ *rand.Rand }

var generatorTypes = []reflect.Type{
	reflect.TypeFor[bool](), reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](),
	reflect.TypeFor[int64](), reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](),
	reflect.TypeFor[uint64](), reflect.TypeFor[uintptr](), reflect.TypeFor[float32](), reflect.TypeFor[float64](), reflect.TypeFor[string](),
	reflect.TypeFor[string](), reflect.TypeFor[any](), reflect.TypeFor[any](), reflect.TypeFor[[]byte](), reflect.TypeFor[time.Time](),
	reflect.TypeFor[jsonValue](), reflect.TypeFor[jsonPointer](), reflect.TypeFor[textValue](), reflect.TypeFor[textPointer](),
	reflect.TypeFor[bothPointer](), reflect.TypeFor[jsonInt](), reflect.TypeFor[textString](), reflect.TypeFor[omitAll](),
	reflect.TypeFor[zeroAll](), reflect.TypeFor[maybeFirst](), reflect.TypeFor[onlyMaybe](), reflect.TypeFor[nested](), reflect.TypeFor[list](),
	reflect.TypeFor[map[string]any](), reflect.TypeFor[map[string]string](), reflect.TypeFor[[]any](), reflect.TypeFor[[]string](),
	reflect.TypeFor[textUint8Ptr](), reflect.TypeFor[pointerZeroer](), reflect.TypeFor[time.Duration](), reflect.TypeFor[quotedAll](),
}

var generatorKeys = []reflect.Type{
	reflect.TypeFor[string](), reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[uint8](), reflect.TypeFor[int64](),
	reflect.TypeFor[textString](), reflect.TypeFor[textInt](), reflect.TypeFor[jsonInt](), reflect.TypeFor[json1Quoted](),
}

// typ makes a type.
func (g generator) typ(depth int) reflect.Type {
	kind := g.IntN(10)
	if depth > 4 {
		kind = 9
	}
	switch kind {
	case 0:
		return reflect.PointerTo(g.typ(depth + 1))
	case 1:
		return reflect.SliceOf(g.typ(depth + 1))
	case 2:
		return reflect.ArrayOf(g.IntN(4), g.typ(depth+1))
	case 3:
		return reflect.MapOf(generatorKeys[g.IntN(len(generatorKeys))], g.typ(depth+1))
	case 4, 5, 6:
		return g.structType(depth + 1)
	}
	return generatorTypes[g.IntN(len(generatorTypes))]
}

func (g generator) structType(depth int) reflect.Type {
	var fields []reflect.StructField
	for i := range g.IntN(8) {
		name := fmt.Sprintf("F%d", i)
		tag := []string{"", name, "x", "<&>", "é", strings.Repeat("long", 1+g.IntN(10))}[g.IntN(6)] + strconv.Itoa(i)
		for _, option := range []string{"omitempty", "omitzero", "string"} {
			if g.IntN(4) == 0 {
				tag += "," + option
			}
		}
		f := reflect.StructField{Name: name, Type: g.typ(depth)}
		if g.IntN(4) > 0 {
			f.Tag = reflect.StructTag(fmt.Sprintf("json:%q", tag))
		}
		fields = append(fields, f)
	}
	if g.IntN(5) == 0 {
		fields = append(fields, reflect.StructField{Name: "FieldsExport", Anonymous: true, Type: reflect.TypeFor[*FieldsExport]()})
	}
	return reflect.StructOf(fields)
}

// fill sets v to something.
func (g generator) fill(v reflect.Value, depth int) {
	if !v.CanSet() || g.IntN(8) == 0 || depth > 7 {
		return
	}
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Unix(g.Int64N(4e9), g.Int64N(1e9)).In(time.FixedZone("", (g.IntN(24)-12)*1800))))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(g.IntN(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(g.Int64() >> g.IntN(64) * int64(1-2*g.IntN(2)))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(g.Uint64() >> g.IntN(64))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(g.float())
	case reflect.String:
		if v.Type() == numberType {
			v.SetString(strconv.Itoa(g.IntN(1000)))
		} else {
			v.SetString(g.text())
		}
	case reflect.Interface:
		g.fillInterface(v, depth)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		g.fill(v.Elem(), depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), g.IntN(4), 4))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			g.fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		g.fillMap(v, depth)
	case reflect.Struct:
		for i := range v.NumField() {
			g.fill(v.Field(i), depth+1)
		}
	}
}

func (g generator) fillInterface(v reflect.Value, depth int) {
	x := reflect.New(g.typ(depth + 2)).Elem()
	g.fill(x, depth+1)
	if x.Type().AssignableTo(v.Type()) {
		v.Set(x)
	}
}

func (g generator) fillMap(v reflect.Value, depth int) {
	v.Set(reflect.MakeMap(v.Type()))
	for range g.IntN(4) + 20*(g.IntN(10)/9) {
		key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		g.fill(key, 0)
		g.fill(elem, depth+1)
		v.SetMapIndex(key, elem)
	}
}

// float makes a finite number that floats and float32s can hold.
func (g generator) float() float64 {
	switch g.IntN(6) {
	case 0:
		return float64(g.IntN(2000)-1000) / 4
	case 1:
		return float64(g.IntN(1e6)) / 100
	case 2:
		return g.NormFloat64()
	case 3:
		return g.NormFloat64() * math.Pow10(g.IntN(60)-30)
	}
	f := math.Float32frombits(g.Uint32())
	if f != f || math.IsInf(float64(f), 0) {
		return 0
	}
	return float64(f)
}

// text makes a string with more of what needs escaping than is usual.
func (g generator) text() string {
	parts := []string{"a", "plain", " ", "<", ">", "&", `"`, `\`, "\n", "\x00", "é", "日本", "😀", "\u2028", "\u2029", "\u202a", "\xff", "\xc3", "\xe2\x80", "a longer piece of text", "/"}
	var s strings.Builder
	for n := g.IntN(3) * g.IntN(8); n > 0; n-- {
		if g.IntN(2) == 0 {
			s.WriteString("xy")
		} else {
			s.WriteString(parts[g.IntN(len(parts))])
		}
	}
	return s.String()
}

// TestStringAllBytes puts every byte at every place of strings of many lengths.
func TestStringAllBytes(t *testing.T) {
	for length := range 70 {
		for at := range length {
			for c := range 256 {
				if length > 34 && c != '"' && c != 0xFF && c != '<' {
					continue
				}
				s := bytes.Repeat([]byte{'x'}, length)
				s[at] = byte(c)
				compareStrings(t, string(s))
			}
		}
	}
}

// TestStringAllRunes puts runes at the places where blocks end.
func TestStringAllRunes(t *testing.T) {
	for r := range rune(0x3100) {
		s := string(r)
		if r%64 == 0 || r>>8 == 0x20 {
			for _, n := range []int{6, 7, 8, 13, 15, 16, 30, 32, 63} {
				compareStrings(t, strings.Repeat("y", n)+s+"z")
				compareStrings(t, strings.Repeat("y", n)+s[:len(s)-1])
			}
		}
		compareStrings(t, s)
	}
}

// compareStrings compares both ways of escaping s.
func compareStrings(t *testing.T, s string) {
	t.Helper()
	for _, html := range []bool{true, false} {
		var want bytes.Buffer
		std := stdjson.NewEncoder(&want)
		std.SetEscapeHTML(html)
		std.Encode(s)
		e := encoder{html: html}
		if got := e.string(nil, s); string(got)+"\n" != want.String() {
			t.Fatalf("string %q (html %v):\n got %s\nwant %s", s, html, got, want.String())
		}
	}
}

// TestIntegers compares integers around all powers of two and of ten.
func TestIntegers(t *testing.T) {
	check := func(v uint64) {
		b := make([]byte, 0, 64)
		if got, want := string(appendUint(b, v)), strconv.FormatUint(v, 10); got != want {
			t.Fatalf("appendUint(%d) = %s", v, got)
		}
		if got, want := string(appendInt(b, int64(v))), strconv.FormatInt(int64(v), 10); got != want {
			t.Fatalf("appendInt(%d) = %s", int64(v), got)
		}
	}
	for v := range uint64(200000) {
		check(v)
		check(-v)
	}
	for i := range 64 {
		for d := range uint64(100) {
			check(1<<i + d)
			check(1<<i - d)
		}
	}
	for p := uint64(1); p < 1e19; p *= 10 {
		for d := range uint64(100) {
			check(p + d)
			check(p - d)
			check(p*9 + d)
		}
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for range 1000000 {
		check(rng.Uint64() >> rng.IntN(64))
	}
	for u := uint64(0); u < 1e8; u += 37 {
		check(u)
	}
}

func FuzzMarshal(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5,"x<\u2028"],"b":null}`, `[]`, `"é\ud800"`, `{"Next":{"V":3,"Slice":[{}]},"Any":{"x":1}}`,
		`{"A":true,"B":-1,"C":1,"D":2,"E":3,"F":1.5,"G":1e-7,"H":"h","I":[1],"J":{"x":1},"K":5,"L":"any","O":[1]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, v := range []any{new(any), new(list), new(omitAll), new(zeroAll), new(quotedAll), new(maybeFirst), new(nested), new(allInts),
			new(map[string]string), new(map[int]float64), new([]float32), new(map[string]map[string]any), new(RawMessage), new(Number), new(string), new([]byte)} {
			if stdjson.Unmarshal(data, v) == nil {
				compareEncoders(t, v)
			}
		}
		compareEncoders(t, string(data))
		compareEncoders(t, RawMessage(data))
		compareEncoders(t, Number(data))
		compareEncoders(t, badJSON(data))
		compareEncoders(t, map[string]any{string(data): string(data), "k": data})
	})
}
