package simd

import "strconv"

// HeadLine is where one line of a message's head ends and where its first colon
// stands, as offsets from the head's first byte.
//
// A line begins two bytes behind the End of the one before, the first at 0. A
// line without a colon has Colon == End+1, the offset of its LF; every other has
// Colon < End.
type HeadLine struct {
	Colon uint32 // the first colon
	End   uint32 // the CR
}

// HeadState is what ScanHead knows of a head that it has seen in part. The zero
// value is the start of a head.
type HeadState struct {
	at, lines int
	found     uint64 // 1 if the line that goes on at at has its colon
	cr, lf    uint64 // for the kernels: see before
}

// Offset is how far the head was scanned: behind its empty line after [HeadDone],
// at the byte that cannot be after [HeadBad], at the colon or LF of the line for
// which there was no room after [HeadFull].
func (s *HeadState) Offset() int { return s.at }

// Lines is how many entries of ScanHead's dst are filled: the complete lines, the
// empty one that ends the head not among them.
func (s *HeadState) Lines() int { return s.lines }

// HeadStatus is what ScanHead found.
type HeadStatus uint8

const (
	HeadMore HeadStatus = iota // no empty line yet: scan again when there are more bytes
	HeadDone                   // the empty line that ends the head
	HeadBad                    // a byte that may not be in a head, at Offset
	HeadFull                   // more lines than dst has entries
)

func (s HeadStatus) String() string {
	if s > HeadFull {
		return "HeadStatus(" + strconv.Itoa(int(s)) + ")"
	}
	return [...]string{"HeadMore", "HeadDone", "HeadBad", "HeadFull"}[s]
}

// ScanHead finds the lines of the head of an HTTP/1 message, or of a chunked
// body's trailer section, and the first colon of each, in one pass (RFC 9112
// section 2.1).
//
// head starts with the first byte of the head and ends with the last that has
// arrived, which may lie behind the head's end: what follows the empty line is not
// looked at. While the status is [HeadMore] the caller appends what arrives next
// (the bytes may move to larger memory) and calls again with the same s and the
// same dst, or a copy of it; no byte is scanned twice, so a head that trickles in
// costs no more than a whole one. After any other status s is spent.
//
// Every line ends in CR LF. These bytes end the scan with [HeadBad]:
//
//   - a control byte other than HTAB, CR and LF, that is 0–8, 11, 12, 14–31, 127
//   - an LF that no CR precedes; a bare LF is no line end here, although RFC 9112
//     section 2.2 permits it, because intermediaries disagree on it
//   - whatever follows a CR and is no LF: the offset is that of the byte behind the
//     CR, for only there it can be known
//
// Everything else is the caller's to judge: that names are tokens ([ValidToken],
// which also refuses white space around a name and so the obsolete line folding),
// that a line has a colon, HTAB and bytes from 0x80 in the first line. A head that
// begins with its empty line is Done with no lines and an offset of 2: a server
// skips that once (RFC 9112 section 2.2), and a trailer section is often no more.
//
// dst's length is the limit on lines, the first line among them. The scan ends
// with [HeadFull] at the first colon of the line that has no entry, or its LF if
// it has none. Entries from Lines on may be overwritten with anything.
//
// A head is at most 4 GiB, and the caller limits its length. ScanHead panics if
// head is shorter than what was scanned, or dst than the lines found.
func ScanHead(dst []HeadLine, head []byte, s *HeadState) HeadStatus {
	if s.at > len(head) || s.lines > len(dst) || uint64(len(head)) > 1<<32-1 {
		panic("simd: ScanHead: head or dst is shorter than before, or head is over 4 GiB")
	}
	for {
		to := min(len(head), s.at+window)
		status := scanHead(dst, head[:to], s)
		if status != HeadMore || to == len(head) {
			return status
		}
	}
}

// before tells the kernels about the two bytes before at: cr is 1 if the last is a
// CR, lf has bit 0 and 1 for the second last and the last being LF. A head starts
// as if an LF preceded it, so that an empty line can be its first.
func (s *HeadState) before(head []byte) {
	s.cr, s.lf = 0, 2
	if s.at == 0 {
		return
	}
	s.lf = 0
	switch head[s.at-1] {
	case '\r':
		s.cr = 1
	case '\n':
		s.lf = 2
	}
	if s.at == 1 || head[s.at-2] == '\n' {
		s.lf |= 1
	}
}
