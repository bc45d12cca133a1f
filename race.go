//go:build race

package covet

const raceEnabled = true
