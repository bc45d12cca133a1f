package benchmarks

import (
	"context"
	"net/http"
	"net/http/httputil"
	"net/url"
	"testing"

	coder "github.com/coder/websocket"
	nhooyr "nhooyr.io/websocket"

	"github.com/covetgo/covet"
)

// echoCoder and echoNhooyr send one message back and wait for the client to
// close. nhooyr.io/websocket is the frozen old path of coder/websocket.
func echoCoder(w http.ResponseWriter, r *http.Request) error {
	conn, err := coder.Accept(w, r, nil)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	kind, message, err := conn.Read(r.Context())
	if err != nil {
		return err
	}
	if err := conn.Write(r.Context(), kind, message); err != nil {
		return err
	}
	_, _, err = conn.Read(r.Context())
	if coder.CloseStatus(err) == coder.StatusNormalClosure {
		return nil
	}
	return err
}

func echoNhooyr(w http.ResponseWriter, r *http.Request) error {
	conn, err := nhooyr.Accept(w, r, nil)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	kind, message, err := conn.Read(r.Context())
	if err != nil {
		return err
	}
	if err := conn.Write(r.Context(), kind, message); err != nil {
		return err
	}
	_, _, err = conn.Read(r.Context())
	if nhooyr.CloseStatus(err) == nhooyr.StatusNormalClosure {
		return nil
	}
	return err
}

func askCoder(ctx context.Context, url string) (string, error) {
	conn, _, err := coder.Dial(ctx, url, nil)
	if err != nil {
		return "", err
	}
	defer conn.CloseNow()
	if err := conn.Write(ctx, coder.MessageText, []byte("hello")); err != nil {
		return "", err
	}
	_, message, err := conn.Read(ctx)
	if err != nil {
		return "", err
	}
	return string(message), conn.Close(coder.StatusNormalClosure, "")
}

func askNhooyr(ctx context.Context, url string) (string, error) {
	conn, _, err := nhooyr.Dial(ctx, url, nil)
	if err != nil {
		return "", err
	}
	defer conn.CloseNow()
	if err := conn.Write(ctx, nhooyr.MessageText, []byte("hello")); err != nil {
		return "", err
	}
	_, message, err := conn.Read(ctx)
	if err != nil {
		return "", err
	}
	return string(message), conn.Close(nhooyr.StatusNormalClosure, "")
}

var (
	echoes = map[string]func(http.ResponseWriter, *http.Request) error{
		"coder": echoCoder, "nhooyr": echoNhooyr,
	}
	clients = map[string]func(context.Context, string) (string, error){
		"coder": askCoder, "nhooyr": askNhooyr,
	}
)

// newSockets has an echo of each library behind each door.
func newSockets(t *testing.T) *covet.App {
	app := covet.New(nil)
	app.Use(stack()...)
	for name, echo := range echoes {
		app.Get("/own/"+name, func(c *covet.Ctx) error {
			if err := echo(c.Writer(), c.Request()); err != nil {
				t.Errorf("own door, %s: %v", name, err)
			}
			return nil
		})
		app.HandleFunc("GET /std/"+name, func(w http.ResponseWriter, r *http.Request) {
			if err := echo(w, r); err != nil {
				t.Errorf("standard door, %s: %v", name, err)
			}
		})
	}
	return app
}

func TestWebSocket(t *testing.T) {
	back := newServer(t, newSockets(t))
	target, err := url.Parse(back.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := covet.New(nil)
	front.Use(stack()...)
	front.Mount("/up", httputil.NewSingleHostReverseProxy(target))
	for way, base := range map[string]string{
		"direct":  back.URL,
		"proxied": newServer(t, front).URL + "/up",
	} {
		t.Run(way, func(t *testing.T) { askAll(t, base) })
	}
}

func askAll(t *testing.T, base string) {
	for server := range echoes {
		for client, ask := range clients {
			for _, door := range doors {
				got, err := ask(t.Context(), base+door+"/"+server)
				if err != nil || got != "hello" {
					t.Errorf("%s to %s%s: %q, %v", client, server, door, got, err)
				}
			}
		}
	}
}
