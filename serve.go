package covet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

// Run serves on a TCP address such as ":8080" until ctx ends or the process
// gets SIGINT or SIGTERM, and then drains; see [Serve]. It returns nil when
// everything ended within the drain time, so that main can exit with 0. A
// second signal kills the process at once.
func (a *App) Run(ctx context.Context, addr string) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("covet: %w", err)
	}
	return a.Serve(ctx, l)
}

// Serve is Run on a listener, without signals: only the end of ctx stops it.
// It closes l.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	a.serve() // a mistake in the routes shows now, not at the first request
	s := a.server()
	scheme := "http"
	if s.TLSConfig != nil {
		scheme = "https"
	}
	a.logger().Info("covet: listening", "url", scheme+"://"+reachable(l.Addr()))
	err := serve(ctx, s, l, drainTimes{delay: a.opts.DrainDelay, limit: timeout(a.opts.DrainTimeout, 30*time.Second)})
	if err != nil {
		a.logger().Error("covet: stopped", "error", err)
		return err
	}
	a.logger().Info("covet: stopped")
	return nil
}

func (a *App) server() *http.Server {
	s := &http.Server{
		Handler:           http.HandlerFunc(a.limitBodies),
		ReadHeaderTimeout: timeout(a.opts.ReadHeaderTimeout, 10*time.Second),
		ReadTimeout:       timeout(a.opts.ReadTimeout, time.Minute),
		WriteTimeout:      a.writeTimeout(),
		IdleTimeout:       timeout(a.opts.IdleTimeout, 2*time.Minute),
		ErrorLog:          slog.NewLogLogger(a.logger().Handler(), slog.LevelWarn),
	}
	if a.opts.TLSConfig != nil {
		s.TLSConfig = a.opts.TLSConfig.Clone()
	}
	return s
}

// reachable is an address that a browser on this machine can open.
func reachable(addr net.Addr) string {
	t, ok := addr.(*net.TCPAddr)
	if !ok || !t.IP.IsUnspecified() {
		return addr.String()
	}
	return fmt.Sprintf("localhost:%d", t.Port)
}

// Serve runs any server on l until ctx ends, and then drains it:
//
//  1. handlers made by [Ready] answer 503;
//  2. event streams and what [OnDrain] knows are told to end;
//  3. l and idle connections are closed, requests in flight finish;
//  4. after drain, or 30 s if that is 0, contexts of requests end, what is
//     left is cut, and an error tells how much that was.
//
// It returns nil after a clean drain. A server that fails, as by an error of l,
// is drained at once, and its error comes back. It sets s.BaseContext, calling the one that was there. With
// s.TLSConfig set it speaks TLS. Values in ctx are visible in all requests,
// unless BaseContext has one of the same key.
func Serve(ctx context.Context, s *http.Server, l net.Listener, drain time.Duration) error {
	return serve(ctx, s, l, drainTimes{limit: timeout(drain, 30*time.Second)})
}

type drainTimes struct{ delay, limit time.Duration }

func serve(ctx context.Context, s *http.Server, l net.Listener, times drainTimes) error {
	defer l.Close() // http.Server leaves it open when TLS has no certificate
	d := newDrainer()
	base, cut := context.WithCancelCause(drainKey.With(context.WithoutCancel(ctx), d))
	defer cut(nil)
	s.BaseContext = baseContext(base, s.BaseContext)
	failed := make(chan error, 1)
	go func() { failed <- listen(s, l) }()
	err := d.wait(ctx, failed, times.delay)
	if err != nil {
		err = fmt.Errorf("covet: serving %v: %w", l.Addr(), err)
	}
	return errors.Join(err, d.drain(s, times.limit, cut))
}

// wait returns when it is time to drain: nil once ctx has ended and the delay
// is over, or the error with which the server failed before.
func (d *drainer) wait(ctx context.Context, failed <-chan error, delay time.Duration) error {
	select {
	case err := <-failed:
		close(d.soon)
		return err
	case <-ctx.Done():
		close(d.soon)
	}
	select {
	case err := <-failed:
		return err
	case <-time.After(delay):
		return nil
	}
}

// baseContext has the values and the end of base beside what the user's own
// function gives.
func baseContext(base context.Context, user func(net.Listener) context.Context) func(net.Listener) context.Context {
	if user == nil {
		return func(net.Listener) context.Context { return base }
	}
	return func(l net.Listener) context.Context {
		ctx, cancel := context.WithCancelCause(joined{user(l), context.WithoutCancel(base)})
		context.AfterFunc(base, func() { cancel(context.Cause(base)) })
		return ctx
	}
}

// joined is a context that looks for values in another one too.
type joined struct {
	context.Context
	values context.Context
}

func (c joined) Value(key any) any {
	if v := c.Context.Value(key); v != nil {
		return v
	}
	return c.values.Value(key)
}

func listen(s *http.Server, l net.Listener) error {
	if s.TLSConfig != nil {
		return s.ServeTLS(l, "", "")
	}
	return s.Serve(l)
}

// drain ends what runs under s.
func (d *drainer) drain(s *http.Server, limit time.Duration, cut context.CancelCauseFunc) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	d.tell()
	err := s.Shutdown(ctx)
	if err == nil {
		err = d.waitHooks(ctx)
	}
	if err == nil {
		return nil
	}
	cut(ErrShutdown)
	left := d.left()
	err = errors.Join(err, s.Close())
	return fmt.Errorf("covet: cut what still ran %v after the shutdown began, %d streams and sockets among it: %w", limit, left, err)
}
