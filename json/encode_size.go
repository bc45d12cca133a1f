package json

import "sync/atomic"

// A resultSize remembers how large the results for values of one type were, to
// guess the next. Services send lists of similar length again and again. It is
// safe for concurrent use; a lost update costs a copy.
type resultSize struct {
	last   atomic.Int64
	expect atomic.Int64 // 0: no idea
}

// directSize is the size from which guessing pays: small results are in the first
// cache, and copying them costs nothing.
const directSize = 4 << 10

// lastRoom is what the last step of a plan may want to have free.
const lastRoom = 128

// hint is the capacity to encode into, or 0.
func (s *resultSize) hint() int {
	if s == nil {
		return 0
	}
	return int(s.expect.Load())
}

// learn takes note of a result of n bytes. Two of about the same size in a row
// make an expectation.
func (s *resultSize) learn(n int) {
	if s == nil || n < directSize && s.last.Load() == 0 {
		return
	}
	last := s.last.Load()
	size := int64(n)
	switch d := size - last; {
	case n < directSize || d > last/32 || -d > last/32:
		s.store(0)
	case d == 0:
		s.store(size + lastRoom)
	default:
		s.store(max(size, last) + size/32 + lastRoom)
	}
	if last != size {
		s.last.Store(size)
	}
}

// store writes only what is new, as other processors may be reading.
func (s *resultSize) store(v int64) {
	if s.expect.Load() != v {
		s.expect.Store(v)
	}
}

// rootSize is the memory for the type of v, or nil if it was never encoded.
func rootSize(v any) *resultSize {
	if !interfacesAreKnown || v == nil {
		return nil
	}
	plan := planCacheOf(true).lookup(typeWord(v))
	if plan == nil {
		return nil
	}
	return &plan.size
}
