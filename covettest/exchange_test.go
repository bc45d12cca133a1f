package covettest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/covetgo/covet"
	"github.com/covetgo/covet/covettest"
)

// TestAsServer holds responses against those over a real connection.
func TestAsServer(t *testing.T) {
	big := strings.Repeat("covet ", 2000)
	handlers := map[string]http.HandlerFunc{
		"nothing":      func(w http.ResponseWriter, r *http.Request) {},
		"sniffed html": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<!DOCTYPE html><p>") },
		"sniffed in two": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<!DOC")
			io.WriteString(w, "TYPE html>")
		},
		"flushed early": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<!DOC")
			w.(http.Flusher).Flush()
			io.WriteString(w, "TYPE html>")
		},
		"big":        func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, big) },
		"no content": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) },
		"not modified": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "a/b")
			w.WriteHeader(304)
		},
		"header too late": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); w.Header().Set("X-Late", "1") },
		"trailer": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Trailer", "X-Sum")
			io.WriteString(w, "a")
			w.Header().Set("X-Sum", "1")
			w.Header().Set(http.TrailerPrefix+"X-Other", "2")
		},
		"early hints": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(103)
			io.WriteString(w, "a")
		},
		"own length": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "3")
			io.WriteString(w, "abc")
		},
		"too short": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "9")
			io.WriteString(w, "abc")
		},
		"redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/x", 303) },
		"aborted":  func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "lost"); panic(http.ErrAbortHandler) },
		"aborted midway": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "seen")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
	}
	client := &http.Client{
		Transport:     &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	for name, h := range handlers {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				server := httptest.NewServer(h)
				defer server.Close()
				got := covettest.New(t, h).Request(method, "/").Header("Connection", "close").Do()
				req, _ := http.NewRequest(method, server.URL, nil)
				res, err := client.Do(req)
				if err != nil {
					if !got.Aborted || got.Code != 0 {
						t.Errorf("got %+v, a real client gets %v", got, err)
					}
					return
				}
				defer res.Body.Close()
				body, err := io.ReadAll(res.Body)
				res.Header.Del("Date")
				got.Header.Del("Date")
				same := func(a, b http.Header) bool {
					return maps.EqualFunc(a, b, func(x, y []string) bool { return strings.Join(x, "|") == strings.Join(y, "|") })
				}
				if got.Code != res.StatusCode || !same(got.Header, res.Header) || !same(got.Trailer, res.Trailer) ||
					!bytes.Equal(got.Body, body) || got.Aborted != (err != nil) {
					t.Errorf("got  %d %v %q %v aborted=%v\nwant %d %v %q %v %v", got.Code, got.Header, got.Body, got.Trailer, got.Aborted,
						res.StatusCode, res.Header, body, res.Trailer, err)
				}
			})
		}
	}
}

// echo tells what a handler has got.
func echo(seen **http.Request, body *string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(500)
		}
		*seen, *body = r, string(b)
	}
}

func TestRequest(t *testing.T) {
	var r *http.Request
	var body string
	c := covettest.New(t, echo(&r, &body)).Header("X-Client", "c")

	c.Get("/a%2Fb?x=1").Query("y", "a b&").Header("X-Two", "1", "2").Do().WantStatus(200)
	if r.RequestURI != "/a%2Fb?x=1&y=a+b%26" || r.URL.Path != "/a/b" || r.URL.RawPath != "/a%2Fb" || r.URL.Host != "" {
		t.Errorf("RequestURI %q, URL %#v", r.RequestURI, r.URL)
	}
	if r.Host != "example.com" || r.RemoteAddr != "192.0.2.1:1234" || r.Proto != "HTTP/1.1" || r.TLS != nil {
		t.Errorf("Host %q, RemoteAddr %q, Proto %q, TLS %v", r.Host, r.RemoteAddr, r.Proto, r.TLS)
	}
	want := http.Header{"X-Client": {"c"}, "X-Two": {"1", "2"}}
	if !maps.EqualFunc(r.Header, want, func(a, b []string) bool { return strings.Join(a, "|") == strings.Join(b, "|") }) {
		t.Errorf("Header %v, want %v", r.Header, want)
	}
	if addr := r.Context().Value(http.LocalAddrContextKey); addr == nil || r.Context().Err() == nil {
		t.Errorf("local address %v, context's error %v: want both set after the request", addr, r.Context().Err())
	}

	c.Get("https://api.example.org/x").RemoteAddr("198.51.100.7:1").Do()
	if r.Host != "api.example.org" || r.RequestURI != "/x" || r.TLS == nil || r.RemoteAddr != "198.51.100.7:1" {
		t.Errorf("Host %q, RequestURI %q, TLS %v, RemoteAddr %q", r.Host, r.RequestURI, r.TLS, r.RemoteAddr)
	}
	c.With(t).Base("https://b.example").Get("/").Do()
	if r.Host != "b.example" || r.TLS == nil || r.TLS.ServerName != "b.example" {
		t.Errorf("Host %q, TLS %v, want those of Base", r.Host, r.TLS)
	}
	c.Get("/").Header("Host", "c.example").Header("X-Client").Do()
	if r.Host != "c.example" || r.Header["X-Client"] != nil {
		t.Errorf("Host %q, want c.example; X-Client %q, want none", r.Host, r.Header["X-Client"])
	}
}

func TestMethods(t *testing.T) {
	var r *http.Request
	var body string
	c := covettest.New(t, echo(&r, &body))
	for method, f := range map[string]func(string) *covettest.Request{
		"GET": c.Get, "HEAD": c.Head, "POST": c.Post, "PUT": c.Put, "PATCH": c.Patch,
		"DELETE": c.Delete, "OPTIONS": c.Options, "QUERY": c.Query,
	} {
		f("/m").Do().WantStatus(200)
		if r.Method != method || r.RequestURI != "/m" {
			t.Errorf("%s %s, want %s /m", r.Method, r.RequestURI, method)
		}
	}
}

func TestOptionsOfServer(t *testing.T) {
	// net/http answers this one itself and calls no handler.
	covettest.New(t, http.NotFoundHandler()).Options("*").Do().WantStatus(200)
}

func TestBodies(t *testing.T) {
	type note struct {
		Title string `json:"title"`
	}
	for _, tt := range []struct {
		name         string
		set          func(r *covettest.Request)
		body, length string
		contentType  string
	}{
		{"none", func(r *covettest.Request) {}, "", "0", ""},
		{"JSON", func(r *covettest.Request) { r.JSON(note{"milk"}) }, `{"title":"milk"}`, "16", "application/json"},
		{"JSON text", func(r *covettest.Request) { r.JSON(`{"title":`) }, `{"title":`, "9", "application/json"},
		{"JSON bytes", func(r *covettest.Request) { r.JSON([]byte(`[1]`)) }, `[1]`, "3", "application/json"},
		{"form", func(r *covettest.Request) { r.Field("b", "x y").Field("a", "1").Field("b", "&") }, "a=1&b=x+y&b=%26", "15", "application/x-www-form-urlencoded"},
		{"raw", func(r *covettest.Request) { r.Body("text/csv", strings.NewReader("a,b")) }, "a,b", "3", "text/csv"},
		{"raw without type", func(r *covettest.Request) { r.Body("", bytes.NewBufferString("x")) }, "x", "1", ""},
		{"chunked", func(r *covettest.Request) {
			r.Body("", io.MultiReader(strings.NewReader("ab"), strings.NewReader("c")))
		}, "abc", "", ""},
		{"own type", func(r *covettest.Request) { r.JSON("{}").Header("Content-Type", "application/merge-patch+json") }, "{}", "2", "application/merge-patch+json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r *http.Request
			var body string
			req := covettest.New(t, echo(&r, &body)).Post("/")
			tt.set(req)
			req.Do().WantStatus(200)
			if body != tt.body || r.Header.Get("Content-Length") != tt.length || r.Header.Get("Content-Type") != tt.contentType {
				t.Errorf("body %q, Content-Length %q, Content-Type %q, want %q, %q, %q", body,
					r.Header.Get("Content-Length"), r.Header.Get("Content-Type"), tt.body, tt.length, tt.contentType)
			}
			if chunked := tt.length == ""; chunked != (r.ContentLength == -1) {
				t.Errorf("ContentLength %d, chunked: %v", r.ContentLength, chunked)
			}
		})
	}
}

func TestMultipart(t *testing.T) {
	var name string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1); err != nil { // so the file is on disk
			t.Error(err)
			return
		}
		f, head, err := r.FormFile("photo")
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		if file, ok := f.(*os.File); ok {
			name = file.Name()
		}
		content, err := io.ReadAll(f)
		if err != nil || len(content) != 100<<10 || head.Filename != `a".gif` || head.Header.Get("Content-Type") != "image/gif" || r.FormValue("title") != "ü" {
			t.Errorf("%d bytes, %v, %v, title %q", len(content), err, head, r.FormValue("title"))
		}
	})
	gif := append([]byte("GIF89a"), make([]byte, 100<<10-6)...)
	covettest.New(t, h).Post("/").Field("title", "ü").File("photo", `a".gif`, gif).Do().WantStatus(200)
	if _, err := os.Stat(name); name == "" || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("file %q: %v, want it removed, as net/http does", name, err)
	}
}

func TestUnreadBody(t *testing.T) {
	app := covet.New(&covet.Options{MaxBody: 10})
	app.Post("/", func(c *covet.Ctx) error {
		var v any
		return c.Bind(&v)
	})
	app.Post("/unread", func(c *covet.Ctx) error { return c.String(200, "ok") })
	c := covettest.New(t, app)
	c.Post("/").JSON(strings.Repeat("1", 1<<20)).Do().WantProblem(413, "body_too_large")
	c.Post("/unread").Body("", strings.NewReader(strings.Repeat("x", 1<<20))).Do().WantBody("ok")

	var r *http.Request
	covettest.New(t, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { r = q })).
		Post("/").Body("", strings.NewReader("x")).Do()
	if _, err := r.Body.Read(make([]byte, 1)); err != http.ErrBodyReadAfterClose {
		t.Errorf("reading the body after the handler: %v, want ErrBodyReadAfterClose", err)
	}
}

// closer tells whether it was closed.
type closer struct {
	io.Reader
	closed bool
}

func (c *closer) Close() error { c.closed = true; return nil }

func TestBodyThatFails(t *testing.T) {
	var got error
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, got = io.ReadAll(r.Body) })
	body := &closer{Reader: io.MultiReader(strings.NewReader("begin"), iotest.ErrReader(errors.New("broken")))}
	covettest.New(t, h).Post("/").Body("", body).Do().WantAborted()
	if !errors.Is(got, io.ErrUnexpectedEOF) || !body.closed {
		t.Errorf("the handler got %v, want io.ErrUnexpectedEOF; body closed: %v", got, body.closed)
	}
}

func TestNoBodyAllowed(t *testing.T) {
	for _, code := range []int{204, 304} {
		var err error
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(code)
			_, err = io.WriteString(w, "x")
		})
		covettest.New(t, h).Get("/").Do().WantStatus(code).WantBody("").WantNoHeader("Content-Length")
		if err != http.ErrBodyNotAllowed {
			t.Errorf("%d: Write: %v, want http.ErrBodyNotAllowed", code, err)
		}
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	res := covettest.New(t, h).Get("/").Context(ctx).Do().WantAborted()
	if res.Code != 0 {
		t.Errorf("Code %d, want 0", res.Code)
	}
	var called bool
	h = func(w http.ResponseWriter, r *http.Request) { called = true }
	covettest.New(t, h).Get("/").Context(ctx).Do().WantAborted()
	if called {
		t.Error("the handler was called although the client had left before")
	}
}

func TestHijack(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
		if _, err := rw.ReadByte(); err != io.EOF {
			t.Errorf("reading: %v, want EOF as the client leaves", err)
		}
	})
	covettest.New(t, h).Get("/").Header("Connection", "Upgrade").Header("Upgrade", "x").Do().
		WantStatus(101).WantHeader("Upgrade", "x")
}

func TestCookies(t *testing.T) {
	app := covet.New(nil)
	app.Post("/login", func(c *covet.Ctx) error {
		c.SetCookie(&http.Cookie{Name: "session", Value: "s1", Path: "/", HttpOnly: true})
		c.SetCookie(&http.Cookie{Name: "secure", Value: "s2", Path: "/", Secure: true})
		return c.NoContent(204)
	})
	app.Post("/logout", func(c *covet.Ctx) error {
		c.SetCookie(&http.Cookie{Name: "session", Path: "/", MaxAge: -1})
		return c.NoContent(204)
	})
	app.Get("/", func(c *covet.Ctx) error { return c.String(200, c.Header("Cookie")) })

	c := covettest.New(t, app)
	res := c.Post("/login").Do().WantCookie("session", "s1")
	if !res.Cookie("session").HttpOnly {
		t.Error("the session's cookie is not HttpOnly")
	}
	c.Get("/").Do().WantBody("session=s1")
	c.With(t).Get("/").Do().WantBody("session=s1")
	c.Get("https://example.com/").Do().WantBody("session=s1; secure=s2")
	c.Get("/").Cookie("theme", "dark").Do().WantBody("theme=dark; session=s1")
	c.Get("/").Cookie("session", "forged").Do().WantBody("session=forged")
	c.Get("http://other.example/").Do().WantBody("")
	c.Post("/logout").Do()
	c.Get("/").Do().WantBody("")
	covettest.New(t, app).Get("/").Do().WantBody("")
}

func TestConcurrently(t *testing.T) {
	app := covet.New(nil)
	app.Post("/{n}", func(c *covet.Ctx) error {
		c.SetCookie(&http.Cookie{Name: "n" + c.Param("n"), Value: "1"})
		return c.String(200, c.Param("n"))
	})
	c := covettest.New(t, app)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			n := strconv.Itoa(i)
			c.Post("/"+n).Field("a", n).Do().WantBody(n).WantCookie("n"+n, "1")
		})
	}
	all.Wait()
}

// BenchmarkDo is what a request costs a test.
func BenchmarkDo(b *testing.B) {
	app := covet.New(nil)
	app.Get("/", func(c *covet.Ctx) error { return c.String(200, "hello") })
	c := covettest.New(b, app)
	b.ReportAllocs()
	for b.Loop() {
		c.Get("/").Do().WantStatus(200)
	}
}

func TestServe(t *testing.T) {
	app := covet.New(&covet.Options{MaxBody: 3, Logger: discard})
	app.Get("/", func(c *covet.Ctx) error { return c.String(200, "hello") })
	drained := false
	app.Get("/events", func(c *covet.Ctx) error {
		return c.SSE(func(s *covet.EventStream) error {
			if err := s.Send(covet.Event{Data: "one"}); err != nil {
				return err
			}
			<-s.Context().Done()
			drained = context.Cause(s.Context()) == covet.ErrShutdown
			return s.Send(covet.Event{Data: "bye"})
		})
	})
	got := try(func(ft covettest.TB) {
		base := covettest.Serve(ft, app)
		if u, err := url.Parse(base); err != nil || u.Hostname() != "127.0.0.1" {
			t.Errorf("URL %q", base)
		}
		client := &http.Client{Transport: &http.Transport{}}
		res, err := client.Get(base + "/events")
		if err != nil {
			t.Error(err)
			return
		}
		events := covettest.NewEventReader(res.Body)
		if e, err := events.Next(); err != nil || e.Data != "one" {
			t.Errorf("event %+v, %v", e, err)
		}
		ft.Cleanup(func() {
			go func() {
				defer client.CloseIdleConnections()
				defer res.Body.Close()
				_, _ = io.Copy(io.Discard, res.Body)
			}()
		})
	})
	wantFailure(t, got, false, "")
	if !drained {
		t.Error("the stream was not drained")
	}
}

func TestServeCuts(t *testing.T) {
	app := covet.New(&covet.Options{DrainTimeout: 10 * time.Millisecond, Logger: discard})
	started := make(chan struct{})
	app.Get("/", func(c *covet.Ctx) error {
		close(started)
		<-c.Context().Done()
		return nil
	})
	var client sync.WaitGroup
	got := try(func(ft covettest.TB) {
		base := covettest.Serve(ft, app)
		client.Go(func() {
			if res, err := http.Get(base); err == nil {
				res.Body.Close()
			}
		})
		<-started
	})
	client.Wait()
	if s := got.String(); len(got.errors) != 1 || !strings.HasPrefix(s, "covettest: Serve: covet: cut what still ran") {
		t.Errorf("%q, want that the drain had to cut", s)
	}
}

func TestOwnFraming(t *testing.T) {
	var got string
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		got = fmt.Sprintf("%q %v", b, err)
	})
	c := covettest.New(t, h)
	c.Post("/").Header("Content-Length", "2").Body("", strings.NewReader("abc")).Do().WantStatus(200)
	if got != `"ab" <nil>` {
		t.Errorf("announced 2 bytes of abc: the handler read %s", got)
	}
	c.Post("/").Header("Transfer-Encoding", "chunked").Body("", strings.NewReader("abc")).Do().WantStatus(200)
	if got != `"abc" <nil>` {
		t.Errorf("chunked abc: the handler read %s", got)
	}
}
