package covettest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		name, want, got, out string
	}{
		{"empty", "", "", ""},
		{"only want", "a\n", "", "- a\n"},
		{"only got", "", "a", "+ a\n"},
		{"change", "a\nb\nc\n", "a\nx\nc\n", "  a\n- b\n+ x\n  c\n"},
		{"insert", "a\nc\n", "a\nb\nc\n", "  a\n+ b\n  c\n"},
		{"newline at the end", "a\n", "a", "  a\n+ \\ no newline at the end\n"},
		{"no newline at the end", "a", "a\n", "  a\n- \\ no newline at the end\n"},
		{"neither has one", "a\nb", "a\nc", "  a\n- b\n+ c\n"},
		{"empty line", "a\n\nb\n", "a\nb\n", "  a\n-\n  b\n"},
		{"space at the end", "a\nb\n", "a \nb\n", "- \"a\"\n+ \"a \"\n  \"b\"\n"},
		{"CR", "a\n", "a\r\n", "- \"a\"\n+ \"a\\r\"\n"},
		{"far apart", "1\n2\n3\n4\n5\n6\n7\n8\n9\na\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n",
			"- 1\n+ x\n  2\n  3\n  4\n  … 2 equal lines\n  7\n  8\n  9\n- a\n+ y\n"},
		{"begin and end left out", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\nx\n6\n7\n8\n9\n",
			"  … 2 equal lines\n  2\n  3\n  4\n- 5\n+ x\n  6\n  7\n  8\n  9\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if out := diff(tt.want, tt.got); out != tt.out {
				t.Errorf("diff(%q, %q) =\n%s\nwant\n%s", tt.want, tt.got, out, tt.out)
			}
		})
	}
}

// TestEdits checks that edits turn one text into the other, and are no more than
// needed.
func TestEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func() []string {
		lines := make([]string, r.IntN(12))
		for i := range lines {
			lines[i] = string(rune('a' + r.IntN(3)))
		}
		return lines
	}
	for range 5000 {
		a, b := text(), text()
		checkEdits(t, a, b)
		equal := 0
		for _, e := range edits(a, b) {
			if e.op == ' ' {
				equal++
			}
		}
		if want := int(common(a, b)[0][0]); equal != want {
			t.Fatalf("edits(%q, %q) keep %d lines, want %d", a, b, equal, want)
		}
	}
}

func TestEditsOfLargeTexts(t *testing.T) {
	a, b := make([]string, 5000), make([]string, 5000)
	for i := range a {
		a[i], b[i] = fmt.Sprint("a", i), fmt.Sprint("b", i)
	}
	a[0], b[0] = "same", "same"
	checkEdits(t, a, b)
}

func checkEdits(t *testing.T, a, b []string) {
	t.Helper()
	var x, y []string
	for _, e := range edits(a, b) {
		if e.op != '+' {
			x = append(x, e.line)
		}
		if e.op != '-' {
			y = append(y, e.line)
		}
	}
	if strings.Join(x, "\n") != strings.Join(a, "\n") || strings.Join(y, "\n") != strings.Join(b, "\n") {
		t.Fatalf("edits(%q, %q) give %q and %q", a, b, x, y)
	}
}

func TestSameNumber(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"1", "1.0", true},
		{"1e2", "100", true},
		{"-0", "0", true},
		{"0.1", "1E-1", true},
		{"1", "2", false},
		{"9007199254740993", "9007199254740992", false}, // equal as float64
		{"1e999999999", "1e999999999", true},
		{"1e999999999", "10e999999998", false}, // not worked out
	} {
		if got := sameNumber(tt.a, tt.b); got != tt.want {
			t.Errorf("sameNumber(%s, %s) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
