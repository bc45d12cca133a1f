package json

import (
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// hostile documents are built to take a parser more time or memory than their
// size is worth.
func hostile(n int) map[string]string {
	return map[string]string{
		"brackets":        strings.Repeat("[", n),
		"braces":          strings.Repeat(`{"":`, n/4),
		"alternating":     strings.Repeat(`[{"a":`, n/6),
		"zeros":           "[0" + strings.Repeat(",0", n/2) + "]",
		"empty arrays":    "[[]" + strings.Repeat(",[]", n/3) + "]",
		"empty objects":   "[{}" + strings.Repeat(",{}", n/3) + "]",
		"empty strings":   `[""` + strings.Repeat(`,""`, n/3) + "]",
		"commas":          "[" + strings.Repeat(",", n),
		"quotes":          strings.Repeat(`"`, n),
		"backslashes":     `"` + strings.Repeat(`\\`, n/2) + `"`,
		"open string":     `["` + strings.Repeat("a", n),
		"escaped quotes":  `["` + strings.Repeat(`\"`, n/2) + `"]`,
		"open escapes":    `["` + strings.Repeat(`\u`, n/2),
		"unicode escapes": `["` + strings.Repeat(`\ud83d`, n/6) + `"]`,
		"long integer":    "[" + strings.Repeat("1", n) + "]",
		"long fraction":   "[0." + strings.Repeat("1", n) + "]",
		"long exponent":   "[1e" + strings.Repeat("1", n) + "]",
		"spaces":          strings.Repeat(" ", n) + "1",
		"spaces inside":   "[" + strings.Repeat(" ", n) + "1",
		"not UTF-8":       `["` + strings.Repeat("\xff", n) + `"]`,
		"continuations":   `["` + strings.Repeat("\x80", n) + `"]`,
		"same key":        `{"a":0` + strings.Repeat(`,"a":0`, n/6) + "}",
		"bad at the end":  "[0" + strings.Repeat(",0", n/2) + "}",
		"type errors":     `["a"` + strings.Repeat(`,"a"`, n/4) + "]",
	}
}

// Time grows as the document does. A quadratic parser would take minutes for
// half a megabyte; the limit leaves room for a busy machine.
func TestHostile(t *testing.T) {
	const size = 1 << 19
	for name, doc := range hostile(size) {
		t.Run(name, func(t *testing.T) {
			if took := hostileTime(doc); took > 10*time.Second {
				t.Errorf("%d bytes took %v", len(doc), took)
			}
		})
	}
}

// hostileTime is how long doc takes with several targets.
func hostileTime(doc string) time.Duration {
	start := time.Now()
	data := []byte(doc)
	var a any
	var s []string
	var n []int
	var r struct{ A []struct{ B int } }
	_, _, _, _ = Unmarshal(data, &a), Unmarshal(data, &s), Unmarshal(data, &n), Unmarshal(data, &r)
	Valid(data)
	_ = NewDecoder(strings.NewReader(doc)).Decode(&a)
	return time.Since(start)
}

// What a refused document took is given back, and what it takes meanwhile is
// bounded by its size.
func TestHostileMemory(t *testing.T) {
	const size = 1 << 20
	for name, doc := range hostile(size) {
		data := []byte(doc)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		Valid(data)
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > size {
			t.Errorf("%s: Valid of %d bytes took %d", name, size, got)
		}
	}
}

// Decoders come from a pool: goroutines must not meet in one, and the collector
// must find everything that they store.
func TestConcurrentGC(t *testing.T) {
	doc := benchRecordsDoc()[:20000]
	doc = doc[:strings.LastIndex(doc, ",{")] + "]"
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 20 {
				checkUnmarshal(t, doc, fresh[[]benchRecord])
				checkUnmarshal(t, doc, fresh[any])
				checkUnmarshal(t, doc[:len(doc)-1-g*i], fresh[any])
				checkUnmarshal(t, benchSmall, fresh[benchUser])
				if i%8 == g {
					runtime.GC()
				}
			}
		})
	}
	wg.Wait()
}
