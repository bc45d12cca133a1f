//go:build !purego && !noasm

package simd

//go:noescape
func xorMaskNEON(p *byte, n int, key uint32)

func xorMask(p []byte, key uint32) {
	if useNEON {
		for len(p) >= 64 {
			n := min(len(p), window) &^ 63
			xorMaskNEON(&p[0], n, key)
			p = p[n:]
		}
	}
	xorMaskGeneric(p, key)
}
