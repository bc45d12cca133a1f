package sets

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestSizes(t *testing.T) {
	want := map[string]int{
		"static1": 1, "static157": 157, "param1": 1, "param5": 1, "wildcard": 1,
		"github": 203, "routes10": 10, "routes100": 100, "routes1000": 1000,
		"routes10000": 10000, "miss404": 203, "method405": 203,
	}
	for _, row := range Rows() {
		s := row.Set()
		if len(s.Routes) != want[row.Name] {
			t.Errorf("%s has %d routes, want %d", row.Name, len(s.Routes), want[row.Name])
		}
		if len(s.Requests) == 0 {
			t.Errorf("%s has no requests", row.Name)
		}
	}
}

// TestOracle holds the sets against http.ServeMux: a request leads to the
// route, or to the status, that the set says.
func TestOracle(t *testing.T) {
	for _, row := range Rows() {
		s := row.Set()
		mux := http.NewServeMux()
		for _, r := range s.Routes {
			mux.Handle(r.Method+" "+r.Path, http.NotFoundHandler())
		}
		for _, r := range s.Requests {
			checkOracle(t, row.Name, mux, s, r)
		}
	}
}

func checkOracle(t *testing.T, row string, mux *http.ServeMux, s Set, r Request) {
	t.Helper()
	req := httptest.NewRequest(r.Method, r.Path, nil)
	if s.Status == http.StatusOK {
		want := r.Method + " " + s.Routes[r.Route].Path
		if _, got := mux.Handler(req); got != want {
			t.Errorf("%s: %s %s leads to %q, want %q", row, r.Method, r.Path, got, want)
		}
		return
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, req)
	if w.Code != s.Status {
		t.Errorf("%s: %s %s is %d, want %d", row, r.Method, r.Path, w.Code, s.Status)
	}
}
