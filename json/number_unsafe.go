package json

import (
	"math"
	"math/bits"
	"strconv"
)

// Numbers are read eight digits at a time, as one word (Lemire, "Quickly parsing
// eight digits", 2022). A number ends where the next token starts or at white
// space; anything else behind its last digit is a mistake, which numberEnd
// finds.

const (
	zeros8 = 0x3030303030303030
	highs8 = 0x8080808080808080
)

// notDigits has the high bit set in the lowest byte of w that is no digit.
// Bytes above that one may be wrong.
func notDigits(w uint64) uint64 { return ((w + 0x4646464646464646) | (w - zeros8)) & highs8 }

// shortNumber is how far the quick ways of reading a number may look.
const shortNumber = 40

// digitBits is how many bits of w, from the lowest, are digits: 64 for eight.
func digitBits(w uint64) int { return bits.TrailingZeros64(notDigits(w)) &^ 7 }

// eightDigits is the value of eight digits, the lowest byte first.
func eightDigits(w uint64) uint64 {
	w = (w & 0x0F0F0F0F0F0F0F0F) * (10<<8 + 1) >> 8
	w = (w & 0x00FF00FF00FF00FF) * (100<<16 + 1) >> 16
	return (w & 0x0000FFFF0000FFFF) * (10000<<32 + 1) >> 32
}

var smallPow10 = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8}

// digits reads the digits at i behind those that gave v, and returns the value
// of all of them and where they end. The value wraps after 19 digits.
func (d *decoder) digits(v uint64, i int) (uint64, int) {
	for i+8 <= d.size {
		w := mem64(d.src, i)
		other := notDigits(w)
		if other == 0 {
			v, i = v*1e8+eightDigits(w), i+8
			continue
		}
		n := bits.TrailingZeros64(other) >> 3
		return v*smallPow10[n] + eightDigits(w<<(64-n*8)), i + n
	}
	for i < d.size && memByte(d.src, i)-'0' < 10 {
		v = v*10 + uint64(memByte(d.src, i)-'0')
		i++
	}
	return v, i
}

// numberEnd reports whether a number or literal may end at i, where next is the
// position of the token behind it.
func (d *decoder) numberEnd(i, next int) bool {
	if i == next || i >= d.size {
		return true
	}
	c := memByte(d.src, i)
	return c == ' ' || c == '\n' || c == '\r' || c == '\t'
}

// integer reads the digits of an integer. A sign is left to the caller.
func (d *decoder) integer(i, next int) (v uint64, ok bool) {
	v, end := d.digits(0, i)
	n := end - i
	switch {
	case n == 0, n > 1 && memByte(d.src, i) == '0', !d.numberEnd(end, next):
		return 0, false
	case n < 20:
		return v, true
	}
	v, err := strconv.ParseUint(memString(memBytes(memAdd(d.src, uintptr(i)), n)), 10, 64)
	return v, err == nil
}

// signed reads the signed integer at i. One of up to 15 digits is two words.
func (d *decoder) signed(i, next int) (int64, bool) {
	if i+shortNumber > d.size {
		return d.longSigned(i, next)
	}
	w, end := mem64(d.src, i), i
	if byte(w) == '-' {
		end++
		w = mem64(d.src, end)
	}
	k := digitBits(w)
	if k == 0 || byte(w) == '0' && k > 8 {
		return d.longSigned(i, next)
	}
	first := end
	v := eightDigits(w << (64 - k))
	if end += k >> 3; k == 64 {
		w = mem64(d.src, end)
		k = digitBits(w)
		v = v*smallPow10[k>>3] + eightDigits(w<<(64-k))
		end += k >> 3
	}
	if end != next || k == 64 {
		return d.longSigned(i, next)
	}
	if first != i {
		return -int64(v), true
	}
	return int64(v), true
}

// longSigned is signed for what does not fit a word, and for rarer forms.
func (d *decoder) longSigned(i, next int) (int64, bool) {
	if memByte(d.src, i) != '-' {
		v, ok := d.integer(i, next)
		return int64(v), ok && v <= math.MaxInt64
	}
	if i+1 >= d.size {
		return 0, false
	}
	v, ok := d.integer(i+1, next)
	return -int64(v), ok && v <= 1<<63
}

// decimal is a number taken apart: ±mant·10^exp. mant has wrapped if digits,
// which counts leading zeros too, is above 19.
type decimal struct {
	mant   uint64
	exp    int
	digits int
	neg    bool
}

// decimal reads the number at i, and returns the position behind it.
func (d *decoder) decimal(i int) (n decimal, end int, ok bool) {
	if memByte(d.src, i) == '-' {
		n.neg = true
		if i++; i >= d.size {
			return n, i, false
		}
	}
	v, end := d.digits(0, i)
	n.digits = end - i
	if n.digits == 0 || n.digits > 1 && memByte(d.src, i) == '0' {
		return n, end, false
	}
	if end < d.size && memByte(d.src, end) == '.' {
		point := end + 1
		v, end = d.digits(v, point)
		n.exp = point - end
		n.digits -= n.exp
		if n.exp == 0 {
			return n, end, false
		}
	}
	n.mant = v
	if end < d.size && memByte(d.src, end)|0x20 == 'e' {
		var e int
		if e, end, ok = d.exponent(end + 1); !ok {
			return n, end, false
		}
		n.exp += e
	}
	return n, end, true
}

// exponent reads the digits behind an E, and their sign.
func (d *decoder) exponent(i int) (e, end int, ok bool) {
	if i >= d.size {
		return 0, i, false
	}
	c := memByte(d.src, i)
	if c == '+' || c == '-' {
		i++
	}
	v, end := d.digits(0, i)
	if end == i {
		return 0, end, false
	}
	if end-i > 8 {
		v = 1e8 // beyond any table, whatever the sign
	}
	if e = int(v); c == '-' {
		e = -e
	}
	return e, end, true
}

// float reads the number at i. Infinity is an error, as in strconv. One without
// exponent, of up to seven digits and a fraction of up to 16, is read in a few
// words: the next token tells how long the fraction is.
func (d *decoder) float(i, next int) (float64, bool) {
	if i+shortNumber > d.size {
		return d.longFloat(i, next)
	}
	end := i
	w := mem64(d.src, i)
	if byte(w) == '-' {
		end++
		w = mem64(d.src, end)
	}
	k := digitBits(w)
	if uint(k)-8 >= 64-8 || byte(w) == '0' && k > 8 {
		return d.longFloat(i, next)
	}
	v := eightDigits(w << (64 - k))
	exp := 0
	if end += k >> 3; end != next {
		n := next - end - 1
		if memByte(d.src, end) != '.' || uint(n)-1 >= 16 || k+n*8 > 19*8 {
			return d.longFloat(i, next)
		}
		w = mem64(d.src, end+1)
		exp = -n
		if n > 8 {
			last := mem64(d.src, next-8)
			if notDigits(w)|notDigits(last) != 0 {
				return d.longFloat(i, next)
			}
			n -= 8
			v = (v*smallPow10[n]+eightDigits(w<<(64-n*8)))*1e8 + eightDigits(last)
		} else {
			if notDigits(w)<<(64-n*8) != 0 {
				return d.longFloat(i, next)
			}
			v = v*smallPow10[n] + eightDigits(w<<(64-n*8))
		}
	}
	f, ok := nearestFloat(v, exp)
	if !ok {
		return d.longFloat(i, next)
	}
	if memByte(d.src, i) == '-' {
		f = -f
	}
	return f, true
}

// longFloat is float for any number.
func (d *decoder) longFloat(i, next int) (float64, bool) {
	n, end, ok := d.decimal(i)
	if !ok || !d.numberEnd(end, next) {
		return 0, false
	}
	if n.digits <= 19 {
		if f, ok := n.float(); ok {
			return f, true
		}
	}
	f, err := strconv.ParseFloat(memString(memBytes(memAdd(d.src, uintptr(i)), end-i)), 64)
	return f, err == nil
}

// float32 reads the number at i, rounded once.
func (d *decoder) float32(i, next int) (float32, bool) {
	n, end, ok := d.decimal(i)
	if !ok || !d.numberEnd(end, next) {
		return 0, false
	}
	if n.digits <= 19 && n.mant < 1<<24 && -10 <= n.exp && n.exp <= 10 {
		f := float32(n.mant)
		if n.exp < 0 {
			f /= float32Pow10[-n.exp]
		} else {
			f *= float32Pow10[n.exp]
		}
		return n.sign32(f), true
	}
	f, err := strconv.ParseFloat(memString(memBytes(memAdd(d.src, uintptr(i)), end-i)), 32)
	return float32(f), err == nil
}

func (n *decimal) sign32(f float32) float32 {
	if n.neg {
		return -f
	}
	return f
}

var (
	float32Pow10 = [...]float32{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10}
	float64Pow10 = [...]float64{
		1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
	}
)

// float is the nearest float64, if the quick ways are sure of it.
func (n *decimal) float() (float64, bool) {
	f, ok := nearestFloat(n.mant, n.exp)
	if n.neg {
		f = -f
	}
	return f, ok
}

// nearestFloat is mant·10^exp rounded to nearest. A mantissa and a power of ten
// that both fit a float64 exactly need one rounding only (Clinger, "How to read
// floating point numbers accurately", 1990).
func nearestFloat(mant uint64, exp int) (float64, bool) {
	switch {
	case mant < 1<<53 && -22 <= exp && exp <= 22:
		if exp < 0 {
			return float64(mant) / float64Pow10[-exp], true
		}
		return float64(mant) * float64Pow10[exp], true
	case mant == 0:
		return 0, true
	case exp < -pow10Range || exp > pow10Range:
		return 0, false
	}
	return eiselLemire(mant, exp)
}

// eiselLemire is mant·10^exp rounded to nearest, or false if 128 bits of the
// power of ten do not settle it (Lemire, "Number parsing at a gigabyte per
// second", 2021). mant is not 0 and exp is in the table, so that the result is
// neither subnormal nor infinite.
//
// The product's top 54 bits are the result and its rounding bit. The power in
// the table is cut off, so the product may be too small by less than mant in
// its lowest word: only if all bits below the top ones are set could that carry.
func eiselLemire(mant uint64, exp int) (float64, bool) {
	pow := &pow10Table[exp+pow10Range]
	shift := bits.LeadingZeros64(mant)
	mant <<= shift
	hi, lo := bits.Mul64(mant, pow[0])
	if hi&0x1FF == 0x1FF && lo+mant < lo {
		hi2, lo2 := bits.Mul64(mant, pow[1])
		var carry uint64
		if lo, carry = bits.Add64(lo, hi2, 0); carry != 0 {
			hi++
		}
		if hi&0x1FF == 0x1FF && lo == math.MaxUint64 && lo2+mant < lo2 {
			return 0, false
		}
	}
	top := hi >> 63
	m := hi >> (top + 9)
	if lo == 0 && hi&0x1FF == 0 && m&3 == 1 {
		return 0, false // half-way, perhaps: the cut-off bits decide
	}
	// floor(exp·log2(10)) for the exponents of the table.
	e := (217706*exp)>>16 + 64 + 1023 - shift - int(1^top)
	m = (m + m&1) >> 1
	if m>>53 != 0 {
		m >>= 1
		e++
	}
	return math.Float64frombits(uint64(e)<<52 | m&(1<<52-1)), true
}

// digitsEnd is where the digits at i end.
func (d *decoder) digitsEnd(i int) int {
	for i+8 <= d.size {
		other := notDigits(mem64(d.src, i))
		if other != 0 {
			return i + bits.TrailingZeros64(other)>>3
		}
		i += 8
	}
	for i < d.size && memByte(d.src, i)-'0' < 10 {
		i++
	}
	return i
}

// numberAt reports whether a number stands at i and ends before the token next.
func (d *decoder) numberAt(i, next int) bool {
	start := i
	if i+shortNumber > d.size {
		return d.longNumberAt(start, next)
	}
	w := mem64(d.src, i)
	if byte(w) == '-' {
		i++
		w = mem64(d.src, i)
	}
	k := digitBits(w)
	if k == 0 || byte(w) == '0' && k > 8 {
		return false
	}
	i += k >> 3
	if k < 64 && memByte(d.src, i) == '.' {
		i++
		if w = mem64(d.src, i); digitBits(w) == 0 {
			return false
		}
		for k = digitBits(w); k == 64 && i < start+16; k = digitBits(w) {
			i += 8
			w = mem64(d.src, i)
		}
		i += k >> 3
	}
	return i == next || d.longNumberAt(start, next)
}

func (d *decoder) longNumberAt(i, next int) bool {
	end := d.numberSyntax(i)
	return end > 0 && d.numberEnd(end, next)
}
