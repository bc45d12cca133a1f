package json

import (
	"reflect"
	"strconv"
)

// object reads an object into the struct at p. The commonest kinds of fields are
// read here, because a call for each would cost as much as reading them.
func (d *decoder) object(p memory, pl *plan, i int) int {
	src, index := d.src, d.index
	if memByte(src, memPos(index, i)) != '{' {
		return d.null(p, pl, i)
	}
	i = d.enter(i + 1)
	if i < 0 || memByte(src, memPos(index, i)) == '}' {
		return d.leave(i)
	}
	fields := pl.fields.list
	guess := 0
	var seen uint64 // fields met, where a key that comes twice matters
	for {
		a, b := memPos(index, i), memPos(index, i+1)
		if memByte(src, a) != '"' || memByte(src, memPos(index, i+2)) != ':' {
			return -1
		}
		i += 3
		// Most documents have the keys in the order of the fields.
		k, n := guess, b-a-1
		if k >= len(fields) || fields[k].len != n || d.word(a+1)&fields[k].mask != fields[k].first ||
			n > 8 && !d.isName(&fields[k], a+1, n) {
			k = d.findField(pl.fields, a+1, b)
		}
		if k < 0 {
			i = d.unknown(k, i)
		} else {
			f := &fields[k]
			guess = k + 1
			if d.mode&modeStrict != 0 {
				d.noteField(&seen, k)
			}
			at := memAdd(p, f.offset)
			pos, next := memPos(index, i), memPos(index, i+1)
			switch f.op {
			case readString:
				if memByte(src, pos) != '"' {
					i = d.null(at, f.plan, i)
					break
				}
				text, ok := d.text(pos+1, next)
				if !ok {
					return -1
				}
				*(*string)(at) = text
				i += 2
			case readInt:
				if v, ok := d.signed(pos, next); ok && storeInt(at, f.plan.size, v) {
					i++
				} else {
					i = d.null(at, f.plan, i)
				}
			case readFloat64:
				if v, ok := d.float(pos, next); ok {
					*(*float64)(at) = v
					i++
				} else {
					i = d.null(at, f.plan, i)
				}
			case readBool:
				if v, ok := d.boolean(i); ok {
					*(*bool)(at) = v
					i++
				} else {
					i = d.null(at, f.plan, i)
				}
			case readStruct:
				i = d.object(at, f.plan, i)
			default:
				i = d.value(at, f.plan, i)
			}
		}
		if i < 0 {
			return -1
		}
		switch memByte(src, memPos(index, i)) {
		case ',':
			i++
			if i > d.lim {
				if i = d.more(i); i < 0 {
					return -1
				}
			}
			continue
		case '}':
			return d.leave(i)
		}
		return -1
	}
}

// unknown passes the value of a key that has no field.
func (d *decoder) unknown(k, i int) int {
	if k == badKey || d.mode&modeKnown != 0 {
		return -1
	}
	d.unsure = true
	return d.skip(i)
}

// noteField remembers that a field was met, and that it was met before.
func (d *decoder) noteField(seen *uint64, f int) {
	bit := uint64(1) << (f & 63)
	if f > 63 || *seen&bit != 0 {
		d.unsure = true
	}
	*seen |= bit
}

// enter begins an array or object, whose first token is i.
func (d *decoder) enter(i int) int {
	if d.depth++; d.depth > maxNesting {
		return -1
	}
	if i > d.lim {
		return d.more(i)
	}
	return i
}

// leave ends an array or object whose closing bracket is token i, if i is one.
func (d *decoder) leave(i int) int {
	if i < 0 {
		return -1
	}
	d.depth--
	if i++; i > d.lim {
		return d.more(i)
	}
	return i
}

const (
	unknownKey = -1
	badKey     = -2
)

// findField finds the field whose key stands from a to b, or returns a negative
// number.
func (d *decoder) findField(t *fieldTable, a, b int) int {
	n := b - a
	first := d.word(a)
	var last uint64
	if n > 8 {
		last = mem64(d.src, b-8)
	}
	bucket := t.buckets[t.bucket(first, nameMask(n), last, n)]
	for k := bucket; k != 0; k = t.list[k-1].next {
		f := &t.list[k-1]
		if f.len == n && first&f.mask == f.first && (n <= 8 || d.isName(f, a, n)) {
			return int(k - 1)
		}
	}
	return d.foldField(t, a, b, bucket)
}

// word is the eight bytes at i, or those up to the document's end.
func (d *decoder) word(i int) uint64 {
	if i+8 <= d.size {
		return mem64(d.src, i)
	}
	return d.tail(i)
}

// tail is word at the document's end.
func (d *decoder) tail(i int) uint64 {
	var w uint64
	for k := d.size - 1; k >= i; k-- {
		w = w<<8 | uint64(memByte(d.src, k))
	}
	return w
}

// isName compares a key of n > 8 bytes with f's name behind the first eight.
func (d *decoder) isName(f *planField, a, n int) bool {
	if mem64(d.src, a+n-8) != f.last {
		return false
	}
	return n <= 16 || memString(memBytes(memAdd(d.src, uintptr(a+8)), n-16)) == f.name[8:n-8]
}

// foldField finds a field whose name the key is but for case or escapes. Between
// ASCII letters it lies in the bucket.
func (d *decoder) foldField(t *fieldTable, a, b int, bucket uint16) int {
	raw := memBytes(memAdd(d.src, uintptr(a)), b-a)
	flags := d.flagged(a, b)
	plain := flags == 0 || isPlain(raw, flags)
	if plain && isASCII(raw) && t.ascii {
		best := unknownKey
		for k := bucket; k != 0; k = t.list[k-1].next {
			f := &t.list[k-1]
			if f.len == len(raw) && equalFoldASCII(raw, f.name) && (best < 0 || int(k-1) < best) {
				best = int(k - 1)
			}
		}
		d.unsure = d.unsure || best >= 0
		return best
	}
	key, ok := d.bytes(a, b)
	if !ok {
		return badKey
	}
	d.unsure = true
	f, _ := t.lookup(memString(key))
	return f
}

// mapString reads an object into a map[string]string.
func (d *decoder) mapString(p memory, pl *plan, i int) int {
	if memByte(d.src, memPos(d.index, i)) != '{' {
		return d.null(p, pl, i)
	}
	d.unsure = true
	i = d.enter(i + 1)
	m := *(*map[string]string)(p)
	if m == nil {
		m = make(map[string]string, max(0, d.countMembers(i)))
		*(*map[string]string)(p) = m
	}
	if i < 0 || memByte(d.src, memPos(d.index, i)) == '}' {
		return d.leave(i)
	}
	for {
		key, ok := d.name(i)
		if !ok {
			return -1
		}
		var s string
		if s, i = d.stringOrNull(i + 3); i < 0 {
			return -1
		}
		m[key] = s
		var again bool
		if i, again = d.comma(i, '}'); !again {
			return i
		}
	}
}

// stringOrNull reads a string, or null as an empty one.
func (d *decoder) stringOrNull(i int) (string, int) {
	pos := memPos(d.index, i)
	if memByte(d.src, pos) != '"' {
		if d.isNull(i) {
			return "", i + 1
		}
		return "", -1
	}
	s, ok := d.text(pos+1, memPos(d.index, i+1))
	if !ok {
		return "", -1
	}
	return s, i + 2
}

// key reads the key at token i, and sees to it that a colon follows.
func (d *decoder) key(i int) (string, bool) {
	a, b := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, a) != '"' || memByte(d.src, memPos(d.index, i+2)) != ':' {
		return "", false
	}
	return d.text(a+1, b)
}

// comma reads what follows a member or an element: a comma, or the bracket that
// closes, after which there is no other.
func (d *decoder) comma(i int, closing byte) (next int, again bool) {
	switch memByte(d.src, memPos(d.index, i)) {
	case ',':
		if i++; i > d.lim {
			i = d.more(i)
		}
		return i, i >= 0
	case closing:
		return d.leave(i), false
	}
	return -1, false
}

// mapValue reads an object into a map with strings or integers as keys.
func (d *decoder) mapValue(p memory, pl *plan, i int) int {
	if memByte(d.src, memPos(d.index, i)) != '{' {
		return d.null(p, pl, i)
	}
	d.unsure = true
	i = d.enter(i + 1)
	m := reflect.NewAt(pl.typ, p).Elem()
	if m.IsNil() {
		m.Set(reflect.MakeMapWithSize(pl.typ, max(0, d.countMembers(i))))
	}
	if i < 0 || memByte(d.src, memPos(d.index, i)) == '}' {
		return d.leave(i)
	}
	key := reflect.New(pl.typ.Key()).Elem()
	elem := reflect.New(pl.elem.typ)
	for {
		if !d.mapKey(key, i) {
			return -1
		}
		elem.Elem().SetZero()
		if i = d.value(elem.UnsafePointer(), pl.elem, i+3); i < 0 {
			return -1
		}
		m.SetMapIndex(key, elem.Elem())
		var again bool
		if i, again = d.comma(i, '}'); !again {
			return i
		}
	}
}

// mapKey reads the key at token i.
func (d *decoder) mapKey(key reflect.Value, i int) bool {
	s, ok := d.name(i)
	if !ok {
		return false
	}
	switch {
	case key.Kind() == reflect.String:
		key.SetString(s)
	case key.CanInt():
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || key.OverflowInt(n) {
			return false
		}
		key.SetInt(n)
	default:
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil || key.OverflowUint(n) {
			return false
		}
		key.SetUint(n)
	}
	return true
}
