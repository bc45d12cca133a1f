// Package covettest tests web applications without a network.
//
//	func TestNotes(t *testing.T) {
//		c := covettest.New(t, newApp())
//		c.Post("/notes").JSON(Note{Title: "milk"}).Do().
//			WantStatus(201).
//			WantLocation("/notes/1")
//		c.Get("/notes/1").Do().WantJSON(`{"id": 1, "title": "milk"}`)
//		c.Get("/notes/2").Do().WantProblem(404, "")
//	}
//
// # What the handler sees
//
// Any [http.Handler] can be tested. It runs in net/http's own server, one for
// each request, with a pipe in memory where the socket would be. So everything
// is as it is in production, because it is the same code: what is sniffed, sent
// for HEAD or suppressed with a 204, when the request's context ends, what an
// aborted handler leaves of its response, taking the connection over.
//
// The client has the address 192.0.2.1:1234 and asks the host example.com. It
// sends only the headers that the test sets, beside Host, Content-Length and
// the Content-Type of a body. It does not follow redirects and does not ask for
// compression.
//
// Time-outs and limits of [covet.Options] that concern Run and Serve have no
// effect here; the few tests that need them, or a socket, use [Serve].
//
// # When an assertion fails
//
// Assertions are methods named Want. One that fails marks the test as failed,
// says what was asked, got and wanted, and lets the test go on, so that one run
// shows all that is wrong. [Response.Must] stops the test if an assertion
// before it has failed. What gives the test a value that it needs, such as
// [Response.Decode] or [Stream.Next], stops it at once when it can't; such
// methods must be called by the goroutine that runs the test.
//
// # Golden files
//
// [Golden] and [Response.WantGolden] compare with a file in testdata. Run the
// tests with COVET_UPDATE=1 in the environment to write what they got:
//
//	COVET_UPDATE=1 go test ./...
package covettest

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
)

// TB is what this package needs of a test: [testing.T], [testing.B] and
// [testing.F] have it.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	FailNow()
	Cleanup(func())
}

// Client asks one handler. It keeps cookies as a browser does, so each user of
// a test is a Client. Once set up it is safe for concurrent use.
type Client struct {
	t      TB
	h      http.Handler
	base   *url.URL
	header http.Header
	jar    http.CookieJar
}

// New returns a Client for a handler.
func New(t TB, h http.Handler) *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic("covettest: a cookie jar without options: " + err.Error()) // can't be
	}
	return &Client{
		t:      t,
		h:      h,
		base:   &url.URL{Scheme: "http", Host: "example.com"},
		header: http.Header{},
		jar:    jar,
	}
}

// With returns a Client with the cookies and headers of c that reports to
// another test: the one for a subtest.
func (c *Client) With(t TB) *Client {
	other := *c
	other.t = t
	other.header = c.header.Clone()
	return &other
}

// Base sets scheme and host of the requests that give a path alone, such as
// "https://api.example.com". With https the handler sees r.TLS set, and cookies
// that are Secure are kept. It returns c.
func (c *Client) Base(base string) *Client {
	c.t.Helper()
	u, err := url.Parse(base)
	if err != nil || !absolute(u) || u.Path != "" {
		fatalf(c.t, "covettest: base %q is not of the form https://example.com", base)
	}
	c.base = u
	return c
}

func absolute(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// Header sets a header of all requests. It returns c.
func (c *Client) Header(name string, values ...string) *Client {
	c.header[http.CanonicalHeaderKey(name)] = values
	return c
}

// Get begins a GET request. target is a path with its query, escaped as on the
// wire, or a whole URL.
func (c *Client) Get(target string) *Request { return c.Request(http.MethodGet, target) }

// Head begins a HEAD request.
func (c *Client) Head(target string) *Request { return c.Request(http.MethodHead, target) }

// Post begins a POST request.
func (c *Client) Post(target string) *Request { return c.Request(http.MethodPost, target) }

// Put begins a PUT request.
func (c *Client) Put(target string) *Request { return c.Request(http.MethodPut, target) }

// Patch begins a PATCH request.
func (c *Client) Patch(target string) *Request { return c.Request(http.MethodPatch, target) }

// Delete begins a DELETE request.
func (c *Client) Delete(target string) *Request { return c.Request(http.MethodDelete, target) }

// Options begins an OPTIONS request. Its target may be "*".
func (c *Client) Options(target string) *Request { return c.Request(http.MethodOptions, target) }

// Query begins a request of the method QUERY.
func (c *Client) Query(target string) *Request { return c.Request("QUERY", target) }

// fatalf reports and stops the test.
func fatalf(t TB, format string, args ...any) {
	t.Helper()
	t.Errorf(format, args...)
	t.FailNow()
}
