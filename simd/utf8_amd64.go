//go:build !purego && !noasm

package simd

func validUTF8(p []byte) bool {
	for useSSE && len(p) > window {
		cut := runeStart(p, window)
		if !validWindow(p[:cut]) {
			return false
		}
		p = p[cut:]
	}
	return validWindow(p)
}

// validWindow leaves to the standard library what is too short for a register and
// the three bytes before it. 35 are the AVX2 kernel's least, 19 the SSE kernel's.
func validWindow(p []byte) bool {
	switch {
	case useAVX2 && len(p) >= 35:
		return validUTF8AVX2(&p[0], len(p)) && !cutOff(p)
	case useSSE && len(p) >= 19:
		return validUTF8SSE(&p[0], len(p)) && !cutOff(p)
	}
	return validShort(p)
}
