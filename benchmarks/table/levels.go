package main

import (
	"fmt"
	"strings"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// levels is covet at every level beside encoding/json.
type levels struct {
	Names []string
	Rows  []levelRow
}

// levelRow is a document in one row of a benchmark.
type levelRow struct {
	Row, Title string
	Cells      []string
	Standard   string
	Others     []string
}

// rowTitles are the rows that are measured at every level.
var rowTitles = []struct{ name, title string }{
	{"decode", "decode"}, {"any", "decode into any"}, {"encode", "encode"}, {"valid", "Valid"},
}

// newLevels is in megabytes a second.
func newLevels(r results) (levels, error) {
	return r.levelTable("JSON", corpus.Documents(), func(f *figure) string { return thousands(f.speed()) })
}

// newTiny is in nanoseconds.
func newTiny(r results) (levels, error) {
	return r.levelTable("Tiny", corpus.Tiny(), func(f *figure) string { return number(f.median()) }, "sonic", "goccy")
}

func (r results) levelTable(suite string, documents []corpus.Document, show func(*figure) string, others ...string) (levels, error) {
	t := levels{}
	suffixes := []string{""}
	for i, level := range strings.Split(r.Config["levels"], ", ") {
		t.Names = append(t.Names, "covet, "+level)
		if i > 0 { // the best is what runs without asking
			suffixes = append(suffixes, "@"+level)
		}
	}
	for _, row := range rowTitles {
		for _, d := range documents {
			std := r.of(suite, row.name, d.Name, "std")
			if std == nil {
				return t, fmt.Errorf("no figures for encoding/json: %s %s of %s", suite, row.name, d.Name)
			}
			line := levelRow{Row: row.title, Title: d.Title, Standard: show(std)}
			for _, suffix := range suffixes {
				f := r.of(suite, row.name, d.Name, "covet"+suffix)
				if f == nil {
					return t, fmt.Errorf("no figures for covet%s: %s %s of %s", suffix, suite, row.name, d.Name)
				}
				line.Cells = append(line.Cells, bold(show(f), f.median() > std.median()))
			}
			for _, other := range others {
				cell := "–"
				if f := r.of(suite, row.name, d.Name, other); f != nil {
					cell = show(f)
				}
				line.Others = append(line.Others, cell)
			}
			t.Rows = append(t.Rows, line)
		}
	}
	return t, nil
}

// first is the table of first calls.
type first struct {
	Heads []string
	Rows  []firstRow
}

type firstRow struct {
	Peer  string
	Cells []string
}

// firsts are the columns of first calls.
var firsts = []struct{ head, path string }{
	{"decode small", "First/decode/small"},
	{"decode twitter", "First/decode/twitter"},
	{"encode twitter", "First/encode/twitter"},
	{"decode, 100 types", "Fresh/decode"},
	{"encode, 100 types", "Fresh/encode"},
}

func newFirst(r results) (first, error) {
	t := first{}
	for _, column := range firsts {
		t.Heads = append(t.Heads, column.head)
	}
	for _, peer := range []string{"covet", "std", "v2", "sonic", "sonic-std", "goccy", "segmentio", "jsoniter"} {
		line := firstRow{Peer: title(peer)}
		for _, column := range firsts {
			f := r.of(column.path, peer)
			if f == nil {
				return t, fmt.Errorf("no figures for %s: %s", peer, column.path)
			}
			worst := f.max()
			if len(f.p99) > 0 {
				worst = median(f.p99)
			}
			line.Cells = append(line.Cells, micros(f.median())+" / "+micros(worst))
		}
		t.Rows = append(t.Rows, line)
	}
	return t, nil
}
