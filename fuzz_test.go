package covet_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

// FuzzBind: whatever the body, Bind neither panics nor blames the server, and
// JSON that it takes is JSON that encoding/json takes.
func FuzzBind(f *testing.F) {
	const jsonBody, formBody = "application/json", "application/x-www-form-urlencoded"
	for _, body := range []string{
		`{"title":"milk","stars":3,"tags":["a"],"sub":{"deep":true}}`, `{"title":"a","title":"b"}`, `{"Title":"a"}`,
		`{"title":"a"} x`, `{"title":"a"}{}`, `[`, `null`, `{"stars":1e9}`, `{"\u0074itle":1}`, "\xff", "", `{"sub":[[[[]]]]}`,
	} {
		f.Add(jsonBody, body)
	}
	for _, body := range []string{"title=a&stars=1&tag=x&tag=y", "title=%zz", "stars=%31", ";&=", "stars=on"} {
		f.Add(formBody, body)
	}
	f.Add("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--b--\r\n")
	f.Add("multipart/form-data; boundary=b", "--b\r\n\r\n")
	f.Add("application/json; charset=\"", "{}")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		app, log := logged(covet.Options{})
		app.Post("/", func(c *covet.Ctx) error { return c.Bind(new(noteInput)) })
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		app.ServeHTTP(w, r)
		switch w.Code {
		case 400, 413, 415:
			problemOf(t, w)
		case 200:
			if contentType == jsonBody && json.Unmarshal([]byte(body), new(noteInput)) != nil {
				t.Errorf("took %q, which encoding/json refuses", body)
			}
		default:
			t.Errorf("%s %q: %d %q", contentType, body, w.Code, w.Body)
		}
		if log.Len() > 0 {
			t.Errorf("%s %q: logged %q", contentType, body, log)
		}
	})
}
