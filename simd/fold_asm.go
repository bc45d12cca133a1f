//go:build (amd64 || arm64) && !purego && !noasm

package simd

func equalFoldWindows(a, b []byte) bool {
	for len(a) > window {
		if !equalFoldWindow(a[:window], b[:window]) {
			return false
		}
		a, b = a[window:], b[window:]
	}
	if len(a) < 8 {
		return EqualFold(a, b)
	}
	return equalFoldWindow(a, b)
}
