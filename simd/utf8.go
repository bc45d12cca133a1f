package simd

import "unsafe"

// ValidUTF8 reports whether p is UTF-8 as [unicode/utf8.Valid] does: no overlong
// forms, no surrogates, nothing above U+10FFFF, no rune cut off at the end.
func ValidUTF8(p []byte) bool { return validUTF8(p) }

// ValidUTF8String is [ValidUTF8] for a string.
func ValidUTF8String(s string) bool { return validUTF8(bytesOf(s)) }

// bytesOf is s as bytes without a copy, for kernels, which do not write to it.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
