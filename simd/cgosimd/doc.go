// Package cgosimd is package simd's kernels once more, in C: plain C and GCC's
// vector extensions, which a C compiler turns into the vector instructions of any
// processor that it knows. It exists for three uses:
//
//   - as an oracle: it was written from the documentation of simd, by other ways
//     than the assembly and the Go twins, and its tests compare all of them;
//   - for processors that simd has no assembly for (riscv64, ppc64le, s390x),
//     where it may beat the Go twins on long texts;
//   - to measure what calling C costs.
//
// It is empty unless the tag covet_cgo is set and cgo works:
//
//	go test -tags covet_cgo ./simd/cgosimd
//	CGO_CFLAGS='-O3 -march=native' go test -tags covet_cgo -bench . ./simd/cgosimd
//
// The functions have the names and meaning of simd's. Each call crosses from Go to
// C, which took 29 ns where a whole EscapeIndex of 64 bytes in assembly took 6, so
// nothing of covet uses it by default: see docs/simd.md for when it pays.
package cgosimd
