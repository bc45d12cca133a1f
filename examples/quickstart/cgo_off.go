//go:build !cgo

package main

import "errors"

func init() {
	errNoCgo = errors.New(`this build has no SQLite, which is C: install a C compiler and build with CGO_ENABLED=1
  Debian, Ubuntu   apt install build-essential
  Fedora           dnf install gcc
  macOS            xcode-select --install
  Windows          a MinGW-w64 gcc, for instance by MSYS2`)
}
