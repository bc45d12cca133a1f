package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/covetgo/covet"
	_ "github.com/mattn/go-sqlite3"
)

// draft is what a client may say of a note.
type draft struct {
	Title string `json:"title" form:"title"`
	Body  string `json:"body" form:"body"`
}

// note is a draft once it is kept.
type note struct {
	ID int64 `json:"id"`
	draft
	Changed string `json:"changed"` // RFC 3339, UTC
}

// Longest title and body, in characters.
const maxTitle, maxBody = 100, 10_000

// check trims the title and returns what is wrong with d.
func (d *draft) check() (bad []covet.FieldError) {
	d.Title = strings.TrimSpace(d.Title)
	if d.Title == "" {
		bad = append(bad, covet.FieldError{Pointer: "/title", Detail: "a note needs a title"})
	}
	if utf8.RuneCountInString(d.Title) > maxTitle {
		bad = append(bad, covet.FieldError{Pointer: "/title", Detail: fmt.Sprintf("want %d characters at most", maxTitle)})
	}
	if utf8.RuneCountInString(d.Body) > maxBody {
		bad = append(bad, covet.FieldError{Pointer: "/body", Detail: fmt.Sprintf("want %d characters at most", maxBody)})
	}
	return bad
}

// errNoCgo is set in builds without cgo; see cgo_off.go.
var errNoCgo error

// store keeps notes in an SQLite file. A method that finds no note of an id
// returns sql.ErrNoRows.
type store struct {
	db      *sql.DB
	writing sync.Mutex // see change
	feed    *feed
}

const schema = `CREATE TABLE IF NOT EXISTS notes (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	title   TEXT NOT NULL,
	body    TEXT NOT NULL,
	changed TEXT NOT NULL
) STRICT`

// pragmas: readers go on beside a writer, a write that was answered survives a
// power cut, and who finds the file locked waits 5 s.
const pragmas = "_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=on&_txlock=immediate"

// openStore opens a file, or makes it.
func openStore(file string) (*store, error) {
	if errNoCgo != nil {
		return nil, errNoCgo
	}
	file, err := filepath.Abs(file) // so that no name is special, as ":memory:" is
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite3", "file:"+url.PathEscape(file)+"?"+pragmas)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	if _, err := db.Exec(schema); err != nil {
		return nil, errors.Join(fmt.Errorf("notes in %s: %w", file, err), db.Close())
	}
	return &store{db: db, feed: newFeed()}, nil
}

// add keeps a new note.
func (s *store) add(ctx context.Context, d draft) (note, error) {
	return s.change(ctx, "saved", `INSERT INTO notes (title, body, changed) VALUES (?, ?, ?)
		RETURNING id, title, body, changed`, d.Title, d.Body, now())
}

// set replaces a note.
func (s *store) set(ctx context.Context, id int64, d draft) (note, error) {
	return s.change(ctx, "saved", `UPDATE notes SET title = ?, body = ?, changed = ? WHERE id = ?
		RETURNING id, title, body, changed`, d.Title, d.Body, now(), id)
}

// del removes a note.
func (s *store) del(ctx context.Context, id int64) error {
	_, err := s.change(ctx, "deleted", `DELETE FROM notes WHERE id = ?
		RETURNING id, title, body, changed`, id)
	return err
}

// get returns a note.
func (s *store) get(ctx context.Context, id int64) (note, error) {
	return scan(s.db.QueryRowContext(ctx, `SELECT id, title, body, changed FROM notes WHERE id = ?`, id))
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// find returns at most limit notes with ids below before that contain q, the
// newest first. Letters match in either case as far as they are ASCII.
func (s *store) find(ctx context.Context, q string, before int64, limit int) ([]note, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, title, body, changed FROM notes
		WHERE id < ?1 AND (title LIKE ?2 ESCAPE '\' OR body LIKE ?2 ESCAPE '\')
		ORDER BY id DESC LIMIT ?3`, before, "%"+escapeLike.Replace(q)+"%", limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	notes := []note{} // JSON has [] for it, not null
	for rows.Next() {
		n, err := scan(rows)
		if err != nil {
			return nil, err
		}
		notes = append(notes, n)
	}
	return notes, rows.Err()
}

// change runs a statement that returns the note it changed, and tells the
// feed. It holds a lock meanwhile, so that the feed has the order of the file:
// SQLite has only one writer at a time anyway. A change that has begun is not
// given up when the client leaves, or it could be in the file and not in the
// feed.
func (s *store) change(ctx context.Context, event, query string, args ...any) (note, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	n, err := scan(s.db.QueryRowContext(context.WithoutCancel(ctx), query, args...))
	if err != nil {
		return n, err
	}
	data, err := json.Marshal(n)
	if err != nil {
		return n, err
	}
	s.feed.publish(event, string(data))
	return n, nil
}

func scan(row interface{ Scan(...any) error }) (n note, err error) {
	err = row.Scan(&n.ID, &n.Title, &n.Body, &n.Changed)
	return n, err
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }
