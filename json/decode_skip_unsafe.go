package json

import "github.com/covetgo/covet/simd"

// valid reports whether the document is JSON.
func (d *decoder) valid() bool {
	d.checking = true
	if !d.start() {
		return false
	}
	i := d.skip(0)
	return i >= 0 && d.finished(i)
}

// skip passes the value at token i, and finds whether it is JSON.
func (d *decoder) skip(i int) int {
	pos := memPos(d.index, i)
	switch memByte(d.src, pos) {
	case '"':
		if !d.checkText(pos+1, memPos(d.index, i+1)) {
			return -1
		}
		return i + 2
	case '{', '[':
		return d.skipNested(i)
	}
	if !d.checkScalar(pos, memPos(d.index, i+1)) {
		return -1
	}
	return i + 1
}

// checkText reports whether the escapes in a string are right.
func (d *decoder) checkText(a, b int) bool {
	if d.flagged(a, b)&simd.FlagEscape == 0 {
		return true
	}
	return validEscapes(memBytes(memAdd(d.src, uintptr(a)), b-a))
}

// checkScalar reports whether a number or literal stands at pos.
func (d *decoder) checkScalar(pos, next int) bool {
	switch memByte(d.src, pos) {
	case 't':
		return d.isWord(pos, wordTrue, next)
	case 'n':
		return d.isWord(pos, wordNull, next)
	case 'f':
		return d.isWord(pos+1, wordAlse, next)
	}
	return d.numberAt(pos, next)
}

// numberSyntax returns where the number at i ends, or -1.
func (d *decoder) numberSyntax(i int) int {
	if memByte(d.src, i) == '-' {
		i++
	}
	end := d.digitsEnd(i)
	if end == i || end > i+1 && memByte(d.src, i) == '0' {
		return -1
	}
	if end < d.size && memByte(d.src, end) == '.' {
		i = end + 1
		if end = d.digitsEnd(i); end == i {
			return -1
		}
	}
	if end >= d.size || memByte(d.src, end)|0x20 != 'e' {
		return end
	}
	i = end + 1
	if i < d.size && (memByte(d.src, i) == '+' || memByte(d.src, i) == '-') {
		i++
	}
	if end = d.digitsEnd(i); end == i {
		return -1
	}
	return end
}

// skipNested is skip for an array or object. It is a loop with a stack of the
// open brackets, because a call per value would cost more than the rest.
func (d *decoder) skipNested(i int) int {
	src, index := d.src, d.index
	stack := d.nest[:0]
	open := memByte(src, memPos(index, i))

enter: // token i is the bracket open
	if d.depth+len(stack) >= maxNesting {
		return -1
	}
	stack = append(stack, open)
	i++
	if i > d.lim {
		if i = d.more(i); i < 0 {
			return -1
		}
	}
	if memByte(src, memPos(index, i)) == open+2 { // '[' and ']', '{' and '}'
		goto leave
	}

member:
	if open == '{' {
		a := memPos(index, i)
		if memByte(src, a) != '"' || memByte(src, memPos(index, i+2)) != ':' {
			return -1
		}
		if (d.suspect != 0 || a < d.flagBase) && !d.checkText(a+1, memPos(index, i+1)) {
			return -1
		}
		i += 3
	}
	{
		pos := memPos(index, i)
		switch c := memByte(src, pos); c {
		case '"':
			if (d.suspect != 0 || pos < d.flagBase) && !d.checkText(pos+1, memPos(index, i+1)) {
				return -1
			}
			i += 2
		case '{', '[':
			open = c
			goto enter
		default:
			if !d.checkScalar(pos, memPos(index, i+1)) {
				return -1
			}
			i++
		}
	}

next: // token i stands behind a value
	switch memByte(src, memPos(index, i)) {
	case ',':
		i++
		if i > d.lim {
			if i = d.more(i); i < 0 {
				return -1
			}
		}
		goto member
	case open + 2:
	default:
		return -1
	}

leave: // token i closes open
	d.end = memPos(index, i)
	stack = stack[:len(stack)-1]
	i++
	if i > d.lim {
		if i = d.more(i); i < 0 {
			return -1
		}
	}
	if len(stack) == 0 {
		d.nest = stack
		return i
	}
	open = stack[len(stack)-1]
	goto next
}
