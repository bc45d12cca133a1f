package json

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/covetgo/covet/simd"
)

// text is the string whose bytes stand from a to b, between the quotes.
func (d *decoder) text(a, b int) (string, bool) {
	if d.suspect != 0 || a < d.flagBase {
		if f := d.flagged(a, b); f != 0 {
			return d.roughText(a, b, f)
		}
	}
	raw := memBytes(memAdd(d.src, uintptr(a)), b-a)
	if !d.shared {
		return string(raw), true
	}
	n := len(d.arena)
	if len(raw) > copyBlock || n+copyBlock > cap(d.arena) || a+copyBlock > d.size {
		return d.chunked(raw, a), true
	}
	memCopyBlock(memAdd(memOf(d.arena), uintptr(n)), memOf(raw))
	d.arena = d.arena[:n+len(raw)]
	return memString(d.arena[n:]), true
}

// bytes is text as bytes, which are valid until the next call.
func (d *decoder) bytes(a, b int) ([]byte, bool) {
	raw := memBytes(memAdd(d.src, uintptr(a)), b-a)
	f := d.flagged(a, b)
	if f == 0 || isPlain(raw, f) {
		return raw, true
	}
	var ok bool
	d.scratch, ok = unescape(d.scratch[:0], raw, f)
	return d.scratch, ok
}

// flagged returns the flags of the blocks from a to b that could make the string
// there differ from its bytes.
func (d *decoder) flagged(a, b int) byte {
	if a < d.flagBase {
		return simd.FlagEscape | simd.FlagNonASCII // the window's flags are gone
	}
	if d.suspect == 0 {
		return 0
	}
	x, y := uint(a-d.flagBase)/64, uint(b-d.flagBase)/64
	f := d.flags[y]
	for ; x < y; x++ {
		f |= d.flags[x]
	}
	return f & d.suspect
}

// plain is the string whose bytes a to b need no change.
func (d *decoder) plain(a, b int) string {
	raw := memBytes(memAdd(d.src, uintptr(a)), b-a)
	if d.shared {
		return d.chunked(raw, a)
	}
	return string(raw)
}

// arenaChunk is how many bytes of strings lie together, and arenaString is the
// longest string that lies in a chunk.
const (
	arenaChunk  = 8 << 10
	arenaString = 1 << 10
)

// chunked is a copy of b, which stands at pos, that may share a chunk with other
// strings.
func (d *decoder) chunked(b []byte, pos int) string {
	n := len(d.arena)
	if len(b) > cap(d.arena)-n {
		size := d.chunkSize(pos)
		if len(b) > min(size, arenaString) || len(b) < 2 {
			return string(b)
		}
		d.arena, n = make([]byte, 0, size), 0
	}
	d.arena = append(d.arena, b...)
	return memString(d.arena[n:])
}

// chunkSize is the size of a new chunk for the strings from pos on. The rest of a
// document is half keys and punctuation, so half of it has room for what is
// still to come; where keys are stored too it takes more.
func (d *decoder) chunkSize(pos int) int {
	rest := (d.size - pos) / 2
	if d.keys {
		rest += rest / 2
	}
	return min(arenaChunk, (rest+15)&^15)
}

// roughText is text for a string in blocks with the flags f.
func (d *decoder) roughText(a, b int, f byte) (string, bool) {
	raw := memBytes(memAdd(d.src, uintptr(a)), b-a)
	if isPlain(raw, f) {
		return d.plain(a, b), true
	}
	var ok bool
	if d.scratch, ok = unescape(d.scratch[:0], raw, f); !ok {
		return "", false
	}
	if d.shared {
		return d.chunked(d.scratch, a), true
	}
	return string(d.scratch), true
}

// anyText are the flags of a text that nothing is known of.
const anyText = simd.FlagEscape | simd.FlagNonASCII

// isPlain reports whether raw has no escapes and is UTF-8, as far as the flags f
// leave that open.
func isPlain(raw []byte, f byte) bool {
	return bytes.IndexByte(raw, '\\') < 0 && (f&simd.FlagNonASCII == 0 || simd.ValidUTF8(raw))
}

// validEscapes reports whether all backslashes in raw, which has no control
// characters, begin an escape.
func validEscapes(raw []byte) bool {
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			return true
		}
		n := escapeLen(raw[i:])
		if n == 0 {
			return false
		}
		raw = raw[i+n:]
	}
}

// escapeLen is the length of the escape that raw begins with, or 0.
func escapeLen(raw []byte) int {
	if len(raw) < 2 {
		return 0
	}
	if raw[1] == 'u' {
		if _, ok := hexRune(raw); ok {
			return 6
		}
		return 0
	}
	if escapedByte[raw[1]] != 0 {
		return 2
	}
	return 0
}

// escapedByte is what a backslash and a character stand for, or 0.
var escapedByte = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// hexRune reads \uXXXX.
func hexRune(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	h := hexDigit[raw[2]] | hexDigit[raw[3]] | hexDigit[raw[4]] | hexDigit[raw[5]]
	r := rune(hexDigit[raw[2]])<<12 | rune(hexDigit[raw[3]])<<8 | rune(hexDigit[raw[4]])<<4 | rune(hexDigit[raw[5]])
	return r, h < 16
}

// hexDigit is the value of a hexadecimal digit, and 16 for other bytes.
var hexDigit = func() (t [256]uint8) {
	for i := range t {
		t[i] = 16
	}
	for i, c := range []byte("0123456789abcdef") {
		t[c] = uint8(i)
	}
	for i, c := range []byte("ABCDEF") {
		t[c] = uint8(10 + i)
	}
	return t
}()

// unescape appends raw, the inside of a JSON string, to dst, with its escapes
// resolved. Half a surrogate pair, and each byte that is not UTF-8, becomes
// U+FFFD, as in encoding/json. It reports whether all escapes are right. f are
// the text's flags: without FlagNonASCII it is known to be UTF-8.
func unescape(dst, raw []byte, f byte) ([]byte, bool) {
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			i = len(raw)
		}
		switch {
		case i > 0 && f&simd.FlagNonASCII == 0:
			dst, raw = append(dst, raw[:i]...), raw[i:]
		case i > 0:
			dst, raw = appendValid(dst, raw[:i]), raw[i:]
		}
		if len(raw) == 0 {
			break
		}
		n := escapeLen(raw)
		if n == 0 {
			return dst, false
		}
		if n == 2 {
			dst, raw = append(dst, escapedByte[raw[1]]), raw[2:]
			continue
		}
		r, n := surrogates(raw)
		dst, raw = utf8.AppendRune(dst, r), raw[n:]
	}
	return dst, true
}

// surrogates reads \uXXXX, and a second one if the two are a surrogate pair, and
// returns how many bytes that took.
func surrogates(raw []byte) (rune, int) {
	r, _ := hexRune(raw)
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if low, ok := hexRune(raw[6:]); ok {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// appendValid appends raw with each byte that is not UTF-8 replaced.
func appendValid(dst, raw []byte) []byte {
	if simd.ValidUTF8(raw) {
		return append(dst, raw...)
	}
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		dst, raw = utf8.AppendRune(dst, r), raw[n:]
	}
	return dst
}
