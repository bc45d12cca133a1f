package json

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// TestTags encodes structs with tags of all sorts of characters.
func TestTags(t *testing.T) {
	parts := []string{"a", "B9", "_", ",", ",", "omitempty", "omitzero", "string", ",string", ",embed", ",format", ":x", "'", `"`, `\`, "`", " ", "-", "<", "é", "日本", "²", "\u2028", "\n", "\x01", "\xff", "\xe2\x80", "$", "."}
	types := []reflect.Type{reflect.TypeFor[int](), reflect.TypeFor[Number](), reflect.TypeFor[struct{ B int }](), reflect.TypeFor[map[string]int]()}
	rng := rand.New(rand.NewPCG(11, 12))
	for range 3000 {
		var fields []reflect.StructField
		for i := range 1 + rng.IntN(3) {
			var tag strings.Builder
			for range rng.IntN(5) {
				tag.WriteString(parts[rng.IntN(len(parts))])
			}
			fields = append(fields, reflect.StructField{
				Name: fmt.Sprintf("F%d", i),
				Type: types[rng.IntN(len(types))],
				Tag:  reflect.StructTag(fmt.Sprintf("json:%q", tag.String())),
			})
		}
		v := reflect.New(reflect.StructOf(fields)).Elem()
		compareEncoders(t, v.Interface())
		if t.Failed() {
			t.Fatalf("type is %v", v.Type())
		}
	}
}
