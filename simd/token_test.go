package simd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"github.com/covetgo/covet/internal/guard"
)

func init() {
	touches["scanHead"] = func(p []byte) { ScanHead(make([]HeadLine, 64), p, new(HeadState)) }
	touches["equalFold"] = func(p []byte) { equalFold(p, p) } // EqualFold looks at eight bytes first
	touches["xorMask"] = func(p []byte) { XORMask(p, [4]byte{1}, 0) }
}

// naiveClass applies a rule to each byte.
func naiveClass(p []byte, valid func(byte) bool) bool {
	for _, c := range p {
		if !valid(c) {
			return false
		}
	}
	return true
}

func checkClass(t *testing.T, p []byte) {
	t.Helper()
	token, value := len(p) > 0 && naiveClass(p, isToken), naiveClass(p, isValue)
	if got, s := ValidToken(p), ValidTokenString(string(p)); got != token || s != token {
		t.Fatalf("ValidToken(%q) = %v, of a string %v, want %v", p, got, s, token)
	}
	if got, s := ValidFieldValue(p), ValidFieldValueString(string(p)); got != value || s != value {
		t.Fatalf("ValidFieldValue(%q) = %v, of a string %v, want %v", p, got, s, value)
	}
}

// What the standard library says of each byte: a method is a token, a name with a
// byte that no token has is not canonicalised, a value that may not be sent fails.
func TestClassesAreStandard(t *testing.T) {
	for c := range 256 {
		b := byte(c)
		_, err := http.NewRequest("a"+string([]byte{b}), "/", nil)
		if got := err == nil; got != isToken(b) {
			t.Errorf("isToken(%q) = %v, http.NewRequest takes it: %v", b, isToken(b), got)
		}
		name := "a" + string([]byte{b}) + "a"
		if got := textproto.CanonicalMIMEHeaderKey(name)[0] == 'A'; got != isToken(b) {
			t.Errorf("isToken(%q) = %v, CanonicalMIMEHeaderKey: %v", b, isToken(b), got)
		}
		r := http.Request{Method: "GET", Header: http.Header{"A": {"a" + string([]byte{b}) + "a"}}}
		r.URL, _ = r.URL.Parse("http://127.0.0.1:0/")
		_, err = http.DefaultTransport.RoundTrip(&r)
		if got := !strings.Contains(err.Error(), "invalid header field value"); got != isValue(b) {
			t.Errorf("isValue(%q) = %v, http.Transport takes it: %v", b, isValue(b), got)
		}
	}
}

// Every byte at every place, in tokens and in values.
func TestClassBytes(t *testing.T) {
	AtLevels(t, func(t *testing.T) {
		for c := range 256 {
			for n := 1; n <= 140; n += 1 + n/24 {
				for at := 0; at < n; at += 1 + at/16 {
					p := bytes.Repeat([]byte("x-Content_9~"), n)[:n]
					p[at] = byte(c)
					checkClass(t, p)
				}
			}
		}
	})
}

func TestClassLengths(t *testing.T) {
	g := guard.New(1024)
	defer g.Close()
	AtLevels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(11, 12))
		for n := range 513 {
			for align := range 64 {
				for _, p := range [][]byte{g.Front(n + align)[align:], g.Back(n + align)[:n]} {
					for i := range p {
						p[i] = "abcXYZ019!#|~-"[r.IntN(14)]
					}
					if n > 0 && align%3 != 0 {
						p[r.IntN(n)] = byte(r.Uint32())
					}
					checkClass(t, p)
				}
			}
		}
		for _, n := range []int{window - 1, window, window + 1, 3*window + 5} {
			p := bytes.Repeat([]byte("a"), n)
			checkClass(t, p)
			p[n-1] = 0x7F
			checkClass(t, p)
		}
	})
}

func FuzzValidToken(f *testing.F) {
	f.Add([]byte("Content-Type"))
	f.Add([]byte("X-Forwarded-For "))
	f.Add([]byte("text/html; charset=utf-8\t caf\xe9\x7f"))
	f.Fuzz(func(t *testing.T, p []byte) {
		defer setLevel(level)
		for _, l := range levels {
			setLevel(l)
			checkClass(t, p)
		}
	})
}

func ExampleValidToken() {
	fmt.Println(ValidToken([]byte("Content-Type")), ValidToken([]byte("Content-Type ")), ValidToken(nil))
	// Output: true false false
}

func ExampleValidFieldValue() {
	fmt.Println(ValidFieldValueString("text/html;\tq=1"), ValidFieldValueString("a\r\nSet-Cookie: b"))
	// Output: true false
}
