package simd

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestChosen(t *testing.T) {
	x86 := []string{"avx512", "avx2", "sse", "generic"}
	for _, c := range []struct {
		levels    []string
		env, want string
	}{
		{x86, "", "avx512"},
		{x86, "avx512", "avx512"},
		{x86, "avx2", "avx2"},
		{x86, "sse", "sse"},
		{x86, "off", "generic"},
		{x86, "generic", "generic"},
		{x86, "neon", "avx512"},
		{x86, "AVX2", "avx512"},
		{x86[2:], "avx2", "sse"},
		{[]string{"neon", "generic"}, "off", "generic"},
		{[]string{"generic"}, "avx2", "generic"},
	} {
		if got := chosen(c.levels, c.env); got != c.want {
			t.Errorf("chosen(%q, %q) = %q, want %q", c.levels, c.env, got, c.want)
		}
	}
}

func TestLevels(t *testing.T) {
	l := Levels()
	if l[len(l)-1] != "generic" || !slices.Contains(l, Level()) {
		t.Errorf("Levels() = %q, Level() = %q", l, Level())
	}
	l[0] = "changed"
	if Levels()[0] == "changed" {
		t.Error("Levels returns the package's own slice")
	}
	t.Logf("runs %s of %q", Level(), Levels())
}

// The variable is read when the program starts, so a program is started.
func TestEnv(t *testing.T) {
	if os.Getenv("SIMD_TEST_PRINT_LEVEL") != "" {
		t.Log("level=" + Level())
		return
	}
	for _, want := range Levels() {
		cmd := exec.Command(os.Args[0], "-test.run=^TestEnv$", "-test.v")
		cmd.Env = append(os.Environ(), Env+"="+want, "SIMD_TEST_PRINT_LEVEL=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Skipf("can't start the test binary again (an emulator?): %v", err)
		}
		if !strings.Contains(string(out), "level="+want) {
			t.Errorf("%s=%s: %s", Env, want, out)
		}
	}
}
