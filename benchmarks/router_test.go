package benchmarks

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/covetgo/covet/benchmarks/internal/sets"
)

// TestRouters requires of every router what the benchmarks assume: the right
// handler with the right values for every request of every set, and the right
// status where there is none.
func TestRouters(t *testing.T) {
	for _, row := range sets.Rows() {
		t.Run(row.Name, func(t *testing.T) {
			for _, a := range adapters {
				t.Run(a.door+"/"+a.peer, func(t *testing.T) { checkRouter(t, a, row.Set()) })
			}
		})
	}
}

func checkRouter(t *testing.T, a adapter, s sets.Set) {
	serve := a.serve(s)
	for i, r := range s.Requests {
		last = seen{route: -1}
		status := serve(i)
		if problem := a.judge(s, r, status); problem != "" {
			t.Fatalf("%s %s: %s", r.Method, r.Path, problem)
		}
	}
}

// serve is a function that serves the i-th request and tells the status.
func (a adapter) serve(s sets.Set) func(i int) int {
	if a.loadFast != nil {
		return serveFast(a.loadFast(s), fastRequests(s.Requests))
	}
	return serveHTTP(a.load(s), httpRequests(s.Requests))
}

func serveHTTP(h http.Handler, requests []*http.Request) func(int) int {
	return func(i int) int {
		w := newDiscard()
		h.ServeHTTP(w, requests[i])
		if w.status == 0 {
			return http.StatusOK
		}
		return w.status
	}
}

func serveFast(h fasthttp.RequestHandler, requests []*fasthttp.RequestCtx) func(int) int {
	return func(i int) int {
		h(requests[i])
		return requests[i].Response.StatusCode()
	}
}

// judge says what is wrong with an answer, or "".
func (a adapter) judge(s sets.Set, r sets.Request, status int) string {
	switch {
	case a.lax && s.Status == http.StatusMethodNotAllowed && status == http.StatusNotFound:
		return unless(last.route == -1, "a handler ran")
	case status != s.Status:
		return "status " + http.StatusText(status)
	case status != http.StatusOK:
		return unless(last.route == -1, "a handler ran")
	case last.route != r.Route:
		return "another route answered"
	case a.blind:
		return ""
	}
	got := last.values[:len(r.Values)]
	return unless(slices.EqualFunc(got, r.Values, sameValue), "values "+strings.Join(got, ", "))
}

// sameValue is equality, but for the slash that gin and httprouter leave at
// the beginning of a wildcard's value.
func sameValue(got, want string) bool {
	return got == want || strings.Contains(want, "/") && got == "/"+want
}

func unless(ok bool, problem string) string {
	if ok {
		return ""
	}
	return problem
}
