//go:build !purego && !noasm

#include "textflag.h"

// The errors that the high nibble of a byte, its low nibble, and the high nibble of
// the next byte allow. simd/_asm/utf8.go, which writes the same tables for AMD64,
// says which bit is which error.
DATA utf8Tables<>+0(SB)/8, $0x0202020202020202
DATA utf8Tables<>+8(SB)/8, $0x4915012180808080
DATA utf8Tables<>+16(SB)/8, $0xcbcbcb8b8383a3e7
DATA utf8Tables<>+24(SB)/8, $0xcbcbdbcbcbcbcbcb
DATA utf8Tables<>+32(SB)/8, $0x0101010101010101
DATA utf8Tables<>+40(SB)/8, $0x01010101babaaee6
GLOBL utf8Tables<>(SB), RODATA|NOPTR, $48

// CHECK adds to V30 the errors of V0, of which V1, V2 and V3 are one, two and three
// bytes earlier. Two continuations in a row (bit 7) are right just where a byte of
// 0xE0 or more is two earlier, or one of 0xF0 or more three.
#define CHECK \
	VUSHR $4, V1.B16, V4.B16         \
	VAND  V19.B16, V1.B16, V5.B16    \
	VUSHR $4, V0.B16, V6.B16         \
	VTBL  V4.B16, [V16.B16], V4.B16  \
	VTBL  V5.B16, [V17.B16], V5.B16  \
	VTBL  V6.B16, [V18.B16], V6.B16  \
	VUMAX V20.B16, V2.B16, V7.B16    \
	VUMAX V21.B16, V3.B16, V8.B16    \
	VCMEQ V2.B16, V7.B16, V7.B16     \
	VCMEQ V3.B16, V8.B16, V8.B16     \
	VAND  V4.B16, V5.B16, V5.B16     \
	VORR  V7.B16, V8.B16, V8.B16     \
	VAND  V6.B16, V5.B16, V5.B16     \
	VAND  V22.B16, V8.B16, V8.B16    \
	VEOR  V5.B16, V8.B16, V8.B16     \
	VORR  V8.B16, V30.B16, V30.B16

// AT loads the 16 bytes at offset OFF from R4, and those one to three earlier.
#define AT(OFF) \
	FMOVQ (OFF)(R4), F0   \
	FMOVQ (OFF-1)(R4), F1 \
	FMOVQ (OFF-2)(R4), F2 \
	FMOVQ (OFF-3)(R4), F3

// FIRST is AT(0) with zeros for what is before the text. V31 is 0.
#define FIRST \
	FMOVQ 0(R4), F0                        \
	VEXT  $15, V0.B16, V31.B16, V1.B16     \
	VEXT  $14, V0.B16, V31.B16, V2.B16     \
	VEXT  $13, V0.B16, V31.B16, V3.B16

// ASCII64 and ASCII16 are R6 = the high bits of 64 and of 16 bytes at R4.
#define ASCII64 \
	VLD1 (R4), [V10.B16, V11.B16, V12.B16, V13.B16] \
	VORR V10.B16, V11.B16, V10.B16                  \
	VORR V12.B16, V13.B16, V12.B16                  \
	VORR V10.B16, V12.B16, V10.B16                  \
	VMOV V10.D[0], R6                               \
	VMOV V10.D[1], R7                               \
	ORR  R6, R7, R6                                 \
	AND  $0x8080808080808080, R6, R6

#define ASCII16 \
	LDP 0(R4), (R6, R7) \
	ORR R6, R7, R6      \
	AND $0x8080808080808080, R6, R6

// func validUTF8NEON(p *byte, n int) bool
//
// Requires ASIMD. n is at least 19. It reads nothing outside p: the last register
// overlaps the one before. It does not see that a rune is cut off at the end.
//
//	R0 p    R1 n    R2 end    R3 end-64    R4 where we are    R5 end-16
//	V16–V18 tables    V19 0x0F    V20 0xE0    V21 0xF0    V22 0x80    V30 errors
//
// It has two states, as the kernels for AMD64: ascii, in which nothing is open, and
// mixed. Behind a chunk that is not ASCII, the next must be looked at even if it is.
TEXT ·validUTF8NEON(SB), NOSPLIT, $0-17
	MOVD  p+0(FP), R0
	MOVD  n+8(FP), R1
	ADD   R0, R1, R2
	SUB   $64, R2, R3
	SUB   $16, R2, R5
	MOVD  R0, R4
	MOVD  $utf8Tables<>(SB), R6
	VLD1  (R6), [V16.B16, V17.B16, V18.B16]
	VMOVI $15, V19.B16
	VMOVI $224, V20.B16
	VMOVI $240, V21.B16
	VMOVI $128, V22.B16
	VEOR  V30.B16, V30.B16, V30.B16
	VEOR  V31.B16, V31.B16, V31.B16

ascii:
	CMP  R3, R4
	BGT  asciiTail
	ASCII64
	CBNZ R6, firstMixed
	ADD  $64, R4, R4
	B    ascii

asciiTail:
	CMP  R5, R4
	BGT  asciiLast
	ASCII16
	CBNZ R6, firstTail
	ADD  $16, R4, R4
	B    asciiTail

asciiLast:
	CMP R2, R4
	BEQ end
	MOVD R5, R4
	ASCII16
	CBZ R6, end
	B   lastCheck

firstMixed:
	CMP R0, R4
	BNE check
	FIRST
	CHECK
	B   checkRest

mixed:
	CMP R3, R4
	BGT tail
	ASCII64
	CBZ R6, closing

check:
	AT(0)
	CHECK

checkRest:
	AT(16)
	CHECK
	AT(32)
	CHECK
	AT(48)
	CHECK
	ADD $64, R4, R4
	B   mixed

closing:
	AT(0)
	CHECK
	ADD $64, R4, R4
	B   ascii

firstTail:
	CMP R0, R4
	BNE tail
	FIRST
	CHECK
	ADD $16, R4, R4

tail:
	CMP R5, R4
	BGT last
	AT(0)
	CHECK
	ADD $16, R4, R4
	B   tail

last:
	CMP  R2, R4
	BEQ  end
	MOVD R5, R4

lastCheck:
	AT(0)
	CHECK

end:
	VMOV V30.D[0], R6
	VMOV V30.D[1], R7
	ORR  R6, R7, R6
	CMP  $0, R6
	CSET EQ, R6
	MOVB R6, ret+16(FP)
	RET
