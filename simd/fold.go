package simd

// EqualFold reports whether a and b are equal when A–Z and a–z are. All other bytes,
// those from 0x80 among them, are compared as they are: unlike [strings.EqualFold]
// it knows no letters outside ASCII, which is what the names of HTTP fields, tokens,
// hosts and schemes want ("K" and U+212A KELVIN SIGN are not equal).
func EqualFold(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	return equalFold(a, b)
}

// EqualFoldString is [EqualFold] for strings.
func EqualFoldString(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	return equalFold(bytesOf(a), bytesOf(b))
}
