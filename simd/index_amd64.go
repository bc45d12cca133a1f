//go:build !purego && !noasm

package simd

func index(dst []uint32, flags []byte, src []byte, base uint32, s *IndexState) int {
	switch {
	case len(src) == 0:
		return 0
	case useAVX512:
		return indexAVX512(&dst[0], &flags[0], &src[0], len(src), base, &s.inString)
	case useAVX2 && len(src) >= 16:
		return indexAVX2(&dst[0], &flags[0], &src[0], len(src), base, &s.inString)
	case useSSE && len(src) >= 24:
		return indexSSE(&dst[0], &flags[0], &src[0], len(src), base, &s.inString)
	}
	return indexGeneric(dst, flags, src, base, s)
}
