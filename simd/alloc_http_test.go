//go:build !race

package simd

import "testing"

func TestHTTPAllocs(t *testing.T) {
	head, s := []byte(browserHead), "Content-Length, Transfer-Encoding, Connection"
	AtLevels(t, func(t *testing.T) {
		n := testing.AllocsPerRun(10, func() {
			var dst [40]HeadLine
			var state HeadState
			ScanHead(dst[:], head, &state)
			var p [300]byte
			XORMask(p[:], [4]byte{1, 2, 3, 4}, 1)
			ValidToken(p[:])
			ValidFieldValueString(s)
			EqualFoldString(s, s)
			EqualFold(p[:100], p[100:200])
		})
		if n != 0 {
			t.Errorf("%v allocations, want 0", n)
		}
	})
}
