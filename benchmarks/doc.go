// Package benchmarks measures covet's router beside others, and tests that
// middleware written for net/http runs in covet unchanged. It is a module of
// its own so that the routers it needs are nobody else's dependency.
//
//	go test ./...         # every router answers every request rightly
//	go run ./run          # measure: writes results/router.txt
//	go run ./table        # writes ../docs/benchmarks.md from it
package benchmarks
