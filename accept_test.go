package covet_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

// accepted asks what the Accept headers choose of the offers.
func accepted(offers []string, header ...string) (string, *httptest.ResponseRecorder) {
	var got string
	app := covet.New(nil)
	app.Get("/", func(c *covet.Ctx) error { got = c.Accepts(offers...); return nil })
	r := httptest.NewRequest("GET", "/", nil)
	for _, h := range header {
		r.Header.Add("Accept", h)
	}
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	return got, w
}

// TestAcceptsWeights: RFC 9110, section 12.5.1; the examples of the RFC first.
func TestAcceptsWeights(t *testing.T) {
	rfc := "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"
	for _, tt := range []struct {
		accept string
		offers []string // the first of them with the highest weight wins
		want   string
	}{
		{rfc, []string{"image/jpeg", "text/plain"}, "text/plain"},                                  // 0.5, 0.7
		{rfc, []string{"text/plain", "text/plain;format=flowed"}, "text/plain;format=flowed"},      // 0.7, 1
		{rfc, []string{"text/html", "image/jpeg"}, "image/jpeg"},                                   // 0.3, 0.5
		{rfc, []string{"text/plain;format=fixed", "image/jpeg"}, "image/jpeg"},                     // 0.4, 0.5
		{rfc, []string{"text/html;level=3", "text/plain;format=fixed"}, "text/plain;format=fixed"}, // 0.3, 0.4
		{"audio/*; q=0.2, audio/basic", []string{"audio/mp3", "audio/basic"}, "audio/basic"},

		// A zero refuses, whatever a wider range says.
		{"application/json;q=0, */*", []string{"application/json"}, ""},
		{"application/json;q=0.000, application/*", []string{"application/json", "application/xml"}, "application/xml"},
		{"*/*, application/json; q=0", []string{"application/json", "text/html"}, "text/html"},
		{"text/*;q=0, text/html", []string{"text/plain", "text/html"}, "text/html"},
		{"*/*;q=0, text/html;q=0.001", []string{"application/json", "text/html"}, "text/html"},

		// The order of offers decides among equals, that of ranges never.
		{"text/html, application/json", []string{"application/json", "text/html"}, "application/json"},
		{"text/html;q=0.5, application/json;q=0.5", []string{"text/html", "application/json"}, "text/html"},
		{"*/*;q=0.1, application/*;q=0.2", []string{"text/html", "application/json"}, "application/json"},

		// A range that is malformed is as if it were not there.
		{"text/html;q=1.5, application/json;q=0.1", []string{"text/html", "application/json"}, "application/json"},
		{"text/html;q=-1, application/json;q=0.1", []string{"text/html", "application/json"}, "application/json"},
		{"text/html;q=, application/json;q=0.1", []string{"text/html", "application/json"}, "application/json"},
		{"text/html;q=0.1;q=1, application/json;q=0.1", []string{"text/html", "application/json"}, "application/json"},
		{"/, text, text/, /html, ;q=1, =, application/json;q=0.1", []string{"text/html", "application/json"}, "application/json"},
		{",, ,application/json;q=0.1,", []string{"text/html", "application/json"}, "application/json"},
		{`text/html;a="unclosed, application/json`, []string{"text/html", "application/json"}, "text/html"}, // nothing left: as if not said

		// Parameters: all that the range has, the offer must have.
		{"text/html;level=1", []string{"text/html", "text/html;level=1"}, "text/html;level=1"},
		{"text/html;level=1;charset=UTF-8", []string{"text/html;level=1", "text/html;charset=utf-8;level=1"}, "text/html;charset=utf-8;level=1"},
		{"text/html", []string{"text/html;charset=utf-8"}, "text/html;charset=utf-8"},
		{"text/html;q=0.1, text/html;level=1;q=0.9", []string{"text/html", "text/html;level=1"}, "text/html;level=1"},

		// A comma in quotes does not end a range; nor does a quote that is escaped.
		{`x/y;a=",text/html", application/json;q=0.1`, []string{"text/html", "application/json"}, "application/json"},
		{`x/y;a="\",text/html,", application/json;q=0.1`, []string{"text/html", "application/json"}, "application/json"},
		{`x/y;a="\\", text/html`, []string{"application/json", "text/html"}, "text/html"},

		{"TEXT/HTML;Q=0.5, Application/Json;q=0.4", []string{"application/json", "text/html"}, "text/html"},
		{"text/html", nil, ""},
		{"", nil, ""},
		{"*/*", []string{"not a type", "text/html"}, "text/html"},
	} {
		if got, _ := accepted(tt.offers, tt.accept); got != tt.want {
			t.Errorf("Accept %q, offers %q: %q, want %q", tt.accept, tt.offers, got, tt.want)
		}
	}
}

// TestAcceptsFields: several fields are one list, none is no wish.
func TestAcceptsFields(t *testing.T) {
	offers := []string{"application/json", "text/html"}
	for _, tt := range []struct {
		fields []string
		want   string
	}{
		{nil, "application/json"},
		{[]string{"application/json;q=0.1", "text/html"}, "text/html"},
		{[]string{"", "text/html"}, "text/html"},
	} {
		if got, _ := accepted(offers, tt.fields...); got != tt.want {
			t.Errorf("Accept %q: %q, want %q", tt.fields, got, tt.want)
		}
	}
}

// TestAcceptsBound: one header makes no more work than 64 ranges are, however
// many it has and however malformed they are.
func TestAcceptsBound(t *testing.T) {
	offers := []string{"application/json", "text/html"}
	for name, junk := range map[string]string{"good": "a/b,", "malformed": "a/b/c;;,", "empty": ","} {
		if got, _ := accepted(offers, strings.Repeat(junk, 63)+"text/html"); got != "text/html" {
			t.Errorf("63 %s ones before: %q", name, got)
		}
		got, _ := accepted(offers, "text/html;q=0.1,"+strings.Repeat(junk, 63)+"application/json")
		if got != "text/html" {
			t.Errorf("64 %s ones before: %q, want the 65th to be left out", name, got)
		}
	}
}

// TestAcceptsVary: caches must know, once, and what was there stays.
func TestAcceptsVary(t *testing.T) {
	for _, tt := range []struct{ before, want string }{
		{"", "Accept"},
		{"Origin", "Origin, Accept"},
		{"Accept", "Accept"},
		{"Origin, accept", "Origin, accept"},
		{"Accept-Encoding", "Accept-Encoding, Accept"},
		{"*", "*"},
	} {
		w := answers(func(c *covet.Ctx) error {
			if tt.before != "" {
				c.SetHeader("Vary", tt.before)
			}
			c.Accepts("text/html")
			c.Accepts("application/json")
			return nil
		}, "GET")
		if got := strings.Join(w.Header().Values("Vary"), ", "); got != tt.want {
			t.Errorf("Vary %q became %q, want %q", tt.before, got, tt.want)
		}
	}
}
