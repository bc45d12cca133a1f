package json_test

import (
	"fmt"
	"os"

	"github.com/covetgo/covet/json"
)

func ExampleMarshal() {
	type pet struct {
		Name string   `json:"name"`
		Legs int      `json:"legs"`
		Tags []string `json:"tags,omitempty"`
	}
	b, err := json.Marshal([]pet{{"Rex <dog>", 4, []string{"loud"}}, {"Nemo", 0, nil}})
	fmt.Println(string(b), err)
	// Output:
	// [{"name":"Rex \u003cdog\u003e","legs":4,"tags":["loud"]},{"name":"Nemo","legs":0}] <nil>
}

func ExampleAppendMarshal() {
	buf := make([]byte, 0, 512) // reuse it as often as you like
	buf, err := json.AppendMarshal(append(buf, "data: "...), map[string]int{"b": 2, "a": 1})
	fmt.Printf("%s %v\n", buf, err)
	// Output:
	// data: {"a":1,"b":2} <nil>
}

func ExampleEncoder() {
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(map[string]any{"html": "<b>", "list": []int{1, 2}})
	fmt.Println(err)
	// Output:
	// {
	//   "html": "<b>",
	//   "list": [
	//     1,
	//     2
	//   ]
	// }
	// <nil>
}
