//go:build !purego && !noasm

package simd

func xorMask(p []byte, key uint32) {
	if len(p) < 64 || !useSSE {
		xorMaskGeneric(p, key)
		return
	}
	for len(p) > window {
		xorMaskWindow(p[:window], key)
		p = p[window:]
	}
	if len(p) < 64 {
		xorMaskGeneric(p, key)
		return
	}
	xorMaskWindow(p, key)
}

// xorMaskWindow's p is at least 64 bytes.
func xorMaskWindow(p []byte, key uint32) {
	switch {
	case useAVX512 && len(p) >= 256:
		xorMaskAVX512(&p[0], len(p), key)
	case useAVX2:
		xorMaskAVX2(&p[0], len(p), key)
	default:
		xorMaskSSE(&p[0], len(p), key)
	}
}
