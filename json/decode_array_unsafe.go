package json

import (
	"reflect"
	"sync"
)

// countLimit is how many tokens are looked through to learn how many elements or
// members there are. Small arrays get memory of the right size at once.
const countLimit = 96

// nesting is what a token does to the depth.
var nesting = [256]int8{'[': 1, '{': 1, ']': -1, '}': -1}

// countMembers returns how many members or elements the array or object has
// whose first token is i, or -1 if its end is not near. It may be wrong if the
// document is.
func (d *decoder) countMembers(i int) int {
	if i < 0 || nesting[memByte(d.src, memPos(d.index, i))] < 0 {
		return 0
	}
	src, index := d.src, d.index
	n, depth := 1, 0
	for end := min(i+countLimit, d.count); i < end; i++ {
		c := memByte(src, memPos(index, i))
		if c == '"' || c == ':' {
			continue
		}
		depth += int(nesting[c])
		if c == ',' && depth == 0 {
			n++
		}
		if depth < 0 {
			return n
		}
	}
	return -1
}

// countScalars is countMembers for an array whose elements have step-1 tokens.
func (d *decoder) countScalars(i, step int) int {
	n := 1
	for i += step - 1; i < d.count; i += step {
		if memByte(d.src, memPos(d.index, i)) != ',' {
			return n
		}
		n++
	}
	return -1
}

// slice reads an array into the slice at p.
func (d *decoder) slice(p memory, pl *plan, i int) int {
	if memByte(d.src, memPos(d.index, i)) != '[' {
		return d.null(p, pl, i)
	}
	i = d.enter(i + 1)
	if i < 0 {
		return -1
	}
	if memByte(d.src, memPos(d.index, i)) == ']' {
		setEmptySlice(p)
		return d.leave(i)
	}
	if (*memSlice)(p).cap > 0 {
		return d.fillSlice(p, pl, i)
	}
	n := d.elements(pl.elem, i)
	if n < 0 {
		return d.longSlice(p, pl, i)
	}
	makeSlice(p, pl, n)
	return d.fillSlice(p, pl, i)
}

// elements returns how many elements the array has whose first one is token i,
// or -1.
func (d *decoder) elements(elem *plan, i int) int {
	switch elem.op {
	case readInt, readUint, readFloat64, readFloat32, readBool:
		return d.countScalars(i, 2)
	case readString:
		return d.countScalars(i, 3)
	}
	return d.countMembers(i)
}

// makeSlice gives the nil slice at p room for n elements.
func makeSlice(p memory, pl *plan, n int) {
	if pl.elem.op == readString && pl.elem.typ == stringType {
		*(*[]string)(p) = make([]string, 0, n)
		return
	}
	if pl.noscan {
		words := make([]uint64, (uintptr(n)*pl.elem.size+7)/8)
		*(*memSlice)(p) = memSlice{data: memory(&words[0]), cap: n}
		return
	}
	reflect.NewAt(pl.typ, p).Elem().Grow(n)
}

// fillSlice reads elements into the slice at p, from its first, and lets it grow
// when it is full. What lies in its memory is built upon, not cleared, as
// encoding/json does.
func (d *decoder) fillSlice(p memory, pl *plan, i int) int {
	s := (*memSlice)(p)
	for n := 0; ; {
		if n == s.cap {
			s.len = n
			reflect.NewAt(pl.typ, p).Elem().Grow(1)
		}
		var k int
		var again bool
		if k, i, again = d.run(s.data, pl.elem, n, s.cap, i); i < 0 {
			return -1
		}
		if n = k; !again {
			s.len = n
			return i
		}
	}
}

// run reads elements n to max-1 of the array at p. It returns how many it has
// then, and whether there are more.
func (d *decoder) run(p memory, elem *plan, n, max, i int) (int, int, bool) {
	src, index := d.src, d.index
	size := elem.size
	for {
		at := memAdd(p, uintptr(n)*size)
		pos, next := memPos(index, i), memPos(index, i+1)
		switch elem.op {
		case readFloat64:
			if v, ok := d.float(pos, next); ok {
				*(*float64)(at) = v
				i++
			} else if i = d.null(at, elem, i); i < 0 {
				return n, -1, false
			}
		case readInt:
			if v, ok := d.signed(pos, next); ok && storeInt(at, size, v) {
				i++
			} else if i = d.null(at, elem, i); i < 0 {
				return n, -1, false
			}
		case readStruct:
			if i = d.object(at, elem, i); i < 0 {
				return n, -1, false
			}
		default:
			if i = d.value(at, elem, i); i < 0 {
				return n, -1, false
			}
		}
		n++
		switch memByte(src, memPos(index, i)) {
		case ',':
			if i++; i > d.lim {
				if i = d.more(i); i < 0 {
					return n, -1, false
				}
			}
			if n == max {
				return n, i, true
			}
			continue
		case ']':
			return n, d.leave(i), false
		}
		return n, -1, false
	}
}

// scratchSlice is a slice that a long array is read into before its length is
// known. It is all zeros between uses.
type scratchSlice struct {
	v   reflect.Value // addressable
	hdr *memSlice
}

// scratchPool is a pool of them for slices of type t.
func scratchPool(t reflect.Type) *sync.Pool {
	return &sync.Pool{New: func() any {
		v := reflect.New(t)
		return &scratchSlice{v: v.Elem(), hdr: (*memSlice)(v.UnsafePointer())}
	}}
}

// keepSlice is the largest scratch slice, in bytes, that is kept.
const keepSlice = 8 << 20

// longSlice reads an array of unknown length into the nil slice at p, by way of
// a scratch slice, so that no memory is left behind by its growth.
func (d *decoder) longSlice(p memory, pl *plan, i int) int {
	s := pl.scratch.Get().(*scratchSlice)
	n, i := d.fillScratch(s, pl, i)
	if i < 0 {
		return -1 // s has half an array in it, and is dropped
	}
	s.hdr.len = n
	v := reflect.NewAt(pl.typ, p).Elem()
	v.Grow(n)
	v.SetLen(n)
	reflect.Copy(v, s.v)
	s.v.Clear()
	s.hdr.len = 0
	if uintptr(s.hdr.cap)*pl.elem.size <= keepSlice {
		pl.scratch.Put(s)
	}
	return i
}

// fillScratch reads the elements from token i on, and returns how many.
func (d *decoder) fillScratch(s *scratchSlice, pl *plan, i int) (n, next int) {
	for again := true; again; {
		if n == s.hdr.cap {
			s.hdr.len = n
			s.v.Grow(max(n, 16))
		}
		if n, i, again = d.run(s.hdr.data, pl.elem, n, s.hdr.cap, i); i < 0 {
			return n, -1
		}
	}
	return n, i
}

// array reads an array into the Go array at p. Elements beyond its length are
// skipped, missing ones set to zero.
func (d *decoder) array(p memory, pl *plan, i int) int {
	if memByte(d.src, memPos(d.index, i)) != '[' {
		return d.null(p, pl, i)
	}
	i = d.enter(i + 1)
	if i < 0 {
		return -1
	}
	n, again := 0, memByte(d.src, memPos(d.index, i)) != ']'
	if !again {
		i = d.leave(i)
	} else if pl.len > 0 {
		n, i, again = d.run(p, pl.elem, 0, pl.len, i)
	}
	for again && i >= 0 {
		d.unsure = true
		if i = d.skip(i); i >= 0 {
			i, again = d.comma(i, ']')
		}
	}
	if i >= 0 && n < pl.len {
		v := reflect.NewAt(pl.typ, p).Elem()
		for ; n < pl.len; n++ {
			v.Index(n).SetZero()
		}
	}
	return i
}
