package json

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// stdFloat writes v as encoding/json does.
func stdFloat(v float64, size int) string { return string(appendFloat(nil, v, size)) }

// compareFloat compares v, and v as a float32, with strconv's digits.
func compareFloat(t *testing.T, v float64) {
	t.Helper()
	var e encoder
	b := make([]byte, 0, 64)
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		if got, want := string(e.float64(b, v, float64Type)), stdFloat(v, 64); got != want {
			t.Fatalf("float64 %x = %s, want %s", math.Float64bits(v), got, want)
		}
	}
	f := float32(v)
	if f == f && !math.IsInf(float64(f), 0) {
		if got, want := string(e.float32(b, f, float64Type)), stdFloat(float64(f), 32); got != want {
			t.Fatalf("float32 %x = %s, want %s", math.Float32bits(f), got, want)
		}
	}
}

func TestFloat(t *testing.T) {
	n := 300000
	if testing.Short() {
		n = 30000
	}
	rng := rand.New(rand.NewPCG(7, 8))
	for range n {
		compareFloat(t, math.Float64frombits(rng.Uint64()))
		compareFloat(t, math.Float64frombits(rng.Uint64()>>12|uint64(900+rng.IntN(250))<<52)) // the fast range
		compareFloat(t, rng.NormFloat64()*math.Pow10(rng.IntN(30)-12))
		compareFloat(t, float64(rng.IntN(1e8))/math.Pow10(rng.IntN(12)))
		compareFloat(t, -float64(rng.IntN(1e6))/100)
		compareFloat(t, float64(math.Float32frombits(rng.Uint32())))
	}
}

// TestFloatEdges takes numbers next to those where something changes.
func TestFloatEdges(t *testing.T) {
	check := func(v float64) {
		for _, x := range []float64{v, -v} {
			up, down, up32, down32 := x, x, float32(x), float32(x)
			for range 20 {
				compareFloat(t, up)
				compareFloat(t, down)
				compareFloat(t, float64(up32))
				compareFloat(t, float64(down32))
				up, down = math.Nextafter(up, math.Inf(1)), math.Nextafter(down, math.Inf(-1))
				up32, down32 = math.Nextafter32(up32, float32(math.Inf(1))), math.Nextafter32(down32, float32(math.Inf(-1)))
			}
		}
	}
	for e := -330; e <= 308; e++ {
		for _, c := range []string{"1", "5", "2.5", "9.995", "1.2345678901234567", "9007199254740993"} {
			v, _ := strconv.ParseFloat(c+"e"+strconv.Itoa(e), 64)
			if !math.IsInf(v, 0) {
				check(v)
			}
		}
	}
	for e := -1074; e <= 1023; e++ {
		check(math.Ldexp(1, e))
		check(math.Ldexp(3, e-1))
	}
	for _, v := range []float64{0, 1e-6, 1e21, 1 << 53, 1 << 24, 1e15, 1e13, 9.99999999999999e14, 5e-324, math.MaxFloat64, math.MaxFloat32, 0.5, 0.1 + 0.2} {
		check(v)
	}
}

// TestFloatDecimals takes all numbers of few decimals that prices have.
func TestFloatDecimals(t *testing.T) {
	for n := range 300000 {
		compareFloat(t, float64(n)/100)
		compareFloat(t, float64(n)/1000)
		compareFloat(t, float64(n)*1e6+0.01)
	}
}

// TestFloatFast proves that the fast way is taken, which other tests can't see.
func TestFloatFast(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	missed := 0
	const n = 100000
	for range n {
		v := rng.Float64() * math.Pow10(rng.IntN(15)-5)
		var p [64]byte
		if v != math.Trunc(v) && v >= 1e-6 && putShortest(memory(&p), v, math.Float64bits(v), 52, 1075) == 0 {
			missed++
		}
	}
	if missed > n/1000 {
		t.Errorf("%d of %d numbers took the slow way", missed, n)
	}
}

// TestFloatTables checks the approximations of logarithms for all exponents.
func TestFloatTables(t *testing.T) {
	for q := -400; q <= 400; q++ {
		if got, want := q*1262611>>22, int(math.Floor(float64(q)*math.Log10(2))); got != want {
			t.Errorf("floor(%d·log10(2)) = %d, want %d", q, got, want)
		}
	}
	for k := -pow10Range; k <= pow10Range; k++ {
		if got, want := k*1741647>>19, int(math.Floor(float64(k)*math.Log2(10))); got != want {
			t.Errorf("floor(%d·log2(10)) = %d, want %d", k, got, want)
		}
	}
}

func FuzzFloat(f *testing.F) {
	for _, v := range []float64{0, 1, -1, 0.1, 1.5, 123.45, 1e21, 1e-6, 5e-324, 0.1 + 0.2, 65.613616999999977, 9007199254740993} {
		f.Add(math.Float64bits(v), uint16(3))
	}
	f.Fuzz(func(t *testing.T, bin uint64, scale uint16) {
		compareFloat(t, math.Float64frombits(bin))
		compareFloat(t, math.Float64frombits(bin>>12|uint64(900+scale%250)<<52))
		compareFloat(t, float64(int64(bin)>>(scale%64))/math.Pow10(int(scale%20)))
		compareFloat(t, float64(math.Float32frombits(uint32(bin))))
	})
}
