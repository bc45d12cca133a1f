package main

import (
	"bytes"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func dbFile(t *testing.T) string { return filepath.Join(t.TempDir(), "notes.db") }

func TestNotes(t *testing.T) {
	p := start(t, dbFile(t))
	a := p.do(http.StatusCreated, "POST", "/notes", `{"title":" Buy milk ","body":"Two\nlitres"}`)
	n := decode[note](t, a.body)
	if n.ID != 1 || n.Title != "Buy milk" || n.Body != "Two\nlitres" || n.Changed == "" {
		t.Errorf("created: %s", a.body)
	}
	at := a.header.Get("Location")
	if at != "/notes/1" {
		t.Errorf("Location is %q, want /notes/1", at)
	}
	if got := p.do(http.StatusOK, "GET", at, "").body; !bytes.Equal(got, a.body) {
		t.Errorf("GET %s: %s, want %s", at, got, a.body)
	}
	if got := p.do(http.StatusOK, "HEAD", at, ""); got.header.Get("Content-Length") == "" || len(got.body) != 0 {
		t.Errorf("HEAD %s: header %v, body %q", at, got.header, got.body)
	}
	n = decode[note](t, p.do(http.StatusOK, "PUT", at, `{"title":"Buy bread"}`).body)
	if n.ID != 1 || n.Title != "Buy bread" || n.Body != "" {
		t.Errorf("replaced: %+v", n)
	}
	p.do(http.StatusCreated, "POST", "/notes", "title=By+form&body=x", "Content-Type", "application/x-www-form-urlencoded")
	p.add("100%")
	for path, want := range map[string]string{
		"/notes":                  "100% By form Buy bread",
		"/notes?limit=2":          "100% By form",
		"/notes?limit=2&before=2": "Buy bread",
		"/notes?q=b":              "By form Buy bread",
		"/notes?q=%25":            "100%",
		"/notes?q=_":              "",
	} {
		if got := p.titles(path); got != want {
			t.Errorf("GET %s: %q, want %q", path, got, want)
		}
	}
	p.do(http.StatusNoContent, "DELETE", at, "")
	p.do(http.StatusNotFound, "GET", at, "")
	p.do(http.StatusNotFound, "DELETE", at, "")
	if got := p.do(http.StatusOK, "GET", "/notes?q=nothing", "").body; string(got) != "{\"notes\":[]}\n" {
		t.Errorf("no note found: %s, want an empty list", got)
	}
}

// Every mistake of a client is a problem document that says what and where.
func TestProblems(t *testing.T) {
	p := start(t, dbFile(t))
	p.add("a")
	long := strings.Repeat("x", 300<<10)
	tests := []struct {
		name, method, path, body string
		status                   int
		want                     []string // parts of the document
	}{
		{"malformed", "POST", "/notes", `{"title": }`, 400, []string{`"json_syntax"`, `offset 11`}},
		{"cut", "POST", "/notes", `{"title":"a"`, 400, []string{`"json_syntax"`, `offset 12`}},
		{"wrong type", "POST", "/notes", `{"title":7}`, 400, []string{`"json_type"`, `"pointer":"/title"`, "want a string, got number"}},
		{"not an object", "POST", "/notes", `[]`, 400, []string{"want an object, got array"}},
		{"data behind", "POST", "/notes", `{"title":"a"} {"title":"b"}`, 400, []string{`"json_syntax"`, `offset 15`}},
		{"a key twice", "POST", "/notes", `{"title":"a","title":"b"}`, 400, []string{`"json_key"`, `"pointer":"/title"`}},
		{"too large", "POST", "/notes", `{"title":"` + long + `"}`, 413, []string{`"body_too_large"`}},
		{"no title", "POST", "/notes", `{"body":"b"}`, 422, []string{`"bad_note"`, `"pointer":"/title"`, "needs a title"}},
		{"title too long", "POST", "/notes", `{"title":"` + long[:101] + `"}`, 422, []string{`"pointer":"/title"`, "100 characters"}},
		{"body too long", "PUT", "/notes/1", `{"title":"a","body":"` + long[:10_001] + `"}`, 422, []string{`"pointer":"/body"`}},
		{"unknown route", "GET", "/nowhere", "", 404, []string{`"status":404`}},
		{"below the root", "GET", "/index.html", "", 404, []string{`"status":404`}},
		{"unknown file", "GET", "/static/none.js", "", 404, []string{`"status":404`}},
		{"file outside", "GET", "/static/..%2Fpage.html", "", 404, []string{`"status":404`}},
		{"unknown note", "GET", "/notes/99", "", 404, []string{`"no_note"`, "no such note"}},
		{"unknown note replaced", "PUT", "/notes/99", `{"title":"a"}`, 404, []string{`"no_note"`}},
		{"unknown note deleted", "DELETE", "/notes/99", "", 404, []string{`"no_note"`}},
		{"bad id", "GET", "/notes/one", "", 400, []string{`"bad_parameter"`, `"source":"path.id"`, `\"one\" is not an integer`}},
		{"id out of range", "DELETE", "/notes/9223372036854775808", "", 400, []string{`"source":"path.id"`}},
		{"bad limit", "GET", "/notes?limit=x", "", 400, []string{`"source":"query.limit"`}},
		{"limit of 0", "GET", "/notes?limit=0", "", 400, []string{"limit from 1 to 100"}},
		{"limit of 101", "GET", "/notes?limit=101", "", 400, []string{"limit from 1 to 100"}},
		{"bad before", "GET", "/notes?before=x", "", 400, []string{`"source":"query.before"`}},
		{"q too long", "GET", "/notes?q=" + long[:201], "", 400, []string{"200 bytes"}},
		{"wrong method", "PATCH", "/notes/1", `{}`, 405, []string{`"status":405`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := p.do(tt.status, tt.method, tt.path, tt.body)
			if got := a.header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type is %q", got)
			}
			for _, part := range tt.want {
				if !strings.Contains(string(a.body), part) {
					t.Errorf("%s %s %.60q: got %s, want %q in it", tt.method, tt.path, tt.body, a.body, part)
				}
			}
			if got := a.header.Get("Allow"); tt.status == 405 && got != "DELETE, GET, HEAD, PUT" {
				t.Errorf("Allow is %q", got)
			}
		})
	}
	p.do(http.StatusUnsupportedMediaType, "POST", "/notes", "title: a", "Content-Type", "text/yaml")
	p.do(http.StatusForbidden, "POST", "/notes", "title=a", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site")
	if got := p.titles("/notes"); got != "a" {
		t.Errorf("notes after all that: %q, want %q", got, "a")
	}
}

func TestEvents(t *testing.T) {
	file := dbFile(t)
	p := start(t, file)
	s := p.follow("")
	begin := s.want("reset")
	n := p.add("one")
	saved := s.want("saved")
	if got := decode[note](t, []byte(saved.data)); got != n {
		t.Errorf("saved event has %+v, want %+v", got, n)
	}
	p.do(http.StatusOK, "PUT", "/notes/1", `{"title":"two"}`)
	if got := decode[note](t, []byte(s.want("saved").data)); got.Title != "two" {
		t.Errorf("second saved event has %+v, want the new title", got)
	}
	p.do(http.StatusNoContent, "DELETE", "/notes/1", "")
	deleted := s.want("deleted")

	again := p.follow(saved.id) // missed two
	again.want("saved")
	if e := again.want("deleted"); e != deleted {
		t.Errorf("after coming back: %+v, want %+v", e, deleted)
	}
	p.add("three") // and goes on
	again.want("saved")
	if e := p.follow(begin.id).want("saved"); e != saved {
		t.Errorf("from the beginning: %+v, want %+v", e, saved)
	}
	p.follow("1").want("reset")
	p.follow("no number").want("reset")

	p.stop()
	p = start(t, file)
	p.follow(deleted.id).want("reset") // that was another run
}

// A client that does not read holds up nobody.
func TestSlowClient(t *testing.T) {
	p := start(t, dbFile(t))
	slow, quick := p.follow(""), p.follow("")
	quick.want("reset")
	body := `{"title":"a","body":"` + strings.Repeat("🙂", maxBody) + `"}`
	for range 2 * feedSize { // 20 MB, more than sockets hold
		p.do(http.StatusCreated, "POST", "/notes", body)
		quick.want("saved")
	}
	slow.want("reset")
	for {
		e, err := slow.next()
		if err != nil {
			t.Fatal(err)
		}
		if e.kind == "reset" {
			break // it fell behind, and was told
		}
		if n := decode[note](t, []byte(e.data)); n.ID == 2*feedSize {
			t.Log("the sockets held all of it")
			break
		}
	}
}

func TestPage(t *testing.T) {
	p := start(t, dbFile(t))
	p.add(`<script>alert("1")</script>`)
	a := p.do(http.StatusOK, "GET", "/", "")
	page := string(a.body)
	if got := a.header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("Content-Type is %q", got)
	}
	csp := a.header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Errorf("Content-Security-Policy is %q", csp)
	}
	if !strings.Contains(page, "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;") {
		t.Errorf("the note is not on the page, or not escaped:\n%s", page)
	}
	// What the policy would stop in a browser.
	if bad := regexp.MustCompile(`(?i)<script>|<style|\sstyle=|\son[a-z]+=|(src|href)="[^/]`).FindString(page); bad != "" {
		t.Errorf("the page has %q:\n%s", bad, page)
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if p.do(http.StatusOK, "GET", m[1], "").header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", m[1])
		}
	}
	for path, want := range map[string]string{"/static/app.js": "javascript", "/static/style.css": "text/css", "/static/icon.svg": "image/svg+xml"} {
		if got := p.do(http.StatusOK, "GET", path, "").header.Get("Content-Type"); !strings.Contains(got, want) {
			t.Errorf("%s has the type %q, want %s", path, got, want)
		}
	}
	for _, m := range regexp.MustCompile(`<(?:input|textarea) id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `<label for="`+m[1]+`"`) {
			t.Errorf("the field %q has no label", m[1])
		}
	}
}

func TestOperations(t *testing.T) {
	p := start(t, dbFile(t))
	if got := p.do(http.StatusOK, "GET", "/readyz", "").body; string(got) != "ready\n" {
		t.Errorf("GET /readyz: %q", got)
	}
	vars := decode[map[string]any](t, p.do(http.StatusOK, "GET", "/debug/vars", "").body)
	if vars["memstats"] == nil {
		t.Errorf("GET /debug/vars has no memstats: %v", vars)
	}
	p.do(http.StatusNotFound, "GET", "/notes/5", "")
	p.await("log line with the error", func() bool {
		return regexp.MustCompile(`method=GET path=/notes/5 status=404 .*error="sql: no rows in result set"`).MatchString(p.stderr.String())
	})
}

// The lines that the program prints work as they are.
func TestPrintedLines(t *testing.T) {
	p := start(t, dbFile(t))
	for _, tool := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(err)
		}
	}
	lines := regexp.MustCompile(`(?m)^curl .*$`).FindAllString(p.stdout.String(), -1)
	if len(lines) != 2 {
		t.Fatalf("the program printed %d lines to try, want 2:\n%s", len(lines), &p.stdout)
	}
	for _, line := range lines {
		out, err := exec.Command("sh", "-c", line+" -sS").Output()
		if err != nil || !strings.Contains(string(out), `"title":"Buy milk"`) {
			t.Errorf("%s\nprinted %q, %v", line, out, err)
		}
	}
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	p := launch(t, "-addr", l.Addr().String(), "-db", dbFile(t))
	if code := p.exit(); code != 1 {
		t.Errorf("the exit code is %d, want 1", code)
	}
	got := p.stderr.String()
	if !strings.Contains(got, l.Addr().String()) || !strings.Contains(got, "-addr localhost:8081") || strings.Count(got, "\n") != 1 {
		t.Errorf("it printed %q, want one line with the address and what to do", got)
	}
}

func TestBadFile(t *testing.T) {
	dir := t.TempDir()
	p := launch(t, "-addr", "127.0.0.1:0", "-db", dir)
	if code := p.exit(); code != 1 || !strings.Contains(p.stderr.String(), dir) {
		t.Errorf("a directory as file: exit code %d, printed %q; want 1 and the name", code, p.stderr.String())
	}
}

func TestBaseURL(t *testing.T) {
	got := &net.TCPAddr{IP: net.IPv4zero, Port: 81}
	for asked, want := range map[string]string{
		":0":             "http://localhost:81",
		"localhost:81":   "http://localhost:81",
		"127.0.0.1:0":    "http://127.0.0.1:81",
		"[::1]:0":        "http://[::1]:81",
		"example.com:81": "http://example.com:81",
	} {
		if u := baseURL(asked, got); u != want {
			t.Errorf("baseURL(%q, port 81) = %q, want %q", asked, u, want)
		}
	}
}
