//go:build (amd64 || arm64) && !purego && !noasm

package simd

// headRoom is how many free entries a kernel wants before each 64 bytes: complete
// lines are at least three bytes, and an entry is written beyond the last.
const headRoom = 24

// scanHead lets a kernel run as far as it can, which is to within headRoom lines of
// dst's end, and the twin take one block beyond that.
func scanHead(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	if len(head) < headMin() {
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
