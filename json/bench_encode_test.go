package json

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// benchEncode runs a benchmark of Marshal, AppendMarshal and encoding/json.
func benchEncode(b *testing.B, name string, v any) {
	doc, err := json.Marshal(v)
	if err != nil {
		b.Fatal(err)
	}
	buf := make([]byte, 0, 2*len(doc)+256)
	for _, lib := range []struct {
		name string
		run  func() ([]byte, error)
	}{
		{"covet", func() ([]byte, error) { return Marshal(v) }},
		{"append", func() ([]byte, error) { return AppendMarshal(buf, v) }},
		{"std", func() ([]byte, error) { return json.Marshal(v) }},
	} {
		b.Run(name+"/"+lib.name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := lib.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// benchValue decodes a document into a new T.
func benchValue[T any](b *testing.B, doc string) *T {
	v := new(T)
	if err := json.Unmarshal([]byte(doc), v); err != nil {
		b.Fatal(err)
	}
	return v
}

func BenchmarkMarshal(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	points := make([][2]float64, 5000)
	for i := range points {
		points[i] = [2]float64{rng.Float64()*360 - 180, rng.Float64()*180 - 90}
	}
	benchEncode(b, "bool", true)
	benchEncode(b, "tiny", benchValue[benchUser](b, benchTiny))
	benchEncode(b, "small", benchValue[benchUser](b, benchSmall))
	benchEncode(b, "50users", benchValue[benchUsers](b, benchUsersDoc()))
	benchEncode(b, "records", benchValue[[]benchRecord](b, benchRecordsDoc()))
	benchEncode(b, "floats", &points)
	benchEncode(b, "text", strings.Repeat("Ein längerer Text – 日本語も – with <tags> & \"quotes\".\n", 100))
}

func BenchmarkMarshalAny(b *testing.B) {
	for name, doc := range benchDocs(b) {
		benchEncode(b, name, *benchValue[any](b, doc))
	}
}
