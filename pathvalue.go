package covet

import "net/http"

// setPathValues gives r the values of a route's wildcards, for PathValue.
// values must not be written to afterwards. Values that an outer mux gave r
// under other names stay.
func setPathValues(r *http.Request, route *route, values []string) {
	if route.pathNames != nil && !hasMatches(r) {
		setMatches(r, route.pathNames, values)
		return
	}
	for i, name := range route.names() {
		r.SetPathValue(name, values[i])
	}
}
