//go:build !purego && !noasm

package simd

// validClass's p is at least 16 bytes.
func validClass(p []byte, t class) bool {
	switch {
	case len(p) > window:
		return validClassLong(p, t)
	case useAVX512:
		return escapeIndexAVX512(&p[0], len(p), classTables[t]) == len(p)
	case useAVX2:
		return escapeIndexAVX2(&p[0], len(p), classTables[t]) == len(p)
	case useSSE:
		return escapeIndexSSE(&p[0], len(p), classTables[t]) == len(p)
	}
	return validClassGeneric(p, t)
}
