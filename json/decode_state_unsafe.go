package json

import (
	"encoding/binary"
	"sync"

	"github.com/covetgo/covet/simd"
)

const (
	// indexWindow is how many bytes are indexed at a time. The index of a
	// window, 128 KiB at most, stays in the second cache until it is used up.
	indexWindow = 32 << 10

	// lookahead is how many tokens a reader may take before it asks for more:
	// a key, a colon, a string, a separator, and what follows it.
	lookahead = 8

	// smallDocument is up to where the strings of a document share memory.
	smallDocument = 4 << 10

	// keepScratch is the largest buffer, in bytes, that is kept for later.
	keepScratch = 1 << 20
)

// A decoder reads one document, from its index: the positions of its tokens
// (see [simd.IndexJSON]). They are structural characters, both quotes of each
// string, and the first byte of each number or literal. So a string's end is
// known without a look at the string, and there is no white space to skip.
//
//	{"a": [1, "b"]}
//	|| || ||  || ||
//
// The index is made in windows:
//
//	buf    … used | i … count | sentinels
//	                    lim
//
// All functions that read take the index i of their first token, and return
// that of the token behind, or -1 if the document is not fit for them. Whoever
// is about to read up to 8 tokens first says "if i > d.lim { i = d.more(i) }".
// Behind the document's last token stand sentinels, which mean position 0: what
// stands there began the document, and so is neither a separator, nor, inside of
// an array or object, anything but the start of another array or object, whose
// reader asks for more and gets none.
type decoder struct {
	src   memory // the document
	size  int
	index memory // of buf
	lim   int    // up to this token there are lookahead more
	count int    // tokens in buf

	suspect  byte // flags in this window for which strings must be looked at
	last     bool // the document is indexed to its end
	unsure   bool // see unmarshalNoting
	mode     mode
	checking bool // only the syntax matters
	shared   bool // strings share memory: see plain
	keys     bool // the document's keys are stored
	depth    int
	end      int // position of the last bracket that skip passed

	flagBase  int  // the position of the first byte that flags tells of
	indexed   int  // bytes of the document that are
	validTo   int  // up to here it is UTF-8
	validUTF8 bool // the window is
	flags     []byte
	buf       []uint32
	state     simd.IndexState

	data    []byte // the document
	arena   []byte // what is left of the chunk that strings go to
	scratch []byte // a string without its escapes
	nest    []byte // brackets that skip has entered
	values  []any  // elements of the []any that are being read
	members []anyMember
	texts   []string // memory for strings and numbers in interfaces
	numbers []float64
	names   *nameCache
}

// anyMember is a member of a map[string]any that is being read.
type anyMember struct {
	key   string
	value any
}

var decoders = sync.Pool{New: func() any { return new(decoder) }}

// newDecoder returns a decoder for data, which is not empty.
func newDecoder(data []byte, m mode) *decoder {
	d := decoders.Get().(*decoder)
	d.data, d.src, d.size, d.mode = data, memOf(data), len(data), m
	d.shared = len(data) <= smallDocument || m&modeArena != 0
	return d
}

// release gives d back for other documents. After a panic it is not called.
func (d *decoder) release() {
	d.rewind()
	d.data, d.src, d.arena = nil, nil, nil
	d.texts, d.numbers = nil, nil
	d.unsure, d.keys = false, false
	if cap(d.scratch) > keepScratch {
		d.scratch = nil
	}
	d.dropValues()
	decoders.Put(d)
}

// dropValues forgets what a document that turned out bad left in the stacks.
func (d *decoder) dropValues() {
	if len(d.values) > 0 {
		clear(d.values)
	}
	if len(d.members) > 0 {
		clear(d.members)
	}
	d.values, d.members = d.values[:0], d.members[:0]
	if cap(d.values) > keepScratch/16 {
		d.values = nil
	}
	if cap(d.members) > keepScratch/32 {
		d.members = nil
	}
}

// rewind makes d ready to read its document from the start.
func (d *decoder) rewind() {
	d.depth, d.indexed, d.validTo, d.last, d.checking = 0, 0, 0, false, false
	d.count, d.state = 0, simd.IndexState{}
}

// start indexes the first window.
func (d *decoder) start() bool {
	if len(d.buf) < min(d.size, indexWindow)+2*lookahead+simd.IndexSlack {
		d.grow()
	}
	d.index = memIndex(d.buf)
	return d.window(0) && (d.count >= lookahead || d.more(0) >= 0)
}

// grow makes buffers for windows of the document: powers of two, up to that of
// the largest window.
func (d *decoder) grow() {
	n := 512
	for n < d.size && n < indexWindow {
		n *= 2
	}
	d.buf = make([]uint32, n+2*lookahead+simd.IndexSlack)
	d.flags = make([]byte, n/64)
}

// window indexes the next window, behind the tokens that are left in buf.
func (d *decoder) window(left int) bool {
	n := min(d.size-d.indexed, indexWindow)
	src := d.data[d.indexed : d.indexed+n]
	flags := d.flags[:(n+63)/64]
	d.flagBase = d.indexed
	d.count = left + simd.IndexJSON(d.buf[left:], flags, src, uint32(d.indexed), &d.state)
	d.indexed += n
	if !d.judge(flags) {
		return false
	}
	d.lim = d.count - lookahead
	if d.indexed == d.size {
		d.last, d.lim = true, d.count-1
		clear(d.buf[d.count : d.count+lookahead])
		return !d.state.InString()
	}
	return true
}

// judge looks at the flags of the window that was just indexed.
func (d *decoder) judge(flags []byte) bool {
	var words uint64
	k := 0
	for ; k+8 <= len(flags); k += 8 {
		words |= binary.LittleEndian.Uint64(flags[k:])
	}
	words |= words >> 32
	words |= words >> 16
	all := byte(words | words>>8)
	for ; k < len(flags); k++ {
		all |= flags[k]
	}
	d.suspect = all & simd.FlagEscape
	if all&simd.FlagNonASCII != 0 && !d.checking {
		d.checkUTF8()
		if !d.validUTF8 {
			d.suspect |= simd.FlagNonASCII
		}
	}
	return all&simd.FlagControl == 0
}

// checkUTF8 checks the window, but for a rune that is cut off at its end, which
// is checked with the next.
func (d *decoder) checkUTF8() {
	from, to := d.flagBase, d.indexed
	if d.validTo < from && d.validTo > from-utf8Max {
		from = d.validTo
	}
	for k := 1; k < utf8Max && to < d.size && d.data[to]&0xC0 == 0x80; k++ {
		to--
	}
	if d.validUTF8 = to >= from && simd.ValidUTF8(d.data[from:to]); d.validUTF8 {
		d.validTo = to
	}
}

const utf8Max = 4

// more sees to it that lookahead tokens from i on are in buf, and returns where
// i is now, or -1 if the document is not right or i lies behind its end.
func (d *decoder) more(i int) int {
	for {
		if d.last {
			if i > d.count {
				return -1
			}
			return i
		}
		left := copy(d.buf, d.buf[i:d.count])
		if i = 0; !d.window(left) {
			return -1
		}
		if d.lim >= 0 {
			return 0
		}
	}
}

// finished reports whether i is behind the last token.
func (d *decoder) finished(i int) bool {
	if i > d.lim {
		i = d.more(i)
	}
	return d.last && i == d.count
}
