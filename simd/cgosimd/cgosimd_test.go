//go:build covet_cgo && cgo

package cgosimd_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/covetgo/covet/internal/guard"
	"github.com/covetgo/covet/simd"
	"github.com/covetgo/covet/simd/cgosimd"
)

// The kernels of package simd at its level (run with COVET_SIMD set to see others)
// and the C ones are each other's oracle.

func check(t *testing.T, src []byte, at int) {
	t.Helper()
	checkIndex(t, src, at)
	for e := simd.Escape(0); e < 4; e++ {
		got, want := cgosimd.EscapeIndex(src, e), simd.EscapeIndex(src, e)
		if got != want {
			t.Fatalf("EscapeIndex(%q, %d): C %d, %s %d", src, e, got, simd.Level(), want)
		}
		dst, n := cgosimd.AppendPlain([]byte("head"), string(src), e)
		if n != want || string(dst) != "head"+string(src[:want]) {
			t.Fatalf("AppendPlain(head, %q, %d): C %q, %d; want %d", src, e, dst, n, want)
		}
		if got := cgosimd.EscapeIndexString(string(src), e); got != want {
			t.Fatalf("EscapeIndexString(%q, %d): C %d, %s %d", src, e, got, simd.Level(), want)
		}
	}
	if got, want := cgosimd.ValidUTF8String(string(src)), simd.ValidUTF8(src); got != want {
		t.Fatalf("ValidUTF8(%q): C %v, %s %v", src, got, simd.Level(), want)
	}
}

// checkIndex has both kernels index src in two windows.
func checkIndex(t *testing.T, src []byte, at int) {
	t.Helper()
	var c cgosimd.IndexState
	var s simd.IndexState
	for i, w := range [][]byte{src[:at], src[at:]} {
		base := uint32(at * i)
		dst, want := make([]uint32, len(w)+simd.IndexSlack), make([]uint32, len(w)+simd.IndexSlack)
		flags, wantFlags := make([]byte, (len(w)+63)/64), make([]byte, (len(w)+63)/64)
		dst = dst[:cgosimd.IndexJSON(dst, flags, w, base, &c)]
		want = want[:simd.IndexJSON(want, wantFlags, w, base, &s)]
		if !slices.Equal(dst, want) || !bytes.Equal(flags, wantFlags) || c.InString() != s.InString() {
			t.Fatalf("IndexJSON(%q), window %d at %d: C %d, flags %d, in string %v; %s %d, %d, %v",
				src, i, at, dst, flags, c.InString(), simd.Level(), want, wantFlags, s.InString())
		}
	}
}

// All lengths, all alignments, against a forbidden page on either side.
func TestAgainstSIMD(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	g := guard.New(512 + 64)
	defer g.Close()
	alphabets := []string{"{}[]:,\"\\ \t\n\r1a\x00\x1f\x7f\x80\xff<>&", "\\\"", "abcdefgh \"", "éü\u2028漢\U0001F642", "plain text, and more "}
	for n := range 513 {
		for align := range 64 {
			src := g.Back(n + align)[:n]
			if align == 63 {
				src = g.Front(n)
			}
			from := alphabets[r.IntN(len(alphabets))]
			for i := range src {
				src[i] = from[r.IntN(len(from))]
			}
			if align%2 == 0 {
				copy(src, strings.Repeat(from, n/len(from)+1)) // valid, up to the end
			}
			check(t, src, r.IntN(n+1))
		}
	}
}

func FuzzAgainstSIMD(f *testing.F) {
	f.Add([]byte(`{"a\\\"b":[1,true,null,"é"],"c":-1.5e3}`), 20)
	f.Add([]byte(strings.Repeat(`\`, 127)+`"`), 64)
	f.Add([]byte("漢字 \xed\xa0\x80 \xf4\x90\x80\x80 <b>"), 3)
	f.Fuzz(func(t *testing.T, src []byte, at int) { check(t, src, min(max(at, 0), len(src))) })
}

func BenchmarkEmpty(b *testing.B) {
	for b.Loop() {
		cgosimd.Empty()
	}
}

// BenchmarkIndexJSON has both, from a key's length to a window's.
func BenchmarkIndexJSON(b *testing.B) {
	text := []byte(strings.Repeat(`{"id":1234,"name":"Ada Lovelace","tags":["a","b"],"ok":true},`, 1100))
	for _, n := range []int{64, 300, 1 << 10, 4 << 10, 64 << 10} {
		src, dst, flags := text[:n], make([]uint32, n+simd.IndexSlack), make([]byte, n/64+1)
		b.Run(fmt.Sprintf("C/%d", n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				var s cgosimd.IndexState
				cgosimd.IndexJSON(dst, flags, src, 0, &s)
			}
		})
		b.Run(fmt.Sprintf("%s/%d", simd.Level(), n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				var s simd.IndexState
				simd.IndexJSON(dst, flags, src, 0, &s)
			}
		})
	}
}

// BenchmarkEscapeIndex likewise.
func BenchmarkEscapeIndex(b *testing.B) {
	text := bytes.Repeat([]byte("It is sufficient for the text. "), 2200)
	for _, n := range []int{16, 64, 300, 4 << 10, 64 << 10} {
		b.Run(fmt.Sprintf("C/%d", n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				cgosimd.EscapeIndex(text[:n], simd.EscapeHTML)
			}
		})
		b.Run(fmt.Sprintf("%s/%d", simd.Level(), n), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				simd.EscapeIndex(text[:n], simd.EscapeHTML)
			}
		})
	}
}

func Example() {
	src := []byte(`{"id":7}`)
	dst := make([]uint32, len(src)+simd.IndexSlack)
	var s cgosimd.IndexState
	n := cgosimd.IndexJSON(dst, make([]byte, 1), src, 0, &s)
	fmt.Println(dst[:n], cgosimd.ValidUTF8(src))
	// Output: [0 1 4 5 6 7] true
}
