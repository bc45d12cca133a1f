package covettest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/covetgo/covet"
)

// problem is a problem document as covet sends it.
type problem struct {
	Status int                `json:"status"`
	Detail string             `json:"detail"`
	Code   string             `json:"code"`
	Errors []covet.FieldError `json:"errors"`
}

// WantProblem wants a problem document (RFC 9457) with a status, that of the
// response included, and the code of a [covet.Error]; "" means none.
func (r *Response) WantProblem(status int, code string) *Response {
	r.t.Helper()
	r.WantStatus(status)
	p, ok := r.problem()
	if !ok {
		return r
	}
	if p.Status != status {
		r.fail("the problem's status is %d, want %d", p.Status, status)
	}
	if p.Code != code {
		r.fail("the problem's code is %q, want %q", p.Code, code)
	}
	return r
}

// WantDetail wants a text in the detail of a problem document.
func (r *Response) WantDetail(part string) *Response {
	r.t.Helper()
	if p, ok := r.problem(); ok && !strings.Contains(p.Detail, part) {
		r.fail("the problem's detail is %q, want it to contain %q", p.Detail, part)
	}
	return r
}

// WantFields wants a problem document that finds fault with exactly these parts
// of the request, in any order: JSON pointers such as "/title", or sources such
// as "query.limit".
func (r *Response) WantFields(want ...string) *Response {
	r.t.Helper()
	p, ok := r.problem()
	if !ok {
		return r
	}
	var got []string
	for _, f := range p.Errors {
		got = append(got, f.Pointer+f.Source)
	}
	slices.Sort(got)
	if want = slices.Sorted(slices.Values(want)); !slices.Equal(got, want) {
		r.fail("the problem is with the fields %q, want %q", got, want)
	}
	return r
}

// problem is the body, decoded.
func (r *Response) problem() (p problem, ok bool) {
	r.t.Helper()
	if !r.whole() {
		return p, false
	}
	if media := r.mediaType(); media != "application/problem+json" {
		r.fail("Content-Type %q, want application/problem+json", r.Header.Get("Content-Type"))
		return p, false
	}
	if err := json.Unmarshal(r.Body, &p); err != nil {
		r.fail("the body is not a problem document: %v", err)
		return p, false
	}
	return p, true
}
