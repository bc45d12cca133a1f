//go:build !race

package covet

const raceEnabled = false
