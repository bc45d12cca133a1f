package jsonbench

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// probe is a thing that encoding/json does and a faster package might not.
type probe struct {
	title string // of what a package does that fails
	ok    func(p peer) bool
}

var probes = []probe{
	{"takes text behind the document", refuses[any](`{} x`, `[1]]`, `1 2`)},
	{"takes malformed numbers", refuses[any](`[01]`, `[1.]`, `[.5]`, `[+1]`, `[1e]`, `[-]`)},
	{"takes control characters in strings", refuses[any]("\"a\nb\"", "\"a\x00b\"", "[\"\x1f\"]")},
	{"takes bad escapes", refuses[any](`"\x"`, `"\u12g4"`, `"\u12"`)},
	{"takes errors in values that no field wants", refuses[narrow](
		`{"x":[1 2],"id":1}`, `{"x":01,"id":1}`, `{"x":"\q","id":1}`, "{\"x\":\"\n\",\"id\":1}", `{"x":tru3,"id":1}`)},
	{"takes numbers that overflow", refuses[struct {
		I int8    `json:"i"`
		F float64 `json:"f"`
	}](`{"i":300}`, `{"f":1e999}`)},
	{"has no limit to nesting", refuses[any](strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001))},
	{"changes the target before a syntax error", func(p peer) bool {
		v := narrow{ID: 7}
		return p.unmarshal([]byte(`{"id":8,"id":}`), &v) != nil && v.ID == 7
	}},
	{"stops at a value of the wrong type", func(p peer) bool {
		v := narrow{}
		return p.unmarshal([]byte(`{"name":5,"id":8}`), &v) != nil && v.ID == 8
	}},
	{"tells the place of a syntax error otherwise", func(p peer) bool {
		e, ok := errors.AsType[*stdjson.SyntaxError](p.unmarshal([]byte(`{"id":8,}`), &narrow{}))
		return ok && e.Offset == 9
	}},
	{"matches keys by case", func(p peer) bool {
		v := narrow{}
		return p.unmarshal([]byte(`{"ID":8}`), &v) == nil && v.ID == 8
	}},
	{"refuses a repeated key", func(p peer) bool {
		v := narrow{}
		return p.unmarshal([]byte(`{"id":7,"id":8}`), &v) == nil && v.ID == 8
	}},
	{"reads invalid UTF-8 as it is", func(p peer) bool {
		var v, k any
		return p.unmarshal([]byte("\"a\xffb\""), &v) == nil && v == "a\ufffdb" &&
			p.unmarshal([]byte(`"\ud800x"`), &k) == nil && k == "\ufffdx"
	}},
	{"writes invalid UTF-8 as it is", writes("a\xffb", `"a\ufffdb"`, "\"a\ufffdb\"")},
	{"does not escape HTML", writes("<a&b>\u2028", `"\u003ca\u0026b\u003e\u2028"`)},
	{"does not sort the keys of maps", func(p peer) bool {
		m := map[string]int{}
		for _, r := range "qwertyuiopasdfgh" {
			m[string(r)] = int(r)
		}
		out, err := p.marshal(m)
		want, _ := std.marshal(m)
		return err == nil && string(out) == string(want)
	}},
	{"writes nil slices and maps as empty ones", writes(struct {
		S []int
		M map[string]int
	}{}, `{"S":null,"M":null}`)},
}

type narrow struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// refuses says whether all of the documents are errors.
func refuses[T any](docs ...string) func(peer) bool {
	return func(p peer) bool {
		return !slices.ContainsFunc(docs, func(doc string) bool { return p.unmarshal([]byte(doc), new(T)) == nil })
	}
}

// writes says whether a value is written in one of some ways.
func writes(v any, want ...string) func(peer) bool {
	return func(p peer) bool {
		out, err := p.marshal(v)
		return err == nil && slices.Contains(want, string(out))
	}
}

// TestDiffer finds what each package does otherwise than encoding/json, and
// prints it in the form that the runner puts into the results:
//
//	differs: sonic: takes control characters in strings
//
// covet must not differ, and encoding/json itself shows that the probes are
// right.
func TestDiffer(t *testing.T) {
	found := map[string][]string{}
	for _, p := range peersFor("") {
		for _, probe := range probes {
			if !p.passes(probe) {
				found[p.name] = append(found[p.name], probe.title)
				fmt.Printf("differs: %s: %s\n", p.name, probe.title)
			}
		}
	}
	for name := range maps.Keys(found) {
		if name == "std" || strings.HasPrefix(name, "covet") {
			t.Errorf("%s: %q", name, found[name])
		}
	}
}

// passes takes a panic for a no.
func (p peer) passes(probe probe) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return probe.ok(p)
}
