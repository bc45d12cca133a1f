package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { kernels["head"] = head }

// What a HeadStatus is in assembly, where headFull means little room.
const (
	headDone = 1
	headBad  = 2
	headFull = 3
)

// headRoom is as in head_amd64.go.
const headRoom = 24

func head() {
	d := headConsts{}
	for i, c := range []byte{'\n', '\r', ':', '\t', 0x7F, 0x1F} {
		d[i] = repeated(fmt.Sprintf("byte%02X", c), c, 16)
	}
	for _, v := range []isa{avx512ISA, avx2ISA, sseISA} {
		(&header{v: v}).write(d)
	}
}

// headConsts are LF, CR, colon, HTAB, DEL and 0x1F.
type headConsts [6]Mem

// headMasks has a bit for each byte of a block that is LF, CR, a colon, or
// forbidden; the last includes LF and CR.
type headMasks struct{ lf, cr, colon, ctl reg.GPVirtual }

func newHeadMasks() headMasks { return headMasks{GP64(), GP64(), GP64(), GP64()} }

func (m headMasks) all() []reg.GPVirtual { return []reg.GPVirtual{m.lf, m.cr, m.colon, m.ctl} }

// header is the registers of one kernel.
type header struct {
	v          isa
	c          [6]reg.VecVirtual
	src, n, at reg.GPVirtual
	ends       reg.GPVirtual // where the next line's end is stored
	limit      Mem           // ends beyond this have little room
	seek       reg.GPVirtual // 1 if the line has no colon yet
	cr, lf     reg.GPVirtual // as in HeadState
	left       reg.GPVirtual // bytes in the block
	status     Mem
	stop       Mem // where to stop if status is not 0
}

// write writes the kernel. One pass takes a block of 64 bytes, or what is left.
func (h *header) write(d headConsts) {
	TEXT("scanHead"+h.v.name, NOSPLIT, "func(dst *uint32, room int, src *byte, n int, s *int) int")
	Doc("scanHead"+h.v.name+" is scanHead's kernel, for n of at least 16 and s.at below it.",
		"dst is the first entry of room, s HeadState's first word:",
		"s.at, s.lines, s.found are updated; s.cr, s.lf are what before set.")
	Pragma("noescape")
	h.begin(d)

	Label("loop")
	CMPQ(h.ends, h.limit)
	JHI(LabelRef("full"))
	m := newHeadMasks()
	MOVQ(h.n, h.left)
	SUBQ(h.at, h.left)
	CMPQ(h.left, Imm(64))
	JLT(LabelRef("tail"))
	MOVQ(U32(64), h.left)
	h.block(m, Mem{Base: h.src, Index: h.at, Scale: 1})
	Label("judge")
	h.judge(m)
	Label("lines")
	h.lines(m)
	CMPQ(h.status, Imm(0))
	JNE(LabelRef("stopped"))
	ADDQ(Imm(64), h.at)
	CMPQ(h.at, h.n)
	JLT(LabelRef("loop"))
	MOVQ(h.n, h.at)
	JMP(LabelRef("return"))

	Label("tail")
	h.tail(m)
	JMP(LabelRef("judge"))

	Label("stop")
	h.stopAt(m)
	JMP(LabelRef("lines"))

	Label("full")
	MOVQ(U32(headFull), h.status)
	JMP(LabelRef("return"))
	Label("stopped")
	MOVQ(h.stop, h.at)
	Label("return")
	h.end()
}

func (h *header) begin(d headConsts) {
	for i := range d {
		h.c[i] = h.v.table(d[i])
	}
	h.status, h.stop, h.limit = AllocLocal(8), AllocLocal(8), AllocLocal(8)
	MOVQ(U32(0), h.status)
	dst, s := Load(Param("dst"), GP64()).(reg.GPVirtual), Load(Param("s"), GP64()).(reg.GPVirtual)
	h.src = Load(Param("src"), GP64()).(reg.GPVirtual)
	h.n = Load(Param("n"), GP64()).(reg.GPVirtual)
	h.at, h.ends, h.seek, h.cr, h.lf, h.left = GP64(), GP64(), GP64(), GP64(), GP64(), GP64()
	room := Load(Param("room"), GP64()).(reg.GPVirtual)
	LEAQ(Mem{Base: dst, Index: room, Scale: 8, Disp: -8 * headRoom}, room)
	MOVQ(room, h.limit)
	MOVQ(Mem{Base: s, Disp: 0}, h.at)
	MOVQ(Mem{Base: s, Disp: 8}, h.ends)
	LEAQ(Mem{Base: dst, Index: h.ends, Scale: 8}, h.ends)
	MOVQ(Mem{Base: s, Disp: 16}, h.seek)
	XORQ(Imm(1), h.seek)
	MOVQ(Mem{Base: s, Disp: 24}, h.cr)
	MOVQ(Mem{Base: s, Disp: 32}, h.lf)
}

func (h *header) end() {
	dst, s := Load(Param("dst"), GP64()).(reg.GPVirtual), Load(Param("s"), GP64()).(reg.GPVirtual)
	MOVQ(h.at, Mem{Base: s, Disp: 0})
	SUBQ(dst, h.ends)
	SHRQ(Imm(3), h.ends)
	MOVQ(h.ends, Mem{Base: s, Disp: 8})
	XORQ(Imm(1), h.seek)
	MOVQ(h.seek, Mem{Base: s, Disp: 16})
	status := GP64()
	MOVQ(h.status, status)
	Store(status, ReturnIndex(0))
	h.v.ret()
}

// block makes the masks of the 64 bytes at p.
func (h *header) block(m headMasks, p Mem) {
	if h.v == avx512ISA {
		h.masks512(m, h.v.loaded(p))
		return
	}
	h.masks(m, h.v.loaded(p))
	for i := h.v.size; i < 64; i += h.v.size {
		h.more(m, h.v.loaded(p.Offset(i)), func(r reg.GPVirtual) { SHLQ(Imm(uint64(i)), r) })
	}
}

func (h *header) masks(m headMasks, in reg.VecVirtual) {
	for i, r := range m.all() {
		h.mask(in, i, r)
	}
}

// more adds a register's masks to m, shifted.
func (h *header) more(m headMasks, in reg.VecVirtual, shift func(reg.GPVirtual)) {
	for i, r := range m.all() {
		t := GP64()
		h.mask(in, i, t)
		shift(t)
		ORQ(t, r)
	}
}

// mask makes the i-th of headMasks.
func (h *header) mask(in reg.VecVirtual, i int, r reg.GPVirtual) {
	t := h.v.reg()
	if i < 3 {
		h.v.cmpeqb(h.c[i], in, t)
		h.v.movmskb(t, r.As32())
		return
	}
	u := h.v.reg()
	h.v.minub(h.c[5], in, t)
	h.v.cmpeqb(in, t, t)
	h.v.cmpeqb(h.c[3], in, u)
	h.v.andn(t, u, t)
	h.v.cmpeqb(h.c[4], in, u)
	h.v.or(u, t, t)
	h.v.movmskb(t, r.As32())
}

func (h *header) masks512(m headMasks, in reg.VecVirtual) {
	for i, r := range m.all()[:3] {
		k := K()
		VPCMPEQB(h.c[i], in, k)
		KMOVQ(k, r)
	}
	tab, del, ctl := K(), K(), K()
	VPCMPEQB(h.c[3], in, tab)
	VPCMPEQB(h.c[4], in, del)
	VPCMPUB(Imm(2), h.c[5], in, ctl)
	KANDNQ(ctl, tab, ctl)
	KORQ(del, ctl, ctl)
	KMOVQ(ctl, m.ctl)
}

// tail makes the masks of the last left bytes, fewer than 64. Without loads under
// a mask these are the last 64 bytes of the head, or all of a shorter one, shifted
// down: a head is kept whole, so the bytes before are there to be read.
func (h *header) tail(m headMasks) {
	if h.v == avx512ISA {
		ones, k, in := GP64(), K(), ZMM()
		MOVQ(I32(-1), ones)
		BZHIQ(h.left, ones, ones)
		KMOVQ(ones, k)
		VMOVDQU8_Z(Mem{Base: h.src, Index: h.at, Scale: 1}, k, in)
		h.masks512(m, in)
		for _, r := range m.all() {
			ANDQ(ones, r)
		}
		return
	}
	by := GP64()
	CMPQ(h.n, Imm(64))
	JLT(LabelRef("short"))
	h.block(m, Mem{Base: h.src, Index: h.n, Scale: 1, Disp: -64})
	MOVQ(U32(64), by)
	SUBQ(h.left, by)
	JMP(LabelRef("shift"))

	Label("short")
	CMPQ(h.n, Imm(32))
	JLT(LabelRef("short32"))
	h.short(m, 32)
	JMP(LabelRef("shorted"))
	Label("short32")
	h.short(m, 16)
	Label("shorted")
	MOVQ(h.at, by)
	Label("shift")
	for _, r := range m.all() {
		h.shift(false, by, r)
	}
}

// short makes the masks of a head of half to twice that: of the first half bytes
// and of the last, which overlap and agree.
func (h *header) short(m headMasks, half int) {
	by := GP64()
	LEAQ(Mem{Base: h.n, Disp: -half}, by)
	left := func(r reg.GPVirtual) { h.shift(true, by, r) }
	if half < h.v.size {
		in := h.v.reg()
		VMOVDQU(Mem{Base: h.src}, in.AsX())
		h.masks(m, in)
		for _, r := range m.all() {
			MOVWLZX(r.As16(), r.As32())
		}
		VMOVDQU(Mem{Base: h.src, Index: by, Scale: 1}, in.AsX())
		h.more(m, in, func(r reg.GPVirtual) {
			MOVWLZX(r.As16(), r.As32())
			left(r)
		})
		return
	}
	h.masks(m, h.v.loaded(Mem{Base: h.src}))
	if half > h.v.size {
		h.more(m, h.v.loaded(Mem{Base: h.src, Disp: 16}), func(r reg.GPVirtual) { SHLQ(Imm(16), r) })
	}
	h.more(m, h.v.loaded(Mem{Base: h.src, Index: by, Scale: 1}), left)
	if half > h.v.size {
		ADDQ(Imm(16), by)
		h.more(m, h.v.loaded(Mem{Base: h.src, Index: by, Scale: 1}), left)
	}
}

// shift shifts r left or right by a register.
func (h *header) shift(left bool, by, r reg.GPVirtual) {
	switch {
	case h.v.avx() && left:
		SHLXQ(by, r, r)
	case h.v.avx():
		SHRXQ(by, r, r)
	case left:
		MOVQ(by, reg.RCX)
		SHLQ(reg.CL, r)
	default:
		MOVQ(by, reg.RCX)
		SHRQ(reg.CL, r)
	}
}

// judge jumps to stop if the block has the end of the head or a byte that may not
// be in one. Its bits are then in m.ctl, and those of the bad in left.
func (h *header) judge(m headMasks) {
	Comment("Forbidden: control bytes but CR and LF; CR without LF behind it, LF without CR before.")
	bad, afterCR := m.ctl, GP64()
	LEAQ(Mem{Base: h.cr, Index: m.cr, Scale: 2}, afterCR)
	XORQ(m.lf, afterCR)
	XORQ(m.lf, bad)
	XORQ(m.cr, bad)
	ORQ(afterCR, bad)
	h.valid(bad)
	MOVQ(m.cr, h.cr)
	SHRQ(Imm(63), h.cr)
	Comment("The end: an LF two bytes behind an LF.")
	end := GP64()
	LEAQ(Mem{Base: h.lf, Index: m.lf, Scale: 4}, end)
	ANDQ(m.lf, end)
	MOVQ(m.lf, h.lf)
	SHRQ(Imm(62), h.lf)
	MOVQ(bad, h.left)
	ORQ(end, bad)
	JNE(LabelRef("stop"))
}

// valid clears the bit behind the last byte, which a CR there sets.
func (h *header) valid(bad reg.GPVirtual) {
	if h.v.avx() {
		BZHIQ(h.left, bad, bad)
		return
	}
	CMPQ(h.left, Imm(64))
	JEQ(LabelRef("whole"))
	ones := GP64()
	MOVQ(I32(-1), ones)
	h.shift(true, h.left, ones)
	NOTQ(ones)
	ANDQ(ones, bad)
	Label("whole")
}

// stopAt keeps what stands before the first bit of m.ctl.
func (h *header) stopAt(m headMasks) {
	at, before, status := GP64(), GP64(), GP64()
	TZCNTQ(m.ctl, at)
	LEAQ(Mem{Base: m.ctl, Disp: -1}, before)
	NOTQ(m.ctl)
	ANDQ(m.ctl, before)
	ANDQ(before, m.lf)
	ANDQ(before, m.colon)
	Comment("The first bit is a bad byte's, or the end's and the offset is behind it.")
	MOVQ(U32(headBad), status)
	BTQ(at, h.left)
	JCS(LabelRef("bad"))
	MOVQ(U32(headDone), status)
	INCQ(at)
	Label("bad")
	MOVQ(status, h.status)
	ADDQ(h.at, at)
	MOVQ(at, h.stop)
}

// lines stores the first colons and the ends of the block's lines.
//
// Adding a line's first bit to ones that stop at colons and LFs carries to the
// first of these. A line that has neither in this block carries out.
func (h *header) lines(m headMasks) {
	keys, first, starts, colons := GP64(), GP64(), GP64(), GP64()
	MOVQ(m.colon, keys)
	ORQ(m.lf, keys)
	MOVQ(keys, first)
	NOTQ(first)
	LEAQ(Mem{Base: h.seek, Index: m.lf, Scale: 2}, starts)
	Comment("The next colon is of the next line if this one has its own.")
	MOVQ(h.ends, colons)
	XORQ(Imm(1), h.seek)
	LEAQ(Mem{Base: colons, Index: h.seek, Scale: 8}, colons)
	MOVQ(m.lf, h.seek)
	SHRQ(Imm(63), h.seek)
	ADDQ(starts, first)
	ADCQ(Imm(0), h.seek)
	ANDQ(keys, first)
	h.store(first, colons, 0, "colons")
	DECQ(h.at)
	h.store(m.lf, h.ends, 4, "ends")
	INCQ(h.at)
}

// store writes at plus the offset of each bit of m to every eighth byte of dst, and
// moves dst behind them. It writes in pairs, the first in any case.
func (h *header) store(m, dst reg.GPVirtual, disp int, label string) {
	p, bit := GP64(), GP64()
	MOVQ(dst, p)
	POPCNTQ(m, bit)
	LEAQ(Mem{Base: dst, Index: bit, Scale: 8}, dst)
	Label(label)
	for i := range 2 {
		TZCNTQ(m, bit)
		ADDQ(h.at, bit)
		MOVL(bit.As32(), Mem{Base: p, Disp: disp + 8*i})
		if h.v.avx() {
			BLSRQ(m, m)
		} else {
			LEAQ(Mem{Base: m, Disp: -1}, bit)
			ANDQ(bit, m)
		}
	}
	ADDQ(Imm(16), p)
	CMPQ(p, dst)
	JCS(LabelRef(label))
}
