package json

// A string or number in an interface needs memory of its own, which costs more
// than reading it does. So those of one document share theirs, up to boxShare of
// them. An interface that is kept holds on to its neighbours; a string or number
// taken out of it does not.
const boxShare = 32

// memBox is an interface without methods as it lies in memory.
type memBox struct{ typ, data memory }

var (
	sampleText   any = "text"
	sampleNumber any = 1.5

	// boxes tells that interfaces are as memBox says. If a Go release changes
	// that, values get memory of their own.
	boxes = boxesWork()
)

// boxesWork tries whether values come out of boxes as they went in.
func boxesWork() bool {
	text, number := "other text", 2.5
	s, _ := boxText(&text).(string)
	f, _ := boxNumber(&number).(float64)
	return s == text && f == number && sampleText == "text" && sampleNumber == 1.5
}

// boxText is an interface with the string that lies at s.
func boxText(s *string) (v any) {
	*(*memBox)(memory(&v)) = memBox{(*memBox)(memory(&sampleText)).typ, memory(s)}
	return v
}

// boxNumber is an interface with the number that lies at f.
func boxNumber(f *float64) (v any) {
	*(*memBox)(memory(&v)) = memBox{(*memBox)(memory(&sampleNumber)).typ, memory(f)}
	return v
}

// box is s, which stands at pos, as an any. The next piece of memory is for as
// many strings as may still come in a small document, which is not to take more
// than it needs.
func (d *decoder) box(s string, pos int) any {
	if s == "" || !boxes {
		return s
	}
	if len(d.texts) == 0 {
		d.texts = make([]string, min(1+(d.size-pos)/32, boxShare))
	}
	p := &d.texts[0]
	*p, d.texts = s, d.texts[1:]
	return boxText(p)
}

// boxFloat is box for a number.
func (d *decoder) boxFloat(f float64, pos int) any {
	if !boxes {
		return f
	}
	if len(d.numbers) == 0 {
		d.numbers = make([]float64, min(1+(d.size-pos)/128, boxShare))
	}
	p := &d.numbers[0]
	*p, d.numbers = f, d.numbers[1:]
	return boxNumber(p)
}
