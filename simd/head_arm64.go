//go:build !purego && !noasm

package simd

func scanHead(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	return scanHeadGeneric(dst, head, s)
}
