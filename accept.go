package covet

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Accepts returns the one of the offered media types, such as "text/html" and
// "application/json", that the client's Accept header prefers, or "" when it
// accepts none of them (RFC 9110, section 12.5.1). Of equally good ones the
// first offered wins; so it does when the client did not say. A type with q=0
// is never chosen.
//
// It adds Accept to the response's Vary header. Of more than 64 ranges the rest
// is not looked at.
func (c *Ctx) Accepts(offers ...string) string {
	c.live()
	addVary(c.res.Header(), "Accept")
	ranges := parseAccept(strings.Join(c.req.Header.Values("Accept"), ","))
	if len(ranges) == 0 && len(offers) > 0 {
		return offers[0]
	}
	best, bestQ := "", 0.0
	for _, offer := range offers {
		if q := quality(ranges, offer); q > bestQ {
			best, bestQ = offer, q
		}
	}
	return best
}

// addVary adds a name to the Vary header, unless it is there.
func addVary(h http.Header, name string) {
	for _, field := range h["Vary"] {
		for v := range strings.SplitSeq(field, ",") {
			if v = strings.TrimSpace(v); v == "*" || strings.EqualFold(v, name) {
				return
			}
		}
	}
	h.Add("Vary", name)
}

// mediaRange is one element of an Accept header.
type mediaRange struct {
	media  string
	params map[string]string
	q      float64
}

// maxRanges bounds the work that one header can make; malformed ones count.
const maxRanges = 64

func parseAccept(header string) []mediaRange {
	var ranges []mediaRange
	for n := 0; n < maxRanges && header != ""; n++ {
		var part string
		part, header = cutElement(header)
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		r := mediaRange{media: media, params: params, q: 1}
		if s, ok := params["q"]; ok {
			q, err := strconv.ParseFloat(s, 64)
			if err != nil || !(q >= 0 && q <= 1) {
				continue
			}
			r.q = q
			delete(params, "q")
		}
		ranges = append(ranges, r)
	}
	return ranges
}

// cutElement splits a list at its first comma that is not in quotes.
func cutElement(s string) (element, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '\\' && quoted:
			i++
		case s[i] == ',' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// quality is the weight of the most specific range that offer is in.
func quality(ranges []mediaRange, offer string) float64 {
	media, params, err := mime.ParseMediaType(offer)
	if err != nil {
		return 0
	}
	best, q := -1, 0.0
	for _, r := range ranges {
		if s := r.specificity(media, params); s > best {
			best, q = s, r.q
		}
	}
	return q
}

// specificity is -1 when a media type is not in r, else higher the more r says.
func (r mediaRange) specificity(media string, params map[string]string) int {
	kind, _, _ := strings.Cut(media, "/")
	switch r.media {
	case "*/*":
		return 0
	case kind + "/*":
		return 1
	case media:
		for k, v := range r.params {
			if !strings.EqualFold(params[k], v) {
				return -1
			}
		}
		return 2 + len(r.params)
	}
	return -1
}
