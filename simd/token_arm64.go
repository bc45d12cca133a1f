//go:build !purego && !noasm

package simd

// validClass's p is at least 16 bytes.
func validClass(p []byte, t class) bool {
	switch {
	case len(p) > window:
		return validClassLong(p, t)
	case useNEON:
		return escapeIndexNEON(&p[0], len(p), classTables[t]) == len(p)
	}
	return validClassGeneric(p, t)
}
