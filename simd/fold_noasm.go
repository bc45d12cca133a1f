//go:build purego || noasm || !(amd64 || arm64)

package simd

func equalFold(a, b []byte) bool { return equalFoldGeneric(a, b) }
