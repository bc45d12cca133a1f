package covet

import (
	"net/http"
	"net/url"
	"strings"
)

// stripSegments passes requests on without the first n segments of their path,
// escaped and not. [http.StripPrefix] can't do it for a prefix with wildcards.
func stripSegments(n int, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner := new(http.Request)
		*inner = *r
		inner.URL = stripURL(r.URL, n)
		inner.Pattern = ""
		h.ServeHTTP(w, inner)
	})
}

// stripURL counts in the escaped path, in which a slash is always a separator.
func stripURL(u *url.URL, n int) *url.URL {
	s := new(url.URL)
	*s = *u
	rest := skipSegments(u.EscapedPath(), n)
	s.RawPath = ""
	if path, err := url.PathUnescape(rest); err == nil {
		s.Path = path
	}
	if s.EscapedPath() != rest {
		s.RawPath = rest
	}
	return s
}

func skipSegments(path string, n int) string {
	for ; n > 0 && path != ""; n-- {
		i := strings.IndexByte(path[1:], '/')
		if i < 0 {
			return "/"
		}
		path = path[i+1:]
	}
	return path
}
