//go:build !race

package json

import (
	"io"
	"testing"
)

// TestMarshalAllocs holds the promises about allocations.
func TestMarshalAllocs(t *testing.T) {
	type inner struct {
		Name string   `json:"name"`
		Tags []string `json:"tags,omitempty"`
		Next *inner   `json:"next"`
	}
	v := &struct {
		ID     int                `json:"id"`
		Text   string             `json:"text"`
		Price  float64            `json:"price"`
		Long   float64            `json:"long"`
		In     inner              `json:"in"`
		List   []inner            `json:"list"`
		Any    any                `json:"any"`
		Map    map[string]string  `json:"map"`
		Tree   map[string]any     `json:"tree"`
		Counts map[string]float64 `json:"counts"`
		Raw    RawMessage         `json:"raw"`
		Num    Number             `json:"num"`
		Data   []byte             `json:"data"`
	}{
		1, "text with <escapes> and 日本語", 19.99, 1.0 / 3, inner{"a", []string{"b"}, &inner{}}, []inner{{}, {}}, 3,
		map[string]string{"a": "b", "c": "d"}, map[string]any{"x": []any{1, "y", nil}}, map[string]float64{"q": 1.5, "p": 2},
		RawMessage(`{"a": [1]}`), "12", []byte("bytes"),
	}
	dst := make([]byte, 0, 4096)
	tests := []struct {
		name string
		want float64
		call func() error
	}{
		{"AppendMarshal", 0, func() error { _, err := AppendMarshal(dst, v); return err }},
		{"Marshal", 1, func() error { _, err := Marshal(v); return err }},
		{"Encode", 1, func() error { return NewEncoder(io.Discard).Encode(v) }},
	}
	for _, tt := range tests {
		got := testing.AllocsPerRun(200, func() {
			if err := tt.call(); err != nil {
				t.Fatal(err)
			}
		})
		if got > tt.want {
			t.Errorf("%s allocates %v times, want at most %v", tt.name, got, tt.want)
		}
	}
}
