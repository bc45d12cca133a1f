package simd

import "math/bits"

// XORMask masks p in place as WebSocket does (RFC 6455 section 5.3): p[i] ^=
// key[(pos+i)&3]. It returns (pos+len(p))&3, the pos for what follows p in the same
// frame; a frame starts at 0. Masking twice restores p.
//
// Only the lowest two bits of pos count.
func XORMask(p []byte, key [4]byte, pos int) int {
	k := uint32(key[0]) | uint32(key[1])<<8 | uint32(key[2])<<16 | uint32(key[3])<<24
	xorMask(p, bits.RotateLeft32(k, -8*(pos&3)))
	return (pos + len(p)) & 3
}
