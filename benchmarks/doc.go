// Package benchmarks measures covet's router beside others, and tests that
// middleware written for net/http runs in covet unchanged; its sub-package
// jsonbench does so for JSON. It is a module of its own so that the routers and
// JSON packages it needs are nobody else's dependency.
//
//	go test ./...                 # all peers do what the benchmarks assume
//	go run ./run                  # measure: writes results/router.txt
//	go run ./run -suite json      # the same for JSON: results/json.txt
//	go run ./run -suite simd      # and for the kernels: results/simd.txt
//	go run ./table                # writes ../docs/benchmarks.md from all three
package benchmarks
