package main

import (
	"regexp"
	"strings"

	"github.com/covetgo/covet/simd"
)

// suite is benchmarks that make one result file.
type suite struct {
	name string
	pkgs []pkg // whose test binaries have them

	// once are benchmarks of what happens only at the first call: they run for
	// one iteration, several times a round, each time in a new process.
	once *regexp.Regexp

	// leveled are benchmarks that run at each lower level of package simd too,
	// as a process that COVET_SIMD tells so. Their names get an @level.
	leveled *regexp.Regexp

	// facts is a test of the first package that prints lines which belong to the result. They begin
	// with a key and a colon.
	facts string

	// peers are the modules whose versions belong to the result.
	peers []string
}

var suites = []suite{
	{
		name: "router",
		pkgs: []pkg{{path: "."}},
		peers: []string{
			"github.com/go-chi/chi/v5",
			"github.com/gin-gonic/gin",
			"github.com/labstack/echo/v4",
			"github.com/gofiber/fiber/v3",
			"github.com/uptrace/bunrouter",
			"github.com/julienschmidt/httprouter",
		},
	},
	{
		name:    "json",
		pkgs:    []pkg{{path: "./jsonbench"}},
		once:    regexp.MustCompile(`^Benchmark(First|Fresh)/`),
		leveled: regexp.MustCompile(`^Benchmark(JSON|Tiny)/(decode|any|encode|valid)/.*/covet$`),
		facts:   "TestDiffer",
		peers: []string{
			"github.com/bytedance/sonic",
			"github.com/goccy/go-json",
			"github.com/segmentio/encoding",
			"github.com/json-iterator/go",
			"github.com/go-json-experiment/json",
			"github.com/minio/simdjson-go",
		},
	},
	{
		name: "simd",
		pkgs: []pkg{
			{path: "github.com/covetgo/covet/simd"},
			{path: "github.com/covetgo/covet/simd/cgosimd", tags: "covet_cgo", prefix: "Cgo/"},
		},
	},
}

func suiteNamed(name string) (suite, bool) {
	for _, s := range suites {
		if s.name == name {
			return s, true
		}
	}
	return suite{}, false
}

// pkg is a package with benchmarks.
type pkg struct {
	path, tags string
	prefix     string // for the names of its benchmarks in the result
}

// job is a benchmark of a binary at a level; without one, at the best that
// there is.
type job struct {
	binary
	name, level string
}

// jobs are what the benchmarks of a binary contribute to a round.
func (s suite) jobs(b binary, names []string, levels []string) []job {
	var all []job
	for _, name := range names {
		all = append(all, job{binary: b, name: name})
		if s.isOnce(name) {
			for range firstCalls - 1 {
				all = append(all, job{binary: b, name: name})
			}
		}
		if s.leveled != nil && s.leveled.MatchString(name) {
			for _, level := range levels[1:] {
				all = append(all, job{b, name, level})
			}
		}
	}
	return all
}

func (s suite) isOnce(name string) bool { return s.once != nil && s.once.MatchString(name) }

// firstCalls is how often a round measures a first call.
const firstCalls = 5

// env is what to add to the environment of the job.
func (j job) env() []string {
	if j.level == "" {
		return nil
	}
	return []string{simd.Env + "=" + j.level}
}

// label is a line of output with the binary's prefix and the level in its name.
func (j job) label(line string) string {
	name := strings.Replace(j.name, "Benchmark", "Benchmark"+j.prefix, 1)
	if j.level != "" {
		name += "@" + j.level
	}
	return strings.Replace(line, j.name, name, 1)
}
