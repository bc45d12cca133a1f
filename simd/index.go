package simd

// What a byte of IndexJSON's flags says about its 64 bytes of text.
const (
	FlagControl  byte = 1 << iota // a byte below 0x20 inside a string, where JSON allows none
	FlagNonASCII                  // a byte of 0x80 or more
	FlagEscape                    // a backslash, in or outside a string
)

// IndexSlack is how many entries beyond len(src) IndexJSON's dst must have,
// because kernels write positions in groups.
const IndexSlack = 64

// window is how much one kernel call takes: assembly cannot be preempted, and
// 64 KiB keep a stop-the-world waiting for some 10 µs.
const window = 64 << 10

// IndexState is what IndexJSON carries from one window of a text to the next.
// The zero value is the start of a text.
type IndexState struct {
	inString uint64 // all ones if the text so far ends inside a string, else 0
	escaped  uint64 // 1 if the next byte stands behind an odd run of backslashes
	scalar   uint64 // 1 if the last byte was part of a number, literal or garbage
}

// InString reports whether the text so far ends inside a string.
func (s *IndexState) InString() bool { return s.inString != 0 }

// IndexJSON finds what a JSON parser must look at, in one pass without
// branching on the text (Langdale and Lemire, "Parsing gigabytes of JSON per
// second", VLDB Journal 2019). It writes to dst, in order, the positions (base +
// offset in src) of
//
//   - every byte of {}[]:, outside strings,
//   - every unescaped quote, opening and closing,
//   - the first byte of every other run of bytes outside strings that are not
//     JSON white space (space, tab, line feed, carriage return): numbers,
//     literals, garbage. A run ends at white space, at {}[]:, and at an
//     unescaped quote.
//
// and returns how many. It does not judge the text. A quote is escaped if an odd
// number of backslashes stands right before it, outside strings too; there such
// a quote is garbage.
//
// flags gets one byte per 64 bytes of src, the last for what is left over: the
// OR of [FlagEscape], [FlagNonASCII] and [FlagControl]. What was in the first
// (len(src)+63)/64 bytes of flags does not matter.
//
// A text may come in windows of any size, with the same s and a base that grows
// by the length of the windows before: the positions do not depend on the
// split. The blocks of flags count from the start of src, so windows of a
// multiple of 64 bytes (but for the last) give the same flags as the whole text.
// 64 KiB at a time keep src, dst and flags in the nearer caches.
//
// dst must have at least len(src)+[IndexSlack] entries, flags at least
// (len(src)+63)/64 bytes; IndexJSON panics if not. Entries of dst from the
// returned count up to len(src)+IndexSlack may be overwritten with anything.
// base+len(src) must fit 32 bits, or positions wrap.
func IndexJSON(dst []uint32, flags []byte, src []byte, base uint32, s *IndexState) int {
	if len(dst) < len(src)+IndexSlack {
		panic("simd: IndexJSON: dst has fewer than len(src)+IndexSlack entries")
	}
	if len(flags) < (len(src)+63)/64 {
		panic("simd: IndexJSON: flags has fewer than (len(src)+63)/64 bytes")
	}
	n := 0
	for len(src) > window {
		n += index(dst[n:], flags, src[:window], base, s)
		src, flags, base = src[window:], flags[window/64:], base+window
	}
	return n + index(dst[n:], flags, src, base, s)
}
