package json

import "reflect"

// An encodePlan is how values of one type are written: steps for a machine that
// has the address of a value and a buffer (encoder.run).
//
// Whatever is known from the type is text beside the steps. For
//
//	struct {
//		ID   int    `json:"id"`
//		Name string `json:"name"`
//		Tag  string `json:"tag,omitempty"`
//		Pos  struct{ X, Y float64 }
//	}
//
// the plan is
//
//	text          step
//	{"id":        int     at 0
//	,"name":      string  at 8
//	              skip the next one if the string at 24 is empty
//	,"tag":       string  at 24
//	,"Pos":{"X":  float64 at 40
//	,"Y":         float64 at 48
//	}}            none
//
// Structs inside of structs vanish into the text. What is behind a pointer, in a
// slice, map or array has a plan of its own, since its address is found only at
// run time.
type encodePlan struct {
	typ  reflect.Type
	ops  []encodeOp
	done bool // false while it is being compiled

	// recursive: a value may contain another one of this plan. Such plans count
	// how deep they are, to notice a value that contains itself.
	recursive bool

	// direct: an interface holds values of typ in its data word, not a pointer to
	// them.
	direct bool

	size resultSize
}

// An encodeOp is one step: first its text, then the value.
type encodeOp struct {
	code    encodeCode
	room    int     // bytes that the step may write, text and slack included
	text    memory  // padded to a multiple of 16 bytes, not nil
	textLen int     // without the padding
	off     uintptr // of the value, from the address of the plan's value
	n       int     // elements of an array; for a skip, the step to go on after
	plan    *encodePlan
	typ     reflect.Type
	more    any // what only one code has: *mapPlan, []embeddedPointer, func
}

// encodeCode says how a step writes its value.
type encodeCode uint8

const (
	opNone encodeCode = iota // text only

	opBool
	opInt8
	opInt16
	opInt32
	opInt64
	opUint8
	opUint16
	opUint32
	opUint64
	opFloat32
	opFloat64
	opString
	opNumber
	opBytes
	opQuoted // a value inside of a string: plan writes it

	opAny       // interface{}
	opInterface // interface with methods
	opPointer
	opSlice
	opSliceInt64
	opSliceFloat64
	opSliceString
	opArray
	opArrayFloat64
	opMap
	opObject   // a struct all of whose members may be missing
	opEmbedded // a member behind embedded pointers
	opPlan     // a plan on the same value
	opDeeper   // the same, counting the depth

	opRaw
	opTime
	opTimePointer
	opMarshaler
	opMarshalerPointer
	opMarshalerInterface
	opText
	opTextPointer
	opTextInterface
	opStandard // encoding/json writes it
	opUnsupported

	// Skips: if the value at off is empty, go on after step n.
	opSkip8
	opSkip16
	opSkip32
	opSkip64
	opSkipFloat32
	opSkipFloat64
	opSkipEmpty // length 0
	opSkipFunc  // more says so
	opSkip      // always
)

// valueRoom is how many bytes the value of a step takes at most, for the codes
// that write without looking for room.
var valueRoom = [...]int{
	opBool: 8, opInt8: 8, opInt16: 8, opInt32: 16, opInt64: 24, opUint8: 8, opUint16: 8, opUint32: 16, opUint64: 24,
	opFloat32: 40, opFloat64: 40, opTime: 48,
	opSkip: 0,
}
