package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// made is a result file with a line for every package on every document in a
// row: times are in the order of the packages.
func made(t *testing.T, row string, times map[string]float64) results {
	t.Helper()
	var b strings.Builder
	for _, d := range corpus.Documents() {
		for peer, ns := range times {
			fmt.Fprintf(&b, "BenchmarkJSON/%s/%s/%s 1 %g ns/op %g MB/s 8 B/op 1 allocs/op\n", row, d.Name, peer, ns, 1000*1000/ns)
		}
	}
	return parsed(t, b.String())
}

func parsed(t *testing.T, text string) results {
	t.Helper()
	r, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestParseJSON: the size of a document follows from its speed, and lines with
// the same key add up.
func TestParseJSON(t *testing.T) {
	r := parsed(t, "differs: a: x\ndiffers: a: y\ndiffers: sonic-std: z\nBenchmarkJSON/a/b/c 10 200 ns/op 1500 MB/s\nBenchmarkFresh/x 1 5 ns/op 9 p99-ns/op\n")
	if f := r.of("JSON", "a", "b", "c"); f.size != 300 || f.speed() != 1500 {
		t.Errorf("size = %v, speed = %v, want 300 bytes, 1500 MB/s", f.size, f.speed())
	}
	if f := r.of("Fresh", "x"); median(f.p99) != 9 {
		t.Errorf("p99 = %v", f.p99)
	}
	got := strings.Join(newDiffer(r), "\n")
	if want := "**a** x; y.\n**sonic ConfigStd** z."; got != want {
		t.Errorf("differ = %q, want %q", got, want)
	}
}

func TestSpeeds(t *testing.T) {
	r := made(t, "decode", map[string]float64{"covet": 100, "sonic": 200, "goccy": 150, "std": 50})
	s, err := newSpeeds(r, "decode", "std", "sonic", "goccy")
	if err != nil {
		t.Fatal(err)
	}
	line := s.Rows[0]
	got := strings.Join(append([]string{line.Title, line.Covet, line.Ratio, s.Mean}, append(line.Cells, s.Means...)...), " | ")
	want := "small object, 300 B | 10,000 | 1.50x | 1.50x | 20,000 (**0.50x**) | 5,000 (2.00x) | 6,667 (1.50x) | **0.50x** | 2.00x | 1.50x"
	if got != want {
		t.Errorf("line = %s\nwant   %s", got, want)
	}
	if first := s.Details[0]; first.Peer != "encoding/json" || first.Speed != "20,000" {
		t.Errorf("the fastest is %+v", first)
	}
	if _, err := newSpeeds(r, "decode", "std", "segmentio"); err == nil {
		t.Error("no error without figures for a peer")
	}
	if _, err := newSpeeds(r, "any", "std"); err == nil {
		t.Error("no error without figures for covet")
	}
}

// TestGoals: a goal fails by one document, or by the mean.
func TestGoals(t *testing.T) {
	g := goal{"title", "decode", "covet", []string{"sonic", "goccy"}, 1.15, 1.5}
	tests := []struct {
		name          string
		covet, extra  float64 // extra is for canada
		verdict, mean string
	}{
		{"holds", 100, 100, "holds", "2.00x"},
		{"low", 100, 180, "**fails**", "1.87x"},
		{"weak", 150, 150, "**fails**", "**1.33x**"},
	}
	for _, tt := range tests {
		r := made(t, "decode", map[string]float64{"covet": tt.covet, "sonic": 200, "goccy": 300})
		r.of("JSON", "decode", "canada", "covet").ns[0] = tt.extra
		got, err := g.judge(r)
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict != tt.verdict || got.MeanIs != tt.mean {
			t.Errorf("%s: %+v, want %s with mean %s", tt.name, got, tt.verdict, tt.mean)
		}
		if loud := strings.HasPrefix(got.Lowest, "**"); loud != (tt.name == "low") {
			t.Errorf("%s: lowest is %s", tt.name, got.Lowest)
		}
	}
	if _, err := g.judge(results{}); err == nil {
		t.Error("no error without figures")
	}
}

// TestNeverSlower counts covet at every level, and no document of 1 byte.
func TestNeverSlower(t *testing.T) {
	r := parsed(t, "BenchmarkTiny/valid/1B/std 1 1 ns/op\nBenchmarkTiny/valid/1B/covet 1 9 ns/op\n"+
		"BenchmarkTiny/valid/2B/std 1 10 ns/op\nBenchmarkTiny/valid/2B/covet 1 8 ns/op\nBenchmarkTiny/valid/2B/covet@sse 1 20 ns/op\n"+
		"BenchmarkFirst/decode/small/std 1 1 ns/op\nBenchmarkFirst/decode/small/covet 1 5 ns/op\n")
	got := r.neverSlower()
	if got.Verdict != "**fails**" || got.Lowest != "**0.50x (valid 2B covet@sse)**" || got.MeanIs != "1 slower" || !strings.Contains(got.Title, "(2 figures)") {
		t.Errorf("neverSlower = %+v", got)
	}
}

func TestNoMoreBytes(t *testing.T) {
	r := made(t, "any", map[string]float64{"covet": 1, "goccy": 2})
	if got := r.noMoreBytes(); got.Verdict != "holds" {
		t.Errorf("equal: %+v", got)
	}
	r.of("JSON", "any", "deep", "covet").bytes[0] = 10
	if got := r.noMoreBytes(); got.Verdict != "**fails**" || got.Lowest != "**highest: 1.25x (any deep)**" {
		t.Errorf("more: %+v", got)
	}
}

// TestLevels: a level that is slower than encoding/json is bold.
func TestLevels(t *testing.T) {
	var b strings.Builder
	b.WriteString("levels: best, generic\n")
	for _, row := range rowTitles {
		for _, d := range corpus.Tiny() {
			for i, peer := range []string{"covet", "std", "covet@generic"} {
				fmt.Fprintf(&b, "BenchmarkTiny/%s/%s/%s 1 %d ns/op\n", row.name, d.Name, peer, 10*(i+1))
			}
		}
	}
	got, err := newTiny(parsed(t, b.String()))
	if err != nil {
		t.Fatal(err)
	}
	line := got.Rows[0]
	if s := strings.Join(append(line.Cells, line.Standard, line.Others[0]), " "); s != "10.0 **30.0** 20.0 –" {
		t.Errorf("line = %s", s)
	}
	if heads := strings.Join(got.Names, "; "); heads != "covet, best; covet, generic" {
		t.Errorf("heads = %s", heads)
	}
	if _, err := newLevels(parsed(t, b.String())); err == nil {
		t.Error("no error without figures")
	}
}

func TestFirst(t *testing.T) {
	var b strings.Builder
	for _, peer := range []string{"covet", "std", "v2", "sonic", "sonic-std", "goccy", "segmentio", "jsoniter"} {
		for _, c := range firsts {
			fmt.Fprintf(&b, "Benchmark%s/%s 1 2000 ns/op\nBenchmark%s/%s 1 6000 ns/op\n", c.path, peer, c.path, peer)
		}
		fmt.Fprintf(&b, "BenchmarkFresh/decode/%s 1 4000 ns/op 123456 p99-ns/op\n", peer)
	}
	got, err := newFirst(parsed(t, b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if s := strings.Join(got.Rows[0].Cells, ", "); s != "4.00 / 6.00, 4.00 / 6.00, 4.00 / 6.00, 4.00 / 123, 4.00 / 6.00" {
		t.Errorf("cells = %s", s)
	}
}

// TestKernels: sizes are sorted as numbers, levels come first, and vector code
// pays where it is never slower again.
func TestKernels(t *testing.T) {
	lines := func(size int, avx2, generic, std float64) string {
		var b strings.Builder
		for column, ns := range map[string]float64{"avx2": avx2, "generic": generic, "std": std} {
			fmt.Fprintf(&b, "BenchmarkValid/ascii/%d/%s 1 %g ns/op %g MB/s\n", size, column, ns, float64(size)*1e3/ns)
		}
		return b.String()
	}
	head := "levels: avx2, generic\n"
	r := parsed(t, head+lines(8, 5, 6, 7)+lines(16, 6, 5, 7)+lines(64, 6, 20, 9)+lines(1024, 10, 100, 200))
	got, err := newKernels(r)
	if err != nil {
		t.Fatal(err)
	}
	k := got.Kernels[0]
	if k.Title != "Valid, ascii" || k.Longest != "1024" || k.Pays != "64" || strings.Join(k.Speeds, " ") != "102.4 10.2" {
		t.Errorf("kernel = %+v", k)
	}
	if s := strings.Join(k.Rows[1].Cells, ", "); k.Rows[1].Title != "16" || s != "6.0 (**0.83x**), 5.0, 7.0 (**0.71x**)" {
		t.Errorf("row = %s: %s", k.Rows[1].Title, s)
	}
	never, err := newKernels(parsed(t, head+lines(8, 9, 6, 7)))
	if err != nil || never.Kernels[0].Pays != "never" {
		t.Errorf("pays = %+v, %v", never.Kernels, err)
	}
	words, err := newKernels(parsed(t, head+"BenchmarkScan/tall/generic 1 90 ns/op 100 MB/s\nBenchmarkScan/tall/avx2 1 9 ns/op 1000 MB/s\n"+
		"BenchmarkScan/zero/generic 1 10 ns/op 100 MB/s\nBenchmarkScan/zero/avx2 1 20 ns/op 50 MB/s\n"))
	if err != nil || words.Kernels[0].Longest != "tall" || words.Kernels[0].Pays != "tall" {
		t.Errorf("sizes that are words: %+v, %v", words.Kernels, err)
	}
	away, err := newKernels(parsed(t, head+lines(1<<20, 3, 4, 5)))
	if err != nil || away.Kernels[0].Pays != "–" || strings.Join(away.Kernels[0].Speeds, " ") != "– –" {
		t.Errorf("a kernel that does not read all: %+v, %v", away.Kernels, err)
	}
	if _, err := newKernels(parsed(t, head+"BenchmarkValid/8/avx2 1 1 ns/op\n")); err == nil {
		t.Error("no error without the plain twin")
	}
}

func TestCrossing(t *testing.T) {
	const head = "levels: avx2, generic\nBenchmarkCgo/Empty 1 29 ns/op\nBenchmarkCgo/Index/C/64 1 60 ns/op\nBenchmarkCgo/Index/C/8 1 40 ns/op\n"
	got, err := newCrossing(parsed(t, head+"BenchmarkCgo/Index/avx2/64 1 20 ns/op\nBenchmarkCgo/Index/avx2/8 1 50 ns/op\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := "[{Index 8 40.0 50.0 **0.80x**} {Index 64 60.0 20.0 3.00x}]"
	if s := fmt.Sprint(got.Rows); s != want || got.Empty != "29.0" || got.Level != "avx2" {
		t.Errorf("crossing = %+v, want %s", got, want)
	}
	for _, text := range []string{"levels: avx2\n", head} {
		if _, err := newCrossing(parsed(t, text)); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct{ got, want string }{
		{thousands(0), "0"}, {thousands(999), "999"}, {thousands(1000), "1,000"}, {thousands(1234567), "1,234,567"},
		{micros(1234), "1.23"}, {micros(56_780), "56.8"}, {micros(5_678_000), "5,678"},
		{gainOf(1), "1.00x"}, {gainOf(0.9), "**0.90x**"}, {gainOf(geomean([]float64{2, 8})), "4.00x"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
