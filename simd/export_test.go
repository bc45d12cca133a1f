package simd

import "testing"

// AtLevels runs f as a subtest at every level of this processor and build, and
// restores the level. The levels are package variables: f and its caller must
// not run in parallel with other tests.
func AtLevels(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	defer setLevel(level)
	for _, l := range levels {
		setLevel(l)
		t.Run(l, f)
	}
}

// BenchLevels is AtLevels for a benchmark.
func BenchLevels(b *testing.B, f func(b *testing.B)) {
	b.Helper()
	defer setLevel(level)
	for _, l := range levels {
		setLevel(l)
		b.Run(l, f)
	}
}
