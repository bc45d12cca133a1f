//go:build purego || noasm || !(amd64 || arm64)

package simd

func scanHead(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	return scanHeadGeneric(dst, head, s)
}
