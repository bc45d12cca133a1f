//go:build !purego && !noasm

#include "textflag.h"

// NIBBLES is F = SHRN $4, A.H8 as V F: four bits for each byte of A, which is all
// ones or 0. The assembler does not know the instruction.
#define NIBBLES(A, F) WORD $(0x0F0C8400 | A<<5 | F)

// SPECIAL is M = not 0 for each byte of IN whose nibbles have a class in common.
// It overwrites V5.
#define SPECIAL(IN, M) \
	VAND   V18.B16, IN.B16, V5.B16   \
	VUSHR  $4, IN.B16, M.B16         \
	VTBL   V5.B16, [V16.B16], V5.B16 \
	VTBL   M.B16, [V17.B16], M.B16   \
	VCMTST V5.B16, M.B16, M.B16

// The kernels share their registers:
//
//	R0 src     R2 t              R4 bytes done
//	R1 n       R3 dst (copying)  R5 where the last register's worth begins
//	V16 low nibbles' classes     V17 high nibbles' classes     V18 0x0F

// func escapeIndexNEON(src *byte, n int, t *[32]byte) int
//
// Requires ASIMD. n is at least 4. It reads nothing outside src: the last register
// overlaps the one before, and what is shorter than one is its first and its last 8
// or 4 bytes, side by side.
TEXT ·escapeIndexNEON(SB), NOSPLIT, $0-32
	MOVD  src+0(FP), R0
	MOVD  n+8(FP), R1
	MOVD  t+16(FP), R2
	VLD1  (R2), [V16.B16, V17.B16]
	VMOVI $15, V18.B16
	MOVD  ZR, R4
	SUBS  $16, R1, R5
	BLT   short

wide:
	// 64 bytes, if there is one behind them. What is found is found again below.
	ADD  $64, R4, R6
	CMP  R1, R6
	BGE  loop
	ADD  R0, R4, R7
	VLD1 (R7), [V0.B16, V1.B16, V2.B16, V3.B16]
	SPECIAL(V0, V20)
	SPECIAL(V1, V21)
	SPECIAL(V2, V22)
	SPECIAL(V3, V23)
	VORR V20.B16, V21.B16, V20.B16
	VORR V22.B16, V23.B16, V22.B16
	VORR V20.B16, V22.B16, V6.B16
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBNZ R8, loop
	MOVD R6, R4
	B    wide

loop:
	CMP  R5, R4
	BGE  last
	ADD  R0, R4, R7
	VLD1 (R7), [V0.B16]
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBNZ R8, found
	ADD  $16, R4, R4
	B    loop

last:
	MOVD R5, R4
	ADD  R0, R4, R7
	VLD1 (R7), [V0.B16]
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBNZ R8, found
	MOVD R1, ret+24(FP)
	RET

found:
	RBIT R8, R8
	CLZ  R8, R8
	ADD  R8>>2, R4, R4
	MOVD R4, ret+24(FP)
	RET

short:
	ADD  R0, R1, R7
	CMP  $8, R1
	BLT  four
	MOVD 0(R0), R9
	MOVD -8(R7), R10
	FMOVD R9, F0
	VMOV R10, V0.D[1]
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBZ  R8, none
	RBIT R8, R8
	CLZ  R8, R8
	LSR  $2, R8, R8

	// From the eighth on, bytes belong to the last eight.
	SUB  $16, R1, R9
	CMP  $8, R8
	B    pick

four:
	MOVWU 0(R0), R9
	MOVWU -4(R7), R10
	ORR   R10<<32, R9, R9
	FMOVD R9, F0
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	ANDS  $0xFFFFFFFF, R8, R8
	BEQ   none
	RBIT  R8, R8
	CLZ   R8, R8
	LSR   $2, R8, R8
	SUB   $8, R1, R9
	CMP   $4, R8

pick:
	CSEL LT, ZR, R9, R9
	ADD  R9, R8, R8
	MOVD R8, ret+24(FP)
	RET

none:
	MOVD R1, ret+24(FP)
	RET

// func copyPlainNEON(dst, src *byte, n int, t *[32]byte) int
//
// Requires ASIMD. n is at least 4. It is escapeIndexNEON, and writes what it reads
// to dst: any of its n bytes, and none outside.
TEXT ·copyPlainNEON(SB), NOSPLIT, $0-40
	MOVD  dst+0(FP), R3
	MOVD  src+8(FP), R0
	MOVD  n+16(FP), R1
	MOVD  t+24(FP), R2
	VLD1  (R2), [V16.B16, V17.B16]
	VMOVI $15, V18.B16
	MOVD  ZR, R4
	SUBS  $16, R1, R5
	BLT   short

wide:
	ADD  $64, R4, R6
	CMP  R1, R6
	BGE  loop
	ADD  R0, R4, R7
	ADD  R3, R4, R9
	VLD1 (R7), [V0.B16, V1.B16, V2.B16, V3.B16]
	VST1 [V0.B16, V1.B16, V2.B16, V3.B16], (R9)
	SPECIAL(V0, V20)
	SPECIAL(V1, V21)
	SPECIAL(V2, V22)
	SPECIAL(V3, V23)
	VORR V20.B16, V21.B16, V20.B16
	VORR V22.B16, V23.B16, V22.B16
	VORR V20.B16, V22.B16, V6.B16
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBNZ R8, loop
	MOVD R6, R4
	B    wide

loop:
	CMP  R5, R4
	BGE  last
	ADD  R0, R4, R7
	ADD  R3, R4, R9
	VLD1 (R7), [V0.B16]
	VST1 [V0.B16], (R9)
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBNZ R8, found
	ADD  $16, R4, R4
	B    loop

last:
	MOVD R5, R4
	ADD  R0, R4, R7
	ADD  R3, R4, R9
	VLD1 (R7), [V0.B16]
	VST1 [V0.B16], (R9)
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBNZ R8, found
	MOVD R1, ret+32(FP)
	RET

found:
	RBIT R8, R8
	CLZ  R8, R8
	ADD  R8>>2, R4, R4
	MOVD R4, ret+32(FP)
	RET

short:
	ADD  R0, R1, R7
	ADD  R3, R1, R11
	CMP  $8, R1
	BLT  four
	MOVD 0(R0), R9
	MOVD -8(R7), R10
	MOVD R9, 0(R3)
	MOVD R10, -8(R11)
	FMOVD R9, F0
	VMOV R10, V0.D[1]
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	CBZ  R8, none
	RBIT R8, R8
	CLZ  R8, R8
	LSR  $2, R8, R8
	SUB  $16, R1, R9
	CMP  $8, R8
	B    pick

four:
	MOVWU 0(R0), R9
	MOVWU -4(R7), R10
	MOVW  R9, 0(R3)
	MOVW  R10, -4(R11)
	ORR   R10<<32, R9, R9
	FMOVD R9, F0
	SPECIAL(V0, V6)
	NIBBLES(6, 6)
	FMOVD F6, R8
	ANDS  $0xFFFFFFFF, R8, R8
	BEQ   none
	RBIT  R8, R8
	CLZ   R8, R8
	LSR   $2, R8, R8
	SUB   $8, R1, R9
	CMP   $4, R8

pick:
	CSEL LT, ZR, R9, R9
	ADD  R9, R8, R8
	MOVD R8, ret+32(FP)
	RET

none:
	MOVD R1, ret+32(FP)
	RET
