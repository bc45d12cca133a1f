package json

// Valid reports whether data is a JSON document, and no more than one. It agrees
// with [encoding/json.Valid]: numbers of any size and any bytes of 0x20 and above
// in strings are valid, UTF-8 or not; more than 10,000 nested arrays and objects
// are not.
func Valid(data []byte) bool {
	if len(data) == 0 || len(data) > maxDocument {
		return stdValid(data)
	}
	d := newDecoder(data, 0)
	ok := d.valid()
	d.release()
	return ok
}
