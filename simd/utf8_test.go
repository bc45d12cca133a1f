package simd

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func checkUTF8(t *testing.T, p []byte) {
	t.Helper()
	want := utf8.Valid(p)
	if got := ValidUTF8(p); got != want {
		t.Fatalf("ValidUTF8(%q) = %v, want %v", p, got, want)
	}
	if got := ValidUTF8String(string(p)); got != want {
		t.Fatalf("ValidUTF8String(%q) = %v, want %v", p, got, want)
	}
}

// Sequences of up to four bytes that are near a border of what is allowed, inside
// blocks and across their borders and the end.
func TestUTF8Sequences(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		edges := []byte{0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF}
		p := bytes.Repeat([]byte{'a'}, 200)
		for _, a := range append([]byte{0xC5, 0xE1, 0xEC, 0xEE, 0xF1, 0xF3}, edges...) {
			for _, b := range edges {
				for _, c := range edges {
					for i, d := range edges {
						at := []int{0, 30, 62, 125, 196}[i%5]
						copy(p[at:], []byte{a, b, c, d})
						checkUTF8Quick(t, p)
						copy(p[at:], "aaaa")
					}
				}
			}
		}
	})
}

func checkUTF8Quick(t *testing.T, p []byte) {
	t.Helper()
	if got, want := ValidUTF8(p), utf8.Valid(p); got != want {
		t.Fatalf("ValidUTF8(%.999q) = %v, want %v", p, got, want)
	}
}

// Each kind of error, and what is just not one, at every place of texts of several
// lengths, in ASCII, which the kernels pass over, in text that is not, and in ASCII
// behind one letter that is not.
func TestUTF8Places(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for _, around := range []string{"a", "é", "漢", "é" + strings.Repeat("a", 210)} {
			for _, seq := range []string{
				"\x80", "\xC3", "\xC3\xC3", "\xC1\xBF", "\xC2\x80", "\xDF\xBF",
				"\xE0\x9F\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xED\xA0\x80", "\xEF\xBF", "\xEF\xBFa", "\xE1\x80\x80\x80",
				"\xF0\x8F\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF1\x80\x80", "\xF1\x80\x80a",
				"\xF1\x80\x80\x80\x80", "\xF5\x80\x80\x80", "\xF8\x80\x80\x80", "\xFF",
			} {
				for n := 3; n < 210; n += 1 + n/10 {
					text := bytes.Repeat([]byte(around), n)[:n]
					for at := 0; at < n; at++ {
						p := append(append(append([]byte(nil), text[:at]...), seq...), text[at:]...)
						checkUTF8Quick(t, p)
					}
				}
			}
		}
	})
}

// Valid text of every length, whole, cut off, and with one byte changed.
func TestUTF8Lengths(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 8))
		for n := range 513 {
			for range 16 {
				p := randomRunes(r, n)
				checkUTF8(t, p)
				if n > 0 {
					p[r.IntN(n)] ^= 1 << r.IntN(8)
				}
				checkUTF8(t, p)
			}
		}
	})
}

// A rune across the border between two windows, whole and broken.
func TestUTF8Windows(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for _, rune := range []string{"é", "漢", "\U0001F642", "\x80\x80\x80\x80\x80", "\xF0\x9F\x99", "\xC3"} {
			for at := window - 6; at <= window+1; at++ {
				p := bytes.Repeat([]byte{'a'}, 2*window+9)
				copy(p[at:], rune)
				checkUTF8Quick(t, p)
			}
		}
	})
}

// randomRunes is text of n bytes that ends inside a rune now and then.
func randomRunes(r *rand.Rand, n int) []byte {
	var p []byte
	limit := []rune{0x80, 0x800, 0x10000, 0x110000}[r.IntN(4)]
	for len(p) < n {
		p = utf8.AppendRune(p, r.Int32N(limit))
	}
	return p[:n]
}

func FuzzValidUTF8(f *testing.F) {
	f.Add([]byte("ascii only, and more than thirty-two bytes of it, so that a block is full"))
	f.Add([]byte("漢字かな交じり文は、漢字と仮名を交えて書く日本語の文章のことである。\xed\xa0\x80"))
	f.Add([]byte("\xf4\x90\x80\x80\xc0\xaf\xe0\x80\xaf"))
	f.Fuzz(func(t *testing.T, p []byte) {
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkUTF8(t, p)
		}
	})
}
