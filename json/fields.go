package json

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// A structField is one member of the JSON object of a struct type.
type structField struct {
	name   string       // the key, not escaped
	index  []int        // the path for reflect.Value.FieldByIndex
	typ    reflect.Type // as declared, pointers included
	tagged bool         // the name comes from the tag

	omitEmpty bool
	omitZero  bool
	quoted    bool // the "string" option, where it has a meaning

	// isZero is the type's own idea of zero for omitZero. Nil means that
	// reflect.Value.IsZero decides.
	isZero func(reflect.Value) bool

	// through lists the embedded pointers on the way to the field, outermost
	// first. offset counts from the struct that the last of them points to, or
	// from the whole struct where there are none.
	through []embeddedPointer
	offset  uintptr
}

// An embeddedPointer is a pointer to a struct that a struct embeds.
type embeddedPointer struct {
	offset   uintptr      // from the struct that the one before points to
	elem     reflect.Type // the struct type
	exported bool         // false: reflect can't set it
}

// fieldsOf returns the members of the struct type t in the order in which they
// are written.
//
// The rules are encoding/json's. The tree of embedded structs is searched level
// by level. The shallowest field of a name wins; among several at that level
// the only tagged one wins; otherwise none of them is a member.
func fieldsOf(t reflect.Type) []structField {
	s := fieldSearch{visited: map[reflect.Type]bool{}}
	level := []embedding{{typ: t}}
	count := map[reflect.Type]int{}
	for len(level) > 0 {
		level, count = s.searchLevel(level, count)
	}
	return dominantFields(s.found)
}

// fieldSearch is the state of one walk through embedded structs.
type fieldSearch struct {
	visited map[reflect.Type]bool
	found   []structField
}

// An embedding is a struct to look into and the way to it.
type embedding struct {
	typ     reflect.Type
	index   []int
	through []embeddedPointer
	offset  uintptr
}

// searchLevel looks into the structs of one level. It returns those of the next
// level, each type once, and how often each type occurs there.
//
// A type that was met at a shallower level hides itself further down. A type
// that occurs twice at one level is looked into once, but its fields count
// twice, so that they annihilate one another.
func (s *fieldSearch) searchLevel(level []embedding, count map[reflect.Type]int) ([]embedding, map[reflect.Type]int) {
	var next []embedding
	nextCount := map[reflect.Type]int{}
	for _, e := range level {
		if s.visited[e.typ] {
			continue
		}
		s.visited[e.typ] = true
		for i := range e.typ.NumField() {
			f, isMember, ok := e.field(i)
			if !ok {
				continue
			}
			if isMember {
				s.found = append(s.found, f)
				if count[e.typ] > 1 {
					s.found = append(s.found, f)
				}
				continue
			}
			in := f.embedded(e.typ.Field(i).IsExported())
			if nextCount[in.typ]++; nextCount[in.typ] == 1 {
				next = append(next, in)
			}
		}
	}
	return next, nextCount
}

// field reads field i of the struct. isMember is false for an embedded struct
// whose own fields are to be looked at. ok is false for a field to ignore.
func (e *embedding) field(i int) (f structField, isMember, ok bool) {
	sf := e.typ.Field(i)
	tag := sf.Tag.Get("json")
	if isIgnored(sf) || tag == "-" {
		return f, false, false
	}
	name, options := parseTag(tag)
	f = structField{
		name:      cmp.Or(name, sf.Name),
		index:     append(slices.Clip(e.index), i),
		typ:       sf.Type,
		tagged:    name != "",
		omitEmpty: hasOption(options, "omitempty"),
		omitZero:  hasOption(options, "omitzero"),
		quoted:    hasOption(options, "string") && isQuotable(pointee(sf.Type)),
		through:   e.through,
		offset:    e.offset + sf.Offset,
	}
	if f.omitZero {
		f.isZero = zeroMethod(sf.Type)
	}
	isMember = f.tagged || !sf.Anonymous || pointee(sf.Type).Kind() != reflect.Struct
	return f, isMember, true
}

// embedded is the way into f, an embedded struct or a pointer to one.
func (f *structField) embedded(exported bool) embedding {
	e := embedding{typ: f.typ, index: f.index, through: f.through, offset: f.offset}
	if f.typ.Kind() == reflect.Pointer {
		e.typ = f.typ.Elem()
		p := embeddedPointer{offset: f.offset, elem: e.typ, exported: exported}
		e.through, e.offset = append(slices.Clip(f.through), p), 0
	}
	return e
}

// isIgnored reports whether sf can't be a member for want of an exported name.
// An embedded struct of unexported type may still have exported fields.
func isIgnored(sf reflect.StructField) bool {
	if sf.IsExported() {
		return false
	}
	t := sf.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return !sf.Anonymous || t.Kind() != reflect.Struct
}

// pointee is what an unnamed pointer type points to, and t otherwise.
func pointee(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		return t.Elem()
	}
	return t
}

// isQuotable reports whether the "string" option has a meaning for t.
func isQuotable(t reflect.Type) bool {
	switch k := t.Kind(); k {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64:
		return true
	default:
		return reflect.Int <= k && k <= reflect.Uintptr
	}
}

// hasOption reports whether the comma separated options contain want.
func hasOption(options, want string) bool {
	for option := range strings.SplitSeq(options, ",") {
		if option == want {
			return true
		}
	}
	return false
}

// dominantFields keeps, of the fields of each name, the one that hides the
// others, and returns them in the order of the struct.
func dominantFields(found []structField) []structField {
	slices.SortFunc(found, func(a, b structField) int {
		return cmp.Or(
			strings.Compare(a.name, b.name),
			cmp.Compare(len(a.index), len(b.index)),
			taggedFirst(a, b),
			slices.Compare(a.index, b.index),
		)
	})
	kept := found[:0]
	for i := 0; i < len(found); {
		end := i + 1
		for end < len(found) && found[end].name == found[i].name {
			end++
		}
		if end == i+1 || !sameRank(found[i], found[i+1]) {
			kept = append(kept, found[i])
		}
		i = end
	}
	slices.SortFunc(kept, func(a, b structField) int { return slices.Compare(a.index, b.index) })
	return kept
}

// taggedFirst orders a field with a name from its tag before one without.
func taggedFirst(a, b structField) int {
	switch {
	case a.tagged == b.tagged:
		return 0
	case a.tagged:
		return -1
	default:
		return 1
	}
}

// sameRank reports whether neither of two fields of one name hides the other.
func sameRank(a, b structField) bool {
	return len(a.index) == len(b.index) && a.tagged == b.tagged
}

type zeroer interface{ IsZero() bool }

var zeroerType = reflect.TypeFor[zeroer]()

// zeroMethod returns how to ask a value of type t for its IsZero method, or nil
// if it has none. A nil pointer or interface is zero without being asked.
func zeroMethod(t reflect.Type) func(reflect.Value) bool {
	has := t.Implements(zeroerType)
	switch {
	case has && t.Kind() == reflect.Interface:
		return func(v reflect.Value) bool {
			if v.IsNil() || v.Elem().Kind() == reflect.Pointer && v.Elem().IsNil() {
				return true
			}
			return v.Interface().(zeroer).IsZero()
		}
	case has && t.Kind() == reflect.Pointer:
		return func(v reflect.Value) bool { return v.IsNil() || v.Interface().(zeroer).IsZero() }
	case has:
		return func(v reflect.Value) bool { return v.Interface().(zeroer).IsZero() }
	case reflect.PointerTo(t).Implements(zeroerType):
		return func(v reflect.Value) bool { return addressable(v).Addr().Interface().(zeroer).IsZero() }
	}
	return nil
}

// addressable returns v, or a copy of it that has an address.
func addressable(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v
	}
	p := reflect.New(v.Type()).Elem()
	p.Set(v)
	return p
}
