package simd

// equalFoldGeneric compares eight bytes at a time, the last eight over again; fewer
// are the first and the last four, side by side. b is as long as a.
func equalFoldGeneric(a, b []byte) bool {
	n := len(a)
	b = b[:n]
	if n < 8 {
		return equalFoldShort(a, b)
	}
	for i := 0; i < n-8; i += 8 {
		if x, y := load64(a[i:]), load64(b[i:]); x != y && !equalFold64(x, y) {
			return false
		}
	}
	x, y := load64(a[n-8:]), load64(b[n-8:])
	return x == y || equalFold64(x, y)
}

func equalFoldShort(a, b []byte) bool {
	n := len(a)
	b = b[:n]
	var x, y uint64
	switch {
	case n >= 4:
		x, y = load32(a)|load32(a[n-4:])<<32, load32(b)|load32(b[n-4:])<<32
	case n > 0:
		x = uint64(a[0]) | uint64(a[n/2])<<8 | uint64(a[n-1])<<16
		y = uint64(b[0]) | uint64(b[n/2])<<8 | uint64(b[n-1])<<16
	}
	return x == y || equalFold64(x, y)
}

// equalFold64 is for eight bytes. They may differ in bit 5 only, and only where x
// has a letter: low+0x1F sets the high bit from 'a' on, low+5 from 'z'+1 on.
func equalFold64(x, y uint64) bool {
	low := (x | 0x20*ones) &^ highs
	letter := (low + 0x1F*ones) &^ (low + 5*ones) &^ x & highs
	return (x^y)&^(letter>>2) == 0
}
