package simd

// ValidToken reports whether p is a token: at least one byte, and all of them
// letters, digits or !#$%&'*+-.^_`|~ (RFC 9110 section 5.6.2). Field names and
// methods are tokens.
func ValidToken(p []byte) bool { return len(p) > 0 && validClass(p, tokenClass) }

// ValidTokenString is [ValidToken] for a string.
func ValidTokenString(s string) bool { return ValidToken(bytesOf(s)) }

// ValidFieldValue reports whether p has only bytes that a field's value may have:
// HTAB, space, visible ASCII, and 0x80–0xFF (RFC 9110 section 5.5). Empty is valid;
// white space at the ends, which is no part of a value, is not looked for.
func ValidFieldValue(p []byte) bool { return validClass(p, valueClass) }

// ValidFieldValueString is [ValidFieldValue] for a string.
func ValidFieldValueString(s string) bool { return validClass(bytesOf(s), valueClass) }

// class is an index of classTables and a bit of classBits.
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

// classBits has bit t of every byte that class t refuses.
var classBits = func() (bits [256]uint8) {
	for c := range 256 {
		if !isToken(byte(c)) {
			bits[c] |= 1 << tokenClass
		}
		if !isValue(byte(c)) {
			bits[c] |= 1 << valueClass
		}
	}
	return bits
}()

// validClassGeneric looks each byte up and asks once for four.
func validClassGeneric(p []byte, t class) bool {
	for len(p) >= 4 {
		if (classBits[p[0]]|classBits[p[1]]|classBits[p[2]]|classBits[p[3]])>>t&1 != 0 {
			return false
		}
		p = p[4:]
	}
	var bad uint8
	for _, c := range p {
		bad |= classBits[c]
	}
	return bad>>t&1 == 0
}
