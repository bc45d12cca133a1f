package simd

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/covetgo/covet/internal/guard"
)

// touches are calls of every exported function that has kernels, by the prefix of
// its kernels' names. They read the text that they are given: TestKernelsRun gives
// them a forbidden one, and looks where they fault.
//
// A new kernel needs a line here, or the test fails.
var touches = map[string]func(text []byte){
	"index": func(p []byte) {
		var s IndexState
		IndexJSON(make([]uint32, len(p)+IndexSlack), make([]byte, len(p)/64+1), p, 0, &s)
	},
	"escapeIndex": func(p []byte) { EscapeIndex(p, 0) },
	"copyPlain":   func(p []byte) { copyPlain(make([]byte, len(p)), p, 0) },
	"validUTF8":   func(p []byte) { ValidUTF8(p) },
}

// faultsIn is the function in which touch, given text, faults first.
func faultsIn(touch func([]byte), text []byte) (name string) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() == nil {
			return
		}
		pcs := make([]uintptr, 32)
		frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
		for more := true; more; {
			var f runtime.Frame
			f, more = frames.Next()
			if strings.HasSuffix(f.File, ".s") && strings.Contains(f.Function, "/simd.") {
				name = f.Function[strings.LastIndexByte(f.Function, '.')+1:]
			}
		}
	}()
	touch(text)
	return ""
}

// assembled lists the kernels in the assembly files of this architecture.
func assembled(t *testing.T) (names []string) {
	files, err := filepath.Glob("*_" + runtime.GOARCH + ".s")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^TEXT ·(\w+)`).FindAllSubmatch(text, -1) {
			names = append(names, string(m[1]))
		}
	}
	return names
}

// Every kernel in the assembly files runs at its level, and at no other function's
// place: a dispatch that forgets one would go unnoticed by tests of results.
func TestKernelsRun(t *testing.T) {
	if !guard.Real {
		t.Skip("no forbidden pages on this system")
	}
	if len(levels) == 1 {
		t.Skip("no assembly in this build or for this processor")
	}
	g := guard.New(1)
	defer g.Close()
	var ran []string
	defer setLevel(level)
	for _, l := range levels {
		setLevel(l)
		for prefix, touch := range touches {
			name := faultsIn(touch, g.Forbidden(4096))
			if l != generic && !strings.HasPrefix(name, prefix) {
				t.Errorf("%s at level %s ran %q, no assembly of its own", prefix, l, name)
			}
			if l == generic && name != "" {
				t.Errorf("%s at level %s ran %s", prefix, l, name)
			}
			ran = append(ran, name)
		}
	}
	for _, name := range assembled(t) {
		if !slices.Contains(ran, name) {
			missing(t, name)
		}
	}
}

// missing is for a kernel that did not run: an error unless its level is one that
// this processor lacks.
func missing(t *testing.T, name string) {
	for suffix, l := range map[string]string{"AVX512": "avx512", "AVX2": "avx2", "SSE": "sse", "NEON": "neon"} {
		if strings.HasSuffix(name, suffix) && !slices.Contains(levels, l) {
			t.Logf("%s did not run: this processor has no %s", name, l)
			return
		}
	}
	t.Errorf("%s never ran", name)
}
