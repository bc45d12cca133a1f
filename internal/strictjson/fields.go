package strictjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// fields are the names under which encoding/json finds a struct's fields.
type fields map[string]reflect.Type

// misspelt returns the name that encoding/json takes key for, though it is not
// spelt so, or "".
func (f fields) misspelt(key string) string {
	if _, ok := f[key]; ok {
		return ""
	}
	for name := range f {
		if strings.EqualFold(name, key) {
			return name
		}
	}
	return ""
}

var (
	fieldCache      sync.Map // of fields, by reflect.Type
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// target is the type whose shape the document must have: t without pointers,
// or nil if t reads its JSON itself or takes anything.
func target(t reflect.Type) reflect.Type {
	for t != nil {
		p := reflect.PointerTo(t)
		if p.Implements(unmarshaler) || p.Implements(textUnmarshaler) || t.Kind() == reflect.Interface {
			return nil
		}
		if t.Kind() != reflect.Pointer {
			return t
		}
		t = t.Elem()
	}
	return nil
}

// fieldsOf returns the fields of a struct type, else nil.
func fieldsOf(t reflect.Type) fields {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	if f, ok := fieldCache.Load(t); ok {
		return f.(fields)
	}
	f := fields{}
	collect(f, []reflect.Type{t}, map[reflect.Type]bool{})
	fieldCache.Store(t, f)
	return f
}

// collect adds the fields of the structs of one depth of embedding, then those
// of the next: the outer name hides the inner one.
func collect(f fields, level []reflect.Type, seen map[reflect.Type]bool) {
	var next []reflect.Type
	added := fields{}
	for _, t := range level {
		if seen[t] {
			continue
		}
		seen[t] = true
		for i := range t.NumField() {
			next = addField(added, next, t.Field(i))
		}
	}
	for name, t := range added {
		if _, hidden := f[name]; !hidden {
			f[name] = t
		}
	}
	if next != nil {
		collect(f, next, seen)
	}
}

// addField adds a field, or its type to next if its fields are promoted.
func addField(f fields, next []reflect.Type, field reflect.StructField) []reflect.Type {
	tag := field.Tag.Get("json")
	if tag == "-" {
		return next
	}
	name, _, _ := strings.Cut(tag, ",")
	if field.Anonymous && name == "" {
		t := field.Type
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() == reflect.Struct {
			return append(next, t)
		}
	}
	if !field.IsExported() {
		return next
	}
	if name == "" {
		name = field.Name
	}
	f[name] = field.Type
	return next
}

// elemOf is the type that a member of an object, or an element of an array, is
// to go into.
func elemOf(t reflect.Type, known fields, key string) reflect.Type {
	if t == nil {
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		return known[key]
	case reflect.Map, reflect.Slice, reflect.Array:
		return t.Elem()
	}
	return nil
}
