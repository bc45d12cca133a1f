package simd

import "os"

// Env is the environment variable that lowers the level.
//
// Its values are those of [Level], and "off", which means "generic". A level
// above what the processor can do, one of another architecture, and any other
// text change nothing: a program must not run differently, or not at all,
// because of a misspelt variable. Level tells what came of it.
const Env = "COVET_SIMD"

// generic is the level of the plain Go twins, the last of every list.
const generic = "generic"

// levels is what this processor and this build can run, best first.
var levels = append(detect(), generic)

// level is what runs: an entry of levels.
var level string

func init() { setLevel(chosen(levels, os.Getenv(Env))) }

// Level names the kernels that run: "avx512", "avx2", "sse", "neon" or
// "generic". A kernel that has no variant at that level runs at the next lower.
func Level() string { return level }

// Levels lists what this processor and this build can run, best first; the last
// is always "generic". The slice is the caller's.
func Levels() []string { return append([]string(nil), levels...) }

// chosen is the level that the environment's value picks.
func chosen(levels []string, env string) string {
	if env == "off" {
		env = generic
	}
	for _, l := range levels {
		if l == env {
			return l
		}
	}
	return levels[0]
}

// setLevel makes the kernels run at one of levels.
//
// Only init and tests call it, while nothing else runs: the bools it sets are
// read without synchronisation.
func setLevel(l string) {
	level = l
	enable(l)
}
