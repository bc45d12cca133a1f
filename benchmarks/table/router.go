package main

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/covetgo/covet/benchmarks/internal/sets"
)

//go:embed *.md.tmpl
var texts embed.FS

var pageTemplate = template.Must(template.New("").Funcs(template.FuncMap{
	"door":     newDoor,
	"harness":  harness,
	"goals":    goals,
	"speeds":   newSpeeds,
	"levels":   newLevels,
	"tiny":     newTiny,
	"first":    newFirst,
	"differ":   newDiffer,
	"kernels":  newKernels,
	"crossing": newCrossing,
}).ParseFS(texts, "*.md.tmpl"))

// titles are the peers as the tables call them.
var titles = map[string]string{
	"servemux":     "http.ServeMux",
	"std":          "encoding/json",
	"v2":           "json/v2",
	"sonic-std":    "sonic ConfigStd",
	"covet-arena":  "covet, arena",
	"covet-append": "covet, append",
}

// blind are the peers that give a standard handler no parameters.
var blind = []string{"gin", "echo"}

// render is the document for the results of the suites.
func render(all map[string]results) ([]byte, error) {
	var out bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&out, "page.md.tmpl", all)
	return out.Bytes(), err
}

// harness is the median of a benchmark that does nothing.
func harness(r results, name string) (string, error) {
	f := r.figure["BenchmarkHarness/"+name]
	if f == nil {
		return "", fmt.Errorf("no figures for the harness %s", name)
	}
	return number(f.median()), nil
}

// door is all tables of one door.
type door struct {
	Peers []string // column heads
	Rows  []doorRow
}

// doorRow is a row of the overview, and a table of its own.
type doorRow struct {
	Title   string
	Covet   string
	Cells   []string // the peers' times and ratios
	Verdict string
	Details []detail
}

// detail is a line of a row's own table.
type detail struct {
	Peer, Time, Range, Bytes, Allocs, Ratio string
}

func newDoor(r results, name string, peers ...string) (door, error) {
	d := door{}
	for _, p := range peers {
		d.Peers = append(d.Peers, title(p))
	}
	for _, row := range sets.Rows() {
		line, err := newDoorRow(r, row, name, peers)
		if err != nil {
			return d, err
		}
		d.Rows = append(d.Rows, line)
	}
	return d, nil
}

// entry is a peer with its figure in some row.
type entry struct {
	peer  string
	unfit bool // did not read the parameters
	*figure
}

func newDoorRow(r results, row sets.Row, door string, peers []string) (doorRow, error) {
	var entries []entry
	for _, peer := range append([]string{"covet"}, peers...) {
		f := r.figure["BenchmarkRouter/"+row.Name+"/"+door+"/"+peer]
		if f == nil {
			return doorRow{}, fmt.Errorf("no figures for %s of %s, %s door", row.Name, peer, door)
		}
		unfit := door == "standard" && slices.Contains(blind, peer) && hasParams(row.Set())
		entries = append(entries, entry{peer, unfit, f})
	}
	covet := entries[0]
	line := doorRow{Title: row.Title, Covet: number(covet.median()), Verdict: verdict(entries)}
	for _, e := range entries[1:] {
		line.Cells = append(line.Cells, number(e.median())+" ("+ratio(e, covet)+")"+e.mark())
	}
	slices.SortStableFunc(entries, byTime)
	for _, e := range entries {
		line.Details = append(line.Details, e.detail(covet))
	}
	return line, nil
}

func hasParams(s sets.Set) bool {
	return s.Status == 200 && slices.ContainsFunc(s.Routes, func(r sets.Route) bool { return len(r.Names) > 0 })
}

// verdict says whether covet, the first entry, is the fastest of those that
// did the work, and if not, what it loses to whom.
func verdict(entries []entry) string {
	var faster []entry
	for _, e := range entries[1:] {
		if !e.unfit && e.median() < entries[0].median() {
			faster = append(faster, e)
		}
	}
	if len(faster) == 0 {
		return "fastest"
	}
	best := slices.MinFunc(faster, byTime)
	return fmt.Sprintf("**slower than %s**, %.2fx its time", title(best.peer), entries[0].median()/best.median())
}

func byTime(a, b entry) int { return cmp.Compare(a.median(), b.median()) }

func (e entry) detail(covet entry) detail {
	return detail{
		Peer:   title(e.peer) + e.mark(),
		Time:   number(e.median()),
		Range:  number(e.min()) + "–" + number(e.max()),
		Bytes:  fmt.Sprintf("%.0f", median(e.bytes)),
		Allocs: fmt.Sprintf("%.0f", median(e.allocs)),
		Ratio:  ratio(e, covet),
	}
}

func (e entry) mark() string {
	if e.unfit {
		return " †"
	}
	return ""
}

// ratio is how many times covet's time e takes: below 1, covet is slower.
func ratio(e, covet entry) string { return fmt.Sprintf("%.2fx", e.median()/covet.median()) }

// number is nanoseconds to the digits that mean something.
func number(ns float64) string {
	if ns < 100 {
		return fmt.Sprintf("%.1f", ns)
	}
	return fmt.Sprintf("%.0f", ns)
}

func title(peer string) string {
	if t := titles[peer]; t != "" {
		return t
	}
	return peer
}

// Head is a table's head of some columns, all but the first to the right.
func (d door) Head() string {
	columns := append([]string{"", "covet"}, d.Peers...)
	return "| " + strings.Join(columns, " | ") + " | covet is |\n|---|" +
		strings.Repeat("--:|", len(columns)-1) + "---|"
}
