//go:build (amd64 || arm64) && !purego && !noasm

package simd

// escapeTables are, for each Escape, the classes of a byte's low nibble (16
// bytes) and of its high nibble (16 bytes), for the vector kernels: e stops at a
// byte if the two have a bit in common. (Geoff Langdale's lookup of two nibbles.)
//
//	bit 0   high 0, 1       low any      control characters
//	bit 1   high 2          low 2        '"', and 6, '&'
//	bit 2   high 3          low C, E     '<', '>'
//	bit 3   high 5          low C        '\\'
//	bit 4   high 8 … F      low any      not ASCII, or
//	        high E          low 2        0xE2 alone
var escapeTables = func() (t [4][32]byte) {
	for e := range t {
		lo, hi := t[e][:16], t[e][16:]
		hi[0], hi[1], hi[2], hi[3], hi[5] = 1, 1, 2, 4, 8
		for i := range lo {
			lo[i] = 1
		}
		lo[2] |= 2
		lo[0xC] |= 8
		if Escape(e)&EscapeHTML != 0 {
			lo[6] |= 2
			lo[0xC] |= 4
			lo[0xE] |= 4
		}
		if Escape(e)&EscapeValid != 0 {
			hi[0xE], lo[2] = 16, lo[2]|16
			continue
		}
		for i := range lo {
			lo[i] |= 16
		}
		for i := 8; i < 16; i++ {
			hi[i] = 16
		}
	}
	return t
}()
