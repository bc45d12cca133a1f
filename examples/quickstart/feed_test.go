package main

import (
	"strconv"
	"sync"
	"testing"
	"time"
)

func TestFeedAfter(t *testing.T) {
	f := newFeed()
	start := f.last
	for range feedSize + 10 {
		f.publish("saved", "{}")
	}
	tests := []struct {
		name  string
		seen  int64
		want  int // events
		reset bool
	}{
		{"all seen", f.last, 0, false},
		{"one missed", f.last - 1, 1, false},
		{"as many missed as are kept", f.last - feedSize, feedSize, false},
		{"one more", f.last - feedSize - 1, 1, true},
		{"the start", start, 1, true},
		{"a new client", 0, 1, true},
		{"from the future", f.last + 1, 1, true},
		{"the smallest number", -1 << 63, 1, true},
		{"the largest number", 1<<63 - 1, 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			events, last, _ := f.after(tt.seen)
			if len(events) != tt.want || last != f.last {
				t.Fatalf("after(%d) = %d events up to %d, want %d up to %d", tt.seen, len(events), last, tt.want, f.last)
			}
			for i, e := range events {
				id, want := e.ID, strconv.FormatInt(last-int64(len(events)-1-i), 10)
				if id != want || (e.Type == "reset") != tt.reset {
					t.Errorf("after(%d): event %d has id %s and type %q, want id %s, reset %v", tt.seen, i, id, e.Type, want, tt.reset)
				}
			}
		})
	}
}

func TestFeedStartsBehindEarlierOnes(t *testing.T) {
	old := newFeed()
	old.publish("saved", "{}")
	time.Sleep(time.Millisecond) // no program restarts faster
	f := newFeed()
	if events, _, _ := f.after(old.last - 1); len(events) != 1 || events[0].Type != "reset" {
		t.Errorf("a client of an earlier feed gets %v, want one reset", events)
	}
}

// Readers that keep up see every event once, in order.
func TestFeedConcurrent(t *testing.T) {
	const writers, each = 4, feedSize / 8
	f := newFeed()
	start := f.last
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for seen := start; seen < start+writers*each; {
				events, last, more := f.after(seen)
				if len(events) == 0 {
					<-more
					continue
				}
				for _, e := range events {
					seen++
					if e.ID != strconv.FormatInt(seen, 10) {
						t.Errorf("got event %s, want %d", e.ID, seen)
						return
					}
				}
				if seen != last {
					t.Errorf("events end at %d, want %d", seen, last)
				}
			}
		})
	}
	for range writers {
		all.Go(func() {
			for range each {
				f.publish("saved", "{}")
			}
		})
	}
	all.Wait()
}
