//go:build purego || noasm || !(amd64 || arm64)

package simd

func escapeIndex(p []byte, e Escape) int { return escapeIndexGeneric(p, e) }

func copyPlain(dst, src []byte, e Escape) int { return copyPlainGeneric(dst, src, e) }
