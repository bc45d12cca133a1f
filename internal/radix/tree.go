package radix

import "fmt"

// Tree holds the patterns. Add all of them, then Compile, then look up; the
// look-ups are safe for concurrent use, Add is not.
type Tree struct {
	// anyHost is the tree of the patterns without a host.
	anyHost *node
	hosts   map[string]*node
	leaves  map[string]*Leaf // by shape

	statics   statics
	maxValues int
	allow     map[methodSet][]string
}

// Leaf is one registered pattern.
type Leaf struct {
	Pattern *Pattern
	// Value is the caller's.
	Value any
}

// ConflictError says that two patterns match the same requests.
type ConflictError struct{ Old, New *Leaf }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("pattern %q matches the same requests as %q", e.New.Pattern.Text, e.Old.Pattern.Text)
}

// Add registers p with a value of the caller's. The only refusal is a
// *ConflictError: a pattern of the same method, host and shape is there.
// Patterns that merely overlap are fine, the more literal segment from the
// left wins.
func (t *Tree) Add(p *Pattern, value any) error {
	l := &Leaf{Pattern: p, Value: value}
	shape := p.Shape()
	if old := t.leaves[shape]; old != nil {
		return &ConflictError{Old: old, New: l}
	}
	t.init()
	t.leaves[shape] = l
	t.maxValues = max(t.maxValues, len(p.Names))
	insert(t.root(p.Host), l)
	return nil
}

func (t *Tree) init() {
	if t.leaves == nil {
		t.leaves = map[string]*Leaf{}
		t.hosts = map[string]*node{}
	}
}

func (t *Tree) root(host string) *node {
	n := t.hosts[host]
	if n == nil {
		n = newNode()
		t.hosts[host] = n
	}
	return n
}

func insert(n *node, l *Leaf) {
	for _, s := range l.Pattern.segments {
		switch s.kind {
		case literal:
			n = n.addLiteral(s.text)
		case single:
			n = n.addWild()
		case multi:
			if n.multi == nil {
				n.multi = &endpoints{}
			}
			n.multi.add(l)
			return
		}
	}
	if n.leaf == nil {
		n.leaf = &endpoints{}
	}
	n.leaf.add(l)
}

// Compile prepares the look-ups. It may be called again after more Adds.
func (t *Tree) Compile() {
	t.init()
	t.allow = map[methodSet][]string{}
	t.anyHost = t.root("")
	for _, n := range t.hosts {
		n.compile()
	}
	t.statics.compile(t.anyHost)
	t.cacheAllow()
}

// MaxValues is the largest number of values that a look-up yields.
func (t *Tree) MaxValues() int { return t.maxValues }
