package json

import (
	"strings"
	"testing"
)

// TestResultSizes encodes results of one type whose sizes stay, change and jump.
func TestResultSizes(t *testing.T) {
	type sized struct{ Text string }
	var kept [][]byte
	var want []string
	for round := range 3 {
		for _, n := range []int{10000, 10000, 10000, 10001, 10100, 9900, 10000, 20000, 20000, 20000, 5, 5, 100000, 100000, 99000, 300000, 4096, 4096, 4000, 4000, 0} {
			text := strings.Repeat(string(rune('a'+len(kept)%26)), n)
			b, err := Marshal(&sized{text})
			if err != nil {
				t.Fatal(err)
			}
			kept, want = append(kept, b), append(want, `{"Text":"`+text+`"}`)
			if round == 0 && cap(b) > len(b)+len(b)/8+1024 {
				t.Errorf("a result of %d bytes has a capacity of %d", len(b), cap(b))
			}
		}
	}
	for i := range kept {
		if string(kept[i]) != want[i] {
			t.Errorf("result %d is %.40q…, want %.40q…", i, kept[i], want[i])
		}
	}
}

func TestResultSizeExpectation(t *testing.T) {
	var s resultSize
	for i, step := range []struct{ n, want int }{
		{100, 0}, {10000, 0}, {10000, 10000 + lastRoom}, {10100, 10100 + 315 + lastRoom}, {20000, 0}, {20000, 20000 + lastRoom}, {100, 0}, {100, 0},
	} {
		s.learn(step.n)
		if got := s.hint(); got != step.want {
			t.Errorf("step %d: hint after %d is %d, want %d", i, step.n, got, step.want)
		}
	}
}

// TestResultSizeErrors fails after an expectation was formed.
func TestResultSizeErrors(t *testing.T) {
	type mayFail struct {
		Text string
		V    badJSON
	}
	text := strings.Repeat("x", 8000)
	for _, v := range []badJSON{"1", "1", "1", "error", "1", "{", "1", "1"} {
		compareEncoders(t, &mayFail{text, v})
	}
}
