package covet_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

// childEnv makes the test binary a server.
const childEnv = "COVET_TEST_CHILD"

// child serves until a signal comes, as a program's main does.
func child() int {
	app := covet.New(&covet.Options{
		Logger:       slog.New(slog.NewTextHandler(os.Stdout, nil)),
		DrainTimeout: 10 * time.Minute,
	})
	app.Get("/events", lastWords)
	app.Get("/hang", func(c *covet.Ctx) error {
		c.Writer().Flush()
		select {}
	})
	if err := app.Run(context.Background(), "127.0.0.1:0"); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// process is a child under test.
type process struct {
	cmd    *exec.Cmd
	url    string
	exited chan error
}

var urlInLog = regexp.MustCompile(`url=(http://\S+)`)

func startProcess(t *testing.T) *process {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a process can't send SIGTERM to another here")
	}
	p := &process{cmd: exec.Command(os.Args[0]), exited: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), childEnv+"=1", "GORACE=atexit_sleep_ms=0")
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill() })
	urls := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if m := urlInLog.FindStringSubmatch(lines.Text()); m != nil {
				urls <- m[1]
			}
		}
		p.exited <- p.cmd.Wait()
	}()
	p.url = await(t, urls, "the child to listen")
	return p
}

// TestSignals: SIGTERM and SIGINT drain, and the process exits with 0.
func TestSignals(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(signal.String(), func(t *testing.T) {
			p := startProcess(t)
			_, events := open(t, &http.Client{Transport: &http.Transport{}}, p.url+"/events")
			nextEvent(t, events)
			if err := p.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if rest, err := io.ReadAll(events); string(rest) != "data: bye\n\n" || err != nil {
				t.Errorf("the end of the stream: %q %v", rest, err)
			}
			if err := await(t, p.exited, "the child to exit"); err != nil {
				t.Errorf("exit: %v, want code 0", err)
			}
		})
	}
}

// TestSecondSignal kills, although a handler still hangs.
func TestSecondSignal(t *testing.T) {
	p := startProcess(t)
	client := &http.Client{Transport: &http.Transport{}}
	open(t, client, p.url+"/hang")
	_, events := open(t, client, p.url+"/events")
	nextEvent(t, events)
	p.cmd.Process.Signal(syscall.SIGTERM)
	if e := nextEvent(t, events); e != "data: bye\n" {
		t.Errorf("after the first signal: %q", e)
	}
	// Run gives the signals back about when it tells the streams.
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case err := <-p.exited:
			if err == nil || !strings.Contains(err.Error(), "terminated") {
				t.Errorf("exit: %v, want to be killed by the signal", err)
			}
			return
		default:
		}
		if time.Now().After(deadline) {
			t.Fatal("signals do not kill")
		}
	}
}
