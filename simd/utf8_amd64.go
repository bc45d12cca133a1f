//go:build !purego && !noasm

package simd

// validUTF8 leaves to the standard library what is too short for a register and
// the three bytes before it. 35 are the AVX2 kernel's least, 19 the SSE kernel's.
func validUTF8(p []byte) bool {
	switch {
	case len(p) > window:
		return validUTF8Long(p)
	case useAVX2 && len(p) >= 35:
		return validUTF8AVX2(&p[0], len(p)) && !cutOff(p)
	case useSSE && len(p) >= 19:
		return validUTF8SSE(&p[0], len(p)) && !cutOff(p)
	}
	return validShort(p)
}
