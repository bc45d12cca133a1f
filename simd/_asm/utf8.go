package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { kernels["utf8"] = utf8 }

// utf8 writes the lookup algorithm of Keiser and Lemire ("Validating UTF-8 in less
// than one instruction per byte", 2021).
//
// Every error but one kind shows in two neighbouring bytes: in the high nibble of
// the first, its low nibble, and the high nibble of the second. Three tables say
// which errors each nibble allows; an error that all three allow has happened. That
// the second or third byte behind a lead byte is missing or too many is seen by
// comparing "two continuations in a row", which looks like an error, with where
// they must be: two bytes behind E0 and above, three behind F0 and above.
func utf8() {
	d := utf8Data{
		low: repeated("low", 0x0F, 16), c60: repeated("c60", 0xE0-0x80, 16),
		c70: repeated("c70", 0xF0-0x80, 16), c80: repeated("c80", 0x80, 16),
	}
	first, second, third := utf8Tables()
	d.tables = [3]Mem{bytesData("first", first), bytesData("second", second), bytesData("third", third)}
	for _, v := range []isa{avx2ISA, sseISA} {
		utf8Vector(v, d)
	}
}

type utf8Data struct {
	low, c60, c70, c80 Mem
	tables             [3]Mem
}

// utf8Tables has a bit for each kind of error. The two of bit 6 do not meet.
func utf8Tables() (high1, low1, high2 []byte) {
	high1, low1, high2 = make([]byte, 16), make([]byte, 16), make([]byte, 16)
	for _, e := range []struct{ bit, high1From, high1To, low1From, low1To, high2From, high2To int }{
		{0, 0xC, 0xF, 0, 0xF, 0x0, 0x7},   // a lead, then ASCII
		{0, 0xC, 0xF, 0, 0xF, 0xC, 0xF},   // a lead, then a lead
		{1, 0x0, 0x7, 0, 0xF, 0x8, 0xB},   // ASCII, then a continuation
		{2, 0xE, 0xE, 0, 0, 0x8, 0x9},     // E0 80–9F: overlong
		{3, 0xF, 0xF, 4, 0xF, 0x9, 0xB},   // F4–FF 90–BF: above U+10FFFF
		{4, 0xE, 0xE, 0xD, 0xD, 0xA, 0xB}, // ED A0–BF: a surrogate
		{5, 0xC, 0xC, 0, 1, 0x8, 0xB},     // C0–C1: overlong
		{6, 0xF, 0xF, 0, 0, 0x8, 0x8},     // F0 80–8F: overlong
		{6, 0xF, 0xF, 5, 0xF, 0x8, 0x8},   // F5–FF 80–8F: above U+10FFFF
		{7, 0x8, 0xB, 0, 0xF, 0x8, 0xB},   // two continuations
	} {
		setBit(high1, e.bit, e.high1From, e.high1To)
		setBit(low1, e.bit, e.low1From, e.low1To)
		setBit(high2, e.bit, e.high2From, e.high2To)
	}
	return high1, low1, high2
}

func setBit(t []byte, bit, from, to int) {
	for i := from; i <= to; i++ {
		t[i] |= 1 << bit
	}
}

// utf8er is the registers of one kernel.
type utf8er struct {
	v                  isa
	p, n, i, t         reg.GPVirtual // i is how far we are
	low, c60, c70, c80 reg.VecVirtual
	table              [3]reg.VecVirtual
	bad                reg.VecVirtual // not 0 where an error was
}

// chunk is how many bytes are looked at for ASCII at once.
const chunk = 64

// utf8Vector writes the kernel for SSE or AVX2.
//
// The bytes before a register's are loaded from memory, one, two and three bytes
// lower, so that the last register may overlap the one before; only at 0 they are
// zeros shifted in. ASCII is the one state of a machine, and behind it nothing is
// open; behind a chunk that is not, the next must be looked at even if it is ASCII.
func utf8Vector(v isa, d utf8Data) {
	TEXT("validUTF8"+v.name, NOSPLIT, "func(p *byte, n int) bool")
	Pragma("noescape")
	Doc("validUTF8"+v.name+" is ValidUTF8's kernel. n is at least "+fmt.Sprint(v.size+3)+". It does not see",
		"that a rune is cut off at the end.")
	x := &utf8er{v: v, i: GP64(), t: GP64(), bad: v.reg()}
	x.p = Load(Param("p"), GP64()).(reg.GPVirtual)
	x.n = Load(Param("n"), GP64()).(reg.GPVirtual)
	XORQ(x.i, x.i)
	v.xor(x.bad, x.bad, x.bad)
	x.low, x.c60, x.c70, x.c80 = v.table(d.low), v.table(d.c60), v.table(d.c70), v.table(d.c80)
	for i, m := range d.tables {
		x.table[i] = v.table(m)
	}
	x.ascii()
	x.mixed()
	x.tail()

	Label("end")
	if v.avx() {
		VPTEST(x.bad, x.bad)
	} else {
		PTEST(x.bad, x.bad)
	}
	SETEQ(x.t.As8())
	Store(x.t.As8(), ReturnIndex(0))
	v.ret()
}

// at is the memory off bytes from where we are.
func (x *utf8er) at(off int) Mem { return Mem{Base: x.p, Index: x.i, Scale: 1, Disp: off} }

// fits jumps if there are not size bytes left.
func (x *utf8er) fits(size int, otherwise string) {
	LEAQ(Mem{Base: x.i, Disp: size}, x.t)
	CMPQ(x.t, x.n)
	JG(LabelRef(otherwise))
}

// isASCII sets the flags to "equal" if the chunk is.
func (x *utf8er) isASCII(size int) {
	any := x.v.loaded(x.at(0))
	for off := x.v.size; off < size; off += x.v.size {
		x.v.or(x.v.loaded(x.at(off)), any, any)
	}
	x.v.movmskb(any, x.t.As32())
	TESTL(x.t.As32(), x.t.As32())
}

// ascii is the state in which nothing is open.
func (x *utf8er) ascii() {
	Label("ascii")
	x.fits(chunk, "asciiTail")
	x.isASCII(chunk)
	JNE(LabelRef("firstMixed"))
	ADDQ(Imm(chunk), x.i)
	JMP(LabelRef("ascii"))

	Label("asciiTail")
	x.fits(x.v.size, "asciiLast")
	x.isASCII(x.v.size)
	JNE(LabelRef("firstTail"))
	ADDQ(Imm(uint64(x.v.size)), x.i)
	JMP(LabelRef("asciiTail"))

	Label("asciiLast")
	CMPQ(x.i, x.n)
	JE(LabelRef("end"))
	LEAQ(Mem{Base: x.n, Disp: -x.v.size}, x.i)
	x.isASCII(x.v.size)
	JE(LabelRef("end"))
	x.check(0)
	JMP(LabelRef("end"))
}

// mixed is the state in which a rune may be open.
func (x *utf8er) mixed() {
	Label("firstMixed")
	TESTQ(x.i, x.i)
	JNE(LabelRef("check"))
	x.checkFirst()
	JMP(LabelRef("checkRest"))

	Label("mixed")
	x.fits(chunk, "tail")
	x.isASCII(chunk)
	JE(LabelRef("closing"))
	Label("check")
	x.check(0)
	Label("checkRest")
	for off := x.v.size; off < chunk; off += x.v.size {
		x.check(off)
	}
	ADDQ(Imm(chunk), x.i)
	JMP(LabelRef("mixed"))

	Label("closing")
	x.check(0)
	ADDQ(Imm(chunk), x.i)
	JMP(LabelRef("ascii"))
}

// tail is what is left over, a register at a time.
func (x *utf8er) tail() {
	Label("firstTail")
	TESTQ(x.i, x.i)
	JNE(LabelRef("tail"))
	x.checkFirst()
	ADDQ(Imm(uint64(x.v.size)), x.i)

	Label("tail")
	x.fits(x.v.size, "last")
	x.check(0)
	ADDQ(Imm(uint64(x.v.size)), x.i)
	JMP(LabelRef("tail"))

	Label("last")
	CMPQ(x.i, x.n)
	JE(LabelRef("end"))
	LEAQ(Mem{Base: x.n, Disp: -x.v.size}, x.i)
	x.check(0)
}

// check looks for errors in the register off bytes from where we are.
func (x *utf8er) check(off int) {
	in, before := x.v.loaded(x.at(off)), [3]reg.VecVirtual{}
	for i := range before {
		before[i] = x.v.loaded(x.at(off - 1 - i))
	}
	x.errors(in, before)
}

// checkFirst looks for errors in the first register.
func (x *utf8er) checkFirst() {
	in, before := x.v.loaded(x.at(0)), [3]reg.VecVirtual{}
	low := x.v.reg()
	if x.v.avx() {
		Comment("The lower half, moved up, and zeros.")
		VPERM2I128(Imm(0x08), in, in, low)
	}
	for i := range before {
		before[i] = x.v.reg()
		if x.v.avx() {
			VPALIGNR(Imm(uint64(15-i)), low, in, before[i])
		} else {
			MOVOU(in, before[i])
			PSLLO(Imm(uint64(i+1)), before[i])
		}
	}
	x.errors(in, before)
}

func (x *utf8er) errors(in reg.VecVirtual, before [3]reg.VecVirtual) {
	v := x.v
	a, b, c := v.reg(), v.reg(), v.reg()
	v.highNibbles(x.low, before[0], a)
	v.shufb(a, x.table[0], a)
	v.and(x.low, before[0], b)
	v.shufb(b, x.table[1], b)
	v.highNibbles(x.low, in, c)
	v.shufb(c, x.table[2], c)
	v.and(b, a, a)
	v.and(c, a, a)
	v.subusb(x.c60, before[1], before[1])
	v.subusb(x.c70, before[2], before[2])
	v.or(before[2], before[1], before[1])
	v.and(x.c80, before[1], before[1])
	v.xor(before[1], a, a)
	v.or(a, x.bad, x.bad)
}
