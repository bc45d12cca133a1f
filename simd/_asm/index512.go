package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// What AVX-512 does its own way: it compares into mask registers, loads under a
// mask, and compresses the positions of a block's bits in one instruction.

func (x *indexer) begin512() {
	x.iota, x.bases, x.step = x.v.loaded(x.d.iota), ZMM(), ZMM()
	VPBROADCASTD(x.base.As32(), x.bases)
	t := GP64()
	MOVL(U32(64), t.As32())
	VPBROADCASTD(t.As32(), x.step)
}

// load512 is the last left bytes of src, with spaces behind them.
func (x *indexer) load512(in reg.VecVirtual) {
	ones, k := GP64(), K()
	MOVQ(I32(-1), ones)
	BZHIQ(x.left, ones, ones)
	KMOVQ(ones, k)
	VMOVDQA64(x.case20, in)
	VMOVDQU8(Mem{Base: x.src}, k, in)
}

func (x *indexer) mask512(in reg.VecVirtual, c class) reg.GPVirtual {
	k, t, m := K(), ZMM(), GP64()
	switch c {
	case isBackslash:
		VPCMPEQB(x.backslash, in, k)
	case isQuote:
		VPCMPEQB(x.quote, in, k)
	case isControl:
		VPCMPUB(Imm(1), x.case20, in, k)
	case isWhite:
		VPSHUFB(in, x.white, t)
		VPCMPEQB(in, t, k)
	case isOp:
		folded := ZMM()
		VPSHUFB(in, x.ops, t)
		VPORD(x.case20, in, folded)
		VPCMPEQB(folded, t, k)
	}
	KMOVQ(k, m)
	return m
}

func (x *indexer) high512(in reg.VecVirtual) reg.GPVirtual {
	k, m := K(), GP64()
	VPMOVB2M(in, k)
	KMOVQ(k, m)
	return m
}

// flatten512 writes sixteen positions at a time, the first sixteen always.
func (x *indexer) flatten512(m reg.GPVirtual) {
	k, at, n := K(), ZMM(), GP64()
	POPCNTQ(m, n)
	KMOVQ(m, k)
	compressBytes(x.iota, k, at)
	x.positions512(at.AsX(), 0)
	CMPQ(n, Imm(16))
	JLE(LabelRef("flat"))
	for i := 1; i < 4; i++ {
		part := XMM()
		VEXTRACTI32X4(Imm(uint64(i)), at, part)
		x.positions512(part, i)
	}
	Label("flat")
	LEAQ(Mem{Base: x.dst, Index: n, Scale: 4}, x.dst)
	VPADDD(x.step, x.bases, x.bases)
}

func (x *indexer) positions512(at reg.Register, i int) {
	p := ZMM()
	VPMOVZXBD(at, p)
	VPADDD(x.bases, p, p)
	VMOVDQU32(p, Mem{Base: x.dst, Disp: 64 * i})
}

// compressBytes is VPCOMPRESSB, of VBMI2, which avo does not know: dst = the
// bytes of a that k selects, and zeros.
func compressBytes(a, k, dst reg.Register) {
	Instruction(&ir.Instruction{
		Opcode:   "VPCOMPRESSB",
		Suffixes: []string{"Z"},
		Operands: []Op{a, k, dst},
		Inputs:   []Op{a, k},
		Outputs:  []Op{dst},
		ISA:      []string{"AVX512VBMI2"},
	})
}
