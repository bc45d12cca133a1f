//go:build (amd64 || arm64) && !purego && !noasm

package simd

// validUTF8 splits what is longer than a window, for the kernels, between runes.
func validUTF8(p []byte) bool {
	for len(p) > window {
		cut := runeStart(p, window)
		if !validWindow(p[:cut]) {
			return false
		}
		p = p[cut:]
	}
	return validWindow(p)
}

// runeStart is the offset, at most three below at, where p may be cut without
// cutting a rune in two, if it is valid.
func runeStart(p []byte, at int) int {
	for i := at; i > at-4; i-- {
		if p[i]&0xC0 != 0x80 {
			return i
		}
	}
	return at
}

// cutOff reports whether p, of three bytes or more, ends inside a rune.
func cutOff(p []byte) bool {
	end := p[len(p)-3:]
	return end[0] >= 0xF0 || end[1] >= 0xE0 || end[2] >= 0xC0
}
