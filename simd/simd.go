// Package simd holds the byte loops that covet's time goes into, written for
// the vector units of AMD64 (SSE4.2, AVX2, AVX-512) and ARM64 (NEON), each with
// a twin in plain Go that runs everywhere else and that the tests hold the
// assembly against.
//
//	var s simd.IndexState
//	src := []byte(`{"id":7}`)
//	dst := make([]uint32, len(src)+simd.IndexSlack)
//	flags := make([]byte, (len(src)+63)/64)
//	n := simd.IndexJSON(dst, flags, src, 0, &s)
//	fmt.Println(dst[:n]) // [0 1 4 5 6 7]: { " " : 7 }
//
// The processor is asked once, when the program starts; [Level] tells the
// outcome. The environment variable COVET_SIMD lowers it, for tests and for
// whoever chases a bug; the build tags purego and noasm leave the assembly out.
//
// No function here reads or writes a byte outside the slices that it is given,
// keeps a slice, or allocates. All are safe for concurrent use on different
// memory.
package simd
