package sets

import (
	_ "embed"
	"iter"
	"net/http"
	"slices"
	"strings"
)

var (
	//go:embed github.txt
	githubText string
	//go:embed static.txt
	staticText string
)

// lines is the lines of text that say something.
func lines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\n")
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

func github() []Route {
	var routes []Route
	for line := range lines(githubText) {
		words := strings.Fields(line)
		last := len(words) - 1
		for _, method := range words[:last] {
			routes = append(routes, newRoute(method, words[last]))
		}
	}
	return routes
}

func static() Set {
	var routes []Route
	dir := ""
	for line := range lines(staticText) {
		if line[0] == '/' {
			dir = line
			routes = append(routes, newRoute("GET", dir+"{$}"))
			continue
		}
		for _, file := range strings.Fields(line) {
			routes = append(routes, newRoute("GET", dir+file))
		}
	}
	return hits(routes)
}

// misses asks the GitHub set for its paths with a typing error in the last
// literal segment: a router has to go down almost all of the way before it
// sees that it leads nowhere. What follows the error is not too long either:
// echo gives the whole rest of a path to a parameter that ends a route.
func misses() Set {
	s := hits(github())
	s.Status = http.StatusNotFound
	for i, r := range s.Requests {
		s.Requests[i].Path = mistyped(s.Routes[r.Route].Path, r.Path)
	}
	return s
}

func mistyped(pattern, path string) string {
	words, segments := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i, word := range slices.Backward(words) {
		if wildcard(word) == "" {
			segments[i] += "x"
			break
		}
	}
	return strings.Join(segments, "/")
}

// wrongMethods asks each path of the GitHub set by a method that others of its
// routes have.
func wrongMethods() Set {
	s := hits(github())
	s.Status = http.StatusMethodNotAllowed
	methods := map[string][]string{}
	for _, r := range s.Routes {
		methods[r.Path] = append(methods[r.Path], r.Method)
	}
	s.Requests = slices.DeleteFunc(s.Requests, func(r Request) bool {
		return !slices.ContainsFunc(missable, lacks(methods[s.Routes[r.Route].Path]))
	})
	for i, r := range s.Requests {
		has := methods[s.Routes[r.Route].Path]
		s.Requests[i].Method = missable[slices.IndexFunc(missable, lacks(has))]
	}
	return s
}

var missable = []string{"PUT", "DELETE", "POST", "GET"}

func lacks(has []string) func(string) bool {
	return func(method string) bool { return !slices.Contains(has, method) }
}
