//go:build covet_cgo && cgo

package cgosimd

/*
#cgo CFLAGS: -O3 -Wno-psabi
#cgo noescape covet_index
#cgo nocallback covet_index
#cgo noescape covet_escape_index
#cgo nocallback covet_escape_index
#cgo noescape covet_copy_plain
#cgo nocallback covet_copy_plain
#cgo noescape covet_valid_utf8
#cgo nocallback covet_valid_utf8
#include "kernels.h"
*/
import "C"

import (
	"slices"
	"unsafe"

	"github.com/covetgo/covet/simd"
)

// IndexState is simd.IndexState.
type IndexState struct{ c C.covet_index_state }

// InString is simd.IndexState.InString.
func (s *IndexState) InString() bool { return s.c.in_string != 0 }

// IndexJSON is simd.IndexJSON. It writes nothing beyond the positions, but asks for
// the same room.
func IndexJSON(dst []uint32, flags []byte, src []byte, base uint32, s *IndexState) int {
	if len(dst) < len(src)+simd.IndexSlack {
		panic("cgosimd: IndexJSON: dst has fewer than len(src)+IndexSlack entries")
	}
	if len(flags) < (len(src)+63)/64 {
		panic("cgosimd: IndexJSON: flags has fewer than (len(src)+63)/64 bytes")
	}
	if len(src) == 0 {
		return 0
	}
	return int(C.covet_index((*C.uint32_t)(&dst[0]), (*C.uint8_t)(&flags[0]), bytesAt(src), C.size_t(len(src)),
		C.uint32_t(base), &s.c))
}

// EscapeIndex is simd.EscapeIndex.
func EscapeIndex(p []byte, e simd.Escape) int {
	html, valid := flagsOf(e)
	return int(C.covet_escape_index(bytesAt(p), C.size_t(len(p)), html, valid))
}

// EscapeIndexString is simd.EscapeIndexString.
func EscapeIndexString(s string, e simd.Escape) int { return EscapeIndex(bytesOf(s), e) }

// AppendPlain is simd.AppendPlain. It writes nothing beyond the result.
func AppendPlain(dst []byte, s string, e simd.Escape) ([]byte, int) {
	dst = slices.Grow(dst, len(s))
	html, valid := flagsOf(e)
	to := dst[len(dst) : len(dst)+len(s)]
	n := int(C.covet_copy_plain(bytesAt(to), bytesAt(bytesOf(s)), C.size_t(len(s)), html, valid))
	return dst[:len(dst)+n], n
}

// ValidUTF8 is simd.ValidUTF8.
func ValidUTF8(p []byte) bool { return C.covet_valid_utf8(bytesAt(p), C.size_t(len(p))) != 0 }

// ValidUTF8String is simd.ValidUTF8String.
func ValidUTF8String(s string) bool { return ValidUTF8(bytesOf(s)) }

// Empty calls a C function that returns at once: what a crossing costs.
func Empty() { C.covet_valid_utf8(nil, 0) }

func flagsOf(e simd.Escape) (html, valid C.int) {
	if e&simd.EscapeHTML != 0 {
		html = 1
	}
	if e&simd.EscapeValid != 0 {
		valid = 1
	}
	return html, valid
}

// bytesAt is p for C, which does not keep it.
func bytesAt(p []byte) *C.uint8_t { return (*C.uint8_t)(unsafe.SliceData(p)) }

// bytesOf is s as bytes without a copy. C does not write to it.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
