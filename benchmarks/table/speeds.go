package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// speeds is the table of one row of BenchmarkJSON.
type speeds struct {
	Peers   []string // column heads
	Rows    []speedRow
	Means   []string // of how many times as fast as a peer covet is
	Mean    string   // the same for the better peer
	Details []speedDetail
}

// speedRow is a document.
type speedRow struct {
	Title, Covet string
	Cells        []string
	Ratio        string
}

// speedDetail is a package on a document.
type speedDetail struct {
	Title, Peer, Speed, Time, Range, Bytes, Allocs, Ratio string
}

func newSpeeds(r results, row string, peers ...string) (speeds, error) {
	t := speeds{}
	ratios := map[string][]float64{}
	for _, d := range corpus.Documents() {
		covet := r.of("JSON", row, d.Name, "covet")
		if covet == nil {
			return t, fmt.Errorf("no figures for covet: %s of %s", row, d.Name)
		}
		line := speedRow{Title: d.Title, Covet: thousands(covet.speed()), Ratio: "–"}
		for _, peer := range peers {
			f := r.of("JSON", row, d.Name, peer)
			if f == nil {
				return t, fmt.Errorf("no figures for %s: %s of %s", peer, row, d.Name)
			}
			gain := f.median() / covet.median()
			ratios[peer] = append(ratios[peer], gain)
			line.Cells = append(line.Cells, thousands(f.speed())+" ("+gainOf(gain)+")")
		}
		if gain, ok := r.gain(row, d.Name, "covet", "sonic", "goccy"); ok {
			ratios["better"] = append(ratios["better"], gain)
			line.Ratio = gainOf(gain)
		}
		t.Rows = append(t.Rows, line)
		t.Details = append(t.Details, r.details(row, d, peers)...)
	}
	for _, peer := range peers {
		t.Peers = append(t.Peers, title(peer))
		t.Means = append(t.Means, gainOf(geomean(ratios[peer])))
	}
	t.Mean = "–"
	if len(ratios["better"]) > 0 {
		t.Mean = gainOf(geomean(ratios["better"]))
	}
	return t, nil
}

// gain is how many times as fast as the best of the peers a package is, if
// there are figures for all.
func (r results) gain(row, doc, ours string, peers ...string) (float64, bool) {
	f := r.of("JSON", row, doc, ours)
	if f == nil {
		return 0, false
	}
	best := math.Inf(1)
	for _, peer := range peers {
		p := r.of("JSON", row, doc, peer)
		if p == nil {
			return 0, false
		}
		best = min(best, p.median())
	}
	return best / f.median(), true
}

// details are the packages on a document, the fastest first.
func (r results) details(row string, d corpus.Document, peers []string) []speedDetail {
	covet := r.of("JSON", row, d.Name, "covet")
	names := append([]string{"covet"}, peers...)
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(r.of("JSON", row, d.Name, a).median(), r.of("JSON", row, d.Name, b).median())
	})
	var list []speedDetail
	for _, name := range names {
		f := r.of("JSON", row, d.Name, name)
		list = append(list, speedDetail{
			Title:  d.Title,
			Peer:   title(name),
			Speed:  thousands(f.speed()),
			Time:   micros(f.median()),
			Range:  micros(f.min()) + "–" + micros(f.max()),
			Bytes:  thousands(median(f.bytes)),
			Allocs: thousands(median(f.allocs)),
			Ratio:  gainOf(f.median() / covet.median()),
		})
	}
	return list
}

func geomean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += math.Log(v)
	}
	return math.Exp(sum / float64(len(values)))
}

// gainOf is a gain, bold where it is a loss.
func gainOf(x float64) string { return bold(fmt.Sprintf("%.2fx", x), x < 0.995) }

func bold(s string, loud bool) string {
	if loud {
		return "**" + s + "**"
	}
	return s
}

// thousands is a whole number with commas.
func thousands(x float64) string {
	s := fmt.Sprintf("%.0f", x)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// micros is nanoseconds in microseconds, to the digits that mean something.
func micros(ns float64) string {
	us := ns / 1e3
	switch {
	case us < 10:
		return fmt.Sprintf("%.2f", us)
	case us < 100:
		return fmt.Sprintf("%.1f", us)
	}
	return thousands(us)
}

// newDiffer is one line a package: what it does otherwise.
func newDiffer(r results) []string {
	byPeer := map[string][]string{}
	var order []string
	for _, line := range r.Lists["differs"] {
		peer, what, _ := strings.Cut(line, ": ")
		if byPeer[peer] == nil {
			order = append(order, peer)
		}
		byPeer[peer] = append(byPeer[peer], what)
	}
	var lines []string
	for _, peer := range order {
		lines = append(lines, "**"+title(peer)+"** "+strings.Join(byPeer[peer], "; ")+".")
	}
	return lines
}
