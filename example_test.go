package covet_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/covetgo/covet"
)

// show sends a request to a handler and prints the answer.
func show(h http.Handler, method, target, body string) {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	fmt.Println(w.Code, strings.TrimSpace(w.Body.String()))
}

func Example() {
	app := covet.New(nil)
	app.Get("/hello/{name}", func(c *covet.Ctx) error {
		return c.JSON(http.StatusOK, map[string]string{"hello": c.Param("name")})
	})
	app.HandleFunc("GET /bye/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Bye, %s!", r.PathValue("name"))
	})
	show(app, "GET", "/hello/gopher", "")
	show(app, "GET", "/bye/gopher", "")
	show(app, "POST", "/bye/gopher", "")
	// Output:
	// 200 {"hello":"gopher"}
	// 200 Bye, gopher!
	// 405 {"type":"about:blank","title":"Method Not Allowed","status":405}
}

func ExampleParam() {
	app := covet.New(nil)
	app.Get("/notes/{id}", func(c *covet.Ctx) error {
		id, err := covet.Param[int64](c, "id")
		if err != nil {
			return err
		}
		return c.String(http.StatusOK, fmt.Sprint("note ", id))
	})
	show(app, "GET", "/notes/7", "")
	show(app, "GET", "/notes/x", "")
	// Output:
	// 200 note 7
	// 400 {"type":"about:blank","title":"Bad Request","status":400,"detail":"a parameter of the request is not valid","code":"bad_parameter","errors":[{"source":"path.id","detail":"\"x\" is not an integer of 64 bits"}]}
}

func ExampleQuery() {
	app := covet.New(nil)
	app.Get("/notes", func(c *covet.Ctx) error {
		limit, err := covet.Query(c, "limit", 20)
		if err != nil {
			return err
		}
		return c.String(http.StatusOK, fmt.Sprint("at most ", limit))
	})
	show(app, "GET", "/notes", "")
	show(app, "GET", "/notes?limit=5", "")
	// Output:
	// 200 at most 20
	// 200 at most 5
}

func ExampleCtx_Bind() {
	app := covet.New(nil)
	app.Post("/notes", func(c *covet.Ctx) error {
		var in struct {
			Title string `json:"title"`
		}
		if err := c.Bind(&in); err != nil {
			return err
		}
		return c.String(http.StatusCreated, in.Title)
	})
	show(app, "POST", "/notes", `{"title": "Buy milk"}`)
	show(app, "POST", "/notes", `{"title": 7}`)
	// Output:
	// 201 Buy milk
	// 400 {"type":"about:blank","title":"Bad Request","status":400,"detail":"the JSON body does not fit","code":"json_type","errors":[{"pointer":"/title","detail":"want a string, got number"}]}
}

func ExampleError() {
	errTaken := errors.New("UNIQUE constraint failed: notes.title")
	app := covet.New(nil)
	app.Post("/notes", func(*covet.Ctx) error {
		return &covet.Error{Status: http.StatusConflict, Code: "title_taken", Detail: "a note has this title", Err: errTaken}
	})
	show(app, "POST", "/notes", "")
	// Output:
	// 409 {"type":"about:blank","title":"Conflict","status":409,"detail":"a note has this title","code":"title_taken"}
}

func ExampleWrap() {
	app := covet.New(nil)
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		err := next(c)
		fmt.Printf("%s: status %d, error %v\n", c.Pattern(), c.Status(), err)
		return err
	}))
	app.Get("/gone", func(*covet.Ctx) error { return covet.NewError(http.StatusGone, "moved away") })
	show(app, "GET", "/gone", "")
	// Output:
	// GET /gone: status 410, error 410 Gone: moved away
	// 410 {"type":"about:blank","title":"Gone","status":410,"detail":"moved away"}
}

func ExampleRouter_Group() {
	app := covet.New(nil)
	api := app.Group("/api", covet.LimitBody(1<<20))
	notes := api.Group("/notes")
	notes.Get("", func(c *covet.Ctx) error { return c.String(http.StatusOK, "all") })
	notes.Get("/{id}", func(c *covet.Ctx) error { return c.String(http.StatusOK, c.Param("id")) })
	show(app, "GET", "/api/notes", "")
	show(app, "GET", "/api/notes/7", "")
	for _, r := range app.Routes() {
		fmt.Println(r.Pattern)
	}
	// Output:
	// 200 all
	// 200 7
	// GET /api/notes
	// GET /api/notes/{id}
}

func ExampleRouter_Mount() {
	admin := http.NewServeMux()
	admin.HandleFunc("GET /users", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "users of "+r.PathValue("team"))
	})
	app := covet.New(nil)
	app.Mount("/teams/{team}/admin", admin)
	show(app, "GET", "/teams/red/admin/users", "")
	// Output:
	// 200 users of red
}

func ExampleApp_Match() {
	app := covet.New(nil)
	app.Get("/notes/{id}", func(*covet.Ctx) error { return nil })
	m := app.Match("GET", "", "/notes/7")
	fmt.Println(m.Status, m.Pattern, m.Param("id"))
	m = app.Match("PUT", "", "/notes/7")
	fmt.Println(m.Status, m.Allow)
	// Output:
	// 200 GET /notes/{id} 7
	// 405 GET, HEAD
}

func ExampleKey() {
	user := covet.NewKey[string]("user")
	app := covet.New(nil)
	app.Use(covet.Wrap(func(c *covet.Ctx, next covet.HandlerFunc) error {
		user.Set(c, "gopher")
		return next(c)
	}))
	app.Get("/me", func(c *covet.Ctx) error {
		name, _ := user.Get(c)
		return c.String(http.StatusOK, name)
	})
	app.HandleFunc("GET /std", func(w http.ResponseWriter, r *http.Request) {
		name, _ := user.From(r.Context())
		io.WriteString(w, name)
	})
	show(app, "GET", "/me", "")
	show(app, "GET", "/std", "")
	// Output:
	// 200 gopher
	// 200 gopher
}

func ExampleCtx_SSE() {
	app := covet.New(nil)
	app.Get("/events", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			return s.Send(covet.Event{ID: "1", Type: "note", Data: "Buy milk"})
		})
	})
	r := httptest.NewRequest("GET", "/events", nil)
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	io.Copy(os.Stdout, w.Body)
	// Output:
	// id: 1
	// event: note
	// data: Buy milk
}
