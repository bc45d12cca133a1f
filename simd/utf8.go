package simd

import "unicode/utf8"

// ValidUTF8 reports whether p is UTF-8 as [unicode/utf8.Valid] does: no overlong
// forms, no surrogates, nothing above U+10FFFF, no rune cut off at the end.
func ValidUTF8(p []byte) bool { return validUTF8(p) }

// ValidUTF8String is [ValidUTF8] for a string.
func ValidUTF8String(s string) bool { return validUTF8(bytesOf(s)) }

// validShort is utf8.Valid with a first look at up to 16 bytes at once.
func validShort(p []byte) bool {
	n := len(p)
	if 8 <= n && n <= 16 && (load64(p)|load64(p[n-8:]))&highs == 0 {
		return true
	}
	return utf8.Valid(p)
}
