package simd

import "unicode/utf8"

func validUTF8(p []byte) bool { return utf8.Valid(p) }
