//go:build (amd64 || arm64) && !purego && !noasm

package simd

// validUTF8Long is validUTF8 for more than a window. It cuts between runes.
func validUTF8Long(p []byte) bool {
	for len(p) > window {
		cut := runeStart(p, window)
		if !validUTF8(p[:cut]) {
			return false
		}
		p = p[cut:]
	}
	return validUTF8(p)
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
