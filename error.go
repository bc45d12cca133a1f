package covet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/covetgo/covet/json"
)

// Error is an error that a client may see: a handler returns it, and covet
// answers with an RFC 9457 problem document made of Status, Code, Detail and
// Fields. Err is for the log and is never sent.
//
//	return &covet.Error{Status: 409, Code: "title_taken", Detail: "a note has this title", Err: err}
//
// Any other error that a handler returns is answered as a bare 500.
type Error struct {
	// Status is the HTTP status code, 400 to 599. Anything else is sent as 500.
	Status int
	// Code is a stable, machine-readable name, such as "title_taken". Optional.
	Code string
	// Detail explains this occurrence to the client. Optional.
	Detail string
	// Fields say what was wrong with which part of the request. Optional.
	Fields []FieldError
	// Err is the cause. It is logged when Status is 500 or more.
	Err error
}

// FieldError is what was wrong with one part of a request.
type FieldError struct {
	// Pointer is the place in a JSON body, as an RFC 6901 JSON pointer.
	Pointer string `json:"pointer,omitempty"`
	// Source is the place elsewhere, such as "path.id", "query.limit" or
	// "form.title".
	Source string `json:"source,omitempty"`
	// Detail says what was wrong.
	Detail string `json:"detail"`
}

// NewError returns an Error with a status and a detail that the client sees.
func NewError(status int, detail string) *Error {
	return &Error{Status: status, Detail: detail}
}

// Error describes e for a log, cause included.
func (e *Error) Error() string {
	s := fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	for _, f := range e.Fields {
		s += "; " + f.Pointer + f.Source + ": " + f.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// PanicError is a panic of a handler, as an error. It is answered as a 500 and
// logged with its stack.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the panic's value if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

func newPanicError(v any) *PanicError { return &PanicError{Value: v, Stack: debug.Stack()} }

// ErrorHandler answers a request with an error. It is called once a request, at
// the place where the error was returned, and only if no response has begun.
// To translate errors of your own, pass on to [WriteError]:
//
//	func(c *covet.Ctx, err error) {
//		if errors.Is(err, sql.ErrNoRows) {
//			err = &covet.Error{Status: 404, Err: err}
//		}
//		covet.WriteError(c, err)
//	}
type ErrorHandler func(c *Ctx, err error)

// StatusClientClosed is the status recorded, never sent, for a request whose
// client left before the answer.
const StatusClientClosed = 499

var (
	errNotFound   = &Error{Status: http.StatusNotFound}
	errMethod     = &Error{Status: http.StatusMethodNotAllowed}
	errBadRequest = &Error{Status: http.StatusBadRequest}
)

// WriteError is the default [ErrorHandler]: it answers with a problem document
// (RFC 9457), and logs what is a 500 or more. An [*http.MaxBytesError] becomes
// a 413; an expired deadline or the server's shutdown a 503; when the client has
// left, nothing is sent.
func WriteError(c *Ctx, err error) {
	e := toError(err)
	if e.Err != nil && errors.Is(err, context.Canceled) && c.Context().Err() != nil {
		if !errors.Is(context.Cause(c.Context()), ErrShutdown) {
			c.res.status = StatusClientClosed
			return
		}
		// The client is still there, and silence would be a 200.
		e = shutDown(err)
	}
	if e.Status >= 500 {
		c.logError("request failed", err, e.Status)
	}
	if werr := c.writeProblem(e); werr != nil {
		c.logError("error response not sent", werr, e.Status)
	}
}

// toError finds the Error to show for err.
func toError(err error) *Error {
	if e, ok := err.(*Error); ok {
		return e.checked()
	}
	var e *Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &e):
		return e.checked()
	case errors.As(err, &tooLarge):
		return bodyTooLarge(tooLarge.Limit)
	case errors.Is(err, ErrShutdown):
		return shutDown(err)
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{Status: http.StatusServiceUnavailable, Err: err}
	}
	return &Error{Status: http.StatusInternalServerError, Err: err}
}

// checked makes sure that e is sent with an error status.
func (e *Error) checked() *Error {
	if e.Status >= 400 && e.Status <= 599 {
		return e
	}
	return &Error{Status: http.StatusInternalServerError, Err: e}
}

// shutDown is what a request gets that the end of the drain time cuts.
func shutDown(err error) *Error {
	return &Error{Status: http.StatusServiceUnavailable, Code: "draining", Err: err}
}

func bodyTooLarge(limit int64) *Error {
	return &Error{
		Status: http.StatusRequestEntityTooLarge,
		Code:   "body_too_large",
		Detail: fmt.Sprintf("the request body is larger than %d bytes", limit),
	}
}

// problem is the document, members as RFC 9457 names them.
type problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail,omitempty"`
	Code   string       `json:"code,omitempty"`
	Errors []FieldError `json:"errors,omitempty"`
}

func (e *Error) document() []byte {
	title := http.StatusText(e.Status)
	if title == "" {
		title = fmt.Sprintf("Status %d", e.Status)
	}
	b, err := json.Marshal(problem{"about:blank", title, e.Status, e.Detail, e.Code, e.Fields})
	if err != nil {
		panic("covet: a struct of strings does not marshal: " + err.Error())
	}
	return append(b, '\n')
}

// Documents that every service sends often are written once.
var (
	problemType      = []string{"application/problem+json"}
	notFoundDocument = errNotFound.document()
	methodDocument   = errMethod.document()
)

// bytes is e's document, maybe shared.
func (e *Error) bytes() []byte {
	if e.Detail == "" && e.Code == "" && e.Fields == nil {
		switch e.Status {
		case http.StatusNotFound:
			return notFoundDocument
		case http.StatusMethodNotAllowed:
			return methodDocument
		}
	}
	return e.document()
}

func (c *Ctx) writeProblem(e *Error) error {
	h := c.res.Header()
	if len(h) > 0 {
		// These may be set for the body that the handler meant to send.
		delete(h, "Content-Length")
		delete(h, "Etag")
		delete(h, "Last-Modified")
		delete(h, "Cache-Control")
	}
	h["Content-Type"] = problemType
	c.res.WriteHeader(e.Status)
	_, err := c.res.Write(e.bytes())
	return err
}

// logError writes one log line about the request.
func (c *Ctx) logError(msg string, err error, status int) {
	attrs := []any{
		slog.String("method", c.req.Method),
		slog.String("path", c.req.URL.Path),
		slog.String("pattern", c.req.Pattern),
		slog.Int("status", status),
		slog.Any("error", err),
	}
	var p *PanicError
	if errors.As(err, &p) {
		attrs = append(attrs, slog.String("stack", string(p.Stack)))
	}
	c.app.logger().ErrorContext(c.Context(), "covet: "+msg, attrs...)
}

// settle answers the request with err, unless that has happened. The first
// boundary that an error reaches calls it; those further out see the error
// and the response that it led to.
func (c *Ctx) settle(err error) {
	c.res.learn()
	c.res.err = err
	if c.res.settled {
		return
	}
	c.res.settled = true
	if c.outer != nil {
		c.outer.inner.Store(&outcome{err})
	}
	switch {
	case c.res.hijacked:
		c.logError("error after the connection was taken over", err, c.res.status)
	case c.res.status != 0:
		// The client has a status that says all is well. Cutting the
		// connection is the only way left to tell it otherwise.
		c.res.abort = true
		if c.Context().Err() == nil {
			c.logError("error after the response began, connection cut", err, c.res.status)
		}
	default:
		c.answer(err)
	}
}

// answer has the ErrorHandler answer. One that panics, or writes nothing, must
// not become a 200.
func (c *Ctx) answer(err error) {
	h := c.app.opts.ErrorHandler
	if h == nil {
		WriteError(c, err)
		return
	}
	defer func() {
		v := recover()
		if v != nil {
			err = caught(v)
		}
		switch {
		case c.res.status == 0:
			WriteError(c, err)
		case v != nil:
			c.res.abort = true
			c.logError("the ErrorHandler panicked", err, c.res.status)
		}
	}()
	h(c, err)
}
