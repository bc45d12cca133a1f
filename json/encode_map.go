package json

import (
	"cmp"
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A mapPlan is how maps of one type are written.
type mapPlan struct {
	elem    *encodePlan
	keyText func(k reflect.Value, b []byte) ([]byte, error) // nil: the keys are strings
	common  commonMap
	pool    sync.Pool // *mapBuffer
}

// newMapPlan makes the plan for the map type t, without the plan for elements.
// ok is false for keys that can't be JSON.
func newMapPlan(t reflect.Type) (m *mapPlan, ok bool) {
	m = &mapPlan{}
	key := t.Key()
	switch {
	case key.Kind() == reflect.String && !(stdIsV2 && key.Implements(textMarshalerType)):
		m.common = commonMapOf(key, t.Elem())
	case key.Implements(textMarshalerType):
		m.keyText = textKey
	case reflect.Int <= key.Kind() && key.Kind() <= reflect.Int64:
		m.keyText = func(k reflect.Value, b []byte) ([]byte, error) { return strconv.AppendInt(b, k.Int(), 10), nil }
	case reflect.Uint <= key.Kind() && key.Kind() <= reflect.Uintptr:
		m.keyText = func(k reflect.Value, b []byte) ([]byte, error) { return strconv.AppendUint(b, k.Uint(), 10), nil }
	default:
		return nil, false
	}
	return m, true
}

// textKey asks a key for its text. A nil pointer is the empty key.
func textKey(k reflect.Value, b []byte) ([]byte, error) {
	if k.Kind() == reflect.Pointer && k.IsNil() {
		return b, nil
	}
	return appendKeyText(b, k.Interface().(encoding.TextMarshaler))
}

// A mapEntry is one member of a map on its way through sorting.
type mapEntry[V any] struct {
	prefix uint64 // the first eight bytes of the key, for a quick comparison
	key    string
	value  V
}

func newMapEntry[V any](key string, value V) mapEntry[V] {
	return mapEntry[V]{prefix: keyPrefix(key), key: key, value: value}
}

// keyPrefix is the first eight bytes of s as a number that compares as they do.
// Zeros fill it up.
func keyPrefix(s string) uint64 {
	if len(s) >= 8 {
		return uint64(s[0])<<56 | uint64(s[1])<<48 | uint64(s[2])<<40 | uint64(s[3])<<32 |
			uint64(s[4])<<24 | uint64(s[5])<<16 | uint64(s[6])<<8 | uint64(s[7])
	}
	var v uint64
	for i := range len(s) {
		v |= uint64(s[i]) << (56 - 8*i)
	}
	return v
}

// before reports whether a comes before b.
func (a *mapEntry[V]) before(b *mapEntry[V]) bool {
	if a.prefix != b.prefix {
		return a.prefix < b.prefix
	}
	return a.key < b.key
}

// sortEntries sorts by key. Most maps are small.
func sortEntries[V any](s []mapEntry[V]) {
	if len(s) > 12 {
		slices.SortFunc(s, func(a, b mapEntry[V]) int {
			if a.prefix != b.prefix {
				return cmp.Compare(a.prefix, b.prefix)
			}
			return strings.Compare(a.key, b.key)
		})
		return
	}
	insertionSort(s)
}

func insertionSort[V any](s []mapEntry[V]) {
	for i := 1; i < len(s); i++ {
		if !s[i].before(&s[i-1]) {
			continue
		}
		x, j := s[i], i
		for ; j > 0 && x.before(&s[j-1]); j-- {
			s[j] = s[j-1]
		}
		s[j] = x
	}
}

// mapScratch has the entries of maps of the commonest types. A map inside of a
// map uses what lies behind the outer one's.
type mapScratch struct {
	texts []mapEntry[string]
	anys  []mapEntry[any]
}

// reset forgets the entries after a failure.
func (m *mapScratch) reset() {
	clear(m.texts)
	clear(m.anys)
	m.texts, m.anys = m.texts[:0], m.anys[:0]
}

// A commonMap says whether maps of a type have a way without reflection.
type commonMap uint8

const (
	otherMap commonMap = iota
	mapStringAny
	mapStringString
)

func commonMapOf(key, elem reflect.Type) commonMap {
	switch {
	case key != reflect.TypeFor[string]():
		return otherMap
	case elem == reflect.TypeFor[any]():
		return mapStringAny
	case elem == reflect.TypeFor[string]():
		return mapStringString
	}
	return otherMap
}

func (e *encoder) mapOfAny(b []byte, m map[string]any) []byte {
	if m == nil {
		return appendNull(b)
	}
	e.deeper()
	start, from := len(b), len(e.maps.anys)
	for k, v := range m {
		e.maps.anys = append(e.maps.anys, newMapEntry(k, v))
	}
	entries := e.maps.anys[from:]
	sortEntries(entries)
	for i := range entries {
		b = e.key(b, entries[i].key)
		b = e.any(b, anyAt(&entries[i].value))
	}
	clear(entries) // the array may have been replaced in the meantime
	clear(e.maps.anys[from:])
	e.maps.anys = e.maps.anys[:from]
	e.depth--
	return closeObject(b, start)
}

func (e *encoder) mapOfString(b []byte, m map[string]string) []byte {
	if m == nil {
		return appendNull(b)
	}
	if len(m) <= fewEntries {
		return e.fewStrings(b, m)
	}
	start := len(b)
	entries := e.maps.texts[:0]
	for k, v := range m {
		entries = append(entries, newMapEntry(k, v))
	}
	sortEntries(entries)
	for i := range entries {
		b = e.key(b, entries[i].key)
		b = e.string(b, entries[i].value)
	}
	clear(entries)
	e.maps.texts = entries[:0]
	return closeObject(b, start)
}

// fewEntries is how many entries have place on the stack, where the collector
// does not look at each write.
const fewEntries = 8

func (e *encoder) fewStrings(b []byte, m map[string]string) []byte {
	start := len(b)
	var entries [fewEntries]mapEntry[string]
	n := 0
	for k, v := range m {
		entries[n&(fewEntries-1)] = newMapEntry(k, v)
		n++
	}
	insertionSort(entries[:min(n, fewEntries)])
	for i := range min(n, fewEntries) {
		b = e.key(b, entries[i].key)
		b = e.string(b, entries[i].value)
	}
	return closeObject(b, start)
}

// key appends a comma, a key and a colon.
func (e *encoder) key(b []byte, key string) []byte {
	b = room(b, len(key)+4+roomSlack)
	if len(key) <= 16 && putShort(fieldAt(end(b), 2), textAt(key), len(key), e.html) {
		put16(end(b), 0, ','|'"'<<8)
		put8(end(b), len(key)+3, ':')
		return extend(b, len(key)+4)
	}
	return append(e.string(append(b, ','), key), ':')
}

// closeObject ends an object whose members all start with a comma.
func closeObject(b []byte, start int) []byte {
	if len(b) == start {
		return append(b, "{}"...)
	}
	b[start] = '{'
	return append(b, '}')
}

// A mapBuffer has the entries of one map of any type. Their values are indexes
// into values, as reflection can't give the address of a map's element.
type mapBuffer struct {
	entries []mapEntry[int]
	text    []byte        // of keys that are not strings
	ends    []int         // of each key in text
	values  reflect.Value // a slice
	key     reflect.Value
	iter    *reflect.MapIter
}

// maxPooledEntries is the largest map whose mapBuffer is kept.
const maxPooledEntries = 4096

func (m *mapPlan) buffer(t reflect.Type, n int) *mapBuffer {
	buf, ok := m.pool.Get().(*mapBuffer)
	if !ok {
		buf = &mapBuffer{key: reflect.New(t.Key()).Elem(), iter: new(reflect.MapIter)}
	}
	if !buf.values.IsValid() || buf.values.Len() < n {
		buf.values = reflect.MakeSlice(reflect.SliceOf(t.Elem()), n+n/4, n+n/4)
	}
	return buf
}

// release gives buf back without the values in it.
func (m *mapPlan) release(buf *mapBuffer, n int) {
	if n > maxPooledEntries {
		return
	}
	clear(buf.entries)
	buf.entries, buf.text = buf.entries[:0], buf.text[:0]
	buf.ends = buf.ends[:0]
	for i := range n {
		buf.values.Index(i).SetZero()
	}
	buf.key.SetZero()
	buf.iter.Reset(reflect.Value{})
	m.pool.Put(buf)
}

// mapValue appends the map at p.
func (e *encoder) mapValue(b []byte, op *encodeOp, p memory) []byte {
	m := op.more.(*mapPlan)
	switch m.common {
	case mapStringAny:
		return e.mapOfAny(b, loadMap[string, any](p))
	case mapStringString:
		return e.mapOfString(b, loadMap[string, string](p))
	}
	if loadPointer(p) == nil {
		return appendNull(b)
	}
	v := valueAt(op.typ, p)
	n := v.Len()
	if n == 0 {
		return append(b, "{}"...)
	}
	buf := m.buffer(op.typ, n)
	if err := m.collect(buf, v); err != nil {
		e.fail(errMapKey(op.typ, err))
	}
	sortEntries(buf.entries)
	start := len(b)
	first, size := buf.values.UnsafePointer(), op.typ.Elem().Size()
	for i := range buf.entries {
		b = e.key(b, buf.entries[i].key)
		b = e.run(m.elem, fieldAt(first, uintptr(buf.entries[i].value)*size), b)
	}
	m.release(buf, n)
	return closeObject(b, start)
}

// collect copies v's members to buf.
func (m *mapPlan) collect(buf *mapBuffer, v reflect.Value) error {
	buf.iter.Reset(v)
	for i := 0; buf.iter.Next(); i++ {
		buf.values.Index(i).SetIterValue(buf.iter)
		buf.key.SetIterKey(buf.iter)
		entry := mapEntry[int]{value: i}
		if m.keyText == nil {
			entry.key = buf.key.String()
		} else {
			var err error
			if buf.text, err = m.keyText(buf.key, buf.text); err != nil {
				return err
			}
			buf.ends = append(buf.ends, len(buf.text))
		}
		buf.entries = append(buf.entries, entry)
	}
	from := 0
	for i := range buf.entries {
		entry := &buf.entries[i]
		if m.keyText != nil {
			entry.key = textOf(buf.text[from:buf.ends[i]])
			from = buf.ends[i]
		}
		entry.prefix = keyPrefix(entry.key)
	}
	return nil
}
