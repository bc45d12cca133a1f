package json

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// sameError reports whether two errors are of one type, with one text and, where
// they are of encoding/json, with the same fields.
func sameError(a, b error) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return reflect.TypeOf(a) == reflect.TypeOf(b) && a.Error() == b.Error() && reflect.DeepEqual(a, b)
}

// same is reflect.DeepEqual, but takes NaN for NaN.
func same(a, b any) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, y := fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b)
	return x == y && strings.Contains(x, "NaN")
}

// checkUnmarshal holds Unmarshal against encoding/json's, each with a target of
// its own made by fresh.
func checkUnmarshal(t *testing.T, data string, fresh func() any) {
	t.Helper()
	want, got := fresh(), fresh()
	in := []byte(data)
	wantErr := json.Unmarshal(in, want)
	gotErr := Unmarshal(in, got)
	if !sameError(gotErr, wantErr) {
		t.Errorf("Unmarshal(%.200q, %T)\n error %#v\n  want %#v", data, want, gotErr, wantErr)
		return
	}
	if string(in) != data {
		t.Errorf("Unmarshal(%.200q, %T) changed the document", data, want)
	}
	clear(in) // what was decoded must not lie in it
	if !same(got, want) {
		t.Errorf("Unmarshal(%.200q, %T)\n  got %s\n want %s", data, want, show(got), show(want))
	}
}

func show(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%.300v", v)
	}
	return fmt.Sprintf("%.600s", b)
}

// fresh makes new zero targets of type T.
func fresh[T any]() any { return new(T) }

// documents go into every target.
var documents = []string{
	``, ` `, `null`, `true`, `false`, `0`, `-0`, `1`, `-1`, `12`, `127`, `128`, `-128`, `-129`, `255`, `256`, `65536`, `1.5`, `1e2`, `1E+2`, `1e-2`, `-1.25e10`,
	`9223372036854775807`, `9223372036854775808`, `-9223372036854775808`, `-9223372036854775809`, `18446744073709551615`, `18446744073709551616`,
	`1e308`, `1e309`, `1e-400`, `3.4028235e38`, `3.5e38`, `123456789012345678901234567890`, `0.1`, `0.30000000000000004`, `1e999999999999`,
	`01`, `-`, `+1`, `1.`, `.5`, `1e`, `1e+`, `--1`, `1 2`, `1,`, `0x10`, `1_000`, `NaN`, `Infinity`, `tru`, `truee`, `nul`, `nulll`, `True`, `falsey`, `t`, `f`, `n`,
	`""`, `"a"`, `"abc def"`, `"\u0041\n\t\"\\\/\b\f\r"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`, `"\ude00\ud83d"`, `"\ud83d\u0041"`, `"\uD83D\uDE00\ud83d\ude00"`,
	"\"\xff\xfe\"", "\"a\xc3\"", "\"\xc3\xa9\"", "\"\\u00e9\xff\\n\"", `"日本語"`, `"\x41"`, `"\u12g4"`, `"\u12`, `"\`, `"abc`, "\"a\nb\"", "\"a\x00b\"", "\"\x7f\"", `"a""b"`, `"a" "b"`, `"\'"`,
	`"aGVsbG8="`, `"aGVsbG8"`, `"aGVs\nbG8="`, `"null"`, `"true"`, `"123"`, `"1.5"`, `"2020-01-02T03:04:05Z"`, `"2020-01-02T03:04:05.123456789+01:30"`, `"2020-13-02T03:04:05Z"`, `"1.2.3.4"`, `"boom"`,
	`[]`, `[ ]`, `[1]`, `[1,2,3]`, `[1,2,3,4,5]`, `[ 1 , 2 ]`, `[1,]`, `[,1]`, `[1 2]`, `[1`, `[`, `]`, `[1]]`, `[1}`, `[[]`, `[[],[1],[2,3]]`, `["a","b"]`, `["a","b","c","d"]`, `[null]`, `[null,null]`, `[true,"x",1,{},[]]`,
	`[1,"a",3]`, `["a",1,"b"]`, `[{"X":1},{"Y":2},{"X":3}]`, `[{"Y":5},{"X":6},{},{"Deep":{"X":1}}]`, `[[1.5,2],[3]]`, `[1,2`, `[1,2,`, `["a"`, `["a",`, `[1.5,2]`, `[{}`, `[-1]`, `[1e1]`, `[300]`,
	`{}`, `{ }`, `{"a":1}`, `{"a":1,"b":2}`, `{"a":"1"}`, `{"a":null}`, `{"a":{"X":1}}`, `{"a":{"Y":2},"a":{"X":5}}`, `{"a":[1,2]}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{,}`, `{a:1}`, `{1:2}`, `{"a":1 "b":2}`, `{"a":1`, `{"a":`, `{"a"`, `{"`, `{`, `}`, `{"a":1}}`, `{"a":1]`, `{"a" 1}`, `{"a"::1}`, `{"a":1,,"b":2}`, `{"\x":1}`,
	`{"1":"one","-5":"x"}`, `{"1":1,"2":2}`, `{"300":"x"}`, `{"x":1}`, `{"+1":"a","007":"b"}`, `{"bad":1}`, `{"":0}`,
	`{"B":true,"I":-5,"I8":-128,"I16":300,"I32":70000,"I64":-9000000000,"U":5,"U8":255,"U16":65535,"U32":4294967295,"U64":18446744073709551615,"Up":1,"F32":1.5,"F64":2.25,"S":"str","N":12.5e3,"R":{"raw": [1, 2]},"A":[1,"x",{"y":null}],"T":"2020-01-02T03:04:05Z","By":"aGk="}`,
	`{"B":1,"I":"x","S":2}`, `{"I8":128,"I":5}`, `{"I16":-32769}`, `{"I32":2147483648}`, `{"U8":256}`, `{"U16":-1}`, `{"U":-0}`, `{"I":1.0}`, `{"I":1e3}`, `{"F32":1e39}`, `{"F64":1e400}`, `{"N":"12"}`, `{"N":"x"}`, `{"N":""}`, `{"N":true}`, `{"S":null,"B":null,"I":null,"F64":null,"N":null,"R":null,"A":null,"T":null,"By":null}`,
	`{"By":"!"}`, `{"By":[1,2,3]}`, `{"By":[1,300]}`, `{"By":1}`, `{"By":""}`, `{"By":[]}`, `{"R":  "x" , "A": -12 }`, `{"R":1.50}`, `{"R":[1,{"a":"\ud800"}]}`, `{"T":1}`, `{"T":"x"}`, `{"T":null,"I":1}`,
	`{"I":7,"S":"s","A":1e999}`, `{"A":"\ud83d"}`, `{"A":{"a":{"b":[{}]}}}`,
	`{"B":true,"I":1,"S":"x","A":5,"St":{"I":2},"Sl":[9,8],"M":{"b":2},"T":"2020-01-02T03:04:05Z","R":[1]}`, `{"B":null,"I":null,"S":null,"A":null,"St":null,"Sl":null,"M":null,"T":null,"R":null}`, `{"St":{"I":2},"St":{"S":"x"}}`, `{"St":{"I":2},"St":null,"St":{"S":"x"}}`, `{"Sl":[1,2,3],"Sl":[4]}`, `{"M":{"a":1},"M":{"b":2}}`,
	`{"X":1,"Y":2,"Z":3,"own":"o","I":"hid","B":true}`, `{"X":1,"Deep":{"Y":3,"Deep":{}}}`, `{"Z":null}`, `{"hidden":{"Z":1},"A":2}`, `{"hidden":null}`, `{"hiddenInner":{"Z":1}}`, `{"Inner":{"X":1}}`,
	`{"B":"true","i":"12","I8":"-5","U":"7","F":"1.5","F32":"2.5","S":"\"hi\"","P":"5","PP":"\"x\"","N":"1","Sl":[1]}`, `{"B":true}`, `{"i":12}`, `{"i":"x"}`, `{"i":"1.5"}`, `{"i":" 1"}`, `{"i":"1 "}`, `{"i":"+1"}`, `{"i":"007"}`, `{"i":""}`, `{"i":null}`, `{"i":"null"}`, `{"S":"hi"}`, `{"S":"\"a\\nb\""}`, `{"S":"\"\\ud800\""}`, `{"S":"\"a\"b\""}`, `{"S":"\""}`, `{"F":"0x1p4"}`, `{"F":"NaN"}`, `{"B":"tru"}`, `{"B":"truex"}`, `{"B":"falsx"}`, `{"P":"null"}`, `{"P":null}`, `{"N":"12abc"}`, `{"U":"-1"}`, `{"I8":"1000"}`, `{"F32":"1e40"}`, `{"PP":"nul"}`, `{"i":[1]}`, `{"B":"true "}`, `{"Sl":"[1]"}`,
	`{"NAME":"a","name":"b","Name":"c","nAmE":"d"}`, `{"KELVIN":1}`, "{\"\u212aelvin\":2,\"\u017fun\":3}", `{"\u212aelvin":2}`, `{"größe":1,"GRÖSSE":2}`, `{"GRÖßE":4}`, `{"a_rather_long_field_name_indeed":"1","a_rather_long_field_name_index":"2","A_RATHER_LONG_field_name_INDEX":"3"}`, `{"-":1,"Gone":2,"gone":3}`, `{"n\u0061me":"e"}`, "{\"nam\xff\":1}", `{"name\u0000":1}`, `{"name ":1,"nam":2,"names":3}`, `{"n":1,"na":2}`,
	`{"SS":{"a":"x","b":null},"SA":{"a":[1],"b":{}},"SI":{"p":1},"IS":{"1":"a","127":"b"},"US":{"65535":"x"},"NS":{"n":1},"SM":{"a":{"b":"c"}},"ST":{"a":{"X":5},"b":{}},"SP":{"a":{"X":5},"b":null},"TS":{"k":1},"SL":{"a":[1],"b":[]}}`, `{"IS":{"128":"x","1":"y"}}`, `{"IS":{"x":"y"}}`, `{"US":{"-1":"x"}}`, `{"TS":{"bad":1}}`, `{"FS":{"1":1}}`, `{"FS":null}`, `{"SS":{"a":1}}`, `{"SS":{"a":"1","a":"2"}}`, `{"SI":{"a":"x","b":2}}`, `{"ST":{"a":{"X":1},"a":{"Y":2}}}`, `{"SS":null,"SA":null}`, `{"SS":{},"SA":{}}`, `{"SS":[]}`, `{"SA":1}`, `{"SS":{"k\n":"v\u00e9"}}`, "{\"SS\":{\"\xff\":\"\xfe\"}}",
	`{"I":[1,2,3,4],"F":[1.5],"S":["x","y","z"],"A":[1,"a",null,{}],"P":[1,null,2],"St":[{"X":1},{"Y":2}],"SS":[[1,2],[],[3]],"By":["aGk=",null],"R":[1,2],"RS":["a","b","c"],"E":[{},{"a":1}],"Z":[1,2],"NB":"aGk=","B2":[1,2,3,4,5],"Bo":[true,false],"U8":[1,65535],"N":[1,"2"],"Q":[1, [2], {"a":3}],"Nm":["q"]}`, `{"I":[],"F":null,"S":[],"A":[],"R":[],"St":[]}`, `{"R":[1,"x",3,4]}`, `{"RS":null}`, `{"Z":["x"]}`, `{"R":[1,2,3,{"a":[}]}`, `{"A":[{"X":7},null,3]}`, `{"A":[5,6]}`, `{"St":[{"Y":9},{"Y":8},{"Y":7}]}`, `{"St":[{"X":"bad"},{"Y":8}]}`, `{"P":[5,6,7]}`, `{"P":[null]}`, `{"SS":[[9],[8,7],[6]]}`, `{"NB":[1,2]}`, `{"B2":"aGk="}`, `{"E":[1]}`, `{"I":[1],"I":[2,3],"I":[]}`, `{"I":{"a":1}}`, `{"Bo":[1]}`, `{"U8":[70000]}`,
	`{"R":{"a":1},"RP":[1,2],"RPP":"x","T":"t","TP":"tp","V":{"a":1},"I":12345,"RS":[1,"a",null],"TS":["a","b"],"RM":{"k":1},"TM":{"k":"v","n":null},"Big":123456789012345678901234567890,"IP":"1.2.3.4","U":{"Time":"2020-01-02T03:04:05Z"},"UP":"2020-01-02T03:04:05Z","IQ":"12"}`, `{"R":null,"RP":null,"RPP":null,"T":null,"TP":null,"V":null,"I":null,"Big":null,"IP":null,"UP":null}`, `{"R":"boom","I":5}`, `{"T":"boom","I":5}`, `{"T":1,"I":5}`, `{"TP":[1]}`, `{"T":"a\u00e9\n"}`, "{\"T\":\"\xff\"}", `{"U":"2020-01-02T03:04:05Z"}`, `{"Big":"x"}`, `{"Big":1.5}`, `{"IP":"999"}`, `{"R": [1, 2 ,3] ,"I": 5}`, `{"RP":"boom"}`, `{"RS":[1,"boom",3]}`, `{"IQ":12}`, `{"IQ":null}`,
	`{"Name":"root","Left":{"Name":"l","Left":null},"Kids":[{"Name":"k1","Kids":[{"Name":"kk"}]},{"Name":"k2"}],"ByKey":{"a":{"Name":"m"},"b":{"Kids":[]}},"Any":{"Name":"any","Kids":[1]}}`, `{"Any":null}`, `{"Any":5}`, `{"Any":{"Name":5}}`,
	`{"C":1}`, `{"C":null,"F":null,"X":null,"E":null,"St":null,"I":null}`, `{"E":"x"}`, `{"X":1}`, `{"St":"2020-01-02T03:04:05Z"}`, `{"St":null}`, `{"I":1}`, `{"E":{}}`,
	`{"F00":1,"F19":2,"G00":"a","G19":"b","ProfileBackgroundColor":"c","ProfileBackgroundImage":"i","ProfileBackgroundTile":"t","ProfileBannerURL":"u","profilebackgroundtile":"T","F20":1}`,
	` { "a" : [ 1 , { "b" : null } , "c" ] } `, "\n\t{\r\n\"a\"\n:\n1\n}\n", `{"a":1} x`, `{"a":1}{"b":2}`, "\xef\xbb\xbf{}", "{}\x00", "\x00", `\"a"`, `[\"]`, `{"a":\"b"}`, `[1\]`, `["a"b]`, `["a"1]`, `[1"a"]`, `[{}1]`, `[true"a"]`, `[nullnull]`, "[1\v]", "[\u00a01]",
}

func TestUnmarshal(t *testing.T) {
	for _, fresh := range targets {
		t.Run(fmt.Sprintf("%T", fresh()), func(t *testing.T) {
			for _, doc := range documents {
				checkUnmarshal(t, doc, fresh)
			}
		})
	}
}

// Documents that go wrong later on, at each of their bytes.
func TestUnmarshalMutations(t *testing.T) {
	for _, fresh := range targets {
		for _, doc := range documents {
			if len(doc) < 60 {
				continue
			}
			for i := 0; i < len(doc); i += 1 + len(doc)/40 {
				checkUnmarshal(t, doc[:i], fresh)
				for _, c := range []byte("\"{}[]:,\\0- x\x01\xff") {
					checkUnmarshal(t, doc[:i]+string(c)+doc[i+1:], fresh)
				}
			}
			if testing.Short() {
				break
			}
		}
		if t.Failed() {
			return
		}
	}
}

func TestUnmarshalInvalidTargets(t *testing.T) {
	for _, doc := range []string{`{}`, `1`, `{`, `null`} {
		for _, v := range []any{nil, 5, (*int)(nil), "x", scalars{}, map[string]any{}, []int{1}} {
			got, want := Unmarshal([]byte(doc), v), json.Unmarshal([]byte(doc), v)
			if !sameError(got, want) {
				t.Errorf("Unmarshal(%q, %#v) = %v, want %v", doc, v, got, want)
			}
		}
	}
}

// A value that contains its own address must not be followed for ever.
func TestUnmarshalSelfReference(t *testing.T) {
	if stdIsV2 {
		t.Skip("encoding/json of this release follows it until the stack overflows")
	}
	for _, doc := range []string{`1`, `{"a":1}`, `null`, `[1]`} {
		var a, b any
		a, b = &a, &b
		got, want := Unmarshal([]byte(doc), &a), json.Unmarshal([]byte(doc), &b)
		if !sameError(got, want) || fmt.Sprintf("%T", a) != fmt.Sprintf("%T", b) {
			t.Errorf("Unmarshal(%q) = %v, %T, want %v, %T", doc, got, a, want, b)
		}
	}
}

// Documents longer than a window, with what matters at every place in it.
func TestUnmarshalWindows(t *testing.T) {
	type row struct {
		ID   int
		Name string
		Tags []string
		Pos  []float64
		Sub  map[string]any
		Raw  json.RawMessage
	}
	element := `{"ID":%d,"Name":"näme \u00e9 %s","Tags":["a","b\n","%s"],"Pos":[1.5,-2.25e3],"Sub":{"k":[true,null]},"Raw": [1, "x" ]}`
	for pad := 0; pad < 140; pad += 3 {
		var b strings.Builder
		b.WriteString(strings.Repeat(" ", pad) + "[")
		for i := range 700 {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, element, i, strings.Repeat("x", i%70), strings.Repeat("é", i%50))
		}
		b.WriteString("]")
		doc := b.String()
		checkUnmarshal(t, doc, fresh[[]row])
		checkUnmarshal(t, doc, fresh[any])
		checkUnmarshal(t, doc[:len(doc)-1], fresh[[]row])
		cut := indexWindow - 70 + pad
		checkUnmarshal(t, doc[:cut]+"\xff"+doc[cut+1:], fresh[[]row])
		checkUnmarshal(t, doc[:cut]+"\x01"+doc[cut+1:], fresh[[]row])
		checkUnmarshal(t, doc[:cut]+"\""+doc[cut+1:], fresh[any])
		if got, want := Valid([]byte(doc)), json.Valid([]byte(doc)); got != want {
			t.Fatalf("Valid = %v, want %v", got, want)
		}
		if t.Failed() {
			return
		}
	}
}

// Single tokens longer than several windows.
func TestUnmarshalLongTokens(t *testing.T) {
	for _, n := range []int{indexWindow - 1, indexWindow, indexWindow + 1, 3*indexWindow + 17} {
		for _, doc := range []string{
			`"` + strings.Repeat("a", n) + `"`,
			`["` + strings.Repeat("é", n) + `"]`,
			`["` + strings.Repeat(`\n`, n) + `",1]`,
			`["` + strings.Repeat("\xff", n) + `"]`,
			strings.Repeat(" ", n) + `[1,2` + strings.Repeat(" ", n) + `]` + strings.Repeat(" ", n),
			strings.Repeat(" ", n) + `[1,2` + strings.Repeat(" ", n) + `]` + strings.Repeat(" ", n) + `x`,
			`[` + strings.Repeat("1", n) + `]`,
			`[0.` + strings.Repeat("1", n) + `]`,
			`[1` + strings.Repeat("0", n) + `]`,
			`{"` + strings.Repeat("k", n) + `":{"` + strings.Repeat(`\u0061`, n) + `":1}}`,
			`"` + strings.Repeat("a", n),
			strings.Repeat(" ", n),
		} {
			checkUnmarshal(t, doc, fresh[any])
			checkUnmarshal(t, doc, fresh[[]string])
			checkUnmarshal(t, doc, fresh[[]float64])
			checkUnmarshal(t, doc, fresh[map[string]map[string]int])
			checkUnmarshal(t, doc, fresh[struct{ A int }])
			if got, want := Valid([]byte(doc)), json.Valid([]byte(doc)); got != want {
				t.Errorf("Valid(%.20q…) = %v, want %v", doc, got, want)
			}
		}
	}
}

func TestUnmarshalDepth(t *testing.T) {
	type list struct {
		L *list
		S []list
		A any
	}
	for _, n := range []int{9998, 9999, 10000, 10001, 20000} {
		for _, doc := range []string{
			strings.Repeat("[", n) + strings.Repeat("]", n),
			strings.Repeat(`{"a":`, n-1) + `{}` + strings.Repeat("}", n-1),
			strings.Repeat(`{"L":`, n-1) + `{}` + strings.Repeat("}", n-1),
			strings.Repeat(`[{"S":`, n/2) + `1` + strings.Repeat("}]", n/2),
			strings.Repeat("[", n),
			`{"L":{"A":` + strings.Repeat("[", n-2) + strings.Repeat("]", n-2) + `}}`,
		} {
			checkUnmarshal(t, doc, fresh[any])
			checkUnmarshal(t, doc, fresh[list])
			checkUnmarshal(t, doc, fresh[struct{ X int }])
			if got, want := Valid([]byte(doc)), json.Valid([]byte(doc)); got != want {
				t.Errorf("Valid(%.20q…) = %v, want %v", doc, got, want)
			}
		}
	}
}

func TestUnmarshalOptions(t *testing.T) {
	for _, doc := range documents {
		for _, opts := range []UnmarshalOptions{{UseNumber: true}, {DisallowUnknownFields: true}, {UseNumber: true, DisallowUnknownFields: true}, {Arena: true}} {
			for _, fresh := range targets {
				got, want := fresh(), fresh()
				gotErr := UnmarshalWith([]byte(doc), got, &opts)
				wantErr := json.Unmarshal([]byte(doc), want)
				if json.Valid([]byte(doc)) && !opts.Arena {
					dec := json.NewDecoder(strings.NewReader(doc))
					if opts.UseNumber {
						dec.UseNumber()
					}
					if opts.DisallowUnknownFields {
						dec.DisallowUnknownFields()
					}
					want = fresh()
					wantErr = dec.Decode(want)
				}
				if !sameError(gotErr, wantErr) || !same(got, want) {
					t.Errorf("%+v %q %T: got %v, %v, want %v, %v", opts, doc, want, show(got), gotErr, show(want), wantErr)
				}
			}
		}
	}
}

func TestFloats(t *testing.T) {
	check := func(s string) {
		t.Helper()
		var got, want float64
		gotErr, wantErr := Unmarshal([]byte(s), &got), json.Unmarshal([]byte(s), &want)
		if math.Float64bits(got) != math.Float64bits(want) || !sameError(gotErr, wantErr) {
			t.Errorf("%s: got %v, %v, want %v, %v", s, got, gotErr, want, wantErr)
		}
		var got32, want32 float32
		gotErr, wantErr = Unmarshal([]byte(s), &got32), json.Unmarshal([]byte(s), &want32)
		if math.Float32bits(got32) != math.Float32bits(want32) || !sameError(gotErr, wantErr) {
			t.Errorf("%s: got %v, %v, want %v, %v", s, got32, gotErr, want32, wantErr)
		}
	}
	x := uint64(88172645463325252)
	n := 200_000
	if testing.Short() {
		n = 20_000
	}
	for range n {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		f := math.Float64frombits(x)
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		check(fmt.Sprint(f))
		check(fmt.Sprintf("%d.%de%d", x%1000, x>>40, int(x>>20%140)-70))
		check(fmt.Sprintf("%.3f", float64(int64(x)>>30)/1000))
	}
	for _, s := range []string{
		"9007199254740993", "9007199254740992.5", "9007199254740993e0", "1e23", "8.5e22", "4.5e15", "0.000001", "1e-7",
		"2.2250738585072011e-308", "5e-324", "2e-324", "1.7976931348623157e308", "1.7976931348623159e308", "0.0", "-0.0", "0e99", "0.000e-999",
		"16777217", "16777217.0000001", "33554431.5", "1.00000017881393432617187499", "1.00000017881393432617187500", "7.2057594037927933e16", "72057594037927945",
	} {
		check(s)
		check("-" + s)
	}
}

func TestValid(t *testing.T) {
	pad := strings.Repeat(" ", shortDocument)
	for _, doc := range documents {
		for _, doc := range []string{doc, doc + pad, pad + doc} {
			if got, want := Valid([]byte(doc)), json.Valid([]byte(doc)); got != want {
				t.Errorf("Valid(%q) = %v, want %v", doc, got, want)
			}
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	for i, doc := range documents {
		f.Add([]byte(doc), byte(i))
	}
	f.Fuzz(func(t *testing.T, data []byte, target byte) {
		checkUnmarshal(t, string(data), targets[int(target)%len(targets)])
	})
}

func FuzzValid(f *testing.F) {
	for _, doc := range documents {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, want := Valid(data), json.Valid(data); got != want {
			t.Errorf("Valid(%q) = %v, want %v", data, got, want)
		}
	})
}
