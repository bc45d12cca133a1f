// Package guard gives tests memory with pages on both sides that cannot be
// touched, so that a kernel which reads or writes one byte too far faults
// instead of passing by luck.
//
//	g := guard.New(4096)
//	defer g.Close()
//	p := g.Back(len(src)) // ends where the forbidden page begins
//	copy(p, src)
//	kernel(p)
//
// On Linux and macOS the pages are real. Elsewhere [Real] is false and the
// slices are plain, with their capacity clipped: the same tests run there and
// see only what Go itself checks.
package guard

// Memory is a run of bytes between two forbidden pages. It is not safe for use
// after Close.
type Memory struct {
	whole []byte // with the forbidden pages, as mapped
	open  []byte // what may be touched
}

// New maps memory of at least size bytes. It panics if the system has none.
func New(size int) *Memory { return open(size) }

// Front is n bytes behind the first forbidden page. n is at most New's size.
func (m *Memory) Front(n int) []byte { return m.open[:n:n] }

// Back is n bytes before the last forbidden page. n is at most New's size.
func (m *Memory) Back(n int) []byte {
	p := m.open[len(m.open)-n:]
	return p[:n:n]
}

// Forbidden is n bytes of which none can be touched, to see who tries. n is at
// most the size of a page, 4096 bytes or more. It is nil where Real is false.
func (m *Memory) Forbidden(n int) []byte {
	if !Real {
		return nil
	}
	return m.whole[:n:n]
}

// Close gives the memory back. Its slices must not be used any more.
func (m *Memory) Close() { m.close() }
