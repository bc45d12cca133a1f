//go:build !purego && !noasm

#include "textflag.h"

// MASK is R = one bit for each byte of A, B, C and E, which are all ones or 0, less
// the first R21. Each byte keeps one bit of its eight (V22), and three additions of
// neighbours gather those. A, B, C and E are overwritten.
#define MASK(A, B, C, E, R) \
	VAND  V22.B16, A.B16, A.B16 \
	VAND  V22.B16, B.B16, B.B16 \
	VAND  V22.B16, C.B16, C.B16 \
	VAND  V22.B16, E.B16, E.B16 \
	VADDP B.B16, A.B16, A.B16   \
	VADDP E.B16, C.B16, C.B16   \
	VADDP C.B16, A.B16, A.B16   \
	VADDP A.B16, A.B16, A.B16   \
	VMOV  A.D[0], R             \
	LSR   R21, R, R

// EQUAL is R = one bit for each byte of the block, V0 to V3, that is C.
#define EQUAL(C, R) \
	VCMEQ C.B16, V0.B16, V4.B16 \
	VCMEQ C.B16, V1.B16, V5.B16 \
	VCMEQ C.B16, V2.B16, V6.B16 \
	VCMEQ C.B16, V3.B16, V7.B16 \
	MASK(V4, V5, V6, V7, R)

// CONTROL replaces IN by its bytes below 0x20 without HTAB, and DEL.
#define CONTROL(IN) \
	VUMIN V20.B16, IN.B16, V28.B16  \
	VCMEQ V28.B16, IN.B16, V28.B16  \
	VCMEQ V19.B16, IN.B16, V29.B16  \
	VEOR  V29.B16, V28.B16, V28.B16 \
	VCMEQ V21.B16, IN.B16, V29.B16  \
	VORR  V29.B16, V28.B16, IN.B16

// STORE writes BASE + the offset of each bit of M to every eighth byte from AT on,
// which is moved behind them. It overwrites M and R24.
#define STORE(M, AT, BASE) \
	CBZ    M, 8(PC)     \
	RBIT   M, R24       \
	CLZ    R24, R24     \
	ADD    BASE, R24    \
	MOVW.P R24, 8(AT)   \
	SUB    $1, M, R24   \
	AND    R24, M, M    \
	B      -7(PC)

// func scanHeadNEON(dst *uint32, room int, src *byte, n int, s *int) int
//
// Requires ASIMD. It is scanHead's kernel, for n of at least 64 and s.at below it. dst
// is the first entry of room, s HeadState's first word: at, lines and found are
// updated, cr and lf are what before set. It reads nothing outside src: the last
// block is the head's last 64 bytes, whose first R21 were seen before.
//
//	R0 dst    R4 s      R8  lf, as in HeadState    R13 LF      V16 LF     V20 0x1F
//	R1 ends   R5 at     R9  ends beyond: no room   R14 CR      V17 CR     V21 DEL
//	R2 src    R6 seek   R11 status                 R15 colon   V18 ':'    V22 1 … 128
//	R3 n      R7 cr     R12 where it stops         R16 bad     V19 HTAB
//
// seek is 1 if the line has no colon yet.
TEXT ·scanHeadNEON(SB), NOSPLIT, $0-48
	MOVD  dst+0(FP), R0
	MOVD  room+8(FP), R9
	MOVD  src+16(FP), R2
	MOVD  n+24(FP), R3
	MOVD  s+32(FP), R4
	MOVD  0(R4), R5
	MOVD  8(R4), R1
	MOVD  16(R4), R6
	MOVD  24(R4), R7
	MOVD  32(R4), R8
	ADD   R1<<3, R0, R1
	ADD   R9<<3, R0, R9
	SUB   $192, R9
	EOR   $1, R6, R6
	MOVD  ZR, R11
	VMOVI $10, V16.B16
	VMOVI $13, V17.B16
	VMOVI $58, V18.B16
	VMOVI $9, V19.B16
	VMOVI $31, V20.B16
	VMOVI $127, V21.B16
	VMOVQ $0x8040201008040201, $0x8040201008040201, V22

loop:
	CMP  R9, R1
	BHI  full
	SUB  R5, R3, R10
	ADD  R2, R5, R20
	MOVD ZR, R21
	CMP  $64, R10
	BGE  block

	// The last 64 bytes.
	ADD  R2, R3, R20
	SUB  $64, R20
	MOVD $64, R21
	SUB  R10, R21

block:
	VLD1 (R20), [V0.B16, V1.B16, V2.B16, V3.B16]
	EQUAL(V16, R13)
	EQUAL(V17, R14)
	EQUAL(V18, R15)
	CONTROL(V0)
	CONTROL(V1)
	CONTROL(V2)
	CONTROL(V3)
	MASK(V0, V1, V2, V3, R16)

	// Forbidden: control bytes but CR and LF; CR without LF behind it, LF without CR
	// before. A CR that is the last sets a bit behind the block.
	ADD  R14<<1, R7, R17
	EOR  R13, R17, R17
	EOR  R13, R16, R16
	EOR  R14, R16, R16
	ORR  R17, R16, R16
	MOVD $-1, R19
	LSR  R21, R19, R19
	AND  R19, R16, R16
	LSR  $63, R14, R7

	// The end: an LF two bytes behind an LF.
	ADD  R13<<2, R8, R17
	AND  R13, R17, R17
	LSR  $62, R13, R8
	MOVD R16, R22
	ORR  R17, R16, R16
	CBNZ R16, stop

lines:
	// Adding a line's first bit to ones that stop at colons and LFs carries to the
	// first of these. A line that has neither in this block carries out.
	ORR  R15, R13, R17
	MVN  R17, R19
	ADD  R13<<1, R6, R20
	EOR  $1, R6, R6
	ADD  R6<<3, R1, R23
	LSR  $63, R13, R6
	ADDS R20, R19, R19
	ADC  ZR, R6, R6
	AND  R17, R19, R19
	STORE(R19, R23, R5)
	ADD  $4, R1, R23
	SUB  $1, R5, R25
	STORE(R13, R23, R25)
	SUB  $4, R23, R1
	CBNZ R11, stopped
	ADD  $64, R5
	CMP  R3, R5
	BLT  loop
	MOVD R3, R5
	B    return

stop:
	// Keep what stands before the first bit: a bad byte's, or the end's.
	RBIT R16, R17
	CLZ  R17, R17
	SUB  $1, R16, R19
	BIC  R16, R19, R19
	AND  R19, R13, R13
	AND  R19, R15, R15
	MOVD $2, R11
	LSR  R17, R22, R24
	TBNZ $0, R24, bad
	MOVD $1, R11
	ADD  $1, R17

bad:
	ADD R5, R17, R12
	B   lines

full:
	MOVD $3, R11
	B    return

stopped:
	MOVD R12, R5

return:
	MOVD R5, 0(R4)
	SUB  R0, R1, R1
	LSR  $3, R1, R1
	MOVD R1, 8(R4)
	EOR  $1, R6, R6
	MOVD R6, 16(R4)
	MOVD R11, ret+40(FP)
	RET
