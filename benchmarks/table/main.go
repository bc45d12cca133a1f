// Table writes docs/benchmarks.md from the raw results, so that no figure in
// it is typed by hand.
//
//	go run ./table [-in results] [-out ../docs/benchmarks.md]
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
)

// suites are the result files, without their .txt.
var suites = []string{"router", "json", "simd"}

func main() {
	log.SetFlags(0)
	log.SetPrefix("table: ")
	in := flag.String("in", "results", "the directory of the raw results")
	out := flag.String("out", "../docs/benchmarks.md", "the document")
	flag.Parse()
	if err := write(*in, *out); err != nil {
		log.Fatal(err)
	}
}

func write(in, out string) error {
	page, err := page(in)
	if err != nil {
		return err
	}
	return os.WriteFile(out, page, 0o644)
}

// page is the document for the raw results in a directory.
func page(in string) ([]byte, error) {
	all := map[string]results{}
	for _, suite := range suites {
		text, err := os.ReadFile(filepath.Join(in, suite+".txt"))
		if err != nil {
			return nil, err
		}
		r, err := parse(string(text))
		if err != nil {
			return nil, err
		}
		all[suite] = r
	}
	return render(all)
}
