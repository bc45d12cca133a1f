//go:build !purego && !noasm

package simd

func xorMask(p []byte, key uint32) {
	if len(p) < 128 || !useSSE {
		xorMaskGeneric(p, key)
		return
	}
	for len(p) > window {
		xorMaskWindow(p[:window], key)
		p = p[window:]
	}
	if len(p) < 128 {
		xorMaskGeneric(p, key)
		return
	}
	xorMaskWindow(p, key)
}

// xorMaskWindow's p is at least 128 bytes.
func xorMaskWindow(p []byte, key uint32) {
	if useAVX2 {
		xorMaskAVX2(&p[0], len(p), key)
	} else {
		xorMaskSSE(&p[0], len(p), key)
	}
}
