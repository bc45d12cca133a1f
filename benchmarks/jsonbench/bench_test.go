package jsonbench

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// row is a thing to do with a document. The benchmark is nil where a package
// can't do it.
type row struct {
	name  string
	bench func(peer, corpus.Document) func(*testing.B)
}

var rows = []row{
	{"decode", benchDecode},
	{"any", benchAny},
	{"encode", benchEncode},
	{"encodeany", benchEncodeAny},
	{"valid", benchValid},
	{"stream", benchStream},
	{"compact", benchCompact},
}

// BenchmarkJSON/row/document/package is the time for one document; for a row
// of streams, for all of the stream.
func BenchmarkJSON(b *testing.B) {
	for _, r := range rows {
		for _, d := range corpus.Documents() {
			for _, p := range peersFor(r.name) {
				if run := r.bench(p, d); run != nil {
					b.Run(r.name+"/"+d.Name+"/"+p.name, run)
				}
			}
		}
	}
}

// tinyPeers are those whose call overhead is shown.
var tinyPeers = map[string]bool{"std": true, "sonic": true, "goccy": true, "covet": true}

// BenchmarkTiny/row/document/package is BenchmarkJSON for documents that are
// so small that what counts is the call.
func BenchmarkTiny(b *testing.B) {
	for _, r := range rows {
		if r.name == "stream" || r.name == "compact" || r.name == "encodeany" {
			continue
		}
		for _, d := range corpus.Tiny() {
			for _, p := range peers {
				if tinyPeers[p.name] {
					b.Run(r.name+"/"+d.Name+"/"+p.name, r.bench(p, d))
				}
			}
		}
	}
}

// loop measures f on n bytes, by the clock and by the work of the processor. It
// runs once first, since packages do things then that they never do again, and
// what that and the preparations left is collected.
func loop(b *testing.B, n int, f func() error) {
	must(b, f())
	runtime.GC()
	b.SetBytes(int64(n))
	b.ReportAllocs()
	before := cpuTime()
	for b.Loop() {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpuTime()-before)/float64(b.N), "cpu-ns/op")
}

// benchDecode is into a new zero value each time.
func benchDecode(p peer, d corpus.Document) func(*testing.B) {
	return func(b *testing.B) {
		doc := d.Bytes()
		loop(b, len(doc), func() error { return p.unmarshal(doc, d.New()) })
	}
}

func benchAny(p peer, d corpus.Document) func(*testing.B) {
	return func(b *testing.B) {
		doc := d.Bytes()
		loop(b, len(doc), func() error {
			var v any
			return p.unmarshal(doc, &v)
		})
	}
}

func benchEncode(p peer, d corpus.Document) func(*testing.B) {
	return func(b *testing.B) {
		v := d.New()
		must(b, std.unmarshal(d.Bytes(), v))
		loopMarshal(b, p, v)
	}
}

func benchEncodeAny(p peer, d corpus.Document) func(*testing.B) {
	return func(b *testing.B) {
		var v any
		must(b, std.unmarshal(d.Bytes(), &v))
		loopMarshal(b, p, v)
	}
}

// loopMarshal counts the bytes that encoding/json writes, whatever others do.
func loopMarshal(b *testing.B, p peer, v any) {
	text, err := std.marshal(v)
	must(b, err)
	loop(b, len(text), func() error {
		_, err := p.marshal(v)
		return err
	})
}

func benchValid(p peer, d corpus.Document) func(*testing.B) {
	return func(b *testing.B) {
		doc := d.Bytes()
		loop(b, len(doc), func() error {
			if !p.valid(doc) {
				b.Fatal("not valid")
			}
			return nil
		})
	}
}

// streamed is how long a stream is at least.
const streamed = 64 << 10

// benchStream reads a stream of documents, each into a new value.
func benchStream(p peer, d corpus.Document) func(*testing.B) {
	return func(b *testing.B) {
		stream := repeated(d.Bytes(), 1+(streamed-1)/len(d.Bytes()))
		loop(b, len(stream), func() error {
			p.stream(b, bytes.NewReader(stream), d.New, func(any) {})
			return nil
		})
	}
}

func benchCompact(p peer, d corpus.Document) func(*testing.B) {
	if p.compact == nil {
		return nil
	}
	return func(b *testing.B) {
		doc, out := d.Bytes(), new(bytes.Buffer)
		loop(b, len(doc), func() error {
			out.Reset()
			return p.compact(out, doc)
		})
	}
}
