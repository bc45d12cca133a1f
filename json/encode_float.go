package json

import (
	"math"
	"math/bits"
	"reflect"
	"strconv"
)

// float64 appends v as ES6 writes numbers: the shortest digits that read back as
// v, with an exponent only below 1e-6 and from 1e21. b has room for 40 bytes.
//
// Most numbers in documents are whole or have two decimals, so those come first.
func (e *encoder) float64(b []byte, v float64, t reflect.Type) []byte {
	abs := math.Abs(v)
	if abs < 1<<53 {
		whole := int64(v)
		if float64(whole) == v {
			if whole == 0 && math.Signbit(v) {
				return append(b, "-0"...)
			}
			return appendInt(b, whole)
		}
		if v < 0 {
			put8(end(b), 0, '-')
			b = extend(b, 1)
		}
		if n := putDecimals(end(b), abs); n > 0 {
			return extend(b, n)
		}
		if n := putShortest(end(b), abs, math.Float64bits(abs), 52, 1075); n > 0 {
			return extend(b, n)
		}
		return appendFloat(b, abs, 64)
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		e.failFloat(v, t, 64)
	}
	return appendFloat(b, v, 64)
}

// float32 is float64 for the shortest digits that read back as a float32.
func (e *encoder) float32(b []byte, v float32, t reflect.Type) []byte {
	abs := math.Abs(float64(v))
	if abs < 1<<24 {
		whole := int64(v)
		if float32(whole) == v {
			if whole == 0 && math.Signbit(float64(v)) {
				return append(b, "-0"...)
			}
			return appendInt(b, whole)
		}
		if v < 0 {
			put8(end(b), 0, '-')
			b = extend(b, 1)
		}
		if n := putShortest(end(b), abs, uint64(math.Float32bits(float32(abs))), 23, 150); n > 0 {
			return extend(b, n)
		}
		return appendFloat(b, abs, 32)
	}
	if f := float64(v); math.IsNaN(f) || math.IsInf(f, 0) {
		e.failFloat(f, t, 32)
	}
	return appendFloat(b, float64(v), 32)
}

// failFloat fails for NaN and the infinities.
func (e *encoder) failFloat(v float64, t reflect.Type, size int) {
	value := reflect.ValueOf(v).Convert(t)
	e.fail(&UnsupportedValueError{Value: value, Str: strconv.FormatFloat(v, 'g', -1, size)})
}

// appendFloat is the way by strconv, for what the fast ways leave.
func appendFloat(b []byte, v float64, size int) []byte {
	abs := math.Abs(v)
	small, large := abs < 1e-6, abs >= 1e21
	if size == 32 {
		small, large = float32(abs) < 1e-6, float32(abs) >= 1e21
	}
	if abs == 0 || !small && !large {
		return strconv.AppendFloat(b, v, 'f', -1, size)
	}
	b = strconv.AppendFloat(b, v, 'e', -1, size)
	if n := len(b); n >= 4 && b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1] // e-09 is e-9
		b = b[:n-1]
	}
	return b
}

// putDecimals writes v, more than 0 and not whole, at p if it is n/100 for an n
// below 1e15, and returns how many bytes that took, or 0.
//
// A decimal of up to 15 digits is the only one so short that reads as its
// nearest float64, so n/100, if it reads as v, is the shortest once its trailing
// zero is gone.
func putDecimals(p memory, v float64) int {
	x := v * 100
	if x >= 1e15 {
		return 0
	}
	n := int64(x + 0.5) // signed: processors convert no other
	// v*100 is off by half a unit in the last place at most. The division
	// decides, but is slow.
	if math.Abs(float64(n)-x) > x*0x1p-52 || float64(n)/100 != v {
		return 0
	}
	whole := uint64(n) / 100
	cents := uint64(n) - whole*100
	at := putUint(p, whole)
	put8(p, at, '.')
	put16(p, at+1, pairs[cents])
	if cents%10 == 0 {
		return at + 2
	}
	return at + 3
}

// putShortest writes the shortest digits of v, which is more than 0 and less than
// 2^53, at p and returns how many bytes they took. It returns 0 if it can't
// tell; then nothing is lost but time.
//
// bin are v's bits, with size bits of fraction and an exponent biased by bias
// (for the fraction as a whole number).
//
// With c·2^q = v, every number within half a unit, 2^(q-1), of v reads as v.
// Let 10^k be the largest power of ten that is at most that unit, and count in
// units of it:
//
//	V = v/10^k        the value
//	H = 2^(q-1)/10^k  half the width of the interval, from 0.5 to 5
//
//	     V-H                 V                  V+H
//	------[---------|---------*---|----------|----]------
//	                s        V   s+1
//
// A multiple of ten in the interval is the only one, as the width is less than
// ten, and it is shorter than every other number there. If there is none, the
// whole number next to V is the shortest and the nearest. (The choice of k is
// Raffaello Giulietti's, "The Schubfach way to render doubles", 2020.)
//
// V takes one product with a power of ten from a table. The table and the
// product are cut off, so each comparison has a margin of a few units of 2^-60;
// what falls into it, as all ties do, is left to strconv.
func putShortest(p memory, v float64, bin uint64, size, bias int) int {
	exp := int(bin >> size)
	frac := bin & (1<<size - 1)
	if frac == 0 || exp == 0 || v < 1e-6 {
		return 0 // the interval of a power of two is not symmetric
	}
	c, q := frac|1<<size, exp-bias
	k := q * 1262611 >> 22 // floor(q·log10(2))
	if k < -pow10Range || k > pow10Range {
		return 0
	}
	g := &pow10Table[pow10Range-k]
	// g·2^(log2-127) is 10^-k. The shift makes V a product of 64 by 128 bits with
	// the point above the lowest 128.
	log2 := -k * 1741647 >> 19 // floor(-k·log2(10))
	h := uint(q + log2 + 1)
	hi, mid := bits.Mul64(c<<h, g[0])
	low, _ := bits.Mul64(c<<h, g[1])
	mid, carry := bits.Add64(mid, low, 0)
	hi += carry

	const one = 1 << 60
	half := g[0] >> (5 - h)
	tens := hi / 10
	below := (hi-tens*10)*one + mid>>4 // from the multiple of ten below V
	above := 10*one - below
	switch {
	case below+4 < half:
		return putDecimal(p, v, tens, k+1)
	case above+4 < half:
		return putDecimal(p, v, tens+1, k+1)
	case below <= half+4 || above <= half+4:
		return 0
	}
	const margin = 4
	switch part := mid >> 4; {
	case part < one/2-margin:
		return putDecimal(p, v, hi, k)
	case part > one/2+margin:
		return putDecimal(p, v, hi+1, k)
	}
	return 0
}

// putDecimal writes d·10^k, which is v in other words, from 1e-6 to 2^53 and not
// whole, without trailing zeros, at p and returns how many bytes it took. d has up
// to 17 digits. Digits are never read back from memory: loads from the midst of
// fresh stores are slow.
func putDecimal(p memory, v float64, d uint64, k int) int {
	places := -k
	whole := uint64(int64(v)) // d's as well: if there were a whole number between, it would read as v
	switch {
	case whole == 0:
		return putSmall(p, d, places)
	case places < 1 || places > 16:
		return 0
	}
	n := putUint(p, whole)
	put8(p, n, '.')
	return n + 1 + put16Digits(p, n+1, (d-whole*powers[places])*powers[16-places])
}

// putSmall is putDecimal for numbers less than one.
func putSmall(p memory, d uint64, places int) int {
	n := digitCount(d)
	zeros := places - n
	if zeros < 0 || zeros > 5 {
		return 0
	}
	put64(p, 0, '0'|'.'<<8|0x3030_3030_3030<<16)
	at := 2 + zeros
	if n > 16 {
		first := d / 1e16
		put8(p, at, byte('0'+first))
		at, d, n = at+1, d-first*1e16, 16
		if d == 0 {
			return at
		}
	}
	return at + put16Digits(p, at, d*powers[16-n])
}

// put16Digits writes the sixteen digits of u, not 0, at p+i and returns how many
// they are without the zeros at the end.
func put16Digits(p memory, i int, u uint64) int {
	hi := u / 1e8
	first, last := digits8(hi), digits8(u-hi*1e8)
	put64(p, i, ascii(first))
	put64(p, i+8, ascii(last))
	if last == 0 {
		return 8 - bits.LeadingZeros64(first)/8
	}
	return 16 - bits.LeadingZeros64(last)/8
}

// powers are the powers of ten.
var powers = func() (t [20]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()

// digitCount is how many decimal digits u, not 0, has.
func digitCount(u uint64) int {
	n := bits.Len64(u) * 1233 >> 12 // log10(2), so n or n+1 digits
	if u < powers[n] {
		return n
	}
	return n + 1
}
