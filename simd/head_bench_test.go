package simd

import (
	"bufio"
	"fmt"
	"net/textproto"
	"strings"
	"testing"
)

// benchHeads are heads of requests: what a command line tool sends, what a browser
// does, and one with the cookies and tokens of a large application.
var benchHeads = []struct{ name, head string }{
	{"curl", "GET /users/1234 HTTP/1.1\r\nHost: api.example.com\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"},
	{"browser", "GET /articles/2026/11/some-title?page=2 HTTP/1.1\r\nHost: www.example.com\r\n" +
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" +
		"Accept-Language: en-GB,en;q=0.7,de;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
		"Referer: https://www.example.com/articles/2026/11/\r\nConnection: keep-alive\r\n" +
		"Cookie: session=Zm9vYmFyYmF6cXV4; theme=dark; consent=yes\r\nUpgrade-Insecure-Requests: 1\r\n" +
		"Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: same-origin\r\nPriority: u=0, i\r\n\r\n"},
	{"large", "GET / HTTP/1.1\r\nHost: app.example.com\r\n" +
		strings.Repeat("X-Some-Header: a value of a usual length, or so\r\n", 30) +
		"Authorization: Bearer " + strings.Repeat("eyJhbGciOiJFUzI1NiJ9.", 50) + "\r\n" +
		"Cookie: " + strings.Repeat("name=AAECAwQFBgcICQoLDA0ODw==; ", 40) + "z=1\r\n\r\n"},
}

// BenchmarkScanHead is beside textproto, with which net/http reads the lines
// behind the first into a map: that is more work than finding them.
func BenchmarkScanHead(b *testing.B) {
	for _, h := range benchHeads {
		b.Run(fmt.Sprintf("%s/%d", h.name, len(h.head)), func(b *testing.B) {
			BenchLevels(b, func(b *testing.B) { benchHead(b, []byte(h.head)) })
			b.Run("textproto", func(b *testing.B) { benchTextproto(b, h.head) })
		})
	}
}

func benchHead(b *testing.B, head []byte) {
	dst := make([]HeadLine, 64)
	b.SetBytes(int64(len(head)))
	for b.Loop() {
		var s HeadState
		if ScanHead(dst, head, &s) != HeadDone {
			b.Fatal("not done")
		}
	}
}

func benchTextproto(b *testing.B, head string) {
	src := strings.NewReader(head)
	buf := bufio.NewReader(src)
	r := textproto.NewReader(buf)
	b.SetBytes(int64(len(head)))
	for b.Loop() {
		src.Reset(head)
		buf.Reset(src)
		if _, err := r.ReadLine(); err != nil {
			b.Fatal(err)
		}
		if _, err := r.ReadMIMEHeader(); err != nil {
			b.Fatal(err)
		}
	}
}
