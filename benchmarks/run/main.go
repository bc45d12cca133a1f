// Run measures one of the suites: router, json or simd. It builds the
// benchmarks once, then runs all of them again and again for a short time each,
// in a new order every round and each in a process of its own: what disturbs
// the machine for a while, and where a process happens to lie in memory, then
// falls on all alike.
//
//	go run ./run [-suite router] [-rounds 15] [-benchtime 30ms] [-bench regexp] [-out file]
//
// The result is in the benchmarks' own format, which benchstat reads. It goes
// to results/ under the name of the suite.
package main

import (
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

	"github.com/covetgo/covet/simd"
)

type options struct {
	suite     suite
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
	o, err := parseOptions()
	if err == nil {
		err = run(ctx, o)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func parseOptions() (options, error) {
	var o options
	name := flag.String("suite", "router", "what to measure: router, json or simd")
	bench := flag.String("bench", "", "only the benchmarks whose name matches")
	flag.IntVar(&o.rounds, "rounds", 15, "how often each benchmark runs")
	flag.DurationVar(&o.benchtime, "benchtime", 30*time.Millisecond, "how long it runs each time")
	flag.StringVar(&o.out, "out", "", "where the result goes (default results/SUITE.txt)")
	flag.Parse()
	var ok bool
	if o.suite, ok = suiteNamed(*name); !ok {
		return o, fmt.Errorf("there is no suite %q", *name)
	}
	if o.out == "" {
		o.out = filepath.Join("results", o.suite.name+".txt")
	}
	var err error
	o.bench, err = regexp.Compile(*bench)
	return o, err
}

// run replaces the result file only once all of it is there.
func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "covet-benchmarks-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binaries, err := build(ctx, dir, o.suite.pkgs)
	if err != nil {
		return err
	}
	var result bytes.Buffer
	if err := header(ctx, &result, o.suite, binaries[0]); err != nil {
		return err
	}
	if err := measure(ctx, &result, binaries, o); err != nil {
		return err
	}
	return os.WriteFile(o.out, result.Bytes(), 0o644)
}

// binary is a built package.
type binary struct {
	pkg
	file string
}

func build(ctx context.Context, dir string, pkgs []pkg) ([]binary, error) {
	var all []binary
	for i, p := range pkgs {
		b := binary{p, filepath.Join(dir, fmt.Sprintf("%d.test", i))}
		if _, err := output(ctx, "go", "test", "-c", "-tags", p.tags, "-o", b.file, p.path); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

func measure(ctx context.Context, w io.Writer, binaries []binary, o options) error {
	var jobs []job
	for _, b := range binaries {
		names, err := list(ctx, b, o.bench)
		if err != nil {
			return err
		}
		jobs = append(jobs, o.suite.jobs(b, names, simd.Levels())...)
	}
	for round := range o.rounds {
		start := time.Now()
		rand.Shuffle(len(jobs), func(i, j int) { jobs[i], jobs[j] = jobs[j], jobs[i] })
		for _, j := range jobs {
			if err := o.one(ctx, w, j); err != nil {
				return err
			}
		}
		log.Printf("round %d of %d: %d benchmarks in %.0f s", round+1, o.rounds, len(jobs), time.Since(start).Seconds())
	}
	return nil
}

// list is the names of all benchmarks that match, found by running each for
// one iteration.
func list(ctx context.Context, b binary, match *regexp.Regexp) ([]string, error) {
	lines, err := bench(ctx, b, ".", "1x")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, line := range lines {
		if name, _, _ := strings.Cut(line, " "); match.MatchString(name) {
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

// one runs a job and copies its line.
func (o options) one(ctx context.Context, w io.Writer, j job) error {
	limit := o.benchtime.String()
	if o.suite.isOnce(j.name) {
		limit = "1x"
	}
	lines, err := bench(ctx, j.binary, exactly(j.name), limit, j.env()...)
	for _, line := range lines {
		fmt.Fprintln(w, j.label(line))
	}
	return err
}

// bench is the lines of the benchmarks that match.
func bench(ctx context.Context, b binary, pattern, limit string, env ...string) ([]string, error) {
	out, err := outputWith(ctx, env, b.file, "-test.run=^$", "-test.bench="+pattern, "-test.benchtime="+limit)
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		// A benchmark without figures has others below it, or nothing to do.
		if strings.HasPrefix(line, "Benchmark") && strings.Contains(line, "ns/op") {
			// Tabs and blanks pad to the longest name of a run, which is of
			// one benchmark here.
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
	}
	return lines, nil
}

// output runs a command on one processor.
func output(ctx context.Context, name string, args ...string) ([]byte, error) {
	return outputWith(ctx, nil, name, args...)
}

// outputWith is output with more environment.
func outputWith(ctx context.Context, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append(os.Environ(), "GOMAXPROCS=1"), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s%s", filepath.Base(name), err, out, stderr.Bytes())
	}
	return out, nil
}
