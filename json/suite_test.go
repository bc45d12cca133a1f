package json

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSuite runs the files of a JSON test suite in the directory that
// JSON_TEST_SUITE names: y_ must be accepted, n_ refused, i_ is encoding/json's
// choice (github.com/nst/JSONTestSuite).
func TestSuite(t *testing.T) {
	dir := os.Getenv("JSON_TEST_SUITE")
	if dir == "" {
		t.Skip("JSON_TEST_SUITE names no directory")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		checkSuite(t, filepath.Base(file), string(data))
	}
}

func checkSuite(t *testing.T, name, doc string) {
	t.Helper()
	want := json.Valid([]byte(doc))
	if y := strings.HasPrefix(name, "y_"); y != want && !strings.HasPrefix(name, "i_") {
		t.Errorf("%s: encoding/json says %v", name, want)
	}
	if got := Valid([]byte(doc)); got != want {
		t.Errorf("%s: Valid = %v, want %v", name, got, want)
	}
	checkUnmarshal(t, doc, fresh[any])
	checkUnmarshal(t, doc, fresh[tree])
	checkUnmarshal(t, doc, fresh[[]string])
	checkUnmarshal(t, doc, fresh[map[string]json.RawMessage])
}

// The cases of the suite that have caught out parsers.
func TestSuiteExcerpt(t *testing.T) {
	for name, doc := range map[string]string{
		"y_number_after_space":              "[ 4]",
		"y_number_0e1":                      "[0e1]",
		"y_number_negative_zero":            "[-0]",
		"y_number_double_close_to_zero":     "[-0." + strings.Repeat("0", 77) + "1]",
		"y_object_escaped_null_in_key":      `{"foo\u0000bar": 42}`,
		"y_object_extreme_numbers":          `{ "min": -1.0e+28, "max": 1.0e+28 }`,
		"y_string_u+2028_line_sep":          "[\"\u2028\"]",
		"y_string_unescaped_char_delete":    "[\"\x7f\"]",
		"y_string_nonCharacterInUTF-8":      "[\"\uffff\"]",
		"y_string_double_escape_n":          `["\\n"]`,
		"y_structure_lonely_string":         `"asd"`,
		"y_structure_whitespace_array":      " [] ",
		"n_array_1_true_without_comma":      "[1 true]",
		"n_array_newlines_unclosed":         "[\"a\",\n4\n,1,",
		"n_array_star_inside":               "[*]",
		"n_incomplete_true":                 "[tru]",
		"n_multidigit_number_then_00":       "123\x00",
		"n_number_-01":                      "[-01]",
		"n_number_-2.":                      "[-2.]",
		"n_number_.-1":                      "[.-1]",
		"n_number_0.e1":                     "[0.e1]",
		"n_number_0e+":                      "[0e+]",
		"n_number_1eE2":                     "[1eE2]",
		"n_number_2.e+3":                    "[2.e+3]",
		"n_number_hex_1_digit":              "[0x1]",
		"n_number_minus_space_1":            "[- 1]",
		"n_number_U+FF11_fullwidth":         "[\uff11]",
		"n_number_with_alpha_char":          "[1.8011670033376514H-308]",
		"n_object_bad_value":                `["x", truth]`,
		"n_object_lone_continuation_byte":   "{\"\xb9\":\"0\",}",
		"n_object_repeated_null_null":       "{null:null,null:null}",
		"n_object_trailing_comment":         `{"a":"b"}/**/`,
		"n_object_two_commas_in_a_row":      `{"a":"b",,"c":"d"}`,
		"n_single_space":                    " ",
		"n_string_1_surrogate_then_esc":     `["\uD800\"]`,
		"n_string_escaped_ctrl_char_tab":    "[\"\\\x09\"]",
		"n_string_escaped_emoji":            "[\"\\\U0001F300\"]",
		"n_string_incomplete_surrogate":     `["\uD834\uDd"]`,
		"n_string_invalid_backslash_esc":    `["\a"]`,
		"n_string_unescaped_newline":        "[\"new\nline\"]",
		"n_structure_angle_bracket_null":    "[<null>]",
		"n_structure_array_trailing":        "[1]x",
		"n_structure_capitalized_True":      "[True]",
		"n_structure_open_array_apostrophe": "['",
		"n_structure_open_array_object":     strings.Repeat(`[{"":`, 50000),
		"n_structure_100000_opening_arrays": strings.Repeat("[", 100000),
		"n_structure_U+2060_word_joined":    "[\u2060]",
		"n_structure_UTF8_BOM_no_data":      "\ufeff",
		"i_number_double_huge_neg_exp":      "[123.456e-789]",
		"i_number_huge_exp":                 "[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006]",
		"i_number_too_big_neg_int":          "[-123123123123123123123123123123]",
		"i_string_invalid_utf-8":            "[\"\xff\"]",
		"i_string_overlong_sequence_2":      "[\"\xc0\xaf\"]",
		"i_string_UTF-16LE_with_BOM":        "\xff\xfe[\x00\"\x00\xe9\x00\"\x00]\x00",
		"i_structure_500_nested_arrays":     strings.Repeat("[", 500) + strings.Repeat("]", 500),
	} {
		checkSuite(t, name, doc)
	}
}
