package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// kernels are the tables of package simd.
type kernels struct {
	Levels  []string
	Kernels []kernel
}

// kernel is one kernel on one kind of text.
type kernel struct {
	Title   string
	Longest string
	Speeds  []string // a level each
	Pays    string
	Columns []string
	Rows    []kernelRow

	figures map[string]map[string]*figure // by size and column
}

type kernelRow struct {
	Title string
	Cells []string
}

// twin is the level without vector code.
const twin = "generic"

// newKernels sorts benchmarks named Kernel/text/size/column, where the text may
// be missing, and a column is a level or anything else to compare with.
func newKernels(r results) (kernels, error) {
	t := kernels{Levels: strings.Split(r.Config["levels"], ", ")}
	all := map[string]*kernel{}
	for name, f := range r.figure {
		parts := strings.Split(strings.TrimPrefix(name, "Benchmark"), "/")
		if len(parts) < 3 || parts[0] == "Cgo" {
			continue // of no size or no level, or of the other table
		}
		last := len(parts) - 1
		title, size, column := strings.Join(parts[:last-1], ", "), parts[last-1], parts[last]
		k := all[title]
		if k == nil {
			k = &kernel{Title: title, figures: map[string]map[string]*figure{}}
			all[title] = k
		}
		if k.figures[size] == nil {
			k.figures[size] = map[string]*figure{}
		}
		k.figures[size][column] = f
	}
	for _, title := range slices.Sorted(maps.Keys(all)) {
		if err := all[title].fill(t.Levels); err != nil {
			return t, err
		}
		t.Kernels = append(t.Kernels, *all[title])
	}
	return t, nil
}

// bytes is how many a size is; a word for one stands for those of its text.
func (k *kernel) bytes(size string) float64 {
	if n, err := strconv.ParseFloat(size, 64); err == nil {
		return n
	}
	if f := k.figures[size][twin]; f != nil {
		return f.size
	}
	return 0
}

func (k *kernel) fill(levels []string) error {
	sizes := slices.SortedFunc(maps.Keys(k.figures), func(a, b string) int {
		return cmp.Or(cmp.Compare(k.bytes(a), k.bytes(b)), bySize(a, b))
	})
	longest := sizes[len(sizes)-1]
	k.Longest, k.Columns = longest, columns(k.figures[longest], levels)
	for _, level := range levels {
		cell := "–"
		if f := k.figures[longest][level]; f != nil && f.size > 0 && !f.looksAway() {
			cell = fmt.Sprintf("%.1f", f.size/f.min())
		}
		k.Speeds = append(k.Speeds, cell)
	}
	for _, size := range sizes {
		row := k.figures[size]
		base := row[twin]
		if base == nil {
			return fmt.Errorf("no figures for the plain twin of %s at %s", k.Title, size)
		}
		line := kernelRow{Title: size}
		for _, column := range k.Columns {
			line.Cells = append(line.Cells, against(row[column], base))
		}
		k.Rows = append(k.Rows, line)
	}
	k.Pays = "–"
	if base := k.figures[longest][twin]; !base.looksAway() {
		k.Pays = k.paysFrom(sizes, levels)
	}
	return nil
}

// looksAway says that plain code or vectors can't have read all of the text: a
// comparison ends at the first difference. There is no speed to tell of then.
func (f *figure) looksAway() bool { return f.size/f.min() > 1000 }

// against is a time and how many times as fast as the base it is. A kernel takes
// no time that varies but what others take from it: so the fastest round counts.
func against(f, base *figure) string {
	switch f {
	case nil:
		return "–"
	case base:
		return number(f.min())
	}
	return number(f.min()) + " (" + gainOf(base.min()/f.min()) + ")"
}

// columns are the levels, then everything else.
func columns(row map[string]*figure, levels []string) []string {
	rest := slices.DeleteFunc(slices.Sorted(maps.Keys(row)), func(c string) bool { return slices.Contains(levels, c) })
	return append(slices.Clone(levels), rest...)
}

// paysFrom is the smallest size from which on the best level is never slower
// than what has no vector code. Ten parts in a thousand are noise.
func (k *kernel) paysFrom(sizes, levels []string) string {
	from := ""
	for _, size := range slices.Backward(sizes) {
		row := k.figures[size]
		best := row[levels[0]]
		if best == nil {
			return "–"
		}
		for column, f := range row {
			plain := column == twin || column == "std"
			if plain && best.min() > 1.01*f.min() {
				return cmp.Or(from, "never")
			}
		}
		from = size
	}
	return from
}

// bySize sorts numbers by value, and before other words.
func bySize(a, b string) int {
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return cmp.Compare(m, n)
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return cmp.Compare(a, b)
}

// crossing is the table of the kernels in C.
type crossing struct {
	Level string // which assembly they are beside
	Empty string // a call that returns at once
	Rows  []crossingRow
}

type crossingRow struct{ Kernel, Size, C, Assembly, Ratio string }

// newCrossing sorts benchmarks named Cgo/Kernel/column/size, where a column is
// "C" or a level.
func newCrossing(r results) (crossing, error) {
	t := crossing{}
	empty := r.of("Cgo", "Empty")
	if empty == nil {
		return t, fmt.Errorf("no figures for an empty call of C")
	}
	t.Empty = number(empty.min())
	var order [][2]string
	for name := range r.figure {
		if parts := strings.Split(name, "/"); len(parts) == 4 && parts[0] == "BenchmarkCgo" && parts[2] == "C" {
			order = append(order, [2]string{parts[1], parts[3]})
		}
	}
	slices.SortFunc(order, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), bySize(a[1], b[1]))
	})
	t.Level, _, _ = strings.Cut(r.Config["levels"], ", ")
	for _, o := range order {
		c, assembly := r.of("Cgo", o[0], "C", o[1]), r.of("Cgo", o[0], t.Level, o[1])
		if assembly == nil {
			return t, fmt.Errorf("no figures for %s beside C: %s at %s", t.Level, o[0], o[1])
		}
		t.Rows = append(t.Rows, crossingRow{o[0], o[1], number(c.min()), number(assembly.min()),
			gainOf(c.min() / assembly.min())})
	}
	return t, nil
}
