package benchmarks

import (
	"net/http"
	"runtime"
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/covetgo/covet/benchmarks/internal/sets"
)

// working is how many different requests a benchmark makes in turn. 1,024
// with their paths stay in the second level cache, so that what is measured
// is the router and not the fetching of requests.
const working = 1024

// BenchmarkRouter/row/door/router is the time for one request. The request
// is a fresh copy each time and the response's header is empty, as a server's
// would be: a router that stores something there must not find it the next
// time. BenchmarkHarness is what that costs, and is part of each figure.
func BenchmarkRouter(b *testing.B) {
	for _, row := range sets.Rows() {
		b.Run(row.Name, func(b *testing.B) { benchRow(b, row) })
	}
}

func benchRow(b *testing.B, row sets.Row) {
	for _, a := range adapters {
		b.Run(a.door+"/"+a.peer, func(b *testing.B) {
			s := row.Set()
			requests := s.Sample(working)
			if a.loadFast != nil {
				benchFast(b, a.loadFast(s), fastRequests(requests))
				return
			}
			benchHTTP(b, a.load(s), httpRequests(requests))
		})
	}
}

func benchHTTP(b *testing.B, h http.Handler, requests []*http.Request) {
	w, r, i := newDiscard(), new(http.Request), 0
	serve := func() {
		*r = *requests[i]
		h.ServeHTTP(w, r)
		if len(w.header) > 0 {
			clear(w.header)
		}
		if i++; i == len(requests) {
			i = 0
		}
	}
	warm(len(requests), serve)
	b.ReportAllocs()
	for b.Loop() {
		serve()
	}
}

func benchFast(b *testing.B, h fasthttp.RequestHandler, requests []*fasthttp.RequestCtx) {
	i := 0
	serve := func() {
		h(requests[i])
		if requests[i].Response.StatusCode() != http.StatusOK {
			requests[i].Response.Reset()
		}
		if i++; i == len(requests) {
			i = 0
		}
	}
	warm(len(requests), serve)
	b.ReportAllocs()
	for b.Loop() {
		serve()
	}
}

// warm serves each request once, since routers do things then that they never
// do again, and cleans up after that and after the making of the router.
func warm(requests int, serve func()) {
	for range requests {
		serve()
	}
	runtime.GC()
}

// BenchmarkHarness is the loop of BenchmarkRouter around a handler that does
// nothing.
func BenchmarkHarness(b *testing.B) {
	requests := hits("github").Sample(working)
	b.Run("standard", func(b *testing.B) {
		benchHTTP(b, valueReader(0, nil), httpRequests(requests))
	})
	b.Run("fasthttp", func(b *testing.B) {
		benchFast(b, func(*fasthttp.RequestCtx) { last.route = 0 }, fastRequests(requests))
	})
}

func hits(name string) sets.Set {
	for _, row := range sets.Rows() {
		if row.Name == name {
			return row.Set()
		}
	}
	panic("no such row: " + name)
}
