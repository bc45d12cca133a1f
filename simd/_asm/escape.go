package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { kernels["escape"] = escape }

func escape() {
	low := repeated("low", 0x0F, 16)
	for _, v := range []isa{avx2ISA, sseISA} {
		for _, copies := range []bool{false, true} {
			escapeVector(v, copies, low)
		}
	}
	escape512(false, low)
	escape512(true, low)
}

// escaper is the registers of one kernel that looks for bytes to escape.
type escaper struct {
	v               isa
	copies          bool
	src, dst, n, at reg.GPVirtual // at is how far we are
	found           reg.GPVirtual
	lo, hi, low     reg.VecVirtual
	zero            reg.VecVirtual
}

// header begins a kernel, in two forms: one that only looks, and one that copies
// what it looked at.
func (x *escaper) header() {
	if x.copies {
		TEXT("copyPlain"+x.v.name, NOSPLIT, "func(dst, src *byte, n int, t *[32]byte) int")
		Doc("copyPlain"+x.v.name+" is copyPlain's kernel. It may write all n bytes of dst.",
			"t is the low and the high nibbles' classes.")
		x.dst = Load(Param("dst"), GP64()).(reg.GPVirtual)
	} else {
		TEXT("escapeIndex"+x.v.name, NOSPLIT, "func(src *byte, n int, t *[32]byte) int")
		Doc("escapeIndex"+x.v.name+" is EscapeIndex's kernel. t is the low and the high nibbles'",
			"classes.")
	}
	Pragma("noescape")
	x.src = Load(Param("src"), GP64()).(reg.GPVirtual)
	x.n = Load(Param("n"), GP64()).(reg.GPVirtual)
	x.at, x.found = GP64(), GP64()
}

func (x *escaper) tables(low Mem) {
	t := Load(Param("t"), GP64()).(reg.GPVirtual)
	x.lo, x.hi = x.v.table(Mem{Base: t}), x.v.table(Mem{Base: t, Disp: 16})
	x.low = x.v.table(low)
}

// escapeVector writes the kernel for SSE or AVX2. n is at least 4.
//
// The last register's worth overlaps the one before. What is shorter than a
// register is its first and its last 16, 8 or 4 bytes, side by side.
func escapeVector(v isa, copies bool, low Mem) {
	x := &escaper{v: v, copies: copies}
	x.header()
	x.tables(low)
	x.zero = v.reg()
	v.xor(x.zero, x.zero, x.zero)
	XORQ(x.at, x.at)
	CMPQ(x.n, Imm(uint64(v.size)))
	JL(LabelRef("short"))
	last := GP64()
	LEAQ(Mem{Base: x.n, Disp: -v.size}, last)

	Label("loop")
	CMPQ(x.at, last)
	JGE(LabelRef("last"))
	x.block()
	JNE(LabelRef("found"))
	ADDQ(Imm(uint64(v.size)), x.at)
	JMP(LabelRef("loop"))

	Label("last")
	MOVQ(last, x.at)
	m := x.block()
	JNE(LabelRef("found"))
	Store(x.n, ReturnIndex(0))
	v.ret()

	Label("found")
	TZCNTQ(m, m)
	ADDQ(m, x.at)
	Store(x.at, ReturnIndex(0))
	v.ret()
	Label("short")
	if v == avx2ISA {
		CMPQ(x.n, Imm(16))
		JL(LabelRef("pair8"))
		x.pair(16)
	}
	Label("pair8")
	CMPQ(x.n, Imm(8))
	JL(LabelRef("pair4"))
	x.pair(8)
	Label("pair4")
	x.pair(4)
}

// block classifies the bytes at at, and copies them; the flags are "not equal"
// and the register has their bits if one is to be escaped.
func (x *escaper) block() reg.GPVirtual {
	in := x.v.loaded(Mem{Base: x.src, Index: x.at, Scale: 1})
	if x.copies {
		x.v.store(in, Mem{Base: x.dst, Index: x.at, Scale: 1})
	}
	return x.special(in)
}

// special is block without loading. Its register is the same each time, for found.
func (x *escaper) special(in reg.VecVirtual) reg.GPVirtual {
	m := x.found
	lo, hi := x.v.reg(), x.v.reg()
	x.v.and(x.low, in, lo)
	x.v.shufb(lo, x.lo, lo)
	x.v.highNibbles(x.low, in, hi)
	x.v.shufb(hi, x.hi, hi)
	x.v.and(lo, hi, hi)
	x.v.cmpeqb(x.zero, hi, hi)
	x.v.movmskb(hi, m.As32())
	if x.v == avx2ISA {
		NOTL(m.As32())
		TESTL(m.As32(), m.As32())
	} else {
		XORL(U32(0xFFFF), m.As32())
	}
	return m
}

// pair ends the kernel for half to 2*half bytes.
func (x *escaper) pair(half int) {
	in := x.loadPair(half)
	m := x.special(in)
	if 2*half < x.v.size {
		ANDL(U32(1<<(2*half)-1), m.As32())
	}
	found := fmt.Sprintf("found%d", half)
	JNE(LabelRef(found))
	Store(x.n, ReturnIndex(0))
	x.v.ret()
	Label(found)
	Commentf("Bits from %d on belong to the last %d bytes.", half, half)
	TZCNTQ(m, m)
	LEAQ(Mem{Base: x.n, Disp: -2 * half}, x.at)
	CMPQ(m, Imm(uint64(half)))
	CMOVQLT(zeroed(), x.at)
	ADDQ(m, x.at)
	Store(x.at, ReturnIndex(0))
	x.v.ret()
}

// loadPair is the first and the last half bytes, copied if the kernel copies.
func (x *escaper) loadPair(half int) reg.VecVirtual {
	in := x.v.reg()
	first, last := Mem{Base: x.src}, Mem{Base: x.src, Index: x.n, Scale: 1, Disp: -half}
	if half == 16 {
		VMOVDQU(first, in.AsX())
		VINSERTI128(Imm(1), last, in, in)
		if x.copies {
			VMOVDQU(in.AsX(), Mem{Base: x.dst})
			VEXTRACTI128(Imm(1), in, Mem{Base: x.dst, Index: x.n, Scale: 1, Disp: -half})
		}
		return in
	}
	a, b := GP64(), GP64()
	moveGP(half, first, a)
	moveGP(half, last, b)
	if x.copies {
		moveGP(half, a, Mem{Base: x.dst})
		moveGP(half, b, Mem{Base: x.dst, Index: x.n, Scale: 1, Disp: -half})
	}
	if half == 4 {
		SHLQ(Imm(32), b)
		ORQ(b, a)
	}
	x.v.movq(a, in)
	if half == 8 {
		x.v.insert(b, in)
	}
	return in
}

// zeroed is a register of 0 by an instruction that leaves the flags alone.
func zeroed() reg.GPVirtual {
	r := GP64()
	MOVQ(U32(0), r)
	return r
}

// escape512 writes the kernel for AVX-512, for any n: what is not a whole register
// is loaded under a mask, first, so that short strings need no loop.
func escape512(copies bool, low Mem) {
	x := &escaper{v: avx512ISA, copies: copies}
	x.header()
	x.tables(low)
	XORQ(x.at, x.at)

	Label("loop")
	left := GP64()
	MOVQ(x.n, left)
	SUBQ(x.at, left)
	CMPQ(left, Imm(64))
	JLE(LabelRef("last"))
	in := x.v.loaded(Mem{Base: x.src, Index: x.at, Scale: 1})
	if copies {
		x.v.store(in, Mem{Base: x.dst, Index: x.at, Scale: 1})
	}
	k := K()
	x.special512(in, k)
	KORTESTQ(k, k)
	JNZ(LabelRef("found"))
	ADDQ(Imm(64), x.at)
	JMP(LabelRef("loop"))

	Label("last")
	ones, valid := GP64(), K()
	MOVQ(I32(-1), ones)
	BZHIQ(left, ones, ones)
	KMOVQ(ones, valid)
	VMOVDQU8_Z(Mem{Base: x.src, Index: x.at, Scale: 1}, valid, in)
	if copies {
		VMOVDQU8(in, valid, Mem{Base: x.dst, Index: x.at, Scale: 1})
	}
	x.special512(in, k)
	KANDQ(valid, k, k)
	KORTESTQ(k, k)
	JNZ(LabelRef("found"))
	Store(x.n, ReturnIndex(0))
	x.v.ret()

	Label("found")
	m := GP64()
	KMOVQ(k, m)
	TZCNTQ(m, m)
	ADDQ(m, x.at)
	Store(x.at, ReturnIndex(0))
	x.v.ret()
}

func (x *escaper) special512(in reg.VecVirtual, k reg.Register) {
	lo, hi := ZMM(), ZMM()
	VPANDD(x.low, in, lo)
	VPSHUFB(lo, x.lo, lo)
	VPSRLW(Imm(4), in, hi)
	VPANDD(x.low, hi, hi)
	VPSHUFB(hi, x.hi, hi)
	VPTESTMB(lo, hi, k)
}
