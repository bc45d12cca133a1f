//go:build !purego && !noasm

package simd

// equalFold's a is at least 8 bytes, its b as long.
func equalFold(a, b []byte) bool {
	if len(a) < 32 || !useSSE {
		return equalFoldGeneric(a, b)
	}
	return equalFoldWindows(a, b)
}

func equalFoldWindow(a, b []byte) bool {
	switch {
	case len(a) < 32:
	case useAVX2:
		return equalFoldAVX2(&a[0], &b[0], len(a))
	case useSSE:
		return equalFoldSSE(&a[0], &b[0], len(a))
	}
	return equalFoldGeneric(a, b)
}
