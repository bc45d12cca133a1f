package covet_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

func runtimeGoexit() { runtime.Goexit() }

var userKey = covet.NewKey[string]("user")

// late is what a goroutine sees that outlives its handler.
type late struct {
	param, query, header, cookie, value string
	request                             *http.Request
	ctx                                 context.Context
}

func (l *late) check(want string) error {
	user, _ := userKey.From(l.ctx)
	for name, got := range map[string]string{
		"param": l.param, "query": l.query, "header": l.header, "cookie": l.cookie, "value": l.value,
		"request's PathValue": l.request.PathValue("id"),
		"request's query":     l.request.URL.Query().Get("q"),
		"request's header":    l.request.Header.Get("X-Id"),
		"context":             user,
	} {
		if got != want {
			return fmt.Errorf("%s of request %s is %q", name, want, got)
		}
	}
	if !strings.HasSuffix(l.request.Pattern, "/{id}") {
		return fmt.Errorf("pattern of request %s is %q", want, l.request.Pattern)
	}
	return nil
}

// TestValuesLiveOn: 1,000 requests, each of which leaves a goroutine behind
// that looks at its values once the others have run. Zero may be wrong.
func TestValuesLiveOn(t *testing.T) {
	timeout := func(next http.Handler) http.Handler { return http.TimeoutHandler(next, time.Minute, "") }
	for name, mw := range map[string][]covet.Middleware{
		"native": nil, "foreign": {mark("f")}, "TimeoutHandler": {timeout}, "both": {wrapMark("w"), timeout, wrapMark("w")},
	} {
		t.Run(name, func(t *testing.T) { testValuesLiveOn(t, mw) })
	}
}

func testValuesLiveOn(t *testing.T, mw []covet.Middleware) {
	const requests = 1000
	var left sync.WaitGroup
	release := make(chan struct{})
	app := covet.New(nil)
	app.Use(mw...)
	handler := func(c *covet.Ctx) error {
		userKey.Set(c, c.Param("id"))
		cookie, err := c.Cookie("id")
		if err != nil {
			return err
		}
		l := &late{c.Param("id"), c.Query("q"), c.Header("X-Id"), cookie.Value, "", c.Request(), c.Context()}
		l.value, _ = userKey.Get(c)
		left.Add(1)
		go func() {
			defer left.Done()
			<-release
			if err := l.check(l.param); err != nil {
				t.Error(err)
			}
		}()
		return c.String(200, l.param)
	}
	app.Get("/{id}", handler)
	app.Get("/other/{a}/{b}/{c}", say(""))
	var clients sync.WaitGroup
	for g := range 4 {
		clients.Go(func() {
			for i := range requests / 4 {
				id := fmt.Sprintf("id%d", g*requests+i)
				r := httptest.NewRequest("GET", "/"+id+"?q="+id, nil)
				r.Header.Set("X-Id", id)
				r.AddCookie(&http.Cookie{Name: "id", Value: id})
				w := httptest.NewRecorder()
				app.ServeHTTP(w, r)
				if w.Body.String() != id {
					t.Errorf("request %s was answered %q", id, w.Body)
				}
				get(app, "/other/x/y/z")
			}
		})
	}
	clients.Wait()
	close(release)
	left.Wait()
}

// TestTimeoutHandler: the handler goes on after the time-out has been
// answered; its Ctx and its writer stay its own.
func TestTimeoutHandler(t *testing.T) {
	app := covet.New(nil)
	app.Use(func(next http.Handler) http.Handler {
		return http.TimeoutHandler(next, 5*time.Millisecond, "timed out")
	})
	var running sync.WaitGroup
	app.Get("/slow/{id}", func(c *covet.Ctx) error {
		defer running.Done()
		id := c.Param("id")
		<-c.Context().Done()
		time.Sleep(10 * time.Millisecond)
		if c.Param("id") != id || c.Request().PathValue("id") != id {
			t.Errorf("request %s now has %q", id, c.Param("id"))
		}
		if err := c.String(200, id); err != http.ErrHandlerTimeout {
			t.Errorf("a late write: %v, want http.ErrHandlerTimeout", err)
		}
		return nil
	})
	app.Get("/fast/{id}", func(c *covet.Ctx) error { return c.String(200, c.Param("id")) })
	for i := range 100 {
		running.Add(1)
		if w := get(app, fmt.Sprintf("/slow/s%d", i)); w.Code != 503 {
			t.Errorf("%d, want 503", w.Code)
		}
		if w := get(app, fmt.Sprintf("/fast/f%d", i)); w.Body.String() != fmt.Sprintf("f%d", i) {
			t.Errorf("fast %d: %q", i, w.Body)
		}
	}
	running.Wait()
}

// TestLateWrite: a writer that was kept fails, it does not reach another
// request.
func TestLateWrite(t *testing.T) {
	var kept *covet.Response
	app := covet.New(nil)
	app.Get("/", func(c *covet.Ctx) error {
		kept = c.Writer()
		return c.String(200, "x")
	})
	w := get(app, "/")
	if _, err := kept.Write([]byte("late")); err == nil {
		t.Error("a late Write gave no error")
	}
	if _, err := kept.WriteString("late"); err == nil {
		t.Error("a late WriteString gave no error")
	}
	if _, err := kept.ReadFrom(strings.NewReader("late")); err == nil {
		t.Error("a late ReadFrom gave no error")
	}
	if err := kept.FlushError(); err == nil {
		t.Error("a late Flush gave no error")
	}
	if _, _, err := kept.Hijack(); err == nil {
		t.Error("a late Hijack gave no error")
	}
	kept.WriteHeader(500)
	kept.Header().Set("Late", "1")
	if w.Body.String() != "x" || w.Code != 200 || w.Header().Get("Late") != "" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
}

// TestCancellation: the handler learns that the client has left.
func TestCancellation(t *testing.T) {
	gone := make(chan error, 1)
	started := make(chan struct{})
	app := covet.New(nil)
	app.Get("/", func(c *covet.Ctx) error {
		close(started)
		select {
		case <-c.Context().Done():
			gone <- c.Context().Err()
		case <-time.After(10 * time.Second):
			gone <- nil
		}
		return c.Context().Err()
	})
	s := httptest.NewServer(app)
	defer s.Close()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-started
		cancel()
	}()
	if _, err := http.DefaultClient.Do(r); err == nil {
		t.Error("the client got an answer")
	}
	if err := <-gone; err != context.Canceled {
		t.Errorf("the handler saw %v, want context.Canceled", err)
	}
}
