package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// results is a parsed result file.
type results struct {
	Config map[string]string   // its "key: value" lines
	Lists  map[string][]string // the values of those whose key is repeated
	figure map[string]*figure  // by the name of the benchmark
}

// figure is what the rounds of one benchmark gave, each sorted.
type figure struct {
	ns, bytes, allocs []float64
	cpu               []float64 // takes the place of ns where it is given
	p99               []float64 // of a benchmark that measures many calls singly
	size              float64   // bytes of input or output an operation, if it says so
}

func (f *figure) median() float64 { return median(f.ns) }

func (f *figure) min() float64 { return f.ns[0] }

func (f *figure) max() float64 { return f.ns[len(f.ns)-1] }

// median is that of sorted values; 0 if there are none.
func median(sorted []float64) float64 {
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func parse(text string) (results, error) {
	r := results{map[string]string{}, map[string][]string{}, map[string]*figure{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "Benchmark") {
			if err := r.add(line); err != nil {
				return r, err
			}
		} else if key, value, ok := strings.Cut(line, ": "); ok {
			r.Config[key] = value
			r.Lists[key] = append(r.Lists[key], value)
		}
	}
	for _, f := range r.figure {
		if len(f.cpu) > 0 {
			f.ns = f.cpu
		}
		for _, values := range [][]float64{f.ns, f.bytes, f.allocs, f.p99} {
			slices.Sort(values)
		}
	}
	return r, nil
}

// add takes a line like
//
//	BenchmarkRouter/github/own/gin 310312 74.41 ns/op 0 B/op 0 allocs/op
func (r results) add(line string) error {
	words := strings.Fields(line)
	f := r.figure[words[0]]
	if f == nil {
		f = &figure{}
		r.figure[words[0]] = f
	}
	rounds := len(f.ns)
	for i := 2; i+1 < len(words); i += 2 {
		v, err := strconv.ParseFloat(words[i], 64)
		if err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
		f.take(v, words[i+1])
	}
	if len(f.ns) == rounds {
		return fmt.Errorf("line %q has no ns/op", line)
	}
	return nil
}

func (f *figure) take(v float64, unit string) {
	switch unit {
	case "ns/op":
		f.ns = append(f.ns, v)
	case "cpu-ns/op":
		f.cpu = append(f.cpu, v)
	case "B/op":
		f.bytes = append(f.bytes, v)
	case "allocs/op":
		f.allocs = append(f.allocs, v)
	case "p99-ns/op":
		f.p99 = append(f.p99, v)
	case "MB/s":
		if len(f.ns) > 0 { // it stands before the speed
			f.size = math.Round(v * f.ns[len(f.ns)-1] / 1e3)
		}
	}
}

// speed is megabytes a second.
func (f *figure) speed() float64 { return f.size / f.median() * 1e3 }

// of is the figure of the benchmark with this path, or nil.
func (r results) of(parts ...string) *figure { return r.figure["Benchmark"+strings.Join(parts, "/")] }
