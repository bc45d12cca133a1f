package json

import (
	"encoding"
	"reflect"
	"sync"
	"sync/atomic"
)

// A planOp says how a value is read.
type planOp uint8

const (
	readStd       planOp = iota // hand the value to encoding/json
	readNever                   // hand the whole document to encoding/json
	readBool                    // bool
	readInt                     // signed integers of plan.size bytes
	readUint                    // unsigned integers of plan.size bytes
	readFloat64                 // float64
	readFloat32                 // float32
	readString                  // strings
	readAny                     // interfaces without methods
	readStruct                  // plan.fields
	readSlice                   // of plan.elem
	readArray                   // plan.len of plan.elem
	readPointer                 // to plan.elem
	readBytes                   // slices of bytes: base64 or an array
	readNumber                  // json.Number
	readRaw                     // json.RawMessage
	readTime                    // time.Time
	readUnmarshal               // a pointer to the type is an Unmarshaler
	readText                    // a pointer to the type is a TextUnmarshaler
	readQuoted                  // plan.elem inside of a string
	readThrough                 // plan.elem behind embedded pointers
	readMapString               // map[string]string
	readMapAny                  // map[string]any
	readMap                     // other maps with strings or integers as keys
)

// A plan is how values of one type are read. It is made once per type, and
// never changes.
type plan struct {
	op   planOp
	user bool // runs code of the caller's: methods, or encoding/json's own
	typ  reflect.Type
	size uintptr
	elem *plan
	len  int // of an array

	noscan bool // a slice's elements have no pointers

	fields  *fieldTable
	scratch *sync.Pool // of *scratchSlice, for readSlice
	through []embeddedPointer
	offset  uintptr // behind the last of through

	null nullOp // what JSON's null does
}

// A nullOp says what null does to a value.
type nullOp uint8

const (
	nullKeeps nullOp = iota // has no effect
	nullClears
	nullCalls // is the method's business
)

var (
	unmarshalerType     = reflect.TypeFor[Unmarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	stringType          = reflect.TypeFor[string]()
)

// planKey names a plan. Methods of an unnamed struct type, which it has from the
// structs it embeds, count only where a pointer to it was followed.
type planKey struct {
	typ     reflect.Type
	pointed bool
}

var plans sync.Map // *plan by planKey

// recentPlans spares most lookups in plans. A slot holds one of the types whose
// address falls on it.
var recentPlans [256]atomic.Pointer[recentPlan]

// planOf returns the plan for what a pointer of type t points to.
func planOf(t reflect.Type) *plan {
	key := reflect.ValueOf(t).Pointer() // a type is known by its address
	slot := &recentPlans[uint8(key>>5^key>>13)]
	if r := slot.Load(); r != nil && r.key == key {
		return r.plan
	}
	r := &recentPlan{key, loadPlan(planKey{t.Elem(), true}), t}
	slot.Store(r)
	return r.plan
}

// recentPlan is a slot of recentPlans.
type recentPlan struct {
	key  uintptr
	plan *plan
	typ  reflect.Type // keeps the type where it is
}

func loadPlan(key planKey) *plan {
	if p, ok := plans.Load(key); ok {
		return p.(*plan)
	}
	c := planCompiler{made: map[planKey]*plan{}}
	c.compile(key)
	c.markUser()
	c.setOps()
	// Another goroutine may have made some of them too; equal plans can mix.
	for k, p := range c.made {
		plans.LoadOrStore(k, p)
	}
	p, _ := plans.Load(key)
	return p.(*plan)
}
