//go:build purego || noasm || !(amd64 || arm64)

package simd

func validClass(p []byte, t class) bool { return validClassGeneric(p, t) }
