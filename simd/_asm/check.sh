#!/bin/sh
# check.sh fails if the committed assembly is not what the generators here write.
# It changes nothing. Run it after a change here, and in CI:
#
#	sh simd/_asm/check.sh
set -eu
cd "$(dirname "$0")"
go vet .
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
bad=0
# The commands are those of go generate, with the output elsewhere. The first line
# of a file has the command in it, and is not compared.
sed -n 's|^//go:generate go run -C _asm ||p' ../generate.go >"$out/commands"
while read -r command; do
	go run $(echo "$command" | sed "s| \.\./| $out/|g")
done <"$out/commands"
for f in "$out"/*.s "$out"/*.go; do
	name=$(basename "$f")
	tail -n +2 "$f" >"$out/new"
	tail -n +2 "../$name" >"$out/old"
	if ! cmp -s "$out/new" "$out/old"; then
		echo "simd/$name is not what simd/_asm writes: run go generate ./simd" >&2
		bad=1
	fi
done
exit $bad
