package simd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/covetgo/covet/internal/guard"
)

// naiveMask is RFC 6455 section 5.3, a byte at a time.
func naiveMask(p []byte, key [4]byte, pos int) int {
	for i := range p {
		p[i] ^= key[(pos+i)%4]
	}
	return (pos + len(p)) % 4
}

// checkMask masks p in place, then back.
func checkMask(t *testing.T, p []byte, key [4]byte, pos int) {
	t.Helper()
	plain, want := bytes.Clone(p), bytes.Clone(p)
	wantPos := naiveMask(want, key, pos)
	if got := XORMask(p, key, pos); got != wantPos || !bytes.Equal(p, want) {
		t.Fatalf("XORMask(%x, %x, %d) = %d, %x; want %d, %x", plain, key, pos, got, p, wantPos, want)
	}
	if XORMask(p, key, pos); !bytes.Equal(p, plain) {
		t.Fatalf("XORMask(%x, %x, %d) twice is %x", plain, key, pos, p)
	}
}

// What surrounds p stays: the bytes around it are compared too.
func TestXORMask(t *testing.T) {
	g := guard.New(1024)
	defer g.Close()
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(15, 16))
		key := [4]byte{0x12, 0x34, 0x56, 0xF8}
		for n := range 513 {
			checkMask(t, g.Front(n), key, n)
			checkMask(t, g.Back(n), key, n)
			for align := range 64 {
				room := make([]byte, 128+n)
				for i := range room {
					room[i] = byte(r.Uint32())
				}
				before := bytes.Clone(room)
				checkMask(t, room[align:align+n], key, r.IntN(8))
				if !bytes.Equal(room, before) {
					t.Fatalf("%d bytes at %d: something around them changed", n, align)
				}
			}
		}
		for _, n := range []int{window - 1, window, window + 1, window + 63, window + 64, 3*window + 5} {
			checkMask(t, make([]byte, n+1)[1:], key, 3)
		}
	})
}

// A payload masked in pieces is masked as a whole one.
func TestXORMaskPieces(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		key := [4]byte{1, 2, 3, 4}
		for size := 1; size < 300; size++ {
			p, want := make([]byte, 1000), make([]byte, 1000)
			naiveMask(want, key, 0)
			pos := 0
			for at := 0; at < len(p); at += size {
				pos = XORMask(p[at:min(at+size, len(p))], key, pos)
			}
			if !bytes.Equal(p, want) {
				t.Fatalf("pieces of %d bytes are masked differently", size)
			}
		}
	})
}

func FuzzXORMask(f *testing.F) {
	f.Add([]byte("hello"), byte(1), byte(2), byte(3), byte(4), 3)
	f.Add(bytes.Repeat([]byte("0123456789"), 60), byte(0xFF), byte(0), byte(0x80), byte(7), 1)
	f.Fuzz(func(t *testing.T, p []byte, a, b, c, d byte, pos int) {
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkMask(t, p, [4]byte{a, b, c, d}, pos&0xFFFF)
		}
	})
}

func ExampleXORMask() {
	p := []byte{0x7f, 0x9f, 0x4d, 0x51, 0x58} // RFC 6455 section 5.7
	pos := XORMask(p, [4]byte{0x37, 0xfa, 0x21, 0x3d}, 0)
	fmt.Printf("%s %d\n", p, pos)
	// Output: Hello 1
}
