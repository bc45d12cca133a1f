//go:build (amd64 || arm64) && !purego && !noasm

package simd

// classTables are for EscapeIndex's kernels: the refused bytes by their low and
// their high nibbles. There is a class for each set of low nibbles that goes with
// one or more high nibbles: six for tokens, three for values.
var classTables = [2]*[32]byte{nibbleTable(isToken), nibbleTable(isValue)}

func nibbleTable(valid func(byte) bool) *[32]byte {
	var t [32]byte
	classes := map[uint16]byte{0: 0}
	for high := range 16 {
		var lows uint16
		for low := range 16 {
			if !valid(byte(high<<4 | low)) {
				lows |= 1 << low
			}
		}
		bit, known := classes[lows]
		if !known {
			bit = 1 << (len(classes) - 1)
			classes[lows] = bit
		}
		t[16+high] = bit
		for low := range 16 {
			if lows>>low&1 != 0 {
				t[low] |= bit
			}
		}
	}
	return &t
}

// validClassLong is validClass for more than a kernel call takes.
func validClassLong(p []byte, t class) bool {
	for len(p) > window {
		if !validClass(p[:window], t) {
			return false
		}
		p = p[window:]
	}
	if len(p) < 16 {
		return validClassGeneric(p, t)
	}
	return validClass(p, t)
}
