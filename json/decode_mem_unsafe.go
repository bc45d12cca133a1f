package json

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// The decoder reads the document and writes its target by
// address and offset, because a bounds check per byte read and a reflect call
// per field written would be most of its time. All such accesses go through the
// functions of this file. Three rules keep them right:
//
//   - An address handed to memAdd lies inside of an object, and so does the sum.
//     One past the end would name the next object, and crash the collector.
//   - A pointer is stored as its Go type, never as an integer or as bytes, so
//     that the collector sees the write.
//   - Offsets into the document are integers that were compared with its size.

func memAdd(p memory, n uintptr) memory { return unsafe.Add(p, n) }

// memByte is the byte at p+i.
func memByte(p memory, i int) byte { return *(*byte)(unsafe.Add(p, i)) }

// memPos is entry i of the index at p.
func memPos(p memory, i int) int { return int(*(*uint32)(unsafe.Add(p, i*4))) }

// mem32 is the four bytes at p+i, the first one lowest.
func mem32(p memory, i int) uint32 {
	return binary.LittleEndian.Uint32((*[4]byte)(unsafe.Add(p, i))[:])
}

// mem64 is the eight bytes at p+i, the first one lowest.
func mem64(p memory, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(p, i))[:])
}

// memBytes is the n bytes at p as a slice.
func memBytes(p memory, n int) []byte { return unsafe.Slice((*byte)(p), n) }

// memString is b as a string, without a copy: b must not change any more.
func memString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// memOf is the address of b's first byte; b is not empty.
func memOf(b []byte) memory { return memory(unsafe.SliceData(b)) }

// copyBlock is how many bytes memCopyBlock copies.
const copyBlock = 32

// memCopyBlock copies a block from src to dst, which are both as long.
func memCopyBlock(dst, src memory) { *(*[copyBlock / 8]uint64)(dst) = *(*[copyBlock / 8]uint64)(src) }

// memIndex is the address of an index buffer.
func memIndex(b []uint32) memory { return memory(unsafe.SliceData(b)) }

// memSlice is a slice as it lies in memory.
type memSlice struct {
	data memory
	len  int
	cap  int
}

// memEmpty is where empty slices point.
var memEmpty uint64

// setEmptySlice makes the slice at p empty but not nil.
func setEmptySlice(p memory) { *(*memSlice)(p) = memSlice{data: memory(&memEmpty)} }

// zeroBlock is what memZero compares with, a block at a time.
var zeroBlock [1 << 10]byte

// memZero reports whether the n bytes at p are all zero.
func memZero(p memory, n uintptr) bool {
	b := memBytes(p, int(n))
	for len(b) > len(zeroBlock) {
		if string(b[:len(zeroBlock)]) != string(zeroBlock[:]) {
			return false
		}
		b = b[len(zeroBlock):]
	}
	return string(b) == string(zeroBlock[:len(b)])
}

// storeInt stores v at p as a signed integer of size bytes, and reports whether
// it fits.
func storeInt(p memory, size uintptr, v int64) bool {
	switch size {
	case 8:
		*(*int64)(p) = v
		return true
	case 4:
		if v == int64(int32(v)) {
			*(*int32)(p) = int32(v)
			return true
		}
	case 2:
		if v == int64(int16(v)) {
			*(*int16)(p) = int16(v)
			return true
		}
	case 1:
		if v == int64(int8(v)) {
			*(*int8)(p) = int8(v)
			return true
		}
	}
	return false
}

// storeUint stores v at p as an unsigned integer of size bytes, and reports
// whether it fits.
func storeUint(p memory, size uintptr, v uint64) bool {
	if size < 8 && bits.Len64(v) > int(size)*8 {
		return false
	}
	switch size {
	case 8:
		*(*uint64)(p) = v
	case 4:
		*(*uint32)(p) = uint32(v)
	case 2:
		*(*uint16)(p) = uint16(v)
	case 1:
		*(*uint8)(p) = uint8(v)
	}
	return true
}
