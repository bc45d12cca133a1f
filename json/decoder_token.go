//go:build !(goexperiment.jsonv2 && go1.27)

package json

import (
	"encoding/json"
	"strings"
)

// A tokenState is what may come next in the innermost array or object that Token
// has entered.
type tokenState uint8

const (
	topValue tokenState = iota
	arrayStart
	arrayValue
	arrayComma
	objectStart
	objectKey
	objectColon
	objectValue
	objectComma
)

func (s tokenState) takesValue() bool {
	return s == topValue || s == arrayStart || s == arrayValue || s == objectValue
}

func (s tokenState) afterValue() tokenState {
	switch s {
	case arrayStart, arrayValue:
		return arrayComma
	case objectValue:
		return objectComma
	}
	return s
}

func (s tokenState) afterSeparator() tokenState {
	switch s {
	case arrayComma:
		return arrayValue
	case objectColon:
		return objectValue
	case objectComma:
		return objectKey
	}
	return s
}

// Token returns the next token of the stream: a [Delim], bool, float64,
// [Number], string or nil. It passes commas and colons, and makes sure that they
// are where they must be and that brackets match. At the end of the stream the
// error is [io.EOF].
func (dec *Decoder) Token() (Token, error) {
	for {
		c, err := dec.peek()
		if err != nil {
			return nil, err
		}
		s := dec.state
		switch {
		case (c == '[' || c == '{') && s.takesValue():
			return dec.open(c), nil
		case c == ']' && (s == arrayStart || s == arrayComma),
			c == '}' && (s == objectStart || s == objectComma):
			return dec.close(c), nil
		case c == ':' && s == objectColon, c == ',' && (s == arrayComma || s == objectComma):
			dec.pos++
			dec.state = s.afterSeparator()
			continue
		case c == '"' && (s == objectStart || s == objectKey):
			return dec.keyToken()
		case strings.IndexByte("[]{}:,", c) >= 0 || !s.takesValue():
			return nil, s.tokenError(c, dec.InputOffset())
		}
		var v any
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		return v, nil
	}
}

func (dec *Decoder) open(c byte) Delim {
	dec.pos++
	dec.outer = append(dec.outer, dec.state)
	if dec.state = arrayStart; c == '{' {
		dec.state = objectStart
	}
	return Delim(c)
}

func (dec *Decoder) close(c byte) Delim {
	dec.pos++
	last := len(dec.outer) - 1
	dec.state = dec.outer[last].afterValue()
	dec.outer = dec.outer[:last]
	return Delim(c)
}

func (dec *Decoder) keyToken() (Token, error) {
	s := dec.state
	dec.state = topValue
	var key string
	err := dec.Decode(&key)
	if dec.state = s; err != nil {
		return nil, err
	}
	dec.state = objectColon
	return key, nil
}

// stateText brings a decoder into a state after so many tokens.
var stateText = [...]struct {
	text   string
	tokens int
}{
	topValue:    {"", 0},
	arrayStart:  {"[", 1},
	arrayValue:  {"[0,", 2},
	arrayComma:  {"[0 ", 2},
	objectStart: {"{", 1},
	objectKey:   {`{"":0,`, 3},
	objectColon: {`{""`, 2},
	objectValue: {`{"":`, 2},
	objectComma: {`{"":0 `, 3},
}

// std is encoding/json's Decoder in state s, with c to come.
func (s tokenState) std(c byte) *json.Decoder {
	dec := json.NewDecoder(strings.NewReader(stateText[s].text + string([]byte{c})))
	for range stateText[s].tokens {
		_, _ = dec.Token()
	}
	return dec
}

// tokenError is what encoding/json says of a token that begins with c.
func (s tokenState) tokenError(c byte, offset int64) error {
	_, err := s.std(c).Token()
	return moveSyntaxError(err, func(int64) int64 { return offset })
}

// decodeError is what encoding/json says of a value where s wants none, or a
// separator other than c.
func (s tokenState) decodeError(c byte, offset int64) error {
	var v any
	return moveSyntaxError(s.std(c).Decode(&v), func(int64) int64 { return offset })
}
