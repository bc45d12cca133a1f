//go:build !purego && !noasm

package simd

import "github.com/klauspost/cpuid/v2"

// useNEON is ASIMD, which every ARMv8-A core that runs Go has.
var useNEON bool

func detect() []string {
	if cpuid.CPU.Supports(cpuid.ASIMD) {
		return []string{"neon"}
	}
	return nil
}

func enable(l string) { useNEON = l == "neon" }
