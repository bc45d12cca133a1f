package json

import "math/bits"

// pairs has the digits of 0 to 99, the tens in the lower byte.
var pairs = func() (t [100]uint16) {
	for i := range t {
		t[i] = uint16('0'+i/10) | uint16('0'+i%10)<<8
	}
	return t
}()

// appendInt appends v. b has room for 24 bytes.
func appendInt(b []byte, v int64) []byte {
	u := uint64(v)
	if v < 0 {
		put8(end(b), 0, '-')
		b, u = extend(b, 1), -u
	}
	return appendUint(b, u)
}

// appendUint appends u. b has room for 24 bytes.
func appendUint(b []byte, u uint64) []byte {
	if u < 10 {
		put8(end(b), 0, byte('0'+u))
		return extend(b, 1)
	}
	return extend(b, putUint(end(b), u))
}

// putUint writes the digits of u at p and returns how many they are. It may write
// up to 24 bytes.
func putUint(p memory, u uint64) int {
	if u < 1e8 {
		return putShorter(p, u)
	}
	return putLong(p, u)
}

// putShorter is putUint for numbers below 1e8. Small ones, which are the most,
// come from the table.
func putShorter(p memory, u uint64) int {
	switch {
	case u < 10:
		put8(p, 0, byte('0'+u))
		return 1
	case u < 100:
		put16(p, 0, pairs[u])
		return 2
	case u < 1000:
		put8(p, 0, byte('0'+u/100))
		put16(p, 1, pairs[u%100])
		return 3
	case u < 10000:
		put16(p, 0, pairs[u/100])
		put16(p, 2, pairs[u%100])
		return 4
	}
	return putFirst8(p, u)
}

// putLong is putUint for 1e8 and more.
func putLong(p memory, u uint64) int {
	hi := u / 1e8
	last := ascii(digits8(u - hi*1e8))
	if hi < 1e8 {
		n := putShorter(p, hi)
		put64(p, n, last)
		return n + 8
	}
	first := hi / 1e8
	n := putShorter(p, first)
	put64(p, n, ascii(digits8(hi-first*1e8)))
	put64(p, n+8, last)
	return n + 16
}

// putFirst8 writes u, from 1 to 1e8-1, without zeros in front.
func putFirst8(p memory, u uint64) int {
	d := digits8(u)
	zeros := bits.TrailingZeros64(d) &^ 7
	put64(p, 0, ascii(d)>>zeros)
	return 8 - zeros/8
}

// ascii turns eight digits into characters.
func ascii(d uint64) uint64 { return d | 0x3030_3030_3030_3030 }

// digits8 spreads u, less than 1e8, over eight bytes, the first digit lowest.
// Each step halves the numbers in all lanes at once: one of eight digits to two
// of four, four of two, eight of one. The products are exact for all values that
// a lane can have.
func digits8(u uint64) uint64 {
	q := u / 10000
	x := q | (u-q*10000)<<32
	t := x * 10486 >> 20 & 0x7F_0000_007F // x / 100 for x < 10000
	x = t | (x-t*100)<<16
	t = x * 103 >> 10 & 0x000F_000F_000F_000F // x / 10 for x < 100
	return t | (x-t*10)<<8
}
