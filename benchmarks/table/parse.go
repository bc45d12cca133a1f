package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// results is a parsed result file.
type results struct {
	config map[string]string  // its "key: value" lines
	figure map[string]*figure // by the name of the benchmark
}

// figure is what the rounds of one benchmark gave.
type figure struct {
	ns            []float64 // sorted
	bytes, allocs float64   // of the last round; they hardly vary
}

func (f *figure) median() float64 {
	n := len(f.ns)
	return (f.ns[(n-1)/2] + f.ns[n/2]) / 2
}

func (f *figure) min() float64 { return f.ns[0] }

func (f *figure) max() float64 { return f.ns[len(f.ns)-1] }

func parse(text string) (results, error) {
	r := results{map[string]string{}, map[string]*figure{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "Benchmark") {
			if err := r.add(line); err != nil {
				return r, err
			}
		} else if key, value, ok := strings.Cut(line, ": "); ok {
			r.config[key] = value
		}
	}
	for _, f := range r.figure {
		slices.Sort(f.ns)
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
	for i := 2; i+1 < len(words); i += 2 {
		v, err := strconv.ParseFloat(words[i], 64)
		if err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
		switch words[i+1] {
		case "ns/op":
			f.ns = append(f.ns, v)
		case "B/op":
			f.bytes = v
		case "allocs/op":
			f.allocs = v
		}
	}
	if len(f.ns) == 0 {
		return fmt.Errorf("line %q has no ns/op", line)
	}
	return nil
}
