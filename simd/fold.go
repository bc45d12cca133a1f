package simd

// EqualFold reports whether a and b are equal when A–Z and a–z are. All other bytes,
// those from 0x80 among them, are compared as they are: unlike [strings.EqualFold]
// it knows no letters outside ASCII, which is what the names of HTTP fields, tokens,
// hosts and schemes want ("K" and U+212A KELVIN SIGN are not equal).
func EqualFold(a, b []byte) bool {
	n := len(a)
	if n != len(b) {
		return false
	}
	if n >= 4 && n < 8 { // the first and the last four, side by side
		x, y := load32(a)|load32(a[n-4:])<<32, load32(b)|load32(b[n-4:])<<32
		return x == y || equalFold64(x, y)
	}
	if n < 8 {
		for i, c := range a {
			if lower[c] != lower[b[i]] {
				return false
			}
		}
		return true
	}
	// What differs mostly does so early.
	x, y := load64(a), load64(b)
	if x != y && !equalFold64(x, y) {
		return false
	}
	return n == 8 || equalFold(a, b)
}

// EqualFoldString is [EqualFold] for strings.
func EqualFoldString(a, b string) bool { return EqualFold(bytesOf(a), bytesOf(b)) }

// lower has a–z for A–Z, and every other byte itself.
var lower = func() (t [256]byte) {
	for c := range 256 {
		t[c] = byte(c)
		if c >= 'A' && c <= 'Z' {
			t[c] += 'a' - 'A'
		}
	}
	return t
}()
