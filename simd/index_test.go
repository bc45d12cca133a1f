package simd

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// naive is IndexJSON's documentation, a byte at a time.
type naive struct{ inString, escaped, scalar bool }

func (s *naive) index(src []byte, base uint32) (dst []uint32, flags []byte) {
	flags = make([]byte, (len(src)+63)/64)
	for i, c := range src {
		if s.next(c, &flags[i/64]) {
			dst = append(dst, base+uint32(i))
		}
	}
	return dst, flags
}

// next reports whether c's position is to be indexed.
func (s *naive) next(c byte, flags *byte) bool {
	quote := c == '"' && !s.escaped
	wasScalar := s.scalar
	s.escaped = c == '\\' && !s.escaped
	s.scalar = false
	if c == '\\' {
		*flags |= FlagEscape
	}
	if c >= 0x80 {
		*flags |= FlagNonASCII
	}
	switch {
	case quote:
		s.inString = !s.inString
		return true
	case s.inString:
		if c < 0x20 {
			*flags |= FlagControl
		}
		return false
	case strings.IndexByte("{}[]:,", c) >= 0:
		return true
	case strings.IndexByte(" \t\n\r", c) >= 0:
		return false
	}
	s.scalar = true
	return !wasScalar
}

// indexed runs IndexJSON into buffers full of rubbish.
func indexed(src []byte, base uint32, s *IndexState) ([]uint32, []byte) {
	dst := slices.Repeat([]uint32{0xDEADBEEF}, len(src)+IndexSlack)
	flags := bytes.Repeat([]byte{0xEE}, (len(src)+63)/64)
	n := IndexJSON(dst, flags, src, base, s)
	return dst[:n], flags
}

// checkIndex compares IndexJSON with naive for src as one window, and for
// windows cut at each of splits.
func checkIndex(t *testing.T, src []byte, splits ...int) {
	t.Helper()
	var want naive
	wantDst, wantFlags := want.index(src, 7)
	var s IndexState
	dst, flags := indexed(src, 7, &s)
	if !slices.Equal(dst, wantDst) || !bytes.Equal(flags, wantFlags) || s.InString() != want.inString {
		t.Fatalf("IndexJSON(%q) = %d, flags %d, in string %v; want %d, %d, %v",
			src, dst, flags, s.InString(), wantDst, wantFlags, want.inString)
	}
	for _, at := range splits {
		checkSplit(t, src, at, wantDst, wantFlags)
	}
}

// checkSplit cuts src at a byte.
func checkSplit(t *testing.T, src []byte, at int, wantDst []uint32, wantFlags []byte) {
	t.Helper()
	var s IndexState
	dst, flags := indexed(src[:at], 7, &s)
	dst2, flags2 := indexed(src[at:], 7+uint32(at), &s)
	if got := append(dst, dst2...); !slices.Equal(got, wantDst) {
		t.Fatalf("IndexJSON(%q) in windows of %d and %d = %d, want %d", src, at, len(src)-at, got, wantDst)
	}
	if got := append(flags, flags2...); at%64 == 0 && !bytes.Equal(got, wantFlags) {
		t.Fatalf("IndexJSON(%q) in windows of %d and %d: flags %d, want %d", src, at, len(src)-at, got, wantFlags)
	}
}

// alphabets are what random texts are made of; each is dense in something.
var alphabets = []string{
	"{}[]:,\"\\ \t\n\r1a\x00\x1f\x7f\x80\xff",
	"\\\"",
	"\\\\\\\\\\\\\\\\\"",
	"\"\" a",
	"\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"a",
	"abcdefgh \"",
	"1234567890.,-+eE[]",
	" \n\t\r\v\f\x1f!",
	"éü\u2028漢\"\\",
}

func randomText(r *rand.Rand, n int) []byte {
	from := alphabets[r.IntN(len(alphabets))]
	if r.IntN(8) == 0 { // all bytes
		from = ""
	}
	p := make([]byte, n)
	for i := range p {
		if from == "" {
			p[i] = byte(r.Uint32())
		} else {
			p[i] = from[r.IntN(len(from))]
		}
	}
	return p
}

// All lengths at all alignments, cut anywhere.
func TestIndexLengths(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for n := range 513 {
			room := make([]byte, 64+n)
			for align := range 64 {
				src := room[align : align+n]
				copy(src, randomText(r, n))
				checkIndex(t, src, r.IntN(n+1), n/64*64, r.IntN(n/64+1)*64)
			}
		}
	})
}

// Every byte at every place of a block, in and outside a string.
func TestIndexBytes(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for c := range 256 {
			for at := range 130 {
				src := bytes.Repeat([]byte{' '}, 130)
				src[at] = byte(c)
				checkIndex(t, src)
				src[0] = '"'
				checkIndex(t, src)
			}
		}
	})
}

// Runs of backslashes over block borders, in and outside strings.
func TestIndexBackslashes(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for start := range 70 {
			for n := range 140 {
				for _, first := range []string{" ", "\""} {
					src := []byte(first + strings.Repeat("a", start) +
						strings.Repeat("\\", n) + "\" , \"x\"")
					checkIndex(t, src, 1+start+n, (1+start+n)/64*64)
				}
			}
		}
	})
}

func TestIndexWindows(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		for _, n := range []int{window - 1, window, window + 1, 3*window + 17} {
			for range 10 {
				checkIndex(t, randomText(r, n), min(window, n), 64)
			}
		}
	})
}

// Positions are 32 bits, and wrap.
func TestIndexBase(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		src := bytes.Repeat([]byte("[1,\"two\",{}] "), 40)
		for _, base := range []uint32{0, 1 << 31, 1<<32 - 64, 1<<32 - 1} {
			var want naive
			wantDst, _ := want.index(src, base)
			var s IndexState
			if got, _ := indexed(src, base, &s); !slices.Equal(got, wantDst) {
				t.Errorf("IndexJSON(%q) from %d = %d, want %d", src, base, got, wantDst)
			}
		}
	})
}

func TestIndexPanics(t *testing.T) {
	for _, c := range []struct{ dst, flags, src int }{{64, 1, 1}, {IndexSlack - 1, 0, 0}, {128, 0, 64}, {129, 1, 65}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("IndexJSON took dst %d, flags %d for src %d", c.dst, c.flags, c.src)
				}
			}()
			var s IndexState
			IndexJSON(make([]uint32, c.dst), make([]byte, c.flags), make([]byte, c.src), 0, &s)
		}()
	}
}

func FuzzIndexJSON(f *testing.F) {
	f.Add([]byte(`{"a\\\"b":[1,true,null,"é"],"c":-1.5e3}`), 20)
	f.Add([]byte(strings.Repeat(`\`, 127)+`"`), 64)
	f.Add([]byte(strings.Repeat(`["\u2028",`, 30)), 128)
	f.Add([]byte(" \t\n\r\x00\x1f\""), 3)
	f.Fuzz(func(t *testing.T, src []byte, at int) {
		at = min(max(at, 0), len(src))
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkIndex(t, src, at)
		}
	})
}
