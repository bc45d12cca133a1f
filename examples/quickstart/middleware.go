package main

import (
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/covetgo/covet"
)

// answerError adds one error to those that covet can answer.
func answerError(c *covet.Ctx, err error) {
	if errors.Is(err, sql.ErrNoRows) {
		err = &covet.Error{Status: http.StatusNotFound, Code: "no_note", Detail: "there is no such note", Err: err}
	}
	covet.WriteError(c, err)
}

// logRequest sees the status and the error of every request: covet.Wrap makes
// it middleware.
func logRequest(c *covet.Ctx, next covet.HandlerFunc) error {
	start := time.Now()
	err := next(c)
	log := slog.With("method", c.Method(), "path", c.Path(), "status", c.Status(), "took", time.Since(start))
	if err != nil {
		log = log.With("error", err)
	}
	log.Info("request")
	return err
}

// secure is middleware as it is everywhere around net/http. The page has no
// inline scripts and loads nothing from elsewhere.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy",
			"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}
