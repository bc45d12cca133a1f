package simd

import "math/bits"

// stops has bit e set for the bytes that Escape e stops at.
var stops = func() (t [256]uint8) {
	const all, html, invalid = 0b1111, 0b1010, 0b0011
	for c := range 0x20 {
		t[c] = all
	}
	t['"'], t['\\'] = all, all
	t['<'], t['>'], t['&'] = html, html, html
	for c := 0x80; c <= 0xFF; c++ {
		t[c] = invalid
	}
	t[0xE2] = all
	return t
}()

// escapeIndexGeneric looks at eight bytes at a time, and at what is left over by
// the table.
func escapeIndexGeneric(p []byte, e Escape) int {
	i := 0
	for ; i+8 <= len(p); i += 8 {
		if m := suspects(load64(p[i:]), e); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for ; i < len(p); i++ {
		if stops[p[i]]>>(e&3)&1 != 0 {
			return i
		}
	}
	return i
}

// copyPlainGeneric copies src to dst, which is as long, up to the first byte that
// e stops at, and returns its offset.
func copyPlainGeneric(dst, src []byte, e Escape) int {
	n := escapeIndexGeneric(src, e)
	copy(dst, src[:n])
	return n
}

const (
	ones  = 0x0101_0101_0101_0101
	highs = 0x8080_8080_8080_8080
)

// load64 is the first eight bytes, the first lowest.
func load64(p []byte) uint64 {
	_ = p[7]
	return uint64(p[0]) | uint64(p[1])<<8 | uint64(p[2])<<16 | uint64(p[3])<<24 |
		uint64(p[4])<<32 | uint64(p[5])<<40 | uint64(p[6])<<48 | uint64(p[7])<<56
}

// suspects has the high bit set of every byte of x that e stops at, and of no
// other. The bytes are cut to seven bits first, so that no sum carries into the
// next byte: b+0x60 sets the high bit if b >= 0x20, b^c+0x7F if b is not c.
func suspects(x uint64, e Escape) uint64 {
	low := x &^ highs
	m := ^(low + 0x60*ones)              // b < 0x20
	m |= ^((low ^ '"'*ones) + 0x7F*ones) // zero has no carry into the high bit
	m |= ^((low ^ '\\'*ones) + 0x7F*ones)
	if e&EscapeHTML != 0 {
		m |= ^((low&^(2*ones) ^ '<'*ones) + 0x7F*ones) // '<' and '>' differ in one bit
		m |= ^((low ^ '&'*ones) + 0x7F*ones)
	}
	if e&EscapeValid != 0 {
		return m&^x&highs | x&highs & ^((low^0x62*ones)+0x7F*ones)
	}
	return (m | x) & highs
}
