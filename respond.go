package covet

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"time"
)

var (
	jsonType = []string{"application/json"}
	textType = []string{"text/plain; charset=utf-8"}
	htmlType = []string{"text/html; charset=utf-8"}
)

// JSON answers with v as JSON. When v can't be written as JSON nothing has
// been sent and the error comes back.
func (c *Ctx) JSON(status int, v any) error {
	c.live()
	b := bodies.Get().(*bytes.Buffer)
	defer putBuffer(b)
	out, err := c.app.opts.Codec.Append(b.AvailableBuffer(), v)
	if err != nil {
		return fmt.Errorf("covet: JSON of a %T: %w", v, err)
	}
	*b = *bytes.NewBuffer(out) // keeps what Append has grown
	return c.send(status, jsonType, out)
}

// String answers with a text.
func (c *Ctx) String(status int, s string) error {
	c.live()
	c.contentType(textType)
	c.res.WriteHeader(status)
	_, err := c.res.WriteString(s)
	return c.sent(err)
}

// HTML answers with what t makes of data. A template that fails has sent
// nothing. For one of several templates pass t.Lookup("name").
func (c *Ctx) HTML(status int, t *template.Template, data any) error {
	c.live()
	if t == nil {
		return fmt.Errorf("covet: HTML: the template is nil, was it parsed under this name?")
	}
	b := bodies.Get().(*bytes.Buffer)
	defer putBuffer(b)
	if err := t.Execute(b, data); err != nil {
		return fmt.Errorf("covet: HTML: %w", err)
	}
	return c.send(status, htmlType, b.Bytes())
}

// Blob answers with bytes of any media type.
func (c *Ctx) Blob(status int, contentType string, data []byte) error {
	c.live()
	return c.send(status, []string{contentType}, data)
}

// Stream answers with everything that r has, as it comes; nothing is kept in
// memory. If r fails midway the connection is cut, so that the client can
// tell. Each megabyte has [Options.WriteTimeout] for itself. r is not closed.
func (c *Ctx) Stream(status int, contentType string, r io.Reader) error {
	c.live()
	c.contentType([]string{contentType})
	c.res.WriteHeader(status)
	if c.req.Method == http.MethodHead {
		return nil
	}
	c.roll()
	defer c.unroll()
	_, err := c.res.ReadFrom(r)
	return c.sent(err)
}

// File answers with the file name of fsys, as [http.ServeContent] does: ranges,
// If-Modified-Since and its kin, the type by extension or content. A file that
// does not exist, a directory, or a name that [fs.ValidPath] refuses is a 404.
// Each megabyte has [Options.WriteTimeout] for itself.
func (c *Ctx) File(fsys fs.FS, name string) error {
	c.live()
	f, info, err := openFile(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid), errors.Is(err, fs.ErrPermission):
		return &Error{Status: http.StatusNotFound, Err: err}
	case err != nil:
		return fmt.Errorf("covet: File: %w", err)
	}
	defer f.Close()
	content, ok := f.(io.ReadSeeker)
	if !ok {
		return c.fileWithoutSeek(f, info)
	}
	c.roll()
	defer c.unroll()
	http.ServeContent(c.res, c.req, info.Name(), info.ModTime(), content)
	return nil
}

func openFile(fsys fs.FS, name string) (fs.File, fs.FileInfo, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &fs.PathError{Op: "serve", Path: name, Err: fs.ErrNotExist}
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// fileWithoutSeek sends a file whose file system can only read forward.
func (c *Ctx) fileWithoutSeek(f fs.File, info fs.FileInfo) error {
	contentType := mime.TypeByExtension(path.Ext(info.Name()))
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	c.SetHeader("Last-Modified", info.ModTime().UTC().Format(http.TimeFormat))
	c.SetHeader("Content-Length", fmt.Sprint(info.Size()))
	return c.Stream(http.StatusOK, contentType, f)
}

// Redirect sends the client to location, a URL or a path, with a status of 301,
// 302, 303, 307 or 308. Never pass on a location from the request unchecked: it
// would make your site a stepping stone to any other.
func (c *Ctx) Redirect(status int, location string) error {
	c.live()
	if status < 300 || status > 399 {
		return fmt.Errorf("covet: Redirect with status %d, which is no redirect", status)
	}
	http.Redirect(c.res, c.req, location, status)
	return nil
}

// NoContent answers with a status alone, usually 204.
func (c *Ctx) NoContent(status int) error {
	c.live()
	c.res.WriteHeader(status)
	return nil
}

// send answers with a body that is in memory.
func (c *Ctx) send(status int, contentType []string, body []byte) error {
	c.contentType(contentType)
	if len(body) > serverBuffer {
		if h := c.res.Header(); h["Content-Length"] == nil {
			h["Content-Length"] = []string{strconv.Itoa(len(body))}
		}
	}
	c.res.WriteHeader(status)
	_, err := c.res.Write(body)
	return c.sent(err)
}

// serverBuffer is how much of a body net/http keeps back to see whether more
// comes: it knows the length of smaller bodies itself.
const serverBuffer = 2048

// contentType sets the header unless the handler or a middleware has.
func (c *Ctx) contentType(value []string) {
	if h := c.res.Header(); h["Content-Type"] == nil {
		h["Content-Type"] = value[:1:1]
	}
}

// sent is the result of writing a body. Statuses without a body are no fault
// of the handler.
func (c *Ctx) sent(err error) error {
	if err == http.ErrBodyNotAllowed {
		return nil
	}
	return err
}

// roll gives each piece of a long response a write deadline of its own.
func (c *Ctx) roll() { c.res.rolling = c.app.writeTimeout() }

func (c *Ctx) unroll() { c.res.rolling = 0 }

// writeTimeout is the time-out for a piece of a response, 0 for none.
func (a *App) writeTimeout() time.Duration { return timeout(a.opts.WriteTimeout, time.Minute) }

// timeout resolves a field of Options: 0 means d, negative means none.
func timeout(option, d time.Duration) time.Duration {
	if option == 0 {
		return d
	}
	return max(option, 0)
}
