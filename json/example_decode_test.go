package json_test

import (
	"fmt"
	"strings"

	"github.com/covetgo/covet/json"
)

func ExampleUnmarshal() {
	var pets []struct {
		Name string   `json:"name"`
		Legs int      `json:"legs"`
		Tags []string `json:"tags"`
	}
	err := json.Unmarshal([]byte(`[{"name":"Rex","legs":4,"tags":["dog"]},{"name":"Tweety","legs":2}]`), &pets)
	fmt.Println(pets, err)
	// Output:
	// [{Rex 4 [dog]} {Tweety 2 []}] <nil>
}

func ExampleDecoder() {
	dec := json.NewDecoder(strings.NewReader(`{"n":1} {"n":2}`))
	for dec.More() {
		var v struct{ N int }
		if err := dec.Decode(&v); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(v.N)
	}
	// Output:
	// 1
	// 2
}
