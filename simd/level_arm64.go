//go:build !purego && !noasm

package simd

import "github.com/klauspost/cpuid/v2"

// useNEON is ASIMD, which every ARMv8-A core that runs Go has. usePMULL is the
// carry-less multiplication of the crypto extension, which some lack (the
// Raspberry Pi 4's Cortex-A72): a kernel that wants it has a way without.
var useNEON, usePMULL bool

func detect() []string {
	if cpuid.CPU.Supports(cpuid.ASIMD) {
		return []string{"neon"}
	}
	return nil
}

func enable(l string) {
	useNEON = l == "neon"
	usePMULL = useNEON && cpuid.CPU.Supports(cpuid.PMULL)
}
