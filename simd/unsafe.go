package simd

import "unsafe"

// bytesOf is s as bytes without a copy, for kernels, which do not write to it.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
