package radix

import (
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
)

// Result is what Resolve found. Leaf is nil for a redirect and for a miss.
type Result struct {
	Leaf   *Leaf
	Values []string
	// Location is where to redirect to, with status 307.
	Location string
	// Pattern is the text for Request.Pattern; a redirect has one too if what
	// it leads to is known.
	Pattern string
	// Allow is the Allow header when only the method was wrong.
	Allow string
}

// Resolve looks up any request, as http.ServeMux of Go 1.27 does: host and u
// are Request.Host and Request.URL. (Go 1.26 escapes the Location of a
// redirect twice.)
func (t *Tree) Resolve(method, host string, u *url.URL) Result {
	if method == "CONNECT" {
		return t.resolveConnect(host, u)
	}
	escaped := u.EscapedPath()
	path := CleanPath(escaped)
	m := matcher{method: method, number: methodNumber(method), host: StripPort(host), hosts: t.hosts}
	leaf, values, redirect := m.matchOrSlash(path)
	switch {
	case redirect:
		return Result{Location: location(path+"/", u), Pattern: leaf.Pattern.Text}
	case path != escaped:
		return Result{Location: location(path, u), Pattern: textOf(leaf)}
	case leaf == nil:
		return Result{Allow: m.allow(path)}
	}
	return Result{Leaf: leaf, Values: values, Pattern: leaf.Pattern.Text}
}

// resolveConnect looks up a CONNECT request: its path is not cleaned and its
// port counts. The redirect and Allow look at the host in the URL instead.
func (t *Tree) resolveConnect(host string, u *url.URL) Result {
	path := u.EscapedPath()
	m := matcher{method: "CONNECT", number: methodConnect, host: u.Host, hosts: t.hosts}
	if _, _, redirect := m.matchOrSlash(path); redirect {
		return Result{Location: location(path+"/", u), Pattern: unescape(path + "/")}
	}
	m.host = host
	leaf, values := m.match(path)
	if leaf == nil {
		m.host = u.Host
		return Result{Allow: m.allow(path)}
	}
	return Result{Leaf: leaf, Values: values, Pattern: leaf.Pattern.Text}
}

func textOf(l *Leaf) string {
	if l == nil {
		return ""
	}
	return l.Pattern.Text
}

// location is a relative reference to an escaped path, with u's query.
func location(escaped string, u *url.URL) string {
	to := url.URL{Path: unescape(escaped), RawPath: escaped, RawQuery: u.RawQuery}
	return to.String()
}

// StripPort returns host without a port, if it has one.
func StripPort(host string) string {
	if !strings.Contains(host, ":") {
		return host
	}
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return host
}

// matcher walks the tree along an escaped path.
type matcher struct {
	method string
	number int
	host   string
	hosts  map[string]*node
}

// match finds the pattern for a path, those of the host first.
func (m *matcher) match(path string) (*Leaf, []string) {
	if m.host != "" {
		if l, v := m.walk(m.hosts[m.host], path, nil); l != nil {
			return l, v
		}
	}
	return m.walk(m.hosts[""], path, nil)
}

// matchOrSlash is match, but if the path is matched by nothing, or only by the
// part of it that a multi wildcard swallows, and a pattern matches the path and
// a slash exactly, then that one is returned, with redirect set.
func (m *matcher) matchOrSlash(path string) (leaf *Leaf, values []string, redirect bool) {
	leaf, values = m.match(path)
	if exactMatch(leaf, path) || path == "" || strings.HasSuffix(path, "/") {
		return leaf, values, false
	}
	if l, _ := m.match(path + "/"); exactMatch(l, path+"/") {
		return l, nil, true
	}
	return leaf, values, false
}

// exactMatch reports whether no multi wildcard stands for anything in path.
func exactMatch(l *Leaf, path string) bool {
	if l == nil || l.exact() {
		return l != nil
	}
	return strings.HasSuffix(path, "/") && len(l.Pattern.segments) == strings.Count(path, "/")
}

func (m *matcher) walk(n *node, path string, values []string) (*Leaf, []string) {
	if n == nil {
		return nil, nil
	}
	if path == "" {
		return n.leaf.at(m.number, m.method), values
	}
	seg, rest := firstSegment(path)
	if l, v := m.walk(n.literals[seg], rest, values); l != nil {
		return l, v
	}
	if seg != "/" { // a wildcard does not match a trailing slash
		if l, v := m.walk(n.wild, rest, append(values, seg)); l != nil {
			return l, v
		}
	}
	l := n.multi.at(m.number, m.method)
	if l != nil && len(l.Pattern.Names) > len(values) {
		values = append(values, unescape(path[1:]))
	}
	return l, values
}

// firstSegment splits the first segment off a path and unescapes it. That of
// "/" is "/".
func firstSegment(path string) (seg, rest string) {
	if path == "/" {
		return "/", ""
	}
	path = path[1:]
	if i := strings.IndexByte(path, '/'); i >= 0 {
		return unescape(path[:i]), path[i:]
	}
	return unescape(path), ""
}

// allow is the Allow header for a path that no pattern of the method matches.
func (m *matcher) allow(path string) string {
	set := map[string]bool{}
	paths := []string{path}
	if !strings.HasSuffix(path, "/") {
		paths = append(paths, path+"/")
	}
	for _, p := range paths {
		collect(m.hosts[""], p, set)
		if m.host != "" {
			collect(m.hosts[m.host], p, set)
		}
	}
	if set["GET"] {
		set["HEAD"] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(set)), ", ")
}

// collect adds the methods of all patterns below n that match the path.
func collect(n *node, path string, set map[string]bool) {
	if n == nil {
		return
	}
	if path == "" {
		n.leaf.addTo(set)
		return
	}
	n.multi.addTo(set)
	seg, rest := firstSegment(path)
	collect(n.literals[seg], rest, set)
	if seg != "/" {
		collect(n.wild, rest, set)
	}
}

func (e *endpoints) addTo(set map[string]bool) {
	if e == nil {
		return
	}
	for m := range e.named {
		if m != "" {
			set[m] = true
		}
	}
}
