package simd

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// sizes are the lengths each kernel is measured at.
var sizes = []int{8, 16, 24, 32, 48, 64, 100, 300, 1 << 10, 4 << 10, 64 << 10, 1 << 20}

// tweets is at least n bytes of what a social network's API sends, indented or
// not: mostly strings of all lengths, links with escaped slashes, Japanese now and
// then, numbers, literals, and nesting.
func tweets(n int, indent bool) string {
	r := rand.New(rand.NewPCG(20, 26))
	var b strings.Builder
	b.WriteString("[\n")
	for b.Len() < n {
		tweet(&b, r)
	}
	s := b.String()
	if !indent {
		for strings.Contains(s, "\n ") {
			s = strings.ReplaceAll(s, "\n ", "\n")
		}
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\n", ""), "\": ", "\":")
	}
	return s
}

func tweet(b *strings.Builder, r *rand.Rand) {
	id := 505_000_000_000_000_000 + r.Int64N(1e15)
	fmt.Fprintf(b, "  {\n    \"created_at\": \"Sun Aug 31 00:29:%02d +0000 2014\",\n", r.IntN(60))
	fmt.Fprintf(b, "    \"id\": %d,\n    \"id_str\": \"%d\",\n    \"text\": \"%s\",\n", id, id, words(r, 4+r.IntN(20)))
	fmt.Fprintf(b, "    \"source\": \"<a href=\\\"http:\\/\\/example.com\\/%d\\\" rel=\\\"nofollow\\\">%s<\\/a>\",\n", r.IntN(99), words(r, 2))
	b.WriteString("    \"truncated\": false,\n    \"in_reply_to_status_id\": null,\n    \"user\": {\n")
	fmt.Fprintf(b, "      \"id\": %d,\n      \"name\": \"%s\",\n      \"location\": \"%s\",\n      \"description\": \"%s\",\n",
		r.Uint32(), words(r, 1), words(r, 1), words(r, r.IntN(30)))
	fmt.Fprintf(b, "      \"followers_count\": %d,\n      \"friends_count\": %d,\n      \"verified\": false,\n      \"lang\": \"ja\",\n", r.IntN(5000), r.IntN(500))
	fmt.Fprintf(b, "      \"profile_image_url\": \"http:\\/\\/pbs.example.com\\/profile_images\\/%d\\/%x_normal.jpeg\"\n    },\n", r.Uint32(), r.Uint64())
	fmt.Fprintf(b, "    \"retweet_count\": %d,\n    \"entities\": {\n      \"hashtags\": [],\n      \"indices\": [\n        %d,\n        %d\n      ]\n    },\n    \"lang\": \"ja\"\n  },\n",
		r.IntN(100), r.IntN(40), 40+r.IntN(99))
}

// words is n words, of which one in four is Japanese.
func words(r *rand.Rand, n int) string {
	list := strings.Fields("the of quick and Gopher network is faster than before release 漢字 かな交じり文 ありがとうございます @someone #go")
	var w []string
	for range n {
		w = append(w, list[r.IntN(len(list))])
	}
	return strings.Join(w, " ")
}

func BenchmarkIndexJSON(b *testing.B) {
	for _, text := range []struct {
		name string
		src  string
	}{
		{"tweets", tweets(1<<20, true)},
		{"compact", tweets(3<<19, false)},
		{"numbers", strings.Repeat("[-65.613616999999977,43.420273000000009],", 1<<20/41+1)},
	} {
		for _, n := range sizes {
			b.Run(fmt.Sprintf("%s/%d", text.name, n), func(b *testing.B) {
				BenchLevels(b, func(b *testing.B) { benchIndex(b, []byte(text.src[:n])) })
			})
		}
	}
}

// benchIndex indexes src in windows of 64 KiB into the same buffers.
func benchIndex(b *testing.B, src []byte) {
	dst := make([]uint32, min(window, len(src))+IndexSlack)
	flags := make([]byte, window/64)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		var s IndexState
		for at := 0; at < len(src); at += window {
			IndexJSON(dst, flags, src[at:min(at+window, len(src))], uint32(at), &s)
		}
	}
}

func BenchmarkValidUTF8(b *testing.B) {
	japanese := strings.Repeat("漢字かな交じり文は、漢字と仮名を交えて書く。", 1<<14)
	for _, text := range []struct{ name, s string }{
		{"ascii", strings.Repeat("It is sufficient for the text. ", 1<<16)},
		{"japanese", japanese},
		{"mixed", strings.Repeat("caf\u00e9 au lait, s'il vous pla\u00eet. ", 1<<16)},
	} {
		for _, n := range sizes {
			p := []byte(text.s[:n])
			for !utf8.Valid(p) {
				p = p[:len(p)-1]
			}
			b.Run(fmt.Sprintf("%s/%d", text.name, n), func(b *testing.B) {
				BenchLevels(b, func(b *testing.B) { benchUTF8(b, p, ValidUTF8) })
				b.Run("std", func(b *testing.B) { benchUTF8(b, p, utf8.Valid) })
			})
		}
	}
}

func benchUTF8(b *testing.B, p []byte, valid func([]byte) bool) {
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		if !valid(p) {
			b.Fatal("not valid")
		}
	}
}

func BenchmarkEscapeIndex(b *testing.B) {
	plain := strings.Repeat("It is sufficient for the text. ", 1<<16)
	for _, n := range sizes {
		p := []byte(plain[:n])
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			BenchLevels(b, func(b *testing.B) {
				b.SetBytes(int64(n))
				for b.Loop() {
					if EscapeIndex(p, EscapeHTML) != n {
						b.Fatal("not plain")
					}
				}
			})
		})
	}
}

// BenchmarkAppendPlain also has the two steps that the fused kernel replaces.
func BenchmarkAppendPlain(b *testing.B) {
	plain := strings.Repeat("It is sufficient for the text. ", 1<<16)
	for _, n := range append([]int{4}, sizes...) {
		s, dst := plain[:n], make([]byte, 0, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			BenchLevels(b, func(b *testing.B) {
				b.SetBytes(int64(n))
				for b.Loop() {
					AppendPlain(dst, s, EscapeHTML)
				}
			})
			b.Run("index-append", func(b *testing.B) {
				b.SetBytes(int64(n))
				for b.Loop() {
					_ = append(dst, s[:EscapeIndexString(s, EscapeHTML)]...)
				}
			})
		})
	}
}
