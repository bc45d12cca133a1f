package json

import "reflect"

// run writes the value at p by plan. It is one loop over a table of cases: the
// calls that smaller functions would cost are most of what there is to save.
func (e *encoder) run(plan *encodePlan, p memory, b []byte) []byte {
	ops := plan.ops
	for i := 0; i < len(ops); i++ {
		op := &ops[i]
		if cap(b)-len(b) < op.room {
			b = grow(b, op.room)
		}
		putKey(end(b), op.text, op.textLen)
		b = extend(b, op.textLen)
		v := fieldAt(p, op.off)
		switch op.code {
		case opNone:
		case opBool:
			b = appendBool(b, loadBool(v))
		case opInt8:
			b = appendInt(b, int64(int8(load8(v))))
		case opInt16:
			b = appendInt(b, int64(int16(load16(v))))
		case opInt32:
			b = appendInt(b, int64(int32(load32(v))))
		case opInt64:
			b = appendInt(b, int64(load64(v)))
		case opUint8:
			b = appendUint(b, uint64(load8(v)))
		case opUint16:
			b = appendUint(b, uint64(load16(v)))
		case opUint32:
			b = appendUint(b, uint64(load32(v)))
		case opUint64:
			b = appendUint(b, load64(v))
		case opFloat32:
			b = e.float32(b, loadFloat32(v), op.typ)
		case opFloat64:
			b = e.float64(b, loadFloat64(v), op.typ)
		case opString:
			b = e.string(b, loadString(v))
		case opAny:
			b = e.any(b, v)
		case opPointer:
			if q := loadPointer(v); q != nil {
				b = e.run(op.plan, q, b)
			} else {
				b = appendNull(b)
			}
		case opSlice:
			b = e.slice(b, op, loadSlice(v))
		case opSliceInt64:
			b = e.sliceInt64(b, loadSlice(v))
		case opSliceFloat64:
			b = e.sliceFloat64(b, loadSlice(v), op.typ)
		case opSliceString:
			b = e.sliceString(b, loadSlice(v))
		case opArray:
			b = e.elements(b, op.plan, v, op.n, op.typ.Size())
		case opArrayFloat64:
			b = e.float64s(b, v, op.n, op.typ)
		case opObject:
			b = e.object(b, op.plan, v)
		case opPlan:
			b = e.run(op.plan, v, b)
		case opSkip8:
			if load8(v) == 0 {
				i = op.n
			}
		case opSkip16:
			if load16(v) == 0 {
				i = op.n
			}
		case opSkip32:
			if load32(v) == 0 {
				i = op.n
			}
		case opSkip64:
			if load64(v) == 0 {
				i = op.n
			}
		case opSkipFloat32:
			if loadFloat32(v) == 0 {
				i = op.n
			}
		case opSkipFloat64:
			if loadFloat64(v) == 0 {
				i = op.n
			}
		case opSkipEmpty:
			if lengthAt(v) == 0 {
				i = op.n
			}
		case opSkipFunc:
			if op.more.(skipTest)(op.typ, v) {
				i = op.n
			}
		case opSkip:
			i = op.n
		default:
			b = e.runRare(op, v, b)
		}
	}
	return b
}

// runRare writes the values that are not worth a case of run.
func (e *encoder) runRare(op *encodeOp, v memory, b []byte) []byte {
	switch op.code {
	case opNumber:
		return e.number(b, loadString(v))
	case opBytes:
		return appendBase64(b, loadBytes(v))
	case opQuoted:
		return e.quotedString(b, loadString(v))
	case opInterface:
		return e.interfaceValue(b, v, op.typ)
	case opMap:
		return e.mapValue(b, op, v)
	case opEmbedded:
		return e.embedded(b, op, v)
	case opDeeper:
		e.deeper()
		b = e.run(op.plan, v, b)
		e.depth--
		return b
	case opRaw:
		return e.raw(b, loadBytes(v))
	case opTime:
		return e.time(b, loadTime(v), op.typ)
	}
	return e.method(b, op, v)
}

// deeper counts one level more.
func (e *encoder) deeper() {
	if e.depth++; e.depth > maxDepth {
		e.fail(errTooDeep)
	}
}

func appendNull(b []byte) []byte { return append(b, "null"...) }

// appendBool writes with the room of its step.
func appendBool(b []byte, v bool) []byte {
	if v {
		put64(end(b), 0, 't'|'r'<<8|'u'<<16|'e'<<24)
		return extend(b, 4)
	}
	put64(end(b), 0, 'f'|'a'<<8|'l'<<16|'s'<<24|'e'<<32)
	return extend(b, 5)
}

func (e *encoder) slice(b []byte, op *encodeOp, s sliceWords) []byte {
	if s.data == nil {
		return appendNull(b)
	}
	return e.elements(b, op.plan, s.data, s.len, uintptr(op.n))
}

// elements writes n values, size bytes apart. Each starts with a comma.
func (e *encoder) elements(b []byte, plan *encodePlan, p memory, n int, size uintptr) []byte {
	if n == 0 {
		return append(b, "[]"...)
	}
	start := len(b)
	for i := range uintptr(n) {
		b = e.run(plan, fieldAt(p, i*size), b)
	}
	b[start] = '['
	return append(b, ']')
}

// object writes a struct whose members all start with a comma.
func (e *encoder) object(b []byte, plan *encodePlan, p memory) []byte {
	start := len(b)
	b = e.run(plan, p, b)
	if len(b) == start {
		return append(b, "{}"...)
	}
	b[start] = '{'
	return append(b, '}')
}

// embedded writes a member behind embedded pointers, unless one of them is nil.
func (e *encoder) embedded(b []byte, op *encodeOp, p memory) []byte {
	for _, through := range op.more.([]embeddedPointer) {
		if p = loadPointer(fieldAt(p, through.offset)); p == nil {
			return b
		}
	}
	return e.run(op.plan, p, b)
}

func (e *encoder) sliceInt64(b []byte, s sliceWords) []byte {
	if s.data == nil {
		return appendNull(b)
	}
	start := len(b)
	for i := range uintptr(s.len) {
		b = room(b, 24+roomSlack)
		put8(end(b), 0, ',')
		b = appendInt(extend(b, 1), int64(load64(fieldAt(s.data, i*8))))
	}
	return closeArray(b, start)
}

func (e *encoder) sliceFloat64(b []byte, s sliceWords, t reflect.Type) []byte {
	if s.data == nil {
		return appendNull(b)
	}
	return e.float64s(b, s.data, s.len, t)
}

func (e *encoder) float64s(b []byte, p memory, n int, t reflect.Type) []byte {
	start := len(b)
	for i := range uintptr(n) {
		b = room(b, 48+roomSlack)
		put8(end(b), 0, ',')
		b = e.float64(extend(b, 1), loadFloat64(fieldAt(p, i*8)), t)
	}
	return closeArray(b, start)
}

func (e *encoder) sliceString(b []byte, s sliceWords) []byte {
	if s.data == nil {
		return appendNull(b)
	}
	start := len(b)
	for i := range s.len {
		b = e.string(append(b, ','), loadString(fieldAt(s.data, uintptr(i)*stringSize)))
	}
	return closeArray(b, start)
}

// closeArray ends an array whose elements all start with a comma.
func closeArray(b []byte, start int) []byte {
	if len(b) == start {
		return append(b, "[]"...)
	}
	b[start] = '['
	return append(b, ']')
}

// room returns b with room for n more bytes.
func room(b []byte, n int) []byte {
	if cap(b)-len(b) < n {
		return grow(b, n)
	}
	return b
}
