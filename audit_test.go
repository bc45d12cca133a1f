package covet_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

// The tests in this file are faults that were seen in other frameworks, a
// subtest each. Some are tested in more depth elsewhere; here is the list.

// TestAuditRouting: registrations that panic at start or let one route hide
// another.
func TestAuditRouting(t *testing.T) {
	ask := func(t *testing.T, app *covet.App, path, want string) {
		t.Helper()
		if w := get(app, path); w.Body.String() != want {
			t.Errorf("GET %s: %d %q, want %q", path, w.Code, w.Body, want)
		}
	}
	tests := []struct {
		name     string
		patterns []string
		asks     map[string]string // path → the pattern that answers
	}{
		// gin panics: the wildcards at one place have two names.
		{"wildcards with two names", []string{"/users/{id}", "/users/{uid}/posts"},
			map[string]string{"/users/7": "/users/{id}", "/users/7/posts": "/users/{uid}/posts"}},
		// gin panics, fiber answers by order.
		{"a literal beside the rest", []string{"/f/{rest...}", "/f/meta"},
			map[string]string{"/f/meta": "/f/meta", "/f/x/y": "/f/{rest...}"}},
		// ServeMux panics, fiber answers by order.
		{"overlap that is clear to people", []string{"/a/{x}/b", "/a/c/{y}"},
			map[string]string{"/a/c/b": "/a/c/{y}", "/a/d/b": "/a/{x}/b", "/a/c/d": "/a/c/{y}"}},
	}
	for _, tt := range tests {
		for _, order := range [][]int{{0, 1}, {1, 0}} {
			t.Run(fmt.Sprintf("%s, order %v", tt.name, order), func(t *testing.T) {
				app := covet.New(nil)
				for _, i := range order {
					app.Get(tt.patterns[i], say(tt.patterns[i]))
				}
				for path, want := range tt.asks {
					ask(t, app, path, want)
				}
			})
		}
	}
	// chi and echo keep the second, fiber the first, silently.
	t.Run("the same route twice", func(t *testing.T) {
		app := covet.New(nil)
		app.Get("/x/{a}", say("first"))
		msg := panicOf(func() { app.Get("/x/{b}", say("second")) })
		if strings.Count(msg, "audit_test.go:") != 2 || !strings.Contains(msg, "remove one") {
			t.Errorf("panic %q, want both lines and the remedy", msg)
		}
	})
}

// TestAuditEncodedPaths: chi and echo decode or don't by whether the path has
// an escaped slash, gin turns plus into a space, fiber never decodes.
func TestAuditEncodedPaths(t *testing.T) {
	app := covet.New(nil)
	app.Get("/u/{name}", func(c *covet.Ctx) error { return c.String(200, c.Param("name")) })
	app.HandleFunc("GET /std/{name}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.PathValue("name")) })
	for escaped, want := range map[string]string{
		"a%2Fb": "a/b", "it's%20x": "it's x", "a%20b": "a b", "a+b": "a+b", "a%2Bb+c": "a+b+c",
	} {
		for _, prefix := range []string{"/u/", "/std/"} {
			if w := get(app, prefix+escaped); w.Code != 200 || w.Body.String() != want {
				t.Errorf("GET %s%s: %d %q, want %q", prefix, escaped, w.Code, w.Body, want)
			}
		}
	}
}

// TestAuditMethods: gin answers 404 to HEAD and to a wrong method, chi and echo
// 405 to HEAD, fiber panics on QUERY.
func TestAuditMethods(t *testing.T) {
	app := covet.New(nil)
	app.Get("/x", say("x"))
	app.Query("/q", say("q"))
	for _, tt := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"HEAD", "/x", 200, ""},
		{"DELETE", "/x", 405, "GET, HEAD"},
		{"QUERY", "/q", 200, ""},
		{"QUERY", "/x", 405, "GET, HEAD"},
	} {
		w := do(app, tt.method, tt.path, "")
		if w.Code != tt.status || w.Header().Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d with Allow %q, want %d with %q", tt.method, tt.path, w.Code, w.Header().Get("Allow"), tt.status, tt.allow)
		}
	}
}

// TestAuditPanic: with chi, gin and echo a panic escapes to net/http unless a
// middleware is added; the client gets an empty reply.
func TestAuditPanic(t *testing.T) {
	app, log := logged(covet.Options{})
	app.Get("/", func(*covet.Ctx) error { panic("secret") })
	app.HandleFunc("GET /std", func(http.ResponseWriter, *http.Request) { panic("secret") })
	app.Get("/fine", say("fine"))
	s := httptest.NewServer(app)
	defer s.Close()
	for _, path := range []string{"/", "/std"} {
		log.Reset()
		status, body := fetch(t, s.URL+path)
		if status != 500 || strings.Contains(body, "secret") || !strings.Contains(body, `"status":500`) {
			t.Errorf("GET %s: %d %q, want a problem without the panic's text", path, status, body)
		}
		if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "audit_test.go:") {
			t.Errorf("GET %s: %d log lines, want one with the stack: %s", path, n, log)
		}
	}
	if status, body := fetch(t, s.URL+"/fine"); status != 200 || body != "fine" {
		t.Errorf("after the panics: %d %q", status, body)
	}
}

func fetch(t *testing.T, url string) (status int, body string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// TestAuditJSON: gin accepts what follows the document, fiber answers 500 to
// malformed text, all accept a key twice and in the wrong case, gin refuses a
// required zero.
func TestAuditJSON(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Post("/", func(c *covet.Ctx) error {
		var in struct {
			A *int `json:"a"`
		}
		if err := c.Bind(&in); err != nil {
			return err
		}
		return c.JSON(200, in)
	})
	for body, want := range map[string]int{
		`{"a":1}`:         200,
		`{"a":0}`:         200,
		"{\"a\":1} \n":    200,
		`{"a":1} x`:       400,
		`{"a":1}{"a":2}`:  400,
		`{"a":`:           400,
		`{"a":1,"a":2}`:   400,
		`{"A":1}`:         400,
		`{"a":"1"}`:       400,
		`{"a":1.5}`:       400,
		"":                400,
		"{\"a\":\"\x01\"": 400,
	} {
		w := post(app, "application/json", body)
		if w.Code != want {
			t.Errorf("body %q: %d %q, want %d", body, w.Code, w.Body, want)
		}
		if want == 400 {
			problemOf(t, w)
		} else if !json.Valid(w.Body.Bytes()) {
			t.Errorf("body %q: answer %q", body, w.Body)
		}
	}
}

// TestAuditPooledContext: a goroutine that reads a parameter after its handler
// has returned got another request's value, in chi 198 times of 200, in gin 100.
// The values are read late, the request is kept: see TestValuesLiveOn.
func TestAuditPooledContext(t *testing.T) {
	const requests = 1000
	app := covet.New(nil)
	release := make(chan struct{})
	var late sync.WaitGroup
	wrong := make(chan string, 3*requests)
	read := func(id string, get func() string) {
		late.Add(1)
		go func() {
			defer late.Done()
			<-release
			if got := get(); got != id {
				wrong <- got + " for " + id
			}
		}()
	}
	app.Get("/own/{id}", func(c *covet.Ctx) error {
		id, r := c.Param("id"), c.Request()
		read(strings.Clone(id), func() string { return id })
		read(strings.Clone(id), func() string { return r.PathValue("id") })
		return c.NoContent(204)
	})
	app.HandleFunc("GET /std/{id}", func(_ http.ResponseWriter, r *http.Request) {
		read(strings.Clone(r.PathValue("id")), func() string { return r.PathValue("id") })
	})
	for i := range requests {
		get(app, fmt.Sprintf("/own/o%d", i))
		get(app, fmt.Sprintf("/std/s%d", i))
	}
	close(release)
	late.Wait()
	if n := len(wrong); n > 0 {
		t.Errorf("%d of %d late reads were wrong, such as %s", n, 3*requests, <-wrong)
	}
}

// TestAuditCancellation: when the client leaves after 0.3 s, fiber's and hertz'
// handlers never learn it.
func TestAuditCancellation(t *testing.T) {
	ended := make(chan time.Duration, 1)
	app := covet.New(nil)
	app.Get("/", func(c *covet.Ctx) error {
		start := time.Now()
		select {
		case <-c.Context().Done():
		case <-time.After(patience):
		}
		ended <- time.Since(start)
		return c.Context().Err()
	})
	s := httptest.NewServer(app)
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.DefaultClient.Do(r); err == nil {
		res.Body.Close()
		t.Error("the client got an answer")
	}
	if took := <-ended; took >= patience {
		t.Errorf("the handler did not learn within %v that the client had left", patience)
	}
}

// TestAuditShutdownWithStream: net/http's Shutdown waits for an open event
// stream until its deadline.
func TestAuditShutdownWithStream(t *testing.T) {
	opened := make(chan struct{})
	app, _ := logged(covet.Options{})
	app.Get("/events", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			close(opened)
			<-s.Context().Done()
			return s.Send(covet.Event{Type: "bye"})
		})
	})
	s := start(t, app.Serve)
	body := make(chan string, 1)
	go func() { body <- s.get("/events") }()
	await(t, opened, "the stream")
	if err := s.stopped(); err != nil {
		t.Errorf("the drain: %v", err)
	}
	if got := await(t, body, "the stream's end"); !strings.Contains(got, "event: bye") {
		t.Errorf("the stream ended with %q, want a last event", got)
	}
}
