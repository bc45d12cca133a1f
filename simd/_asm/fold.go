package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { kernels["fold"] = fold }

func fold() {
	bit, before, behind := repeated("bit20", 0x20, 16), repeated("beforeA", 'a'-1, 16), repeated("behindZ", 'z'+1, 16)
	for _, v := range []isa{avx2ISA, sseISA} {
		foldKernel(v, bit, before, behind)
	}
}

// foldKernel writes the kernel for SSE or AVX2. The last register's worth overlaps
// the one before.
func foldKernel(v isa, bit, before, behind Mem) {
	TEXT("equalFold"+v.name, NOSPLIT, "func(a, b *byte, n int) bool")
	Doc("equalFold" + v.name + " is equalFold's kernel, for n of at least 32.")
	Pragma("noescape")
	a := Load(Param("a"), GP64()).(reg.GPVirtual)
	b := Load(Param("b"), GP64()).(reg.GPVirtual)
	last := Load(Param("n"), GP64()).(reg.GPVirtual)
	c := [3]reg.VecVirtual{v.table(bit), v.table(before), v.table(behind)}
	zero := v.reg()
	v.xor(zero, zero, zero)
	SUBQ(Imm(uint64(v.size)), last)
	at := GP64()
	XORQ(at, at)

	Label("loop")
	CMPQ(at, last)
	JGE(LabelRef("last"))
	foldBlock(v, Mem{Base: a, Index: at, Scale: 1}, Mem{Base: b, Index: at, Scale: 1}, c, zero)
	JNE(LabelRef("differ"))
	ADDQ(Imm(uint64(v.size)), at)
	JMP(LabelRef("loop"))
	Label("last")
	foldBlock(v, Mem{Base: a, Index: last, Scale: 1}, Mem{Base: b, Index: last, Scale: 1}, c, zero)
	JNE(LabelRef("differ"))
	for _, equal := range []uint64{1, 0} {
		r := GP8()
		MOVB(U8(equal), r)
		Store(r, ReturnIndex(0))
		v.ret()
		if equal == 1 {
			Label("differ")
		}
	}
}

// foldBlock sets the flags "not equal" if the bytes differ in more than the case of
// letters. The comparisons are signed: no byte from 0x80 is a letter.
func foldBlock(v isa, a, b Mem, c [3]reg.VecVirtual, zero reg.VecVirtual) {
	x, y, lower, up := v.loaded(a), v.loaded(b), v.reg(), v.reg()
	v.or(c[0], x, lower)
	v.cmpgtb(lower, c[2], up)
	v.cmpgtb(c[1], lower, lower)
	v.and(up, lower, lower)
	v.and(c[0], lower, lower)
	v.xor(y, x, x)
	v.andn(x, lower, x)
	v.cmpeqb(zero, x, x)
	m := GP32()
	v.movmskb(x, m)
	if v == avx2ISA {
		CMPL(m, I32(-1))
	} else {
		CMPL(m, U32(0xFFFF))
	}
}
