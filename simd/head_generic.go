package simd

import "math/bits"

// scanHeadGeneric finds the control bytes, the colons and DEL eight bytes at a
// time and steps through those: between the ends of lines there are few. A CR is
// judged together with the byte behind it.
func scanHeadGeneric(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	at := s.at
	h := headScan{dst: dst, head: head, lf: lastLF(head[:at]), lines: s.lines, found: s.found != 0}
	defer h.save(s)
	if at > 0 && at < len(head) && head[at-1] == '\r' {
		if status := h.lineEnd(at); status != HeadMore {
			return status
		}
	}
	for ; at < len(head); at += 8 {
		x := loadUpTo64(head[at:])
		for m := headSpecials(x); m != 0; m &= m - 1 {
			i := bits.TrailingZeros64(m)
			if status := h.special(byte(x>>(i&^7)), at+i>>3); status != HeadMore {
				return status
			}
		}
	}
	h.at = len(head)
	return HeadMore
}

// headScan is scanHeadGeneric's state.
type headScan struct {
	dst   []HeadLine
	head  []byte
	at    int // for the caller, once the status is not HeadMore
	lf    int // the last LF
	lines int
	found bool // the line has its colon
}

// lastLF is where the last LF is, if that is one of the last two bytes. A head
// starts as if an LF preceded it, so that an empty line can be its first.
func lastLF(seen []byte) int {
	n := len(seen)
	switch {
	case n == 0 || seen[n-1] == '\n':
		return n - 1
	case n == 1 || seen[n-2] == '\n':
		return n - 2
	}
	return -3
}

func (h *headScan) save(s *HeadState) {
	s.at, s.lines, s.found = h.at, h.lines, 0
	if h.found {
		s.found = 1
	}
}

// special takes a control byte, a colon or DEL at an offset.
func (h *headScan) special(c byte, at int) HeadStatus {
	switch c {
	case ':':
		return h.colon(at)
	case '\r':
		if at+1 < len(h.head) {
			return h.lineEnd(at + 1)
		}
		return HeadMore
	case '\t':
		return HeadMore
	case '\n':
		if at == h.lf { // taken with its CR
			return HeadMore
		}
	}
	h.at = at
	return HeadBad
}

func (h *headScan) colon(at int) HeadStatus {
	if h.found {
		return HeadMore
	}
	if h.lines == len(h.dst) {
		h.at = at
		return HeadFull
	}
	h.dst[h.lines].Colon, h.found = uint32(at), true
	return HeadMore
}

// lineEnd takes the byte behind a CR.
func (h *headScan) lineEnd(at int) HeadStatus {
	h.at = at
	switch {
	case h.head[at] != '\n':
		return HeadBad
	case h.lf == at-2:
		h.at++
		return HeadDone
	case h.lines == len(h.dst):
		return HeadFull
	}
	line := &h.dst[h.lines]
	line.End = uint32(at - 1)
	if !h.found {
		line.Colon = uint32(at)
	}
	h.lf, h.found = at, false
	h.lines++
	return HeadMore
}

// headSpecials has the high bit set of every byte of x that is below 0x20, ':' or
// 0x7F, and of no other.
func headSpecials(x uint64) uint64 {
	low := x &^ highs
	plain := (low + 0x60*ones) & ((low ^ ':'*ones) + 0x7F*ones) & ((low ^ 0x7F*ones) + 0x7F*ones)
	return ^(plain | x) & highs
}

// loadUpTo64 is load64 for any p: spaces stand for what is missing.
func loadUpTo64(p []byte) uint64 {
	if len(p) >= 8 {
		return load64(p)
	}
	x := uint64(' ' * ones)
	for i := len(p) - 1; i >= 0; i-- {
		x = x<<8 | uint64(p[i])
	}
	return x
}
