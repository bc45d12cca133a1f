//go:build !race

package radix

import "testing"

// TestAllocations: Find allocates nothing, whatever it is sure of.
func TestAllocations(t *testing.T) {
	tree := newTree(t, append(githubRoutes, "/files/{rest...}", "GET a.com/host/{x}", "POST /methods/a", "GET /methods/{x}")...)
	s := &Search{Values: make([]string, 0, tree.MaxValues())}
	for _, a := range []ask{
		{"GET", "", "/user/repos", 200, ""},
		{"HEAD", "", "/user/repos", 200, ""},
		{"GET", "", "/repos/a/b/git/blobs/c", 200, ""},
		{"PUT", "", "/files/a/long/path/to/a/file", 200, ""},
		{"GET", "a.com", "/host/1", 200, ""},
		{"GET", "", "/nothing/here", 404, ""},
		{"GET", "", "/repos/a/b/nothing", 404, ""},
		{"PATCH", "", "/user/repos", 405, "GET, HEAD, POST"},
		{"BREW", "", "/repos/a/b/issues", 405, "GET, HEAD, POST"},
		{"PUT", "a.com", "/host/1", 405, "GET, HEAD"},
		{"PUT", "", "/methods/a", 405, "GET, HEAD, POST"}, // of two places
	} {
		allocs := testing.AllocsPerRun(100, func() {
			leaf, sure := tree.Find(s, a.method, a.host, a.raw)
			status := 404
			switch {
			case leaf != nil:
				status = 200
			case s.Allow != nil:
				status = 405
			}
			if !sure || status != a.status || status == 405 && s.Allow[0] != a.want {
				t.Fatalf("%v: %v %v %q", a, leaf, sure, s.Allow)
			}
		})
		if allocs != 0 {
			t.Errorf("%v allocates %v times", a, allocs)
		}
	}
}
