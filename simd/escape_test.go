package simd

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// naiveEscape is EscapeIndex's documentation, a byte at a time.
func naiveEscape(p []byte, e Escape) int {
	for i, c := range p {
		switch {
		case c < 0x20, c == '"', c == '\\', c == 0xE2:
			return i
		case e&EscapeHTML != 0 && (c == '<' || c == '>' || c == '&'):
			return i
		case e&EscapeValid == 0 && c >= 0x80:
			return i
		}
	}
	return len(p)
}

func checkEscape(t *testing.T, p []byte) {
	t.Helper()
	for e := Escape(0); e <= EscapeHTML|EscapeValid; e++ {
		want := naiveEscape(p, e)
		if got := EscapeIndex(p, e); got != want {
			t.Fatalf("EscapeIndex(%q, %d) = %d, want %d", p, e, got, want)
		}
		if got := EscapeIndexString(string(p), e); got != want {
			t.Fatalf("EscapeIndexString(%q, %d) = %d, want %d", p, e, got, want)
		}
		checkAppend(t, p, e, want)
	}
}

// checkAppend appends p with exactly the room it needs, inside a larger array.
func checkAppend(t *testing.T, p []byte, e Escape, want int) {
	t.Helper()
	room := bytes.Repeat([]byte{0xEE}, len(p)+128)
	dst, n := AppendPlain(append(room[:0], "head"...), string(p), e)
	if n != want || string(dst) != "head"+string(p[:want]) {
		t.Fatalf("AppendPlain(head, %q, %d) = %q, %d; want %d plain", p, e, dst, n, want)
	}
	if bytes.Count(room[4+len(p):], []byte{0xEE}) != 124 {
		t.Fatalf("AppendPlain(head, %q, %d) wrote past len(dst)+len(s)", p, e)
	}
	if dst, n = AppendPlain(nil, string(p), e); n != want || string(dst) != string(p[:want]) {
		t.Fatalf("AppendPlain(nil, %q, %d) = %q, %d; want %d plain", p, e, dst, n, want)
	}
}

// fillers are plain bytes of all nibbles, as their neighbours must not matter.
var fillers = []string{"~ a!", "o\x7Fno", "p0P@"}

// Every byte at every place of plain text of several lengths.
func TestEscapeBytes(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for c := range 256 {
			for _, n := range []int{1, 3, 6, 15, 31, 33, 64, 70, 130} {
				for _, fill := range fillers {
					checkEscapePlaces(t, bytes.Repeat([]byte(fill), n)[:n], byte(c))
				}
			}
		}
	})
}

// checkEscapePlaces puts c to several places of plain.
func checkEscapePlaces(t *testing.T, plain []byte, c byte) {
	t.Helper()
	for at := 0; at < len(plain); at += 1 + at/4 {
		p := bytes.Clone(plain)
		p[at] = c
		checkEscape(t, p)
	}
}

func TestEscapeLengths(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(5, 6))
		for n := range 513 {
			room := make([]byte, 64+n)
			for align := range 64 {
				p := room[align : align+n]
				for i := range p {
					p[i] = "abcdefghijklmnopqrstuvwxyz0123456789 .,-:/"[r.IntN(42)]
				}
				if n > 0 && align%4 != 0 {
					p[r.IntN(n)] = randomText(r, 1)[0]
				}
				want := naiveEscape(p, 0)
				if got := EscapeIndex(p, 0); got != want {
					t.Fatalf("EscapeIndex(%q, 0) = %d, want %d", p, got, want)
				}
				if align%16 == 0 {
					checkEscape(t, p)
				}
			}
		}
	})
}

// A byte to stop at around the border between two windows, or none.
func TestEscapeWindows(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for _, at := range []int{0, window - 1, window, window + 1, 2 * window, 2*window + 8} {
			p := bytes.Repeat([]byte{'a'}, 2*window+9)
			p[at] = '"'
			checkEscape(t, p)
			checkEscape(t, p[:at])
		}
	})
}

func FuzzEscapeIndex(f *testing.F) {
	f.Add([]byte("plain text that is long enough for a block or two of any kernel <b>"))
	f.Add([]byte("caf\u00e9 \u2028 \xff"))
	f.Add([]byte(strings.Repeat("x", 63) + "\""))
	f.Fuzz(func(t *testing.T, p []byte) {
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkEscape(t, p)
		}
	})
}
