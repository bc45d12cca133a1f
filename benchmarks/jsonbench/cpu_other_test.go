//go:build !unix

package jsonbench

import "time"

var start = time.Now()

// cpuTime is the time since the start, for want of a better one.
func cpuTime() time.Duration { return time.Since(start) }
