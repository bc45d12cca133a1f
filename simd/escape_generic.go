package simd

import (
	"encoding/binary"
	"math/bits"
)

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

// escapeIndexGeneric looks at eight bytes at a time. The last eight may overlap
// those before: what is seen twice was found plain.
func escapeIndexGeneric(p []byte, e Escape) int {
	n := len(p)
	if n < 8 {
		return escapeIndexShort(p, e)
	}
	for i := 0; i < n-8; i += 8 {
		if m := suspects(load64(p[i:]), e); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	if m := suspects(load64(p[n-8:]), e); m != 0 {
		return n - 8 + bits.TrailingZeros64(m)/8
	}
	return n
}

// escapeIndexShort is for fewer than eight bytes: the first and the last four side
// by side, or each of up to three.
func escapeIndexShort(p []byte, e Escape) int {
	n := len(p)
	if n >= 4 {
		return shortIndex(suspects(load32(p)|load32(p[n-4:])<<32, e), n)
	}
	for i, c := range p {
		if stops[c]>>(e&3)&1 != 0 {
			return i
		}
	}
	return n
}

// shortIndex is where the first of m's bytes is: from the fifth on, they belong to
// the last four of n.
func shortIndex(m uint64, n int) int {
	if uint32(m) != 0 {
		return bits.TrailingZeros64(m) / 8
	}
	if m != 0 {
		return n - 8 + bits.TrailingZeros64(m)/8
	}
	return n
}

// copyPlainGeneric copies src to dst, which is as long, up to the first byte that
// e stops at, and returns its offset. What it writes behind that does not matter.
func copyPlainGeneric(dst, src []byte, e Escape) int {
	n := len(src)
	dst = dst[:n]
	if n < 8 {
		return copyPlainShort(dst, src, e)
	}
	for i := 0; i < n-8; i += 8 {
		x := load64(src[i:])
		store64(dst[i:], x)
		if m := suspects(x, e); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	x := load64(src[n-8:])
	store64(dst[n-8:], x)
	if m := suspects(x, e); m != 0 {
		return n - 8 + bits.TrailingZeros64(m)/8
	}
	return n
}

func copyPlainShort(dst, src []byte, e Escape) int {
	n := len(src)
	if n >= 4 {
		x, y := load32(src), load32(src[n-4:])
		store32(dst, x)
		store32(dst[n-4:], y)
		return shortIndex(suspects(x|y<<32, e), n)
	}
	for i, c := range src {
		if stops[c]>>(e&3)&1 != 0 {
			return i
		}
		dst[i] = c
	}
	return n
}

const (
	ones  = 0x0101_0101_0101_0101
	highs = 0x8080_8080_8080_8080
)

// load64 is the first eight bytes, the first lowest on every machine.
func load64(p []byte) uint64     { return binary.LittleEndian.Uint64(p) }
func store64(p []byte, x uint64) { binary.LittleEndian.PutUint64(p, x) }
func load32(p []byte) uint64     { return uint64(binary.LittleEndian.Uint32(p)) }
func store32(p []byte, x uint64) { binary.LittleEndian.PutUint32(p, uint32(x)) }

// suspects has the high bit set of every byte of x that e stops at, and of no
// other. The bytes are cut to seven bits first, so that no sum carries into the
// next byte: b+0x60 sets the high bit if b >= 0x20, b^c+0x7F if b is not c.
func suspects(x uint64, e Escape) uint64 {
	low := x &^ highs
	plain := (low + 0x60*ones) & ((low ^ '"'*ones) + 0x7F*ones) & ((low ^ '\\'*ones) + 0x7F*ones)
	if e&EscapeHTML != 0 {
		// '<' and '>' differ in one bit.
		plain &= ((low&^(2*ones) ^ '<'*ones) + 0x7F*ones) & ((low ^ '&'*ones) + 0x7F*ones)
	}
	if e&EscapeValid == 0 {
		return (^plain | x) & highs
	}
	e2 := ^((low ^ 0x62*ones) + 0x7F*ones)
	return (^plain&^x | x&e2) & highs
}
