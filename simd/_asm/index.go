package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { kernels["index"] = index }

const indexSignature = "func(dst *uint32, flags, src *byte, n int, base uint32, s *uint64) int"

func index() {
	d := newIndexData()
	for _, v := range []isa{avx512ISA, avx2ISA, sseISA} {
		indexVector(v, d)
	}
}

// indexData is the constants. white and ops are looked up by a byte's low nibble,
// and hold the one white space and the one of {}:, that has it; the other
// entries equal no byte that looks them up. A byte above 0x7F gets 0.
type indexData struct {
	white, ops, quote, backslash, case20, ctl Mem // of 16 bytes
	even                                      Mem // of 8
	iota                                      Mem
}

func newIndexData() (d indexData) {
	white := []byte{' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0}
	ops := []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0}
	d.white = bytesData("white", white)
	d.ops = bytesData("ops", ops)
	d.quote = repeated("quote", '"', 16)
	d.backslash = repeated("backslash", '\\', 16)
	d.case20 = repeated("case20", 0x20, 16)
	d.ctl = repeated("ctl", 0x1F, 16)
	d.even = repeated("even", 0x55, 8)
	iota := make([]byte, 64)
	for i := range iota {
		iota[i] = byte(i)
	}
	d.iota = bytesData("iota", iota)
	return d
}

// indexer is the registers of one index kernel.
type indexer struct {
	v isa
	d indexData

	dst, flags, src, left, base    reg.GPVirtual // where we are, and how many bytes are left
	inString, escapedNext, scalarP reg.GPVirtual // the state: see IndexState

	white, ops, quote, backslash, case20, ctl reg.VecVirtual

	iota, bases, step reg.VecVirtual // AVX-512 only: 0 to 63; 16 times base; 16 times 64
}

// indexVector writes the kernel for one level.
//
// A partial block at the end goes through the same code: it is loaded with
// spaces behind it, and the state's bits are taken from where the text ends.
func indexVector(v isa, d indexData) {
	x := &indexer{v: v, d: d}
	TEXT("index"+v.name, NOSPLIT, indexSignature)
	Pragma("noescape")
	Doc("index"+v.name+" is IndexJSON's kernel. It may write any of dst's first n+64 entries.",
		"s is IndexState's first word; n is at least 1.")
	x.begin()

	Label("block")
	CMPQ(x.left, Imm(64))
	JL(LabelRef("partial"))
	in := x.loadBlock()
	ADDQ(Imm(64), x.src)

	Label("classify")
	m := x.masks(in)
	x.flatten(m)
	ADDL(Imm(64), x.base.As32())
	SUBQ(Imm(64), x.left)
	JG(LabelRef("block"))
	x.end()

	Label("partial")
	x.loadPartial(in)
	JMP(LabelRef("classify"))
}

func (x *indexer) begin() {
	x.dst = Load(Param("dst"), GP64()).(reg.GPVirtual)
	x.flags = Load(Param("flags"), GP64()).(reg.GPVirtual)
	x.src = Load(Param("src"), GP64()).(reg.GPVirtual)
	x.left = Load(Param("n"), GP64()).(reg.GPVirtual)
	x.base = GP64()
	Load(Param("base"), x.base.As32())
	s := Load(Param("s"), GP64()).(reg.GPVirtual)
	x.inString, x.escapedNext, x.scalarP = GP64(), GP64(), GP64()
	MOVQ(Mem{Base: s}, x.inString)
	MOVQ(Mem{Base: s, Disp: 8}, x.escapedNext)
	MOVQ(Mem{Base: s, Disp: 16}, x.scalarP)
	x.white, x.ops = x.v.table(x.d.white), x.v.table(x.d.ops)
	x.quote, x.backslash = x.v.table(x.d.quote), x.v.table(x.d.backslash)
	x.case20 = x.v.table(x.d.case20)
	if x.v == avx512ISA {
		x.begin512()
	} else {
		x.ctl = x.v.table(x.d.ctl)
	}
}

// end stores the state and returns.
func (x *indexer) end() {
	s := Load(Param("s"), GP64()).(reg.GPVirtual)
	MOVQ(x.inString, Mem{Base: s})
	MOVQ(x.escapedNext, Mem{Base: s, Disp: 8})
	MOVQ(x.scalarP, Mem{Base: s, Disp: 16})
	start := Load(Param("dst"), GP64()).(reg.GPVirtual)
	SUBQ(start, x.dst)
	SHRQ(Imm(2), x.dst)
	Store(x.dst, ReturnIndex(0))
	x.v.ret()
}

// loadBlock is registers with 64 bytes from src.
func (x *indexer) loadBlock() (in []reg.VecVirtual) {
	for i := 0; i < 64; i += x.v.size {
		in = append(in, x.v.loaded(Mem{Base: x.src, Disp: i}))
	}
	return in
}

// class is what mask finds.
type class int

const (
	isBackslash class = iota
	isQuote
	isControl
	isWhite
	isOp // {}[]:, of which [] become {} by bit 0x20, and two bytes below 0x20 that it makes : and , of
)

// mask is where in has bytes of the class, one bit a byte.
func (x *indexer) mask(in []reg.VecVirtual, c class) reg.GPVirtual {
	if x.v == avx512ISA {
		return x.mask512(in[0], c)
	}
	m := GP64()
	for i := len(in) - 1; i >= 0; i-- {
		out, part := x.v.reg(), m
		x.compare(c, in[i], out)
		if i < len(in)-1 {
			part = GP64()
			SHLQ(Imm(uint64(x.v.size)), m)
		}
		x.v.movmskb(out, part.As32())
		if part != m {
			ORQ(part, m)
		}
	}
	return m
}

// compare sets the bytes of out where in has the class.
func (x *indexer) compare(c class, in, out reg.VecVirtual) {
	switch c {
	case isBackslash:
		x.v.cmpeqb(x.backslash, in, out)
	case isQuote:
		x.v.cmpeqb(x.quote, in, out)
	case isControl:
		x.v.minub(x.ctl, in, out)
		x.v.cmpeqb(in, out, out)
	case isWhite:
		x.v.shufb(in, x.white, out)
		x.v.cmpeqb(in, out, out)
	case isOp:
		folded := x.v.reg()
		x.v.shufb(in, x.ops, out)
		x.v.or(x.case20, in, folded)
		x.v.cmpeqb(folded, out, out)
	}
}

// masks classifies a block and returns the bytes to index.
func (x *indexer) masks(in []reg.VecVirtual) reg.GPVirtual {
	flag := startFlags()
	bs := x.mask(in, isBackslash)
	escaped := x.escapes(bs, flag)
	addFlag(flag, x.nonASCII(in))
	quote := x.mask(in, isQuote)
	x.andNot(escaped, quote)
	inside := x.insideStrings(quote)

	op := x.mask(in, isOp)
	ctl := x.mask(in, isControl)
	x.andNot(ctl, op)
	ANDQ(inside, ctl)
	addFlag(flag, ctl)
	MOVB(flag.As8(), Mem{Base: x.flags})
	INCQ(x.flags)
	white := x.mask(in, isWhite)
	return x.combine(op, white, quote, inside)
}

// nonASCII is not 0 if a byte of in has its high bit set.
func (x *indexer) nonASCII(in []reg.VecVirtual) reg.GPVirtual {
	if x.v == avx512ISA {
		return x.high512(in[0])
	}
	any, m := x.v.reg(), GP64()
	x.v.or(in[1], in[0], any)
	for _, r := range in[2:] {
		x.v.or(r, any, any)
	}
	x.v.movmskb(any, m.As32())
	return m
}

// A flag byte grows from its highest bit: the carry of NEG, which is set unless
// the mask is 0, is shifted in.
func startFlags() reg.GPVirtual {
	flag := GP64()
	XORL(flag.As32(), flag.As32())
	return flag
}

func addFlag(flag, m reg.GPVirtual) {
	NEGQ(m)
	ADCL(flag.As32(), flag.As32())
}

// andNot is m &^= not.
func (x *indexer) andNot(not, m reg.GPVirtual) {
	if x.v.avx() {
		ANDNQ(m, not, m)
		return
	}
	t := GP64()
	MOVQ(not, t)
	NOTQ(t)
	ANDQ(t, m)
}

// escapes is IndexState.escapes of the Go twin, and bs's flag.
func (x *indexer) escapes(bs, flag reg.GPVirtual) (escaped reg.GPVirtual) {
	escaped = GP64()
	t, starts, ends := GP64(), GP64(), GP64()
	MOVQ(x.escapedNext, escaped)
	ORQ(bs, x.escapedNext)
	JZ(LabelRef("noEscape"))
	MOVQ(bs, t)
	addFlag(flag, t)
	x.andNot(escaped, bs)
	LEAQ(Mem{Base: bs, Index: bs, Scale: 1}, ends)
	MOVQ(bs, starts)
	x.andNot(ends, starts)
	ANDQ(x.d.even, starts)
	x.andNot(bs, ends)
	SHRQ(Imm(63), x.escapedNext) // it is bs still, but for its lowest bit
	ADDQ(bs, starts)
	SBBQ(t, t)
	x.andNot(t, x.escapedNext)
	XORQ(x.d.even, starts)
	ANDQ(starts, ends)
	ORQ(ends, escaped)
	x.ifPartial("noEscape", func() { x.bit(escaped, x.escapedNext) })
	return escaped
}

// ifPartial does what a block needs in which the text ends.
func (x *indexer) ifPartial(whole string, do func()) {
	CMPQ(x.left, Imm(64))
	JGE(LabelRef(whole))
	do()
	Label(whole)
}

// bit is dst = m's bit number left.
func (x *indexer) bit(m, dst reg.GPVirtual) {
	BTQ(x.left, m)
	SBBQ(dst, dst)
	NEGQ(dst)
}

// insideStrings is the bytes from an opening quote to before the closing one.
func (x *indexer) insideStrings(quote reg.GPVirtual) reg.GPVirtual {
	m := GP64()
	if x.v.avx() {
		ones, q := XMM(), XMM()
		VPCMPEQB(ones, ones, ones)
		VMOVQ(quote, q)
		VPCLMULQDQ(Imm(0), ones, q, q)
		VMOVQ(q, m)
	} else {
		t := GP64()
		MOVQ(quote, m)
		for s := uint64(1); s < 64; s *= 2 {
			MOVQ(m, t)
			SHLQ(Imm(s), t)
			XORQ(t, m)
		}
	}
	XORQ(x.inString, m)
	MOVQ(m, x.inString)
	SARQ(Imm(63), x.inString)
	return m
}

// combine is op outside strings, quotes, and where scalars start.
func (x *indexer) combine(op, white, quote, inside reg.GPVirtual) reg.GPVirtual {
	scalar := GP64()
	x.andNot(inside, op)
	ORQ(quote, op)
	ORQ(inside, white)
	ORQ(op, white)
	MOVQ(white, scalar)
	NOTQ(scalar)
	before := x.scalarP
	LEAQ(Mem{Base: before, Index: scalar, Scale: 2}, before)
	ORQ(before, white)
	NOTQ(white)
	ORQ(white, op)
	MOVQ(scalar, x.scalarP)
	SHRQ(Imm(63), x.scalarP)
	x.ifPartial("wholeScalar", func() {
		DECQ(x.left)
		x.bit(scalar, x.scalarP)
		INCQ(x.left)
	})
	return op
}

// flatten writes the positions of m's bits. Groups of eight are written whole,
// what is beyond the count being overwritten by the next block: a branch for each
// bit would be mispredicted about once a block.
func (x *indexer) flatten(m reg.GPVirtual) {
	if x.v == avx512ISA {
		x.flatten512(m)
		return
	}
	n := GP64()
	POPCNTQ(m, n)
	x.positions(m, x.dst, 0, 8)
	CMPQ(n, Imm(8))
	JLE(LabelRef("flat"))
	x.positions(m, x.dst, 8, 8)
	CMPQ(n, Imm(16))
	JLE(LabelRef("flat"))
	ADDQ(Imm(64), x.dst)
	SUBQ(Imm(16), n)
	Label("more")
	x.positions(m, x.dst, 0, 4)
	ADDQ(Imm(16), x.dst)
	SUBQ(Imm(4), n)
	JG(LabelRef("more"))
	Label("flat")
	LEAQ(Mem{Base: x.dst, Index: n, Scale: 4}, x.dst)
}

// positions writes the n lowest bits' positions and clears the bits. (To an older
// processor TZCNT is BSF: they differ only in the result for 0, which is never
// looked at.)
func (x *indexer) positions(m, dst reg.GPVirtual, at, n int) {
	for i := at; i < at+n; i++ {
		p := GP64()
		TZCNTQ(m, p)
		if x.v.avx() {
			BLSRQ(m, m)
		} else {
			t := GP64()
			LEAQ(Mem{Base: m, Disp: -1}, t)
			ANDQ(t, m)
		}
		ADDL(x.base.As32(), p.As32())
		MOVL(p.As32(), Mem{Base: dst, Disp: 4 * i})
	}
}

// loadPartial fills in with the last left bytes and spaces.
func (x *indexer) loadPartial(in []reg.VecVirtual) {
	if x.v == avx512ISA {
		x.load512(in[0])
	} else {
		x.loadCopied(in)
	}
}

// loadCopied goes through the stack: text, then 64 spaces. (VPMASKMOVD would load
// a part of a register, and does on a processor; but QEMU 7 loads all of it, and
// faults where the text ends at the end of a page.)
func (x *indexer) loadCopied(in []reg.VecVirtual) {
	block := AllocLocal(128)
	for i := 64; i < 128; i += x.v.size {
		x.v.store(x.case20, block.Offset(i))
	}
	from, n := GP64(), Load(Param("n"), GP64())
	CMPQ(n, Imm(64))
	JL(LabelRef("few"))
	Comment("The last 64 bytes of the text; the last left of them, and spaces.")
	for i := 0; i < 64; i += x.v.size {
		x.v.load(Mem{Base: x.src, Index: x.left, Scale: 1, Disp: i - 64}, in[0])
		x.v.store(in[0], block.Offset(i))
	}
	LEAQ(block.Offset(64), from)
	SUBQ(x.left, from)
	JMP(LabelRef("copied"))

	Label("few")
	LEAQ(block.Offset(64), from)
	for _, size := range []int{32, 16, 8, 4} {
		less := fmt.Sprintf("less%d", size)
		CMPQ(x.left, Imm(uint64(size)))
		JL(LabelRef(less))
		x.copyEnds(size, from)
		JMP(LabelRef("copied"))
		Label(less)
	}
	x.copyThree(from)
	Label("copied")
	for i, r := range in {
		x.v.load(Mem{Base: from, Disp: x.v.size * i}, r)
	}
}

// copyEnds copies size to twice as many bytes: the first and the last size.
func (x *indexer) copyEnds(size int, to reg.GPVirtual) {
	last, lastTo := Mem{Base: x.src, Index: x.left, Scale: 1}, Mem{Base: to, Index: x.left, Scale: 1}
	if size <= 8 {
		a, b := GP64(), GP64()
		moveGP(size, Mem{Base: x.src}, a)
		moveGP(size, last.Offset(-size), b)
		moveGP(size, a, Mem{Base: to})
		moveGP(size, b, lastTo.Offset(-size))
		return
	}
	step := min(size, x.v.size)
	for i := 0; i < size; i += step {
		a, b := x.v.reg(), x.v.reg()
		x.v.loadSize(step, Mem{Base: x.src, Disp: i}, a)
		x.v.loadSize(step, last.Offset(i-size), b)
		x.v.storeSize(step, a, Mem{Base: to, Disp: i})
		x.v.storeSize(step, b, lastTo.Offset(i-size))
	}
}

// copyThree copies one to three bytes: the first, the middle and the last.
func (x *indexer) copyThree(to reg.GPVirtual) {
	half, t := GP64(), GP64()
	MOVB(Mem{Base: x.src}, t.As8())
	MOVB(t.As8(), Mem{Base: to})
	MOVQ(x.left, half)
	SHRQ(Imm(1), half)
	MOVB(Mem{Base: x.src, Index: half, Scale: 1}, t.As8())
	MOVB(t.As8(), Mem{Base: to, Index: half, Scale: 1})
	MOVB(Mem{Base: x.src, Index: x.left, Scale: 1, Disp: -1}, t.As8())
	MOVB(t.As8(), Mem{Base: to, Index: x.left, Scale: 1, Disp: -1})
}
