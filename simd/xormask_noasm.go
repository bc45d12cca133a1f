//go:build purego || noasm || !(amd64 || arm64)

package simd

func xorMask(p []byte, key uint32) { xorMaskGeneric(p, key) }
