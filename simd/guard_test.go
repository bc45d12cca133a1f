package simd

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/covetgo/covet/internal/guard"
)

// sides are the two ways to lay n bytes against a forbidden page.
var sides = []struct {
	name string
	of   func(*guard.Memory, int) []byte
}{
	{"front", (*guard.Memory).Front},
	{"back", (*guard.Memory).Back},
}

// Every kernel gets slices of just the length that it asks for, with a forbidden
// page behind or before each: a byte too far is a fault.
func TestIndexStaysInside(t *testing.T) {
	src, dst, flags := guard.New(513), guard.New(4*(513+IndexSlack)), guard.New(9)
	defer src.Close()
	defer dst.Close()
	defer flags.Close()
	r := rand.New(rand.NewPCG(9, 10))
	AtLevels(t, func(t *testing.T) {
		for n := range 513 {
			for _, side := range sides {
				p, d := side.of(src, n), side.of(dst, 4*(n+IndexSlack))
				for _, fill := range []string{"1 ", ":", "\\\"", "a"} {
					for i := range p {
						p[i] = fill[r.IntN(len(fill))]
					}
					var s IndexState
					IndexJSON(unsafe.Slice((*uint32)(unsafe.Pointer(&d[0])), n+IndexSlack),
						side.of(flags, (n+63)/64), p, 0, &s)
				}
			}
		}
	})
}

func TestScansStayInside(t *testing.T) {
	src, dst := guard.New(1024), guard.New(1024)
	defer src.Close()
	defer dst.Close()
	AtLevels(t, func(t *testing.T) {
		for n := range 513 {
			for _, side := range sides {
				for _, fill := range []byte{'a', 0xC3} {
					p := side.of(src, n)
					for i := range p {
						p[i] = fill
					}
					EscapeIndex(p, EscapeHTML)
					copyPlain(side.of(dst, n), p, EscapeValid)
					ValidUTF8(p)
				}
			}
		}
	})
}

// The canaries before and behind dst and flags, inside their arrays, stay too.
func TestIndexCanaries(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for n := range 513 {
			dst, flags := make([]uint32, 8+n+IndexSlack+8), make([]byte, 8+(n+63)/64+8)
			src := make([]byte, n)
			for i := range src {
				src[i] = "[]{}:,"[i%6]
			}
			var s IndexState
			IndexJSON(dst[8:8+n+IndexSlack], flags[8:len(flags)-8], src, 1, &s)
			for i := range 8 {
				if dst[i] != 0 || dst[len(dst)-1-i] != 0 || flags[i] != 0 || flags[len(flags)-1-i] != 0 {
					t.Fatalf("IndexJSON of %d bytes wrote outside dst[:len(src)+IndexSlack] or flags", n)
				}
			}
		}
	})
}
