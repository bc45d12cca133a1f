//go:build !purego && !noasm

#include "textflag.h"

// FOLD is D = not 0 for each byte of A and B that differs in more than the case of a
// letter. For c = A | 0x20, a letter is c-'a' (V18) whose minimum with 25 (V19) is
// itself. It overwrites V6 and V7.
#define FOLD(A, B, D) \
	VORR  V17.B16, A.B16, V6.B16  \
	VSUB  V18.B16, V6.B16, V6.B16 \
	VUMIN V19.B16, V6.B16, V7.B16 \
	VCMEQ V7.B16, V6.B16, V6.B16  \
	VAND  V17.B16, V6.B16, V6.B16 \
	VEOR  A.B16, B.B16, D.B16     \
	VORR  V6.B16, D.B16, D.B16    \
	VEOR  V6.B16, D.B16, D.B16

// func equalFoldNEON(a, b *byte, n int) bool
//
// Requires ASIMD. n is at least 32. It reads nothing outside a and b: the last 32
// bytes overlap those before.
//
//	R0 a   R1 b   R2 bytes left before the last 32   V17 0x20   V18 'a'   V19 25
TEXT ·equalFoldNEON(SB), NOSPLIT, $0-25
	MOVD  a+0(FP), R0
	MOVD  b+8(FP), R1
	MOVD  n+16(FP), R2
	VMOVI $32, V17.B16
	VMOVI $97, V18.B16
	VMOVI $25, V19.B16
	SUB   $32, R2

loop:
	CMP    $0, R2
	BLE    last
	VLD1.P 32(R0), [V0.B16, V1.B16]
	VLD1.P 32(R1), [V2.B16, V3.B16]
	FOLD(V0, V2, V4)
	FOLD(V1, V3, V5)
	VORR   V4.B16, V5.B16, V4.B16
	VMOV   V4.D[0], R3
	VMOV   V4.D[1], R4
	ORR    R3, R4, R3
	CBNZ   R3, differ
	SUB    $32, R2
	B      loop

last:
	ADD  R2, R0
	ADD  R2, R1
	VLD1 (R0), [V0.B16, V1.B16]
	VLD1 (R1), [V2.B16, V3.B16]
	FOLD(V0, V2, V4)
	FOLD(V1, V3, V5)
	VORR V4.B16, V5.B16, V4.B16
	VMOV V4.D[0], R3
	VMOV V4.D[1], R4
	ORR  R3, R4, R3
	CBNZ R3, differ
	MOVD $1, R5
	MOVB R5, ret+24(FP)
	RET

differ:
	MOVB ZR, ret+24(FP)
	RET
