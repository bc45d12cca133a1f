package simd_test

import (
	"fmt"
	"strings"

	"github.com/covetgo/covet/simd"
)

func ExampleIndexJSON() {
	src := []byte(`{"id": 7, "name": "a\"b"}`)
	dst := make([]uint32, len(src)+simd.IndexSlack)
	flags := make([]byte, (len(src)+63)/64)
	var s simd.IndexState
	n := simd.IndexJSON(dst, flags, src, 0, &s)
	for _, i := range dst[:n] {
		fmt.Print(string(src[i]), " ")
	}
	fmt.Println(flags[0]&simd.FlagEscape != 0, s.InString())
	// Output: { " " : 7 , " " : " " } true false
}

// A text that comes in pieces: the state goes on, and the positions with it.
func ExampleIndexJSON_windows() {
	var s simd.IndexState
	base := uint32(0)
	for _, src := range []string{`{"a":"split `, `in two","b":12`, `34}`} {
		dst := make([]uint32, len(src)+simd.IndexSlack)
		n := simd.IndexJSON(dst, make([]byte, 1), []byte(src), base, &s)
		fmt.Println(dst[:n], s.InString())
		base += uint32(len(src))
	}
	// Output:
	// [0 1 3 4 5] true
	// [18 19 20 22 23 24] false
	// [28] false
}

// An encoder copies what is plain, and looks at what stopped it.
func ExampleAppendPlain() {
	s, dst := "two\nlines", []byte(`"`)
	for s != "" {
		var n int
		dst, n = simd.AppendPlain(dst, s, 0)
		if s = s[n:]; s != "" {
			dst = fmt.Appendf(dst, `\u%04x`, s[0])
			s = s[1:]
		}
	}
	fmt.Printf("%s\"\n", dst)
	// Output: "two\u000alines"
}

func ExampleEscapeIndex() {
	p := []byte(`say "hi" <now>`)
	fmt.Println(simd.EscapeIndex(p, 0), simd.EscapeIndex(p[8:], 0), simd.EscapeIndex(p[8:], simd.EscapeHTML))
	// Output: 4 6 1
}

func ExampleValidUTF8() {
	fmt.Println(simd.ValidUTF8([]byte("caf\u00e9")), simd.ValidUTF8String("caf\xe9"))
	// Output: true false
}

func ExampleLevels() {
	fmt.Println(strings.HasSuffix(fmt.Sprint(simd.Levels()), "generic]"))
	// Output: true
}
