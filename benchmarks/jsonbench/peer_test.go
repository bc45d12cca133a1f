package jsonbench

import (
	"bytes"
	stdjson "encoding/json"
	"io"
	"slices"

	"github.com/bytedance/sonic"
	covet "github.com/covetgo/covet/json"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	goccy "github.com/goccy/go-json"
	jsoniter "github.com/json-iterator/go"
	segmentio "github.com/segmentio/encoding/json"
)

// peer is one JSON package in one of its modes. What it can't do is nil.
type peer struct {
	name       string
	unmarshal  func([]byte, any) error
	marshal    func(any) ([]byte, error)
	valid      func([]byte) bool
	newDecoder func(io.Reader) func(any) error
	compact    func(*bytes.Buffer, []byte) error
}

// peers are all packages, encoding/json, by which the others are judged, first.
// Each is in its default mode, or in the one that it has for being like
// encoding/json.
var peers = []peer{
	{"std", stdjson.Unmarshal, stdjson.Marshal, stdjson.Valid,
		func(r io.Reader) func(any) error { return stdjson.NewDecoder(r).Decode }, stdjson.Compact},
	{"v2", func(b []byte, v any) error { return json.Unmarshal(b, v) },
		func(v any) ([]byte, error) { return json.Marshal(v) },
		func(b []byte) bool { return jsontext.Value(b).IsValid() }, newV2Decoder, nil},
	{"sonic", sonic.Unmarshal, sonic.Marshal, sonic.Valid,
		func(r io.Reader) func(any) error { return sonic.ConfigDefault.NewDecoder(r).Decode }, nil},
	{"sonic-std", sonic.ConfigStd.Unmarshal, sonic.ConfigStd.Marshal, sonic.ConfigStd.Valid,
		func(r io.Reader) func(any) error { return sonic.ConfigStd.NewDecoder(r).Decode }, nil},
	{"goccy", func(b []byte, v any) error { return goccy.Unmarshal(b, v) },
		func(v any) ([]byte, error) { return goccy.Marshal(v) }, goccy.Valid,
		func(r io.Reader) func(any) error { return goccy.NewDecoder(r).Decode }, goccy.Compact},
	{"segmentio", segmentio.Unmarshal, segmentio.Marshal, segmentio.Valid,
		func(r io.Reader) func(any) error { return segmentio.NewDecoder(r).Decode }, segmentio.Compact},
	{"jsoniter", iter.Unmarshal, iter.Marshal, iter.Valid,
		newIterDecoder, nil},
	{"covet", covet.Unmarshal, covet.Marshal, covet.Valid, newCovetDecoder, covet.Compact},
}

// options are further modes for one row.
var options = []struct {
	row string
	peer
}{
	{"decode", peer{"covet-arena", unmarshalArena, covet.Marshal, covet.Valid, newCovetDecoder, covet.Compact}},
	{"encode", peer{"covet-append", covet.Unmarshal, newAppender(), covet.Valid, newCovetDecoder, covet.Compact}},
}

var iter = jsoniter.ConfigCompatibleWithStandardLibrary

func newV2Decoder(r io.Reader) func(any) error {
	d := jsontext.NewDecoder(r)
	return func(v any) error { return json.UnmarshalDecode(d, v) }
}

// newIterDecoder asks before each value whether there is one: at white space
// before the end of a stream Decode would complain of a broken value.
func newIterDecoder(r io.Reader) func(any) error {
	d := iter.NewDecoder(r)
	return func(v any) error {
		if !d.More() {
			return io.EOF
		}
		return d.Decode(v)
	}
}

func newCovetDecoder(r io.Reader) func(any) error { return covet.NewDecoder(r).Decode }

func unmarshalArena(b []byte, v any) error {
	return covet.UnmarshalWith(b, v, &covet.UnmarshalOptions{Arena: true})
}

// newAppender is AppendMarshal to the buffer of the call before.
func newAppender() func(any) ([]byte, error) {
	var buf []byte
	return func(v any) (_ []byte, err error) {
		buf, err = covet.AppendMarshal(buf[:0], v)
		return buf, err
	}
}

// peersFor are those that take part in a row; without one, all.
func peersFor(row string) []peer {
	all := slices.Clone(peers)
	for _, o := range options {
		if row == "" || o.row == row {
			all = append(all, o.peer)
		}
	}
	return all
}

var std = peers[0]

// only hides all methods of a reader but Read, for which packages look.
type only struct{ io.Reader }
