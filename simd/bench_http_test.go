package simd

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// curlHead and browserHead are what the two send; the third has a large cookie.
var heads = []struct{ name, head string }{
	{"smallest", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
	{"curl", "GET /hello HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: curl/8.14.1\r\nAccept: */*\r\n\r\n"},
	{"browser", browserHead},
	{"cookie", strings.TrimSuffix(browserHead, "\r\n") + "Cookie: " + strings.Repeat("k=0123456789abcdef; ", 200) + "\r\n\r\n"},
}

// BenchmarkScanHead has beside the levels what a parser does without: IndexByte for
// each line's end and colon, and a table for the bytes between.
func BenchmarkScanHead(b *testing.B) {
	for _, h := range heads {
		head := []byte(h.head)
		run := func(b *testing.B, name string, scan func(dst []HeadLine) int) {
			b.Run(name, func(b *testing.B) {
				var dst [64]HeadLine
				b.SetBytes(int64(len(head)))
				b.ReportAllocs()
				for b.Loop() {
					if scan(dst[:]) != len(head) {
						b.Fatal("not the end")
					}
				}
			})
		}
		b.Run(h.name, func(b *testing.B) {
			defer setLevel(level)
			for _, l := range levels {
				setLevel(l)
				run(b, l, func(dst []HeadLine) int {
					var s HeadState
					ScanHead(dst, head, &s)
					return s.Offset()
				})
			}
			run(b, "indexbyte", func(dst []HeadLine) int { return headByIndexByte(dst, head) })
		})
	}
}

func headByIndexByte(dst []HeadLine, head []byte) int {
	for i, at := 0, 0; ; i++ {
		lf := bytes.IndexByte(head[at:], '\n')
		if lf < 1 || head[at+lf-1] != '\r' {
			return -1
		}
		line := head[at : at+lf-1]
		if len(line) == 0 {
			return at + 2
		}
		for _, c := range line {
			if refused[valueClass][c] {
				return -1
			}
		}
		dst[i] = HeadLine{uint32(at + bytes.IndexByte(line, ':')), uint32(at + lf - 1)}
		at += lf + 1
	}
}

var shortSizes = append([]int{1, 2, 3, 4, 5, 7}, append([]int{12}, sizes...)...)

// tokenByTable is what net/textproto and net/http do.
func tokenByTable(p []byte) bool {
	for _, c := range p {
		if refused[tokenClass][c] {
			return false
		}
	}
	return len(p) > 0
}

func BenchmarkValidToken(b *testing.B) {
	for _, n := range shortSizes[:13] {
		p := bytes.Repeat([]byte("X-Forwarded-For-"), n/16+1)[:n]
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			BenchLevels(b, func(b *testing.B) { benchUTF8(b, p, ValidToken) })
			b.Run("table", func(b *testing.B) { benchUTF8(b, p, tokenByTable) })
		})
	}
}

func BenchmarkValidFieldValue(b *testing.B) {
	for _, n := range shortSizes {
		p := bytes.Repeat([]byte("text/html;q=0.9 "), n/16+1)[:n]
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			BenchLevels(b, func(b *testing.B) { benchUTF8(b, p, ValidFieldValue) })
		})
	}
}

// The cases differ at every letter, at none, or at the first byte by more.
func BenchmarkEqualFold(b *testing.B) {
	for _, n := range shortSizes {
		lower := strings.Repeat("transfer-encoding", n/17+1)[:n]
		for _, c := range []struct{ name, other string }{
			{"case", strings.ToUpper(lower)}, {"same", strings.Clone(lower)}, {"not", "z" + lower[1:]},
		} {
			want := c.name != "not"
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				BenchLevels(b, func(b *testing.B) { benchFold(b, lower, c.other, want) })
				b.Run("std", func(b *testing.B) {
					for b.Loop() {
						if strings.EqualFold(lower, c.other) != want {
							b.Fatalf("not %v", want)
						}
					}
				})
			})
		}
	}
}

func benchFold(b *testing.B, x, y string, want bool) {
	b.SetBytes(int64(len(x)))
	for b.Loop() {
		if EqualFoldString(x, y) != want {
			b.Fatalf("not %v", want)
		}
	}
}

// maskWords is the loop over eight bytes, and one for the rest, that WebSocket
// libraries without assembly have.
func maskWords(p []byte, key [4]byte, pos int) int {
	var rotated [4]byte
	for i := range rotated {
		rotated[i] = key[(pos+i)&3]
	}
	k := uint64(binary.LittleEndian.Uint32(rotated[:]))
	k |= k << 32
	n := len(p)
	for len(p) >= 8 {
		binary.LittleEndian.PutUint64(p, binary.LittleEndian.Uint64(p)^k)
		p = p[8:]
	}
	for i := range p {
		p[i] ^= rotated[i&3]
	}
	return (pos + n) & 3
}

// The payload stands behind a frame's header of 14 bytes, as it does in a buffer.
func BenchmarkXORMask(b *testing.B) {
	for _, n := range append(shortSizes, 128, 256, 512) {
		p := make([]byte, 14+n)[14:]
		run := func(b *testing.B, mask func([]byte, [4]byte, int) int) {
			b.SetBytes(int64(n))
			for b.Loop() {
				mask(p, [4]byte{1, 2, 3, 4}, 1)
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			BenchLevels(b, func(b *testing.B) { run(b, XORMask) })
			b.Run("words", func(b *testing.B) { run(b, maskWords) })
		})
	}
}
