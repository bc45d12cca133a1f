package corpus

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/zstd"
	_ "github.com/minio/simdjson-go" // whose test data canonical reads
)

// carrier is a module with the documents in its testdata.
const carrier = "github.com/minio/simdjson-go"

// canonical is one of the documents that all JSON parsers are measured on,
// from the module cache.
func canonical(name string) []byte {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", carrier).Output()
	if err != nil {
		panic(fmt.Sprintf("corpus: where is module %s: %v", carrier, err))
	}
	packed, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "testdata", name+".json.zst"))
	if err != nil {
		panic(fmt.Sprintf("corpus: %v", err))
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		panic(fmt.Sprintf("corpus: %v", err))
	}
	defer r.Close()
	text, err := r.DecodeAll(packed, nil)
	if err != nil {
		panic(fmt.Sprintf("corpus: %s: %v", name, err))
	}
	return text
}
