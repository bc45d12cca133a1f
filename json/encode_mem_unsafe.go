package json

import (
	"encoding/binary"
	"reflect"
	"time"
	"unsafe"
)

// The encoder reads values by address and offset and writes its buffer by
// address, because a reflect call per field read and a bounds check per byte
// written would be most of its time. Everything that it does so is in this file.
//
//   - Values are only read. An address is that of a live object, or inside it.
//   - The buffer is only written where room has made sure of the capacity. A
//     write may run past the end of the text, never past the capacity.

// roomSlack is how far a block write may run past the text it belongs to.
const roomSlack = 32

func fieldAt(p memory, off uintptr) memory { return unsafe.Add(p, off) }

func load8(p memory) uint8         { return *(*uint8)(p) }
func load16(p memory) uint16       { return *(*uint16)(p) }
func load32(p memory) uint32       { return *(*uint32)(p) }
func load64(p memory) uint64       { return *(*uint64)(p) }
func loadWord(p memory) uint       { return *(*uint)(p) }
func loadBool(p memory) bool       { return *(*bool)(p) }
func loadFloat32(p memory) float32 { return *(*float32)(p) }
func loadFloat64(p memory) float64 { return *(*float64)(p) }
func loadString(p memory) string   { return *(*string)(p) }
func loadBytes(p memory) []byte    { return *(*[]byte)(p) }
func loadPointer(p memory) memory  { return *(*memory)(p) }
func loadAny(p memory) any         { return *(*any)(p) }

func loadTime(p memory) *time.Time { return (*time.Time)(p) }

// loadMap is the map at p, whose type has underlying type map[K]V.
func loadMap[K comparable, V any](p memory) map[K]V { return *(*map[K]V)(p) }

// loadSlice is the slice of any type at p.
func loadSlice(p memory) sliceWords { return *(*sliceWords)(p) }

// sliceWords is how every slice lies in memory.
type sliceWords struct {
	data memory
	len  int
	cap  int
}

// lengthAt is the length of the string or slice at p.
func lengthAt(p memory) int { return *(*int)(unsafe.Add(p, unsafe.Sizeof(uintptr(0)))) }

// loadInterface is the interface with methods at p as an empty one. The compiler
// finds the dynamic type in the same way whatever the methods are.
func loadInterface(p memory) any { return *(*interface{ anyMethod() })(p) }

// valueAt is the value of type t at p, addressable.
func valueAt(t reflect.Type, p memory) reflect.Value { return reflect.NewAt(t, p).Elem() }

// textOf is b as a string without a copy, for as long as b does not change.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bytesIn is s as bytes without a copy, to be read only.
func bytesIn(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// textAt is the address of the first byte of s.
func textAt(s string) memory { return memory(unsafe.StringData(s)) }

// end is the address behind b's text, where there is capacity.
func end(b []byte) memory { return unsafe.Add(memory(unsafe.SliceData(b)), len(b)) }

// extend lengthens b by the n bytes that were written behind it.
func extend(b []byte, n int) []byte { return b[:len(b)+n] }

// put8 and the others store v at p+i, its lowest byte first on every machine.
func put8(p memory, i int, v byte) { *(*byte)(unsafe.Add(p, i)) = v }

func put16(p memory, i int, v uint16) {
	binary.LittleEndian.PutUint16((*[2]byte)(unsafe.Add(p, i))[:], v)
}

func put64(p memory, i int, v uint64) {
	binary.LittleEndian.PutUint64((*[8]byte)(unsafe.Add(p, i))[:], v)
}

// get32 and get64 load the bytes at p+i, the first one lowest.
func get32(p memory, i int) uint32 {
	return binary.LittleEndian.Uint32((*[4]byte)(unsafe.Add(p, i))[:])
}

func get64(p memory, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(p, i))[:])
}

func get8(p memory, i int) byte { return *(*byte)(unsafe.Add(p, i)) }

// putKey copies n bytes from key to p in blocks of 16. Both have room for a
// multiple of 16, and for one block at least.
func putKey(p memory, key memory, n int) {
	*(*[16]byte)(p) = *(*[16]byte)(key)
	if n > 16 {
		putLongKey(p, key, n)
	}
}

func putLongKey(p memory, key memory, n int) {
	for i := 16; i < n; i += 16 {
		*(*[16]byte)(unsafe.Add(p, i)) = *(*[16]byte)(unsafe.Add(key, i))
	}
}

const (
	wordSize   = unsafe.Sizeof(uintptr(0))
	stringSize = unsafe.Sizeof("")
)

// typeWord is the first word of v, which stands for its type.
func typeWord(v any) uintptr { return *(*uintptr)(memory(&v)) }

// dataWord is the address of the data word of the interface at p.
func dataWord(p memory) memory { return unsafe.Add(p, wordSize) }

// anyAt is the address of an interface.
func anyAt(p *any) memory { return memory(p) }

// interfacesAreKnown reports whether an interface is a word for the type and a
// pointer to the value, or the value if that is a pointer. It always was. If it
// is no longer, values are copied out of interfaces by reflection.
var interfacesAreKnown = checkInterfaces()

func checkInterfaces() bool {
	if unsafe.Sizeof(any(nil)) != 2*wordSize {
		return false
	}
	type pair struct{ a, b int }
	target, value, other := new(int), any(pair{3, 4}), any(pair{5, 6})
	pointer := any(target)
	return loadPointer(dataWord(anyAt(&pointer))) == memory(target) &&
		*(*pair)(loadPointer(dataWord(anyAt(&value)))) == pair{3, 4} &&
		typeWord(value) == typeWord(other) && typeWord(value) != typeWord(pointer)
}

// isDirect reports whether an interface holds a value of type t itself in its
// data word. It tries: which structs and arrays do has changed between releases.
func isDirect(t reflect.Type) bool {
	if t.Size() != wordSize {
		return false
	}
	mark := new(int)
	p := reflect.New(t)
	*(*memory)(p.UnsafePointer()) = memory(mark)
	v := p.Elem().Interface()
	return loadPointer(dataWord(anyAt(&v))) == memory(mark)
}
