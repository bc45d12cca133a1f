//go:build !purego && !noasm

package simd

//go:noescape
func escapeIndexNEON(src *byte, n int, t *[32]byte) int

//go:noescape
func copyPlainNEON(dst, src *byte, n int, t *[32]byte) int

func escapeWindow(p []byte, e Escape) int {
	if useNEON && len(p) >= 4 {
		return escapeIndexNEON(&p[0], len(p), &escapeTables[e&3])
	}
	return escapeIndexGeneric(p, e)
}

// copyWindow's dst is as long as its src.
func copyWindow(dst, src []byte, e Escape) int {
	if useNEON && len(src) >= 4 {
		return copyPlainNEON(&dst[0], &src[0], len(src), &escapeTables[e&3])
	}
	return copyPlainGeneric(dst, src, e)
}
