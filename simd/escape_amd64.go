//go:build !purego && !noasm

package simd

func escapeIndex(p []byte, e Escape) int {
	switch {
	case len(p) < 4:
	case len(p) > window:
		return escapeIndexLong(p, e)
	case useAVX512:
		return escapeIndexAVX512(&p[0], len(p), &escapeTables[e&3])
	case useAVX2:
		return escapeIndexAVX2(&p[0], len(p), &escapeTables[e&3])
	case useSSE:
		return escapeIndexSSE(&p[0], len(p), &escapeTables[e&3])
	}
	return escapeIndexGeneric(p, e)
}

// copyPlain's dst is as long as its src.
func copyPlain(dst, src []byte, e Escape) int {
	switch {
	case len(src) < 4:
	case len(src) > window:
		return copyPlainLong(dst, src, e)
	case useAVX512:
		return copyPlainAVX512(&dst[0], &src[0], len(src), &escapeTables[e&3])
	case useAVX2:
		return copyPlainAVX2(&dst[0], &src[0], len(src), &escapeTables[e&3])
	case useSSE:
		return copyPlainSSE(&dst[0], &src[0], len(src), &escapeTables[e&3])
	}
	return copyPlainGeneric(dst, src, e)
}
