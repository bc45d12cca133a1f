package json

import (
	"encoding/base64"
	"encoding/json"
	"unicode/utf8"

	"github.com/covetgo/covet/simd"
)

const (
	ones  = 0x0101_0101_0101_0101
	signs = 0x8080_8080_8080_8080
)

// notPlain is not zero if one of the eight bytes of x needs a closer look: it is
// below 0x20, a quotation mark, a backslash, or not ASCII. As long as no byte
// does, no difference here borrows from the next byte.
func notPlain(x uint64) uint64 {
	return (x | (x - 0x20*ones) | ((x ^ '"'*ones) - ones) | ((x ^ '\\'*ones) - ones)) & signs
}

// notPlainHTML is the same for <, > and & as well. < and > differ in one bit, and
// so do " and &.
func notPlainHTML(x uint64) uint64 {
	return (x | (x - 0x20*ones) | ((x | 4*ones ^ '&'*ones) - ones) |
		((x | 2*ones ^ '>'*ones) - ones) | ((x ^ '\\'*ones) - ones)) & signs
}

// string appends s as a JSON string.
func (e *encoder) string(b []byte, s string) []byte {
	b = room(b, len(s)+2+roomSlack)
	put8(end(b), 0, '"')
	b = extend(b, 1)
	stop := simd.Escape(0)
	if e.html {
		stop = simd.EscapeHTML
	}
	if len(s) <= 16 {
		if putShort(end(b), textAt(s), len(s), e.html) {
			return extend(b, len(s)+1)
		}
		return appendText(b, s, stop)
	}
	b, n := simd.AppendPlain(b, s, stop)
	if n == len(s) {
		put8(end(b), 0, '"')
		return extend(b, 1)
	}
	return appendText(b, s[n:], stop)
}

// putShort writes the n bytes at s, at most 16, and a quotation mark to p, if
// they are plain.
func putShort(p, s memory, n int, html bool) bool {
	var first, last uint64 // they overlap
	switch {
	case n >= 8:
		first, last = get64(s, 0), get64(s, n-8)
		put64(p, 0, first)
		put64(p, n-8, last)
	case n >= 4:
		first = uint64(get32(s, 0)) | uint64(get32(s, n-4))<<(8*(n-4)) | spaces<<(8*n)
		last = first
		put64(p, 0, first)
	case n > 0:
		first = uint64(get8(s, 0)) | uint64(get8(s, n>>1))<<(8*(n>>1)) | uint64(get8(s, n-1))<<(8*(n-1)) | spaces<<(8*n)
		last = first
		put64(p, 0, first)
	default:
		put8(p, 0, '"')
		return true
	}
	put8(p, n, '"')
	if html {
		return notPlainHTML(first)|notPlainHTML(last) == 0
	}
	return notPlain(first)|notPlain(last) == 0
}

// spaces is plain and fills up what a short string leaves of eight bytes.
const spaces uint64 = ' ' * ones

// appendText appends s, escaped, and a quotation mark. What needs no escaping is
// copied in one go up to the next byte that does. Bytes that are not ASCII are
// checked for UTF-8 once, all that are left of them.
func appendText(b []byte, s string, stop simd.Escape) []byte {
	for {
		b = room(b, len(s)+roomSlack)
		var n int
		if b, n = simd.AppendPlain(b, s, stop); n == len(s) {
			return append(b, '"')
		}
		s = s[n:]
		switch {
		case s[0] < utf8.RuneSelf:
			b = appendEscape(b, s[0])
			s = s[1:]
		case stop&simd.EscapeValid != 0:
			n := symbolsLength(s)
			b = append(b, s[:n]...)
			if s = s[n:]; n == 0 {
				b = appendSeparator(b, s)
				s = s[3:]
			}
		case simd.ValidUTF8String(s):
			stop |= simd.EscapeValid
		default:
			return appendRunes(b, s, stop)
		}
	}
}

// symbolsLength is how many bytes of s, which is UTF-8, are runes that begin with
// 0xE2 and are neither U+2028 nor U+2029: quotation marks, dashes, arrows, boxes,
// which often stand together.
func symbolsLength(s string) int {
	i := 0
	for i+2 < len(s) && s[i] == 0xE2 && (s[i+1] != 0x80 || s[i+2]&^1 != 0xA8) {
		i += 3
	}
	return i
}

// appendSeparator appends the first rune of s, which takes three bytes, and
// escapes it if it is U+2028 or U+2029: JavaScript once took them for line ends.
func appendSeparator(b []byte, s string) []byte {
	if s[1] == 0x80 && s[2]&^1 == 0xA8 {
		return append(b, '\\', 'u', '2', '0', '2', hexDigits[s[2]&0xF])
	}
	return append(b, s[:3]...)
}

// replacement is what encoding/json writes for a byte that is not UTF-8: U+FFFD,
// escaped or, from Go 1.27 on, as it is.
var replacement = func() string {
	b, err := json.Marshal("\xff")
	if err != nil {
		return `\ufffd`
	}
	return string(b[1 : len(b)-1])
}()

// appendRunes appends s, which is not all UTF-8, rune by rune, and a quotation
// mark.
func appendRunes(b []byte, s string, stop simd.Escape) []byte {
	for len(s) > 0 {
		if s[0] < utf8.RuneSelf {
			n := simd.EscapeIndexString(s, stop)
			b = append(b, s[:n]...)
			if s = s[n:]; s != "" && s[0] < utf8.RuneSelf {
				b = appendEscape(room(b, 8+roomSlack), s[0])
				s = s[1:]
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(b, replacement...)
		case n == 3:
			b = appendSeparator(b, s)
		default:
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// escapes has the escaped form of each ASCII byte that has one, the first
// character lowest, and its length in the highest byte.
var escapes = func() (t [utf8.RuneSelf]uint64) {
	for c := range t {
		t[c] = packEscape(`\u00` + string(hexDigits[c>>4]) + string(hexDigits[c&0xF]))
	}
	for c, text := range map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`} {
		t[c] = packEscape(text)
	}
	return t
}()

func packEscape(text string) uint64 {
	v := uint64(len(text)) << 56
	for i := range len(text) {
		v |= uint64(text[i]) << (8 * i)
	}
	return v
}

// appendEscape appends the escaped form of c. b has room for 8 bytes.
func appendEscape(b []byte, c byte) []byte {
	v := escapes[c&0x7F]
	put64(end(b), 0, v)
	return extend(b, int(v>>56))
}

// number appends the text of a Number.
func (e *encoder) number(b []byte, s string) []byte {
	if s == "" {
		s = "0" // the zero Number
	}
	if !isNumber(s) {
		e.fail(errNumber(s))
	}
	return append(b, s...)
}

// quotedString appends s as a JSON string inside of a JSON string.
func (e *encoder) quotedString(b []byte, s string) []byte {
	inner := e.string(nil, s)
	html := e.html
	e.html = false // what there was to escape is escaped
	b = e.string(b, textOf(inner))
	e.html = html
	return b
}

// appendBase64 appends data as a string, or null for nil.
func appendBase64(b, data []byte) []byte {
	if data == nil {
		return appendNull(b)
	}
	b = append(b, '"')
	b = base64.StdEncoding.AppendEncode(b, data)
	return append(b, '"')
}
