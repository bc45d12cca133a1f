package json

// Valid reports whether data is a JSON document, and no more than one. It agrees
// with [encoding/json.Valid]: numbers of any size and any bytes of 0x20 and above
// in strings are valid, UTF-8 or not; more than 10,000 nested arrays and objects
// are not.
func Valid(data []byte) bool {
	if len(data) == 0 || len(data) > maxDocument {
		return stdValid(data)
	}
	if len(data) <= shortDocument {
		return validShort(data)
	}
	d := newDecoder(data, 0)
	ok := d.valid()
	d.release()
	return ok
}

// shortDocument is up to where an index does not pay.
const shortDocument = 64

// validShort is Valid for short documents, byte by byte.
func validShort(b []byte) bool {
	i := shortValue(b, space(b, 0))
	return i >= 0 && space(b, i) == len(b)
}

// space returns where the white space at i ends.
func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// shortValue returns where the value at i ends, or -1.
func shortValue(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		return shortString(b, i)
	case '{':
		return shortNested(b, i, true)
	case '[':
		return shortNested(b, i, false)
	case 't':
		return shortWord(b, i, "true")
	case 'f':
		return shortWord(b, i, "false")
	case 'n':
		return shortWord(b, i, "null")
	}
	return shortNumberEnd(b, i)
}

func shortWord(b []byte, i int, word string) int {
	if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
		return -1
	}
	return i + len(word)
}

// shortNested is shortValue for an array or object.
func shortNested(b []byte, i int, object bool) int {
	closing := b[i] + 2
	i = space(b, i+1)
	if i < len(b) && b[i] == closing {
		return i + 1
	}
	for {
		if object {
			if i >= len(b) || b[i] != '"' {
				return -1
			}
			if i = shortString(b, i); i < 0 {
				return -1
			}
			if i = space(b, i); i >= len(b) || b[i] != ':' {
				return -1
			}
			i = space(b, i+1)
		}
		if i = shortValue(b, i); i < 0 {
			return -1
		}
		if i = space(b, i); i >= len(b) {
			return -1
		}
		if b[i] != ',' {
			break
		}
		i = space(b, i+1)
	}
	if b[i] != closing {
		return -1
	}
	return i + 1
}

// shortString returns where the string at i ends, or -1.
func shortString(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			n := escapeLen(b[i:])
			if n == 0 {
				return -1
			}
			i += n - 1
		}
	}
	return -1
}

// shortNumberEnd returns where the number at i ends, or -1.
func shortNumberEnd(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	end := shortDigits(b, i)
	if end == i || end > i+1 && b[i] == '0' {
		return -1
	}
	if end < len(b) && b[end] == '.' {
		i = end + 1
		if end = shortDigits(b, i); end == i {
			return -1
		}
	}
	if end >= len(b) || b[end]|0x20 != 'e' {
		return end
	}
	i = end + 1
	if i < len(b) && (b[i] == '+' || b[i] == '-') {
		i++
	}
	if end = shortDigits(b, i); end == i {
		return -1
	}
	return end
}

func shortDigits(b []byte, i int) int {
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	return i
}
