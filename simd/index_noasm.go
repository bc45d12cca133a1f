//go:build purego || noasm || !(amd64 || arm64)

package simd

func index(dst []uint32, flags []byte, src []byte, base uint32, s *IndexState) int {
	return indexGeneric(dst, flags, src, base, s)
}
