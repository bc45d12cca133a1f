//go:build !race

package json

import (
	"strings"
	"testing"
)

// TestMarshalDirect encodes values of sizes that the allocator rounds up by
// various amounts: once the size is known, the result is all that is allocated.
func TestMarshalDirect(t *testing.T) {
	for _, n := range []int{4200, 6910, 9000, 16385, 20000, 33000, 65655} {
		v := &struct{ A, B string }{strings.Repeat("x", n-40), "short"}
		for range 4 {
			if _, err := Marshal(v); err != nil {
				t.Fatal(err)
			}
		}
		if got := testing.AllocsPerRun(50, func() { _, _ = Marshal(v) }); got > 1 {
			t.Errorf("Marshal of %d bytes: %v allocations, want 1", n, got)
		}
	}
}
