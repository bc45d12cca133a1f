//go:build !purego && !noasm

package simd

func validUTF8(p []byte) bool { return validShort(p) }
