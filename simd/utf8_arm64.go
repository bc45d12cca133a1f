//go:build !purego && !noasm

package simd

//go:noescape
func validUTF8NEON(p *byte, n int) bool

// validUTF8 leaves to the standard library what is too short for a register and
// the three bytes before it.
func validUTF8(p []byte) bool {
	switch {
	case len(p) > window:
		return validUTF8Long(p)
	case useNEON && len(p) >= 19:
		return validUTF8NEON(&p[0], len(p)) && !cutOff(p)
	}
	return validShort(p)
}
