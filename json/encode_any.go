package json

import (
	"reflect"
	"sync"
	"sync/atomic"
)

var (
	intType     = reflect.TypeFor[int]()
	float64Type = reflect.TypeFor[float64]()
)

// any appends the value of the interface{} at p. The types that a document
// decoded without a Go type consists of need no plan.
func (e *encoder) any(b []byte, p memory) []byte {
	switch v := loadAny(p).(type) {
	case nil:
		return appendNull(b)
	case string:
		return e.string(b, v)
	case float64:
		return e.float64(room(b, valueRoom[opFloat64]+roomSlack), v, float64Type)
	case bool:
		return appendBool(room(b, valueRoom[opBool]+roomSlack), v)
	case int:
		return appendInt(room(b, valueRoom[opInt64]+roomSlack), int64(v))
	case map[string]any:
		return e.mapOfAny(b, v)
	case []any:
		return e.sliceOfAny(b, v)
	default:
		return e.dynamic(b, typeWord(v), dataWord(p), v)
	}
}

func (e *encoder) sliceOfAny(b []byte, s []any) []byte {
	if s == nil {
		return appendNull(b)
	}
	e.deeper()
	start := len(b)
	for i := range s {
		b = e.any(append(b, ','), anyAt(&s[i]))
	}
	e.depth--
	return closeArray(b, start)
}

// interfaceValue appends the value of the interface with methods, of type t, at
// p.
func (e *encoder) interfaceValue(b []byte, p memory, t reflect.Type) []byte {
	if loadPointer(p) == nil {
		return appendNull(b)
	}
	v := loadInterface(p)
	if asksNil(t) && isNilPointer(v) {
		e.fail(errTooDeep)
	}
	return e.dynamic(b, typeWord(v), dataWord(p), v)
}

func isNilPointer(v any) bool {
	at := reflect.ValueOf(v)
	return at.Kind() == reflect.Pointer && at.IsNil()
}

// rootValue appends e.root, which stays where it is while it is encoded.
func (e *encoder) rootValue(b []byte) []byte {
	if e.root == nil {
		return appendNull(b)
	}
	return e.dynamic(b, typeWord(e.root), dataWord(anyAt(&e.root)), e.root)
}

// dynamic appends v, an interface whose type word is word and whose data word is
// at data.
func (e *encoder) dynamic(b []byte, word uintptr, data memory, v any) []byte {
	if e.depth++; e.depth > maxDepth {
		e.fail(errDeep(v))
	}
	if interfacesAreKnown {
		plan := planCacheOf(e.html).lookup(word)
		if plan == nil {
			plan = planCacheOf(e.html).add(word, reflect.TypeOf(v))
		}
		if !plan.direct {
			data = loadPointer(data)
		}
		b = e.run(plan, data, b)
	} else {
		b = e.dynamicCopy(b, v)
	}
	e.depth--
	return b
}

// dynamicCopy is dynamic for a Go whose interfaces look other than expected.
func (e *encoder) dynamicCopy(b []byte, v any) []byte {
	t := reflect.TypeOf(v)
	p := reflect.New(t)
	p.Elem().Set(reflect.ValueOf(v))
	return e.run(planCacheOf(e.html).slow(t), p.UnsafePointer(), b)
}

// A planCache finds the plans for the dynamic types of interfaces. Reading takes
// no lock: a full table is replaced by a larger one.
type planCache struct {
	table atomic.Pointer[planTable]

	mu       sync.Mutex
	compiler compiler
	count    int
}

// A planTable is a hash table with linear probing that is never more than half
// full.
type planTable struct {
	slots []planSlot
	shift uint
}

// A planSlot is written once. The plan holds the type, so that its address, the
// word, can't become another type's.
type planSlot struct {
	word atomic.Uintptr
	plan *encodePlan // written before word
}

var planCaches [2]planCache

func init() {
	for i := range planCaches {
		planCaches[i].compiler = compiler{html: i == 1, plans: map[compileKey]*encodePlan{}}
		planCaches[i].table.Store(newPlanTable(6))
	}
}

func planCacheOf(html bool) *planCache {
	if html {
		return &planCaches[1]
	}
	return &planCaches[0]
}

// newPlanTable makes a table of 2^log slots.
func newPlanTable(log uint) *planTable {
	return &planTable{slots: make([]planSlot, 1<<log), shift: 64 - log}
}

// slot is where to begin to look for word: the golden ratio spreads addresses.
func (t *planTable) slot(word uintptr) int {
	return int(uint64(word) * 0x9E37_79B9_7F4A_7C15 >> t.shift)
}

// lookup returns the plan for the type whose interfaces have this type word, or
// nil if it is not there yet.
func (c *planCache) lookup(word uintptr) *encodePlan {
	t := c.table.Load()
	for i := t.slot(word); ; i++ {
		slot := &t.slots[i&(len(t.slots)-1)]
		switch slot.word.Load() {
		case word:
			return slot.plan
		case 0:
			return nil
		}
	}
}

// add compiles the plan for t and makes it known.
func (c *planCache) add(word uintptr, t reflect.Type) *encodePlan {
	c.mu.Lock()
	defer c.mu.Unlock()
	if plan := c.lookup(word); plan != nil {
		return plan
	}
	plan := c.compiler.plan(compileKey{typ: t})
	plan.direct = isDirect(t)
	if c.count++; 2*c.count > len(c.table.Load().slots) {
		c.enlarge()
	}
	c.table.Load().insert(word, plan)
	return plan
}

// slow finds the plan for t under the lock.
func (c *planCache) slow(t reflect.Type) *encodePlan {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.compiler.plan(compileKey{typ: t})
}

func (c *planCache) enlarge() {
	old := c.table.Load()
	t := newPlanTable(64 - old.shift + 1)
	for i := range old.slots {
		if word := old.slots[i].word.Load(); word != 0 {
			t.insert(word, old.slots[i].plan)
		}
	}
	c.table.Store(t)
}

func (t *planTable) insert(word uintptr, plan *encodePlan) {
	for i := t.slot(word); ; i++ {
		slot := &t.slots[i&(len(t.slots)-1)]
		if slot.word.Load() == 0 {
			slot.plan = plan
			slot.word.Store(word)
			return
		}
	}
}
