package radix

import (
	"slices"
	"strings"
)

// cacheAllow writes the Allow headers of all endpoints beforehand, so that the
// usual 405 allocates nothing.
func (t *Tree) cacheAllow() {
	for _, l := range t.leaves {
		if set := t.endpointsOf(l.Pattern).declared; set != 0 {
			t.allow[set] = []string{set.header()}
		}
	}
}

// endpointsOf is the place in the tree at which p ends.
func (t *Tree) endpointsOf(p *Pattern) *endpoints {
	n := t.hosts[p.Host]
	for _, s := range p.segments {
		switch s.kind {
		case multi:
			return n.multi
		case single:
			n = n.wild
		default:
			n = n.literals[s.text]
		}
	}
	return n.leaf
}

// allowHeader is nil for the empty set: that path is a 404.
func (t *Tree) allowHeader(set methodSet) []string {
	if set == 0 {
		return nil
	}
	if h := t.allow[set]; h != nil {
		return h
	}
	return []string{set.header()}
}

// header lists the set's methods as http.ServeMux does: sorted, comma, space.
func (set methodSet) header() string {
	var names []string
	for n := 1; n < numMethods; n++ {
		if set&(1<<n) != 0 {
			names = append(names, methodNames[n])
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
