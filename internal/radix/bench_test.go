package radix

import (
	"strconv"
	"testing"
)

func benchmark(b *testing.B, tree *Tree, asks ...ask) {
	s := &Search{Values: make([]string, 0, tree.MaxValues())}
	b.ReportAllocs()
	for b.Loop() {
		for i := range asks {
			sink, _ = tree.Find(s, asks[i].method, asks[i].host, asks[i].raw)
		}
	}
	if len(asks) > 1 {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(asks)), "ns/request")
	}
}

var sink *Leaf

// BenchmarkFind has one route of each kind beside a few others.
func BenchmarkFind(b *testing.B) {
	tree := newTree(b, "GET /user/repos", "GET /user/{name}", "GET /files/{path...}", "GET /{a}/{b}/{c}/{d}/{e}", "POST /user/repos/{name}", "GET /{$}")
	for _, bb := range []struct {
		name string
		ask
	}{
		{"root", ask{"GET", "", "/", 200, ""}},
		{"static", ask{"GET", "", "/user/repos", 200, ""}},
		{"param1", ask{"GET", "", "/user/gordon", 200, ""}},
		{"param5", ask{"GET", "", "/test/test/test/test/test", 200, ""}},
		{"wildcard", ask{"GET", "", "/files/css/site/main.css", 200, ""}},
		{"404", ask{"GET", "", "/user/gordon/nothing", 404, ""}},
		{"405", ask{"DELETE", "", "/user/repos", 405, ""}},
		{"host", ask{"GET", "example.com", "/user/gordon", 200, ""}},
	} {
		b.Run(bb.name, func(b *testing.B) { benchmark(b, tree, bb.ask) })
	}
}

func BenchmarkGitHub(b *testing.B) {
	tree := newTree(b, githubRoutes...)
	b.Run("all", func(b *testing.B) { benchmark(b, tree, githubRequests()...) })
	for _, bb := range []struct {
		name string
		ask
	}{
		{"static", ask{"GET", "", "/user/repos", 200, ""}},
		{"param1", ask{"GET", "", "/users/gopher", 200, ""}},
		{"param2", ask{"GET", "", "/repos/covetgo/covet/stargazers", 200, ""}},
		{"param3", ask{"GET", "", "/repos/covetgo/covet/issues/1347/comments", 200, ""}},
		{"404", ask{"GET", "", "/repos/covetgo/covet/nothing", 404, ""}},
		{"404first", ask{"GET", "", "/nothing/here/at/all", 404, ""}},
		{"405", ask{"DELETE", "", "/user/repos", 405, ""}},
	} {
		b.Run(bb.name, func(b *testing.B) { benchmark(b, tree, bb.ask) })
	}
}

func BenchmarkRoutes(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 10000} {
		tree := newTree(b, many(n)...)
		last := (n - 4) / 4
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			benchmark(b, tree, ask{"POST", "", "/v1/accounts/17/things" + strconv.Itoa(last/2) + "/4", 200, ""})
		})
		// Every route in turn: the table no longer stays in the first cache.
		b.Run(strconv.Itoa(n)+"/all", func(b *testing.B) {
			var asks []ask
			for i := range n - n%4 {
				k := strconv.Itoa(i / 4)
				asks = append(asks, []ask{
					{method: "GET", raw: "/service" + k + "/items"}, {method: "GET", raw: "/service" + k + "/items/8"},
					{method: "POST", raw: "/v1/accounts/17/things" + k + "/4"}, {method: "GET", raw: "/static/page" + k + ".html"},
				}[i%4])
			}
			benchmark(b, tree, asks...)
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 10000} {
		patterns := many(n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				newTree(b, patterns...)
			}
		})
	}
}
