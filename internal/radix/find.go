package radix

// Search is the state of one look-up. Its owner may reuse it; Values keep
// pointing into the path, which is never recycled.
type Search struct {
	// Values are the wildcards' values, in the order of Pattern.Names. Before
	// the first look-up its capacity must be at least Tree.MaxValues.
	Values []string
	// Allow is the value of the Allow header, as one shared string in a slice
	// that nobody may write to, when only the method was wrong.
	Allow []string

	path   string
	method string
	number int
	bit    methodSet

	// near is set when a pattern was passed by for its method, slashed when
	// one would match the path and a slash. A miss is then not simply a 404.
	near, slashed bool
}

// Find looks up a path that is its own escaped form (URL.RawPath is empty) for
// any method but CONNECT. sure is false when only Resolve can tell: the path
// is not clean, or a redirect is due. Otherwise leaf is the match; or it is
// nil, and s.Allow is nil for a 404, else set for a 405.
//
// host must have no port.
func (t *Tree) Find(s *Search, method, host, path string) (leaf *Leaf, sure bool) {
	s.Allow = nil
	number := methodNumber(method)
	if t.statics.mayHave(len(path)) && (len(t.hosts) == 1 || host == "") {
		if leaf := t.statics.find(path).at(number, method); leaf != nil {
			s.Values = s.Values[:0]
			return leaf, true
		}
	}
	s.path, s.method = path, method
	s.near, s.slashed = false, false
	s.Values = s.Values[:cap(s.Values)]
	s.number = number
	s.bit = 1 << s.number
	if path == "" || path[0] != '/' {
		return nil, false
	}
	if len(t.hosts) > 1 && host != "" {
		if n := t.hosts[host]; n != nil {
			leaf = s.find(n, 0, 0)
		}
	}
	if leaf == nil {
		leaf = s.find(t.anyHost, 0, 0)
	}
	if s.slashed || leaf == nil {
		return t.settle(s, host, leaf)
	}
	return leaf, true
}

// settle decides what find could not: how a miss is to be answered, or a match
// beside which the path with a slash may match better. find matches nothing
// that is not clean, so only a miss has to ask.
func (t *Tree) settle(s *Search, host string, leaf *Leaf) (*Leaf, bool) {
	switch {
	case leaf != nil:
		return leaf, leaf.exact()
	case s.slashed || !clean(s.path):
		return nil, false
	case s.near:
		set := t.around(s, host)
		if set&other != 0 {
			return nil, false // only Resolve knows the names
		}
		s.Allow = t.allowHeader(set)
	}
	return nil, true
}

// exact reports whether p has no multi wildcard: whatever it matches, it
// matches to the last segment.
func (l *Leaf) exact() bool {
	segs := l.Pattern.segments
	return segs[len(segs)-1].kind != multi
}

// around collects, for a miss, the methods that the path has patterns for.
func (t *Tree) around(s *Search, host string) methodSet {
	set := s.around(t.anyHost, 0)
	if n := t.hosts[host]; n != nil && host != "" {
		set |= s.around(n, 0)
	}
	return set
}

// find descends from n, where path[i] is the slash before the next segment,
// and v values are set. It is one loop, for speed: a literal child first, then
// the wildcard, then the multi wildcard, coming back by recursion only where a
// node leaves a choice.
func (s *Search) find(n *node, i, v int) *Leaf {
	path := s.path
	for {
		if i+1 == len(path) {
			return s.findSlash(n, v)
		}
		var c *node
		end := 0
		if len(n.table) > 1 {
			c, end = n.child(path, i+1)
		} else { // no literals
			end = slashAfter(path, i+1)
		}
		if c != nil {
			switch {
			case c.methods&s.bit == 0:
				s.near = true
			case end == len(path):
				if l := s.findLeaf(c, v); l != nil {
					return l
				}
			case n.wild == nil && !n.hasMulti:
				n, i = c, end
				continue
			default:
				if l := s.find(c, end, v); l != nil {
					return l
				}
			}
		}
		if c := n.wild; c != nil {
			if dotSegment(path[i+1 : end]) {
				return nil // settle will see it too
			}
			s.Values[v] = path[i+1 : end]
			switch {
			case c.methods&s.bit == 0:
				s.near = true
			case end == len(path):
				if l := s.findLeaf(c, v+1); l != nil {
					return l
				}
			case !n.hasMulti:
				n, i, v = c, end, v+1
				continue
			default:
				if l := s.find(c, end, v+1); l != nil {
					return l
				}
			}
		}
		return s.findMulti(n, i, v)
	}
}

// findLeaf ends a look-up whose path ends at n without a trailing slash.
func (s *Search) findLeaf(n *node, v int) *Leaf {
	if l := n.leaf.at(s.number, s.method); l != nil {
		s.Values = s.Values[:v]
		return l
	}
	s.near = s.near || n.leaf != nil || n.slash != nil || n.hasMulti
	s.slashed = s.slashed || n.slash.at(s.number, s.method) != nil || n.multi.at(s.number, s.method) != nil
	return nil
}

// findSlash ends a look-up whose path has a last, single slash at n.
func (s *Search) findSlash(n *node, v int) *Leaf {
	if l := n.slash.at(s.number, s.method); l != nil {
		s.Values = s.Values[:v]
		return l
	}
	s.near = s.near || n.slash != nil
	return s.findMulti(n, len(s.path)-1, v)
}

func (s *Search) findMulti(n *node, i, v int) *Leaf {
	if !n.hasMulti {
		return nil
	}
	l := n.multi.at(s.number, s.method)
	if l == nil {
		s.near = true
		return nil
	}
	if !clean(s.path[i:]) {
		return nil
	}
	if len(l.Pattern.Names) > v {
		s.Values[v] = s.path[i+1:]
		v++
	}
	s.Values = s.Values[:v]
	return l
}

// around visits every pattern that the path, or the path and a slash, leads
// to below n.
func (s *Search) around(n *node, i int) methodSet {
	if i == len(s.path) {
		return n.leaf.declares() | n.slash.declares() | n.multi.declares()
	}
	set := n.multi.declares()
	if i+1 == len(s.path) {
		return set | n.slash.declares()
	}
	literal, end := n.child(s.path, i+1)
	for _, c := range [2]*node{literal, n.wild} {
		if c != nil {
			set |= s.around(c, end)
		}
	}
	return set
}
