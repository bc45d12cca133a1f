package covet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/covetgo/covet"
)

type noteInput struct {
	Title string   `json:"title" form:"title"`
	Stars int8     `json:"stars" form:"stars"`
	Tags  []string `json:"tags" form:"tag"`
	Sub   struct {
		Deep bool `json:"deep"`
	} `json:"sub" form:"-"`
}

// bindApp answers with what Bind made of the body.
func bindApp(o covet.Options) *covet.App {
	app, _ := logged(o)
	app.Post("/", func(c *covet.Ctx) error {
		var in noteInput
		if err := c.Bind(&in); err != nil {
			return err
		}
		return c.String(200, fmt.Sprintf("%+v", in))
	})
	return app
}

func post(h http.Handler, contentType, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/", strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestBindJSON(t *testing.T) {
	app := bindApp(covet.Options{MaxBody: 100})
	for _, tt := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"good", `{"title":"milk","stars":3,"tags":["a"],"sub":{"deep":true},"unknown":1}`, 200, "{Title:milk Stars:3 Tags:[a] Sub:{Deep:true}}"},
		{"spaces around", " {\"title\":\"milk\"}\n", 200, "Title:milk"},
		{"empty", "", 400, `"code":"body_missing"`},
		{"only spaces", "  \n", 400, `"code":"body_missing"`},
		{"malformed", `{"title":"milk",}`, 400, `malformed JSON at offset 1`},
		{"cut", `{"title":"mi`, 400, `"code":"json_syntax"`},
		{"trailing junk", `{"title":"milk"} x`, 400, `"code":"json_syntax"`},
		{"two documents", `{"title":"milk"}{"title":"tea"}`, 400, `"code":"json_syntax"`},
		{"wrong type", `{"title":7}`, 400, `"errors":[{"pointer":"/title","detail":"want a string, got number"}]`},
		{"wrong element", `{"tags":["a",{}]}`, 400, `"pointer":"/tags/1"`},
		{"wrong deep", `{"sub":{"deep":"yes"}}`, 400, `"errors":[{"pointer":"/sub/deep","detail":"want true or false, got string"}]`},
		{"out of range", `{"stars":300}`, 400, `{"pointer":"/stars","detail":"want an integer of 8 bits, got number 300"}`},
		{"not an object", `[]`, 400, `{"detail":"want an object, got array"}`},
		{"duplicate key", `{"title":"a","title":"b"}`, 400, `{"pointer":"/title","detail":"this key appears twice"}`},
		{"case of a key", `{"Title":"a"}`, 400, `{"pointer":"/Title","detail":"write this key as \"title\""}`},
		{"too large", `{"title":"` + strings.Repeat("x", 100) + `"}`, 413, "larger than 100 bytes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := post(app, "application/json; charset=utf-8", tt.body)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
				t.Errorf("%s: %d %q, want %d with %q", tt.body, w.Code, w.Body, tt.status, tt.want)
			}
			if w.Code >= 400 {
				problemOf(t, w)
			}
		})
	}
}

func TestBindMediaTypes(t *testing.T) {
	app := bindApp(covet.Options{})
	const good = `{"title":"milk"}`
	for _, tt := range []struct {
		name, contentType string
		header            []string
		status            int
	}{
		{"json", "application/json", nil, 200},
		{"+json", "application/merge-patch+json", nil, 200},
		{"upper case", "Application/JSON", nil, 200},
		{"none", "", nil, 415},
		{"text", "text/plain", nil, 415},
		{"xml", "application/xml", nil, 415},
		{"malformed", "application/json; charset", nil, 415},
		{"charset", "application/json; charset=utf-16", nil, 415},
		{"compressed", "application/json", []string{"Content-Encoding", "gzip"}, 415},
		{"identity", "application/json", []string{"Content-Encoding", "identity"}, 200},
	} {
		if w := post(app, tt.contentType, good, tt.header...); w.Code != tt.status {
			t.Errorf("%s: %d %q, want %d", tt.name, w.Code, w.Body, tt.status)
		}
	}
	if w := post(app, "text/plain", good); !strings.Contains(w.Header().Get("Accept"), "application/json") {
		t.Errorf("a 415 does not say what is accepted: %v", w.Header())
	}
}

func TestBindForm(t *testing.T) {
	app := bindApp(covet.Options{MaxBody: 100})
	for _, tt := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"good", "title=a+b%21&stars=-3&tag=x&tag=y&none=1", 200, "{Title:a b! Stars:-3 Tags:[x y] Sub:{Deep:false}}"},
		{"empty", "", 200, "{Title: Stars:0"},
		{"wrong", "stars=many", 400, `"errors":[{"source":"form.stars","detail":"\"many\" is not an integer of 8 bits"}]`},
		{"malformed", "title=%zz", 400, `"code":"body_malformed"`},
		{"too large", "title=" + strings.Repeat("x", 100), 413, "larger than 100 bytes"},
	} {
		w := post(app, "application/x-www-form-urlencoded", tt.body)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %d %q, want %d with %q", tt.name, w.Code, w.Body, tt.status, tt.want)
		}
	}
	// The query does not reach into a bound form.
	r := httptest.NewRequest("POST", "/?title=query", strings.NewReader("stars=1"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), "Title: Stars:1") {
		t.Errorf("with a query: %q", w.Body)
	}
}

type upload struct {
	Name  string                  `form:"name"`
	File  *multipart.FileHeader   `form:"file"`
	Files []*multipart.FileHeader `form:"files"`
}

// TestBindMultipart: small and large files, and no temporary file is left.
func TestBindMultipart(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	large := strings.Repeat("x", 2<<20)
	app, _ := logged(covet.Options{})
	app.Use(mark("foreign")) // so that the request is not the server's own
	app.Post("/", func(c *covet.Ctx) error {
		c.SetContext(userKey.With(c.Context(), "me"))
		c.Request()
		var in upload
		if err := c.Bind(&in); err != nil {
			return err
		}
		f, err := in.File.Open()
		if err != nil {
			return err
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		if string(data) != large {
			t.Errorf("the file has %d bytes, want %d", len(data), len(large))
		}
		return c.String(200, fmt.Sprint(in.Name, in.File.Filename, len(in.Files)))
	})
	body, contentType := multipartBody(t, map[string]string{"name": "n"}, map[string]string{"file": large, "files": "small"})
	if w := post(app, contentType, body); w.Body.String() != "nfile.txt1" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("temporary files left: %v %v", left, err)
	}
	if w := post(app, contentType, body[:len(body)/2]); w.Code != 400 {
		t.Errorf("a cut form: %d %q, want 400", w.Code, w.Body)
	}
	if w := post(app, "multipart/form-data", body); w.Code != 400 {
		t.Errorf("no boundary: %d %q, want 400", w.Code, w.Body)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("temporary files left after errors: %v %v", left, err)
	}
}

func multipartBody(t *testing.T, values, files map[string]string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range values {
		w.WriteField(k, v)
	}
	for k, v := range files {
		f, err := w.CreateFormFile(k, k+".txt")
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, v)
	}
	w.Close()
	return b.String(), w.FormDataContentType()
}

func TestParam(t *testing.T) {
	type level uint8
	app, _ := logged(covet.Options{})
	app.Get("/int/{v}", answerParam[int64])
	app.Get("/int8/{v}", answerParam[int8])
	app.Get("/level/{v}", answerParam[level])
	app.Get("/float/{v}", answerParam[float64])
	app.Get("/bool/{v}", answerParam[bool])
	app.Get("/string/{v}", answerParam[string])
	app.Get("/addr/{v}", answerParam[netip.Addr])
	app.Get("/slice/{v}", answerParam[[]int])
	for path, want := range map[string]string{
		"/int/-42":        "200 -42",
		"/int8/127":       "200 127",
		"/level/3":        "200 3",
		"/float/1.5":      "200 1.5",
		"/bool/true":      "200 true",
		"/string/a%2Fb":   "200 a/b",
		"/addr/::1":       "200 ::1",
		"/int/4x":         `400 \"4x\" is not an integer of 64 bits`,
		"/int/0x10":       "400 is not an integer",
		"/int8/128":       "400 is not an integer of 8 bits",
		"/level/-1":       "400 non-negative integer of 8 bits",
		"/float/x":        "400 is not a number",
		"/bool/maybe":     "400 is not true or false",
		"/addr/localhost": "400 is not a valid value",
		"/slice/1":        "500 ",
	} {
		status, text, _ := strings.Cut(want, " ")
		w := get(app, path)
		if fmt.Sprint(w.Code) != status || !strings.Contains(w.Body.String(), text) {
			t.Errorf("%s: %d %q, want %q", path, w.Code, w.Body, want)
		}
		if w.Code == 400 && !strings.Contains(w.Body.String(), `"source":"path.v"`) {
			t.Errorf("%s: %q does not name path.v", path, w.Body)
		}
	}
	if w := get(app, "/int/"+strings.Repeat("9", 5000)); w.Code != 400 || w.Body.Len() > 500 {
		t.Errorf("a long value: %d, %d bytes", w.Code, w.Body.Len())
	}
}

func answerParam[T any](c *covet.Ctx) error {
	v, err := covet.Param[T](c, "v")
	if err != nil {
		return err
	}
	return c.String(200, fmt.Sprint(v))
}

func TestQueryParameter(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Get("/", func(c *covet.Ctx) error {
		n, err := covet.Query(c, "limit", 20)
		if err != nil {
			return err
		}
		return c.String(200, fmt.Sprint(n, c.Query("q")))
	})
	for path, want := range map[string]string{
		"/":             "20",
		"/?limit=":      "20",
		"/?limit=5&q=x": "5x",
		"/?limit=a":     `"source":"query.limit"`,
	} {
		if w := get(app, path); !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %q, want %q", path, w.Code, w.Body, want)
		}
	}
}

// shoutCodec is a Codec that can be told from the default.
type shoutCodec struct{ fail error }

func (s shoutCodec) Append(dst []byte, v any) ([]byte, error) {
	return fmt.Appendf(dst, "%v!", v), s.fail
}

func (s shoutCodec) Decode(data []byte, v any) error {
	reflect.ValueOf(v).Elem().SetString(strings.ToUpper(string(data)))
	return s.fail
}

func TestCodec(t *testing.T) {
	handler := func(c *covet.Ctx) error {
		var in string
		if err := c.Bind(&in); err != nil {
			return err
		}
		return c.JSON(200, in)
	}
	app, _ := logged(covet.Options{Codec: shoutCodec{}})
	app.Post("/", handler)
	if w := post(app, "application/json", "abc"); w.Body.String() != "ABC!" {
		t.Errorf("%q", w.Body)
	}
	app, _ = logged(covet.Options{Codec: shoutCodec{errors.New("secret")}})
	app.Post("/", handler)
	if w := post(app, "application/json", "abc"); w.Code != 400 || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("a failing codec: %d %q", w.Code, w.Body)
	}
}

func TestLimitBody(t *testing.T) {
	read := func(c *covet.Ctx) error {
		_, err := io.Copy(io.Discard, c.Request().Body)
		return err
	}
	app, _ := logged(covet.Options{MaxBody: 10})
	app.With(covet.LimitBody(20)).Post("/more", read)
	app.With(covet.LimitBody(5)).Post("/less", read)
	app.With(covet.LimitBody(-1), mark("f")).Post("/none", read)
	for path, limit := range map[string]int{"/more": 20, "/less": 5} {
		if w := do(app, "POST", path, strings.Repeat("x", limit)); w.Code != 200 {
			t.Errorf("%s with %d bytes: %d", path, limit, w.Code)
		}
		if w := do(app, "POST", path, strings.Repeat("x", limit+1)); w.Code != 413 {
			t.Errorf("%s with %d bytes: %d, want 413", path, limit+1, w.Code)
		}
	}
	if w := do(app, "POST", "/none", strings.Repeat("x", 1000)); w.Code != 200 {
		t.Errorf("without a limit: %d", w.Code)
	}
}

// bindRequest answers with what Bind made of a request of any method.
func bindRequest(method, target, contentType, body string) *httptest.ResponseRecorder {
	app, _ := logged(covet.Options{MaxBody: 32 << 20})
	app.HandleFunc("/", func(http.ResponseWriter, *http.Request) {})
	app.Handle(method+" /bind", covet.HandlerFunc(func(c *covet.Ctx) error {
		var in noteInput
		for range 2 { // a middleware may have bound the form before
			if err := c.Bind(&in); err != nil {
				return err
			}
		}
		in.Title = fmt.Sprint(len(in.Title))
		return c.String(200, fmt.Sprintf("%+v", in))
	}))
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	app.ServeHTTP(w, r)
	return w
}

// TestBindFormOfAnyRequest: the body decides, not the method nor the query,
// and no limit but covet's own.
func TestBindFormOfAnyRequest(t *testing.T) {
	const urlencoded = "application/x-www-form-urlencoded"
	multi, multipartType := multipartBody(t, map[string]string{"title": "abc"}, nil)
	large := "title=" + strings.Repeat("x", 11<<20) + "&stars=1"
	for _, tt := range []struct{ name, method, target, contentType, body, want string }{
		{"POST", "POST", "/bind", urlencoded, "title=abc&stars=7", "{Title:3 Stars:7"},
		{"QUERY", "QUERY", "/bind", urlencoded, "title=abc&stars=7", "{Title:3 Stars:7"},
		{"DELETE", "DELETE", "/bind", urlencoded, "title=abc&stars=7", "{Title:3 Stars:7"},
		{"malformed query", "POST", "/bind?a=%zz;", urlencoded, "title=abc&stars=7", "{Title:3 Stars:7"},
		{"multipart", "QUERY", "/bind", multipartType, multi, "{Title:3 Stars:0"},
		{"multipart, malformed query", "POST", "/bind?a=%zz", multipartType, multi, "{Title:3 Stars:0"},
		{"more than 10 MB", "POST", "/bind", urlencoded, large, "{Title:11534336 Stars:1"},
	} {
		w := bindRequest(tt.method, tt.target, tt.contentType, tt.body)
		if w.Code != 200 || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %d %q, want %q", tt.name, w.Code, w.Body, tt.want)
		}
	}
}

// TestBindWrongTarget: what Bind is to fill is the programmer's affair, so it
// is no 400.
func TestBindWrongTarget(t *testing.T) {
	for name, v := range map[string]any{
		"nil": nil, "struct": noteInput{}, "nil pointer": (*noteInput)(nil), "map": map[string]int{},
	} {
		for contentType, body := range map[string]string{"application/json": "{}", "application/x-www-form-urlencoded": "title=x"} {
			app, log := logged(covet.Options{})
			app.Post("/", func(c *covet.Ctx) error { return c.Bind(v) })
			w := post(app, contentType, body)
			if w.Code != 500 || !strings.Contains(log.String(), "Bind") {
				t.Errorf("%s into %s: %d %q, log %q; want 500", contentType, name, w.Code, w.Body, log)
			}
		}
	}
}

// TestBindTypeDetail: the message names what JSON wants for the field's type.
func TestBindTypeDetail(t *testing.T) {
	app, _ := logged(covet.Options{})
	app.Post("/", func(c *covet.Ctx) error {
		var in struct {
			Int   int              `json:"int"`
			Uint  uint16           `json:"uint"`
			Float float64          `json:"float"`
			List  []int            `json:"list"`
			Map   map[string]int   `json:"map"`
			Text  string           `json:"text"`
			Addr  netip.Addr       `json:"addr"`
			Ptr   *netip.Addr      `json:"ptr"`
			Bytes []byte           `json:"bytes"`
			ByInt map[int]struct{} `json:"byint"`
		}
		return c.Bind(&in)
	})
	for field, want := range map[string]string{
		"int": "want an integer of 64 bits, got bool", "uint": "want a non-negative integer of 16 bits, got bool",
		"float": "want a number, got bool", "list": "want an array, got bool", "map": "want an object, got bool",
		"text": "want a string, got bool", "addr": "want a string, got bool", "ptr": "want a string, got bool",
		"bytes": "want a base64 string, got bool",
	} {
		w := post(app, "application/json", `{"`+field+`":true}`)
		if want := `"errors":[{"pointer":"/` + field + `","detail":"` + want + `"}]`; w.Code != 400 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %s\nwant %s", field, w.Code, w.Body, want)
		}
	}
	for _, body := range []string{`{"bytes":"*"}`, `{"addr":"here"}`, `{"byint":{"x":{}}}`} {
		if w := post(app, "application/json", body); w.Code != 400 {
			t.Errorf("%s: %d %s, want 400", body, w.Code, w.Body)
		}
	}
}
