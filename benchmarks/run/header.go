package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/covetgo/covet/simd"
)

// header writes what the figures depend on, as configuration lines.
func header(ctx context.Context, w io.Writer, s suite, b binary) error {
	say := func(key, value string) { fmt.Fprintf(w, "%s: %s\n", key, value) }
	say("date", time.Now().UTC().Format(time.RFC3339))
	say("goos", runtime.GOOS)
	say("goarch", runtime.GOARCH)
	say("pkg", s.pkgs[0].path)
	say("cpu", cpu())
	for _, fact := range []struct {
		key     string
		command []string
	}{
		{"kernel", []string{"uname", "-sr"}},
		{"go", []string{"go", "env", "GOVERSION"}},
		{"peers", append([]string{"go", "list", "-m", "-f", "{{.Path}} {{.Version}}"}, s.peers...)},
	} {
		if fact.key == "peers" && s.peers == nil {
			continue
		}
		out, err := output(ctx, fact.command[0], fact.command[1:]...)
		if err != nil {
			return err
		}
		say(fact.key, strings.ReplaceAll(strings.TrimSpace(string(out)), "\n", ", "))
	}
	say("levels", strings.Join(simd.Levels(), ", "))
	say("commit", commit(ctx))
	say("command", strings.Join(append([]string{"go run ./run"}, os.Args[1:]...), " "))
	return facts(ctx, w, s.facts, b)
}

// facts writes what a test prints in lines with a key and a colon.
func facts(ctx context.Context, w io.Writer, test string, b binary) error {
	if test == "" {
		return nil
	}
	out, err := output(ctx, b.file, "-test.run=^"+test+"$")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, ": ") {
			fmt.Fprint(w, line)
		}
	}
	return nil
}

// commit is the state of the tree that is measured.
func commit(ctx context.Context) string {
	head, err := output(ctx, "git", "rev-parse", "--short=12", "HEAD")
	if err != nil {
		return "none yet"
	}
	// A new result or table does not change what was measured.
	changed, err := output(ctx, "git", "status", "--porcelain", "--", "../", ":!results", ":!../docs")
	if err != nil || len(changed) > 0 {
		return strings.TrimSpace(string(head)) + " with changes"
	}
	return strings.TrimSpace(string(head))
}

// model is how Linux names a processor.
var model = regexp.MustCompile(`(?m)^model name\s*:\s*(.*)$`)

func cpu() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	if m := model.FindSubmatch(text); m != nil {
		return fmt.Sprintf("%s, %d processors, one used", m[1], runtime.NumCPU())
	}
	return "unknown"
}
