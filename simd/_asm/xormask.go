package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { kernels["xormask"] = xormask }

// AVX-512 was no faster than AVX2 at any size from 64 bytes to 1 MiB (AMD EPYC with AVX512VBMI2).
func xormask() {
	for _, v := range []isa{avx2ISA, sseISA} {
		xormaskKernel(v)
	}
}

// xormaskKernel writes one kernel. The first and the last register's worth are masked
// before and stored behind the loop, which stores to aligned addresses: both overlap
// what it writes, and agree with it.
func xormaskKernel(v isa) {
	TEXT("xorMask"+v.name, NOSPLIT, "func(p *byte, n int, key uint32)")
	Doc("xorMask" + v.name + " is xorMask's kernel, for n of at least 64. key's lowest byte is for *p.")
	Pragma("noescape")
	p := Load(Param("p"), GP64()).(reg.GPVirtual)
	n := Load(Param("n"), GP64()).(reg.GPVirtual)
	key := Load(Param("key"), GP32()).(reg.GPVirtual)
	size := v.size
	first, last := masked(v, Mem{Base: p}, keyed(v, key, nil)), masked(v, Mem{Base: p, Index: n, Scale: 1, Disp: -size}, keyed(v, key, n))
	Comment("From the next aligned address on.")
	at, end := GP64(), GP64()
	MOVQ(p, at)
	ANDQ(Imm(uint64(size-1)), at)
	NEGQ(at)
	ADDQ(I32(int32(size)), at)
	k := keyed(v, key, at)
	MOVQ(n, end)
	SUBQ(I32(int32(4*size)), end)

	Label("four")
	CMPQ(at, end)
	JGT(LabelRef("behind"))
	for i := range 4 {
		m := Mem{Base: p, Index: at, Scale: 1, Disp: i * size}
		v.store(masked(v, m, k), m)
	}
	ADDQ(I32(int32(4*size)), at)
	JMP(LabelRef("four"))
	Label("behind")
	ADDQ(I32(int32(3*size)), end)
	Label("one")
	CMPQ(at, end)
	JGT(LabelRef("ends"))
	m := Mem{Base: p, Index: at, Scale: 1}
	v.store(masked(v, m, k), m)
	ADDQ(I32(int32(size)), at)
	JMP(LabelRef("one"))
	Label("ends")
	v.store(first, Mem{Base: p})
	v.store(last, Mem{Base: p, Index: n, Scale: 1, Disp: -size})
	v.ret()
}

// keyed is key in all of a register, for an address that many bytes on.
func keyed(v isa, key, on reg.GPVirtual) reg.VecVirtual {
	k, out := GP64(), v.reg()
	MOVL(key, k.As32())
	if on != nil {
		MOVQ(on, reg.RCX)
		SHLQ(Imm(3), reg.RCX)
		RORL(reg.CL, k.As32())
	}
	high := GP64()
	MOVQ(k, high)
	SHLQ(Imm(32), high)
	ORQ(high, k)
	v.movq(k, out)
	if v == avx2ISA {
		VPBROADCASTQ(out.AsX(), out)
	} else {
		v.insert(k, out)
	}
	return out
}

func masked(v isa, m Mem, k reg.VecVirtual) reg.VecVirtual {
	in := v.loaded(m)
	v.xor(k, in, in)
	return in
}
