package radix

// Methods that have a number of their own. The others share number 0 and are
// looked up by name, which costs a map access: no registered method is common
// enough to deserve more (RFC 9110, section 9; PATCH is RFC 5789, QUERY is
// RFC 10008).
const (
	methodOther = iota
	methodGet
	methodHead
	methodPost
	methodPut
	methodPatch
	methodDelete
	methodOptions
	methodQuery
	methodTrace
	methodConnect
	numMethods
)

var methodNames = [numMethods]string{"", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "TRACE", "CONNECT"}

func methodNumber(m string) int {
	// GET is most of all traffic: spare it the switch.
	if m == "GET" {
		return methodGet
	}
	switch m {
	case "HEAD":
		return methodHead
	case "POST":
		return methodPost
	case "PUT":
		return methodPut
	case "PATCH":
		return methodPatch
	case "DELETE":
		return methodDelete
	case "OPTIONS":
		return methodOptions
	case "QUERY":
		return methodQuery
	case "TRACE":
		return methodTrace
	case "CONNECT":
		return methodConnect
	}
	return methodOther
}

// methodSet has bit n set for method number n. Bit 0, for the methods without
// a number, is set when at least one of them may match.
type methodSet uint16

const other methodSet = 1 << methodOther

// endpoints are the patterns that end at one place of the tree, by method.
type endpoints struct {
	// byNumber is filled by compile: the pattern of the method itself, for
	// HEAD else that of GET, else the one without a method.
	byNumber [numMethods]*Leaf
	// named holds what was registered, under its method or "".
	named map[string]*Leaf
	// matched has the methods that find a pattern here, declared those that a
	// pattern names: what goes into Allow.
	matched, declared methodSet
}

func (e *endpoints) add(l *Leaf) {
	if e.named == nil {
		e.named = map[string]*Leaf{}
	}
	e.named[l.Pattern.Method] = l
}

func (e *endpoints) compile() {
	if e == nil {
		return
	}
	e.matched, e.declared = 0, 0
	for n := range numMethods {
		l := e.lookup(methodNames[n])
		e.byNumber[n] = l
		if l != nil {
			e.matched |= 1 << n
		}
		if l != nil && l.Pattern.Method != "" {
			e.declared |= 1 << n
		}
	}
	for m := range e.named {
		if methodNumber(m) == methodOther {
			e.matched |= other
			e.declared |= other
		}
	}
}

func (e *endpoints) lookup(method string) *Leaf {
	if l := e.named[method]; l != nil {
		return l
	}
	if method == "HEAD" && e.named["GET"] != nil {
		return e.named["GET"]
	}
	return e.named[""]
}

// at returns the leaf for a method, or nil.
func (e *endpoints) at(number int, method string) *Leaf {
	if e == nil {
		return nil
	}
	if number == methodOther {
		return e.lookup(method)
	}
	return e.byNumber[number]
}

// methods is the set of methods that match here.
func (e *endpoints) methods() methodSet {
	if e == nil {
		return 0
	}
	return e.matched
}

// declares is the set of methods that have a pattern of their own here; GET
// brings HEAD along.
func (e *endpoints) declares() methodSet {
	if e == nil {
		return 0
	}
	return e.declared
}
