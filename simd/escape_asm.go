//go:build (amd64 || arm64) && !purego && !noasm

package simd

// escapeIndex splits what is longer than a window, for the kernels; so does
// copyPlain.
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
