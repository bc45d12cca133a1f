// Package radix is covet's route matcher: the pattern language and the
// precedence of [net/http.ServeMux], over one tree that all methods share.
//
// # The tree
//
// A node stands for the segments read so far. From it lead its literal
// children, at most one child for a single wildcard, and at most one set of
// endpoints for a multi wildcard, which takes the rest of the path:
//
//	/notes/{id}      root ─ "notes" ─ {·}           leaf GET, DELETE
//	/notes/{id}/     root ─ "notes" ─ {·} ─ multi   leaf GET
//	/notes/{$}       root ─ "notes" ─ "/"           leaf (any method)
//
// "{$}" is the literal "/", as in net/http: no other segment can be that,
// except one written "%2F".
//
// # Two ways through it
//
// [Tree.Find] is the fast way. It reads a path that net/url decoded without
// loss (RawPath is empty), allocates nothing, and gives up as soon as it sees
// anything unusual. [Tree.Resolve] is the complete way: escaped segments, path
// cleaning, redirects, CONNECT, the Allow header. It follows net/http's own
// steps one by one, so the fast way is tested against it and it is tested
// against http.ServeMux.
package radix

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"
)

// Pattern is a parsed "[METHOD ][HOST]/path".
type Pattern struct {
	// Text is the pattern as it was written.
	Text string
	// Method is empty when every method matches.
	Method string
	// Host is empty when every host matches.
	Host string
	// Names are the wildcards' names, in the order of their values. The
	// nameless wildcard that a trailing slash stands for is not among them.
	Names []string

	segments []segment
}

type segmentKind uint8

const (
	literal segmentKind = iota
	single
	multi
)

type segment struct {
	kind segmentKind
	text string // the literal, unescaped; the wildcard's name, maybe empty
}

// Parse reads a pattern. The grammar is http.ServeMux's: METHOD is followed by
// spaces or tabs; a wildcard fills a whole segment; "{name...}" and "{$}" end
// the path; a trailing slash is a nameless "{...}". Errors give the offset at
// which s goes wrong.
func Parse(s string) (*Pattern, error) {
	p := &Pattern{Text: s}
	rest := s
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		p.Method, rest = s[:i], strings.TrimLeft(s[i+1:], " \t")
		if p.Method != "" && !validMethod(p.Method) {
			return nil, parseError(s, 0, "invalid method %q", p.Method)
		}
	}
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return nil, parseError(s, len(s)-len(rest), "no path: it must contain a /")
	}
	p.Host = rest[:i]
	if j := strings.IndexByte(p.Host, '{'); j >= 0 {
		return nil, parseError(s, len(s)-len(rest)+j, "host contains {: is the first / missing?")
	}
	if err := p.parsePath(rest[i:]); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Pattern) parsePath(rest string) error {
	if c := CleanPath(rest); c != rest && p.Method != "" && p.Method != "CONNECT" {
		return parseError(p.Text, len(p.Text)-len(rest), "never matches, paths are cleaned first: write %q", c)
	}
	for rest != "" {
		rest = rest[1:] // the slash
		at := len(p.Text) - len(rest)
		text, tail := rest, ""
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			text, tail = rest[:i], rest[i:]
		}
		seg, err := parseSegment(text, tail)
		if err != nil {
			return parseError(p.Text, at, "%v", err)
		}
		if seg.kind != literal && seg.text != "" {
			if p.has(seg.text) {
				return parseError(p.Text, at, "wildcard {%s} appears twice", seg.text)
			}
			p.Names = append(p.Names, seg.text)
		}
		p.segments = append(p.segments, seg)
		rest = tail
	}
	return nil
}

func (p *Pattern) has(name string) bool {
	for _, n := range p.Names {
		if n == name {
			return true
		}
	}
	return false
}

// parseSegment reads one segment; tail is what follows it.
func parseSegment(text, tail string) (segment, error) {
	if text == "" && tail == "" {
		return segment{kind: multi}, nil // a trailing slash
	}
	brace := strings.IndexByte(text, '{')
	if brace < 0 {
		return segment{text: unescape(text)}, nil
	}
	if brace > 0 {
		return segment{}, fmt.Errorf("a wildcard must fill its segment, %q has text before it", text)
	}
	if text[len(text)-1] != '}' {
		return segment{}, fmt.Errorf("wildcard %q has no closing brace at its end", text)
	}
	return parseWildcard(text[1:len(text)-1], tail)
}

func parseWildcard(name, tail string) (segment, error) {
	if name == "$" {
		if tail != "" {
			return segment{}, fmt.Errorf("{$} must end the pattern")
		}
		return segment{text: "/"}, nil
	}
	seg := segment{kind: single}
	name, rest := strings.CutSuffix(name, "...")
	if rest {
		seg.kind = multi
		if tail != "" {
			return segment{}, fmt.Errorf("{%s...} must end the pattern", name)
		}
	}
	if !validName(name) {
		return segment{}, fmt.Errorf("wildcard name %q is not a Go identifier", name)
	}
	seg.text = name
	return seg, nil
}

func parseError(s string, at int, format string, args ...any) error {
	return fmt.Errorf("pattern %q, offset %d: %s", s, at, fmt.Sprintf(format, args...))
}

func validName(s string) bool {
	for i, c := range s {
		if !unicode.IsLetter(c) && c != '_' && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return s != ""
}

// validMethod reports whether s is a token (RFC 9110, section 5.6.2).
func validMethod(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		alnum := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !alnum && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

// unescape decodes a segment, or returns it as it is when it is badly escaped.
func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// CleanPath is the canonical form of p: it begins with a slash, has no empty
// and no dot segments, and keeps its trailing slash.
func CleanPath(p string) string {
	if p == "" {
		return "/"
	}
	if p[0] != '/' {
		p = "/" + p
	}
	clean := path.Clean(p)
	if p[len(p)-1] == '/' && clean != "/" {
		clean += "/"
	}
	return clean
}

// Shape is p with its wildcards' names left out: two patterns of one shape
// match the same requests.
func (p *Pattern) Shape() string {
	var b strings.Builder
	b.WriteString(p.Method + " " + p.Host)
	for _, s := range p.segments {
		switch s.kind {
		case literal:
			b.WriteString("/" + url.PathEscape(s.text))
		case single:
			b.WriteString("/{}")
		case multi:
			b.WriteString("/{...}")
		}
	}
	return b.String()
}
