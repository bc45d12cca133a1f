package radix

import (
	"net/url"
	"testing"
)

// TestServeMux runs tables of requests past http.ServeMux. The expected status
// is written out too, so that a table can't agree with itself by accident.
func TestServeMux(t *testing.T) {
	for _, tt := range muxTables {
		t.Run(tt.name, func(t *testing.T) {
			o := newOracle(t, tt.patterns...)
			if len(o.patterns) != len(tt.patterns) {
				t.Fatalf("ServeMux accepts only %q", o.patterns)
			}
			for _, a := range tt.asks {
				q := a.query(t)
				o.check(t, q)
				got := o.askMux(q)
				if got.Status != a.status || got.Ran+got.Allow+got.Location != a.want {
					t.Errorf("%v\ngot  %+v\nwant %d %q", q, got, a.status, a.want)
				}
			}
		})
	}
}

// ask is a request and the pattern, Allow or Location that answers it. raw is
// read as a server reads a request line, or set as it is where that fails.
type ask struct {
	method, host, raw string
	status            int
	want              string
}

func (a ask) query(t testing.TB) query {
	if a.method == "CONNECT" && a.raw == "" {
		return query{a.method, a.host, &url.URL{Host: a.host}}
	}
	return query{a.method, a.host, urlOf(a.raw)}
}

// urlOf parses raw as net/http does a request's target.
func urlOf(raw string) *url.URL {
	if u, err := url.ParseRequestURI(raw); err == nil && raw != "*" {
		return u
	}
	return &url.URL{Path: raw}
}

var muxTables = []struct {
	name     string
	patterns []string
	asks     []ask
}{
	{"hosts", []string{"/", "a.com/", "GET a.com/x", "b.com/x", "POST /x", "a.com:80/y"}, []ask{
		{"GET", "", "/x", 200, "/"},
		{"GET", "a.com", "/x", 200, "GET a.com/x"},
		{"GET", "a.com:8080", "/x", 200, "GET a.com/x"},
		{"POST", "a.com", "/x", 200, "a.com/"},
		{"POST", "c.com", "/x", 200, "POST /x"},
		{"GET", "b.com", "/x", 200, "b.com/x"},
		{"GET", "b.com", "/y", 200, "/"},
		{"GET", "A.com", "/x", 200, "/"},
		{"GET", "a.com:80", "/y", 200, "a.com/"},
		{"GET", "[::1]:80", "/y", 200, "/"},
		{"GET", "a:b:c", "/y", 200, "/"},
	}},
	{"host only", []string{"GET a.com/x", "POST a.com/x/y", "PUT /x"}, []ask{
		{"GET", "b.com", "/x", 405, "PUT"},
		{"GET", "", "/x", 405, "PUT"},
		{"POST", "a.com", "/x", 405, "GET, HEAD, PUT"},
		{"GET", "b.com", "/x/y", 404, ""},
		{"GET", "a.com", "/x/y", 405, "POST"},
	}},
	{"methods", []string{"GET /a", "POST /a", "/b", "GET /b", "HEAD /c", "GET /c", "QUERY /d", "PURGE /e", "PURGE /a"}, []ask{
		{"GET", "", "/a", 200, "GET /a"},
		{"HEAD", "", "/a", 200, "GET /a"},
		{"POST", "", "/a", 200, "POST /a"},
		{"PURGE", "", "/a", 200, "PURGE /a"},
		{"PUT", "", "/a", 405, "GET, HEAD, POST, PURGE"},
		{"BREW", "", "/a", 405, "GET, HEAD, POST, PURGE"},
		{"", "", "/a", 405, "GET, HEAD, POST, PURGE"},
		{"get", "", "/a", 405, "GET, HEAD, POST, PURGE"},
		{"HEAD", "", "/b", 200, "GET /b"},
		{"BREW", "", "/b", 200, "/b"},
		{"", "", "/b", 200, "/b"},
		{"PUT", "", "/b", 200, "/b"},
		{"HEAD", "", "/c", 200, "HEAD /c"},
		{"GET", "", "/c", 200, "GET /c"},
		{"POST", "", "/c", 405, "GET, HEAD"},
		{"QUERY", "", "/d", 200, "QUERY /d"},
		{"GET", "", "/d", 405, "QUERY"},
		{"PURGE", "", "/e", 200, "PURGE /e"},
		{"GET", "", "/e", 405, "PURGE"},
		{"GET", "", "/f", 404, ""},
	}},
	{"methods below", []string{"POST /a/b", "GET /a/b/", "GET /x/y", "POST /x/{z}", "DELETE /deep/er/still"}, []ask{
		{"GET", "", "/a/c", 404, ""},
		{"GET", "", "/a/b", 307, "/a/b/"},
		{"POST", "", "/a/b", 200, "POST /a/b"},
		{"PUT", "", "/a/b", 405, "GET, HEAD, POST"},
		{"POST", "", "/x/y", 200, "POST /x/{z}"},
		{"PUT", "", "/x/y", 405, "GET, HEAD, POST"},
		{"GET", "", "/x/z", 405, "POST"},
		{"GET", "", "/deep/er", 404, ""},
		{"GET", "", "/deep/er/still", 405, "DELETE"},
		{"GET", "", "/deep/er/still/more", 404, ""},
	}},
	{"end", []string{"/{$}", "/a/{$}", "GET /b/{x}/{$}", "/c/{x}"}, []ask{
		{"GET", "", "/", 200, "/{$}"},
		{"GET", "", "", 307, "/"},
		{"GET", "", "/a", 307, "/a/"},
		{"GET", "", "/a?x=1&y", 307, "/a/?x=1&y"},
		{"GET", "", "/a/", 200, "/a/{$}"},
		{"GET", "", "/a/b", 404, ""},
		{"GET", "", "/b/1", 307, "/b/1/"},
		{"POST", "", "/b/1", 405, "GET, HEAD"},
		{"GET", "", "/b/1/", 200, "GET /b/{x}/{$}"},
		{"POST", "", "/b/1/", 405, "GET, HEAD"},
		{"GET", "", "/b/", 404, ""},
		{"GET", "", "/c/1/", 404, ""},
		{"GET", "", "/c/", 404, ""},
		{"GET", "", "/a/%2F", 200, "/a/{$}"},
		{"GET", "", "/%2f", 200, "/{$}"},
		{"GET", "", "/c/%2F", 404, ""},
	}},
	{"rest", []string{"/f/{rest...}", "/f/x/{rest...}", "/g/{x}/{rest...}", "/f/x/y/{$}"}, []ask{
		{"GET", "", "/f", 307, "/f/"},
		{"GET", "", "/f/", 200, "/f/{rest...}"},
		{"GET", "", "/f/a/b/", 200, "/f/{rest...}"},
		{"GET", "", "/f/x", 307, "/f/x/"},
		{"POST", "", "/f/x", 307, "/f/x/"},
		{"GET", "", "/f/x/y", 307, "/f/x/y/"},
		{"GET", "", "/f/x/y/", 200, "/f/x/y/{$}"},
		{"GET", "", "/f/x/y/z", 200, "/f/x/{rest...}"},
		{"GET", "", "/g/1", 307, "/g/1/"},
		{"GET", "", "/g/1/", 200, "/g/{x}/{rest...}"},
		{"GET", "", "/g/1/2/3", 200, "/g/{x}/{rest...}"},
		{"GET", "", "/f/a%2Fb/c%20d", 200, "/f/{rest...}"},
		{"GET", "", "/f/a//b", 307, "/f/a/b"},
		{"GET", "", "/f/../g/1/", 307, "/g/1/"},
	}},
	{"subtrees", []string{"/a/", "/a/b/", "/a/b", "GET /a/b/c/{x}", "/s/{x}/"}, []ask{
		{"GET", "", "/a", 307, "/a/"},
		{"GET", "", "/a/x", 200, "/a/"},
		{"GET", "", "/a/b", 200, "/a/b"},
		{"GET", "", "/a/b/", 200, "/a/b/"},
		{"GET", "", "/a/b/c", 200, "/a/b/"},
		{"GET", "", "/a/b/c/", 200, "/a/b/"},
		{"GET", "", "/a/b/c/d", 200, "GET /a/b/c/{x}"},
		{"POST", "", "/a/b/c/d", 200, "/a/b/"},
		{"GET", "", "/s/1", 307, "/s/1/"},
		{"GET", "", "/s/1/2", 200, "/s/{x}/"},
		{"GET", "", "/s/", 404, ""},
	}},
	{"unclean", []string{"/", "GET /a", "/a/b/", "POST /p", "/./dot", "/%2E./dots"}, []ask{
		{"GET", "", "//", 307, "/"},
		{"GET", "", "//a", 307, "/a"},
		{"GET", "", "/a//", 307, "/a/"},
		{"GET", "", "/a//b", 307, "/a/b/"},
		{"GET", "", "/a/./b/", 307, "/a/b/"},
		{"GET", "", "/a/b/..", 307, "/a"},
		{"GET", "", "/a/../../b", 307, "/b"},
		{"GET", "", "/.", 307, "/"},
		{"GET", "", "/..", 307, "/"},
		{"GET", "", "/a/...", 200, "/"},
		{"GET", "", "/.a", 200, "/"},
		{"POST", "", "/p/.?x=/../", 307, "/p?x=/../"},
		{"GET", "", "a", 307, "/a"},
		{"GET", "", "a/b", 307, "/a/b/"},
		{"GET", "", "*", 307, "/*"},
		{"OPTIONS", "", "*", 307, "/*"},
		{"GET", "", "", 307, "/"},
		{"GET", "", "/%2E/dot", 200, "/./dot"},
		{"GET", "", "/./dot", 307, "/dot"},
		{"GET", "", "/%2e%2E/dots", 200, "/%2E./dots"},
	}},
	{"unclean misses", []string{"GET /a/{x}", "POST /b"}, []ask{
		{"GET", "", "/a//", 307, "/a/"},
		{"GET", "", "/a/.", 307, "/a"},
		{"GET", "", "/a/..", 307, "/"},
		{"GET", "", "/a/", 404, ""},
		{"GET", "", "/a/../b", 307, "/b"},
		{"POST", "", "/a/./x", 307, "/a/x"},
		{"POST", "", "/a/x", 405, "GET, HEAD"},
	}},
	{"escapes", []string{"/a%20b", "/a%2Fb", "/x/{v}", "/x/{v}/y", "/plus/a+b", "/it's", "/é", "/%zz", "/pct/%2541", "/r/{rest...}"}, []ask{
		{"GET", "", "/a%2Fb", 200, "/a%2Fb"},
		{"GET", "", "/a%2fb", 200, "/a%2Fb"},
		{"GET", "", "/a/b", 404, ""},
		{"GET", "", "/x/%20", 200, "/x/{v}"},
		{"GET", "", "/x/a%2Fb", 200, "/x/{v}"},
		{"GET", "", "/x/a%2fb/y", 200, "/x/{v}/y"},
		{"GET", "", "/x/a%2Bb+c", 200, "/x/{v}"},
		{"GET", "", "/x/it's%20x", 200, "/x/{v}"},
		{"GET", "", "/x/%2E%2E", 200, "/x/{v}"},
		{"GET", "", "/plus/a%2Bb", 200, "/plus/a+b"},
		{"GET", "", "/it%27s", 200, "/it's"},
		{"GET", "", "/it's", 200, "/it's"},
		{"GET", "", "/é", 200, "/é"},
		{"GET", "", "/%C3%A9", 200, "/é"},
		{"GET", "", "/%25zz", 200, "/%zz"},
		{"GET", "", "/%zz", 200, "/%zz"},
		{"GET", "", "/pct/%2541", 200, "/pct/%2541"},
		{"GET", "", "/r/a%2Fb/%zz", 200, "/r/{rest...}"},
		{"GET", "", "/r//a%20b?q=a%20b", 307, "/r/a%20b?q=a%20b"},
	}},
	{"backtracking", []string{"/a/b/z", "/a/{x}/c", "GET /a/{x}/c/{y}/", "/{p}/b/q/{r...}"}, []ask{
		{"GET", "", "/a/b/z", 200, "/a/b/z"},
		{"GET", "", "/a/b/c", 200, "/a/{x}/c"},
		{"GET", "", "/a/b/c/d", 307, "/a/b/c/d/"},
		{"POST", "", "/a/b/c/d", 405, "GET, HEAD"},
		{"GET", "", "/a/b/q/d", 200, "/{p}/b/q/{r...}"},
		{"GET", "", "/a/b/q", 307, "/a/b/q/"},
		{"GET", "", "/a/b/y", 404, ""},
	}},
	{"connect", []string{"CONNECT /tree/", "/any", "GET /get", "CONNECT a.com/x", "CONNECT a.com:443/y", "/u/{v}", "CONNECT /./dot", "/w/{rest...}"}, []ask{
		{"CONNECT", "a.com:443", "", 404, ""},
		{"CONNECT", "", "/tree", 307, "/tree/"},
		{"CONNECT", "", "/tree/", 200, "CONNECT /tree/"},
		{"CONNECT", "", "/tree//x/../y", 200, "CONNECT /tree/"},
		{"CONNECT", "", "/any", 200, "/any"},
		{"CONNECT", "", "/any/", 404, ""},
		{"CONNECT", "", "/get", 405, "GET, HEAD"},
		{"CONNECT", "a.com", "/x", 200, "CONNECT a.com/x"},
		{"CONNECT", "a.com:443", "/x", 404, ""},
		{"CONNECT", "a.com:443", "/y", 200, "CONNECT a.com:443/y"},
		{"GET", "a.com:443", "/y", 404, ""},
		{"CONNECT", "", "/u/..", 200, "/u/{v}"},
		{"CONNECT", "", "/./dot", 200, "CONNECT /./dot"},
		{"GET", "", "/%2E/dot", 405, "CONNECT"},
		{"CONNECT", "", "/w", 307, "/w/"},
		{"CONNECT", "", "/w/../x", 200, "/w/{rest...}"},
		{"CONNECT", "", "*", 404, ""},
		{"CONNECT", "", "xany", 200, "/any"},
		{"POST", "", "/tree/x", 405, "CONNECT"},
	}},
	{"connect host in URL", []string{"GET a.com/x", "CONNECT a.com/x/", "GET a.com/y", "POST b.com/x"}, []ask{
		{"CONNECT", "a.com", "http://a.com/x", 307, "/x/"},
		{"CONNECT", "c.com", "http://a.com/y", 405, "GET, HEAD"},
		{"CONNECT", "a.com", "/x", 404, ""},
		{"CONNECT", "c.com", "http://b.com/x", 405, "POST"},
		{"CONNECT", "b.com", "/x", 404, ""},
		{"CONNECT", "a.com", "/x/", 200, "CONNECT a.com/x/"},
	}},
	{"long segments", []string{"/12345678", "/123456789", "/1234567890123456", "/1234567890123457", "/{x}/12345678/123456789012345678"}, []ask{
		{"GET", "", "/12345678", 200, "/12345678"},
		{"GET", "", "/123456789", 200, "/123456789"},
		{"GET", "", "/1234567890123456", 200, "/1234567890123456"},
		{"GET", "", "/1234567890123457", 200, "/1234567890123457"},
		{"GET", "", "/1234567890123458", 404, ""},
		{"GET", "", "/1234567", 404, ""},
		{"GET", "", "/1234567890", 404, ""},
		{"GET", "", "/x/12345678/123456789012345678", 200, "/{x}/12345678/123456789012345678"},
		{"GET", "", "/x/12345678/123456789012345679", 404, ""},
		{"GET", "", "/x/1234567%00", 404, ""},
	}},
	{"zero bytes", []string{"/a", "/a%00", "/%00", "/x/{v}"}, []ask{
		{"GET", "", "/a", 200, "/a"},
		{"GET", "", "/a%00", 200, "/a%00"},
		{"GET", "", "/%00", 200, "/%00"},
		{"GET", "", "/%00%00", 404, ""},
		{"GET", "", "/x/%00", 200, "/x/{v}"},
	}},
}
