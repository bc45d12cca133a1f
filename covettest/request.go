package covettest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
)

// Request is a request in the making. Its methods return it, and [Request.Do]
// or [Request.Stream] sends it, once.
type Request struct {
	t      TB
	client *Client
	method string
	target string // as it goes over the wire
	url    *url.URL
	header http.Header
	cookie []*http.Cookie
	form   url.Values
	files  []file
	body   io.Reader
	length int64 // of body; -1 if that is not known
	remote string
	ctx    context.Context
}

type file struct {
	field, name string
	content     []byte
}

// Request begins a request of any method. target is a path with its query,
// escaped as on the wire, or a whole URL: "/notes/a%20b?sort=title" but not
// "notes" or "/notes/a b".
func (c *Client) Request(method, target string) *Request {
	c.t.Helper()
	r := &Request{
		t:      c.t,
		client: c,
		method: method,
		target: target,
		header: c.header.Clone(),
		remote: clientAddr,
		ctx:    context.Background(),
	}
	u, err := url.Parse(target)
	switch {
	case strings.ContainsFunc(target, func(c rune) bool { return c <= ' ' || c == 0x7f }):
		fatalf(c.t, "covettest: target %q has a space or control character: escape it, as url.PathEscape does", target)
	case err == nil && absolute(u):
		r.url, r.target = u, u.RequestURI()
	case target == "*" || strings.HasPrefix(target, "/"):
		path, query, _ := strings.Cut(target, "?")
		r.url = &url.URL{Scheme: c.base.Scheme, Host: c.base.Host, Path: path, RawQuery: query}
	default:
		fatalf(c.t, "covettest: target %q is neither a path that begins with / nor a whole URL", target)
	}
	return r
}

// Header sets a header, in place of the Client's. "Host" sets the host that is
// asked. Without values the header is left out.
func (r *Request) Header(name string, values ...string) *Request {
	r.header[http.CanonicalHeaderKey(name)] = values
	return r
}

// Query adds a query parameter. Both are escaped.
func (r *Request) Query(name, value string) *Request {
	separator := "?"
	if strings.Contains(r.target, "?") {
		separator = "&"
	}
	r.target += separator + url.QueryEscape(name) + "=" + url.QueryEscape(value)
	return r
}

// Cookie sends a cookie, in place of one of the same name that the Client
// keeps.
func (r *Request) Cookie(name, value string) *Request {
	r.cookie = append(r.cookie, &http.Cookie{Name: name, Value: value})
	return r
}

// RemoteAddr sets the client's address, such as "198.51.100.7:5000". Without it
// that is 192.0.2.1:1234.
func (r *Request) RemoteAddr(addr string) *Request {
	r.remote = addr
	return r
}

// Context makes the client leave, its connection closed, when ctx ends. The
// handler sees neither ctx nor its values, since they don't travel over a
// connection.
func (r *Request) Context(ctx context.Context) *Request {
	r.ctx = ctx
	return r
}

// JSON sends a body of JSON. A string or []byte is JSON text and sent as it is,
// well-formed or not; any other value is written by encoding/json.
func (r *Request) JSON(v any) *Request {
	r.t.Helper()
	text, err := jsonText(v)
	if err != nil {
		fatalf(r.t, "covettest: body of %s %s: %v", r.method, r.target, err)
	}
	return r.Body("application/json", bytes.NewReader(text))
}

// jsonText is v as JSON: strings and bytes are JSON already.
func jsonText(v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return []byte(v), nil
	case []byte:
		return v, nil
	}
	return json.Marshal(v)
}

// Field adds a field of a form. The body is application/x-www-form-urlencoded,
// or multipart/form-data if File adds a file.
func (r *Request) Field(name, value string) *Request {
	if r.form == nil {
		r.form = url.Values{}
	}
	r.form.Add(name, value)
	return r
}

// File adds a file to a form, which becomes multipart/form-data. The media type
// of the file is the one that its content looks like.
func (r *Request) File(field, name string, content []byte) *Request {
	r.files = append(r.files, file{field, name, content})
	return r
}

// Body sends a body of any media type; contentType may be "". A
// [*bytes.Reader], [*bytes.Buffer] or [*strings.Reader] is sent with its
// length, anything else in chunks, as it comes. When body fails, the connection
// is cut. body is closed if it is an [io.Closer].
func (r *Request) Body(contentType string, body io.Reader) *Request {
	if contentType != "" {
		r.Header("Content-Type", contentType)
	}
	r.body, r.length = body, -1
	if b, ok := body.(interface{ Len() int }); ok {
		r.length = int64(b.Len())
	}
	return r
}

// prepare makes body and headers final.
func (r *Request) prepare() {
	r.t.Helper()
	switch {
	case r.files != nil:
		r.prepareMultipart()
	case r.form != nil:
		r.Body("application/x-www-form-urlencoded", strings.NewReader(r.form.Encode()))
	case r.body == nil:
		r.body = strings.NewReader("")
	}
	r.prepareLength()
	if host, ok := r.header["Host"]; !ok {
		r.Header("Host", r.url.Host)
	} else if len(host) > 0 {
		r.url.Host = host[0]
	}
	r.prepareCookies()
}

func (r *Request) prepareMultipart() {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(r.form)) {
		for _, v := range r.form[name] {
			_ = w.WriteField(name, v) // a bytes.Buffer does not fail, here and below
		}
	}
	for _, f := range r.files {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", multipart.FileContentDisposition(f.field, f.name))
		h.Set("Content-Type", http.DetectContentType(f.content))
		part, _ := w.CreatePart(h)
		_, _ = part.Write(f.content)
	}
	_ = w.Close()
	r.Body(w.FormDataContentType(), &b)
}

// prepareLength announces the body, unless the test has done so.
func (r *Request) prepareLength() {
	if r.header["Content-Length"] != nil || r.header["Transfer-Encoding"] != nil {
		return
	}
	switch {
	case r.length < 0:
		r.Header("Transfer-Encoding", "chunked")
	case r.length > 0, r.method == http.MethodPost, r.method == http.MethodPut, r.method == http.MethodPatch:
		r.Header("Content-Length", fmt.Sprint(r.length))
	}
}

func (r *Request) prepareCookies() {
	set := map[string]bool{}
	for _, c := range r.cookie {
		set[c.Name] = true
	}
	for _, c := range r.client.jar.Cookies(r.url) {
		if !set[c.Name] {
			r.cookie = append(r.cookie, c)
		}
	}
	line := &http.Request{Header: http.Header{}}
	for _, c := range r.cookie {
		line.AddCookie(c)
	}
	if v := line.Header["Cookie"]; v != nil && r.header["Cookie"] == nil {
		r.Header("Cookie", v...)
	}
}
