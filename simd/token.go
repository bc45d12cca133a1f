package simd

// ValidToken reports whether p is a token: at least one byte, and all of them
// letters, digits or !#$%&'*+-.^_`|~ (RFC 9110 section 5.6.2). Field names and
// methods are tokens.
func ValidToken(p []byte) bool {
	if len(p) >= 16 {
		return validClass(p, tokenClass)
	}
	for _, c := range p {
		if refused[tokenClass][c] {
			return false
		}
	}
	return len(p) > 0
}

// ValidTokenString is [ValidToken] for a string.
func ValidTokenString(s string) bool { return ValidToken(bytesOf(s)) }

// ValidFieldValue reports whether p has only bytes that a field's value may have:
// HTAB, space, visible ASCII, and 0x80–0xFF (RFC 9110 section 5.5). Empty is valid;
// white space at the ends, which is no part of a value, is not looked for.
func ValidFieldValue(p []byte) bool {
	if len(p) >= 16 {
		return validClass(p, valueClass)
	}
	for _, c := range p {
		if refused[valueClass][c] {
			return false
		}
	}
	return true
}

// ValidFieldValueString is [ValidFieldValue] for a string.
func ValidFieldValueString(s string) bool { return ValidFieldValue(bytesOf(s)) }

// class is an index of refused and of classTables.
type class uint8

const (
	tokenClass class = iota
	valueClass
)

// isToken and isValue are the RFC's rules, from which the tables are made.
func isToken(c byte) bool {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		return true
	}
	for _, other := range []byte("!#$%&'*+-.^_`|~") {
		if c == other {
			return true
		}
	}
	return false
}

func isValue(c byte) bool { return c == '\t' || c >= ' ' && c != 0x7F }

// refused has the bytes that each class does not take.
var refused = func() (t [2][256]bool) {
	for c := range 256 {
		t[tokenClass][c] = !isToken(byte(c))
		t[valueClass][c] = !isValue(byte(c))
	}
	return t
}()
