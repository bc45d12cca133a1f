package json

import "reflect"

// planCompiler makes the plans of a type and of all types in it. They refer to
// each other, so none is published before all are made.
type planCompiler struct {
	made  map[planKey]*plan
	wraps []*plan
}

// compile returns the plan for key, which may still be in the making.
func (c *planCompiler) compile(key planKey) *plan {
	if p, ok := c.made[key]; ok {
		return p
	}
	if p, ok := plans.Load(key); ok {
		return p.(*plan)
	}
	p := &plan{typ: key.typ, size: key.typ.Size(), null: nullOf(key.typ)}
	c.made[key] = p
	if !c.methods(p, key) {
		c.kind(p, key)
	}
	return p
}

// nullOf is what null does where no method has a say.
func nullOf(t reflect.Type) nullOp {
	switch t.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
		return nullClears
	}
	return nullKeeps
}

// methods fills p if the type reads itself, and reports whether it does.
func (c *planCompiler) methods(p *plan, key planKey) bool {
	t := key.typ
	if t.Kind() == reflect.Pointer && t.Name() != "" {
		p.op, p.user = readStd, true // it lacks the methods of *T
		return true
	}
	if t.Kind() == reflect.Pointer || t.Name() == "" && !key.pointed {
		return false
	}
	ptr := reflect.PointerTo(t)
	switch {
	case t == rawMessageType:
		p.op, p.null = readRaw, nullCalls
	case t == numberType:
		p.op = readNumber
	case readsItself(ptr):
		p.op, p.user, p.null = readStd, true, nullCalls
	case t == timeType:
		p.op = readTime
	case ptr.Implements(unmarshalerType):
		p.op, p.user, p.null = readUnmarshal, true, nullCalls
	case ptr.Implements(textUnmarshalerType):
		p.op, p.user = readText, true
	default:
		return false
	}
	return true
}

// kind fills p by the kind of its type.
func (c *planCompiler) kind(p *plan, key planKey) {
	t := p.typ
	switch t.Kind() {
	case reflect.Bool:
		p.op = readBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.op = readInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.op = readUint
	case reflect.Float64:
		p.op = readFloat64
	case reflect.Float32:
		p.op = readFloat32
	case reflect.String:
		p.op = readString
	case reflect.Pointer:
		p.op, p.elem = readPointer, c.compile(planKey{t.Elem(), true})
	case reflect.Struct:
		c.structType(p)
	case reflect.Slice:
		c.slice(p)
	case reflect.Array:
		p.op, p.elem, p.len = readArray, c.compile(planKey{t.Elem(), false}), t.Len()
	case reflect.Map:
		c.mapType(p)
	case reflect.Interface:
		if t.NumMethod() == 0 {
			p.op = readAny
		}
	}
	if p.op == readStd {
		p.user = true
		c.checkStd(p, key)
	}
}

// checkStd sees to it that encoding/json, given a pointer to the value, reads it
// as it would in its place.
func (c *planCompiler) checkStd(p *plan, key planKey) {
	ptr := reflect.PointerTo(p.typ)
	hidden := !key.pointed && p.typ.Name() == ""
	if hidden && (ptr.Implements(unmarshalerType) || ptr.Implements(textUnmarshalerType) || readsItself(ptr)) {
		p.op = readNever
	}
}

func (c *planCompiler) slice(p *plan) {
	p.op, p.elem = readSlice, c.compile(planKey{p.typ.Elem(), false})
	p.scratch, p.noscan = scratchPool(p.typ), !hasPointers(p.typ.Elem())
	if p.typ.Elem().Kind() == reflect.Uint8 {
		p.op = readBytes
	}
	if p.elem.size == 0 {
		p.op = readStd // nothing to gain, and no address of its own per element
	}
}

// hasPointers reports whether the collector looks into values of type t.
func hasPointers(t reflect.Type) bool {
	switch k := t.Kind(); k {
	case reflect.Array:
		return t.Len() > 0 && hasPointers(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if hasPointers(t.Field(i).Type) {
				return true
			}
		}
		return false
	default:
		return k > reflect.Complex128
	}
}

func (c *planCompiler) mapType(p *plan) {
	key := p.typ.Key()
	if reflect.PointerTo(key).Implements(textUnmarshalerType) || readsItself(reflect.PointerTo(key)) {
		return
	}
	switch k := key.Kind(); {
	case p.typ == reflect.TypeFor[map[string]string]():
		p.op = readMapString
	case p.typ == reflect.TypeFor[map[string]any]():
		p.op = readMapAny
	case k == reflect.String, reflect.Int <= k && k <= reflect.Uintptr:
		p.op, p.elem = readMap, c.compile(planKey{p.typ.Elem(), false})
	}
}

// maxFields is how many fields a fieldTable can tell apart.
const maxFields = 1<<16 - 2

// structType fills p from the struct's fields. A struct that encoding/json can
// fill only by rules about unexported fields is left to it.
func (c *planCompiler) structType(p *plan) {
	fields := fieldsOf(p.typ)
	if len(fields) > maxFields {
		return
	}
	table := &fieldTable{}
	for i := range fields {
		if !exportedField(p.typ, fields[i].index) {
			return
		}
		table.list = append(table.list, c.field(&fields[i]))
	}
	table.build()
	p.op, p.fields = readStruct, table
}

// exportedField reports whether the last field on the path is exported. One that
// is not is an embedded struct with a name from its tag.
func exportedField(t reflect.Type, index []int) bool {
	return t.FieldByIndex(index).IsExported()
}

func (c *planCompiler) field(f *structField) planField {
	value := c.compile(planKey{f.typ, false})
	if f.quoted {
		value = c.wrap(&plan{op: quotedOp(f.typ), typ: f.typ, size: value.size, elem: value, null: value.null})
	}
	offset := f.offset
	if len(f.through) > 0 {
		value = c.wrap(&plan{op: readThrough, typ: f.typ, size: value.size, elem: value, through: f.through, offset: f.offset})
		offset = 0
	}
	return newPlanField(f.name, offset, value)
}

// wrap registers a plan that belongs to a field, not to its type.
func (c *planCompiler) wrap(p *plan) *plan {
	c.wraps = append(c.wraps, p)
	return p
}

// quotedOp is how a field with the option "string" is read. encoding/json hands
// the text inside of the quotes to a type's methods.
func quotedOp(t reflect.Type) planOp {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	p := reflect.PointerTo(t)
	if t != numberType && (p.Implements(unmarshalerType) || p.Implements(textUnmarshalerType) || readsItself(p)) {
		return readNever
	}
	return readQuoted
}

// markUser marks the plans that lead to code of the caller's.
func (c *planCompiler) markUser() {
	for changed := true; changed; {
		changed = false
		for _, p := range c.made {
			changed = p.markUser() || changed
		}
		for _, p := range c.wraps {
			changed = p.markUser() || changed
		}
	}
}

// setOps copies the plans' ops to the fields, now that all are known.
func (c *planCompiler) setOps() {
	for _, p := range c.made {
		if p.fields == nil {
			continue
		}
		for i := range p.fields.list {
			f := &p.fields.list[i]
			f.op = f.plan.op
		}
	}
}

// markUser marks p if a plan it refers to is marked, and reports whether it did.
func (p *plan) markUser() bool {
	if p.user {
		return false
	}
	p.user = p.elem != nil && p.elem.user
	if p.fields != nil {
		for i := range p.fields.list {
			p.user = p.user || p.fields.list[i].plan.user
		}
	}
	return p.user
}
