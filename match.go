package covet

import (
	"net/http"
	"net/url"
	"strings"
)

// Route describes a registered route.
type Route struct {
	// Pattern is the whole pattern, group prefixes included.
	Pattern string
	// Method, Host and Path are its parts. Method and Host are empty when any
	// will do.
	Method, Host, Path string
	// Source is the file and line that registered it.
	Source string
}

// Routes lists the routes of r and of its groups, in the order of registration.
func (r *Router) Routes() []Route {
	r.app.mu.Lock()
	defer r.app.mu.Unlock()
	var list []Route
	for _, n := range r.app.routes {
		if commonRouter(r, n.router) != r {
			continue
		}
		text := n.pattern.Text
		list = append(list, Route{
			Pattern: text,
			Method:  n.pattern.Method,
			Host:    n.pattern.Host,
			Path:    text[strings.IndexByte(text, '/'):],
			Source:  n.source,
		})
	}
	return list
}

// Match is what the router does with a request.
type Match struct {
	// Status is 200 when a route answers; 307 for a redirect to Location, 404,
	// 405 with Allow, or 400 for a malformed target.
	Status int
	// Pattern is the route's. A redirect has the pattern that it leads to, if
	// there is one.
	Pattern string
	// Names and Values are those of the wildcards, from left to right.
	Names, Values []string
	// Location is where a redirect leads.
	Location string
	// Allow is the Allow header of a 405.
	Allow string
}

// Param returns the value of a wildcard, or "".
func (m Match) Param(name string) string {
	for i, n := range m.Names {
		if n == name {
			return m.Values[i]
		}
	}
	return ""
}

// Match tells what the App would do with a request, without running anything.
// host may be empty or have a port; target is a path as it stands in a request
// line, escaped, maybe with a query. It may be called before the App serves
// and is the server's own lookup.
func (a *App) Match(method, host, target string) Match {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return Match{Status: http.StatusBadRequest}
	}
	t := a.lookups()
	c := a.acquire(t.maxValues)
	c.begin(nil, &http.Request{Method: method, Host: host, URL: u, RequestURI: target})
	c.match(t)
	m := Match{Pattern: c.req.Pattern}
	if c.miss != nil {
		m.Status, m.Location = c.miss.status, c.miss.location
		if c.miss.allow != nil {
			m.Allow = c.miss.allow[0]
		}
	}
	if c.route != nil {
		m.Status, m.Names = http.StatusOK, c.route.names()
		m.Values = append(m.Values, c.search.Values...)
	}
	c.finished = true
	c.release()
	return m
}

// lookups is the table of the routes registered so far.
func (a *App) lookups() *table {
	if t := a.table.Load(); t != nil {
		return t
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.table.Load()
	if t == nil {
		t = a.compile()
		a.table.Store(t)
	}
	return t
}
