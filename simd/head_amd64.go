//go:build !purego && !noasm

package simd

import "math"

// headMin is the shortest head that a kernel takes.
func headMin() int {
	if useSSE {
		return 16
	}
	return math.MaxInt
}

// scanHeadKernel's HeadFull is room for fewer than headRoom lines.
func scanHeadKernel(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	switch {
	case useAVX512:
		return HeadStatus(scanHeadAVX512(&dst[0].Colon, len(dst), &head[0], len(head), &s.at))
	case useAVX2:
		return HeadStatus(scanHeadAVX2(&dst[0].Colon, len(dst), &head[0], len(head), &s.at))
	}
	return HeadStatus(scanHeadSSE(&dst[0].Colon, len(dst), &head[0], len(head), &s.at))
}
