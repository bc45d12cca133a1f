package simd

import "slices"

// Escape says which bytes an encoder of JSON strings wants to see, beside those
// it always must: below 0x20, '"' and '\\'.
type Escape uint8

// The zero Escape also stops at every byte of 0x80 or more, because such bytes
// may be no UTF-8, or U+2028 or U+2029.
const (
	// EscapeHTML stops at '<', '>' and '&' as well.
	EscapeHTML Escape = 1 << iota

	// EscapeValid is for text known to be UTF-8 ([ValidUTF8]): of the bytes from
	// 0x80 it stops only at 0xE2, the first of U+2028 and U+2029 and of all of
	// U+2000–U+2FFF. A caller steps over one that is another rune's.
	EscapeValid
)

// EscapeIndex returns the offset of the first byte of p that e stops at, or
// len(p).
func EscapeIndex(p []byte, e Escape) int { return escapeIndex(p, e) }

// EscapeIndexString is [EscapeIndex] for a string.
func EscapeIndexString(s string, e Escape) int { return escapeIndex(bytesOf(s), e) }

// AppendPlain appends to dst the bytes of s before the first that e stops at,
// and returns dst and how many they were: EscapeIndexString and append in one
// pass. Bytes of dst's capacity beyond the result, up to len(dst)+len(s), may be
// overwritten; dst grows if it has not that room.
func AppendPlain(dst []byte, s string, e Escape) ([]byte, int) {
	if cap(dst)-len(dst) < len(s) {
		dst = slices.Grow(dst, len(s))
	}
	n := copyPlain(dst[len(dst):len(dst)+len(s)], bytesOf(s), e)
	return dst[:len(dst)+n], n
}
