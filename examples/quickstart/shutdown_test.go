package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// upload is a request that the server has begun to handle: it waits for the
// body.
type upload struct {
	t    *testing.T
	conn net.Conn
	r    *bufio.Reader
	body string
}

// beginUpload sends a request up to its body. The server answers "100
// Continue" when the handler asks for the body, so it is in the handler.
func (p *program) beginUpload(title string) *upload {
	p.t.Helper()
	host := strings.TrimPrefix(p.base, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		p.t.Fatal(err)
	}
	u := &upload{p.t, conn, bufio.NewReader(conn), fmt.Sprintf(`{"title":%q}`, title)}
	fmt.Fprintf(conn, "POST /notes HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", host, len(u.body))
	line, err := u.r.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		p.t.Fatalf("the server answers %q, %v; want 100 Continue", line, err)
	}
	if _, err := u.r.ReadString('\n'); err != nil {
		p.t.Fatal(err)
	}
	return u
}

// finish sends the body and wants the note to be kept.
func (u *upload) finish() {
	u.t.Helper()
	if _, err := io.WriteString(u.conn, u.body); err != nil {
		u.t.Fatal(err)
	}
	resp, err := http.ReadResponse(u.r, nil)
	if err != nil {
		u.t.Fatalf("a request in flight got no answer: %v", err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusCreated {
		u.t.Errorf("a request in flight got %d, %v: %s; want 201", resp.StatusCode, err, b)
	}
}

// load sends requests without pause until the server is gone.
type load struct {
	all      sync.WaitGroup
	answered atomic.Int64
	stopping atomic.Bool
}

func (p *program) load(clients int) *load {
	l := new(load)
	for range clients {
		l.all.Go(func() {
			for {
				a, err := p.send("GET", "/notes?limit=1", "")
				switch {
				case err != nil && l.stopping.Load():
					return // the listener is closed, or an idle connection was
				case err != nil:
					p.t.Errorf("a request before the shutdown: %v", err)
					return
				case a.status != http.StatusOK:
					p.t.Errorf("a request under load: status %d, %s", a.status, a.body)
					return
				}
				l.answered.Add(1)
			}
		})
	}
	return l
}

func TestShutdownUnderLoad(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	file := dbFile(t)
	p := start(t, file)
	p.add("before")
	events := []*stream{p.follow(""), p.follow("")}
	for _, s := range events {
		s.want("reset")
	}
	busy := p.load(4)
	p.await("500 answers", func() bool { return busy.answered.Load() >= 500 })
	var uploads []*upload
	for i := range 4 {
		uploads = append(uploads, p.beginUpload(fmt.Sprint("upload", i)))
	}

	busy.stopping.Store(true)
	p.signal(syscall.SIGTERM)
	p.await("refused connections", func() bool {
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.base, "http://"))
		if err == nil {
			conn.Close()
		}
		return err != nil
	})
	for _, s := range events {
		s.wantEnd()
	}
	for _, u := range uploads {
		u.finish()
	}
	begin := time.Now()
	if code := p.exit(); code != 0 {
		t.Errorf("the exit code is %d, want 0", code)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("the program took %v to end after its last request, want less than 5 s", took)
	}
	busy.all.Wait()
	if _, err := os.Stat(file + "-wal"); err == nil {
		t.Error("the SQLite file was not closed: its log is still there")
	}

	p = start(t, file)
	for _, title := range []string{"before", "upload0", "upload1", "upload2", "upload3"} {
		if got := p.titles("/notes?q=" + title); got != title {
			t.Errorf("after a restart %q is %q", title, got)
		}
	}
}

func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows can't send an interrupt to one process")
	}
	p := start(t, dbFile(t))
	p.follow("").want("reset")
	p.signal(os.Interrupt)
	if code := p.exit(); code != 0 {
		t.Errorf("after an interrupt the exit code is %d, want 0", code)
	}
}

// What was answered is kept, even if the program is killed.
func TestKill(t *testing.T) {
	file := dbFile(t)
	p := start(t, file)
	for range 20 {
		p.add("a")
	}
	p.signal(os.Kill)
	p.exit()
	p = start(t, file)
	if got := len(strings.Fields(p.titles("/notes?limit=100"))); got != 20 {
		t.Errorf("%d notes after a kill, want 20", got)
	}
}

// Without cgo the program builds, and says what is missing.
func TestWithoutCgo(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the standard library once more")
	}
	exe := filepath.Join(t.TempDir(), "quickstart.exe")
	build := exec.Command("go", "build", "-o", exe, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("CGO_ENABLED=0 go build: %v\n%s", err, out)
	}
	file := dbFile(t)
	cmd := exec.Command(exe, "-addr", "127.0.0.1:0", "-db", file)
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.ENOEXEC) {
		t.Skip("an emulator runs this test, and can't start what it built")
	}
	if err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("it ended with %v, want exit code 1", err)
	}
	if !strings.Contains(string(out), "CGO_ENABLED=1") || strings.Contains(string(out), "goroutine") {
		t.Errorf("it printed %q, want what to do", out)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("it made a file")
	}
}
