package covet_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/covetgo/covet"

// importTable is what each package may import beyond the standard library;
// test files are free. A package that does not exist yet may stand here. A new
// edge is a deliberate change of this table.
var importTable = map[string][]string{
	".":                {"json", "internal/convert", "internal/form", "internal/radix"},
	"simd":             {"github.com/klauspost/cpuid/v2"},
	"json":             {"simd"},
	"json/dom":         {"json", "simd", "github.com/minio/simdjson-go"},
	"h1":               {"simd"},
	"middleware":       {".", "github.com/klauspost/compress", "github.com/andybalholm/brotli"},
	"openapi":          {"json"},
	"validate":         {},
	"rest":             {".", "json", "openapi", "validate"},
	"ws":               {".", "json", "github.com/coder/websocket"},
	"sqlstore":         {"github.com/mattn/go-sqlite3"},
	"covettest":        {"."},
	"internal/convert": {},
	"internal/form":    {"internal/convert"},
	"internal/guard":   {},
	"internal/radix":   {},
}

// rootModules are those that an application compiles which imports only root.
var rootModules = []string{module, "github.com/klauspost/cpuid/v2", "golang.org/x/sys"}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
	CgoFiles   []string
	Module     *struct{ Path string }
}

func goList(t *testing.T, args ...string) (all []listed) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Standard,CgoFiles,Module"}, args...)...)
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		t.Skip("there is no go command here")
	case errors.As(err, &exit):
		t.Fatalf("%v: %v\n%s", cmd, err, exit.Stderr)
	case err != nil:
		t.Fatal(err)
	}
	for in := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := in.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestImports holds the packages that exist against the table.
func TestImports(t *testing.T) {
	for _, p := range goList(t, module+"/...") {
		name := relative(p.ImportPath)
		allowed, known := importTable[name]
		for _, i := range p.Imports {
			if fromStandard(i) {
				continue
			}
			if !known && !free(name) {
				t.Errorf("%s imports %s, but does not stand in the table", name, i)
			} else if known && !within(relative(i), allowed) {
				t.Errorf("%s imports %s, the table allows %q", name, i, allowed)
			}
			if strings.HasPrefix(name, "internal/") && strings.HasPrefix(i, module) && !strings.HasPrefix(relative(i), "internal/") {
				t.Errorf("%s imports %s, which stands above it", name, i)
			}
		}
	}
}

// TestRootIsLight: who imports root alone compiles covet, cpuid and x/sys, and
// no C.
func TestRootIsLight(t *testing.T) {
	for _, p := range goList(t, "-deps", module) {
		if p.Standard {
			continue
		}
		if p.Module == nil || !slices.Contains(rootModules, p.Module.Path) {
			t.Errorf("root compiles %s of module %+v", p.ImportPath, p.Module)
		}
		if len(p.CgoFiles) > 0 {
			t.Errorf("root compiles C in %s: %q", p.ImportPath, p.CgoFiles)
		}
	}
}

// relative is the name of one of covet's packages in the table.
func relative(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

// fromStandard: no path of the standard library has a dot in its first element.
func fromStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// free are packages that nothing imports, and which may import anything.
func free(name string) bool {
	return strings.HasPrefix(name, "cmd/") || strings.HasPrefix(name, "examples/")
}

// within reports whether a package is one of a list, or, of another module, in
// one of its directories.
func within(path string, list []string) bool {
	return slices.ContainsFunc(list, func(allowed string) bool {
		outside := !fromStandard(allowed)
		return path == allowed || outside && strings.HasPrefix(path, allowed+"/")
	})
}
