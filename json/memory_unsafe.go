package json

import "unsafe"

// memory is an address.
type memory = unsafe.Pointer
