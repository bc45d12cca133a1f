// Quickstart is a whole small service: notes as JSON over HTTP, kept in an
// SQLite file, and a page that follows every change.
//
//	go run ./examples/quickstart
//
// It uses most of what covet has, and shows where net/http's own handlers and
// middleware fit in. main.go is the service, middleware.go what stands around
// it, store.go the notes and their file, feed.go what the page follows, web the
// page.
package main

import (
	"cmp"
	"context"
	"embed"
	"expvar"
	"flag"
	"fmt"
	"html/template"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/covetgo/covet"
)

func main() {
	addr := flag.String("addr", "localhost:8080", "address to listen on; port 0 takes a free one")
	file := flag.String("db", "notes.db", "SQLite file; it is made if it does not exist")
	flag.Parse()
	if err := run(*addr, *file); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

const hello = `Notes at %[1]s/, kept in %[2]s. Ctrl-C stops it. Try:

curl -H 'Content-Type: application/json' -d '{"title":"Buy milk","body":"Two litres"}' %[1]s/notes
curl '%[1]s/notes?q=milk'

`

func run(addr, file string) error {
	s, err := openStore(file)
	if err != nil {
		return err
	}
	defer s.db.Close()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w (to choose another address: -addr localhost:8081)", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	fmt.Printf(hello, baseURL(addr, l.Addr()), file)
	return newApp(s).Serve(ctx, l) // requests in flight finish, streams are told to end
}

// baseURL has the host that was asked for and the port that was given.
func baseURL(asked string, got net.Addr) string {
	host, _, _ := net.SplitHostPort(asked)
	_, port, _ := net.SplitHostPort(got.String())
	return "http://" + net.JoinHostPort(cmp.Or(host, "localhost"), port)
}

var (
	//go:embed web
	web  embed.FS
	home = template.Must(template.ParseFS(web, "web/page.html"))
)

// service is the HTTP side of a store.
type service struct{ *store }

func newApp(st *store) *covet.App {
	s := service{st}
	app := covet.New(&covet.Options{MaxBody: 256 << 10, ErrorHandler: answerError})
	app.Use(covet.Wrap(logRequest), secure, http.NewCrossOriginProtection().Handler)

	app.Get("/{$}", s.page)
	app.Get("/static/{name}", func(c *covet.Ctx) error {
		return c.File(web, "web/static/"+c.Param("name"))
	})
	notes := app.Group("/notes")
	notes.Get("", s.list)
	notes.Post("", s.create)
	notes.Get("/{id}", s.show)
	notes.Put("/{id}", s.replace)
	notes.Delete("/{id}", s.remove)
	app.Get("/events", s.events)
	app.Get("/readyz", covet.Ready(s.db.PingContext))
	app.Handle("GET /debug/vars", expvar.Handler()) // any http.Handler
	return app
}

func (s service) page(c *covet.Ctx) error {
	notes, err := s.find(c.Context(), "", math.MaxInt64, 50)
	if err != nil {
		return err
	}
	return c.HTML(http.StatusOK, home, map[string]any{"Notes": notes, "Blank": note{}})
}

// list answers with the newest notes that contain q, older than the one with
// the id before.
func (s service) list(c *covet.Ctx) error {
	limit, err := covet.Query(c, "limit", 50)
	if err != nil {
		return err
	}
	before, err := covet.Query[int64](c, "before", math.MaxInt64)
	if err != nil {
		return err
	}
	q := c.Query("q")
	if limit < 1 || limit > 100 || len(q) > 200 {
		return covet.NewError(http.StatusBadRequest, "want a limit from 1 to 100 and a q of 200 bytes at most")
	}
	notes, err := s.find(c.Context(), q, before, limit)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string][]note{"notes": notes})
}

func (s service) create(c *covet.Ctx) error {
	d, err := bindDraft(c)
	if err != nil {
		return err
	}
	n, err := s.add(c.Context(), d)
	if err != nil {
		return err
	}
	c.SetHeader("Location", "/notes/"+strconv.FormatInt(n.ID, 10))
	return c.JSON(http.StatusCreated, n)
}

func (s service) show(c *covet.Ctx) error {
	id, err := covet.Param[int64](c, "id")
	if err != nil {
		return err
	}
	n, err := s.get(c.Context(), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, n)
}

func (s service) replace(c *covet.Ctx) error {
	id, err := covet.Param[int64](c, "id")
	if err != nil {
		return err
	}
	d, err := bindDraft(c)
	if err != nil {
		return err
	}
	n, err := s.set(c.Context(), id, d)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, n)
}

func (s service) remove(c *covet.Ctx) error {
	id, err := covet.Param[int64](c, "id")
	if err != nil {
		return err
	}
	if err := s.del(c.Context(), id); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// events streams what happens to the notes. A client that comes back says how
// far it got, and misses nothing.
func (s service) events(c *covet.Ctx) error {
	return c.SSE(func(stream *covet.EventStream) error {
		seen, _ := strconv.ParseInt(stream.LastEventID(), 10, 64) // 0 for a new client
		for {
			events, last, more := s.feed.after(seen)
			for _, e := range events {
				if err := stream.Send(e); err != nil {
					return err
				}
			}
			seen = last
			select {
			case <-more:
			case <-stream.Context().Done():
				return nil
			}
		}
	})
}

// bindDraft reads and checks the note in a request's body.
func bindDraft(c *covet.Ctx) (draft, error) {
	var d draft
	if err := c.Bind(&d); err != nil {
		return d, err
	}
	if bad := d.check(); bad != nil {
		return d, &covet.Error{Status: http.StatusUnprocessableEntity, Code: "bad_note", Detail: "the note is not valid", Fields: bad}
	}
	return d, nil
}
