package benchmarks

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"github.com/covetgo/covet"
)

// TestTimeoutHandler: it answers while the handler still runs. The handler
// must find its own request unharmed, and its late answer must go nowhere.
func TestTimeoutHandler(t *testing.T) {
	type late struct {
		name string
		err  error
	}
	ended := make(chan late, 1)
	released := make(chan bool)
	app := covet.New(nil)
	app.Use(passing, timeoutHandler(20*time.Millisecond), passing)
	app.Get("/own/{name}", func(c *covet.Ctx) error {
		<-released
		_, err := io.WriteString(c.Writer(), "late")
		ended <- late{c.Param("name"), err}
		return nil
	})
	app.HandleFunc("GET /std/{name}", func(w http.ResponseWriter, r *http.Request) {
		<-released
		_, err := io.WriteString(w, "late")
		ended <- late{r.PathValue("name"), err}
	})
	app.Get("/quick/{name}", func(c *covet.Ctx) error {
		_, err := io.WriteString(c.Writer(), c.Param("name"))
		return err
	})
	s := newServer(t, app)
	for _, door := range doors {
		get(t, s, door+"/ann").want(t, 503, "late")
		// Others reuse what the first one may still hold.
		for range 20 {
			get(t, s, "/quick/bob").want(t, 200, "bob")
		}
		released <- true
		if got := <-ended; got.name != "ann" || !errors.Is(got.err, http.ErrHandlerTimeout) {
			t.Errorf("%s: the late handler saw %+v", door, got)
		}
	}
}

func TestChiTimeout(t *testing.T) {
	app := covet.New(nil)
	app.Use(middleware.Timeout(10 * time.Millisecond))
	app.Get("/own", func(c *covet.Ctx) error {
		<-c.Context().Done()
		return c.Context().Err()
	})
	app.HandleFunc("GET /std", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s := newServer(t, app)
	// covet answers the error that its handler returns; a handler that returns
	// nothing leaves it to chi.
	get(t, s, "/own").wantStatus(t, http.StatusServiceUnavailable)
	get(t, s, "/std").wantStatus(t, http.StatusGatewayTimeout)
}

// TestThrottle: with all of a limit taken and no backlog, the next is turned
// away. The limit covers all routes, so it is made once and not per route.
func TestThrottle(t *testing.T) {
	started, finish := make(chan bool), make(chan bool)
	app := covet.New(nil)
	app.Use(middleware.Throttle(1))
	hold := func(c *covet.Ctx) error {
		started <- true
		<-finish
		return nil
	}
	app.Get("/own", hold)
	app.Handle("GET /std", covet.HandlerFunc(hold))
	s := newServer(t, app)
	for _, door := range doors {
		first := make(chan error, 1)
		go func() { first <- ping(t.Context(), s.URL+door) }()
		<-started
		get(t, s, door).wantStatus(t, http.StatusTooManyRequests)
		finish <- true
		if err := <-first; err != nil {
			t.Error(err)
		}
	}
}

// ping is a GET for goroutines, which may not end a test.
func ping(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		err = errors.New(res.Status)
	}
	return errors.Join(err, res.Body.Close())
}
