//go:build !race

package simd

import "testing"

// No kernel allocates, nor does its dispatch move the caller's buffers to the heap
// (a call through a function variable would).
func TestAllocs(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		n := testing.AllocsPerRun(10, func() {
			var src [100]byte
			var dst [100 + IndexSlack]uint32
			var flags [2]byte
			var s IndexState
			IndexJSON(dst[:], flags[:], src[:], 0, &s)
			EscapeIndex(src[:], EscapeHTML)
			ValidUTF8(src[:])
			var out [8]byte
			AppendPlain(out[:0], "plain", 0)
		})
		if n != 0 {
			t.Errorf("%v allocations, want 0", n)
		}
	})
}
