package convert

import (
	"errors"
	"fmt"
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

type (
	level uint8
	label string
	flag  bool
)

// upper reads itself; it also has a kind that could be read.
type upper string

func (u *upper) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		return errors.New("secret reason")
	}
	*u = upper(strings.ToUpper(string(b)))
	return nil
}

// set converts into a new T and shows what came out.
func set[T any](s string) (string, error) {
	var v T
	err := Set(reflect.ValueOf(&v).Elem(), s)
	if p := reflect.ValueOf(v); p.Kind() == reflect.Pointer && !p.IsNil() && p.Elem().Kind() != reflect.Struct {
		return fmt.Sprint("&", p.Elem()), err
	}
	return fmt.Sprint(v), err
}

func TestSet(t *testing.T) {
	for _, tt := range []struct {
		set  func(string) (string, error)
		in   string
		want string // of the value, or of the error with ! before it
	}{
		{set[string], "é ", "é "},
		{set[string], "", ""},
		{set[label], "x", "x"},
		{set[bool], "true", "true"},
		{set[bool], "0", "false"},
		{set[flag], "T", "true"},
		{set[bool], "yes", `!"yes" is not true or false`},
		{set[bool], "", `!"" is not true or false`},
		{set[int64], "-9223372036854775808", "-9223372036854775808"},
		{set[int64], "9223372036854775808", "!is not an integer of 64 bits"},
		{set[int8], "-128", "-128"},
		{set[int8], "-129", "!is not an integer of 8 bits"},
		{set[int8], "128", "!is not an integer of 8 bits"},
		{set[int16], "32767", "32767"},
		{set[int16], "32768", "!is not an integer of 16 bits"},
		{set[int32], "+7", "7"},
		{set[int32], "2147483648", "!is not an integer of 32 bits"},
		{set[int64], "0x10", "!is not an integer"},
		{set[int64], "1_000", "!is not an integer"},
		{set[int64], "1.0", "!is not an integer"},
		{set[int64], "1e3", "!is not an integer"},
		{set[int64], " 1", "!is not an integer"},
		{set[int64], "", "!is not an integer"},
		{set[int64], "١", "!is not an integer"}, // a digit, but not of ours
		{set[uint64], "18446744073709551615", "18446744073709551615"},
		{set[uint64], "18446744073709551616", "!is not a non-negative integer of 64 bits"},
		{set[uint8], "255", "255"},
		{set[uint8], "256", "!is not a non-negative integer of 8 bits"},
		{set[uint16], "65536", "!is not a non-negative integer of 16 bits"},
		{set[uint32], "4294967296", "!is not a non-negative integer of 32 bits"},
		{set[uint64], "-1", "!is not a non-negative integer of 64 bits"},
		{set[level], "200", "200"},
		{set[level], "300", "!is not a non-negative integer of 8 bits"},
		{set[float64], "-1.5e3", "-1500"},
		{set[float64], ".5", "0.5"},
		{set[float64], "1e999", "!is not a number"},
		{set[float32], "3.5e38", "!is not a number"},
		{set[float32], "0.25", "0.25"},
		{set[float64], "x", "!is not a number"},
		{set[float64], "", "!is not a number"},
		{set[upper], "abc", "ABC"},
		{set[upper], "", `!"" is not a valid value`},
		{set[netip.Addr], "::1", "::1"},
		{set[netip.Addr], "::g", "!is not a valid value"},
		{set[time.Time], "2026-01-02T03:04:05Z", "2026-01-02 03:04:05 +0000 UTC"},
		{set[big.Int], "123456789012345678901234567890", ""},
		{set[*int], "7", "&7"},
		{set[*int], "x", "!is not an integer"},
		{set[*upper], "x", "&X"},
		{set[*netip.Addr], "::1", "::1"},
	} {
		got, err := tt.set(tt.in)
		if detail, bad := strings.CutPrefix(tt.want, "!"); bad {
			var wrong *Error
			if !errors.As(err, &wrong) || !strings.Contains(wrong.Detail, detail) || strings.Contains(wrong.Detail, "secret") {
				t.Errorf("Set(%q) = %s, %v, want an error with %q", tt.in, got, err, detail)
			}
			continue
		}
		if err != nil || tt.want != "" && got != tt.want {
			t.Errorf("Set(%q) = %s, %v, want %s", tt.in, got, err, tt.want)
		}
	}
}

// TestSetLeavesValue: a string that does not fit changes nothing.
func TestSetLeavesValue(t *testing.T) {
	n, one := 7, 1
	p := &one
	if Set(reflect.ValueOf(&n).Elem(), "x") == nil || n != 7 {
		t.Errorf("n = %d, want 7", n)
	}
	if Set(reflect.ValueOf(&p).Elem(), "x") == nil || p != &one || one != 1 {
		t.Errorf("p = %v, %d; want what it was", p, one)
	}
}

func TestSetTypeError(t *testing.T) {
	for name, set := range map[string]func(string) (string, error){
		"slice": set[[]int], "map": set[map[string]int], "struct": set[struct{}], "chan": set[chan int],
		"func": set[func()], "any": set[any], "error": set[error], "complex": set[complex128],
		"uintptr": set[uintptr], "array": set[[2]int], "pointer to slice": set[*[]int],
	} {
		_, err := set("1")
		var unsuitable *TypeError
		if !errors.As(err, &unsuitable) || !strings.Contains(err.Error(), "UnmarshalText") {
			t.Errorf("%s: %v, want a *TypeError with a remedy", name, err)
		}
	}
}

func FuzzSet(f *testing.F) {
	for _, s := range []string{"", "-1", "1.5", "NaN", "true", "0x1p4", "::1", "9999999999999999999999", "é\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, set := range []func(string) (string, error){set[string], set[bool], set[int8], set[uint64], set[float32], set[*int], set[netip.Addr]} {
			_, err := set(s)
			var bad *Error
			if err != nil && (!errors.As(err, &bad) || len(bad.Detail) > 400) {
				t.Errorf("Set(%q) = %v", s, err)
			}
		}
	})
}

// TestFloatsAreDecimal: NaN would pass every check of a range, since no
// comparison with it is true, and can't be written as JSON.
func TestFloatsAreDecimal(t *testing.T) {
	for _, s := range []string{"NaN", "nan", "Inf", "-Inf", "+infinity", "0x1p4", "1_0", "0x_1p4"} {
		for _, set := range []func(string) (string, error){set[float64], set[float32]} {
			if got, err := set(s); err == nil {
				t.Errorf("Set(%q) = %s, want an error", s, got)
			}
		}
	}
}

// TestErrorIsShort: a client's long value does not come back whole, nor cut
// within a character.
func TestErrorIsShort(t *testing.T) {
	for _, s := range []string{strings.Repeat("9", 5000), "x" + strings.Repeat("é", 5000), strings.Repeat("\xff", 5000)} {
		_, err := set[int](s)
		if text := err.Error(); len(text) > 400 || !strings.Contains(text, "...") {
			t.Errorf("%d bytes: %s", len(text), text)
		}
		if utf8.ValidString(s) && strings.Contains(err.Error(), `\x`) {
			t.Errorf("cut within a character: %s", err)
		}
	}
}
