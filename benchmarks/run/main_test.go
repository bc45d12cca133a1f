package main

import (
	"bytes"
	"maps"
	"regexp"
	"strings"
	"testing"
)

func TestExactly(t *testing.T) {
	const name = "BenchmarkRouter/static1/own/gin"
	parts := strings.Split(exactly(name), "/")
	for i, word := range strings.Split(name, "/") {
		if ok, err := regexp.MatchString(parts[i], word); !ok || err != nil {
			t.Errorf("%q does not match %q: %v", parts[i], word, err)
		}
	}
	if ok, _ := regexp.MatchString(parts[1], "static157"); ok {
		t.Errorf("%q matches static157 too", parts[1])
	}
}

func TestHeader(t *testing.T) {
	var out bytes.Buffer
	if err := header(t.Context(), &out, suites[0], binary{}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"date", "cpu", "kernel", "go", "peers", "levels", "commit", "command"} {
		if !strings.Contains("\n"+out.String(), "\n"+key+": ") {
			t.Errorf("the header has no %s:\n%s", key, out.String())
		}
	}
}

func TestSuites(t *testing.T) {
	for _, s := range suites {
		if got, ok := suiteNamed(s.name); !ok || got.pkgs[0] != s.pkgs[0] {
			t.Errorf("suiteNamed(%q) = %v, %v", s.name, got.pkgs, ok)
		}
	}
	if _, ok := suiteNamed("none"); ok {
		t.Error(`suiteNamed("none") finds one`)
	}
}

// TestJobs: first calls run several times a round, covet at every level, and
// its name says which.
func TestJobs(t *testing.T) {
	s, _ := suiteNamed("json")
	names := []string{"BenchmarkFirst/decode/small/std", "BenchmarkJSON/decode/small/covet",
		"BenchmarkJSON/stream/small/covet", "BenchmarkJSON/decode/small/std"}
	count := map[string]int{}
	for _, j := range s.jobs(binary{}, names, []string{"best", "middle", "generic"}) {
		count[j.label(j.name+" 1 2 ns/op")+strings.Join(j.env(), " ")]++
	}
	want := map[string]int{
		"BenchmarkFirst/decode/small/std 1 2 ns/op":                            firstCalls,
		"BenchmarkJSON/decode/small/covet 1 2 ns/op":                           1,
		"BenchmarkJSON/decode/small/covet@middle 1 2 ns/opCOVET_SIMD=middle":   1,
		"BenchmarkJSON/decode/small/covet@generic 1 2 ns/opCOVET_SIMD=generic": 1,
		"BenchmarkJSON/stream/small/covet 1 2 ns/op":                           1,
		"BenchmarkJSON/decode/small/std 1 2 ns/op":                             1,
	}
	if !maps.Equal(count, want) {
		t.Errorf("jobs = %v, want %v", count, want)
	}
}

func TestPrefix(t *testing.T) {
	j := job{binary: binary{pkg: pkg{prefix: "Cgo/"}}, name: "BenchmarkX/8"}
	if got := j.label("BenchmarkX/8 1 2 ns/op"); got != "BenchmarkCgo/X/8 1 2 ns/op" {
		t.Errorf("label = %q", got)
	}
}
