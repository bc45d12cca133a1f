package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/covetgo/covet/benchmarks/internal/corpus"
)

// goal is a least gain of a package of ours over the best of some others: on
// each document, and as the mean over all.
type goal struct {
	title      string
	row        string
	ours       string
	peers      []string
	each, mean float64 // 0 is none
}

var better = []string{"sonic", "goccy"}

var allGoals = []goal{
	{"decode into structs, over the better peer", "decode", "covet", better, 1.15, 1.5},
	{"the same with strings in an arena", "decode", "covet-arena", better, 1.3, 1.6},
	{"decode into any, over the better peer", "any", "covet", better, 1.05, 1.2},
	{"encode structs, over the better peer", "encode", "covet", better, 1, 1.2},
	{"encode structs, over sonic ConfigStd", "encode", "covet", []string{"sonic-std"}, 1.15, 0},
	{"Valid, over the better peer", "valid", "covet", better, 1.1, 1.4},
}

// noise is what a share may be above 1 since buffers in pools come and go.
const noise = 1.005

// goalLine is a line of the table of goals.
type goalLine struct{ Title, Each, Lowest, Mean, MeanIs, Verdict string }

func goals(r results) ([]goalLine, error) {
	var lines []goalLine
	for _, g := range allGoals {
		line, err := g.judge(r)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return append(lines, r.neverSlower(), r.noMoreBytes()), nil
}

func (g goal) judge(r results) (goalLine, error) {
	var gains []float64
	lowest := ""
	for _, d := range corpus.Documents() {
		gain, ok := r.gain(g.row, d.Name, g.ours, g.peers...)
		if !ok {
			return goalLine{}, fmt.Errorf("no figures for the goal %q: %s", g.title, d.Name)
		}
		if len(gains) == 0 || gain < slices.Min(gains) {
			lowest = fmt.Sprintf("%.2fx (%s)", gain, d.Name)
		}
		gains = append(gains, gain)
	}
	mean := geomean(gains)
	low, weak := slices.Min(gains) < g.each, mean < g.mean
	return goalLine{
		Title:   g.title,
		Each:    atLeast(g.each),
		Lowest:  bold(lowest, low),
		Mean:    atLeast(g.mean),
		MeanIs:  bold(fmt.Sprintf("%.2fx", mean), weak),
		Verdict: holds(!low && !weak),
	}, nil
}

func holds(ok bool) string {
	if ok {
		return "holds"
	}
	return "**fails**"
}

func atLeast(x float64) string {
	if x == 0 {
		return ""
	}
	return fmt.Sprintf("≥ %.2f", x)
}

// neverSlower holds every figure of covet, at every level, against
// encoding/json's. Documents of 1 byte are not part of the goal.
func (r results) neverSlower() goalLine {
	var slower []string
	lowest, where, compared := 0.0, "", 0
	for _, name := range slices.Sorted(maps.Keys(r.figure)) {
		parts := strings.Split(name, "/")
		suite, last := parts[0], len(parts)-1
		ours, _, _ := strings.Cut(parts[last], "@")
		if ours != "covet" || suite != "BenchmarkJSON" && suite != "BenchmarkTiny" || slices.Contains(parts, "1B") {
			continue
		}
		std := r.figure[strings.Join(append(slices.Clone(parts[:last]), "std"), "/")]
		if std == nil {
			continue
		}
		place := strings.Join(parts[1:], " ")
		gain := std.median() / r.figure[name].median()
		if compared++; compared == 1 || gain < lowest {
			lowest, where = gain, place
		}
		if gain < 1 {
			slower = append(slower, place)
		}
	}
	return goalLine{
		Title:   fmt.Sprintf("never slower than encoding/json, at any level, from 2 bytes on (%d figures)", compared),
		Each:    atLeast(1),
		Lowest:  bold(fmt.Sprintf("%.2fx (%s)", lowest, where), len(slower) > 0),
		MeanIs:  fmt.Sprintf("%d slower", len(slower)),
		Verdict: holds(len(slower) == 0),
	}
}

// noMoreBytes holds the bytes that covet allocates against goccy's.
func (r results) noMoreBytes() goalLine {
	var more int
	highest, where := 0.0, ""
	for _, row := range []string{"decode", "any", "encode"} {
		for _, d := range corpus.Documents() {
			covet, goccy := r.of("JSON", row, d.Name, "covet"), r.of("JSON", row, d.Name, "goccy")
			if covet == nil || goccy == nil || median(goccy.bytes) == 0 {
				continue
			}
			share := median(covet.bytes) / median(goccy.bytes)
			if share > highest {
				highest, where = share, row+" "+d.Name
			}
			if share > noise {
				more++
			}
		}
	}
	return goalLine{
		Title:   "bytes allocated, of goccy's (decode, any, encode)",
		Each:    "≤ 1.00",
		Lowest:  bold(fmt.Sprintf("highest: %.2fx (%s)", highest, where), more > 0),
		MeanIs:  fmt.Sprintf("%d more", more),
		Verdict: holds(more == 0),
	}
}
