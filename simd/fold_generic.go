package simd

// equalFoldGeneric compares eight bytes at a time, the last eight over again. a is at
// least eight bytes, b as long.
func equalFoldGeneric(a, b []byte) bool {
	n := len(a)
	b = b[:n]
	for i := 0; i < n-8; i += 8 {
		if x, y := load64(a[i:]), load64(b[i:]); x != y && !equalFold64(x, y) {
			return false
		}
	}
	x, y := load64(a[n-8:]), load64(b[n-8:])
	return x == y || equalFold64(x, y)
}

// equalFold64 is for eight bytes. They may differ in bit 5 only, and only where x
// has a letter: low+0x1F sets the high bit from 'a' on, low+5 from 'z'+1 on.
func equalFold64(x, y uint64) bool {
	low := (x | 0x20*ones) &^ highs
	letter := (low + 0x1F*ones) &^ (low + 5*ones) &^ x & highs
	return (x^y)&^(letter>>2) == 0
}
