//go:build !purego && !noasm

package simd

// headRoom is how many free entries a kernel wants before each 64 bytes: complete
// lines are at least three bytes, and two entries are written beyond the last.
const headRoom = 24

// scanHead lets a kernel run as far as it can, which is to within headRoom lines of
// dst's end, and the twin take one block beyond that.
func scanHead(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	if !useSSE || len(head) < 16 {
		return scanHeadGeneric(dst, head, s)
	}
	for s.at < len(head) {
		if len(dst) >= s.lines+headRoom {
			s.before(head)
			if status := scanHeadKernel(dst, head, s); status != HeadFull {
				return status
			}
		}
		to := min(len(head), s.at+64)
		if status := scanHeadGeneric(dst, head[:to], s); status != HeadMore {
			return status
		}
	}
	return HeadMore
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
