//go:build unix

package jsonbench

import (
	"syscall"
	"time"
)

// cpuTime is how long processors have worked for this process. On a machine with
// other work it says more than a clock does: to wait for a turn takes none.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
