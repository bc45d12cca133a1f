// Run measures the routers. It builds the benchmarks once, then runs all of
// them again and again for a short time each, in a new order every round and
// each in a process of its own: what disturbs the machine for a while, and
// where a process happens to lie in memory, then falls on all alike.
//
//	go run ./run [-rounds 15] [-benchtime 30ms] [-bench regexp] [-out file]
//
// The result is in the benchmarks' own format, which benchstat reads.
package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

type options struct {
	rounds    int
	benchtime time.Duration
	bench     *regexp.Regexp
	out       string
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("run: ")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, parseOptions()); err != nil {
		log.Fatal(err)
	}
}

func parseOptions() options {
	var o options
	bench := flag.String("bench", "", "only the benchmarks whose name matches")
	flag.IntVar(&o.rounds, "rounds", 15, "how often each benchmark runs")
	flag.DurationVar(&o.benchtime, "benchtime", 30*time.Millisecond, "how long it runs each time")
	flag.StringVar(&o.out, "out", "results/router.txt", "where the result goes")
	flag.Parse()
	o.bench = regexp.MustCompile(*bench)
	return o
}

// run replaces the result file only once all of it is there.
func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "covet-benchmarks-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "benchmarks.test")
	if _, err := output(ctx, "go", "test", "-c", "-o", binary, "."); err != nil {
		return err
	}
	var result bytes.Buffer
	if err := header(ctx, &result); err != nil {
		return err
	}
	if err := measure(ctx, &result, binary, o); err != nil {
		return err
	}
	return os.WriteFile(o.out, result.Bytes(), 0o644)
}

func measure(ctx context.Context, w io.Writer, binary string, o options) error {
	names, err := list(ctx, binary, o.bench)
	if err != nil {
		return err
	}
	for round := range o.rounds {
		start := time.Now()
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, name := range names {
			if err := one(ctx, w, binary, exactly(name), o.benchtime); err != nil {
				return err
			}
		}
		log.Printf("round %d of %d: %d benchmarks in %.0f s", round+1, o.rounds, len(names), time.Since(start).Seconds())
	}
	return nil
}

// list is the names of all benchmarks that match, found by running each for
// one iteration.
func list(ctx context.Context, binary string, match *regexp.Regexp) ([]string, error) {
	var all bytes.Buffer
	if err := one(ctx, &all, binary, ".", 0); err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(all.String()) {
		name, _, ok := strings.Cut(line, " ")
		if ok && strings.HasPrefix(name, "Benchmark") && match.MatchString(name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// exactly is the -bench pattern for one benchmark. Between slashes each part
// is a pattern of its own.
func exactly(name string) string {
	return "^" + strings.ReplaceAll(name, "/", "$/^") + "$"
}

// one runs the benchmarks that match and copies their lines. A benchtime of 0
// is one iteration.
func one(ctx context.Context, w io.Writer, binary, pattern string, benchtime time.Duration) error {
	limit := "1x"
	if benchtime > 0 {
		limit = benchtime.String()
	}
	out, err := output(ctx, binary, "-test.run=^$", "-test.bench="+pattern, "-test.benchtime="+limit)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "Benchmark") {
			// Tabs and blanks pad to the longest name of a run, which is of
			// one benchmark here.
			fmt.Fprintln(w, strings.Join(strings.Fields(lines.Text()), " "))
		}
	}
	return lines.Err()
}

// output runs a command on one processor.
func output(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s%s", filepath.Base(name), err, out, stderr.Bytes())
	}
	return out, nil
}
