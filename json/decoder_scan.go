//go:build !(goexperiment.jsonv2 && go1.27)

package json

// A streamScanner finds the end of a value in a stream, and the first byte that
// can't be part of one: whatever comes in, it asks for no more bytes than
// encoding/json would. So it goes byte by byte, except in strings.
type streamScanner struct {
	state scanState
	key   bool   // the string is a key
	hex   int    // digits of an escape that are missing
	word  string // what is missing of a literal
	open  []byte // the brackets around
}

type scanState uint8

const (
	scanValue scanState = iota
	scanFirstElement
	scanFirstKey
	scanKey
	scanColon
	scanAfter // a value in an array or object
	scanString
	scanEscape
	scanHex
	scanWord
	scanMinus
	scanZero
	scanInt
	scanPoint
	scanFraction
	scanE
	scanExpSign
	scanExp
	scanEnd // a string or literal that is no part of anything
)

func (s *streamScanner) reset() { s.state, s.open = scanValue, s.open[:0] }

// ends reports whether the value is complete if nothing follows.
func (s *streamScanner) ends() bool {
	switch s.state {
	case scanZero, scanInt, scanFraction, scanExp:
		return len(s.open) == 0
	}
	return s.state == scanEnd
}

// scan reads on in b. It returns how much of b belongs to the value, whether the
// value is done, and whether all is well.
func (s *streamScanner) scan(b []byte) (n int, done, ok bool) {
	for n < len(b) {
		c := b[n]
		if s.state == scanString {
			n += s.inString(b[n:])
			if s.state == scanString && n < len(b) { // a control character
				return n, false, false
			}
			continue
		}
		if s.state >= scanMinus && !s.state.numberGoesOn(c) {
			s.endValue()
		}
		if s.state == scanEnd {
			return n, true, true
		}
		if !s.step(c) {
			return n, false, false
		}
		n++
		if s.state == scanEnd && (c == ']' || c == '}') {
			return n, true, true
		}
	}
	return n, false, true
}

// numberGoesOn reports whether c can be part of the number in state s, one in
// which it may also end.
func (s scanState) numberGoesOn(c byte) bool {
	switch s {
	case scanZero:
		return c == '.' || c|0x20 == 'e'
	case scanInt:
		return c-'0' < 10 || c == '.' || c|0x20 == 'e'
	case scanFraction:
		return c-'0' < 10 || c|0x20 == 'e'
	case scanExp:
		return c-'0' < 10
	}
	return true
}

// endValue takes the state behind a value.
func (s *streamScanner) endValue() {
	if s.state = scanAfter; len(s.open) == 0 {
		s.state = scanEnd
	}
}

// inString passes the bytes of a string up to its end, and returns how many. It
// stops before a control character.
func (s *streamScanner) inString(b []byte) int {
	for i, c := range b {
		switch {
		case c == '\\':
			s.state = scanEscape
			return i + 1
		case c < ' ':
			return i
		case c != '"':
		case s.key:
			s.state = scanColon
			return i + 1
		default:
			s.endValue()
			return i + 1
		}
	}
	return len(b)
}

// step takes a byte outside of the plain parts of strings, and reports whether
// it may stand there.
func (s *streamScanner) step(c byte) bool {
	switch s.state {
	case scanEscape:
		return s.escape(c)
	case scanHex:
		if s.hex--; s.hex == 0 {
			s.state = scanString
		}
		return hexDigit[c] < 16
	case scanWord:
		ok := c == s.word[0]
		if s.word = s.word[1:]; s.word == "" {
			s.endValue()
		}
		return ok
	}
	if s.state >= scanMinus {
		return s.number(c)
	}
	if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
		return true
	}
	return s.structure(c)
}

func (s *streamScanner) escape(c byte) bool {
	if s.state = scanString; c == 'u' {
		s.state, s.hex = scanHex, 4
		return true
	}
	return escapedByte[c] != 0
}

// structure takes a byte between values.
func (s *streamScanner) structure(c byte) bool {
	switch s.state {
	case scanValue:
		return s.value(c)
	case scanFirstElement:
		return c == ']' && s.close() || c != ']' && s.value(c)
	case scanFirstKey, scanKey:
		if c == '}' && s.state == scanFirstKey {
			return s.close()
		}
		s.state, s.key = scanString, true
		return c == '"'
	case scanColon:
		s.state = scanValue
		return c == ':'
	}
	open := s.open[len(s.open)-1]
	if c == open+2 {
		return s.close()
	}
	if s.state = scanValue; open == '{' {
		s.state = scanKey
	}
	return c == ','
}

func (s *streamScanner) close() bool {
	s.open = s.open[:len(s.open)-1]
	s.endValue()
	return true
}

// value takes the first byte of a value.
func (s *streamScanner) value(c byte) bool {
	switch {
	case c == '"':
		s.state, s.key = scanString, false
	case c == '{' || c == '[':
		s.open = append(s.open, c)
		if s.state = scanFirstElement; c == '{' {
			s.state = scanFirstKey
		}
		return len(s.open) <= maxNesting
	case c == '-':
		s.state = scanMinus
	case c == '0':
		s.state = scanZero
	case '1' <= c && c <= '9':
		s.state = scanInt
	case c == 't':
		s.state, s.word = scanWord, "rue"
	case c == 'f':
		s.state, s.word = scanWord, "alse"
	case c == 'n':
		s.state, s.word = scanWord, "ull"
	default:
		return false
	}
	return true
}

// number takes a byte of a number that goes on with it, or must.
func (s *streamScanner) number(c byte) bool {
	switch {
	case c == '.' && (s.state == scanZero || s.state == scanInt):
		s.state = scanPoint
		return true
	case c|0x20 == 'e' && s.state != scanMinus && s.state != scanPoint && s.state < scanE:
		s.state = scanE
		return true
	case s.state == scanE && (c == '+' || c == '-'):
		s.state = scanExpSign
		return true
	}
	switch s.state {
	case scanMinus:
		if s.state = scanInt; c == '0' {
			s.state = scanZero
		}
	case scanPoint:
		s.state = scanFraction
	case scanE, scanExpSign:
		s.state = scanExp
	}
	return c-'0' < 10
}
