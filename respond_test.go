package covet_test

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/covetgo/covet"
)

func answers(h covet.HandlerFunc, method string, header ...string) *httptest.ResponseRecorder {
	app, _ := logged(covet.Options{})
	app.Handle("/", h)
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	return w
}

func TestAnswers(t *testing.T) {
	page := template.Must(template.New("p").Parse(`<p>{{.}}</p>`))
	broken := template.Must(template.New("p").Parse(`<p>{{.None}}</p>`))
	for _, tt := range []struct {
		name              string
		h                 covet.HandlerFunc
		status            int
		contentType, body string
	}{
		{"JSON", func(c *covet.Ctx) error { return c.JSON(201, map[string]string{"a": "<"}) }, 201, "application/json", `{"a":"\u003c"}` + "\n"},
		{"JSON that fails", func(c *covet.Ctx) error { return c.JSON(200, func() {}) }, 500, "application/problem+json", ""},
		{"String", func(c *covet.Ctx) error { return c.String(200, "hé") }, 200, "text/plain; charset=utf-8", "hé"},
		{"HTML", func(c *covet.Ctx) error { return c.HTML(200, page, "<b>") }, 200, "text/html; charset=utf-8", "<p>&lt;b&gt;</p>"},
		{"HTML that fails", func(c *covet.Ctx) error { return c.HTML(200, broken, "x") }, 500, "application/problem+json", ""},
		{"HTML without a template", func(c *covet.Ctx) error { return c.HTML(200, page.Lookup("none"), "x") }, 500, "application/problem+json", ""},
		{"Blob", func(c *covet.Ctx) error { return c.Blob(200, "image/png", []byte{1}) }, 200, "image/png", "\x01"},
		{"Stream", func(c *covet.Ctx) error { return c.Stream(200, "text/csv", strings.NewReader("a,b")) }, 200, "text/csv", "a,b"},
		{"Redirect", func(c *covet.Ctx) error { return c.Redirect(303, "/x") }, 303, "text/html; charset=utf-8", "<a href=\"/x\">See Other</a>.\n\n"},
		{"no redirect", func(c *covet.Ctx) error { return c.Redirect(200, "/x") }, 500, "application/problem+json", ""},
		{"NoContent", func(c *covet.Ctx) error { return c.NoContent(204) }, 204, "", ""},
		{"own Content-Type", func(c *covet.Ctx) error {
			c.SetHeader("Content-Type", "application/vnd.x+json")
			return c.JSON(200, 1)
		}, 200, "application/vnd.x+json", "1\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := answers(tt.h, "GET")
			if w.Code != tt.status || w.Header().Get("Content-Type") != tt.contentType || tt.body != "" && w.Body.String() != tt.body {
				t.Errorf("%d %q %q, want %d %q %q", w.Code, w.Header().Get("Content-Type"), w.Body, tt.status, tt.contentType, tt.body)
			}
		})
	}
}

// TestLargeJSON: a body beyond the server's buffer has its length, and the
// buffer is not shared between requests.
func TestLargeJSON(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Get("/{n}", func(c *covet.Ctx) error {
		n, err := covet.Param[int](c, "n")
		if err != nil {
			return err
		}
		return c.JSON(200, strings.Repeat("x", n))
	})
	for _, path := range []string{"/10", "/5000", "/70000", "/20", "/5000"} {
		w := get(app, path)
		if want := w.Body.Len(); want > 2048 && w.Result().ContentLength != int64(want) {
			t.Errorf("%s: Content-Length %d, want %d", path, w.Result().ContentLength, want)
		}
		if strings.Trim(w.Body.String(), "x\"\n") != "" {
			t.Errorf("%s: foreign bytes in %q", path, w.Body)
		}
	}
}

var modified = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

var files = fstest.MapFS{
	"a.txt":     {Data: []byte("0123456789"), ModTime: modified},
	"dir/b.css": {Data: []byte("b{}"), ModTime: modified},
}

// forward is a file system whose files can't seek.
type forward struct{ fs.FS }

type forwardFile struct{ f fs.File }

func (f forwardFile) Stat() (fs.FileInfo, error) { return f.f.Stat() }
func (f forwardFile) Read(p []byte) (int, error) { return f.f.Read(p) }
func (f forwardFile) Close() error               { return f.f.Close() }

func (f forward) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return forwardFile{file}, nil
}

// failing can open nothing.
type failing struct{}

func (failing) Open(string) (fs.File, error) { return nil, errors.New("secret disk") }

func TestFile(t *testing.T) {
	for _, tt := range []struct {
		name         string
		fsys         fs.FS
		file, header string
		value        string
		status       int
		body         string
	}{
		{"whole", files, "a.txt", "", "", 200, "0123456789"},
		{"range", files, "a.txt", "Range", "bytes=2-4", 206, "234"},
		{"bad range", files, "a.txt", "Range", "bytes=90-", 416, ""},
		{"not modified", files, "a.txt", "If-Modified-Since", modified.Format(http.TimeFormat), 304, ""},
		{"missing", files, "none", "", "", 404, ""},
		{"directory", files, "dir", "", "", 404, ""},
		{"escape", files, "../secret", "", "", 404, ""},
		{"no seek", forward{files}, "dir/b.css", "", "", 200, "b{}"},
		{"broken disk", failing{}, "a", "", "", 500, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := answers(func(c *covet.Ctx) error { return c.File(tt.fsys, tt.file) }, "GET", tt.header, tt.value)
			if w.Code != tt.status || tt.body != "" && w.Body.String() != tt.body || strings.Contains(w.Body.String(), "secret") {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, tt.status, tt.body)
			}
		})
	}
	w := answers(func(c *covet.Ctx) error { return c.File(forward{files}, "dir/b.css") }, "GET")
	if h := w.Header(); h.Get("Content-Type") != "text/css; charset=utf-8" || h.Get("Last-Modified") != "Fri, 02 Jan 2026 03:04:05 GMT" {
		t.Errorf("header of a file without seek: %v", h)
	}
}

// TestStreamFailure: the client sees that a stream is not whole.
func TestStreamFailure(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		return c.Stream(200, "text/plain", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("disk"))))
	})
	s := httptest.NewServer(app)
	defer s.Close()
	res, err := http.Get(s.URL)
	if err == nil {
		_, err = io.ReadAll(res.Body)
		res.Body.Close()
	}
	if err == nil {
		t.Error("the client took half a stream for the whole")
	}
	res, err = http.Head(s.URL)
	if err != nil || res.StatusCode != 200 {
		t.Errorf("HEAD: %v %v", res, err)
	}
}

func TestAccepts(t *testing.T) {
	offers := []string{"application/json", "text/html", "text/plain;charset=utf-8"}
	for _, tt := range []struct{ accept, want string }{
		{"", "application/json"},
		{"*/*", "application/json"},
		{"text/html", "text/html"},
		{"text/*", "text/html"},
		{"text/html;q=0.5, application/json;q=0.9", "application/json"},
		{"text/html;q=0.9, application/json;q=0.5", "text/html"},
		{"application/json;q=0, */*", "text/html"},
		{"application/json;q=0, identity", ""},
		{"*/*;q=0", ""},
		{"image/png", ""},
		{"text/*;q=0.3, text/html;q=0.1, text/plain", "text/plain;charset=utf-8"},
		{"text/html;level=1", ""},
		{"TEXT/HTML", "text/html"},
		{"text/html;q=2, application/json;q=x, text/plain;q=NaN", "application/json"},
		{`x/y;a=",text/html"`, ""},
		{"text/html,,", "text/html"},
	} {
		var got string
		w := answers(func(c *covet.Ctx) error { got = c.Accepts(offers...); return nil }, "GET", "Accept", tt.accept)
		if got != tt.want {
			t.Errorf("Accept %q: %q, want %q", tt.accept, got, tt.want)
		}
		if w.Header().Get("Vary") != "Accept" {
			t.Errorf("Vary = %q", w.Header().Get("Vary"))
		}
	}
}

// TestResponseInterfaces: type assertions and ResponseController find all that
// net/http's own writer has.
func TestResponseInterfaces(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Use(wrapMark("w"))
	app.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := w.(http.Flusher); !ok {
			t.Error("no Flusher")
		}
		if _, ok := w.(http.Hijacker); !ok {
			t.Error("no Hijacker")
		}
		if _, ok := w.(io.ReaderFrom); !ok {
			t.Error("no ReaderFrom")
		}
		if _, ok := w.(http.Pusher); !ok {
			t.Error("no Pusher")
		}
		if err := w.(http.Pusher).Push("/x", nil); err != http.ErrNotSupported {
			t.Errorf("Push over HTTP/1.1: %v", err)
		}
		rc := http.NewResponseController(w)
		deadline := time.Now().Add(time.Minute)
		for name, err := range map[string]error{
			"SetReadDeadline": rc.SetReadDeadline(deadline), "SetWriteDeadline": rc.SetWriteDeadline(deadline),
			"EnableFullDuplex": rc.EnableFullDuplex(), "Flush": rc.Flush(),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		res := w.(*covet.Response)
		io.WriteString(w, "1")
		w.Write([]byte("2"))
		io.Copy(w, strings.NewReader("3"))
		if res.Status() != 200 || res.Bytes() != 3 {
			t.Errorf("status %d, %d bytes; want 200, 3", res.Status(), res.Bytes())
		}
	})
	app.HandleFunc("/hijack", func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhijack")
	})
	s := httptest.NewServer(app)
	defer s.Close()
	for path, want := range map[string]string{"/": "123", "/hijack": "hijack"} {
		res, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if string(body) != want || err != nil {
			t.Errorf("%s: %q %v, want %q", path, body, err, want)
		}
	}
}

// TestUnsupported: what the writer below can't, is ErrNotSupported.
func TestUnsupported(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Flush: %v", err)
		}
		if _, _, err := http.NewResponseController(w).Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack: %v", err)
		}
		w.WriteHeader(201)
	})
	app.ServeHTTP(&nullWriter{header: http.Header{}}, request("GET", "/"))
}

// TestInformational: 103 is not the status.
func TestInformational(t *testing.T) {
	w := answers(func(c *covet.Ctx) error {
		c.Writer().WriteHeader(http.StatusEarlyHints)
		if c.Status() != 0 {
			t.Errorf("status %d after 103", c.Status())
		}
		return c.NoContent(202)
	}, "GET")
	_ = w
}

// TestFileBySendfile: a file reaches the server's ReadFrom as an os.File, which
// is what sendfile needs, also when each piece has a deadline.
func TestFileBySendfile(t *testing.T) {
	var seen bool
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		return c.Stream(200, "text/plain", &io.LimitedReader{R: markedReader{}, N: 3 << 20})
	})
	w := &readFromWriter{nullWriter: nullWriter{header: http.Header{}}, seen: &seen}
	app.ServeHTTP(w, request("GET", "/"))
	if !seen || w.n != 3<<20 {
		t.Errorf("reader below one LimitedReader: %v; %d bytes", seen, w.n)
	}
}

type markedReader struct{}

func (markedReader) Read(p []byte) (int, error) { return len(p), nil }

type readFromWriter struct {
	nullWriter
	seen *bool
	n    int64
}

func (w *readFromWriter) ReadFrom(r io.Reader) (int64, error) {
	if l, ok := r.(*io.LimitedReader); ok {
		_, *w.seen = l.R.(markedReader)
	}
	var b bytes.Buffer
	n, err := b.ReadFrom(r)
	w.n += n
	return n, err
}
