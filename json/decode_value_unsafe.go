package json

import (
	"encoding"
	"encoding/base64"
	"reflect"
	"time"
)

// value reads the value at token i into the pl.typ at p.
func (d *decoder) value(p memory, pl *plan, i int) int {
	switch pl.op {
	case readString:
		return d.stringValue(p, pl, i)
	case readInt:
		return d.intValue(p, pl, i)
	case readStruct:
		return d.object(p, pl, i)
	case readSlice:
		return d.slice(p, pl, i)
	case readFloat64:
		return d.floatValue(p, pl, i)
	case readBool:
		return d.boolValue(p, pl, i)
	case readPointer:
		return d.pointer(p, pl, i)
	case readAny:
		return d.anyValue(p, pl, i)
	case readUint:
		return d.uintValue(p, pl, i)
	case readFloat32:
		return d.float32Value(p, pl, i)
	case readMapString:
		return d.mapString(p, pl, i)
	case readMapAny:
		return d.mapAny(p, pl, i)
	case readMap:
		return d.mapValue(p, pl, i)
	case readArray:
		return d.array(p, pl, i)
	case readTime:
		return d.timeValue(p, pl, i)
	}
	return d.rareValue(p, pl, i)
}

// rareValue is value for the rarer kinds.
func (d *decoder) rareValue(p memory, pl *plan, i int) int {
	switch pl.op {
	case readBytes:
		return d.bytesValue(p, pl, i)
	case readNumber:
		return d.numberValue(p, pl, i)
	case readRaw:
		return d.rawValue(p, pl, i)
	case readUnmarshal:
		return d.unmarshaler(p, pl, i)
	case readText:
		return d.textUnmarshaler(p, pl, i)
	case readQuoted:
		return d.quotedValue(p, pl, i)
	case readThrough:
		return d.through(p, pl, i)
	case readStd:
		return d.stdValue(p, pl, i)
	}
	return -1
}

// null reads null, or finds that the value does not fit pl.
func (d *decoder) null(p memory, pl *plan, i int) int {
	if !d.isNull(i) {
		return -1
	}
	if pl.null == nullClears {
		clearReference(p, pl.typ.Kind())
	}
	return i + 1
}

// clearReference sets the map, pointer, slice or empty interface at p to nil.
func clearReference(p memory, kind reflect.Kind) {
	switch kind {
	case reflect.Slice:
		*(*memSlice)(p) = memSlice{}
	case reflect.Interface:
		*(*any)(p) = nil
	default:
		*(*memory)(p) = nil
	}
}

const (
	wordNull = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24
	wordTrue = 't' | 'r'<<8 | 'u'<<16 | 'e'<<24
	wordAlse = 'a' | 'l'<<8 | 's'<<16 | 'e'<<24
)

func (d *decoder) isNull(i int) bool {
	pos := memPos(d.index, i)
	return d.isWord(pos, wordNull, memPos(d.index, i+1))
}

// isWord reports whether the four bytes at pos are w and end a literal.
func (d *decoder) isWord(pos int, w uint32, next int) bool {
	return pos+4 <= d.size && mem32(d.src, pos) == w && d.numberEnd(pos+4, next)
}

// boolean reads true or false.
func (d *decoder) boolean(i int) (v, ok bool) {
	pos, next := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, pos) == 'f' {
		return false, d.isWord(pos+1, wordAlse, next)
	}
	return true, d.isWord(pos, wordTrue, next)
}

func (d *decoder) boolValue(p memory, pl *plan, i int) int {
	v, ok := d.boolean(i)
	if !ok {
		return d.null(p, pl, i)
	}
	*(*bool)(p) = v
	return i + 1
}

func (d *decoder) intValue(p memory, pl *plan, i int) int {
	pos, next := memPos(d.index, i), memPos(d.index, i+1)
	v, ok := d.signed(pos, next)
	if !ok || !storeInt(p, pl.size, v) {
		return d.null(p, pl, i)
	}
	return i + 1
}

func (d *decoder) uintValue(p memory, pl *plan, i int) int {
	pos, next := memPos(d.index, i), memPos(d.index, i+1)
	v, ok := d.integer(pos, next)
	if !ok || !storeUint(p, pl.size, v) {
		return d.null(p, pl, i)
	}
	return i + 1
}

func (d *decoder) floatValue(p memory, pl *plan, i int) int {
	pos, next := memPos(d.index, i), memPos(d.index, i+1)
	v, ok := d.float(pos, next)
	if !ok {
		return d.null(p, pl, i)
	}
	*(*float64)(p) = v
	return i + 1
}

func (d *decoder) float32Value(p memory, pl *plan, i int) int {
	pos, next := memPos(d.index, i), memPos(d.index, i+1)
	v, ok := d.float32(pos, next)
	if !ok {
		return d.null(p, pl, i)
	}
	*(*float32)(p) = v
	return i + 1
}

func (d *decoder) stringValue(p memory, pl *plan, i int) int {
	pos := memPos(d.index, i)
	if memByte(d.src, pos) != '"' {
		return d.null(p, pl, i)
	}
	s, ok := d.text(pos+1, memPos(d.index, i+1))
	if !ok {
		return -1
	}
	*(*string)(p) = s
	return i + 2
}

func (d *decoder) pointer(p memory, pl *plan, i int) int {
	if memByte(d.src, memPos(d.index, i)) == 'n' {
		return d.null(p, pl, i)
	}
	target := *(*memory)(p)
	if target == nil {
		target = reflect.New(pl.elem.typ).UnsafePointer()
		*(*memory)(p) = target
	}
	return d.value(target, pl.elem, i)
}

// through reads the value of a field behind embedded pointers.
func (d *decoder) through(p memory, pl *plan, i int) int {
	for k := range pl.through {
		e := &pl.through[k]
		at := memAdd(p, e.offset)
		if p = *(*memory)(at); p == nil {
			if !e.exported {
				return -1 // reflect can't set it, nor does encoding/json
			}
			p = reflect.New(e.elem).UnsafePointer()
			*(*memory)(at) = p
		}
	}
	return d.value(memAdd(p, pl.offset), pl.elem, i)
}

func (d *decoder) timeValue(p memory, pl *plan, i int) int {
	pos, end := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, pos) != '"' {
		return d.null(p, pl, i)
	}
	raw := memBytes(memAdd(d.src, uintptr(pos)), end+1-pos)
	if (*time.Time)(p).UnmarshalJSON(raw) != nil { // an escape is an error to it
		return -1
	}
	return i + 2
}

// numberValue reads a json.Number, which may stand in a string.
func (d *decoder) numberValue(p memory, pl *plan, i int) int {
	pos, next := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, pos) != '"' {
		_, end, ok := d.decimal(pos)
		if !ok || !d.numberEnd(end, next) {
			return d.null(p, pl, i)
		}
		*(*string)(p) = d.plain(pos, end)
		return i + 1
	}
	if !d.wholeNumber(pos+1, next) {
		return -1
	}
	*(*string)(p) = d.plain(pos+1, next)
	return i + 2
}

// wholeNumber reports whether a to b is a number and nothing else.
func (d *decoder) wholeNumber(a, b int) bool {
	if a == b {
		return false
	}
	_, end, ok := d.decimal(a)
	return ok && end == b
}

// raw returns the bytes of the value at token i, and the token behind.
func (d *decoder) raw(i int) ([]byte, int) {
	pos := memPos(d.index, i)
	end := memPos(d.index, i+1) + 1
	c := memByte(d.src, pos)
	next := d.skip(i)
	if next < 0 {
		return nil, -1
	}
	switch c {
	case '"':
	case '{', '[':
		end = d.end + 1
		d.unsure = true
	default:
		end = pos + 1
		for end < d.size && !endsScalar(memByte(d.src, end)) {
			end++
		}
	}
	return d.data[pos:end:end], next
}

func endsScalar(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', ',', ':', ']', '}', '[', '{', '"':
		return true
	}
	return false
}

func (d *decoder) rawValue(p memory, _ *plan, i int) int {
	b, i := d.raw(i)
	if i >= 0 {
		*(*[]byte)(p) = append((*(*[]byte)(p))[:0], b...)
	}
	return i
}

func (d *decoder) unmarshaler(p memory, pl *plan, i int) int {
	b, i := d.raw(i)
	if i < 0 || reflect.NewAt(pl.typ, p).Interface().(Unmarshaler).UnmarshalJSON(b) != nil {
		return -1
	}
	return i
}

func (d *decoder) textUnmarshaler(p memory, pl *plan, i int) int {
	pos, end := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, pos) != '"' {
		return d.null(p, pl, i)
	}
	text, ok := d.bytes(pos+1, end)
	if !ok || reflect.NewAt(pl.typ, p).Interface().(encoding.TextUnmarshaler).UnmarshalText(text) != nil {
		return -1
	}
	return i + 2
}

// stdValue hands the value to encoding/json.
func (d *decoder) stdValue(p memory, pl *plan, i int) int {
	b, i := d.raw(i)
	if i < 0 || stdUnmarshal(b, reflect.NewAt(pl.typ, p).Interface(), d.mode) != nil {
		return -1
	}
	return i
}

func (d *decoder) bytesValue(p memory, pl *plan, i int) int {
	pos, end := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, pos) != '"' {
		return d.slice(p, pl, i)
	}
	text, ok := d.bytes(pos+1, end)
	if !ok {
		return -1
	}
	b := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(b, text)
	if err != nil {
		return -1
	}
	*(*[]byte)(p) = b[:n]
	return i + 2
}

// quotedValue reads a value inside of a string, spelt as JSON. encoding/json is
// more generous in places, and is asked then.
func (d *decoder) quotedValue(p memory, pl *plan, i int) int {
	pos, end := memPos(d.index, i), memPos(d.index, i+1)
	if memByte(d.src, pos) != '"' {
		return d.null(p, pl, i)
	}
	if end-pos < 2 || memByte(d.src, pos+1) == 'n' {
		return -1
	}
	base := pl.elem
	for ; base.op == readPointer; base = base.elem {
		target := *(*memory)(p)
		if target == nil {
			target = reflect.New(base.elem.typ).UnsafePointer()
			*(*memory)(p) = target
		}
		p = target
	}
	if !d.quotedScalar(p, base, pos+1, end) {
		return -1
	}
	return i + 2
}

// quotedScalar reads what stands from a to b, between the quotes.
func (d *decoder) quotedScalar(p memory, pl *plan, a, b int) bool {
	switch pl.op {
	case readString:
		return d.quotedString(p, a, b)
	case readBool:
		return d.quotedBool(p, a, b)
	}
	if !d.wholeNumber(a, b) {
		return false
	}
	switch pl.op {
	case readInt:
		v, ok := d.signed(a, b)
		return ok && storeInt(p, pl.size, v)
	case readUint:
		v, ok := d.integer(a, b)
		return ok && storeUint(p, pl.size, v)
	case readFloat64:
		v, ok := d.float(a, b)
		if ok {
			*(*float64)(p) = v
		}
		return ok
	case readFloat32:
		v, ok := d.float32(a, b)
		if ok {
			*(*float32)(p) = v
		}
		return ok
	case readNumber:
		*(*string)(p) = d.plain(a, b)
		return true
	}
	return false
}

func (d *decoder) quotedBool(p memory, a, b int) bool {
	switch string(memBytes(memAdd(d.src, uintptr(a)), b-a)) {
	case "true":
		*(*bool)(p) = true
	case "false":
		*(*bool)(p) = false
	default:
		return false
	}
	return true
}

// quotedString reads a string that was quoted twice. One that has escapes even
// inside of the inner quotes is left to encoding/json.
func (d *decoder) quotedString(p memory, a, b int) bool {
	s, ok := d.text(a, b)
	if !ok || len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return false
	}
	s = s[1 : len(s)-1]
	for k := range len(s) {
		if s[k] < 0x20 || s[k] == '"' || s[k] == '\\' {
			return false
		}
	}
	*(*string)(p) = s
	return true
}
