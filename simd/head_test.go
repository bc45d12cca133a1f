package simd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/covetgo/covet/internal/guard"
)

// headOutcome is all that ScanHead tells.
type headOutcome struct {
	status HeadStatus
	offset int
	lines  []HeadLine
}

// naiveHead is ScanHead's documentation, a byte at a time.
func naiveHead(head []byte, limit int) (o headOutcome) {
	colon, start := -1, 0
	for i, c := range head {
		cr := i > 0 && head[i-1] == '\r'
		o.offset = i
		switch {
		case cr != (c == '\n'), c < ' ' && c != '\t' && c != '\r' && c != '\n', c == 0x7F:
			o.status = HeadBad
			return o
		case c == '\n' && i == start+1:
			o.status, o.offset = HeadDone, i+1
			return o
		case c == '\n', c == ':' && colon < 0:
			if len(o.lines) == limit {
				o.status = HeadFull
				return o
			}
			if colon < 0 {
				colon = i
			}
			if c == '\n' {
				o.lines = append(o.lines, HeadLine{uint32(colon), uint32(i - 1)})
				colon, start = -1, i+1
			}
		}
	}
	o.offset = len(head)
	return o
}

// scanned runs ScanHead over head that arrives up to each of ends, in a buffer
// that is replaced at each and whose rest is rubbish.
func scanned(head []byte, limit int, ends ...int) headOutcome {
	var s HeadState
	dst := slices.Repeat([]HeadLine{{0xDEAD, 0xBEEF}}, limit)
	status := HeadMore
	for _, end := range append(ends, len(head)) {
		if status = ScanHead(dst, bytes.Clone(head[:end]), &s); status != HeadMore {
			break
		}
		dst = slices.Clone(dst)
	}
	return headOutcome{status, s.Offset(), dst[:s.Lines()]}
}

func (o headOutcome) equal(p headOutcome) bool {
	return o.status == p.status && o.offset == p.offset && slices.Equal(o.lines, p.lines)
}

// checkHead compares ScanHead with naiveHead for head whole and cut at ends.
func checkHead(t *testing.T, head []byte, limit int, ends ...int) {
	t.Helper()
	want := naiveHead(head, limit)
	if got := scanned(head, limit, ends...); !got.equal(want) {
		t.Fatalf("ScanHead(%d lines, %q cut at %d)\n got %v\nwant %v", limit, head, ends, got, want)
	}
}

const browserHead = "GET /articles/2026/11/a-long-enough-title?page=2&sort=date HTTP/1.1\r\n" +
	"Host: www.example.com:8080\r\n" +
	"Connection: keep-alive\r\n" +
	"sec-ch-ua: \"Chromium\";v=\"142\", \"Not?A_Brand\";v=\"8\"\r\n" +
	"sec-ch-ua-mobile: ?0\r\nsec-ch-ua-platform: \"Linux\"\r\n" +
	"Upgrade-Insecure-Requests: 1\r\n" +
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n" +
	"Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\n" +
	"Referer: https://www.example.com:8080/articles\r\n" +
	"Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9,de;q=0.8\r\n" +
	"Cookie: session=6f1c1f0a8d3b4f0d9b1e; theme=dark; consent=2026-11-25T10:10:10Z\r\n" +
	"If-Modified-Since: Wed, 25 Nov 2026 10:10:10 GMT\r\n\r\n"

func TestScanHead(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for _, c := range []struct {
			name, head string
			limit      int
			want       headOutcome
		}{
			{"nothing", "", 1, headOutcome{HeadMore, 0, nil}},
			{"only CR", "\r", 1, headOutcome{HeadMore, 1, nil}},
			{"empty head", "\r\nGET", 0, headOutcome{HeadDone, 2, nil}},
			{"bare LF first", "\n", 1, headOutcome{HeadBad, 0, nil}},
			{"smallest request", "GET / HTTP/1.1\r\n\r\nbody\x00", 9,
				headOutcome{HeadDone, 18, []HeadLine{{15, 14}}}},
			{"first colon only", "a:b:c\r\n\r\n", 9, headOutcome{HeadDone, 9, []HeadLine{{1, 5}}}},
			{"colon first", "x\r\n:\r\n\r\n", 9, headOutcome{HeadDone, 8, []HeadLine{{2, 1}, {3, 4}}}},
			{"full at a colon", "x\r\na:b\r\n\r\n", 1, headOutcome{HeadFull, 4, []HeadLine{{2, 1}}}},
			{"full at a line's end", "x\r\nab\r\n\r\n", 1, headOutcome{HeadFull, 6, []HeadLine{{2, 1}}}},
			{"bare CR", "a: b\rc\r\n\r\n", 9, headOutcome{HeadBad, 5, nil}},
			{"bare LF", "a: b\n\r\n", 9, headOutcome{HeadBad, 4, nil}},
			{"CR CR LF", "a: b\r\r\n\r\n", 9, headOutcome{HeadBad, 5, nil}},
			{"CR LF LF", "a: b\r\n\n", 9, headOutcome{HeadBad, 6, []HeadLine{{1, 4}}}},
			{"NUL", "a: \x00\r\n\r\n", 9, headOutcome{HeadBad, 3, nil}},
			{"DEL", "a: \x7f\r\n\r\n", 9, headOutcome{HeadBad, 3, nil}},
			{"HTAB and obs-text", "a:\tcaf\xe9\r\n\r\n", 9, headOutcome{HeadDone, 11, []HeadLine{{1, 7}}}},
		} {
			if got := scanned([]byte(c.head), c.limit); !got.equal(c.want) {
				t.Errorf("%s: ScanHead(%q) = %v, want %v", c.name, c.head, got, c.want)
			}
			checkHead(t, []byte(c.head), c.limit)
		}
	})
}

// A head in two pieces, cut everywhere; in pieces of every size; and with any
// number of lines.
func TestScanHeadPieces(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		head := []byte(browserHead + "POST / HTTP/1.1\r\n\x00")
		for cut := range len(head) {
			checkHead(t, head, 64, cut)
			checkHead(t, head[:cut], 64)
		}
		for size := 1; size < 200; size += 1 + size/8 {
			var ends []int
			for end := size; end < len(head); end += size {
				ends = append(ends, end)
			}
			checkHead(t, head, 64, ends...)
		}
		for limit := range 50 {
			checkHead(t, head, limit)
			checkHead(t, head, limit, 100, 250)
		}
	})
}

// Every byte at every place of a head, which includes every forbidden one.
func TestScanHeadBytes(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for c := range 256 {
			for at := 0; at < 200; at += 1 + at/24 {
				head := []byte(browserHead)
				head[at] = byte(c)
				checkHead(t, head, 64)
				checkHead(t, head, 64, at, at+1)
			}
		}
	})
}

// headAlphabet makes heads of which every byte matters.
const headAlphabet = "\r\n\r\n\r\n\r\n::::ab \t\xff"

func randomHead(r *rand.Rand, n int) []byte {
	p := make([]byte, 0, n+2)
	text := []int{2, 5, 20, 200}[r.IntN(4)]
	for len(p) < n {
		switch r.IntN(8) {
		case 0:
			p = append(p, headAlphabet[r.IntN(len(headAlphabet))])
		case 1, 2:
			p = append(p, "\r\n"...)
		default:
			p = append(p, strings.Repeat("ab:c"[r.IntN(4):], 200)[:r.IntN(text)]...)
		}
	}
	return p[:n]
}

func TestScanHeadRandom(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(7, 8))
		for n := range 513 {
			for range 12 {
				head := randomHead(r, n)
				limit := []int{3, 30, 300}[r.IntN(3)]
				checkHead(t, head, limit)
				a, b := r.IntN(n+1), r.IntN(n+1)
				checkHead(t, head, limit, min(a, b), max(a, b))
			}
		}
	})
}

// Dense heads: the most lines that fit a block, with and without a colon.
func TestScanHeadDense(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for _, line := range []string{"a\r\n", ":\r\n", "ab\r\n", "::\r\n"} {
			for n := range 300 {
				head := []byte(strings.Repeat(line, 100)[:n])
				checkHead(t, head, 128)
				checkHead(t, head, 128, n/2)
				checkHead(t, append(head, "\r\n\r\n"...), n/4)
			}
		}
	})
}

// More than a kernel call takes, and a line that is longer.
func TestScanHeadLong(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		long := "a:" + strings.Repeat("b", window-4) + "\r\n"
		for _, head := range []string{
			long + long + "\r\n",
			strings.Repeat("x: y\r\n", 30000) + "\r\n",
			"a:" + strings.Repeat("b", 3*window) + "\r\n\r\n",
			"a:" + strings.Repeat("b", window-3) + "\r\n\r\n",
			"a:" + strings.Repeat("b", window-5) + "\r\n\r\n",
		} {
			want := naiveHead([]byte(head), 40000)
			if got := scanned([]byte(head), 40000); !got.equal(want) {
				t.Errorf("%d bytes: %v at %d, %d lines; want %v at %d, %d lines", len(head),
					got.status, got.offset, len(got.lines), want.status, want.offset, len(want.lines))
			}
		}
	})
}

func TestScanHeadGuarded(t *testing.T) {
	g, d := guard.New(4096), guard.New(8192)
	defer g.Close()
	defer d.Close()
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(9, 10))
		for n := range 513 {
			for _, head := range [][]byte{g.Front(n), g.Back(n)} {
				copy(head, randomHead(r, n))
				if n < len(browserHead) && n%2 == 0 {
					copy(head, browserHead)
				}
				guardedHead(t, d, head, r.IntN(60))
			}
		}
	})
}

// guardedHead scans into memory that ends where it may not be written.
func guardedHead(t *testing.T, d *guard.Memory, head []byte, limit int) {
	t.Helper()
	dst := linesOf(d.Back(8 * limit))
	var s HeadState
	status := ScanHead(dst, head[:len(head)/2], &s)
	if status == HeadMore {
		status = ScanHead(dst, head, &s)
	}
	got, want := headOutcome{status, s.Offset(), dst[:s.Lines()]}, naiveHead(head, limit)
	if !got.equal(want) {
		t.Fatalf("ScanHead(%d lines, %q)\n got %v\nwant %v", limit, head, got, want)
	}
}

func TestScanHeadPanics(t *testing.T) {
	for name, f := range map[string]func(s *HeadState){
		"shorter head": func(s *HeadState) { ScanHead(make([]HeadLine, 9), []byte("a: b"), s) },
		"shorter dst":  func(s *HeadState) { ScanHead(nil, []byte("a: b\r\nc"), s) },
	} {
		var s HeadState
		ScanHead(make([]HeadLine, 9), []byte("a: b\r\n"), &s)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f(&s)
		}()
	}
}

func TestHeadStatusString(t *testing.T) {
	if got := fmt.Sprint(HeadMore, HeadDone, HeadBad, HeadFull, HeadStatus(9)); got != "HeadMore HeadDone HeadBad HeadFull HeadStatus(9)" {
		t.Error(got)
	}
}

func FuzzScanHead(f *testing.F) {
	f.Add([]byte(browserHead), uint(64), uint(70))
	f.Add([]byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), uint(2), uint(15))
	f.Add([]byte("a\r\n:\r\nb\n"), uint(1), uint(3))
	f.Add([]byte(strings.Repeat("a:b\r\n", 40)+"\r\r\n"), uint(30), uint(1))
	f.Fuzz(func(t *testing.T, head []byte, limit, cut uint) {
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkHead(t, head, int(limit%128))
			checkHead(t, head, int(limit%128), int(cut%uint(len(head)+1)))
		}
	})
}

func ExampleScanHead() {
	head := []byte("GET / HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n\r\nbody")
	var lines [16]HeadLine
	var s HeadState
	status := ScanHead(lines[:], head, &s)
	fmt.Println(status, s.Offset())
	start := lines[0].End + 2
	for _, l := range lines[1:s.Lines()] {
		fmt.Printf("%s = %s\n", head[start:l.Colon], bytes.TrimSpace(head[l.Colon+1:l.End]))
		start = l.End + 2
	}
	// Output:
	// HeadDone 50
	// Host = example.com
	// Accept = */*
}
