package json

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseTag splits a field's json tag into its name, empty if it has none that
// counts, and its options, with commas between them.
func parseTag(tag string) (name, options string) {
	if stdIsV2 {
		return parseTagV2(tag)
	}
	name, options, _ = strings.Cut(tag, ",")
	if !isValidName(name) {
		name = ""
	}
	return name, options
}

// isValidName reports whether a tag's name is used. A name with other
// punctuation than this, a quotation mark, a backslash or a control character
// is ignored as if the tag had none.
func isValidName(name string) bool {
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) {
			return false
		}
	}
	return name != ""
}

// parseTagV2 is parseTag as encoding/json on json/v2 does it: a name has all
// characters but commas, backslashes and quotation marks. If one of the latter is
// in it, the letters and digits before it are the name, and the rest is options.
func parseTagV2(tag string) (name, options string) {
	if tag != "" && tag[0] != ',' {
		end := strings.IndexAny(tag, ",\\'\"`")
		if end < 0 {
			end = len(tag)
		}
		name = tag[:end]
		if end < len(tag) && tag[end] != ',' {
			name, end = cutOption(tag)
			if !startsOption(tag) {
				name = ""
			}
		}
		name = string([]rune(name)) // UTF-8 now
		tag = tag[end:]
	}
	var list []string
	for tag != "" {
		tag = strings.TrimPrefix(tag, ",")
		option, n := cutOption(tag)
		list = append(list, option)
		tag = tag[n:]
	}
	return name, strings.Join(list, ",")
}

// cutOption returns the option that s begins with and its length: letters and
// digits, or anything up to the next comma.
func cutOption(s string) (string, int) {
	n := strings.IndexByte(s, ',')
	if n < 0 {
		n = len(s)
	}
	if startsOption(s) {
		n = len(s) - len(strings.TrimLeftFunc(s, isOptionRune))
	}
	return s[:n], n
}

// startsOption reports whether s begins as an identifier does.
func startsOption(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '_' || unicode.IsLetter(r)
}

func isOptionRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }
