//go:build !purego && !noasm

package simd

//go:noescape
func validUTF8NEON(p *byte, n int) bool

// validWindow leaves to the standard library what is too short for a register and
// the three bytes before it.
func validWindow(p []byte) bool {
	if useNEON && len(p) >= 19 {
		return validUTF8NEON(&p[0], len(p)) && !cutOff(p)
	}
	return validShort(p)
}
