package json

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/covetgo/covet/simd"
)

// Compact appends src without insignificant white space to dst. It fails with a
// [*SyntaxError] if src is not JSON, and leaves dst as it was.
func Compact(dst *bytes.Buffer, src []byte) error {
	dst.Grow(len(src))
	b, err := appendCompact(dst.AvailableBuffer(), src, false)
	dst.Write(b)
	return err
}

// Indent appends src to dst with each element of an object or array on a line of
// its own, which begins with prefix and one indent for each level. The first
// line has neither, so that the text can stand inside of other text. White space
// at the beginning of src is dropped, white space at its end is kept.
//
// It fails with a [*SyntaxError] if src is not JSON, and leaves dst as it was.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	dst.Grow(indentGrowth * len(src))
	b, err := appendIndent(dst.AvailableBuffer(), src, prefix, indent)
	dst.Write(b)
	return err
}

// indentGrowth is how many times longer a text mostly becomes at most.
const indentGrowth = 2

// HTMLEscape appends src to dst with <, >, &, U+2028 and U+2029 escaped, so that
// it can stand in a script element. src is taken to be JSON: only in strings can
// those characters occur.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	dst.Grow(len(src))
	dst.Write(appendHTMLEscaped(dst.AvailableBuffer(), src))
}

// appendHTMLEscaped appends src, escaped for HTML.
func appendHTMLEscaped(dst, src []byte) []byte {
	for {
		n := htmlIndex(src)
		dst = append(dst, src[:n]...)
		if src = src[n:]; len(src) == 0 {
			return dst
		}
		dst, n = appendHTML(dst, src)
		src = src[n:]
	}
}

// htmlIndex is the offset of the first byte of src that is <, >, & or 0xE2.
func htmlIndex(src []byte) int {
	i := 0
	for ; i+8 <= len(src); i += 8 {
		x := get64(memory(&src[i]), 0)
		// A difference may borrow from the next byte only where a byte was found.
		m := zeroBytes(x|2*ones^'>'*ones) | zeroBytes(x^'&'*ones) | zeroBytes(x^0xE2*ones)
		if m != 0 {
			break
		}
	}
	for ; i < len(src); i++ {
		if c := src[i]; c == '<' || c == '>' || c == '&' || c == 0xE2 {
			break
		}
	}
	return i
}

// zeroBytes is not zero if a byte of x is.
func zeroBytes(x uint64) uint64 { return (x - ones) &^ x & signs }

// appendHTML appends the escaped form of what src begins with, which htmlIndex
// found, and returns how many bytes of src that is.
func appendHTML(dst, src []byte) ([]byte, int) {
	c := src[0]
	if c < utf8.RuneSelf {
		return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xF]), 1
	}
	if len(src) >= 3 && src[1] == 0x80 && src[2]&^1 == 0xA8 {
		return append(dst, '\\', 'u', '2', '0', '2', hexDigits[src[2]&0xF]), 3
	}
	return append(dst, c), 1
}

// appendCompact appends src without white space to dst, escaped for HTML if html
// says so. On an error it returns dst.
func appendCompact(dst, src []byte, html bool) ([]byte, error) {
	r := reformatter{dst: dst, src: src, html: html}
	return r.compact()
}

// appendMarshaled is appendCompact for what a MarshalJSON method has written. In
// such text the later encoding/json escapes U+2028 and U+2029 in any case.
func appendMarshaled(dst, src []byte, html bool) ([]byte, error) {
	r := reformatter{dst: dst, src: src, html: html, separators: stdIsV2}
	return r.compact()
}

// compact is what both have in common.
func (r *reformatter) compact() ([]byte, error) {
	dst, src := r.dst, r.src
	if r.document() {
		return r.dst, nil
	}
	var buf bytes.Buffer
	if err := json.Compact(&buf, src); err != nil {
		return dst, err
	}
	if r.html {
		return appendHTMLEscaped(dst, buf.Bytes()), nil
	}
	return append(dst, buf.Bytes()...), nil
}

// appendIndent appends src, indented, to dst. On an error it returns dst.
func appendIndent(dst, src []byte, prefix, indent string) ([]byte, error) {
	r := reformatter{dst: dst, src: src, lines: true, prefix: prefix, indent: indent}
	if r.document() {
		return append(r.dst, r.src[r.pos:]...), nil
	}
	var buf bytes.Buffer
	if err := json.Indent(&buf, src, prefix, indent); err != nil {
		return dst, err
	}
	return append(dst, buf.Bytes()...), nil
}

// A reformatter checks a document and copies it with other white space. Whatever
// it does not like it leaves to encoding/json, whose error is then the right one.
type reformatter struct {
	dst, src []byte
	pos      int // in src
	depth    int
	html     bool
	lines    bool // one element a line

	separators bool // escape U+2028 and U+2029, which html does as well
	prefix     string
	indent     string
}

// document copies all of src, up to the white space behind the value.
func (r *reformatter) document() bool {
	if !r.value() {
		return false
	}
	end := r.pos
	r.space()
	ok := r.pos == len(r.src)
	r.pos = end
	return ok
}

// space steps over white space and returns the byte behind it, or 0 at the end.
func (r *reformatter) space() byte {
	for ; r.pos < len(r.src); r.pos++ {
		if c := r.src[r.pos]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
	}
	return 0
}

// value copies one value.
func (r *reformatter) value() bool {
	switch c := r.space(); c {
	case '"':
		return r.string()
	case '{':
		return r.container('}', true)
	case '[':
		return r.container(']', false)
	case 't':
		return r.literal("true")
	case 'f':
		return r.literal("false")
	case 'n':
		return r.literal("null")
	default:
		return r.number()
	}
}

func (r *reformatter) literal(text string) bool {
	if len(r.src)-r.pos < len(text) || textOf(r.src[r.pos:r.pos+len(text)]) != text {
		return false
	}
	r.dst = append(r.dst, text...)
	r.pos += len(text)
	return true
}

func (r *reformatter) number() bool {
	n := numberLength(r.src[r.pos:])
	r.dst = append(r.dst, r.src[r.pos:r.pos+n]...)
	r.pos += n
	return n > 0
}

// container copies an object or array, which end closes.
func (r *reformatter) container(end byte, object bool) bool {
	if r.depth++; r.depth > maxNesting {
		return false
	}
	r.dst = append(r.dst, r.src[r.pos])
	r.pos++
	if r.space() == end {
		return r.close(end)
	}
	for {
		r.newline()
		if object && !r.key() || !r.value() {
			return false
		}
		switch r.space() {
		case end:
			r.depth--
			r.newline()
			r.depth++
			return r.close(end)
		case ',':
			r.pos++
			r.dst = append(r.dst, ',')
		default:
			return false
		}
	}
}

// close copies the end of an object or array.
func (r *reformatter) close(end byte) bool {
	r.depth--
	r.pos++
	r.dst = append(r.dst, end)
	return true
}

// maxNesting is the depth from which encoding/json refuses a document.
const maxNesting = 10000

// key copies a key and its colon.
func (r *reformatter) key() bool {
	if r.space() != '"' || !r.string() || r.space() != ':' {
		return false
	}
	r.pos++
	r.dst = append(r.dst, ':')
	if r.lines {
		r.dst = append(r.dst, ' ')
	}
	return true
}

// newline begins a line, if there are lines.
func (r *reformatter) newline() {
	if !r.lines {
		return
	}
	r.dst = append(append(r.dst, '\n'), r.prefix...)
	for range r.depth {
		r.dst = append(r.dst, r.indent...)
	}
}

// string copies a string.
func (r *reformatter) string() bool {
	stop := simd.EscapeValid // invalid UTF-8 is copied as it is
	if r.html {
		stop |= simd.EscapeHTML
	}
	start, i := r.pos, r.pos+1
	for {
		i += simd.EscapeIndex(r.src[i:], stop)
		if i == len(r.src) {
			return false
		}
		switch c := r.src[i]; {
		case c == '"':
			r.pos = i + 1
			r.dst = append(r.dst, r.src[start:r.pos]...)
			return true
		case c == '\\':
			n := escapeLength(r.src[i:])
			if n == 0 {
				return false
			}
			i += n
		case c < ' ':
			return false
		case r.html || r.separators && c == 0xE2:
			r.dst = append(r.dst, r.src[start:i]...)
			var n int
			r.dst, n = appendHTML(r.dst, r.src[i:])
			i += n
			start = i
		default: // 0xE2
			i++
		}
	}
}

// escapeLength is the length of the escape sequence that src begins with, or 0.
func escapeLength(src []byte) int {
	if len(src) < 2 {
		return 0
	}
	switch src[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(src) >= 6 && isHex(src[2]) && isHex(src[3]) && isHex(src[4]) && isHex(src[5]) {
			return 6
		}
	}
	return 0
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// isNumber reports whether s is a JSON number.
func isNumber(s string) bool { return s != "" && numberLength(bytesIn(s)) == len(s) }

// numberLength is the length of the JSON number that src begins with, or 0. What
// follows it is not looked at.
func numberLength(src []byte) int {
	i := 0
	if i < len(src) && src[i] == '-' {
		i++
	}
	switch n := digitsLength(src[i:]); {
	case n == 0:
		return 0
	case src[i] == '0':
		i++
	default:
		i += n
	}
	if i < len(src) && src[i] == '.' {
		n := digitsLength(src[i+1:])
		if n == 0 {
			return 0
		}
		i += 1 + n
	}
	if i < len(src) && src[i]|0x20 == 'e' {
		i++
		if i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		n := digitsLength(src[i:])
		if n == 0 {
			return 0
		}
		i += n
	}
	return i
}

// digitsLength is how many digits src begins with.
func digitsLength(src []byte) int {
	for i, c := range src {
		if c < '0' || c > '9' {
			return i
		}
	}
	return len(src)
}
