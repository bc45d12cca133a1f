// Command asm writes the AMD64 assembly of package simd with avo
// (https://github.com/mmcloughlin/avo). The package's go:generate lines call it:
//
//	go run . -kernel index -out ../index_amd64.s -stubs ../index_stub_amd64.go -pkg simd
//
// One file here writes one file there. It is a module of its own, in a directory
// that ./... does not match, so that avo is no dependency of covet.
package main

import (
	"flag"
	"log"

	. "github.com/mmcloughlin/avo/build"
)

// kernels are what the files here can write, by the name of their file.
var kernels = map[string]func(){}

func main() {
	kernel := flag.String("kernel", "", "which `file` to write")
	flag.Parse()
	write := kernels[*kernel]
	if write == nil {
		log.Fatalf("asm: no kernel %q", *kernel)
	}
	ConstraintExpr("!purego,!noasm")
	write()
	Generate()
}
