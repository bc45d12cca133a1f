//go:build !purego && !noasm

package simd

import "github.com/klauspost/cpuid/v2"

// Each level includes those below it, so a kernel asks for the best that it has
// a variant for: if useAVX512 {…} if useAVX2 {…} if useSSE {…} generic.
var useAVX512, useAVX2, useSSE bool

// What each level may use, and its kernels need not ask for again.
//
// SSE is x86-64-v2 (Nehalem, 2008; PCLMULQDQ came a generation later and was
// slow, so this level does without). AVX2 is what x86-64-v3 (Haswell, Zen 1) has
// of it here. AVX-512 wants VBMI2 (Ice Lake, Zen 4): without VPCOMPRESSB the
// AVX2 kernels are as good, and the older processors clock down for 512 bits.
var (
	sse    = cpuid.CombineFeatures(cpuid.SSSE3, cpuid.SSE4, cpuid.SSE42, cpuid.POPCNT)
	avx2   = cpuid.CombineFeatures(cpuid.AVX, cpuid.AVX2, cpuid.BMI1, cpuid.BMI2, cpuid.LZCNT, cpuid.CLMUL)
	avx512 = cpuid.CombineFeatures(cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL,
		cpuid.AVX512VBMI, cpuid.AVX512VBMI2)
)

func detect() (found []string) {
	if !cpuid.CPU.HasAll(sse) {
		return nil
	}
	found = []string{"sse"}
	if !cpuid.CPU.HasAll(avx2) {
		return found
	}
	found = append([]string{"avx2"}, found...)
	if !cpuid.CPU.HasAll(avx512) {
		return found
	}
	return append([]string{"avx512"}, found...)
}

func enable(l string) {
	useAVX512 = l == "avx512"
	useAVX2 = l == "avx2" || useAVX512
	useSSE = l == "sse" || useAVX2
}
