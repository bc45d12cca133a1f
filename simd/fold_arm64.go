//go:build !purego && !noasm

package simd

//go:noescape
func equalFoldNEON(a, b *byte, n int) bool

// equalFold's a is at least 8 bytes, its b as long.
func equalFold(a, b []byte) bool {
	if len(a) < 32 || !useNEON {
		return equalFoldGeneric(a, b)
	}
	return equalFoldWindows(a, b)
}

func equalFoldWindow(a, b []byte) bool {
	if len(a) < 32 {
		return equalFoldGeneric(a, b)
	}
	return equalFoldNEON(&a[0], &b[0], len(a))
}
