package covet_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// snippet is a block of Go code in a page.
var snippet = regexp.MustCompile("(?ms)^```go\n(.*?)^```")

// TestDocs compiles every Go snippet of the README and the guides: whole files
// as they are, others as the body of a function that returns an error.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	dir, here := t.TempDir(), workingDir(t)
	var packages []string
	for _, page := range append(pages, "README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range snippet.FindAllStringSubmatch(string(text), -1) {
			name := fmt.Sprintf("%s_%d", strings.TrimSuffix(filepath.Base(page), ".md"), i+1)
			file := filepath.Join(dir, name+".go")
			if err := os.WriteFile(file, []byte(program(m[1])), 0o644); err != nil {
				t.Fatal(err)
			}
			// Overlaid, the file is in the module without being on the disk.
			overlay.Replace[filepath.Join(here, "docs", "snippets", name, "main.go")] = file
			packages = append(packages, "./docs/snippets/"+name)
		}
	}
	if len(packages) < 10 {
		t.Fatalf("only %d snippets were found", len(packages))
	}
	list := filepath.Join(dir, "overlay.json")
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list, text, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", append([]string{"build", "-o", os.DevNull, "-overlay", list}, packages...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func workingDir(t *testing.T) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// imports that a fragment may use, by the name that it uses them under.
var snippetImports = map[string]string{
	"context": "context", "covet": "github.com/covetgo/covet", "expvar": "expvar", "fs": "io/fs", "http": "net/http",
	"io": "io", "slog": "log/slog", "sql": "database/sql", "strconv": "strconv", "template": "html/template", "time": "time",
	"covettest": "github.com/covetgo/covet/covettest", "testing": "testing",
}

// snippetNames are what fragments take as given.
const snippetNames = `
var (
	app                   = covet.New(nil)
	c                     *covet.Ctx
	v                     any
	data                  []byte
	page                  *template.Template
	reader                io.Reader
	files                 fs.FS
	err                   error
	listNotes, deleteNote covet.HandlerFunc
	requireAdmin          covet.Middleware
)

func work(context.Context, string) {}
`

// program makes a file of a snippet.
func program(code string) string {
	if strings.HasPrefix(code, "package ") {
		return code
	}
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	body := snippetNames + "\nfunc fragment() error {\n\t_ = app\n" + code + "\n\treturn nil\n}\n\nfunc main() {}\n"
	for name, path := range snippetImports {
		if regexp.MustCompile(`\b` + name + `\.`).MatchString(body) {
			fmt.Fprintf(&b, "\t%q\n", path)
		}
	}
	b.WriteString(")\n" + body)
	return b.String()
}
