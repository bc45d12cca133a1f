//go:build purego || noasm || !(amd64 || arm64)

package simd

func detect() []string { return nil }

func enable(string) {}
