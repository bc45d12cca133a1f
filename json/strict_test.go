package json

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

type strictInner struct {
	Name string `json:"name"`
	N    int    `json:"a/b~c"`
}

type strictHidden struct {
	Deep int `json:"deep"`
}

type strictDoc struct {
	strictHidden
	Title string                 `json:"title"`
	Tags  []string               `json:"tags"`
	Sub   *strictInner           `json:"sub"`
	Subs  []strictInner          `json:"subs"`
	Map   map[string]strictInner `json:"map"`
	Any   any                    `json:"any"`
	Time  time.Time              `json:"time"`
	Raw   json.RawMessage        `json:"raw"`
	Pair  [1]any                 `json:"pair"`
	Skip  int                    `json:"-"`
	Plain int
}

func TestUnmarshalStrict(t *testing.T) {
	tests := []struct{ name, in, pointer, detail string }{
		{"fine", `{"title":"x","tags":["a","a"],"sub":{"name":"y"},"Plain":1,"deep":2}`, "", ""},
		{"unknown keys", `{"titles":1,"x":{"y":{}}}`, "", ""},
		{"twice", `{"title":"x","title":"y"}`, "/title", "twice"},
		{"twice, one escaped", `{"title":"x","\u0074itle":"y"}`, "/title", "twice"},
		{"twice below an unknown key", `{"x":[{"k":1,"k":2}]}`, "/x/0/k", "twice"},
		{"twice in any", `{"any":{"a":1,"a":2}}`, "/any/a", "twice"},
		{"twice in a raw message", `{"raw":{"a":1,"a":2}}`, "/raw/a", "twice"},
		{"twice in a map", `{"map":{"a":{},"a":{}}}`, "/map/a", "twice"},
		{"twice beyond an array", `{"pair":[1,{"a":1,"a":2}]}`, "/pair/1/a", "twice"},
		{"case", `{"Title":"x"}`, "/Title", `"title"`},
		{"case of an untagged field", `{"plain":1}`, "/plain", `"Plain"`},
		{"case of a promoted field", `{"DEEP":1}`, "/DEEP", `"deep"`},
		{"case below", `{"subs":[{},{"NAME":"x"}]}`, "/subs/1/NAME", `"name"`},
		{"case in a map's values", `{"map":{"K":{"Name":"x"}}}`, "/map/K/Name", `"name"`},
		{"map keys are free", `{"map":{"k":{},"K":{}}}`, "", ""},
		{"any is free", `{"any":{"title":1,"Title":2}}`, "", ""},
		{"pointer is escaped", `{"sub":{"A/b~c":1}}`, "/sub/A~1b~0c", "a/b~c"},
		{"ignored field", `{"skip":1}`, "", ""},
		{"Kelvin sign", "{\"\u212a\":1}", "", ""},
		{"long s", "{\"\u017fubs\":[]}", "/\u017fubs", `"subs"`},
		{"spaces", " \t{ \"title\" : \"x\\\"}\" , \"tags\" : [ ] }\n", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := UnmarshalStrict([]byte(tt.in), new(strictDoc))
			var key *KeyError
			if tt.detail == "" {
				if err != nil {
					t.Fatalf("UnmarshalStrict(%s) = %v, want nil", tt.in, err)
				}
				return
			}
			if !errors.As(err, &key) || key.Pointer != tt.pointer || !strings.Contains(key.Detail, tt.detail) {
				t.Fatalf("UnmarshalStrict(%s) = %v, want %q with %q", tt.in, err, tt.pointer, tt.detail)
			}
		})
	}
}

// The keys of each document are looked at again only where that can matter.
func TestStrictIsSure(t *testing.T) {
	for in, want := range map[string]bool{
		`{"title":"x","tags":["a"],"sub":{"name":"y","a/b~c":1},"subs":[{"name":"a"},{"name":"b"}],"Plain":1,"deep":2,"any":[1,"x"],"raw":1}`: false,
		`{"title":"x","Tags":[]}`:      true,
		`{"title":"x","unknown":1}`:    true,
		`{"title":"x","title":"y"}`:    true,
		`{"subs":[{"name":1}]}`:        true,
		`{"any":{}}`:                   true,
		`{"raw":[1]}`:                  true,
		`{"n\u0061me":1}`:              true,
		`{"map":{"a":{"name":"nnn"}}}`: true,
	} {
		if unsure, _ := unmarshalNoting([]byte(in), new(strictDoc), modeStrict); unsure != want {
			t.Errorf("%s: unsure = %v, want %v", in, unsure, want)
		}
	}
}

// Strict refuses what checkKeys refuses, and else does what Unmarshal does.
func FuzzUnmarshalStrict(f *testing.F) {
	f.Add(`{"title":"x","sub":{"name":"\u00e9","a/b~c":3},"any":[1,-2.5e3,null,{}]}`)
	f.Add(`{"tags":["a"],"Tags":["b"],"subs":[{"name":"x","name":"y"}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		got, want := new(strictDoc), new(strictDoc)
		wantErr := json.Unmarshal([]byte(data), want)
		if wantErr == nil {
			wantErr = checkKeys([]byte(data), reflect.TypeFor[*strictDoc]())
		}
		gotErr := UnmarshalStrict([]byte(data), got)
		if !sameError(gotErr, wantErr) || !same(got, want) {
			t.Errorf("UnmarshalStrict(%q) = %v, %v, want %v, %v", data, got, gotErr, want, wantErr)
		}
		for i := range min(len(data), 100) {
			_ = Pointer([]byte(data), int64(i))
		}
	})
}

func TestStrictManyKeys(t *testing.T) {
	var b strings.Builder
	for i := range 100 {
		b.WriteString(`"k` + strings.Repeat("x", i) + `":1,`)
	}
	var v struct{ Known int }
	if err := UnmarshalStrict([]byte(`{`+b.String()+`"z":1}`), &v); err != nil {
		t.Error(err)
	}
	if err := UnmarshalStrict([]byte(`{`+b.String()+`"kx":1}`), &v); err == nil {
		t.Error("a key that came back after 100 was not seen")
	}
}

func TestPointer(t *testing.T) {
	tests := []struct{ in, want string }{
		{`{"title":1}`, "/title"},
		{`{"title":[1]}`, "/title"},
		{`{"title":{"a":1}}`, "/title"},
		{`{ "title" : true }`, "/title"},
		{`{"tags":["a",2]}`, "/tags/1"},
		{`{"tags":"a"}`, "/tags"},
		{`{"subs":[{"name":"x"},{"name":false}]}`, "/subs/1/name"},
		{`{"subs":[{"name":"x"},[]]}`, "/subs/1"},
		{`{"map":{"k/1":{"name":1}}}`, "/map/k~11/name"},
		{`{"Plain":1.5}`, "/Plain"},
		{`{"Plain":"1"}`, "/Plain"},
		{`[]`, ""},
		{`"x"`, ""},
	}
	for _, tt := range tests {
		err := UnmarshalStrict([]byte(tt.in), new(strictDoc))
		var wrong *UnmarshalTypeError
		if !errors.As(err, &wrong) {
			t.Errorf("UnmarshalStrict(%s) = %v, want an UnmarshalTypeError", tt.in, err)
			continue
		}
		if got := Pointer([]byte(tt.in), wrong.Offset); got != tt.want {
			t.Errorf("Pointer(%s, %d) = %q, want %q", tt.in, wrong.Offset, got, tt.want)
		}
	}
	if got := Pointer([]byte(`{"a":[1`), 6); got != "" {
		t.Errorf("Pointer of a malformed document = %q, want none", got)
	}
}

func TestRead(t *testing.T) {
	broken := errors.New("broken")
	tests := []struct {
		name  string
		r     io.Reader
		limit int64
		want  error // nil, or what errors.Is finds; io.EOF stands for any other
	}{
		{"fits", strings.NewReader(`{"title":"x"}`), 13, nil},
		{"too large", strings.NewReader(`{"title":"x"}`), 12, ErrTooLarge},
		{"empty", strings.NewReader(" \n"), 12, io.ErrUnexpectedEOF},
		{"broken", iotest.ErrReader(broken), 12, broken},
		{"trailing", strings.NewReader(`{} {}`), 12, io.EOF},
		{"twice", strings.NewReader(`{"a":1,"a":2}`), 99, io.EOF},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, err := Read[strictDoc](tt.r, tt.limit)
			if tt.want == io.EOF {
				if err == nil {
					t.Fatal("Read = nil, want an error")
				}
				return
			}
			if !errors.Is(err, tt.want) {
				t.Fatalf("Read = %v, want %v", err, tt.want)
			}
			if err == nil && v.Title != "x" {
				t.Errorf("Read = %+v", v)
			}
		})
	}
}

func ExampleRead() {
	type order struct {
		Item  string `json:"item"`
		Count int    `json:"count"`
	}
	o, err := Read[order](strings.NewReader(`{"item":"tea","count":2}`), 1<<20)
	fmt.Println(o, err)
	_, err = Read[order](strings.NewReader(`{"item":"tea","Count":2}`), 1<<20)
	fmt.Println(err)
	// Output:
	// {tea 2} <nil>
	// json: /Count: write this key as "count"
}
