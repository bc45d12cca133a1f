package covettest_test

import (
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/covetgo/covet/covettest"
)

// TestMain fails when goroutines of exchanges are left over.
func TestMain(m *testing.M) {
	code := m.Run()
	deadline := time.Now().Add(5 * time.Second)
	for leftOver() != "" && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if left := leftOver(); left != "" && code == 0 {
		fmt.Println("goroutines are left over:\n" + left)
		code = 1
	}
	os.Exit(code)
}

// leftOver returns the stacks of goroutines that work for a test, of which
// there should be none after all.
func leftOver() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	var left []string
	for _, g := range strings.Split(string(stacks), "\n\n")[1:] { // not this one
		if strings.Contains(g, "covettest") || strings.Contains(g, "net/http") {
			left = append(left, g)
		}
	}
	return strings.Join(left, "\n\n")
}

// discard is a logger for handlers that fail on purpose.
var discard = slog.New(slog.DiscardHandler)

// fake is a test whose failures are looked at.
type fake struct {
	mu       sync.Mutex
	errors   []string
	stopped  bool
	cleanups []func()
}

var (
	_ covettest.TB = (*fake)(nil)
	_ covettest.TB = (testing.TB)(nil)
)

// try runs f as a test, to the end of its cleanups.
func try(f func(t covettest.TB)) *fake {
	t := &fake{}
	t.run(func() { f(t) })
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.run(t.cleanups[i])
	}
	return t
}

func (t *fake) run(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	<-done
}

func (t *fake) Helper() {}

func (t *fake) Errorf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.errors = append(t.errors, fmt.Sprintf(format, args...))
}

func (t *fake) FailNow() {
	t.mu.Lock()
	t.stopped = true
	t.mu.Unlock()
	runtime.Goexit()
}

func (t *fake) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }

func (t *fake) String() string { return strings.Join(t.errors, "\n") }

// wantFailure checks that a fake test failed with this output.
func wantFailure(t *testing.T, got *fake, stopped bool, want string) {
	t.Helper()
	want = strings.TrimPrefix(want, "\n")
	if got.String() != want || got.stopped != stopped {
		t.Errorf("stopped=%v, output:\n%s\nwant stopped=%v, output:\n%s", got.stopped, got, stopped, want)
	}
}
