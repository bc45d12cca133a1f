package covet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"

	"github.com/covetgo/covet/internal/form"
)

// Bind reads the request's body, and only that, into v, a non-nil pointer, by
// its Content-Type:
//
//   - application/json and anything +json goes through [Options.Codec];
//   - application/x-www-form-urlencoded goes into a struct, by the tag "form",
//     else by the field's name; a checkbox's "on" is true;
//   - multipart/form-data too, with files in fields of type
//     *multipart.FileHeader and []*multipart.FileHeader. Files beyond 1 MiB
//     lie on disk and are removed when the handler returns.
//
// Browsers send forms from other sites without asking, also with the user's
// cookies: a service that has such users stands behind
// [http.CrossOriginProtection], or takes no forms.
//
// Its errors are *Error: 413 for a body larger than [Options.MaxBody], 415 for
// another media type, charset or Content-Encoding, 400 for anything malformed,
// with the place. After an error v may be half filled. A v that can't be filled
// gives another error, which is a 500.
func (c *Ctx) Bind(v any) error {
	c.live()
	if p := reflect.ValueOf(v); p.Kind() != reflect.Pointer || p.IsNil() {
		return fmt.Errorf("covet: Bind needs a non-nil pointer, not %T", v)
	}
	media, params, err := mime.ParseMediaType(c.Header("Content-Type"))
	if err != nil && c.Header("Content-Type") != "" {
		return unsupported("the Content-Type %q is malformed", c.Header("Content-Type"))
	}
	if err := c.checkEncoding(params["charset"]); err != nil {
		return err
	}
	c.limitBody()
	switch {
	case media == "application/json", strings.HasSuffix(media, "+json"):
		return c.bindJSON(v)
	case media == "application/x-www-form-urlencoded":
		return c.bindForm(v)
	case media == "multipart/form-data":
		return c.bindMultipart(v)
	case media == "":
		return unsupported("the request has no Content-Type, application/json is expected")
	}
	c.SetHeader("Accept", "application/json, application/x-www-form-urlencoded, multipart/form-data")
	return unsupported("the Content-Type %q is not supported, application/json is", media)
}

// checkEncoding refuses bodies whose bytes are not what they seem.
func (c *Ctx) checkEncoding(charset string) error {
	if e := c.Header("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		c.SetHeader("Accept-Encoding", "identity")
		return unsupported("the Content-Encoding %q is not supported", e)
	}
	switch strings.ToLower(charset) {
	case "", "utf-8", "us-ascii":
		return nil
	}
	return unsupported("the charset %q is not supported, utf-8 is", charset)
}

// bodies holds buffers for request bodies and for responses.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keepBuffer is the largest buffer worth keeping: one large body must not stay
// in memory for ever.
const keepBuffer = 64 << 10

func putBuffer(b *bytes.Buffer) {
	if b.Cap() <= keepBuffer {
		b.Reset()
		bodies.Put(b)
	}
}

func (c *Ctx) bindJSON(v any) error {
	b := bodies.Get().(*bytes.Buffer)
	defer putBuffer(b)
	if _, err := b.ReadFrom(c.req.Body); err != nil {
		return bodyError(err)
	}
	err := c.app.opts.Codec.Decode(b.Bytes(), v)
	var shown *Error
	if err == nil || errors.As(err, &shown) {
		return err
	}
	return &Error{Status: http.StatusBadRequest, Code: "json_value", Detail: "the JSON body is not valid", Err: err}
}

func (c *Ctx) bindForm(v any) error {
	if len(c.req.PostForm) == 0 {
		values, err := c.readForm()
		if err != nil {
			return bodyError(err)
		}
		c.req.PostForm = values
	}
	return formError(form.Decode(v, c.req.PostForm, nil))
}

// readForm reads a form without Request.ParseForm, which does so for POST, PUT
// and PATCH alone, up to 10 MB whatever the limit, and fails for a malformed
// query.
func (c *Ctx) readForm() (url.Values, error) {
	b := bodies.Get().(*bytes.Buffer)
	defer putBuffer(b)
	if _, err := b.ReadFrom(c.req.Body); err != nil {
		return nil, err
	}
	return url.ParseQuery(b.String())
}

// formMemory is how much of a multipart form's files is kept in memory.
const formMemory = 1 << 20

func (c *Ctx) bindMultipart(v any) error {
	if c.req.MultipartForm == nil {
		c.form = true
		err := c.req.ParseMultipartForm(formMemory)
		if err != nil && c.req.MultipartForm == nil { // else only the query is malformed
			return bodyError(err)
		}
	}
	f := c.req.MultipartForm
	return formError(form.Decode(v, f.Value, f.File))
}

func formError(err error) error {
	var bad *form.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &bad):
		return &Error{
			Status: http.StatusBadRequest,
			Code:   "form_value",
			Detail: "the form does not fit",
			Fields: []FieldError{{Source: "form." + bad.Field, Detail: bad.Detail}},
			Err:    err,
		}
	}
	return err // a type that can't be filled is the programmer's mistake: a 500
}

// bodyError says why a body could not be read.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return bodyTooLarge(tooLarge.Limit)
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return &Error{Status: http.StatusRequestEntityTooLarge, Code: "body_too_large", Detail: "the form has too many parts", Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Status: http.StatusBadRequest, Code: "body_cut", Detail: "the request body ends too early", Err: err}
	}
	return &Error{Status: http.StatusBadRequest, Code: "body_malformed", Detail: "the request body could not be read", Err: err}
}
