package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestDraftCheck(t *testing.T) {
	tests := []struct {
		name        string
		title, body string
		want        []string // pointers
	}{
		{"good", "a", "b", nil},
		{"as long as may be", strings.Repeat("ä", maxTitle), strings.Repeat("ö", maxBody), nil},
		{"spaces around do not count", "  " + strings.Repeat("ä", maxTitle) + "\n", "", nil},
		{"no title", "", "b", []string{"/title"}},
		{"only spaces", " \t\n", "b", []string{"/title"}},
		{"title too long", strings.Repeat("a", maxTitle+1), "", []string{"/title"}},
		{"body too long", "a", strings.Repeat("b", maxBody+1), []string{"/body"}},
		{"both", "", strings.Repeat("b", maxBody+1), []string{"/title", "/body"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := draft{tt.title, tt.body}
			var got []string
			for _, f := range d.check() {
				got = append(got, f.Pointer)
			}
			if strings.Join(got, " ") != strings.Join(tt.want, " ") {
				t.Errorf("check of title %.20q, body %.20q: wrong are %q, want %q", tt.title, tt.body, got, tt.want)
			}
		})
	}
}

// newStore opens a store in a new directory.
func newStore(t *testing.T, name string) (*store, string) {
	t.Helper()
	needCgo(t)
	file := filepath.Join(t.TempDir(), name)
	s, err := openStore(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.db.Close() })
	return s, file
}

func TestFind(t *testing.T) {
	s, _ := newStore(t, "notes.db")
	for _, d := range []draft{{"100% wool", ""}, {"100 sheep", ""}, {"snake_case", ""}, {"snakeXcase", ""}, {"path", `C:\dir`}, {"Ünïcode", "MILK"}} {
		if _, err := s.add(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		q      string
		before int64
		limit  int
		want   string
	}{
		{"", 99, 10, "Ünïcode|path|snakeXcase|snake_case|100 sheep|100% wool"},
		{"", 99, 2, "Ünïcode|path"},
		{"", 5, 2, "snakeXcase|snake_case"},
		{"", 1, 2, ""},
		{"%", 99, 10, "100% wool"},
		{"0%", 99, 10, "100% wool"},
		{"_", 99, 10, "snake_case"},
		{`\`, 99, 10, "path"},
		{`\_`, 99, 10, ""},
		{"milk", 99, 10, "Ünïcode"},
		{"SNAKE", 99, 1, "snakeXcase"},
		{"nowhere", 99, 10, ""},
		{"' OR 1=1 --", 99, 10, ""},
	}
	for _, tt := range tests {
		notes, err := s.find(t.Context(), tt.q, tt.before, tt.limit)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, n := range notes {
			titles = append(titles, n.Title)
		}
		if got := strings.Join(titles, "|"); got != tt.want || notes == nil {
			t.Errorf("find(%q, %d, %d) = %q, want %q", tt.q, tt.before, tt.limit, got, tt.want)
		}
	}
}

func TestMissingNote(t *testing.T) {
	s, _ := newStore(t, "notes.db")
	_, getErr := s.get(t.Context(), 7)
	_, setErr := s.set(t.Context(), 7, draft{Title: "a"})
	delErr := s.del(t.Context(), 7)
	for name, err := range map[string]error{"get": getErr, "set": setErr, "del": delErr} {
		if !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("%s of a note that is not there: %v, want %v", name, err, sql.ErrNoRows)
		}
	}
	if events, _, _ := s.feed.after(s.feed.last); len(events) != 0 || len(s.feed.latest) != 0 {
		t.Errorf("the feed has %v, want nothing", s.feed.latest)
	}
}

// A change is done whole even if the client has left: file and feed agree.
func TestChangeWithoutClient(t *testing.T) {
	s, _ := newStore(t, "notes.db")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n, err := s.add(ctx, draft{Title: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.get(t.Context(), n.ID); got != n || len(s.feed.latest) != 1 {
		t.Errorf("the file has %v, %v and the feed %v; want %v in both", got, err, s.feed.latest, n)
	}
}

// No character of a file's name is special.
func TestOpenStoreNames(t *testing.T) {
	for _, name := range []string{"a?b#c%20d&e=f.db", ":memory:", "ü ö.db"} {
		s, file := newStore(t, name)
		if _, err := s.add(t.Context(), draft{Title: "a"}); err != nil {
			t.Errorf("add in %q: %v", name, err)
		}
		if _, err := os.Stat(file); err != nil {
			t.Errorf("the file %q was not made: %v", name, err)
		}
	}
}

func TestOpenStoreFails(t *testing.T) {
	needCgo(t)
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{t.TempDir(), filepath.Join(t.TempDir(), "none", "notes.db"), text} {
		if s, err := openStore(file); err == nil {
			s.db.Close()
			t.Errorf("openStore(%q) succeeded, want an error", file)
		} else if !strings.Contains(err.Error(), file) {
			t.Errorf("openStore(%q): %v, want the name in it", file, err)
		}
	}
}

// Many writers: each change is kept, none finds the file locked, and the feed
// has them in the order of the file.
func TestStoreConcurrent(t *testing.T) {
	s, _ := newStore(t, "notes.db")
	const writers, each = 16, feedSize / 16
	start := s.feed.last
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range each {
				if _, err := s.add(t.Context(), draft{Title: "a"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Go(func() {
		for range 100 {
			if _, err := s.find(t.Context(), "a", 1<<40, 5); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	events, _, _ := s.feed.after(start)
	if len(events) != writers*each {
		t.Fatalf("the feed has %d events, want %d", len(events), writers*each)
	}
	for i, e := range events {
		n := decode[note](t, []byte(e.Data))
		if n.ID != int64(i+1) {
			t.Fatalf("event %d is of note %d, want %d", i, n.ID, i+1)
		}
	}
}
