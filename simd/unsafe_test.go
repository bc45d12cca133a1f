package simd

import "unsafe"

// linesOf is p's memory, of a multiple of eight bytes that ends at a page, as
// entries for ScanHead.
func linesOf(p []byte) []HeadLine {
	return unsafe.Slice((*HeadLine)(unsafe.Pointer(unsafe.SliceData(p))), len(p)/8)
}
