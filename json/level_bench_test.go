package json_test

import (
	"bytes"
	stdjson "encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/covetgo/covet/json"
	"github.com/covetgo/covet/simd"
)

// levelUser is what a list of users is made of.
type levelUser struct {
	ID     int      `json:"id"`
	Name   string   `json:"name"`
	Email  string   `json:"email"`
	Active bool     `json:"active"`
	Score  float64  `json:"score"`
	Roles  []string `json:"roles"`
}

// levelUsers are n users, and their JSON.
func levelUsers(n int) ([]levelUser, []byte) {
	list := make([]levelUser, n)
	for i := range list {
		list[i] = levelUser{10_000 + i, "Ada Lovelace", fmt.Sprintf("ada%d@example.com", i), i%4 > 0, float64(i*37%1000) / 8, []string{"admin", "größer"}}
	}
	text, err := stdjson.Marshal(list)
	if err != nil {
		panic(err)
	}
	return list, text
}

// BenchmarkLevels/operation/users/level is this package at every level of the
// processor, beside encoding/json: "generic" is the plain Go twin of the kernels.
//
//	go test -run '^$' -bench Levels ./json
//
// A process has one level. For the others than its own the benchmark runs in
// another process, which it starts, and reports that one's time.
func BenchmarkLevels(b *testing.B) {
	for _, n := range []int{1, 50, 5000} {
		list, text := levelUsers(n)
		for _, op := range []struct {
			name       string
			covet, std func() error
		}{
			{"unmarshal", func() error { return json.Unmarshal(text, new([]levelUser)) },
				func() error { return stdjson.Unmarshal(text, new([]levelUser)) }},
			{"any", func() error { return json.Unmarshal(text, new(any)) },
				func() error { return stdjson.Unmarshal(text, new(any)) }},
			{"marshal", func() error { _, err := json.Marshal(list); return err },
				func() error { _, err := stdjson.Marshal(list); return err }},
			{"valid", func() error { return levelError(json.Valid(text)) },
				func() error { return levelError(stdjson.Valid(text)) }},
		} {
			b.Run(fmt.Sprintf("%s/%d", op.name, n), func(b *testing.B) {
				for _, level := range simd.Levels() {
					b.Run(level, func(b *testing.B) { benchLevel(b, level, len(text), op.covet) })
				}
				b.Run("encoding-json", func(b *testing.B) { benchLevelCall(b, len(text), op.std) })
			})
		}
	}
}

func levelError(ok bool) error {
	if ok {
		return nil
	}
	return fmt.Errorf("not valid")
}

func benchLevelCall(b *testing.B, size int, call func() error) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if err := call(); err != nil {
			b.Fatal(err)
		}
	}
}

// levelChildEnv tells a process that it was started by benchLevel.
const levelChildEnv = "COVET_BENCH_CHILD"

func benchLevel(b *testing.B, level string, size int, call func() error) {
	if level == simd.Level() {
		benchLevelCall(b, size, call)
		return
	}
	if os.Getenv(levelChildEnv) != "" {
		b.Skip("of another process")
	}
	benchLevelElsewhere(b, level)
}

// benchLevelElsewhere runs the benchmark in a process of that level, which decides by
// the same flag as this one how often: b.N is of no use here, and stays 1 since
// the process takes as long as a benchmark shall.
func benchLevelElsewhere(b *testing.B, level string) {
	name := strings.TrimSuffix(b.Name(), fmt.Sprint("-", b.N))
	cmd := exec.Command(os.Args[0], "-test.run=^$", "-test.benchtime="+flag.Lookup("test.benchtime").Value.String(),
		"-test.bench=^"+strings.ReplaceAll(name, "/", "$/^")+"$")
	cmd.Env = append(os.Environ(), simd.Env+"="+level, levelChildEnv+"=1")
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for line := range bytes.Lines(out) {
		words := strings.Fields(string(line))
		for i := 2; strings.HasPrefix(string(line), "BenchmarkLevels") && i+1 < len(words); i += 2 {
			v, err := strconv.ParseFloat(words[i], 64)
			if err != nil {
				b.Fatalf("%s: %v", line, err)
			}
			b.ReportMetric(v, words[i+1])
		}
	}
}
