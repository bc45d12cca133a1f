//go:build !purego && !noasm

package simd

func escapeIndex(p []byte, e Escape) int {
	at := 0
	for len(p) > window {
		if n := escapeWindow(p[:window], e); n < window {
			return at + n
		}
		p, at = p[window:], at+window
	}
	return at + escapeWindow(p, e)
}

func escapeWindow(p []byte, e Escape) int {
	switch {
	case len(p) < 4:
	case useAVX512:
		return escapeIndexAVX512(&p[0], len(p), &escapeTables[e&3])
	case useAVX2:
		return escapeIndexAVX2(&p[0], len(p), &escapeTables[e&3])
	case useSSE:
		return escapeIndexSSE(&p[0], len(p), &escapeTables[e&3])
	}
	return escapeIndexGeneric(p, e)
}

func copyPlain(dst, src []byte, e Escape) int {
	at := 0
	for len(src) > window {
		if n := copyWindow(dst[:window], src[:window], e); n < window {
			return at + n
		}
		dst, src, at = dst[window:], src[window:], at+window
	}
	return at + copyWindow(dst, src, e)
}

// copyWindow's dst is as long as its src.
func copyWindow(dst, src []byte, e Escape) int {
	switch {
	case len(src) < 4:
	case useAVX512:
		return copyPlainAVX512(&dst[0], &src[0], len(src), &escapeTables[e&3])
	case useAVX2:
		return copyPlainAVX2(&dst[0], &src[0], len(src), &escapeTables[e&3])
	case useSSE:
		return copyPlainSSE(&dst[0], &src[0], len(src), &escapeTables[e&3])
	}
	return copyPlainGeneric(dst, src, e)
}
