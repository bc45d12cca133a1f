// Package jsonbench measures covet's json beside other JSON packages, and
// tests what such a comparison rests on: that all read each document as
// encoding/json does and write what reads the same.
//
//	go test ./jsonbench           # they agree
//	go run ./run -suite json      # measure: writes results/json.txt
package jsonbench
