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
	end := d.numberSyntax(pos)
	return end > 0 && d.numberEnd(end, next)
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
	stack := d.nest[:0]
	open := memByte(d.src, memPos(d.index, i))

enter: // token i is the bracket open
	if d.depth+len(stack) >= maxDepth {
		return -1
	}
	stack = append(stack, open)
	i++
	if i > d.lim {
		if i = d.more(i); i < 0 {
			return -1
		}
	}
	if memByte(d.src, memPos(d.index, i)) == open+2 { // '[' and ']', '{' and '}'
		goto leave
	}

member:
	if open == '{' {
		a, b := memPos(d.index, i), memPos(d.index, i+1)
		if memByte(d.src, a) != '"' || memByte(d.src, memPos(d.index, i+2)) != ':' || !d.checkText(a+1, b) {
			return -1
		}
		i += 3
	}
	{
		pos := memPos(d.index, i)
		switch c := memByte(d.src, pos); c {
		case '"':
			if !d.checkText(pos+1, memPos(d.index, i+1)) {
				return -1
			}
			i += 2
		case '{', '[':
			open = c
			goto enter
		default:
			if !d.checkScalar(pos, memPos(d.index, i+1)) {
				return -1
			}
			i++
		}
	}

next: // token i stands behind a value
	switch memByte(d.src, memPos(d.index, i)) {
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
	d.end = memPos(d.index, i)
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
