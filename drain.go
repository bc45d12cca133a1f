package covet

import (
	"context"
	"net/http"
	"sync"
)

// drainer tells what runs long that the server is going to stop. It travels in
// the server's base context.
type drainer struct {
	soon  chan struct{} // closed when readiness goes to 503
	told  chan struct{} // closed when streams and sockets are told to end
	mu    sync.Mutex
	hooks map[*func()]struct{}
	empty chan struct{} // made by waitHooks, closed when no hook is left
}

var drainKey = NewKey[*drainer]("covet.drain")

func newDrainer() *drainer {
	return &drainer{
		soon:  make(chan struct{}),
		told:  make(chan struct{}),
		hooks: map[*func()]struct{}{},
	}
}

// OnDrain registers something that outlives a handler or runs long in it, such
// as a hijacked connection: when the server starts to drain, f is called once,
// in a goroutine of its own, and should make it end. The server waits, within
// its drain time, until stop has been called for all of them. Call stop once
// when it has ended, whether f was called or not; further calls do nothing.
// While the server drains already, f is called at once.
//
// Register before the handler returns: from then on only OnDrain holds up the
// server's end.
//
// ctx is the request's, or one made from it. Under a server that neither
// [App.Run] nor [Serve] runs, f is never called.
func OnDrain(ctx context.Context, f func()) (stop func()) {
	d, ok := drainKey.From(ctx)
	if !ok {
		return func() {}
	}
	h := &f
	d.mu.Lock()
	d.hooks[h] = struct{}{}
	told := isClosed(d.told)
	d.mu.Unlock()
	if told {
		go f()
	}
	return func() { d.remove(h) }
}

// Draining returns a channel that is closed when the server starts to drain,
// and is nil, so that receiving blocks for ever, under a server that neither
// [App.Run] nor [Serve] runs.
func Draining(ctx context.Context) <-chan struct{} {
	if d, ok := drainKey.From(ctx); ok {
		return d.told
	}
	return nil
}

// Ready returns a handler for load balancers: 200 while all checks pass, 503
// when one fails, and 503 from the moment on that the server is to stop.
//
//	app.Get("/readyz", covet.Ready(db.PingContext))
func Ready(checks ...func(context.Context) error) HandlerFunc {
	return func(c *Ctx) error {
		c.SetHeader("Cache-Control", "no-store")
		if d, ok := drainKey.From(c.Context()); ok && isClosed(d.soon) {
			return &Error{Status: http.StatusServiceUnavailable, Code: "draining"}
		}
		for _, check := range checks {
			if err := check(c.Context()); err != nil {
				return &Error{Status: http.StatusServiceUnavailable, Code: "not_ready", Err: err}
			}
		}
		return c.String(http.StatusOK, "ready\n")
	}
}

func isClosed(ch chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

func (d *drainer) remove(h *func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.hooks[h]; !ok {
		return
	}
	delete(d.hooks, h)
	if len(d.hooks) == 0 && d.empty != nil {
		close(d.empty)
		d.empty = nil
	}
}

// tell calls all hooks.
func (d *drainer) tell() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.told)
	for h := range d.hooks {
		go (*h)()
	}
}

// waitHooks returns when no hook is left, or with ctx's error. Requests in
// flight can register hooks until they have ended: call it after them.
func (d *drainer) waitHooks(ctx context.Context) error {
	d.mu.Lock()
	if len(d.hooks) == 0 {
		d.mu.Unlock()
		return nil
	}
	empty := make(chan struct{})
	d.empty = empty
	d.mu.Unlock()
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// left is the number of hooks that have not ended.
func (d *drainer) left() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.hooks)
}
