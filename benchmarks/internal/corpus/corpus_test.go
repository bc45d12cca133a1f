package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestDocuments: each is valid, its type takes all of it, and nothing is lost
// on the way through the type.
func TestDocuments(t *testing.T) {
	for _, d := range slices.Concat(Documents(), Tiny()) {
		t.Run(d.Name, func(t *testing.T) {
			v := d.New()
			dec := json.NewDecoder(bytes.NewReader(d.Bytes()))
			dec.DisallowUnknownFields()
			if err := dec.Decode(v); err != nil {
				t.Fatal(err)
			}
			out, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := normal(t, out), normal(t, d.Bytes()); got != want {
				t.Errorf("%s through %T = %.300s, want %.300s", d.Name, v, got, want)
			}
		})
	}
}

// normal is a document with sorted keys.
func normal(t *testing.T, text []byte) string {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(v)
}

// TestSizes holds the titles against the documents.
func TestSizes(t *testing.T) {
	sizes := map[string]int{"small": 300, "users50": 7 << 10, "records": 1 << 20, "twitter": 631_515, "citm": 1_727_204,
		"canada": 2_251_051, "escaped": 64 << 10, "cjk": 64 << 10, "deep": 14_000}
	for _, d := range Documents() {
		got, want := len(d.Bytes()), sizes[d.Name]
		if got < want*95/100 || got > want*105/100 {
			t.Errorf("%s has %d bytes, want about %d", d.Name, got, want)
		}
	}
	for _, d := range Tiny() {
		if got := fmt.Sprintf("%dB", len(d.Bytes())); got != d.Name {
			t.Errorf("%s has %s", d.Name, got)
		}
	}
}

func TestDeep(t *testing.T) {
	depth, deepest := 0, 0
	for _, c := range strings.Split(string(deep()), "") {
		switch c {
		case "{", "[":
			depth++
		case "}", "]":
			depth--
		}
		deepest = max(deepest, depth)
	}
	if deepest < 500 {
		t.Errorf("deep is %d deep", deepest)
	}
}
