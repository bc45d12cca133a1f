package main

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/benchmarks.md")

const (
	rawDir  = "../results"
	docFile = "../../docs/benchmarks.md"
)

// TestUpToDate fails when the results, the prose or the generator changed and
// the document was not generated again.
func TestUpToDate(t *testing.T) {
	if *update {
		if err := write(rawDir, docFile); err != nil {
			t.Fatal(err)
		}
	}
	want, err := page(rawDir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(docFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s is not what %s gives; run: go run ./table", docFile, rawDir)
	}
}

func TestParse(t *testing.T) {
	r, err := parse("cpu: x y\nBenchmarkA/b 10 3.5 ns/op 16 B/op 1 allocs/op\n" +
		"BenchmarkA/b 10 1.5 ns/op 16 B/op 1 allocs/op\n")
	if err != nil {
		t.Fatal(err)
	}
	f := r.figure["BenchmarkA/b"]
	if f == nil || f.median() != 2.5 || f.min() != 1.5 || f.max() != 3.5 || median(f.bytes) != 16 || median(f.allocs) != 1 {
		t.Errorf("figure = %+v", f)
	}
	if r.Config["cpu"] != "x y" {
		t.Errorf("config = %v", r.Config)
	}
}

func TestParseErrors(t *testing.T) {
	for _, line := range []string{"BenchmarkA 10 x ns/op", "BenchmarkA 10"} {
		if _, err := parse(line); err == nil {
			t.Errorf("parse(%q) gives no error", line)
		}
	}
}

// TestVerdict: a loss is said plainly, and an adapter that did not do the work
// does not win.
func TestVerdict(t *testing.T) {
	at := func(peer string, ns float64, unfit bool) entry {
		return entry{peer, unfit, &figure{ns: []float64{ns}}}
	}
	tests := []struct {
		name    string
		entries []entry
		want    string
	}{
		{"first", []entry{at("covet", 10, false), at("chi", 20, false)}, "fastest"},
		{"second", []entry{at("covet", 10, false), at("chi", 8, false)}, "**slower than chi**, 1.25x its time"},
		{"unfit", []entry{at("covet", 10, false), at("gin", 5, true)}, "fastest"},
	}
	for _, tt := range tests {
		if got := verdict(tt.entries); got != tt.want {
			t.Errorf("%s: verdict = %q, want %q", tt.name, got, tt.want)
		}
	}
	order := []entry{at("b", 2, false), at("a", 1, false)}
	if slices.MinFunc(order, byTime).peer != "a" || !strings.Contains(title("servemux"), "ServeMux") {
		t.Error("order or titles are wrong")
	}
}
