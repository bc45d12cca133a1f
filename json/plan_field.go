package json

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"
)

// planField is a member of an object that a struct has a field for. Its first
// and last eight bytes and its length tell names up to 16 bytes apart.
type planField struct {
	first  uint64 // the name's first 8 bytes, zeros behind a shorter one
	last   uint64 // its last 8 bytes, or 0 for a name of up to 8 bytes
	mask   uint64 // the bytes of first that the name has
	len    int    // of the name, or -1 for one that is not found by its bytes
	offset uintptr
	plan   *plan
	op     planOp // of plan
	name   string
	next   uint16 // 1 + the next field of the same bucket, or 0
}

func newPlanField(name string, offset uintptr, value *plan) planField {
	f := planField{name: name, len: len(name), offset: offset, plan: value}
	f.first, f.last = nameWords(name)
	f.mask = nameMask(len(name))
	for i := range len(name) {
		if c := name[i]; c < 0x20 || c == '"' || c == '\\' {
			f.len = -1 // it never stands in a document like that
		}
	}
	return f
}

// nameMask covers the first min(n, 8) bytes of a word.
func nameMask(n int) uint64 {
	if n >= 8 {
		return 1<<64 - 1
	}
	return 1<<(8*n) - 1
}

// nameWords are the words of planField.first and last.
func nameWords(name string) (first, last uint64) {
	var b [8]byte
	copy(b[:], name)
	first = binary.LittleEndian.Uint64(b[:])
	if len(name) > 8 {
		copy(b[:], name[len(name)-8:])
		last = binary.LittleEndian.Uint64(b[:])
	}
	return first, last
}

// fieldTable finds a struct's field by its name. encoding/json takes a key in
// other case for the field too, if no field has just that name. So the buckets
// go by the name's words with the bit set that tells capital from small letters:
// both candidates lie in one bucket.
type fieldTable struct {
	list    []planField
	buckets []uint16 // 1 + the first field, or 0; 2^n of them
	shift   uint8    // 64 - n
	ascii   bool     // all names are

	exact  map[string]uint16 // fields by name, for keys with escapes
	folded map[string]uint16 // the first field of each folded name
}

const lowerCase = 0x2020202020202020

// bucket is where to look for a name of these words.
func (t *fieldTable) bucket(first, mask, last uint64, n int) int {
	h := (first|lowerCase)&mask ^ uint64(n)<<56
	h = h*0x9E3779B97F4A7C15 ^ (last | lowerCase)
	h *= 0xD6E8FEB86659FD93
	return int(h >> (t.shift & 63))
}

// build fills the table for its list.
func (t *fieldTable) build() {
	t.exact, t.folded = map[string]uint16{}, map[string]uint16{}
	bits := 2
	for 1<<bits < 4*len(t.list) {
		bits++
	}
	t.shift, t.ascii = uint8(64-bits), true
	t.buckets = make([]uint16, 1<<bits)
	for i := len(t.list) - 1; i >= 0; i-- {
		f := &t.list[i]
		b := t.bucket(f.first, f.mask, f.last, len(f.name))
		f.next, t.buckets[b] = t.buckets[b], uint16(i+1)
		t.exact[f.name] = uint16(i)
		t.folded[string(foldName(nil, f.name))] = uint16(i)
		for j := range len(f.name) {
			t.ascii = t.ascii && f.name[j] < utf8.RuneSelf
		}
	}
}

// lookup finds the field of an unescaped key, or returns -1. folded tells that
// the key is not spelt as the field's name.
func (t *fieldTable) lookup(key string) (field int, folded bool) {
	if i, ok := t.exact[key]; ok {
		return int(i), false
	}
	if i, ok := t.folded[string(foldName(nil, key))]; ok {
		return int(i), true
	}
	return -1, false
}

// foldName appends to dst the name with each letter replaced by the smallest of
// those that strings.EqualFold takes for it.
func foldName(dst []byte, name string) []byte {
	for _, r := range name {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		} else if r >= utf8.RuneSelf {
			r = foldRune(r)
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// foldRune goes round the circle of r's forms, to the smallest.
func foldRune(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// equalFoldASCII reports whether key is name but for case; both have one length,
// and neither need be ASCII.
func equalFoldASCII(key []byte, name string) bool {
	return strings.EqualFold(memString(key), name) && isASCII(key)
}

func isASCII(b []byte) bool {
	return bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
