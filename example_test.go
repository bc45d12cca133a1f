package covet_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/covetgo/covet"
)

// show prints what a handler answers to a GET request.
func show(h http.Handler, target string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
	fmt.Println(w.Code, w.Body)
}

func Example() {
	app := covet.New(nil)
	app.Get("/hello/{name}", func(c *covet.Ctx) error {
		return c.String(http.StatusOK, "Hello, "+c.Param("name")+"!")
	})
	// A standard handler is at home beside it.
	app.HandleFunc("GET /std/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Pattern, " has ", r.PathValue("name"))
	})
	// app is an http.Handler: app.Run(ctx, ":8080") or any http.Server serves it.
	show(app, "/hello/gopher")
	show(app, "/std/gopher")
	// Output:
	// 200 Hello, gopher!
	// 200 GET /std/{name} has gopher
}

func ExampleRouter_Group() {
	app := covet.New(nil)
	team := app.Group("/teams/{team}", covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		if c.Param("team") != "red" {
			return covet.NewError(http.StatusForbidden, "you are in team red")
		}
		return next(c)
	}))
	team.Get("/notes/{id}", func(c *covet.Ctx) error {
		return c.String(http.StatusOK, c.Pattern())
	})
	show(app, "/teams/red/notes/7")
	show(app, "/teams/blue/notes/7")
	// Output:
	// 200 GET /teams/{team}/notes/{id}
	// 403 {"type":"about:blank","title":"Forbidden","status":403,"detail":"you are in team red"}
}

// A middleware made by Wrap learns how the handlers further in fared.
func ExampleWrap() {
	app := covet.New(nil)
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		err := next(c)
		fmt.Printf("log: %s %d %v\n", c.Pattern(), c.Status(), err)
		return err
	}))
	app.Get("/note", func(c *covet.Ctx) error { return covet.NewError(http.StatusGone, "") })
	show(app, "/note")
	// Output:
	// log: GET /note 410 410 Gone
	// 410 {"type":"about:blank","title":"Gone","status":410}
}

func ExampleRouter_Use() {
	// Any middleware of net/http's world will do.
	app := covet.New(nil)
	app.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Println("in front of", r.Pattern)
			next.ServeHTTP(w, r)
		})
	})
	app.Get("/note", func(c *covet.Ctx) error { return c.String(http.StatusOK, "milk") })
	show(app, "/note")
	// Output:
	// in front of GET /note
	// 200 milk
}

// Err is for the log; the client sees the rest.
func ExampleError() {
	app := covet.New(nil)
	app.Get("/note", func(c *covet.Ctx) error {
		return &covet.Error{
			Status: http.StatusConflict,
			Code:   "title_taken",
			Detail: "a note has this title",
			Err:    errors.New("UNIQUE constraint failed: note.title"),
		}
	})
	show(app, "/note")
	// Output:
	// 409 {"type":"about:blank","title":"Conflict","status":409,"detail":"a note has this title","code":"title_taken"}
}

func ExampleParam() {
	app := covet.New(nil)
	app.Get("/notes/{id}", func(c *covet.Ctx) error {
		id, err := covet.Param[int64](c, "id")
		if err != nil {
			return err
		}
		return c.String(http.StatusOK, fmt.Sprint(id+1))
	})
	show(app, "/notes/41")
	show(app, "/notes/x")
	// Output:
	// 200 42
	// 400 {"type":"about:blank","title":"Bad Request","status":400,"detail":"a parameter of the request is not valid","code":"bad_parameter","errors":[{"source":"path.id","detail":"\"x\" is not an integer of 64 bits"}]}
}

func ExampleQuery() {
	app := covet.New(nil)
	app.Get("/notes", func(c *covet.Ctx) error {
		limit, err := covet.Query(c, "limit", 20)
		if err != nil {
			return err
		}
		return c.String(http.StatusOK, fmt.Sprint("limit ", limit))
	})
	show(app, "/notes")
	show(app, "/notes?limit=5")
	// Output:
	// 200 limit 20
	// 200 limit 5
}

func ExampleCtx_SSE() {
	app := covet.New(nil)
	app.Get("/events", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			return errors.Join(
				s.Send(covet.Event{ID: "1", Data: "two\nlines"}),
				s.JSON("note", map[string]string{"title": "milk"}),
			)
		})
	})
	show(app, "/events")
	// Output:
	// 200 id: 1
	// data: two
	// data: lines
	//
	// event: note
	// data: {"title":"milk"}
}

func ExampleRouter_Mount() {
	admin := http.NewServeMux()
	admin.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.URL.Path, " of ", r.PathValue("tenant"))
	})
	app := covet.New(nil)
	app.Mount("/{tenant}/admin", admin)
	show(app, "/acme/admin/users/7")
	// Output:
	// 200 /users/7 of acme
}

func ExampleApp_Match() {
	app := covet.New(nil)
	app.Get("/notes/{id}", func(c *covet.Ctx) error { return nil })
	m := app.Match("GET", "", "/notes/a%2Fb")
	fmt.Println(m.Status, m.Pattern, m.Param("id"))
	m = app.Match("PUT", "", "/notes/7")
	fmt.Println(m.Status, m.Allow)
	m = app.Match("GET", "", "//notes/7")
	fmt.Println(m.Status, m.Location)
	// Output:
	// 200 GET /notes/{id} a/b
	// 405 GET, HEAD
	// 307 /notes/7
}

func ExampleKey() {
	user := covet.NewKey[string]("user")
	app := covet.New(nil)
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		user.Set(c, "gopher")
		return next(c)
	}))
	store := func(ctx context.Context) string { // code that knows no Ctx
		name, _ := user.From(ctx)
		return name
	}
	app.Get("/", func(c *covet.Ctx) error { return c.String(http.StatusOK, store(c.Context())) })
	show(app, "/")
	// Output:
	// 200 gopher
}
