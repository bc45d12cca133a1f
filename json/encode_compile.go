package json

import (
	"encoding"
	"reflect"
	"strings"
	"time"
)

// A compiler makes encodePlans and keeps them. It is not safe for concurrent use.
type compiler struct {
	html  bool // escape <, > and & in keys
	plans map[compileKey]*encodePlan
}

// A compileKey tells apart the plans for one type.
type compileKey struct {
	typ  reflect.Type
	addr bool // addressable: methods of the pointer count
	// comma: a comma comes first. The elements of an array are written so, and
	// the first comma is made a bracket afterwards.
	comma bool
	// object: the type is a struct none of whose members is sure to be there. A
	// comma comes before each, and the caller mends the first.
	object bool
}

// plan returns the plan for k, which is not done if it is asked for from within
// its own compilation.
func (c *compiler) plan(k compileKey) *encodePlan {
	if p := c.plans[k]; p != nil {
		p.recursive = p.recursive || !p.done
		return p
	}
	p := &encodePlan{typ: k.typ}
	c.plans[k] = p
	b := planBuilder{compiler: c}
	if k.comma {
		b.text.WriteByte(',')
	}
	if k.object {
		b.members(fieldsOf(k.typ), 0, k.addr, -1)
	} else {
		b.value(k.typ, 0, k.addr)
	}
	p.ops = b.finish()
	if p.recursive {
		p.ops = []encodeOp{newOp(encodeOp{code: opDeeper, plan: &encodePlan{typ: k.typ, ops: p.ops, done: true}}, "")}
	}
	p.done = true
	return p
}

// A planBuilder puts the steps of one plan together.
type planBuilder struct {
	*compiler
	ops  []encodeOp
	text strings.Builder // to go with the next step
}

// emit adds a step, with the text that is waiting.
func (b *planBuilder) emit(op encodeOp) {
	b.ops = append(b.ops, newOp(op, b.text.String()))
	b.text.Reset()
}

// newOp is op with its text.
func newOp(op encodeOp, text string) encodeOp {
	padded := make([]byte, max(16, (len(text)+15)&^15))
	copy(padded, text)
	op.text, op.textLen = textAt(textOf(padded)), len(text)
	op.room = len(padded) + roomSlack
	if int(op.code) < len(valueRoom) {
		op.room += valueRoom[op.code]
	}
	return op
}

// flush adds a step for the text that is waiting, if any.
func (b *planBuilder) flush() {
	if b.text.Len() > 0 {
		b.emit(encodeOp{code: opNone})
	}
}

func (b *planBuilder) finish() []encodeOp {
	b.flush()
	return b.ops
}

// value adds the steps for a value of type t at off.
func (b *planBuilder) value(t reflect.Type, off uintptr, addr bool) {
	if code, ok := ownCode(t, addr); ok {
		op := encodeOp{code: code, off: off, typ: t}
		if code == opStandard && addr {
			op.n = 1
		}
		b.emit(op)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		b.object(t, off, addr)
	case reflect.Slice:
		b.slice(t, off)
	case reflect.Array:
		b.array(t, off, addr)
	case reflect.Pointer:
		b.emit(encodeOp{code: opPointer, off: off, plan: b.plan(compileKey{typ: t.Elem(), addr: true})})
	case reflect.Map:
		b.mapping(t, off)
	case reflect.Interface:
		code := opInterface
		if t.NumMethod() == 0 {
			code = opAny
		}
		b.emit(encodeOp{code: code, off: off, typ: t})
	default:
		b.emit(encodeOp{code: basicCode(t), off: off, typ: t})
	}
}

var (
	marshalerType     = reflect.TypeFor[Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	numberType        = reflect.TypeFor[Number]()
	rawMessageType    = reflect.TypeFor[RawMessage]()
	timeType          = reflect.TypeFor[time.Time]()
	timePointerType   = reflect.TypeFor[*time.Time]()
)

// ownCode is the step for a type that writes itself. encoding/json asks for the
// methods in this order. A method of the pointer counts if the value has an
// address; a method of the value is called through the address as well.
func ownCode(t reflect.Type, addr bool) (encodeCode, bool) {
	switch t {
	case rawMessageType:
		return opRaw, true
	case timeType:
		return opTime, true
	case timePointerType:
		return opTimePointer, true
	case numberType:
		return 0, false // known to basicCode, whatever methods it has
	}
	if stdIsV2 && (t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface) {
		return 0, false // json/v2 asks only what they lead to
	}
	if writesItself(t, addr) {
		return opStandard, true
	}
	has := func(method reflect.Type) bool {
		return t.Implements(method) || addr && t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(method)
	}
	switch {
	case has(marshalerType):
		return byKind(t, opMarshaler, opMarshalerPointer, opMarshalerInterface), true
	case has(textMarshalerType):
		return byKind(t, opText, opTextPointer, opTextInterface), true
	}
	return 0, false
}

func byKind(t reflect.Type, value, pointer, iface encodeCode) encodeCode {
	switch t.Kind() {
	case reflect.Pointer:
		return pointer
	case reflect.Interface:
		return iface
	}
	return value
}

// basicCode is the step for a type without parts.
func basicCode(t reflect.Type) encodeCode {
	switch t.Kind() {
	case reflect.Bool:
		return opBool
	case reflect.String:
		if t == numberType {
			return opNumber
		}
		return opString
	case reflect.Float32:
		return opFloat32
	case reflect.Float64:
		return opFloat64
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return bySize(t, opInt8, opInt16, opInt32, opInt64)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return bySize(t, opUint8, opUint16, opUint32, opUint64)
	}
	return opUnsupported
}

func bySize(t reflect.Type, c8, c16, c32, c64 encodeCode) encodeCode {
	switch t.Size() {
	case 1:
		return c8
	case 2:
		return c16
	case 4:
		return c32
	}
	return c64
}

func (b *planBuilder) slice(t reflect.Type, off uintptr) {
	elem := t.Elem()
	if elem.Kind() == reflect.Uint8 && !hasMethods(reflect.PointerTo(elem)) {
		b.emit(encodeOp{code: opBytes, off: off})
		return
	}
	op := encodeOp{code: opSlice, off: off, typ: elem}
	if _, own := ownCode(elem, true); !own {
		switch basicCode(elem) {
		case opInt64:
			op.code = opSliceInt64
		case opFloat64:
			op.code = opSliceFloat64
		case opString:
			op.code = opSliceString
		}
	}
	if op.code == opSlice {
		op.plan = b.plan(compileKey{typ: elem, addr: true, comma: true})
		op.n = int(elem.Size())
	}
	b.emit(op)
}

// hasMethods reports whether t writes itself by one of encoding/json's methods.
func hasMethods(t reflect.Type) bool {
	return t.Implements(marshalerType) || t.Implements(textMarshalerType)
}

func (b *planBuilder) array(t reflect.Type, off uintptr, addr bool) {
	elem := t.Elem()
	op := encodeOp{code: opArray, off: off, n: t.Len(), typ: elem}
	if _, own := ownCode(elem, addr); !own && basicCode(elem) == opFloat64 {
		op.code = opArrayFloat64
	} else {
		op.plan = b.plan(compileKey{typ: elem, addr: addr, comma: true})
	}
	b.emit(op)
}

func (b *planBuilder) mapping(t reflect.Type, off uintptr) {
	if leavesKey(t.Key()) {
		b.emit(encodeOp{code: opStandard, off: off, typ: t})
		return
	}
	m, ok := newMapPlan(t)
	if !ok {
		b.emit(encodeOp{code: opUnsupported, off: off, typ: t})
		return
	}
	m.elem = b.plan(compileKey{typ: t.Elem()})
	b.emit(encodeOp{code: opMap, off: off, typ: t, more: m})
}

// inlineLimit is how many steps a plan may have before further structs get plans
// of their own: types nested in many ways would multiply.
const inlineLimit = 256

// object adds the steps for a struct.
func (b *planBuilder) object(t reflect.Type, off uintptr, addr bool) {
	fields := fieldsOf(t)
	if len(fields) == 0 {
		b.text.WriteString("{}")
		return
	}
	sure := 0
	for sure < len(fields) && fields[sure].mayBeMissing() {
		sure++
	}
	switch {
	case sure == len(fields):
		b.emit(encodeOp{code: opObject, off: off, plan: b.plan(compileKey{typ: t, addr: addr, object: true})})
	case len(b.ops) > inlineLimit:
		b.emit(encodeOp{code: opPlan, off: off, plan: b.plan(compileKey{typ: t, addr: addr})})
	default:
		b.text.WriteByte('{')
		b.members(fields, off, addr, sure)
		b.text.WriteByte('}')
	}
}

// mayBeMissing reports whether the field is not always a member.
func (f *structField) mayBeMissing() bool {
	return f.omitEmpty || f.omitZero || len(f.through) > 0
}

// members adds the steps for the members of a struct. Those before the one at
// sure have a comma behind them, those after it one in front: only so is the
// right number of commas known without counting at run time.
func (b *planBuilder) members(fields []structField, off uintptr, addr bool, sure int) {
	for i, f := range fields {
		lead, trail := ",", ""
		switch {
		case i < sure:
			lead, trail = "", ","
		case i == sure:
			lead = ""
		}
		if len(f.through) > 0 {
			b.behindPointers(f, off, lead, trail)
			continue
		}
		f.offset += off
		b.member(f, addr, lead, trail)
	}
}

// behindPointers adds a member that is reached through embedded pointers.
func (b *planBuilder) behindPointers(f structField, off uintptr, lead, trail string) {
	b.flush()
	in := planBuilder{compiler: b.compiler}
	in.member(f, true, lead, trail)
	through := append([]embeddedPointer(nil), f.through...)
	through[0].offset += off
	b.emit(encodeOp{code: opEmbedded, plan: &encodePlan{typ: f.typ, ops: in.finish(), done: true}, more: through})
}

// member adds one member at f.offset.
func (b *planBuilder) member(f structField, addr bool, lead, trail string) {
	var skips []int
	if f.omitEmpty {
		skips = b.skip(skips, f, emptyCode(f.typ), lengthIsZero)
	}
	if f.omitZero {
		skips = b.skip(skips, f, f.zeroCode(), f.isZeroFunc())
	}
	name := (&encoder{html: b.html}).string(nil, f.name)
	b.text.WriteString(lead + string(name) + ":")
	if f.quoted {
		b.quoted(f.typ, f.offset, addr)
	} else {
		b.value(f.typ, f.offset, addr)
	}
	b.text.WriteString(trail)
	if len(skips) > 0 {
		b.flush()
	}
	for _, i := range skips {
		b.ops[i].n = len(b.ops) - 1
	}
}

// skip adds a step that skips the member and remembers it in skips.
func (b *planBuilder) skip(skips []int, f structField, code encodeCode, test skipTest) []int {
	if code == opNone {
		return skips
	}
	b.flush()
	b.emit(encodeOp{code: code, off: f.offset, typ: f.typ, more: test})
	return append(skips, len(b.ops)-1)
}

// emptyCode is the test for an empty value of type t. A struct never is empty.
func emptyCode(t reflect.Type) encodeCode {
	switch t.Kind() {
	case reflect.Struct:
		return opNone
	case reflect.Slice:
		return opSkipEmpty
	case reflect.Array:
		if t.Len() == 0 {
			return opSkip
		}
		return opNone
	case reflect.Map:
		return opSkipFunc
	case reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return opNone
	}
	return plainZeroCode(t)
}

// zeroCode is the test for a zero value of the field.
func (f *structField) zeroCode() encodeCode {
	if f.isZero != nil {
		return opSkipFunc
	}
	switch f.typ.Kind() {
	case reflect.Slice, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return pointerSkip // nil
	}
	return plainZeroCode(f.typ)
}

// plainZeroCode is the test for which empty and zero are the same.
func plainZeroCode(t reflect.Type) encodeCode {
	switch t.Kind() {
	case reflect.Bool:
		return opSkip8
	case reflect.Float32:
		return opSkipFloat32 // negative zero is zero
	case reflect.Float64:
		return opSkipFloat64
	case reflect.String:
		return opSkipEmpty
	case reflect.Pointer, reflect.Interface:
		return pointerSkip // an interface is nil if its first word is
	case reflect.Struct, reflect.Array, reflect.Complex64, reflect.Complex128:
		return opSkipFunc
	}
	return bySize(t, opSkip8, opSkip16, opSkip32, opSkip64)
}

// pointerSkip is the test for a nil pointer.
var pointerSkip = bySize(reflect.TypeFor[uintptr](), opSkip8, opSkip16, opSkip32, opSkip64)

// A skipTest is the test for a value of type t at p that needs reflection.
type skipTest func(t reflect.Type, p memory) bool

func lengthIsZero(t reflect.Type, p memory) bool {
	return loadPointer(p) == nil || valueAt(t, p).Len() == 0
}

// isZeroFunc is the test behind opSkipFunc for omitzero.
func (f *structField) isZeroFunc() skipTest {
	isZero := f.isZero
	switch {
	case isZero == nil:
		return func(t reflect.Type, p memory) bool { return valueAt(t, p).IsZero() }
	case f.typ == timeType:
		return func(_ reflect.Type, p memory) bool { return loadTime(p).IsZero() }
	}
	return func(t reflect.Type, p memory) bool { return isZero(valueAt(t, p)) }
}

// quoted adds the steps for a value with the "string" option.
func (b *planBuilder) quoted(t reflect.Type, off uintptr, addr bool) {
	switch code, own := ownCode(t, addr); {
	case own && code == opStandard:
		b.emit(encodeOp{code: opUnsupported, typ: t}) // encoding/json is to write it all
		return
	case own:
		b.value(t, off, addr) // a method knows nothing of the option
		return
	}
	if t.Kind() == reflect.Pointer {
		in := planBuilder{compiler: b.compiler}
		in.quoted(t.Elem(), 0, true)
		b.emit(encodeOp{code: opPointer, off: off, plan: &encodePlan{typ: t.Elem(), ops: in.finish(), done: true}})
		return
	}
	switch code := basicCode(t); code {
	case opString:
		b.emit(encodeOp{code: opQuoted, off: off, typ: t})
	default:
		b.text.WriteByte('"')
		b.emit(encodeOp{code: code, off: off, typ: t})
		b.text.WriteByte('"')
	}
}
