//go:build !purego && !noasm

package simd

import "math"

//go:noescape
func scanHeadNEON(dst *uint32, room int, src *byte, n int, s *int) int

// headMin is the shortest head that the kernel takes.
func headMin() int {
	if useNEON {
		return 64
	}
	return math.MaxInt
}

// scanHeadKernel's HeadFull is room for fewer than headRoom lines.
func scanHeadKernel(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	return HeadStatus(scanHeadNEON(&dst[0].Colon, len(dst), &head[0], len(head), &s.at))
}
