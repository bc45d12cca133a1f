package json

import "reflect"

// anyValue reads a value into the interface without methods at p. A pointer in
// it is followed by encoding/json's rules; anything else is replaced.
func (d *decoder) anyValue(p memory, pl *plan, i int) int {
	if old := *(*any)(p); old != nil && reflect.TypeOf(old).Kind() == reflect.Pointer {
		return d.stdValue(p, pl, i)
	}
	v, i := d.any(i)
	if i >= 0 {
		*(*any)(p) = v
	}
	return i
}

// any reads the value at token i.
func (d *decoder) any(i int) (any, int) {
	pos := memPos(d.index, i)
	switch memByte(d.src, pos) {
	case '"':
		s, ok := d.text(pos+1, memPos(d.index, i+1))
		if !ok {
			return nil, -1
		}
		return d.box(s, pos), i + 2
	case '{':
		return d.anyObject(i)
	case '[':
		return d.anyArray(i)
	case 't', 'f':
		if v, ok := d.boolean(i); ok {
			return v, i + 1
		}
		return nil, -1
	case 'n':
		if d.isNull(i) {
			return nil, i + 1
		}
		return nil, -1
	}
	return d.anyNumber(pos, i)
}

func (d *decoder) anyNumber(pos, i int) (any, int) {
	next := memPos(d.index, i+1)
	if d.mode&modeNumber == 0 {
		if f, ok := d.float(pos, next); ok {
			return d.boxFloat(f, pos), i + 1
		}
		return nil, -1
	}
	_, end, ok := d.decimal(pos)
	if !ok || !d.numberEnd(end, next) {
		return nil, -1
	}
	return Number(d.plain(pos, end)), i + 1
}

// fewElements and fewMembers are how many elements or members are held in the
// reader's frame until all are known. The stacks take more, but each value put
// there costs the collector's attention.
const (
	fewElements = 8
	fewMembers  = 8
)

// anyArray reads an array into a []any of just its length.
func (d *decoder) anyArray(i int) (any, int) {
	i = d.enter(i + 1)
	if i < 0 {
		return nil, -1
	}
	if memByte(d.src, memPos(d.index, i)) == ']' {
		return []any{}, d.leave(i)
	}
	var few [fewElements]any
	for n := range few {
		var v any
		if v, i = d.any(i); i < 0 {
			return nil, -1
		}
		few[n] = v
		var again bool
		if i, again = d.comma(i, ']'); !again {
			if i < 0 {
				return nil, -1
			}
			list := make([]any, n+1)
			copy(list, few[:])
			return list, i
		}
	}
	return d.longArray(few[:], i)
}

// longArray is anyArray behind the first few elements. The elements wait in a
// stack that all arrays share.
func (d *decoder) longArray(few []any, i int) (any, int) {
	base := len(d.values)
	d.values = append(d.values, few...)
	for again := true; again; {
		var v any
		if v, i = d.any(i); i < 0 {
			return nil, -1
		}
		d.values = append(d.values, v)
		i, again = d.comma(i, ']')
	}
	if i < 0 {
		return nil, -1
	}
	list := make([]any, len(d.values)-base)
	copy(list, d.values[base:])
	clear(d.values[base:])
	d.values = d.values[:base]
	return list, i
}

// anyObject reads an object into a map[string]any, made for as many members as
// there are.
func (d *decoder) anyObject(i int) (any, int) {
	d.unsure, d.keys = true, true
	i = d.enter(i + 1)
	if i < 0 {
		return nil, -1
	}
	if memByte(d.src, memPos(d.index, i)) == '}' {
		return map[string]any{}, d.leave(i)
	}
	var few [fewMembers]anyMember
	for n := range few {
		key, ok := d.name(i)
		if !ok {
			return nil, -1
		}
		var v any
		if v, i = d.any(i + 3); i < 0 {
			return nil, -1
		}
		few[n] = anyMember{key, v}
		var again bool
		if i, again = d.comma(i, '}'); !again {
			if i < 0 {
				return nil, -1
			}
			m := make(map[string]any, fewMembers)
			for k := range few[:n+1] {
				m[few[k].key] = few[k].value
			}
			return m, i
		}
	}
	base := len(d.members)
	d.members = append(d.members, few[:]...)
	if i = d.readMembers(i); i < 0 {
		return nil, -1
	}
	m := make(map[string]any, len(d.members)-base)
	d.storeMembers(m, base)
	return m, i
}

// readMembers reads members from token i on onto the stack.
func (d *decoder) readMembers(i int) int {
	for again := true; again; {
		key, ok := d.name(i)
		if !ok {
			return -1
		}
		var v any
		if v, i = d.any(i + 3); i < 0 {
			return -1
		}
		d.members = append(d.members, anyMember{key, v})
		i, again = d.comma(i, '}')
	}
	return i
}

// storeMembers moves the members above base into m.
func (d *decoder) storeMembers(m map[string]any, base int) {
	members := d.members[base:]
	for k := range members {
		m[members[k].key] = members[k].value
	}
	clear(members)
	d.members = d.members[:base]
}

// mapAny reads an object into a map[string]any.
func (d *decoder) mapAny(p memory, pl *plan, i int) int {
	if memByte(d.src, memPos(d.index, i)) != '{' {
		return d.null(p, pl, i)
	}
	d.unsure, d.keys = true, true
	base := len(d.members)
	i = d.enter(i + 1)
	if i >= 0 && memByte(d.src, memPos(d.index, i)) == '}' {
		i = d.leave(i)
	} else if i >= 0 {
		i = d.readMembers(i)
	}
	if i < 0 {
		return -1
	}
	m := *(*map[string]any)(p)
	if m == nil {
		m = make(map[string]any, len(d.members)-base)
		*(*map[string]any)(p) = m
	}
	d.storeMembers(m, base)
	return i
}

// nameCache has the keys that were last met in maps. They recur in the maps of
// one document, and share their memory.
type nameCache [512]string

// name is key for a map.
func (d *decoder) name(i int) (string, bool) {
	a, b := memPos(d.index, i)+1, memPos(d.index, i+1)
	if d.size <= smallDocument || b-a > 32 || b == a {
		return d.key(i)
	}
	if memByte(d.src, a-1) != '"' || memByte(d.src, memPos(d.index, i+2)) != ':' {
		return "", false
	}
	if d.flagged(a, b) != 0 {
		return d.text(a, b)
	}
	if d.names == nil {
		d.names = new(nameCache)
	}
	h := d.word(a)&nameMask(b-a)*0x9E3779B97F4A7C15 ^ uint64(b-a)<<32 ^ uint64(memByte(d.src, b-1))*0xD6E8FEB86659FD93
	slot := &d.names[h>>55]
	if raw := memBytes(memAdd(d.src, uintptr(a)), b-a); *slot != string(raw) {
		*slot = string(raw)
	}
	return *slot, true
}
