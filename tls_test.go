package covet_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/covetgo/covet"
)

// selfSigned is a TLS configuration for 127.0.0.1, and a client that trusts it.
func selfSigned(t *testing.T) (*tls.Config, *http.Transport) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	server := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	return server, &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}
}

// TestServeTLS: HTTP/2 is spoken, event streams run over it and end with the
// drain, and the body limit holds.
func TestServeTLS(t *testing.T) {
	config, transport := selfSigned(t)
	app, log := logged(covet.Options{TLSConfig: config, MaxBody: 10})
	app.Get("/", func(c *covet.Ctx) error { return c.String(200, c.Request().Proto) })
	app.Post("/", func(c *covet.Ctx) error {
		_, err := io.Copy(io.Discard, c.Request().Body)
		return err
	})
	app.Get("/events", lastWords)
	s := start(t, app.Serve)
	s.client.Transport = transport
	url := "https://" + s.addr
	res, err := s.client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	if res.Body.Close(); string(body) != "HTTP/2.0" {
		t.Errorf("spoken: %q, want HTTP/2.0", body)
	}
	res, err = s.client.Post(url, "text/plain", strings.NewReader("more than ten bytes"))
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != 413 {
		t.Errorf("a body too large: %d", res.StatusCode)
	}
	if res, err = s.client.Get(url + "/events"); err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	events := bufio.NewReader(res.Body)
	if e := nextEvent(t, events); e != "data: hello\n" {
		t.Errorf("first event %q", e)
	}
	s.stop()
	if rest, err := io.ReadAll(events); string(rest) != "data: bye\n\n" || err != nil {
		t.Errorf("the end of the stream: %q %v", rest, err)
	}
	if err := s.ended(); err != nil {
		t.Errorf("Serve = %v", err)
	}
	if !strings.Contains(log.String(), "url=https://127.0.0.1:") {
		t.Errorf("log %q", log)
	}
	if config.NextProtos != nil {
		t.Errorf("the caller's TLSConfig was changed: %v", config.NextProtos)
	}
}
