package covettest

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// Response is what the client got. Its fields are for the test to read; its
// methods named Want are assertions, and return it.
//
// An aborted response fails every assertion, since no client would take it for
// an answer, unless WantAborted comes first.
type Response struct {
	// Code is the status code; 0 if the response was aborted before its head.
	Code int
	// Header is the header, as the client got it.
	Header http.Header
	// Body is the whole body, or what came before the response was aborted.
	Body []byte
	// Trailer holds what the handler sent after the body.
	Trailer http.Header
	// Aborted tells that the connection was cut before the response was
	// complete: the handler panicked with http.ErrAbortHandler, or wrote less
	// than its Content-Length, or the client left.
	Aborted bool

	t      TB
	name   string // of the request, "GET /notes"
	cause  error  // of Aborted
	failed bool
	shown  bool // what came has been printed
	// What the test knows of Aborted: that it is right, that it is wrong.
	excused, complained bool
}

// Do sends the request and returns the response, once the handler has returned.
// It does not limit how long that takes: go test does, and shows where the
// handler hangs. A response without an end needs [Request.Stream], or a Context
// that ends. A handler that panics, other than with http.ErrAbortHandler, fails
// the test; one that calls t.FailNow stops it.
func (r *Request) Do() *Response {
	r.t.Helper()
	x := r.start()
	defer x.end()
	res := r.newResponse()
	res.read(x)
	x.wait()
	r.keepCookies(res)
	if x.exited {
		r.t.FailNow() // the handler called it, in its own goroutine
	}
	if x.panicked != nil {
		res.failed, res.shown, res.complained = true, true, true
		r.t.Errorf("%s: the handler panicked: %v\n%s", res.name, x.panicked, x.stack)
	}
	return res
}

func (r *Request) newResponse() *Response {
	return &Response{t: r.t, name: r.method + " " + r.target, Header: http.Header{}}
}

// read reads the response to its end.
func (r *Response) read(x *exchange) {
	got, err := x.receive()
	if err == nil {
		r.Code, r.Header = got.StatusCode, got.Header
		r.Body, err = io.ReadAll(got.Body)
		r.Trailer = got.Trailer
	}
	if err != nil {
		x.conn.Close()
		r.abort(x.request, err)
	}
}

// abort notes why a response ended too early.
func (r *Response) abort(req *Request, err error) {
	r.Aborted, r.cause = true, err
	switch {
	case req.ctx.Err() != nil:
		r.cause = req.ctx.Err()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		r.cause = errors.New("the connection was closed")
	}
}

func (r *Request) keepCookies(res *Response) {
	if cookies := res.Cookies(); cookies != nil {
		r.client.jar.SetCookies(r.url, cookies)
	}
}

// Cookies returns the cookies that the response sets.
func (r *Response) Cookies() []*http.Cookie {
	return (&http.Response{Header: r.Header}).Cookies()
}

// Cookie returns the cookie that the response sets, and stops the test if there
// is none of that name.
func (r *Response) Cookie(name string) *http.Cookie {
	r.t.Helper()
	c := r.cookie(name)
	if c == nil {
		r.fail("no cookie %q is set", name)
		r.t.FailNow()
	}
	return c
}

// cookie is the last one of a name, which is the one that a browser keeps, or
// nil.
func (r *Response) cookie(name string) *http.Cookie {
	for _, c := range slices.Backward(r.Cookies()) {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Must stops the test if an assertion on r has failed.
func (r *Response) Must() *Response {
	r.t.Helper()
	if r.failed {
		r.t.FailNow()
	}
	return r
}

// WantStatus wants a status code.
func (r *Response) WantStatus(code int) *Response {
	r.t.Helper()
	if r.whole() && r.Code != code {
		r.fail("status %s, want %s", status(r.Code), status(code))
	}
	return r
}

// WantHeader wants a header. Several values of one name are joined by ", ".
func (r *Response) WantHeader(name, want string) *Response {
	r.t.Helper()
	if !r.whole() {
		return r
	}
	values := r.Header.Values(name)
	if got := strings.Join(values, ", "); values == nil {
		r.fail("no header %s, want %q", name, want)
	} else if got != want {
		r.fail("header %s: %q, want %q", name, got, want)
	}
	return r
}

// WantNoHeader wants that a header is not set.
func (r *Response) WantNoHeader(name string) *Response {
	r.t.Helper()
	if values := r.Header.Values(name); r.whole() && values != nil {
		r.fail("header %s: %q, want none", name, strings.Join(values, ", "))
	}
	return r
}

// WantLocation wants a Location header: a redirect's, or that of what a POST has
// created.
func (r *Response) WantLocation(want string) *Response {
	r.t.Helper()
	return r.WantHeader("Location", want)
}

// WantCookie wants that the response sets a cookie to a value. To look at its
// attributes use Cookie.
func (r *Response) WantCookie(name, value string) *Response {
	r.t.Helper()
	if !r.whole() {
		return r
	}
	if c := r.cookie(name); c == nil {
		r.fail("no cookie %q is set, want value %q", name, value)
	} else if c.Value != value {
		r.fail("cookie %q is set to %q, want %q", name, c.Value, value)
	}
	return r
}

// WantBody wants exactly this body.
func (r *Response) WantBody(want string) *Response {
	r.t.Helper()
	if r.whole() && string(r.Body) != want {
		r.differ("body", diff(want, string(r.Body)))
	}
	return r
}

// WantBodyContains wants a text in the body.
func (r *Response) WantBodyContains(part string) *Response {
	r.t.Helper()
	if r.whole() && !strings.Contains(string(r.Body), part) {
		r.fail("body does not contain %q", part)
	}
	return r
}

// WantAborted wants that the response was aborted. Assertions after it are about
// what came before that.
func (r *Response) WantAborted() *Response {
	r.t.Helper()
	if !r.Aborted {
		r.fail("the response is complete, want it aborted")
	}
	r.excused = true
	return r
}

// whole tells whether assertions make sense, and complains, once, if not.
func (r *Response) whole() bool {
	r.t.Helper()
	if !r.Aborted || r.excused {
		return true
	}
	if !r.complained {
		r.complained = true
		r.fail("the response was aborted: %v (if that is right, call WantAborted first)", r.cause)
	}
	return false
}

// fail reports, and shows the response if that has not been done.
func (r *Response) fail(format string, args ...any) {
	r.t.Helper()
	r.failed = true
	text := fmt.Sprintf(format, args...)
	if !r.shown {
		r.shown = true
		text += "\n" + indent(r.dump())
	}
	r.t.Errorf("%s: %s", r.name, text)
}

// differ reports a difference, which shows enough of the response.
func (r *Response) differ(what, d string) {
	r.t.Helper()
	r.failed = true
	r.t.Errorf("%s: %s differs (-want +got):\n%s", r.name, what, indent(d))
}

// maxShown is how much of a body is printed, in bytes.
const maxShown = 4 << 10

// dump is the response as a person wants to see it.
func (r *Response) dump() string {
	if r.Code == 0 {
		return "nothing was received"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "received: %s\n", status(r.Code))
	for _, name := range []string{"Content-Type", "Location", "Allow", "Set-Cookie"} {
		for _, v := range r.Header[name] {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	switch body := r.Body; {
	case len(body) == 0:
		b.WriteString("(no body)")
	case !utf8.Valid(body):
		fmt.Fprintf(&b, "(a body of %d bytes, not text)", len(body))
	case len(body) > maxShown:
		fmt.Fprintf(&b, "\n%s\n(and %d bytes more)", strings.ToValidUTF8(string(body[:maxShown]), ""), len(body)-maxShown)
	default:
		fmt.Fprintf(&b, "\n%s", body)
	}
	return b.String()
}

func status(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

// mediaType is the Content-Type without its parameters.
func (r *Response) mediaType() string {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return media
}

// indent indents all lines but the empty ones.
func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(s, "\n")) {
		if line != "\n" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
