package strictjson

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

type inner struct {
	Name string `json:"name"`
	N    int    `json:"a/b~c"`
}

type hidden struct {
	Deep int `json:"deep"`
}

type doc struct {
	hidden
	Title string           `json:"title"`
	Tags  []string         `json:"tags"`
	Sub   *inner           `json:"sub"`
	Subs  []inner          `json:"subs"`
	Map   map[string]inner `json:"map"`
	Any   any              `json:"any"`
	Time  time.Time        `json:"time"`
	Skip  int              `json:"-"`
	Plain int
}

func TestCheck(t *testing.T) {
	tests := []struct{ name, in, pointer, detail string }{
		{"fine", `{"title":"x","tags":["a","a"],"sub":{"name":"y"},"Plain":1,"deep":2}`, "", ""},
		{"unknown keys", `{"titles":1,"x":{"y":{}}}`, "", ""},
		{"twice", `{"title":"x","title":"y"}`, "/title", "twice"},
		{"twice, one escaped", `{"title":"x","\u0074itle":"y"}`, "/title", "twice"},
		{"twice below an unknown key", `{"x":[{"k":1,"k":2}]}`, "/x/0/k", "twice"},
		{"twice in any", `{"any":{"a":1,"a":2}}`, "/any/a", "twice"},
		{"case", `{"Title":"x"}`, "/Title", `"title"`},
		{"case of an untagged field", `{"plain":1}`, "/plain", `"Plain"`},
		{"case of a promoted field", `{"DEEP":1}`, "/DEEP", `"deep"`},
		{"case below", `{"subs":[{},{"NAME":"x"}]}`, "/subs/1/NAME", `"name"`},
		{"case in a map's values", `{"map":{"K":{"Name":"x"}}}`, "/map/K/Name", `"name"`},
		{"map keys are free", `{"map":{"k":{},"K":{}}}`, "", ""},
		{"any is free", `{"any":{"title":1,"Title":2}}`, "", ""},
		{"pointer is escaped", `{"sub":{"A/b~c":1}}`, "/sub/A~1b~0c", "a/b~c"},
		{"ignored field", `{"skip":1}`, "", ""},
		{"Kelvin sign", `{"\u212a":1}`, "", ""},
		{"scalar", `7`, "", ""},
		{"spaces", " \t{ \"title\" : \"x\\\"}\" , \"tags\" : [ ] }\n", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Check([]byte(tt.in), reflect.TypeFor[*doc]())
			var key *KeyError
			if tt.detail == "" {
				if err != nil {
					t.Fatalf("Check(%s) = %v, want nil", tt.in, err)
				}
				return
			}
			if !errors.As(err, &key) || key.Pointer != tt.pointer || !strings.Contains(key.Detail, tt.detail) {
				t.Fatalf("Check(%s) = %v, want %q with %q", tt.in, err, tt.pointer, tt.detail)
			}
		})
	}
}

func TestManyKeys(t *testing.T) {
	var b strings.Builder
	for i := range 100 {
		b.WriteString(`"k` + strings.Repeat("x", i) + `":1,`)
	}
	if err := Check([]byte(`{`+b.String()+`"z":1}`), nil); err != nil {
		t.Error(err)
	}
	if err := Check([]byte(`{`+b.String()+`"kx":1}`), nil); err == nil {
		t.Error("a key that came back after 100 was not seen")
	}
}

func TestPointerOfDecodingErrors(t *testing.T) {
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
		err := json.Unmarshal([]byte(tt.in), new(doc))
		var wrong *json.UnmarshalTypeError
		if !errors.As(err, &wrong) {
			t.Errorf("Unmarshal(%s) = %v, want an UnmarshalTypeError", tt.in, err)
			continue
		}
		if got := Pointer([]byte(tt.in), wrong.Offset); got != tt.want {
			t.Errorf("Pointer(%s, %d) = %q, want %q", tt.in, wrong.Offset, got, tt.want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(`{"title":"x","sub":{"name":"\u00e9","a/b~c":3},"any":[1,-2.5e3,null,{}]}`))
	f.Add([]byte(`[[],{},"\\\"",true]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			return
		}
		_ = Check(data, reflect.TypeFor[*doc]())
		for i := range data {
			_ = Pointer(data, int64(i))
		}
	})
}
