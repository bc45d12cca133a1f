package json
import ("testing"; stdjson "encoding/json"; "math/rand/v2"; "math"; "strconv";"reflect")
func TestSmoke(t *testing.T) {
	type T struct { A int `json:"a"`; B string `json:"<b>,omitempty"`; C []float64; D map[string]any; E *T; F any; G [2]bool; H struct{X,Y int `json:",omitempty"`}; I map[int]string; J []byte; K float32 `json:",string"`; L string `json:",string"` }
	v := T{A: 1, C: []float64{1,2.5,1e300,1e-7,0.1+0.2,123456.789}, D: map[string]any{"x":1,"a":[]any{nil,true,"q\n<é\xff\u2028"}}, F: T{}, I: map[int]string{3:"x",-1:"y"}, J: []byte("hello"), L:"a<\"b"}
	v.E = &T{B:"hello world this is long long long"}
	want, err := stdjson.Marshal(v); if err != nil {t.Fatal(err)}
	got, err := Marshal(v); if err != nil {t.Fatal(err)}
	if string(got) != string(want) { t.Errorf("\n%s\n%s", got, want)}
}
func TestSmokeFloat(t *testing.T) {
	r := rand.New(rand.NewPCG(1,2))
	e := newEncoder(true)
	miss := 0
	check := func(f float64) {
		if math.IsNaN(f)||math.IsInf(f,0) {return}
		b := make([]byte,0,100)
		got := string(e.float64(b, f, reflect.TypeOf(f)))
		want, _ := stdjson.Marshal(f)
		if got != string(want) { t.Fatalf("%v: got %s want %s", strconv.FormatFloat(f,'g',-1,64), got, want)}
		g := float32(f)
		if math.IsInf(float64(g),0) {return}
		got = string(e.float32(b[:0], g, reflect.TypeOf(g)))
		want, _ = stdjson.Marshal(g)
		if got != string(want) { t.Fatalf("32 %v: got %s want %s", g, got, want)}
	}
	for range 2000000 {
		check(math.Float64frombits(r.Uint64()))
		check(r.Float64()*math.Pow10(r.IntN(20)-8))
		check(float64(r.IntN(1000000))/math.Pow10(r.IntN(10)))
		f := r.NormFloat64()*100
		check(f)
		a := math.Abs(f)
		var tmp [64]byte
		if putShortest(memory(&tmp), a, math.Float64bits(a), 52, 1075) == 0 { miss++}
	}
	t.Log("miss", miss)
}
