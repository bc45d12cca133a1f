package covettest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// WantJSON wants a body of JSON that means the same as want, and a Content-Type
// of JSON. The order of members and how numbers and strings are written do not
// matter. A string or []byte is JSON text; any other want is written by
// encoding/json.
func (r *Response) WantJSON(want any) *Response {
	r.t.Helper()
	doc, ok := r.document()
	if !ok {
		return r
	}
	r.compareJSON("JSON", want, doc)
	return r
}

// WantJSONAt is WantJSON for a part of the body: the one that a JSON pointer (RFC
// 6901) such as "/items/0/title" leads to.
func (r *Response) WantJSONAt(pointer string, want any) *Response {
	r.t.Helper()
	doc, ok := r.document()
	if !ok {
		return r
	}
	part, err := lookUp(doc, pointer)
	if err != nil {
		r.fail("JSON at %q: %v", pointer, err)
		return r
	}
	r.compareJSON(fmt.Sprintf("JSON at %q", pointer), want, part)
	return r
}

// Decode decodes the body into what v points to, with encoding/json, and stops
// the test if it can't, or if the response has no Content-Type of JSON.
func (r *Response) Decode(v any) *Response {
	r.t.Helper()
	if _, ok := r.document(); !ok {
		r.t.FailNow()
	}
	if err := json.Unmarshal(r.Body, v); err != nil {
		r.fail("decoding the body: %v", err)
		r.t.FailNow()
	}
	return r
}

// document is the body, decoded.
func (r *Response) document() (doc any, ok bool) {
	r.t.Helper()
	if !r.whole() {
		return nil, false
	}
	if media := r.mediaType(); media != "application/json" && !strings.HasSuffix(media, "+json") {
		r.fail("Content-Type %q, want JSON", r.Header.Get("Content-Type"))
		return nil, false
	}
	doc, err := parseJSON(r.Body)
	if err != nil {
		r.fail("the body is not JSON: %v", err)
		return nil, false
	}
	return doc, true
}

func (r *Response) compareJSON(what string, want, got any) {
	r.t.Helper()
	d, err := diffJSON(want, got)
	if err != nil {
		fatalf(r.t, "covettest: %s: %v", r.name, err)
	}
	if d != "" {
		r.differ(what, d)
	}
}

// diffJSON compares a value as tests give it with a document; "" means that
// they are equal.
func diffJSON(want, got any) (string, error) {
	text, err := jsonText(want)
	if err == nil {
		want, err = parseJSON(text)
	}
	if err != nil {
		return "", fmt.Errorf("the wanted value is not JSON: %w", err)
	}
	a, b := printJSON(align(want, got)), printJSON(got)
	if a == b {
		return "", nil
	}
	return diff(a, b), nil
}

// parseJSON decodes one document, numbers as they are written.
func parseJSON(text []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if rest := bytes.TrimLeft(text[d.InputOffset():], " \t\r\n"); len(rest) > 0 {
		return nil, fmt.Errorf("there is more after the document, at byte %d", len(text)-len(rest))
	}
	return v, nil
}

// printJSON prints a document with one value on each line and members sorted,
// so that documents that mean the same look the same.
func printJSON(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic("covettest: decoded JSON can't be encoded: " + err.Error()) // can't be
	}
	return b.String()
}

// align returns want with its numbers written as in got, where they are equal,
// so that 1.0 and 1 are no difference.
func align(want, got any) any {
	switch w := want.(type) {
	case json.Number:
		if g, ok := got.(json.Number); ok && sameNumber(w.String(), g.String()) {
			return g
		}
	case []any:
		g, _ := got.([]any)
		for i := range min(len(w), len(g)) {
			w[i] = align(w[i], g[i])
		}
	case map[string]any:
		g, _ := got.(map[string]any)
		for k := range w {
			w[k] = align(w[k], g[k])
		}
	}
	return want
}

// sameNumber compares the exact values, as far as exponents are sane.
func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	if !saneExponent(a) || !saneExponent(b) {
		return false
	}
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) == 0
}

// saneExponent refuses numbers that would fill the memory when written out.
func saneExponent(s string) bool {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return true
	}
	e, err := strconv.Atoi(s[i+1:])
	return err == nil && e > -1000 && e < 1000
}

var pointerEscapes = strings.NewReplacer("~1", "/", "~0", "~")

// lookUp follows a JSON pointer.
func lookUp(doc any, pointer string) (any, error) {
	if pointer == "" {
		return doc, nil
	}
	if pointer[0] != '/' {
		return nil, errors.New("a JSON pointer begins with /")
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		token = pointerEscapes.Replace(token)
		switch v := doc.(type) {
		case map[string]any:
			member, ok := v[token]
			if !ok {
				return nil, fmt.Errorf("there is no member %q", token)
			}
			doc = member
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(v) {
				return nil, fmt.Errorf("there is no element %q in an array of %d", token, len(v))
			}
			doc = v[i]
		default:
			return nil, fmt.Errorf("there is nothing below a value that is neither object nor array, so no %q", token)
		}
	}
	return doc, nil
}
