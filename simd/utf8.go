package simd

import "unicode/utf8"

// ValidUTF8 reports whether p is UTF-8 as [unicode/utf8.Valid] does: no overlong
// forms, no surrogates, nothing above U+10FFFF, no rune cut off at the end.
func ValidUTF8(p []byte) bool { return validUTF8(p) }

// ValidUTF8String is [ValidUTF8] for a string.
func ValidUTF8String(s string) bool { return validUTF8(bytesOf(s)) }

// runeStart is the offset, at most three below at, where p may be cut without
// cutting a rune in two, if it is valid.
func runeStart(p []byte, at int) int {
	for i := at; i > at-4; i-- {
		if p[i]&0xC0 != 0x80 {
			return i
		}
	}
	return at
}

// cutOff reports whether p, of three bytes or more, ends inside a rune.
func cutOff(p []byte) bool {
	end := p[len(p)-3:]
	return end[0] >= 0xF0 || end[1] >= 0xE0 || end[2] >= 0xC0
}

// validShort is utf8.Valid with a first look at up to 16 bytes at once.
func validShort(p []byte) bool {
	n := len(p)
	if 8 <= n && n <= 16 && (load64(p)|load64(p[n-8:]))&highs == 0 {
		return true
	}
	return utf8.Valid(p)
}
