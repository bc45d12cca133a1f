//go:build !purego && !noasm

package simd

//go:noescape
func escapeIndexNEON(src *byte, n int, t *[32]byte) int

//go:noescape
func copyPlainNEON(dst, src *byte, n int, t *[32]byte) int

func escapeIndex(p []byte, e Escape) int {
	switch {
	case len(p) < 4:
	case len(p) > window:
		return escapeIndexLong(p, e)
	case useNEON:
		return escapeIndexNEON(&p[0], len(p), &escapeTables[e&3])
	}
	return escapeIndexGeneric(p, e)
}

// copyPlain's dst is as long as its src.
func copyPlain(dst, src []byte, e Escape) int {
	switch {
	case len(src) < 4:
	case len(src) > window:
		return copyPlainLong(dst, src, e)
	case useNEON:
		return copyPlainNEON(&dst[0], &src[0], len(src), &escapeTables[e&3])
	}
	return copyPlainGeneric(dst, src, e)
}
