//go:build !purego && !noasm

package simd

//go:noescape
func indexNEON(dst *uint32, flags, src *byte, n int, base uint32, s *uint64) int

func index(dst []uint32, flags []byte, src []byte, base uint32, s *IndexState) int {
	switch {
	case len(src) == 0:
		return 0
	case useNEON && len(src) >= 16:
		return indexNEON(&dst[0], &flags[0], &src[0], len(src), base, &s.inString)
	}
	return indexGeneric(dst, flags, src, base, s)
}
