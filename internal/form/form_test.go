package form

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

type paging struct {
	Limit int `form:"limit"`
}

type Base struct {
	ID int
}

type input struct {
	paging
	Base
	Title  string   `form:"title,omitempty"`
	Plain  string   // goes by its own name
	Stars  int8     `form:"stars"`
	Price  float64  `form:"price"`
	Done   bool     `form:"done"`
	Count  *uint    `form:"count"`
	Tags   []string `form:"tag"`
	Nums   []int    `form:"num"`
	Ptrs   []*int   `form:"ptr"`
	When   time.Time
	Addr   netip.Addr `form:"addr"`
	IP     net.IP     `form:"ip"` // a slice that reads itself
	Skip   string     `form:"-"`
	hidden string
}

func TestDecode(t *testing.T) {
	n, u := 7, uint(3)
	for _, tt := range []struct {
		name   string
		values map[string][]string
		want   input
	}{
		{"nothing", nil, input{}},
		{"texts", map[string][]string{"title": {"a"}, "Plain": {"b"}}, input{Title: "a", Plain: "b"}},
		{"names have their case", map[string][]string{"Title": {"a"}, "plain": {"b"}}, input{}},
		{"numbers", map[string][]string{"stars": {"-3"}, "price": {"1.5"}, "count": {"3"}}, input{Stars: -3, Price: 1.5, Count: &u}},
		{"bool", map[string][]string{"done": {"true"}}, input{Done: true}},
		{"first of many", map[string][]string{"title": {"a", "b"}, "stars": {"1", "x"}}, input{Title: "a", Stars: 1}},
		{"all of many", map[string][]string{"tag": {"a", "", "a"}, "num": {"1", "2"}, "ptr": {"7"}}, input{Tags: []string{"a", "", "a"}, Nums: []int{1, 2}, Ptrs: []*int{&n}}},
		{"texts that read themselves", map[string][]string{"When": {"2026-01-02T03:04:05Z"}, "addr": {"::1"}, "ip": {"127.0.0.1", "x"}},
			input{When: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Addr: netip.IPv6Loopback(), IP: net.IPv4(127, 0, 0, 1)}},
		{"embedded", map[string][]string{"limit": {"5"}, "ID": {"6"}}, input{paging: paging{5}, Base: Base{6}}},
		{"left alone", map[string][]string{"Skip": {"x"}, "-": {"x"}, "hidden": {"x"}, "paging": {"x"}, "none": {"x"}}, input{}},
		{"no values", map[string][]string{"title": {}, "tag": {}}, input{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got input
			if err := Decode(&got, tt.values, nil); err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("Decode(%v) = %+v, %v, want %+v", tt.values, got, err, tt.want)
			}
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	for field, tt := range map[string]struct{ value, want string }{
		"stars": {"300", `"300" is not an integer of 8 bits`},
		"price": {"cheap", `"cheap" is not a number`},
		"done":  {"maybe", `"maybe" is not true or false`},
		"count": {"-1", `"-1" is not a non-negative integer of ` + strconv.Itoa(strconv.IntSize) + ` bits`},
		"num":   {"x", `"x" is not an integer of ` + strconv.Itoa(strconv.IntSize) + ` bits`},
		"When":  {"today", `"today" is not a valid value`},
		"limit": {"", `"" is not an integer of ` + strconv.Itoa(strconv.IntSize) + ` bits`},
	} {
		var got input
		var bad *Error
		err := Decode(&got, map[string][]string{field: {tt.value}}, nil)
		if !errors.As(err, &bad) || bad.Field != field || bad.Detail != tt.want || !strings.Contains(err.Error(), field) {
			t.Errorf("%s=%s: %v, want %q", field, tt.value, err, tt.want)
		}
	}
	var got input
	if err := Decode(&got, map[string][]string{"num": {"1", "x", "3"}}, nil); err == nil || got.Nums != nil {
		t.Errorf("a slice with a wrong element: %v, %v; want it left alone", got.Nums, err)
	}
}

// TestDecodeUnsuitable: the programmer's mistakes are no *Error.
func TestDecodeUnsuitable(t *testing.T) {
	var n int
	values := map[string][]string{"A": {"1"}}
	for _, v := range []any{
		nil, n, &n, input{}, (*input)(nil), new(map[string]string),
		new(struct{ A map[string]int }), new(struct{ A struct{ B int } }), new(struct{ A [2]int }), new(struct{ A [][]int }), new(struct{ A any }),
	} {
		var bad *Error
		if err := Decode(v, values, nil); err == nil || errors.As(err, &bad) || !strings.HasPrefix(err.Error(), "covet: ") {
			t.Errorf("Decode(%T) = %v", v, err)
		}
	}
}

func TestDecodeFiles(t *testing.T) {
	one, two := &multipart.FileHeader{Filename: "1"}, &multipart.FileHeader{Filename: "2"}
	type uploads struct {
		One  *multipart.FileHeader   `form:"one"`
		Many []*multipart.FileHeader `form:"many"`
		Text string                  `form:"text"`
	}
	all := []*multipart.FileHeader{one, two}
	for _, tt := range []struct {
		name   string
		files  map[string][]*multipart.FileHeader
		values map[string][]string
		want   uploads
	}{
		{"one and many", map[string][]*multipart.FileHeader{"one": all, "many": all}, nil, uploads{One: one, Many: all}},
		{"none", nil, nil, uploads{}},
		{"text for a file", nil, map[string][]string{"one": {"x"}, "many": {"x"}}, uploads{}},
		{"file for a text", map[string][]*multipart.FileHeader{"text": all}, nil, uploads{}},
	} {
		var got uploads
		if err := Decode(&got, tt.values, tt.files); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("stars", "3", "tag")
	f.Add("When", "2026", "ip")
	f.Add("paging", "1", "Base")
	f.Fuzz(func(t *testing.T, name, value, other string) {
		var got input
		err := Decode(&got, map[string][]string{name: {value}, other: {value, name}}, nil)
		var bad *Error
		if err != nil && !errors.As(err, &bad) {
			t.Errorf("%s=%q, %s: %v", name, value, other, err)
		}
		_ = fmt.Sprint(got)
	})
}

// TestCheckbox: browsers send "on" for a checkbox without a value, and nothing
// for one that is not checked.
func TestCheckbox(t *testing.T) {
	var got struct {
		Done bool
		Ptr  *bool
		All  []bool
		Text string
	}
	on := []string{"on"}
	err := Decode(&got, map[string][]string{"Done": on, "Ptr": on, "All": {"on", "false"}, "Text": on}, nil)
	if err != nil || !got.Done || got.Ptr == nil || !*got.Ptr || !reflect.DeepEqual(got.All, []bool{true, false}) || got.Text != "on" {
		t.Errorf("%+v, %v", got, err)
	}
}
