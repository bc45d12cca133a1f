package radix

import "math/bits"

// Segments are read eight bytes at a time (SWAR): one load gives the segment's
// first word and, in most paths, the place of the slash that ends it.

const (
	ones    = 0x0101010101010101
	highs   = 0x8080808080808080
	slashes = '/' * ones
	dots    = '.' * ones
)

// load64 reads s[i:i+8], little-endian. The compiler makes it one load.
func load64(s string, i int) uint64 {
	b := s[i:]
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// zeros marks the zero bytes of x with their high bit. The lowest mark is
// exact; a mark above it may be wrong, so only that one may be trusted.
func zeros(x uint64) uint64 { return (x - ones) &^ x & highs }

// wordOf is the first eight bytes of s, filled up with zeros.
func wordOf(s string) uint64 {
	n := len(s)
	switch {
	case n >= 8:
		return load64(s, 0)
	case n >= 4: // two halves that may overlap
		return load32(s, 0) | load32(s, n-4)<<(8*(n-4)&63)
	case n == 0:
		return 0
	}
	return uint64(s[0]) | uint64(s[n>>1])<<(8*(n>>1)) | uint64(s[n-1])<<(8*(n-1))
}

func load32(s string, i int) uint64 {
	b := s[i:]
	_ = b[3]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24
}

// slashAfter is the index of the first slash of s from i on, or its length.
func slashAfter(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		if m := zeros(load64(s, i) ^ slashes); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for ; i < len(s) && s[i] != '/'; i++ {
	}
	return i
}

// dotSegment reports whether s is empty, "." or "..".
func dotSegment(s string) bool {
	return s == "" || s[0] == '.' && (s == "." || s == "..")
}

// clean reports whether the path s, which begins with a slash, has neither
// empty nor dot segments before its end; that is, CleanPath(s) == s.
func clean(s string) bool {
	i := 0
	for ; i+9 <= len(s); i += 8 {
		next := load64(s, i+1)
		if zeros(load64(s, i)^slashes)&(zeros(next^slashes)|zeros(next^dots)) != 0 {
			return cleanFrom(s)
		}
	}
	for ; i+1 < len(s); i++ {
		if s[i] == '/' && (s[i+1] == '/' || s[i+1] == '.') {
			return cleanFrom(s)
		}
	}
	return true
}

// cleanFrom is clean for a path with a segment that is empty or begins with a
// dot.
func cleanFrom(s string) bool {
	for i := 0; i+1 < len(s); {
		end := slashAfter(s, i+1)
		if dotSegment(s[i+1 : end]) {
			return false
		}
		i = end
	}
	return true
}
