//go:build !purego

package covet

import (
	"net/http"
	"reflect"
	"unsafe"
)

// Request.SetPathValue makes a map: about 200 ns and 336 bytes for one value.
// http.ServeMux instead stores its pattern, which has the names, and a slice
// of the values in two private fields of the request. setMatches does the
// same, at offsets that reflection finds.
//
// That leans on a private layout, so it is proved when the program starts: the
// fields must have the expected names and types, and a request filled this way
// must answer PathValue and SetPathValue rightly. If anything differs,
// setPathValues falls back to SetPathValue, which is also all there is under
// -tags purego.

// pathNames is net/http's own pattern for some names in order. nil means that
// there is none and SetPathValue must be used.
type pathNames struct{ pattern unsafe.Pointer }

var (
	patOffset, matchesOffset uintptr
	matchesWork              = findMatches() && probeMatches()
)

func findMatches() bool {
	t := reflect.TypeFor[http.Request]()
	pat, ok1 := t.FieldByName("pat")
	matches, ok2 := t.FieldByName("matches")
	if !ok1 || !ok2 || matches.Type != reflect.TypeFor[[]string]() {
		return false
	}
	if pat.Type.Kind() != reflect.Pointer || pat.Type.Elem().Name() != "pattern" {
		return false
	}
	patOffset, matchesOffset = pat.Offset, matches.Offset
	return true
}

func probeMatches() bool {
	names := newPathNames([]string{"a", "b"})
	r := new(http.Request)
	r.SetPathValue("z", "3")
	setMatches(r, names, []string{"1", "2"})
	if r.PathValue("a") != "1" || r.PathValue("b") != "2" || r.PathValue("z") != "3" {
		return false
	}
	r.SetPathValue("b", "4")
	return r.PathValue("b") == "4" && r.PathValue("a") == "1" && r.PathValue("c") == ""
}

// newPathNames has http.ServeMux parse a pattern with the names, and takes it
// from a request that it matched.
func newPathNames(names []string) *pathNames {
	pattern, path := "", ""
	for _, n := range names {
		pattern += "/{" + n + "}"
		path += "/x"
	}
	mux := http.NewServeMux()
	mux.Handle(pattern, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	r, err := http.NewRequest("GET", path, nil)
	if err != nil {
		return nil
	}
	mux.ServeHTTP(nil, r)
	return &pathNames{pattern: *patField(r)}
}

// patField points at r.pat. The offset is that of a pointer field of this
// very struct type.
func patField(r *http.Request) *unsafe.Pointer {
	return (*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(r), patOffset))
}

// setMatches stores names and values, which must be as many, in r.
func setMatches(r *http.Request, names *pathNames, values []string) {
	*patField(r) = names.pattern
	*(*[]string)(unsafe.Add(unsafe.Pointer(r), matchesOffset)) = values
}

func pathNamesFor(names []string) *pathNames {
	if !matchesWork || len(names) == 0 {
		return nil
	}
	return newPathNames(names)
}

// hasMatches reports whether a ServeMux, or an App around this one, has
// already stored values in r.
func hasMatches(r *http.Request) bool { return *patField(r) != nil }
