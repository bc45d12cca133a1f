//go:build !race && !purego

package covet_test

// One allocation holds the writer and the values.
const standardAllocs = 1
