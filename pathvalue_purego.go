//go:build purego

package covet

import "net/http"

type pathNames struct{}

const matchesWork = false

func pathNamesFor([]string) *pathNames { return nil }

func setMatches(*http.Request, *pathNames, []string) {}

func hasMatches(*http.Request) bool { return false }
