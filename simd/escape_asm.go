//go:build (amd64 || arm64) && !purego && !noasm

package simd

// escapeIndexLong is escapeIndex for more than a window.
func escapeIndexLong(p []byte, e Escape) int {
	at := 0
	for ; len(p)-at > window; at += window {
		if n := escapeIndex(p[at:at+window], e); n < window {
			return at + n
		}
	}
	return at + escapeIndex(p[at:], e)
}

// copyPlainLong is copyPlain for more than a window.
func copyPlainLong(dst, src []byte, e Escape) int {
	at := 0
	for ; len(src)-at > window; at += window {
		if n := copyPlain(dst[at:at+window], src[at:at+window], e); n < window {
			return at + n
		}
	}
	return at + copyPlain(dst[at:], src[at:], e)
}
