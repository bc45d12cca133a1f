package covettest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// diff shows how two texts differ, line by line, with some lines around each
// difference:
//
//	  {
//	-   "title": "milk"
//	+   "title": "bread"
//	  }
//
// Lines that would look alike on a screen are quoted.
func diff(want, got string) string {
	a, b := splitLines(want, got)
	return printEdits(edits(a, b))
}

// noNewline stands for the missing end of a last line.
const noNewline = `\ no newline at the end`

// splitLines splits both texts. That only one of them ends its last line is a
// difference and so a line.
func splitLines(want, got string) (a, b []string) {
	a, b = strings.Split(want, "\n"), strings.Split(got, "\n")
	endsA, endsB := a[len(a)-1] == "", b[len(b)-1] == ""
	if endsA {
		a = a[:len(a)-1]
	}
	if endsB {
		b = b[:len(b)-1]
	}
	switch {
	case want == "" || got == "":
	case endsA && !endsB:
		b = append(b, noNewline)
	case endsB && !endsA:
		a = append(a, noNewline)
	}
	return a, b
}

// edit is a line that both have (' '), only want ('-') or only got ('+').
type edit struct {
	op   byte
	line string
}

// maxTable bounds the table of common, in cells. Texts that differ in more are
// shown one after the other.
const maxTable = 4 << 20

// edits turns a into b.
func edits(a, b []string) []edit {
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out := appendEdits(nil, ' ', a[:head])
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(x)*len(y) > maxTable {
		out = appendEdits(appendEdits(out, '-', x), '+', y)
	} else {
		out = appendMiddle(out, x, y)
	}
	return appendEdits(out, ' ', a[len(a)-tail:])
}

func appendEdits(out []edit, op byte, lines []string) []edit {
	for _, l := range lines {
		out = append(out, edit{op, l})
	}
	return out
}

// appendMiddle walks along a longest common subsequence.
func appendMiddle(out []edit, a, b []string) []edit {
	table := common(a, b)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			out = append(out, edit{' ', a[i]})
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			out = append(out, edit{'-', a[i]})
			i++
		default:
			out = append(out, edit{'+', b[j]})
			j++
		}
	}
	return appendEdits(appendEdits(out, '-', a[i:]), '+', b[j:])
}

// common returns a table whose cell [i][j] is the length of the longest common
// subsequence of a[i:] and b[j:], filled from its end.
func common(a, b []string) [][]int32 {
	table := make([][]int32, len(a)+1)
	for i := range table {
		table[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// around is how many equal lines are shown on each side of a difference.
const around = 3

func printEdits(all []edit) string {
	var b strings.Builder
	quoted := lookAlike(all)
	for i := 0; i < len(all); {
		if n := equalRun(all, i); n > 0 {
			printEqual(&b, all[i:i+n], i == 0, i+n == len(all), quoted)
			i += n
			continue
		}
		printLine(&b, all[i], quoted)
		i++
	}
	return b.String()
}

// equalRun is the number of equal lines from i on.
func equalRun(all []edit, i int) int {
	n := 0
	for i+n < len(all) && all[i+n].op == ' ' {
		n++
	}
	return n
}

// printEqual prints the ends of a run of equal lines that touch a difference.
func printEqual(b *strings.Builder, run []edit, first, last, quoted bool) {
	head, tail := around, around
	if first {
		head = 0
	}
	if last {
		tail = 0
	}
	if head+tail+1 >= len(run) {
		head, tail = len(run), 0
	}
	for _, e := range run[:head] {
		printLine(b, e, quoted)
	}
	if skipped := len(run) - head - tail; skipped > 0 {
		fmt.Fprintf(b, "  … %d equal lines\n", skipped)
	}
	for _, e := range run[len(run)-tail:] {
		printLine(b, e, quoted)
	}
}

func printLine(b *strings.Builder, e edit, quoted bool) {
	line := e.line
	if quoted && line != noNewline {
		line = strconv.Quote(line)
	}
	b.WriteByte(e.op)
	if line != "" {
		b.WriteString(" " + line)
	}
	b.WriteByte('\n')
}

// lookAlike tells whether a line that differs has something that is not seen: a
// space at its end, or a character that is not printed.
func lookAlike(all []edit) bool {
	for _, e := range all {
		if e.op == ' ' {
			continue
		}
		if strings.TrimRightFunc(e.line, unicode.IsSpace) != e.line {
			return true
		}
		if strings.ContainsFunc(e.line, func(r rune) bool { return r != '\t' && !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
			return true
		}
	}
	return false
}
