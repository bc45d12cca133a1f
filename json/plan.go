package json

import (
	"encoding"
	"encoding/json"
	"reflect"
	"sync"
	"sync/atomic"
	"time"
)

// A planOp says how a value is read.
type planOp uint8

const (
	decStd       planOp = iota // hand the value to encoding/json
	decNever                   // hand the whole document to encoding/json
	decBool                    // bool
	decInt                     // signed integers of plan.size bytes
	decUint                    // unsigned integers of plan.size bytes
	decFloat64                 // float64
	decFloat32                 // float32
	decString                  // strings
	decAny                     // interfaces without methods
	decStruct                  // plan.fields
	decSlice                   // of plan.elem
	decArray                   // plan.len of plan.elem
	decPointer                 // to plan.elem
	decBytes                   // slices of bytes: base64 or an array
	decNumber                  // json.Number
	decRaw                     // json.RawMessage
	decTime                    // time.Time
	decUnmarshal               // a pointer to the type is an Unmarshaler
	decText                    // a pointer to the type is a TextUnmarshaler
	decQuoted                  // plan.elem inside of a string
	decThrough                 // plan.elem behind embedded pointers
	decMapString               // map[string]string
	decMapAny                  // map[string]any
	decMap                     // other maps with strings or integers as keys
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
	scratch *sync.Pool // of *scratchSlice, for decSlice
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
	numberType          = reflect.TypeFor[Number]()
	rawMessageType      = reflect.TypeFor[json.RawMessage]()
	timeType            = reflect.TypeFor[time.Time]()
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
var recentPlans [256]atomic.Pointer[plan]

// planOf returns the plan for what a pointer of type t points to.
func planOf(t reflect.Type) *plan {
	slot := &recentPlans[typeSlot(t)]
	if p := slot.Load(); p != nil && p.typ == t {
		return p.elem
	}
	root := &plan{typ: t, elem: loadPlan(planKey{t.Elem(), true})}
	slot.Store(root)
	return root.elem
}

// typeSlot spreads types over recentPlans.
func typeSlot(t reflect.Type) uint8 {
	x := reflect.ValueOf(t).Pointer()
	return uint8(x>>5 ^ x>>13)
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
