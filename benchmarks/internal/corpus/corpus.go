// Package corpus holds the documents that the JSON packages are measured on,
// and the Go types that they are read into.
//
// Three of them are those that every JSON parser is measured on; they come
// with a module that this one depends on. The others are made here, the same
// ones each time.
package corpus

import "sync"

// Document is a JSON document, and what it decodes into.
type Document struct {
	Name  string        // in the name of a benchmark
	Title string        // in the tables
	Bytes func() []byte // made or read at the first call; not to be changed
	New   func() any    // a pointer to a new zero value of the document's type
}

// Documents are those of the tables, in their order.
func Documents() []Document { return documents }

var documents = []Document{
	document[Order]("small", "small object, 300 B", small),
	document[Page]("users50", "50 users, 7 KB", users),
	document[[]Record]("records", "records, 1 MB", records),
	document[Twitter]("twitter", "twitter.json, 632 KB", func() []byte { return canonical("twitter") }),
	document[Catalog]("citm", "citm_catalog.json, 1.7 MB", func() []byte { return canonical("citm_catalog") }),
	document[Canada]("canada", "canada.json, 2.3 MB", func() []byte { return canonical("canada") }),
	document[[]Message]("escaped", "many escapes, 64 KB", escaped),
	document[[]Message]("cjk", "Chinese, Japanese, Korean, 64 KB", cjk),
	document[Node]("deep", "500 levels deep, 14 KB", deep),
}

// Tiny are the documents of 1 to 64 bytes, from the smallest up.
func Tiny() []Document { return tiny }

var tiny = []Document{
	document[int]("1B", "1 B", text(`7`)),
	document[[]int]("2B", "2 B", text(`[]`)),
	document[bool]("4B", "4 B", text(`true`)),
	document[struct {
		A int `json:"a"`
	}]("7B", "7 B", text(`{"a":1}`)),
	document[struct {
		ID int `json:"id"`
	}]("11B", "11 B", text(`{"id":1234}`)),
	document[struct {
		OK bool   `json:"ok"`
		ID string `json:"id"`
	}]("24B", "24 B", text(`{"ok":true,"id":"ab12c"}`)),
	document[Point]("32B", "32 B", text(`{"x":1.25,"y":-7.5,"label":"np"}`)),
	document[Todo]("64B", "64 B", text(`{"id":7,"title":"buy some milk","done":false,"tags":["a","bcd"]}`)),
}

func document[T any](name, title string, bytes func() []byte) Document {
	return Document{name, title, sync.OnceValue(bytes), func() any { return new(T) }}
}

func text(s string) func() []byte { return func() []byte { return []byte(s) } }
