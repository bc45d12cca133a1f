package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// Order is what an application posts.
type Order struct {
	ID       int64    `json:"id"`
	Customer string   `json:"customer"`
	Email    string   `json:"email"`
	Paid     bool     `json:"paid"`
	Total    float64  `json:"total"`
	Currency string   `json:"currency"`
	Tags     []string `json:"tags"`
	Address  Address  `json:"address"`
	Note     *string  `json:"note"`
}

// Address is where somebody lives.
type Address struct {
	Street string `json:"street"`
	City   string `json:"city"`
	Zip    string `json:"zip"`
}

func small() []byte {
	return marshal(Order{
		ID: 4_815_162_342, Customer: "Ada Lovelace", Email: "ada@analytical.example", Paid: true,
		Total: 149.95, Currency: "EUR", Tags: []string{"express", "gift", "repeat-customer"},
		Address: Address{Street: "12 St James's Square, second floor, the door on the left", City: "London", Zip: "SW1Y 4JH"},
	})
}

// Page is a page of a list of users.
type Page struct {
	Total int    `json:"total"`
	Next  string `json:"next"`
	Users []User `json:"users"`
}

// User is a line of the list.
type User struct {
	ID     int      `json:"id"`
	Name   string   `json:"name"`
	Email  string   `json:"email"`
	Age    int      `json:"age"`
	Active bool     `json:"active"`
	Score  float64  `json:"score"`
	Roles  []string `json:"roles"`
}

func users() []byte {
	r := random(50)
	p := Page{Total: 1234, Next: "/users?page=2"}
	for range 50 {
		first, last := pick(r, firstNames), pick(r, lastNames)
		u := User{
			ID: 10_000 + r.IntN(90_000), Name: first + " " + last,
			Email: strings.ToLower(first+"."+last) + "@example.com",
			Age:   18 + r.IntN(60), Active: r.IntN(4) > 0, Score: cents(r, 1000),
		}
		for range 1 + r.IntN(3) {
			u.Roles = append(u.Roles, pick(r, roles))
		}
		p.Users = append(p.Users, u)
	}
	return marshal(p)
}

// Record is a line of an export: text, integers, fractions, a time, a map.
type Record struct {
	ID       string            `json:"id"`
	Seq      int64             `json:"seq"`
	Name     string            `json:"name"`
	Comment  string            `json:"comment"`
	Created  string            `json:"created"`
	Lat      float64           `json:"lat"`
	Lon      float64           `json:"lon"`
	Price    float64           `json:"price"`
	Readings []float64         `json:"readings"`
	Flags    []bool            `json:"flags"`
	Labels   map[string]string `json:"labels"`
	Owner    *User             `json:"owner"`
}

func records() []byte {
	r := random(1 << 20)
	var list []Record
	for size := 0; size < 1<<20; {
		rec := record(r, len(list))
		size += len(marshal(rec)) + 1
		list = append(list, rec)
	}
	return marshal(list)
}

func record(r *rand.Rand, i int) Record {
	rec := Record{
		ID:  fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", r.Uint32(), r.IntN(1<<16), r.IntN(1<<12), 1<<15+r.IntN(1<<14), r.Int64N(1<<48)),
		Seq: int64(i), Name: pick(r, firstNames) + " " + pick(r, lastNames),
		Comment: sentence(r, 4+r.IntN(16)),
		Created: time.Unix(1_700_000_000+r.Int64N(5e7), 0).UTC().Format(time.RFC3339),
		Lat:     digits(r, 90, 6), Lon: digits(r, 180, 6), Price: cents(r, 1000),
		Labels: map[string]string{"region": pick(r, roles), "shard": fmt.Sprint(r.IntN(64))},
	}
	for range 6 {
		rec.Readings = append(rec.Readings, digits(r, 1, 16))
	}
	for range 3 {
		rec.Flags = append(rec.Flags, r.IntN(2) == 0)
	}
	if r.IntN(3) == 0 {
		rec.Owner = &User{ID: r.IntN(1e5), Name: pick(r, firstNames), Email: "o@example.com", Roles: []string{pick(r, roles)}}
	}
	return rec
}

// Message is a line of a chat.
type Message struct {
	From string `json:"from"`
	Text string `json:"text"`
}

// escaped has an escape every eight characters or so, of all kinds, and long
// ones of several kinds behind each other now and then.
func escaped() []byte {
	r := random(92)
	escapes := []string{`\n`, `\"`, `\\`, `\t`, `\/`, `\u00e9`, `\ud83d\ude00`, `\u6f22\u5b57`, `\r\n\t\"`, `\u003cb\u003e`}
	return messages(64<<10, func() string {
		var b strings.Builder
		for range 8 + r.IntN(24) {
			b.WriteString(pick(r, words))
			b.WriteString(pick(r, escapes))
		}
		return b.String()
	})
}

// cjk has hardly a character of less than three bytes in its texts.
func cjk() []byte {
	r := random(949)
	phrases := strings.Fields("漢字かな交じり文は 可能な限り 我能吞下玻璃而不傷身體 人人生而自由 모든인간은 태어날때부터자유로우며 存在しない。 東京都 𠮷野家 감사합니다")
	return messages(64<<10, func() string {
		var b strings.Builder
		for range 4 + r.IntN(12) {
			b.WriteString(pick(r, phrases))
		}
		return b.String()
	})
}

// messages is a list of messages whose texts are JSON already.
func messages(size int, text func() string) []byte {
	var b bytes.Buffer
	b.WriteByte('[')
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"from":"user%d","text":"%s"}`, i%17, text())
	}
	b.WriteByte(']')
	return b.Bytes()
}

// Node is a thing in a thing.
type Node struct {
	Depth int     `json:"depth"`
	Name  string  `json:"name"`
	Leaf  []int   `json:"leaf"`
	Child []*Node `json:"child"`
}

func deep() []byte {
	n := &Node{Depth: 250, Name: "leaf", Leaf: []int{1, 2, 3}, Child: []*Node{}}
	for depth := 249; depth > 0; depth-- {
		n = &Node{Depth: depth, Name: fmt.Sprint("level ", depth), Leaf: []int{depth}, Child: []*Node{n}}
	}
	return marshal(n)
}

// Point is a tiny object of two numbers and a string.
type Point struct {
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	Label string  `json:"label"`
}

// Todo is a tiny object of everything.
type Todo struct {
	ID    int      `json:"id"`
	Title string   `json:"title"`
	Done  bool     `json:"done"`
	Tags  []string `json:"tags"`
}

var (
	firstNames = strings.Fields("Ada Grace Alan Barbara Edsger Margaret Donald Frances Niklaus Radia Ken Hedy Tony Katherine Dennis")
	lastNames  = strings.Fields("Lovelace Hopper Turing Liskov Dijkstra Hamilton Knuth Allen Wirth Perlman Thompson Lamarr Hoare Johnson Ritchie")
	roles      = strings.Fields("admin editor viewer billing support eu-west us-east")
	words      = strings.Fields("time person year way day thing world life hand part child eye place work week")
)

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 2026)) }

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func sentence(r *rand.Rand, n int) string {
	var w []string
	for range n {
		w = append(w, pick(r, words))
	}
	return strings.Join(w, " ")
}

// cents is an amount below limit, in hundredths.
func cents(r *rand.Rand, limit int) float64 { return float64(r.IntN(limit*100)) / 100 }

// digits is a number between -limit and limit of so many decimals.
func digits(r *rand.Rand, limit float64, decimals int) float64 {
	scale := math.Pow(10, float64(decimals))
	return math.Round((2*r.Float64()-1)*limit*scale) / scale
}

func marshal(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}
