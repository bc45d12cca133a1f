package simd

import "math/bits"

// The twin in Go is branch-free as the assembly is: it turns 64 bytes into bit
// masks, one bit per byte, and works on those.
//
// A byte's class comes from a table, as four bits that land in four 16-bit
// lanes of a word, so that 16 loads, shifts and ORs classify 16 bytes:
//
//	lane 3 | lane 2 | lane 1 | lane 0
//	  ctl  |   op   |   bs   |  quote    one of 16 bits in each lane
//
// The eight classes share the four planes (see the constants): a plane alone is
// the class it is named for, two together are another. Compared with SWAR tests
// for each of the 13 special bytes this needs fewer than half the operations,
// and it does not care for the byte order.
const (
	planeQuote = 1 << 0
	planeBS    = 1 << 16
	planeOp    = 1 << 32
	planeCtl   = 1 << 48

	classSpace    = planeQuote | planeOp
	classCtlSpace = planeQuote | planeCtl // tab, line feed, carriage return
	classHigh     = planeBS | planeOp     // 0x80 and above
)

var classOf = func() (t [256]uint64) {
	for c := range 0x20 {
		t[c] = planeCtl
	}
	for c := 0x80; c <= 0xFF; c++ {
		t[c] = classHigh
	}
	t['\t'], t['\n'], t['\r'] = classCtlSpace, classCtlSpace, classCtlSpace
	t[' '] = classSpace
	t['"'] = planeQuote
	t['\\'] = planeBS
	for _, c := range "{}[]:," {
		t[c] = planeOp
	}
	return t
}()

// planes are the four class planes of up to 64 bytes.
type planes struct{ quote, bs, op, ctl uint64 }

// add puts 16 bytes' classes at bit i of the planes.
func (p *planes) add(c uint64, i uint) {
	p.quote |= c & 0xFFFF << i
	p.bs |= c >> 16 & 0xFFFF << i
	p.op |= c >> 32 & 0xFFFF << i
	p.ctl |= c >> 48 << i
}

// classify16 is the class word of 16 bytes.
func classify16(b *[16]byte) uint64 {
	t := &classOf
	return t[b[0]] | t[b[1]]<<1 | t[b[2]]<<2 | t[b[3]]<<3 |
		t[b[4]]<<4 | t[b[5]]<<5 | t[b[6]]<<6 | t[b[7]]<<7 |
		t[b[8]]<<8 | t[b[9]]<<9 | t[b[10]]<<10 | t[b[11]]<<11 |
		t[b[12]]<<12 | t[b[13]]<<13 | t[b[14]]<<14 | t[b[15]]<<15
}

func indexGeneric(dst []uint32, flags []byte, src []byte, base uint32, s *IndexState) int {
	n, i := 0, 0
	for ; i+64 <= len(src); i += 64 {
		b := (*[64]byte)(src[i:])
		var p planes
		p.add(classify16((*[16]byte)(b[0:])), 0)
		p.add(classify16((*[16]byte)(b[16:])), 16)
		p.add(classify16((*[16]byte)(b[32:])), 32)
		p.add(classify16((*[16]byte)(b[48:])), 48)
		m, f := s.next(&p, 64)
		flags[i/64] = f
		n += flatten(dst[n:], m, base+uint32(i))
	}
	if i < len(src) {
		p := classifyTail(src[i:])
		m, f := s.next(&p, uint(len(src)-i))
		flags[i/64] = f
		n += flatten(dst[n:], m, base+uint32(i))
	}
	return n
}

// classifyTail is the planes of fewer than 64 bytes, with spaces behind them.
func classifyTail(src []byte) (p planes) {
	n := uint(len(src))
	p.quote, p.op = ^uint64(0)<<n, ^uint64(0)<<n
	i := uint(0)
	for ; len(src) >= 16; src = src[16:] {
		p.add(classify16((*[16]byte)(src)), i)
		i += 16
	}
	c := uint64(0)
	for j, b := range src {
		c |= classOf[b] << j
	}
	p.add(c, i)
	return p
}

// next takes the state over a block of n bytes, and returns the bits of the
// bytes to index and the block's flags.
func (s *IndexState) next(p *planes, n uint) (index uint64, flags byte) {
	white := p.quote & (p.op | p.ctl)
	high := p.bs & p.op
	quote := p.quote &^ white
	op := p.op &^ (p.quote | p.bs)
	bs := p.bs &^ high

	escaped := s.escapes(bs, n)
	quote &^= escaped
	in := prefixXor(quote) ^ s.inString // opening quote up to before the closing
	s.inString = uint64(int64(in) >> 63)

	scalar := ^(op | white | quote | in)
	start := scalar &^ (scalar<<1 | s.scalar)
	s.scalar = scalar >> (n - 1) & 1

	return op&^in | quote | start, flagIf(bs, FlagEscape) | flagIf(high, FlagNonASCII) | flagIf(p.ctl&in, FlagControl)
}

// escapes returns the bytes that are no backslash and stand behind an odd run of
// them, and carries the state over a block of n bytes.
//
// Adding a run's first bit to the run clears it and sets the bit behind it. Done
// to the runs that start at an even bit, this tells their ends from those of the
// runs that start at an odd bit; and a run is of odd length if just one of its
// start and its end is odd.
//
//	bs        01110110   bit 7 … bit 0: runs at 1–2 and 4–6
//	+ 1<<4    10000110   the run that starts at an even bit has become bit 7
//	odd ends  10000000   7: length 3. The end of the other, 3, is odd too: length 2
func (s *IndexState) escapes(bs uint64, n uint) uint64 {
	e := s.escaped
	if bs == 0 {
		s.escaped = 0
		return e
	}
	const even = 0x5555_5555_5555_5555
	bs &^= e // a backslash that is escaped itself escapes nothing
	sum, carry := bits.Add64(bs, bs&^(bs<<1)&even, 0)
	ends := bs << 1 &^ bs
	e |= ends & (sum ^ even)
	if n == 64 {
		s.escaped = bs >> 63 &^ carry
	} else {
		s.escaped = e >> n & 1
	}
	return e
}

// prefixXor's bit i is the XOR of x's bits 0 to i.
func prefixXor(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	return x ^ x<<32
}

func flagIf(m uint64, flag byte) byte {
	if m != 0 {
		return flag
	}
	return 0
}

// flatten writes the positions of m's bits.
func flatten(dst []uint32, m uint64, base uint32) int {
	n := bits.OnesCount64(m)
	dst = dst[:n]
	for i := range dst {
		dst[i] = base + uint32(bits.TrailingZeros64(m))
		m &= m - 1
	}
	return n
}
