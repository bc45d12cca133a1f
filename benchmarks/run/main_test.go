package main

import (
	"bytes"
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
	if err := header(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"date", "cpu", "kernel", "go", "peers", "commit", "command"} {
		if !strings.Contains("\n"+out.String(), "\n"+key+": ") {
			t.Errorf("the header has no %s:\n%s", key, out.String())
		}
	}
}
