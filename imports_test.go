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

// imports is what each package may compile beside the standard library, as
// modules and as packages of covet, its own dependencies included. A new edge
// is a deliberate change of this table. Examples and commands may use all.
var imports = map[string]struct {
	covet   []string // packages below the module, "internal" for all of those
	modules []string
	cgo     bool
}{
	"":                    {covet: []string{"internal"}},
	"covettest":           {covet: []string{"", "internal"}},
	"internal/convert":    {},
	"internal/guard":      {},
	"simd":                {covet: []string{"internal"}, modules: []string{"github.com/klauspost/cpuid/v2", "golang.org/x/sys"}},
	"simd/cgosimd":        {},
	"internal/form":       {covet: []string{"internal"}},
	"internal/radix":      {},
	"internal/strictjson": {},
	"examples/quickstart": {covet: []string{"", "internal"}, modules: []string{"github.com/mattn/go-sqlite3"}, cgo: true},
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Name string
	Standard         bool
	Module           *struct{ Path string }
	CgoFiles         []string
	Deps             []string
}

// TestImports holds the packages against the table: data flows one way, and an
// application compiles no more than it asked for.
func TestImports(t *testing.T) {
	all := listPackages(t)
	for _, p := range all {
		if p.Module == nil || p.Module.Path != module {
			continue
		}
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		rule, ok := imports[name]
		if !ok {
			t.Errorf("package %q is not in the table", name)
			continue
		}
		for _, d := range append(p.Deps, p.ImportPath) {
			dep := all[d]
			switch {
			case dep.Standard || dep.ImportPath == "": // "C" and "unsafe" too
				continue
			case dep.Module.Path != module && !slices.Contains(rule.modules, dep.Module.Path):
				t.Errorf("%q compiles %s", name, d)
			case dep.Module.Path == module && d != p.ImportPath && !mayImport(rule.covet, d):
				t.Errorf("%q imports %s", name, d)
			}
			if len(dep.CgoFiles) > 0 && !rule.cgo {
				t.Errorf("%q needs cgo, for %s", name, d)
			}
		}
	}
}

func mayImport(allowed []string, path string) bool {
	name := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	return slices.Contains(allowed, name) || strings.HasPrefix(name, "internal/") && slices.Contains(allowed, "internal")
}

func listPackages(t *testing.T) map[string]listed {
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Name,Standard,Module,CgoFiles,Deps", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string]listed{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}
