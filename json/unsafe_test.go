package json

import (
	"reflect"
	"unsafe"
)

// fieldAddress follows f's offsets from the addressable struct v.
func fieldAddress(v reflect.Value, f structField) uintptr {
	base := v.Addr().UnsafePointer()
	for _, p := range f.through {
		base = *(*unsafe.Pointer)(unsafe.Add(base, p.offset))
	}
	return uintptr(base) + f.offset
}

// unexported is the addressable v as if it had been reached through exported
// fields only.
func unexported(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}
