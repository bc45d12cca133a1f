package covettest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/covetgo/covet"
	"github.com/covetgo/covet/covettest"
)

// answering returns a handler that always answers so.
func answering(code int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

const (
	note    = `{"id": 1, "title": "<milk>", "tags": ["a", "b"], "price": 1.50}`
	invalid = `{"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "the title is too long",
		"code": "invalid", "errors": [{"pointer": "/title", "detail": "too long"}, {"source": "query.limit", "detail": "no number"}]}`
)

func TestAssertionsThatHold(t *testing.T) {
	res := covettest.New(t, answering(201, "application/json; charset=utf-8", note)).Get("/").Do()
	res.WantStatus(201).
		WantHeader("Content-Type", "application/json; charset=utf-8").
		WantNoHeader("Location").
		WantBody(note).
		WantBodyContains("milk").
		WantJSON(`{"tags":["a","b"],"price":15e-1,"title":"\u003cmilk>","id":1.0}`).
		WantJSON([]byte(note)).
		WantJSON(map[string]any{"id": 1, "title": "<milk>", "tags": []string{"a", "b"}, "price": 1.5}).
		WantJSONAt("/tags/1", `"b"`).
		WantJSONAt("/id", 1).
		WantJSONAt("", note).
		Must()
	var v struct{ Title string }
	if res.Decode(&v); v.Title != "<milk>" {
		t.Errorf("decoded %+v", v)
	}
	covettest.New(t, answering(422, "application/problem+json", invalid)).Get("/").Do().
		WantProblem(422, "invalid").WantDetail("too long").WantFields("query.limit", "/title")
	covettest.New(t, covet.New(nil)).Get("/none").Do().WantProblem(404, "").WantFields()
	covettest.New(t, http.RedirectHandler("/x", 303)).Get("/").Do().WantLocation("/x")
}

func TestAssertionsThatFail(t *testing.T) {
	type res = *covettest.Response
	text := answering(200, "text/plain", "hello\nworld\n")
	withCookie := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
		w.Header().Add("Vary", "Accept")
		w.Header().Add("Vary", "Origin")
	})
	for _, tt := range []struct {
		name    string
		h       http.Handler
		f       func(r res)
		stopped bool
		want    string
	}{
		{"status", text, func(r res) { r.WantStatus(201) }, false, `
GET /p?q=1: status 200 OK, want 201 Created
    received: 200 OK
    Content-Type: text/plain

    hello
    world`},
		{"the response is shown once", text, func(r res) { r.WantStatus(201).WantHeader("X", "1") }, false, `
GET /p?q=1: status 200 OK, want 201 Created
    received: 200 OK
    Content-Type: text/plain

    hello
    world
GET /p?q=1: no header X, want "1"`},
		{"Must", text, func(r res) { r.WantBodyContains("bye").Must().WantStatus(500) }, true, `
GET /p?q=1: body does not contain "bye"
    received: 200 OK
    Content-Type: text/plain

    hello
    world`},
		{"header", withCookie, func(r res) { r.WantHeader("Vary", "Accept").WantNoHeader("Vary") }, false, `
GET /p?q=1: header Vary: "Accept, Origin", want "Accept"
    received: 200 OK
    Set-Cookie: a=1
    (no body)
GET /p?q=1: header Vary: "Accept, Origin", want none`},
		{"cookie", withCookie, func(r res) { r.WantCookie("a", "2").WantCookie("b", "1").Cookie("b") }, true, `
GET /p?q=1: cookie "a" is set to "1", want "2"
    received: 200 OK
    Set-Cookie: a=1
    (no body)
GET /p?q=1: no cookie "b" is set, want value "1"
GET /p?q=1: no cookie "b" is set`},
		{"location", http.RedirectHandler("/x", 303), func(r res) { r.WantLocation("/y") }, false, `
GET /p?q=1: header Location: "/x", want "/y"
    received: 303 See Other
    Content-Type: text/html; charset=utf-8
    Location: /x

    <a href="/x">See Other</a>.`},
		{"body", text, func(r res) { r.WantBody("hello\nmoon\n") }, false, `
GET /p?q=1: body differs (-want +got):
      hello
    - moon
    + world`},
		{"JSON", answering(200, "application/json", note), func(r res) { r.WantJSON(`{"id":1.0,"title":"bread","tags":["a"]}`) }, false, `
GET /p?q=1: JSON differs (-want +got):
      {
        "id": 1,
    +   "price": 1.50,
        "tags": [
    -     "a"
    +     "a",
    +     "b"
        ],
    -   "title": "bread"
    +   "title": "<milk>"
      }`},
		{"JSON at", answering(200, "application/json", note), func(r res) { r.WantJSONAt("/id", 2) }, false, `
GET /p?q=1: JSON at "/id" differs (-want +got):
    - 2
    + 1`},
		{"JSON at nothing", answering(200, "application/json", `{"a":[1]}`), func(r res) { r.WantJSONAt("/a/1", 2).WantJSONAt("/b", 1).WantJSONAt("/a/0/c", 1).WantJSONAt("a", 1) }, false, `
GET /p?q=1: JSON at "/a/1": there is no element "1" in an array of 1
    received: 200 OK
    Content-Type: application/json

    {"a":[1]}
GET /p?q=1: JSON at "/b": there is no member "b"
GET /p?q=1: JSON at "/a/0/c": there is nothing below a value that is neither object nor array, so no "c"
GET /p?q=1: JSON at "a": a JSON pointer begins with /`},
		{"JSON type", text, func(r res) { r.WantJSON(1) }, false, `
GET /p?q=1: Content-Type "text/plain", want JSON
    received: 200 OK
    Content-Type: text/plain

    hello
    world`},
		{"JSON malformed", answering(200, "application/json", `{} x`), func(r res) { r.WantJSON(1) }, false, `
GET /p?q=1: the body is not JSON: there is more after the document, at byte 3
    received: 200 OK
    Content-Type: application/json

    {} x`},
		{"JSON wanted malformed", answering(200, "application/json", `{}`), func(r res) { r.WantJSON(`{`) }, true, `
covettest: GET /p?q=1: the wanted value is not JSON: unexpected EOF`},
		{"decode", answering(200, "application/json", `{}`), func(r res) { r.Decode(new(int)) }, true, `
GET /p?q=1: decoding the body: json: cannot unmarshal object into Go value of type int
    received: 200 OK
    Content-Type: application/json

    {}`},
		{"problem", answering(422, "application/problem+json", `{"status":400,"code":"x","detail":"d","errors":[{"pointer":"/a"}]}`), func(r res) {
			r.WantProblem(422, "invalid").WantDetail("long").WantFields("/b", "/a")
		}, false, `
GET /p?q=1: the problem's status is 400, want 422
    received: 422 Unprocessable Entity
    Content-Type: application/problem+json

    {"status":400,"code":"x","detail":"d","errors":[{"pointer":"/a"}]}
GET /p?q=1: the problem's code is "x", want "invalid"
GET /p?q=1: the problem's detail is "d", want it to contain "long"
GET /p?q=1: the problem is with the fields ["/a"], want ["/a" "/b"]`},
		{"problem of another type", answering(404, "text/plain", "\xff\xfe"), func(r res) { r.WantProblem(404, "") }, false, `
GET /p?q=1: Content-Type "text/plain", want application/problem+json
    received: 404 Not Found
    Content-Type: text/plain
    (a body of 2 bytes, not text)`},
		{"problem malformed", answering(404, "application/problem+json", "[]"), func(r res) { r.WantProblem(404, "") }, false, `
GET /p?q=1: the body is not a problem document: json: cannot unmarshal array into Go value of type covettest.problem
    received: 404 Not Found
    Content-Type: application/problem+json

    []`},
		{"not aborted", withCookie, func(r res) { r.WantAborted() }, false, `
GET /p?q=1: the response is complete, want it aborted
    received: 200 OK
    Set-Cookie: a=1
    (no body)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := try(func(t covettest.TB) { tt.f(covettest.New(t, tt.h).Get("/p").Query("q", "1").Do()) })
			wantFailure(t, got, tt.stopped, tt.want)
		})
	}
}

func TestLongBodyIsCut(t *testing.T) {
	got := try(func(t covettest.TB) {
		covettest.New(t, answering(200, "text/plain", strings.Repeat("é", 3000))).Get("/").Do().WantStatus(1)
	})
	if s := got.String(); !strings.Contains(s, "(and 1904 bytes more)") || len(s) > 4400 {
		t.Errorf("%d bytes: %.200s", len(s), s)
	}
}

func TestAborted(t *testing.T) {
	aborting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(201)
		_, _ = w.Write([]byte("part"))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	covettest.New(t, aborting).Get("/").Do().WantAborted().WantStatus(201).WantBody("part")
	got := try(func(t covettest.TB) { covettest.New(t, aborting).Get("/").Do().WantStatus(201).WantBody("part") })
	wantFailure(t, got, false, `
GET /: the response was aborted: the connection was closed (if that is right, call WantAborted first)
    received: 201 Created
    Content-Type: text/plain; charset=utf-8

    part`)
	got = try(func(t covettest.TB) {
		covettest.New(t, aborting).Get("/").Do().WantHeader("A", "b").WantNoHeader("A").WantCookie("a", "b").WantBody("x").
			WantBodyContains("x").WantJSON(1).WantJSONAt("/a", 1).WantProblem(400, "").WantDetail("x").WantFields("/a").
			WantGolden("none").Decode(new(int))
	})
	if len(got.errors) != 1 || !got.stopped {
		t.Errorf("%s\nwant that the cut is reported once, and Decode to stop", got)
	}
	short := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "5")
		_, _ = w.Write([]byte("abc"))
	})
	covettest.New(t, short).Get("/").Do().WantAborted().WantBody("abc")
}

func TestPanic(t *testing.T) {
	boom := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic("boom") })
	got := try(func(t covettest.TB) { covettest.New(t, boom).Get("/").Do().WantStatus(200).Must() })
	if s := got.String(); !got.stopped || len(got.errors) != 1 || !strings.HasPrefix(s, "GET /: the handler panicked: boom\n") || !strings.Contains(s, "response_test.go") {
		t.Errorf("stopped=%v: %s\nwant the panic's value, stack and nothing else", got.stopped, s)
	}
}

func TestFailNowInHandler(t *testing.T) {
	after := false
	got := try(func(t covettest.TB) {
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.Errorf("no"); t.FailNow() })
		covettest.New(t, h).Get("/").Do()
		after = true
	})
	wantFailure(t, got, true, "no")
	if after {
		t.Error("the test went on")
	}
}

func TestMistakes(t *testing.T) {
	h := http.NotFoundHandler()
	for _, tt := range []struct {
		f    func(t covettest.TB)
		want string
	}{
		{func(t covettest.TB) { covettest.New(t, h).Get("notes") }, `covettest: target "notes" is neither a path that begins with / nor a whole URL`},
		{func(t covettest.TB) { covettest.New(t, h).Get("/a b") }, `covettest: target "/a b" has a space or control character: escape it, as url.PathEscape does`},
		{func(t covettest.TB) { covettest.New(t, h).Base("example.com") }, `covettest: base "example.com" is not of the form https://example.com`},
		{func(t covettest.TB) { covettest.New(t, h).Post("/a").JSON(func() {}) }, `covettest: body of POST /a: json: unsupported type: func()`},
	} {
		wantFailure(t, try(tt.f), true, tt.want)
	}
}

func TestMalformedTarget(t *testing.T) {
	// A server answers these without the handler.
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.Error("called") })
	covettest.New(t, h).Get("/%zz").Do().WantStatus(400)
	covettest.New(t, h).Get("/").Header("Host").Do().WantStatus(400)
}
