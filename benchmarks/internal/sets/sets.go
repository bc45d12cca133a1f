// Package sets holds the route sets that the routers are measured on, and the
// requests made of them.
package sets

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
)

// Route is one route in http.ServeMux's notation.
type Route struct {
	Method string
	Path   string
	Names  []string // of the wildcards, in order
}

// Request is a request and what a router must make of it.
type Request struct {
	Method string
	Path   string
	Route  int      // index in Set.Routes; none if Set.Status is not 200
	Values []string // of the route's wildcards
}

// Set is some routes and requests of them. Status is the answer to all its
// requests.
type Set struct {
	Routes   []Route
	Requests []Request
	Status   int
}

// Row is a line of the tables.
type Row struct {
	Name  string // in the name of the benchmark
	Title string // in the documents
	Set   func() Set
}

// Rows are all rows, in the order of the tables. Their sets are made when
// they are first asked for.
func Rows() []Row { return rows }

var rows = []Row{
	row("static1", "1 static route", func() Set { return one("/hello", "/hello") }),
	row("static157", "157 static routes", static),
	row("param1", "1 parameter", func() Set { return one("/user/{name}", "/user/gordon", "gordon") }),
	row("param5", "5 parameters", func() Set {
		return one("/{a}/{b}/{c}/{d}/{e}", "/test1/test2/test3/test4/test5",
			"test1", "test2", "test3", "test4", "test5")
	}),
	row("wildcard", "wildcard", func() Set {
		return one("/files/{path...}", "/files/css/app/main.css", "css/app/main.css")
	}),
	row("github", "GitHub, 203 routes", func() Set { return hits(github()) }),
	row("routes10", "10 routes", func() Set { return hits(rest(1)) }),
	row("routes100", "100 routes", func() Set { return hits(rest(10)) }),
	row("routes1000", "1,000 routes", func() Set { return hits(rest(100)) }),
	row("routes10000", "10,000 routes", func() Set { return hits(rest(1000)) }),
	row("miss404", "GitHub, no such path (404)", misses),
	row("method405", "GitHub, method not allowed (405)", wrongMethods),
}

func row(name, title string, set func() Set) Row {
	return Row{name, title, sync.OnceValue(set)}
}

// one is a set of one GET route.
func one(pattern, path string, values ...string) Set {
	return Set{
		Routes:   []Route{newRoute("GET", pattern)},
		Requests: []Request{{Method: "GET", Path: path, Values: values}},
		Status:   http.StatusOK,
	}
}

// hits asks for each of the routes once.
func hits(routes []Route) Set {
	s := Set{Routes: routes, Status: http.StatusOK}
	for i, r := range routes {
		s.Requests = append(s.Requests, r.request(i))
	}
	return s
}

func newRoute(method, path string) Route {
	r := Route{Method: method, Path: path}
	for segment := range strings.SplitSeq(path, "/") {
		if name := wildcard(segment); name != "" {
			r.Names = append(r.Names, strings.TrimSuffix(name, "..."))
		}
	}
	return r
}

// wildcard is the name in a segment, or "".
func wildcard(segment string) string {
	if strings.HasPrefix(segment, "{") && segment != "{$}" {
		return segment[1 : len(segment)-1]
	}
	return ""
}

// request is a request for r with values that no other route has: a test
// sees which route answered, and that each value went to its name.
func (r Route) request(id int) Request {
	req := Request{Method: r.Method, Path: r.Spell("{%}", "{%...}"), Route: id}
	for i, name := range r.Names {
		value := fmt.Sprintf("%.4s%d-%d", name, i, id)
		req.Path = strings.Replace(req.Path, "{"+name+"}", value, 1)
		req.Values = append(req.Values, value)
	}
	return req
}

// Spell is the path of r in another notation: param and rest are a wildcard
// for one segment and for all that follow, with % for the name. Literal paths
// that end in a slash lose the {$} that keeps ServeMux from matching below.
func (r Route) Spell(param, rest string) string {
	segments := strings.Split(r.Path, "/")
	for i, s := range segments {
		name := wildcard(s)
		switch short, multi := strings.CutSuffix(name, "..."); {
		case s == "{$}":
			segments[i] = ""
		case multi:
			segments[i] = strings.ReplaceAll(rest, "%", short)
		case name != "":
			segments[i] = strings.ReplaceAll(param, "%", name)
		}
	}
	return strings.Join(segments, "/")
}

// NamesWith is the names of r for routers that call a wildcard for the rest of
// a path always the same.
func (r Route) NamesWith(rest string) []string {
	names := append([]string(nil), r.Names...)
	if strings.HasSuffix(r.Path, "...}") {
		names[len(names)-1] = rest
	}
	return names
}

// Sample is at most n of the requests, the same ones each time, in an order
// that no router can profit from.
func (s Set) Sample(n int) []Request {
	random := rand.New(rand.NewPCG(1, 2))
	sample := make([]Request, 0, n)
	for _, i := range random.Perm(len(s.Requests)) {
		if len(sample) == n {
			break
		}
		sample = append(sample, s.Requests[i])
	}
	return sample
}
