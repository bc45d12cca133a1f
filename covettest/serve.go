package covettest

import (
	"context"
	"net"

	"github.com/covetgo/covet"
)

// Serve runs app on a port of this machine for as long as the test runs, and
// returns its URL, such as "http://127.0.0.1:40321". With
// [covet.Options.TLSConfig] it speaks TLS there, and the scheme is for the test
// to change. It is [covet.App.Serve] with all limits and time-outs, for tests
// that need those, a real connection, or the drain. When the test ends, app
// drains; a drain that has to cut something fails the test.
func Serve(t TB, app *covet.App) (url string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		cancel()
		fatalf(t, "covettest: %v", err)
	}
	failed := make(chan error, 1)
	go func() { failed <- app.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-failed; err != nil {
			t.Errorf("covettest: Serve: %v", err)
		}
	})
	return "http://" + l.Addr().String()
}
