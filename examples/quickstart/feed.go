package main

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/covetgo/covet"
)

// feed is the list of the latest events. Readers come with the number of the
// last event they have seen and fetch what is behind it, each at its own pace,
// so a slow one holds up nobody: it falls behind, and then starts anew.
type feed struct {
	mu     sync.Mutex
	last   int64         // number of the newest event
	latest []covet.Event // the newest events, last of them the newest
	more   chan struct{} // closed when the next event is there
}

// feedSize is how many events a client may miss and still catch up.
const feedSize = 256

// newFeed returns a feed whose numbers are higher than those of any earlier
// run of the program, so that a client can't take one for the other.
func newFeed() *feed {
	return &feed{last: time.Now().UnixMicro(), more: make(chan struct{})}
}

// publish adds an event and wakes those who wait for it. It never blocks.
func (f *feed) publish(event, data string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last++
	f.latest = append(f.latest, covet.Event{ID: strconv.FormatInt(f.last, 10), Type: event, Data: data})
	if len(f.latest) > feedSize {
		f.latest = slices.Delete(f.latest, 0, 1)
	}
	close(f.more)
	f.more = make(chan struct{})
}

// after returns the events behind the one with a number, the number of the last
// of them, and a channel that is closed when there are more. Where the feed does
// not reach back so far, the only event is a "reset": fetch everything again.
func (f *feed) after(seen int64) (events []covet.Event, last int64, more <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	behind := f.last - seen
	if behind < 0 || behind > int64(len(f.latest)) {
		return []covet.Event{{ID: strconv.FormatInt(f.last, 10), Type: "reset"}}, f.last, f.more
	}
	return slices.Clone(f.latest[len(f.latest)-int(behind):]), f.last, f.more
}
