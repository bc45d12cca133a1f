package json

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The decoder's workloads. JSON_CORPORA names a directory with more of them:
// each file *.json there is decoded into an any.

type benchUser struct {
	ID      int      `json:"id"`
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Age     int      `json:"age"`
	Active  bool     `json:"active"`
	Score   float64  `json:"score"`
	Tags    []string `json:"tags"`
	Address struct {
		Street string `json:"street"`
		City   string `json:"city"`
		Zip    string `json:"zip"`
	} `json:"address"`
}

type benchUsers struct {
	Users []benchUser `json:"users"`
	Total int         `json:"total"`
}

type benchRecord struct {
	ID        int64             `json:"id"`
	Timestamp string            `json:"timestamp"`
	Value     float64           `json:"value"`
	Category  string            `json:"category"`
	Metadata  map[string]string `json:"metadata"`
	Data      []int             `json:"data"`
	Text      string            `json:"description"`
}

const benchTiny = `{"id":1,"name":"x"}`

const benchSmall = `{"id":12345,"name":"Alice Wonderland","email":"alice.wonderland@example.com","age":34,"active":true,` +
	`"score":98.75,"tags":["admin","editor","verified","beta"],` +
	`"address":{"street":"123 Main Street, Apartment 4B","city":"Springfield","zip":"12345-6789"}}`

func benchUsersDoc() string {
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, `,{"id":%d,"name":"User %d","email":"user%d@example.com","age":%d,"active":%v,"score":%v,"tags":["a","user"],`+
			`"address":{"street":"","city":"Town","zip":""}}`, i, i, i, 20+i%50, i%2 == 0, float64(i)*1.5)
	}
	return `{"users":[` + b.String()[1:] + `],"total":50}`
}

func benchRecordsDoc() string {
	var b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&b, `,{"id":%d,"timestamp":"2026-11-25T15:04:05Z","value":%v,"category":"category_%d",`+
			`"metadata":{"source":"sensor","unit":"celsius"},"data":[%d,%d,%d,%d],"description":%q}`,
			i, float64(i)*3.14159, i%10, i, i+1, i+2, i+3, strings.Repeat("lorem ipsum ", 5))
	}
	return "[" + b.String()[1:] + "]"
}

// eachLibrary runs a benchmark with this package and with encoding/json.
func eachLibrary(b *testing.B, name, doc string, covet, std func([]byte) error) {
	for _, lib := range []struct {
		name string
		run  func([]byte) error
	}{{"covet", covet}, {"std", std}} {
		b.Run(name+"/"+lib.name, func(b *testing.B) {
			data := []byte(doc)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := lib.run(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchInto[T any](b *testing.B, name, doc string) {
	eachLibrary(b, name, doc,
		func(data []byte) error { return Unmarshal(data, new(T)) },
		func(data []byte) error { return json.Unmarshal(data, new(T)) })
}

func BenchmarkUnmarshal(b *testing.B) {
	benchInto[benchUser](b, "empty", "{}")
	benchInto[benchUser](b, "tiny", benchTiny)
	benchInto[benchUser](b, "small", benchSmall)
	benchInto[benchUsers](b, "50users", benchUsersDoc())
	benchInto[[]benchRecord](b, "records", benchRecordsDoc())
}

func BenchmarkUnmarshalAny(b *testing.B) {
	for name, doc := range benchDocs(b) {
		benchInto[any](b, name, doc)
	}
}

func BenchmarkValid(b *testing.B) {
	valid := func(f func([]byte) bool) func([]byte) error {
		return func(data []byte) error {
			if !f(data) {
				return fmt.Errorf("not valid")
			}
			return nil
		}
	}
	for name, doc := range benchDocs(b) {
		eachLibrary(b, name, doc, valid(Valid), valid(json.Valid))
	}
}

func benchDocs(b *testing.B) map[string]string {
	docs := map[string]string{
		"empty": "{}", "tiny": benchTiny, "small": benchSmall, "50users": benchUsersDoc(), "records": benchRecordsDoc(),
	}
	if dir := os.Getenv("JSON_CORPORA"); dir != "" {
		files, err := filepath.Glob(filepath.Join(dir, "*.json"))
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			docs[filepath.Base(f)] = string(data)
		}
	}
	return docs
}
