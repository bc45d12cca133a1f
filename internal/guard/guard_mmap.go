//go:build linux || darwin

package guard

import (
	"os"
	"syscall"
)

// Real reports whether the forbidden pages exist.
const Real = true

func open(size int) *Memory {
	page := os.Getpagesize()
	size = max(1, (size+page-1)/page) * page
	whole, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic("guard: mmap: " + err.Error())
	}
	for _, p := range [][]byte{whole[:page], whole[page+size:]} {
		if err := syscall.Mprotect(p, syscall.PROT_NONE); err != nil {
			panic("guard: mprotect: " + err.Error())
		}
	}
	return &Memory{whole: whole, open: whole[page : page+size]}
}

func (m *Memory) close() {
	if err := syscall.Munmap(m.whole); err != nil {
		panic("guard: munmap: " + err.Error())
	}
	*m = Memory{}
}
