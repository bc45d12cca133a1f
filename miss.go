package covet

import (
	"context"
	"net/http"

	"github.com/covetgo/covet/internal/radix"
)

// miss says why no route answers a request. It is not a reason to leave out
// the middleware: loggers, CORS and rate limits see misses as well.
type miss struct {
	status   int
	allow    []string // the Allow header of a 405
	location string   // where a redirect leads
}

// notFound is the usual miss.
var notFound = miss{status: http.StatusNotFound}

// missKey carries the miss through foreign middleware.
var missKey = NewKey[miss]("covet.miss")

// missed notes m and returns the handler for it.
func (c *Ctx) missed(t *table, m miss) HandlerFunc {
	c.ownMiss = m
	c.miss = &c.ownMiss
	return c.missHandler(t)
}

// lost is missed for a 404, or a 405 with an Allow header.
func (c *Ctx) lost(t *table, allow []string) HandlerFunc {
	if allow != nil {
		return c.missed(t, miss{status: http.StatusMethodNotAllowed, allow: allow})
	}
	c.miss = &notFound
	return c.missHandler(t)
}

// missHandler has the middleware of the root, or of the innermost group whose
// prefix the request has.
func (c *Ctx) missHandler(t *table) HandlerFunc {
	if t.groups == nil {
		return t.miss
	}
	if l := t.groups.Resolve(c.req.Method, c.req.Host, c.req.URL).Leaf; l != nil {
		return l.Value.(HandlerFunc)
	}
	return t.miss
}

// answerMiss is the handler of all misses.
func answerMiss(c *Ctx) error {
	m := c.miss
	if m == nil { // foreign middleware was crossed
		carried, _ := missKey.Get(c)
		m = &carried
	}
	switch m.status {
	case http.StatusTemporaryRedirect:
		http.Redirect(c.res, c.req, m.location, m.status)
		return nil
	case http.StatusMethodNotAllowed:
		c.res.Header()["Allow"] = m.allow
		return errMethod
	case http.StatusBadRequest:
		// As http.ServeMux answers a request for "*".
		if c.req.ProtoAtLeast(1, 1) {
			c.res.Header().Set("Connection", "close")
		}
		return errBadRequest
	}
	return errNotFound
}

// compileMisses makes the handlers of misses. Groups that share a prefix leave
// their misses to the router around them, since none of them has the better
// claim.
func (a *App) compileMisses(t *table) {
	t.miss = a.Router.compose(HandlerFunc(answerMiss), nil)
	owners := map[string]*Router{} // by the shape of the prefix
	var shapes []string
	for _, g := range a.groups {
		if g.prefix == g.parent.prefix {
			continue
		}
		shape := g.subtree().Shape()
		if old := owners[shape]; old != nil {
			owners[shape] = commonRouter(old, g)
			continue
		}
		owners[shape] = g
		shapes = append(shapes, shape)
	}
	if shapes == nil {
		return
	}
	t.groups = &radix.Tree{}
	for _, shape := range shapes {
		t.addMiss(owners[shape])
	}
	t.groups.Compile()
}

func (t *table) addMiss(owner *Router) {
	if owner.prefix == "" {
		return // it is t.miss
	}
	answer := owner.compose(HandlerFunc(answerMiss), nil)
	patterns := []*radix.Pattern{owner.subtree()}
	if p, err := radix.Parse(owner.prefix); err == nil { // else it is only a host
		patterns = append(patterns, p)
	}
	for _, p := range patterns {
		_ = t.groups.Add(p, answer) // each shape comes once
	}
}

// commonRouter is the innermost router that both stand in.
func commonRouter(a, b *Router) *Router {
	for ; a != nil; a = a.parent {
		for r := b; r != nil; r = r.parent {
			if r == a {
				return a
			}
		}
	}
	return nil // not reached: the root is common to all
}

// missContext is the request's context with c's miss in it.
func (c *Ctx) missContext() context.Context { return missKey.With(c.Context(), *c.miss) }
