package json

import (
	stdjson "encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

// encodeByFields writes a struct by fieldsOf alone, each value by encoding/json.
// Omission and quoting are left out: the caller's types don't use them.
func encodeByFields(t *testing.T, v reflect.Value) string {
	t.Helper()
	var members []string
	for _, f := range fieldsOf(v.Type()) {
		fv, err := v.FieldByIndexErr(f.index)
		if err != nil {
			continue
		}
		if fv.Type() != f.typ {
			t.Fatalf("field %q of %v: type %v, want %v", f.name, v.Type(), f.typ, fv.Type())
		}
		if got, want := fieldAddress(v, f), fv.Addr().Pointer(); got != want {
			t.Fatalf("field %q of %v: address %x, want %x", f.name, v.Type(), got, want)
		}
		key, _ := stdjson.Marshal(f.name)
		value, err := stdjson.Marshal(unexported(fv).Interface())
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, string(key)+":"+string(value))
	}
	return "{" + strings.Join(members, ",") + "}"
}

type (
	fieldsPlain struct {
		A int
		B string `json:"b"`
		c int
		D bool `json:"-"`
		E bool `json:"-,"`
		F int  `json:",nothing"`
		G int  `json:"bad\"name"`
		H int  `json:"bad,name"`
		I int  `json:"日本語"`
		J int  `json:"a b!#$%&()*+-./:;<=>?@[]^_{|}~"`
		K int  `json:"back\\slash"`
		L int  `json:"'"`
		M int  `json:" "`
		N int  `json:"<&>"`
	}
	fieldsInner   struct{ X, Y int }
	FieldsExport  struct{ X, Z int }
	fieldsPointer struct {
		*FieldsExport
		P int
	}
	fieldsDeep struct {
		fieldsInner
		FieldsExport
		Q int
	}
	fieldsTagged struct {
		fieldsInner
		FieldsTagX
	}
	FieldsTagX struct {
		W int `json:"X"`
	}
	fieldsNamed struct {
		fieldsInner   `json:"inner"`
		*FieldsExport `json:"export"`
		Named         fieldsPlain
	}
	FieldsInt       int
	fieldsint       int
	FieldsInterface interface{ M() }
	fieldsOdd       struct {
		FieldsInt
		fieldsint
		*fieldsInner
		FieldsInterface
		time.Time
	}
	fieldsTwice1 struct{ FieldsExport }
	fieldsTwice2 struct{ FieldsExport }
	fieldsTwice  struct {
		fieldsTwice1
		fieldsTwice2
		V int
	}
	FieldsBelow1    struct{ FieldsBelow }
	FieldsBelow     struct{ FieldsLowest }
	FieldsLowest    struct{ L int }
	FieldsBelow2    struct{ FieldsBelow }
	fieldsBelowBoth struct {
		FieldsBelow1
		FieldsBelow2
		FieldsLowest2
	}
	FieldsLowest2 struct {
		A struct{ L int } `json:"l"`
	}
	fieldsSelf struct {
		*fieldsSelf
		S int
	}
	FieldsRing1 struct {
		*FieldsRing2
		R1 int
	}
	FieldsRing2 struct {
		*FieldsRing1
		R2 int
	}
	fieldsTagHides struct {
		FieldsSameName
		A int `json:"Y"`
	}
	FieldsSameName struct {
		X int `json:"Y"`
		Y int
	}
	fieldsTwoLevelPointer struct {
		A int
		*FieldsRing1
		B int
	}
)

func TestFieldsOf(t *testing.T) {
	types := []any{
		fieldsPlain{c: 1}, fieldsInner{}, fieldsPointer{}, fieldsDeep{}, fieldsTagged{}, fieldsNamed{},
		fieldsOdd{fieldsint: 2}, fieldsTwice{}, fieldsBelowBoth{}, fieldsSelf{}, FieldsRing1{},
		fieldsTagHides{}, fieldsTwoLevelPointer{}, struct{}{}, struct{ a, b int }{},
	}
	for _, v := range types {
		typ := reflect.TypeOf(v)
		t.Run(typ.String(), func(t *testing.T) {
			p := reflect.New(typ)
			checkFields(t, p)
			fillStruct(p.Elem(), new(int))
			checkFields(t, p)
		})
	}
}

// checkFields compares what both encoders make of the struct that p points to.
func checkFields(t *testing.T, p reflect.Value) {
	t.Helper()
	if _, isMarshaler := p.Interface().(Marshaler); isMarshaler {
		return
	}
	want, err := stdjson.Marshal(p.Interface())
	if err != nil {
		t.Fatal(err)
	}
	if got := encodeByFields(t, p.Elem()); got != string(want) {
		t.Errorf("fields of %v\n got %s\nwant %s", p.Elem().Type(), got, want)
	}
}

// fillStruct sets what can be set, each number to another value, and makes
// embedded pointers non-nil once.
func fillStruct(v reflect.Value, n *int) {
	for i := range v.NumField() {
		f := v.Field(i)
		if !f.CanSet() && f.Kind() != reflect.Struct {
			continue
		}
		switch f.Kind() {
		case reflect.Int:
			*n++
			f.SetInt(int64(*n))
		case reflect.String:
			*n++
			f.SetString(fmt.Sprint("s", *n))
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Struct:
			fillStruct(f, n)
		case reflect.Pointer:
			if *n < 20 && f.Type().Elem().Kind() == reflect.Struct {
				*n++
				f.Set(reflect.New(f.Type().Elem()))
				fillStruct(f.Elem(), n)
			}
		}
	}
}

func TestFieldsOfGenerated(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		typ := randomStruct(rng, 0)
		p := reflect.New(typ)
		checkFields(t, p)
		fillStruct(p.Elem(), new(int))
		checkFields(t, p)
		if t.Failed() {
			return
		}
	}
}

var fieldsEmbeddable = []reflect.Type{
	reflect.TypeFor[FieldsExport](), reflect.TypeFor[FieldsTagX](), reflect.TypeFor[FieldsBelow1](),
	reflect.TypeFor[FieldsBelow2](), reflect.TypeFor[FieldsBelow](), reflect.TypeFor[FieldsLowest](),
	reflect.TypeFor[FieldsRing1](), reflect.TypeFor[FieldsRing2](), reflect.TypeFor[FieldsInt](),
}

// randomStruct makes a struct type with few different names, so that they
// collide often.
func randomStruct(rng *rand.Rand, depth int) reflect.Type {
	tags := []string{"", "", "", `json:"X"`, `json:"x"`, `json:"L"`, `json:"-"`, `json:"-,"`, `json:"Z"`, `json:"bad'"`}
	used := map[string]bool{}
	var fields []reflect.StructField
	for range 1 + rng.IntN(5) {
		f := reflect.StructField{
			Name: string(rune('W' + rng.IntN(4))),
			Type: reflect.TypeFor[int](),
			Tag:  reflect.StructTag(tags[rng.IntN(len(tags))]),
		}
		switch rng.IntN(4) {
		case 0:
			f.Type = fieldsEmbeddable[rng.IntN(len(fieldsEmbeddable))]
			f.Name, f.Anonymous = f.Type.Name(), true
			if rng.IntN(2) == 0 && f.Type.Kind() == reflect.Struct {
				f.Type = reflect.PointerTo(f.Type)
			}
		case 1:
			if depth < 2 {
				f.Type = randomStruct(rng, depth+1)
				f.Anonymous = rng.IntN(2) == 0
			}
		}
		if !used[f.Name] {
			used[f.Name] = true
			fields = append(fields, f)
		}
	}
	return reflect.StructOf(fields)
}

func TestFieldOptions(t *testing.T) {
	type named *int
	type options struct {
		A int             `json:"a,omitempty,omitzero,string"`
		B *int            `json:",string"`
		C **int           `json:",string"`
		D named           `json:",string"`
		E []int           `json:",string,omitzero"`
		F time.Time       `json:",omitzero"`
		G *time.Time      `json:",omitzero"`
		H zeroer          `json:",omitzero"`
		I pointerZeroer   `json:",omitzero"`
		J Number          `json:",string"`
		K any             `json:",string"`
		L uintptr         `json:",string"`
		M complex64       `json:",string"`
		N [1]bool         `json:",string"`
		O struct{ X int } `json:",string,omitempty,"`
	}
	want := map[string][4]bool{ // omitEmpty, omitZero, quoted, isZero
		"a": {true, true, true, false}, "B": {2: true}, "C": {}, "D": {}, "E": {1: true},
		"F": {1: true, 3: true}, "G": {1: true, 3: true}, "H": {1: true, 3: true}, "I": {1: true, 3: true},
		"J": {2: true}, "K": {}, "L": {2: true}, "M": {}, "N": {}, "O": {0: true},
	}
	fields := fieldsOf(reflect.TypeFor[options]())
	if len(fields) != len(want) {
		t.Errorf("%d fields, want %d", len(fields), len(want))
	}
	for _, f := range fields {
		got := [4]bool{f.omitEmpty, f.omitZero, f.quoted, f.isZero != nil}
		if got != want[f.name] {
			t.Errorf("field %q: omitEmpty, omitZero, quoted, isZero = %v, want %v", f.name, got, want[f.name])
		}
	}
}

// pointerZeroer has IsZero on its pointer only.
type pointerZeroer struct{ N int }

func (p *pointerZeroer) IsZero() bool { return p.N == 7 }

func TestZeroMethod(t *testing.T) {
	var nilTime *time.Time
	someTime := time.Unix(1, 0)
	tests := []struct {
		name string
		v    reflect.Value
		want bool
	}{
		{"zero time", reflect.ValueOf(time.Time{}), true},
		{"a time", reflect.ValueOf(someTime), false},
		{"nil pointer", reflect.ValueOf(nilTime), true},
		{"pointer to a time", reflect.ValueOf(&someTime), false},
		{"pointer to the zero time", reflect.ValueOf(new(time.Time)), true},
		{"method on pointer, zero value", reflect.ValueOf(pointerZeroer{}), false},
		{"method on pointer, its zero", reflect.ValueOf(pointerZeroer{7}), true},
		{"method on pointer, addressable", reflect.ValueOf(&pointerZeroer{7}).Elem(), true},
		{"nil interface", reflect.ValueOf(new(zeroer)).Elem(), true},
		{"interface with nil pointer", reflect.ValueOf(&[]zeroer{nilTime}[0]).Elem(), true},
		{"interface with a time", reflect.ValueOf(&[]zeroer{someTime}[0]).Elem(), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := zeroMethod(tt.v.Type())(tt.v); got != tt.want {
				t.Errorf("zeroMethod(%v)(%v) = %v, want %v", tt.v.Type(), tt.v, got, tt.want)
			}
		})
	}
	if zeroMethod(reflect.TypeFor[int]()) != nil {
		t.Error("zeroMethod(int) is not nil")
	}
}

func TestHasOption(t *testing.T) {
	tests := []struct {
		options string
		want    bool
	}{
		{"", false}, {"omitempty", true}, {",omitempty", true}, {"omitempty,", true},
		{" omitempty", false}, {"omitemptyx", false}, {"string,omitempty,omitzero", true},
	}
	for _, tt := range tests {
		if got := hasOption(tt.options, "omitempty"); got != tt.want {
			t.Errorf("hasOption(%q, omitempty) = %v, want %v", tt.options, got, tt.want)
		}
	}
}
