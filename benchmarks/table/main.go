// Table writes docs/benchmarks.md from the raw results, so that no figure in
// it is typed by hand.
//
//	go run ./table [-in results/router.txt] [-out ../docs/benchmarks.md]
package main

import (
	"flag"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("table: ")
	in := flag.String("in", "results/router.txt", "the raw results")
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

// page is the document for the raw results in a file.
func page(in string) ([]byte, error) {
	text, err := os.ReadFile(in)
	if err != nil {
		return nil, err
	}
	r, err := parse(string(text))
	if err != nil {
		return nil, err
	}
	return render(r)
}
