//go:build !purego && !noasm

#include "textflag.h"

// What a byte's low nibble looks up: the one white space, and the one of {}:, that
// has it. The other entries equal no byte that looks them up.
DATA indexTables<>+0(SB)/8, $0x0000000000000020
DATA indexTables<>+8(SB)/8, $0x00000d00000a0900
DATA indexTables<>+16(SB)/8, $0
DATA indexTables<>+24(SB)/8, $0x00007d2c7b3a0000
GLOBL indexTables<>(SB), RODATA|NOPTR, $32

// MASK is R = one bit for each byte of A, B, C and E, which are all ones or 0. They
// are overwritten. NEON has no instruction for it: each byte keeps one bit of its
// eight (V22), and three additions of neighbours gather those.
#define MASK(A, B, C, E, R) \
	VAND  V22.B16, A.B16, A.B16 \
	VAND  V22.B16, B.B16, B.B16 \
	VAND  V22.B16, C.B16, C.B16 \
	VAND  V22.B16, E.B16, E.B16 \
	VADDP B.B16, A.B16, A.B16   \
	VADDP E.B16, C.B16, C.B16   \
	VADDP C.B16, A.B16, A.B16   \
	VADDP A.B16, A.B16, A.B16   \
	VMOV  A.D[0], R

// EQUAL compares the block, V0 to V3, with C.
#define EQUAL(C, A, B, X, Y) \
	VCMEQ C.B16, V0.B16, A.B16 \
	VCMEQ C.B16, V1.B16, B.B16 \
	VCMEQ C.B16, V2.B16, X.B16 \
	VCMEQ C.B16, V3.B16, Y.B16

// CLASSIFY is W = white space and O = {}[]:, of which [] become {} by bit 0x20 (and
// two bytes below 0x20 : and ,), then IN = bytes below 0x20.
#define CLASSIFY(IN, W, O) \
	VAND  V20.B16, IN.B16, V28.B16     \
	VORR  V21.B16, IN.B16, V29.B16     \
	VTBL  V28.B16, [V18.B16], W.B16    \
	VTBL  V28.B16, [V19.B16], O.B16    \
	VCMEQ IN.B16, W.B16, W.B16         \
	VCMEQ V29.B16, O.B16, O.B16        \
	VUSHR $5, IN.B16, IN.B16           \
	VCMEQ V23.B16, IN.B16, IN.B16

// TWO writes two positions from R12, whose highest bit is the first byte's, and
// clears their bits.
#define TWO(AT) \
	CLZ  R12, R13         \
	LSR  R13, R16, R14    \
	BIC  R14, R12, R12    \
	CLZ  R12, R17         \
	LSR  R17, R16, R14    \
	BIC  R14, R12, R12    \
	ADDW R4, R13, R13     \
	ADDW R4, R17, R17     \
	STPW (R13, R17), AT(R0)

// func indexNEON(dst *uint32, flags, src *byte, n int, base uint32, s *uint64) int
//
// Requires ASIMD. n is at least 1, s is IndexState's first word. It may write any of
// dst's first n+64 entries, and reads nothing outside src.
//
//	R0  dst     R3  bytes left    R6  inString   R9  bs, then quotes
//	R1  flags   R4  base          R7  escaped    R10 escaped bytes, then inside strings
//	R2  src     R5  s             R8  scalar     R20 the block's flags
//
//	V0–V3   the block                V20 0x0F   V22 1, 2, 4 … 128, twice
//	V16 '"'  V17 '\\'  V18 V19 tables  V21 0x20   V23 0
TEXT ·indexNEON(SB), NOSPLIT, $128-56
	MOVD  dst+0(FP), R0
	MOVD  flags+8(FP), R1
	MOVD  src+16(FP), R2
	MOVD  n+24(FP), R3
	MOVWU base+32(FP), R4
	MOVD  s+40(FP), R5
	MOVD  0(R5), R6
	MOVD  8(R5), R7
	MOVD  16(R5), R8
	MOVD  $indexTables<>(SB), R9
	VLD1  (R9), [V18.B16, V19.B16]
	VMOVI $34, V16.B16
	VMOVI $92, V17.B16
	VMOVI $15, V20.B16
	VMOVI $32, V21.B16
	VEOR  V23.B16, V23.B16, V23.B16
	VMOVQ $0x8040201008040201, $0x8040201008040201, V22
	MOVD  $0x8000000000000000, R16

block:
	CMP    $64, R3
	BLT    partial
	VLD1.P 64(R2), [V0.B16, V1.B16, V2.B16, V3.B16]

classify:
	EQUAL(V17, V4, V5, V6, V7)
	MASK(V4, V5, V6, V7, R9)
	EQUAL(V16, V4, V5, V6, V7)
	MASK(V4, V5, V6, V7, R11)
	CMP   $0, R9
	CSET  NE, R20
	VORR  V0.B16, V1.B16, V4.B16
	VORR  V2.B16, V3.B16, V5.B16
	VORR  V4.B16, V5.B16, V4.B16
	VMOV  V4.D[0], R13
	VMOV  V4.D[1], R14
	ORR   R13, R14, R13
	TST   $0x8080808080808080, R13
	CSET  NE, R13
	ADD   R20<<1, R13, R20

	// Bytes behind an odd run of backslashes: see IndexState.escapes.
	MOVD R7, R10
	ORR  R9, R7, R7
	CBZ  R7, noEscape
	BIC  R10, R9, R9
	LSL  $1, R9, R13
	BIC  R13, R9, R12
	AND  $0x5555555555555555, R12, R12
	BIC  R9, R13, R13
	ADDS R12, R9, R12
	CSET HS, R14
	LSR  $63, R9, R7
	BIC  R14, R7, R7
	EOR  $0x5555555555555555, R12, R12
	AND  R12, R13, R13
	ORR  R13, R10, R10
	CMP  $64, R3
	BGE  noEscape
	LSR  R3, R10, R7
	AND  $1, R7, R7

noEscape:
	BIC R10, R11, R9

	// From each opening quote to before the closing one. (PMULL does this in one
	// step, but moving there and back takes as long as these six.)
	EOR R9<<1, R9, R10
	EOR R10<<2, R10, R10
	EOR R10<<4, R10, R10
	EOR R10<<8, R10, R10
	EOR R10<<16, R10, R10
	EOR R10<<32, R10, R10
	EOR R6, R10, R10
	ASR $63, R10, R6

	CLASSIFY(V0, V4, V24)
	CLASSIFY(V1, V5, V25)
	CLASSIFY(V2, V6, V26)
	CLASSIFY(V3, V7, V27)
	MASK(V4, V5, V6, V7, R11)
	MASK(V24, V25, V26, V27, R12)
	MASK(V0, V1, V2, V3, R13)
	BIC    R13, R12, R12
	ANDS   R10, R13, R13
	CSET   NE, R14
	ADD    R20<<1, R14, R20
	MOVB.P R20, 1(R1)

	// {}[]:, outside strings, quotes, and starts of scalars (R14).
	BIC R10, R12, R12
	ORR R9, R12, R12
	ORR R10, R11, R11
	ORR R12, R11, R11
	MVN R11, R14
	ADD R14<<1, R8, R8
	BIC R8, R14, R13
	ORR R13, R12, R12
	LSR $63, R14, R8
	CMP $64, R3
	BGE flatten
	SUB $1, R3, R13
	LSR R13, R14, R8
	AND $1, R8, R8

flatten:
	FMOVD   R12, F4
	VCNT    V4.B8, V4.B8
	VUADDLV V4.B8, V4
	FMOVD   F4, R15
	RBIT    R12, R12
	TWO(0)
	TWO(8)
	TWO(16)
	TWO(24)
	CMP     $8, R15
	BLE     flat
	TWO(32)
	TWO(40)
	TWO(48)
	TWO(56)
	CMP     $16, R15
	BLE     flat
	ADD     $64, R0, R0
	SUB     $16, R15, R15

more:
	TWO(0)
	TWO(8)
	ADD  $16, R0, R0
	SUBS $4, R15, R15
	BGT  more

flat:
	ADD  R15<<2, R0, R0
	ADDW $64, R4, R4
	SUBS $64, R3, R3
	BGT  block

	MOVD R6, 0(R5)
	MOVD R7, 8(R5)
	MOVD R8, 16(R5)
	MOVD dst+0(FP), R1
	SUB  R1, R0, R0
	LSR  $2, R0, R0
	MOVD R0, ret+48(FP)
	RET

partial:
	// The last bytes go over the stack, to have spaces behind them.
	MOVD  $block-128(SP), R21
	ADD   $64, R21, R22
	FSTPQ (F21, F21), 64(R21)
	FSTPQ (F21, F21), 96(R21)
	MOVD  n+24(FP), R9
	CMP   $64, R9
	BLT   few
	ADD   R3, R2, R9
	SUB   $64, R9, R9
	VLD1  (R9), [V0.B16, V1.B16, V2.B16, V3.B16]
	VST1  [V0.B16, V1.B16, V2.B16, V3.B16], (R21)
	SUB   R3, R22, R22
	B     copied

few:
	MOVD  R22, R9
	TBZ   $5, R3, not32
	LDP.P 16(R2), (R10, R11)
	LDP.P 16(R2), (R12, R13)
	STP.P (R10, R11), 16(R9)
	STP.P (R12, R13), 16(R9)

not32:
	TBZ   $4, R3, not16
	LDP.P 16(R2), (R10, R11)
	STP.P (R10, R11), 16(R9)

not16:
	TBZ    $3, R3, not8
	MOVD.P 8(R2), R10
	MOVD.P R10, 8(R9)

not8:
	TBZ     $2, R3, not4
	MOVWU.P 4(R2), R10
	MOVW.P  R10, 4(R9)

not4:
	TBZ     $1, R3, not2
	MOVHU.P 2(R2), R10
	MOVH.P  R10, 2(R9)

not2:
	TBZ     $0, R3, copied
	MOVBU.P 1(R2), R10
	MOVB.P  R10, 1(R9)

copied:
	VLD1 (R22), [V0.B16, V1.B16, V2.B16, V3.B16]
	B    classify
