package covettest_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/covetgo/covet/covettest"
)

// An application may have a flag of this name; it does not collide.
var _ = flag.Bool("update", false, "update golden files")

func TestGolden(t *testing.T) {
	t.Setenv("COVET_UPDATE", "")
	t.Chdir(t.TempDir())
	check := func(got string) *fake {
		return try(func(t covettest.TB) { covettest.Golden(t, "sub/note.txt", []byte(got)) })
	}
	path := filepath.Join("testdata", "sub", "note.txt")
	_, err := os.Open(path) // each system has its own words
	wantFailure(t, check("a\nb\n"), false, "golden file sub/note.txt: "+err.Error()+" (COVET_UPDATE=1 writes it)")

	t.Setenv("COVET_UPDATE", "1")
	wantFailure(t, check("a\nb\n"), false, "")
	t.Setenv("COVET_UPDATE", "0")
	wantFailure(t, check("a\nb\n"), false, "")
	wantFailure(t, check("a\nc\n"), false, `
golden file sub/note.txt differs (-want +got, COVET_UPDATE=1 accepts what was got):
      a
    - b
    + c`)

	if err := flag.Set("update", "true"); err != nil {
		t.Fatal(err)
	}
	defer flag.Set("update", "false")
	wantFailure(t, check("a\nc\n"), false, "")
	if b, err := os.ReadFile(path); err != nil || string(b) != "a\nc\n" {
		t.Errorf("%q, %v", b, err)
	}
}

func TestGoldenName(t *testing.T) {
	got := try(func(t covettest.TB) { covettest.Golden(t, "../x", nil) })
	wantFailure(t, got, true, `covettest: golden file name "../x" leads out of testdata`)
}

func TestGoldenNotWritten(t *testing.T) {
	t.Setenv("COVET_UPDATE", "1")
	t.Chdir(t.TempDir())
	if err := os.WriteFile("testdata", nil, 0o644); err != nil { // no directory
		t.Fatal(err)
	}
	got := try(func(t covettest.TB) { covettest.Golden(t, "x", nil) })
	wantFailure(t, got, true, "covettest: writing the golden file: "+os.MkdirAll("testdata", 0o755).Error())
}

func TestWantGolden(t *testing.T) {
	t.Setenv("COVET_UPDATE", "1")
	t.Chdir(t.TempDir())
	check := func(body string) *fake {
		return try(func(t covettest.TB) {
			covettest.New(t, answering(200, "application/json", body)).Get("/notes").Do().WantGolden("notes.json").Must()
		})
	}
	wantFailure(t, check(`{"b":1,"a":[]}`), false, "")
	if b, err := os.ReadFile("testdata/notes.json"); err != nil || string(b) != "{\n  \"b\": 1,\n  \"a\": []\n}\n" {
		t.Errorf("%q, %v: want indented JSON in its order", b, err)
	}
	t.Setenv("COVET_UPDATE", "")
	wantFailure(t, check(`{"b": 1, "a": []}`), false, "")
	wantFailure(t, check(`{"b": 2, "a": []}`), true, `
GET /notes: golden file notes.json differs (-want +got, COVET_UPDATE=1 accepts what was got):
      {
    -   "b": 1,
    +   "b": 2,
        "a": []
      }`)
	wantFailure(t, check("not JSON"), true, `
GET /notes: golden file notes.json differs (-want +got, COVET_UPDATE=1 accepts what was got):
    - {
    -   "b": 1,
    -   "a": []
    - }
    + not JSON
    + \ no newline at the end`)
}
