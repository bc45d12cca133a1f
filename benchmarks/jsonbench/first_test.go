package jsonbench

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// BenchmarkFirst/row/document/package is the first call that a process makes
// for a type. Run it with -benchtime 1x, and each by itself: the second call
// of a process is another matter.
func BenchmarkFirst(b *testing.B) {
	for _, d := range corpus.Documents() {
		if d.Name != "small" && d.Name != "twitter" {
			continue
		}
		for _, p := range peers {
			b.Run("decode/"+d.Name+"/"+p.name, func(b *testing.B) {
				doc, v := d.Bytes(), d.New()
				once(b, func() error { return p.unmarshal(doc, v) })
			})
			b.Run("encode/"+d.Name+"/"+p.name, func(b *testing.B) {
				v := d.New()
				must(b, json.Unmarshal(d.Bytes(), v))
				once(b, func() error {
					_, err := p.marshal(v)
					return err
				})
			})
		}
	}
}

// once is not b.Loop, which calls more often.
func once(b *testing.B, f func() error) {
	runtime.GC()
	b.ResetTimer()
	before := cpuTime()
	for range b.N {
		must(b, f())
	}
	b.ReportMetric(float64(cpuTime()-before)/float64(b.N), "cpu-ns/op")
}

// fresh is how many types BenchmarkFresh makes.
const fresh = 100

// BenchmarkFresh/row/package is the first call for each of many types, in a
// process that knows other types already: its cpu-ns/op is the median over
// the types, and p99-ns/op is what one in a hundred exceeds.
func BenchmarkFresh(b *testing.B) {
	for _, p := range peers {
		b.Run("decode/"+p.name, func(b *testing.B) {
			benchFresh(b, func(v any) error { return p.unmarshal([]byte(`{}`), v) })
		})
		b.Run("encode/"+p.name, func(b *testing.B) {
			benchFresh(b, func(v any) error {
				_, err := p.marshal(v)
				return err
			})
		})
	}
}

func benchFresh(b *testing.B, call func(any) error) {
	types := make([]reflect.Type, fresh)
	for i := range types {
		types[i] = freshType(i)
	}
	runtime.GC()
	var took []time.Duration
	for _, t := range types {
		v := reflect.New(t).Interface()
		before := cpuTime()
		must(b, call(v))
		took = append(took, cpuTime()-before)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[fresh/2]), "cpu-ns/op")
	b.ReportMetric(float64(took[fresh*99/100-1]), "p99-ns/op")
}

// freshType is a struct of 12 fields, one of them a list of structs of 5, that
// nobody has seen yet.
func freshType(i int) reflect.Type {
	field := func(name string, v any) reflect.StructField {
		return reflect.StructField{
			Name: fmt.Sprintf("%s%d", name, i),
			Type: reflect.TypeOf(v),
			Tag:  reflect.StructTag(fmt.Sprintf(`json:"%s_%d"`, name, i)),
		}
	}
	some := []reflect.StructField{
		field("ID", int64(0)), field("Name", ""), field("Score", 0.0), field("Active", false), field("Tags", []string(nil)),
	}
	all := append(slices.Clone(some), field("Count", 0), field("Small", uint8(0)), field("Ratio", float32(0)),
		field("Labels", map[string]string(nil)), field("Note", (*string)(nil)), field("Extra", any(new(any))))
	all = append(all, reflect.StructField{
		Name: "Items", Type: reflect.SliceOf(reflect.StructOf(some)), Tag: `json:"items"`,
	})
	return reflect.StructOf(all)
}
