//go:build purego || noasm || !(amd64 || arm64)

package simd

func validUTF8(p []byte) bool { return validShort(p) }
