package covettest_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/covetgo/covet"
	"github.com/covetgo/covet/covettest"
)

// printer takes the place of *testing.T in the examples, and prints what that
// would report.
type printer struct{}

func (printer) Helper()                           {}
func (printer) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (printer) FailNow()                          { panic("the test has stopped") }
func (printer) Cleanup(func())                    {}

var t printer

type Note struct {
	ID    int    `json:"id"`
	Title string `json:"title"`
}

// newApp is the application under test.
func newApp() *covet.App {
	app := covet.New(nil)
	app.Post("/notes", func(c *covet.Ctx) error {
		var n Note
		if err := c.Bind(&n); err != nil {
			return err
		}
		if n.Title == "" {
			return &covet.Error{Status: 422, Code: "invalid", Fields: []covet.FieldError{{Pointer: "/title", Detail: "is missing"}}}
		}
		n.ID = 1
		c.SetHeader("Location", "/notes/1")
		return c.JSON(http.StatusCreated, n)
	})
	app.Get("/notes/{id}", func(c *covet.Ctx) error {
		id, err := covet.Param[int](c, "id")
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, Note{ID: id, Title: "milk"})
	})
	app.Get("/events", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			if err := s.JSON("note", Note{ID: 1, Title: "milk"}); err != nil {
				return err
			}
			<-s.Context().Done()
			return nil
		})
	})
	return app
}

func Example() {
	// func TestNotes(t *testing.T) {
	c := covettest.New(t, newApp())

	created := c.Post("/notes").JSON(Note{Title: "milk"}).Do().
		WantStatus(http.StatusCreated).
		WantLocation("/notes/1").
		Must() // what follows makes no sense without

	c.Get(created.Header.Get("Location")).Do().
		WantStatus(http.StatusOK).
		WantJSON(`{"title": "milk", "id": 1}`)

	c.Post("/notes").JSON(`{"title": ""}`).Do().
		WantProblem(422, "invalid").
		WantFields("/title")

	fmt.Println("all is well")
	// Output: all is well
}

// What a failure looks like.
func ExampleResponse_WantJSON() {
	c := covettest.New(t, newApp())
	c.Get("/notes/1").Do().WantJSON(Note{ID: 1, Title: "bread"})
	// Output:
	// GET /notes/1: JSON differs (-want +got):
	//       {
	//         "id": 1,
	//     -   "title": "bread"
	//     +   "title": "milk"
	//       }
}

func ExampleResponse_WantStatus() {
	c := covettest.New(t, newApp())
	c.Get("/nots/1").Do().WantStatus(http.StatusOK)
	// Output:
	// GET /nots/1: status 404 Not Found, want 200 OK
	//     received: 404 Not Found
	//     Content-Type: application/problem+json
	//
	//     {"type":"about:blank","title":"Not Found","status":404}
}

func ExampleStream() {
	c := covettest.New(t, newApp())
	stream := c.Get("/events").Stream()
	stream.WantEventJSON("note", Note{ID: 1, Title: "milk"})
	stream.Close() // or leave that to the end of the test

	fmt.Println("the handler has returned")
	// Output: the handler has returned
}

func ExampleRequest_File() {
	app := covet.New(nil)
	app.Post("/photos", func(c *covet.Ctx) error {
		f, head, err := c.Request().FormFile("photo")
		if err != nil {
			return err
		}
		defer f.Close()
		return c.String(http.StatusOK, head.Filename+": "+head.Header.Get("Content-Type"))
	})
	res := covettest.New(t, app).Post("/photos").
		Field("title", "A cat").
		File("photo", "cat.gif", []byte("GIF89a…")).
		Do()
	fmt.Println(string(res.Body))
	// Output: cat.gif: image/gif
}

func ExampleEventReader() {
	r := covettest.NewEventReader(strings.NewReader("id: 7\nevent: note\ndata: milk\n\n"))
	e, err := r.Next()
	fmt.Println(e.ID, e.Type, e.Data, err)
	_, err = r.Next()
	fmt.Println(err)
	// Output:
	// 7 note milk <nil>
	// EOF
}
