package covettest

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
)

// Golden wants that got is what the file testdata/name holds, byte for byte.
// With COVET_UPDATE=1 in the environment it writes the file instead.
//
// This package defines no flag, as it could collide with one of the tests it is
// imported by. But where those define a bool flag named update, Golden obeys it
// too.
func Golden(t TB, name string, got []byte) {
	t.Helper()
	golden(t, "golden file "+name, name, got)
}

// WantGolden wants that the body is what the file testdata/name holds; see
// [Golden]. A body of JSON is indented before, so that the file is readable and
// its changes are.
func (r *Response) WantGolden(name string) *Response {
	r.t.Helper()
	if !r.whole() {
		return r
	}
	if !golden(r.t, r.name+": golden file "+name, name, readable(r.Body)) {
		r.failed = true
	}
	return r
}

// readable indents JSON and leaves anything else as it is.
func readable(body []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, body, "", "  ") != nil {
		return body
	}
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
}

func golden(t TB, what, name string, got []byte) (ok bool) {
	t.Helper()
	if !filepath.IsLocal(name) {
		fatalf(t, "covettest: golden file name %q leads out of testdata", name)
	}
	path := filepath.Join("testdata", name)
	want, err := os.ReadFile(path)
	switch {
	case updating():
		if err != nil || !bytes.Equal(got, want) {
			writeGolden(t, path, got)
		}
		return true
	case err != nil:
		t.Errorf("%s: %v (COVET_UPDATE=1 writes it)", what, err)
		return false
	case !bytes.Equal(got, want):
		t.Errorf("%s differs (-want +got, COVET_UPDATE=1 accepts what was got):\n%s", what, indent(diff(string(want), string(got))))
		return false
	}
	return true
}

func updating() bool {
	if v := os.Getenv("COVET_UPDATE"); v != "" && v != "0" {
		return true
	}
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

func writeGolden(t TB, path string, data []byte) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		fatalf(t, "covettest: writing the golden file: %v", err)
	}
}
