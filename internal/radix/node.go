package radix

import (
	"maps"
	"math/bits"
	"slices"
)

type node struct {
	// table finds a literal child by the first eight bytes and the length of
	// its segment, so most segments are compared as one integer. It is never
	// empty, has a power of two of slots, and free ones among them.
	table []slot
	mul   uint64 // the table's hash multiplier, searched for few collisions
	shift uint8  // 64 - log2(len(table))
	// hasMulti is set when multi is: most nodes have none, and need not fetch
	// the rest to learn it.
	hasMulti bool
	// methods that have a pattern in this node or below it.
	methods methodSet

	wild *node
	leaf *endpoints // patterns that end here
	*rest
}

// rest is what a look-up seldom needs of a node. Apart from it a node is one
// cache line, which counts when thousands of routes are in use.
type rest struct {
	multi    *endpoints // patterns that end here with a multi wildcard
	slash    *endpoints // patterns that end here with "/{$}"
	literals map[string]*node
}

func newNode() *node { return &node{rest: &rest{}} }

type slot struct {
	word uint64 // the key's first eight bytes
	last uint64 // the last eight bytes of a longer key
	key  string
	node *node
}

func (n *node) addLiteral(key string) *node {
	c := n.literals[key]
	if c == nil {
		if n.literals == nil {
			n.literals = map[string]*node{}
		}
		c = newNode()
		n.literals[key] = c
	}
	return c
}

func (n *node) addWild() *node {
	if n.wild == nil {
		n.wild = newNode()
	}
	return n.wild
}

func (n *node) compile() {
	n.leaf.compile()
	n.multi.compile()
	n.methods = n.leaf.methods() | n.multi.methods()
	n.hasMulti = n.multi != nil
	for _, c := range n.literals {
		c.compile()
		n.methods |= c.methods
	}
	if n.wild != nil {
		n.wild.compile()
		n.methods |= n.wild.methods
	}
	if c := n.literals["/"]; c != nil {
		n.slash = c.leaf
	}
	n.compileTable()
}

// plain reports whether a literal can equal a segment of a clean, unescaped
// path. Those that can't are left to Resolve.
func plain(key string) bool {
	for i := range len(key) {
		if key[i] == '/' {
			return false
		}
	}
	return key != "" && key != "." && key != ".."
}

// compileTable lays the plain literals out in a sparse table, trying
// multipliers until none, or nearly none, collide. Keys are sorted: the same
// patterns make the same table.
func (n *node) compileTable() {
	var keys []slot
	for _, k := range slices.Sorted(maps.Keys(n.literals)) {
		if plain(k) {
			s := slot{word: wordOf(k), key: k, node: n.literals[k]}
			if len(k) > 8 {
				s.last = load64(k, len(k)-8)
			}
			keys = append(keys, s)
		}
	}
	size := tableSize(len(keys))
	n.table = nil
	least, mul := 0, uint64(0x9e3779b97f4a7c15)
	for try := 0; try < 64; try++ {
		table, longest := place(keys, size, mul)
		if n.table == nil || longest < least {
			n.table, n.mul, least = table, mul, longest
			n.shift = uint8(64 - bits.TrailingZeros(uint(size)))
		}
		if least == 0 || len(keys) > 256 {
			return
		}
		mul = mul*0xd1342543de82ef95 | 1
	}
}

// tableSize is a power of two: four to eight slots a key while that fits the
// caches, two to four beyond.
func tableSize(keys int) int {
	switch {
	case keys == 0:
		return 1
	case keys <= 64:
		return 1 << bits.Len(uint(4*keys-1))
	}
	return 1 << bits.Len(uint(2*keys-1))
}

// place builds a table and returns its longest probe.
func place(keys []slot, size int, mul uint64) ([]slot, int) {
	table := make([]slot, size)
	longest := 0
	shift := 64 - bits.TrailingZeros(uint(size))
	for _, k := range keys {
		h := k.word
		if len(k.key) > 8 {
			h = mix(k.word, k.last, len(k.key))
		}
		at, probe := int(h*mul>>shift), 0
		for table[(at+probe)&(size-1)].node != nil {
			probe++
		}
		table[(at+probe)&(size-1)] = k
		longest = max(longest, probe)
	}
	return table, longest
}

// mix is what a key of more than eight bytes is hashed by: its first and last
// eight bytes and its length. Keys that agree in all three are compared in
// full.
func mix(word, last uint64, length int) uint64 {
	return bits.RotateLeft64(word, 23) ^ last ^ uint64(length)
}

// child reads the segment of s that begins at i, and finds the literal child of
// that name, or nil. end is where the segment ends. It repeats segmentAt: a
// call for each step costs more than the work in it.
func (n *node) child(s string, i int) (c *node, end int) {
	var word uint64
	switch rest := len(s) - i; {
	case rest >= 8:
		word = load64(s, i)
	case len(s) >= 8: // what stands before i is shifted out
		word = load64(s, len(s)-8) >> (64 - 8*rest)
	default:
		word = wordOf(s[i:])
	}
	if m := zeros(word ^ slashes); m != 0 {
		bit := bits.TrailingZeros64(m) &^ 7
		word &= 1<<(bit&63) - 1
		end = i + bit>>3
	} else if i+8 >= len(s) {
		end = len(s)
	} else if s[i+8] == '/' {
		end = i + 8
	} else {
		return n.longChild(s, i, word)
	}
	for at := int(word * n.mul >> (n.shift & 63)); ; at++ {
		k := &n.table[at&(len(n.table)-1)]
		if k.word == word && len(k.key) == end-i || k.node == nil {
			return k.node, end
		}
	}
}

// longChild is child for a segment of more than eight bytes.
func (n *node) longChild(s string, i int, word uint64) (c *node, end int) {
	end = slashAfter(s, i+9)
	length, last := end-i, load64(s, end-8)
	for at := int(mix(word, last, length) * n.mul >> (n.shift & 63)); ; at++ {
		k := &n.table[at&(len(n.table)-1)]
		if k.node == nil {
			return nil, end
		}
		if k.word == word && k.last == last && len(k.key) == length && (length <= 16 || k.key == s[i:end]) {
			return k.node, end
		}
	}
}
