package guard_test

import (
	"fmt"
	"runtime/debug"
	"testing"
	"unsafe"

	"github.com/covetgo/covet/internal/guard"
)

// faults reports whether reading and writing p does.
func faults(p unsafe.Pointer) (fault bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { fault = recover() != nil }()
	*(*byte)(p)++
	return false
}

func TestForbidden(t *testing.T) {
	if !guard.Real {
		t.Skip("no forbidden pages on this system")
	}
	g := guard.New(5000)
	defer g.Close()
	for _, n := range []int{1, 7, 4096, 5000} {
		front, back := g.Front(n), g.Back(n)
		if !faults(unsafe.Add(unsafe.Pointer(&front[0]), -1)) {
			t.Errorf("Front(%d): the byte before it can be touched", n)
		}
		if !faults(unsafe.Add(unsafe.Pointer(&back[n-1]), 1)) {
			t.Errorf("Back(%d): the byte behind it can be touched", n)
		}
	}
}

func TestForbiddenBytes(t *testing.T) {
	g := guard.New(1)
	defer g.Close()
	p := g.Forbidden(4096)
	if !guard.Real {
		if p != nil {
			t.Error("Forbidden is not nil where nothing is forbidden")
		}
		return
	}
	for _, i := range []int{0, 1000, 4095} {
		if !faults(unsafe.Pointer(&p[i])) {
			t.Errorf("Forbidden(4096)[%d] can be touched", i)
		}
	}
}

func TestOpen(t *testing.T) {
	g := guard.New(100)
	defer g.Close()
	for _, n := range []int{0, 1, 100} {
		for _, p := range [][]byte{g.Front(n), g.Back(n)} {
			if len(p) != n || cap(p) != n {
				t.Errorf("%d bytes asked: len %d, cap %d", n, len(p), cap(p))
			}
			clear(p)
		}
	}
}

func Example() {
	g := guard.New(4096)
	defer g.Close()
	p := g.Back(5) // the byte behind p[4] is on a forbidden page
	copy(p, "hello")
	fmt.Printf("%s %d\n", p, cap(p))
	// Output: hello 5
}
