package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func needCgo(t *testing.T) {
	t.Helper()
	if errNoCgo != nil {
		t.Skip("SQLite needs cgo, which is off")
	}
}

// binary is the program, built once, with the race detector if the test has it.
var binary = sync.OnceValues(func() (string, error) {
	args := []string{"build", "-o", filepath.Join(buildDir, "quickstart.exe")}
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		args = append(args, "-race")
	}
	out, err := exec.Command("go", append(args, ".")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return args[2], nil
})

var buildDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "quickstart")
	if err != nil {
		panic(err)
	}
	buildDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// syncBuffer takes what a process prints.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// program is a running quickstart and a client of it.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	stdout syncBuffer
	stderr syncBuffer
	done   chan struct{} // closed when it has ended
	base   string        // its URL
	client *http.Client
}

// start runs the program on a free port until the test ends.
func start(t *testing.T, file string) *program {
	t.Helper()
	p := launch(t, "-addr", "127.0.0.1:0", "-db", file)
	p.await("address on stdout", func() bool {
		m := regexp.MustCompile(`Notes at (http://127\.0\.0\.1:\d+)/`).FindStringSubmatch(p.stdout.String())
		if m != nil {
			p.base = m[1]
		}
		return m != nil
	})
	return p
}

// launch runs the program with arguments.
func launch(t *testing.T, args ...string) *program {
	t.Helper()
	needCgo(t)
	exe, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{MaxIdleConnsPerHost: 16}
	p := &program{t: t, cmd: exec.Command(exe, args...), done: make(chan struct{}), client: &http.Client{Transport: tr, Timeout: 30 * time.Second}}
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // ProcessState tells
		close(p.done)
	}()
	t.Cleanup(func() {
		tr.CloseIdleConnections()
		_ = p.cmd.Process.Kill()
		<-p.done
		if t.Failed() {
			t.Logf("the program printed:\n%s%s", &p.stdout, &p.stderr)
		}
	})
	return p
}

// await polls for something that is to come within 20 s.
func (p *program) await(what string, ok func() bool) {
	p.t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("waited 20 s for: %s", what)
		}
	}
}

func (p *program) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// exit waits for the end and returns the exit code.
func (p *program) exit() int {
	p.t.Helper()
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		p.t.Fatal("the program does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

// stop ends the program as an operator does.
func (p *program) stop() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	if code := p.exit(); code != 0 {
		p.t.Errorf("after SIGTERM the exit code is %d, want 0", code)
	}
}

// answer is a response that was read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send sends a request; header holds names and values by turns.
func (p *program) send(method, path, body string, header ...string) (answer, error) {
	r, err := http.NewRequest(method, p.base+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for kv := range slices.Chunk(header, 2) {
		r.Header.Set(kv[0], kv[1])
	}
	resp, err := p.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, b}, err
}

// do is send where nothing but an answer with a status will do.
func (p *program) do(status int, method, path, body string, header ...string) answer {
	p.t.Helper()
	a, err := p.send(method, path, body, header...)
	if err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	if a.status != status {
		p.t.Fatalf("%s %s with %.80q: status %d, want %d\n%s", method, path, body, a.status, status, a.body)
	}
	return a
}

func decode[T any](t *testing.T, data []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("decode %T from %q: %v", v, data, err)
	}
	return v
}

// add keeps a note.
func (p *program) add(title string) note {
	p.t.Helper()
	return decode[note](p.t, p.do(http.StatusCreated, "POST", "/notes", fmt.Sprintf(`{"title":%q}`, title)).body)
}

// titles lists the notes of a path by their titles.
func (p *program) titles(path string) string {
	p.t.Helper()
	var titles []string
	for _, n := range decode[map[string][]note](p.t, p.do(http.StatusOK, "GET", path, "").body)["notes"] {
		titles = append(titles, n.Title)
	}
	return strings.Join(titles, " ")
}

// event is a server-sent event as a client reads it.
type event struct{ id, kind, data string }

// stream is an open event stream.
type stream struct {
	t    *testing.T
	resp *http.Response
	r    *bufio.Reader
}

// follow opens the event stream behind an event.
func (p *program) follow(lastID string) *stream {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	p.t.Cleanup(cancel)
	r, _ := http.NewRequestWithContext(ctx, "GET", p.base+"/events", nil)
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	resp, err := p.client.Transport.RoundTrip(r)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		p.t.Fatalf("GET /events: status %d, type %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	return &stream{p.t, resp, bufio.NewReader(resp.Body)}
}

// next reads one event; io.EOF is the clean end of the stream.
func (s *stream) next() (e event, err error) {
	for {
		line, err := s.r.ReadString('\n')
		if err != nil {
			return e, err
		}
		field, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch field {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			if value == "" && e != (event{}) {
				return e, nil
			}
		}
	}
}

// want reads one event of a kind.
func (s *stream) want(kind string) event {
	s.t.Helper()
	e, err := s.next()
	if err != nil || e.kind != kind || e.id == "" {
		s.t.Fatalf("next event: %+v, %v; want a %q with an id", e, err, kind)
	}
	return e
}

// wantEnd reads the clean end of the stream.
func (s *stream) wantEnd() {
	s.t.Helper()
	if e, err := s.next(); !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		s.t.Errorf("next event: %+v, %v; want the end of the stream", e, err)
	}
}
