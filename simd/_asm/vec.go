package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa writes the same vector code for SSE, whose instructions overwrite their
// second operand, and for AVX2, whose registers are twice as wide. AVX-512
// compares into mask registers, so that only loads and constants are common.
//
// Names of operations are those of the instructions without V and P. In the
// three-operand ones dst = a OP b, with b first as in Go's assembly for those
// that do not commute.
type isa struct {
	name string // as the kernels' names end
	size int    // bytes in a register
}

var (
	sseISA    = isa{"SSE", 16}
	avx2ISA   = isa{"AVX2", 32}
	avx512ISA = isa{"AVX512", 64}
)

// avx tells that there are three operands, and BMI1 and BMI2 beside them.
func (v isa) avx() bool { return v.size >= 32 }

func (v isa) reg() reg.VecVirtual {
	switch v.size {
	case 64:
		return ZMM()
	case 32:
		return YMM()
	}
	return XMM()
}

func (v isa) load(m, dst Op) {
	switch v.size {
	case 64:
		VMOVDQU8(m, dst)
	case 32:
		VMOVDQU(m, dst)
	default:
		MOVOU(m, dst)
	}
}

func (v isa) store(src, m Op) { v.load(src, m) }

// loaded is a new register with what is at m.
func (v isa) loaded(m Op) reg.VecVirtual {
	r := v.reg()
	v.load(m, r)
	return r
}

// loadSize and storeSize move 16 bytes, or a whole register.
func (v isa) loadSize(size int, m Op, dst reg.VecVirtual) {
	if size == 16 && v.avx() {
		VMOVDQU(m, dst.AsX())
	} else {
		v.load(m, dst)
	}
}

func (v isa) storeSize(size int, src reg.VecVirtual, m Op) {
	if size == 16 && v.avx() {
		VMOVDQU(src.AsX(), m)
	} else {
		v.store(src, m)
	}
}

// moveGP moves eight or four bytes between memory and a general register.
func moveGP(size int, src, dst Op) {
	if size == 8 {
		MOVQ(src, dst)
		return
	}
	low := func(o Op) Op {
		if r, ok := o.(reg.GPVirtual); ok {
			return r.As32()
		}
		return o
	}
	MOVL(low(src), low(dst))
}

// table is a new register with the 16 bytes at m in each of its parts of 16.
func (v isa) table(m Op) reg.VecVirtual {
	r := v.reg()
	switch v.size {
	case 64:
		VBROADCASTI32X4(m, r)
	case 32:
		VBROADCASTI128(m, r)
	default:
		MOVOU(m, r)
	}
	return r
}

// op writes dst = a OP b.
func (v isa) op(vex func(b, a, dst Op), sse func(b, dst Op), b, a, dst reg.Register) {
	switch {
	case v.avx():
		vex(b, a, dst)
	case a == dst:
		sse(b, dst)
	case b == dst:
		t := XMM()
		MOVOU(a, t)
		sse(b, t)
		MOVOU(t, dst)
	default:
		MOVOU(a, dst)
		sse(b, dst)
	}
}

func vexAny(f func(...Op)) func(b, a, dst Op) { return func(b, a, dst Op) { f(b, a, dst) } }

func (v isa) and(b, a, dst reg.Register)    { v.op(VPAND, PAND, b, a, dst) }
func (v isa) or(b, a, dst reg.Register)     { v.op(VPOR, POR, b, a, dst) }
func (v isa) xor(b, a, dst reg.Register)    { v.op(VPXOR, PXOR, b, a, dst) }
func (v isa) cmpeqb(b, a, dst reg.Register) { v.op(vexAny(VPCMPEQB), PCMPEQB, b, a, dst) }
func (v isa) minub(b, a, dst reg.Register)  { v.op(vexAny(VPMINUB), PMINUB, b, a, dst) }
func (v isa) subusb(b, a, dst reg.Register) { v.op(vexAny(VPSUBUSB), PSUBUSB, b, a, dst) }
func (v isa) cmpgtb(b, a, dst reg.Register) { v.op(vexAny(VPCMPGTB), PCMPGTB, b, a, dst) }

// andn is dst = b &^ a: the instruction negates its first source, a.
func (v isa) andn(b, a, dst reg.Register) { v.op(VPANDN, PANDN, b, a, dst) }

// shufb is dst[i] = table[index[i] & 15], or 0 where the index's high bit is set.
func (v isa) shufb(index, table, dst reg.Register) {
	v.op(vexAny(VPSHUFB), PSHUFB, index, table, dst)
}

// highNibbles is dst = a >> 4 in each byte; low is 0x0F in each.
func (v isa) highNibbles(low, a, dst reg.Register) {
	if v.avx() {
		VPSRLW(Imm(4), a, dst)
	} else {
		if a != dst {
			MOVOU(a, dst)
		}
		PSRLW(Imm(4), dst)
	}
	v.and(low, dst, dst)
}

// movmskb is dst = the high bits of a's bytes.
func (v isa) movmskb(a, dst reg.Register) {
	if v.avx() {
		VPMOVMSKB(a, dst)
	} else {
		PMOVMSKB(a, dst)
	}
}

// movq is dst = r and zeros; insert then puts r behind it.
func (v isa) movq(r reg.GPVirtual, dst reg.VecVirtual) {
	if v.avx() {
		VMOVQ(r, dst.AsX())
	} else {
		MOVQ(r, dst)
	}
}

func (v isa) insert(r reg.GPVirtual, dst reg.VecVirtual) {
	if v.avx() {
		VPINSRQ(Imm(1), r, dst.AsX(), dst.AsX())
	} else {
		PINSRQ(Imm(1), r, dst)
	}
}

// ret ends a kernel.
func (v isa) ret() {
	if v.avx() {
		VZEROUPPER()
	}
	RET()
}

// repeated is a global of n bytes c, for [isa.table] if n is 16.
func repeated(name string, c byte, n int) Mem {
	m := GLOBL(name, staticData)
	for i := 0; i < n; i += 8 {
		DATA(i, U64(uint64(c)*0x0101010101010101))
	}
	return m
}

// bytesData is a global of p's bytes, whose number is a multiple of 8.
func bytesData(name string, p []byte) Mem {
	m := GLOBL(name, staticData)
	for i := 0; i < len(p); i += 8 {
		var w uint64
		for j, b := range p[i : i+8] {
			w |= uint64(b) << (8 * j)
		}
		DATA(i, U64(w))
	}
	return m
}

// staticData marks data that is read only, has no pointers and is seen in its file only.
const staticData = RODATA | NOPTR
