//go:build !purego && !noasm

#include "textflag.h"

// func xorMaskNEON(p *byte, n int, key uint32)
//
// Requires ASIMD. n is a multiple of 64 and not 0.
//
//	R0 p   R1 bytes left   V16 the key, four times
TEXT ·xorMaskNEON(SB), NOSPLIT, $0-20
	MOVD  p+0(FP), R0
	MOVD  n+8(FP), R1
	MOVWU key+16(FP), R2
	VDUP  R2, V16.S4

loop:
	VLD1   (R0), [V0.B16, V1.B16, V2.B16, V3.B16]
	VEOR   V16.B16, V0.B16, V0.B16
	VEOR   V16.B16, V1.B16, V1.B16
	VEOR   V16.B16, V2.B16, V2.B16
	VEOR   V16.B16, V3.B16, V3.B16
	VST1.P [V0.B16, V1.B16, V2.B16, V3.B16], 64(R0)
	SUBS   $64, R1
	BNE    loop
	RET
