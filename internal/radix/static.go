package radix

import (
	"maps"
	"math/bits"
	"slices"
)

// statics finds a pattern without host and wildcards by its whole path, in one
// step whatever its depth. Nothing is more literal, so what it finds is the
// match. It is a short cut only: a path that has no place in its table, or no
// pattern for the method, goes through the tree.
//
// It halves the time of a static route. The others would pay 2 to 3 ns for the
// vain attempt; lengths spares it to all whose path has not the length of a
// static one.
type statics struct {
	table   []static
	shift   uint8  // 64 - log2(len(table))
	lengths uint64 // bit n: a path of n bytes, modulo 64, is there
}

type static struct {
	path string
	ends *endpoints
}

// staticProbes bounds the search for paths that hash alike: they may differ
// only where hashPath does not look.
const staticProbes = 4

// hashPath mixes the length and the first, middle and last eight bytes.
func hashPath(p string) uint64 {
	h := uint64(len(p))
	if len(p) < 8 {
		h ^= wordOf(p)
	} else {
		h ^= bits.RotateLeft64(load64(p, 0), 23) ^ bits.RotateLeft64(load64(p, len(p)/2-4), 45) ^ load64(p, len(p)-8)
	}
	return h * 0x9e3779b97f4a7c15
}

// mayHave reports whether a path of n bytes is worth a find.
func (t *statics) mayHave(n int) bool { return t.lengths>>(n&63)&1 != 0 }

func (t *statics) find(p string) *endpoints {
	at := int(hashPath(p) >> (t.shift & 63))
	for i := range staticProbes {
		k := &t.table[(at+i)&(len(t.table)-1)]
		if k.path == p || k.ends == nil {
			return k.ends
		}
	}
	return nil
}

// compile fills the table with the static paths below the root n.
func (t *statics) compile(n *node) {
	paths := map[string]*endpoints{}
	n.addStatics("", paths)
	size := tableSize(len(paths))
	*t = statics{table: make([]static, size), shift: uint8(64 - bits.TrailingZeros(uint(size)))}
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		t.add(p, paths[p])
	}
}

func (t *statics) add(p string, e *endpoints) {
	at := int(hashPath(p) >> t.shift)
	for i := range staticProbes {
		if k := &t.table[(at+i)&(len(t.table)-1)]; k.ends == nil {
			*k = static{p, e}
			t.lengths |= 1 << (len(p) & 63)
			return
		}
	}
}

// addStatics collects what can be reached from n by plain literals.
func (n *node) addStatics(path string, to map[string]*endpoints) {
	if n.leaf != nil {
		to[path] = n.leaf
	}
	if n.slash != nil {
		to[path+"/"] = n.slash
	}
	for k, c := range n.literals {
		if plain(k) {
			c.addStatics(path+"/"+k, to)
		}
	}
}
