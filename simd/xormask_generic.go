package simd

import "math/bits"

// xorMaskGeneric has key's lowest byte for p[0]. The last eight bytes overlap the
// others, so they are masked first and stored last.
func xorMaskGeneric(p []byte, key uint32) {
	n := len(p)
	if n < 8 {
		for i := range p {
			p[i] ^= byte(key)
			key = bits.RotateLeft32(key, -8)
		}
		return
	}
	k := uint64(key) | uint64(key)<<32
	end := p[n-8:]
	last := load64(end) ^ bits.RotateLeft64(k, -8*(n&3))
	for len(p) >= 32 {
		q := p[:32]
		store64(q, load64(q)^k)
		store64(q[8:], load64(q[8:])^k)
		store64(q[16:], load64(q[16:])^k)
		store64(q[24:], load64(q[24:])^k)
		p = p[32:]
	}
	for len(p) >= 8 {
		store64(p, load64(p)^k)
		p = p[8:]
	}
	store64(end, last)
}
