package simd

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
	"unsafe"
)

// BenchmarkRatios is for machines that are not quiet: it runs the levels in turn,
// in slices of some 20 µs, and reports each level's fastest slice in GB/s, and as a
// multiple of the generic twin's.
//
//	go test -run '^$' -bench Ratios -benchtime 300x ./simd
func BenchmarkRatios(b *testing.B) {
	tweet, compact := []byte(tweets(1<<20, true)), []byte(tweets(3<<19, false))
	ascii := []byte(strings.Repeat("It is sufficient for the text. ", 1<<16))
	japanese := []byte(strings.Repeat("漢字かな交じり文は、漢字と仮名を交えて書く。", 1<<14))
	dst, flags := make([]uint32, 1<<20+IndexSlack), make([]byte, 1<<14)
	index := func(p []byte) { var s IndexState; IndexJSON(dst, flags, p, 0, &s) }
	out := make([]byte, 0, 1<<20)
	for _, w := range []struct {
		name string
		text []byte
		run  func(p []byte)
	}{
		{"index/tweets", tweet, index},
		{"index/compact", compact, index},
		{"escape/ascii", ascii, func(p []byte) { EscapeIndex(p, EscapeHTML) }},
		{"append/ascii", ascii, func(p []byte) { AppendPlain(out, unsafe.String(&p[0], len(p)), EscapeHTML) }},
		{"utf8/ascii", ascii, func(p []byte) { ValidUTF8(p) }},
		{"utf8/japanese", japanese, func(p []byte) { ValidUTF8(p) }},
	} {
		for _, n := range sizes {
			p := w.text[:n]
			for !utf8.Valid(p) {
				p = p[:len(p)-1]
			}
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) { benchRatio(b, len(p), func() { w.run(p) }) })
		}
	}
}

// benchRatio reports the fastest slice of each level.
func benchRatio(b *testing.B, size int, run func()) {
	defer setLevel(level)
	best := map[string]time.Duration{}
	times := max(1, 20_000/(size+20))
	for b.Loop() {
		for _, l := range levels {
			setLevel(l)
			start := time.Now()
			for range times {
				run()
			}
			if d := time.Since(start); best[l] == 0 || d < best[l] {
				best[l] = d
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, l := range levels {
		b.ReportMetric(float64(times*size)/float64(best[l].Nanoseconds()), l+"-GB/s")
		b.ReportMetric(best[generic].Seconds()/best[l].Seconds(), l+"-x")
	}
}
