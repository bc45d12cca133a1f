//go:build !race && purego

package covet_test

// Request.SetPathValue makes a map and a slice.
const standardAllocs = 4
