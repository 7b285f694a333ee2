#!/bin/bash
# talktrack reflect: what it prints, how it takes bad input, and how well customers' words come round.
# usage: reflect.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config TALKTRACK_PATH=$PWD/scripts

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

runs() { # what, expected status, text in the output or errors ("" for any), arguments...; input from $temp/in
	local what=$1 status=$2 text=$3 got
	shift 3
	timeout 20 "$talktrack" reflect "$@" <"$temp/in" >"$temp/out" 2>"$temp/err"
	got=$?
	if [ "$got" -eq "$status" ] && { [ -z "$text" ] || grep -qF -- "$text" "$temp/out" "$temp/err"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $what (status $got, not $status)"
		head -c 600 "$temp/out" "$temp/err"
	fi
}

echo "hello, my order never came" >"$temp/in"
runs "a line comes round" 0 '"words":"your order never came","slot":"my order never came","line":"' -l en
echo "thank you" >"$temp/in"
runs "or does not" 0 '{"text":"thank you","words":null,"slot":null,"line":null}' -l en
runs "a file that is not there" 1 '"/nonexistent" cannot be read' -l en /nonexistent
runs "no such option" 2 "no option --nonsense" --nonsense
runs "two files" 2 "usage:" a b
runs "nothing to evaluate" 2 "usage:" --evaluate
printf 'no tab\n' >"$temp/wrong.tsv"
runs "a line without a tab" 1 "wrong.tsv:1: not a label, a tab and a text" -l en --evaluate "$temp/wrong.tsv"
printf 'your order came\tmy order never came\n-\tmy card is broken\nyour hat\thello\n' >"$temp/some.tsv"
runs "what is not as wanted is told" 1 "0 as wanted, 3 not" -l en --evaluate "$temp/some.tsv"
holds "with what came out" grep -q "got     your card is broken" "$temp/out"
{
	head -c 100000 /dev/zero | tr '\0' 'a'
	printf '\n\000\377\033[2J\n'
	yes 'and I was so' | head -n 10000 | tr '\n' ' '
} >"$temp/in"
runs "hostile lines" 0 "" -l en
holds "an answer each" [ "$(wc -l <"$temp/out")" -eq 3 ]
holds "and none of them steers a terminal" sh -c '! grep -q "$(printf "\033")" "$1"' sh "$temp/out"

# how well it does: shares of the utterances in tests/reflection, per mille
share() { # language, "turned as wanted" or "rightly silent", files...
	local language=$1 what=$2
	shift 2
	"$talktrack" reflect -l "$language" --evaluate "$@" |
		awk -v what="$what" 'index($0, what) { sub(/.*: */, ""); part += $1; whole += $3 }
			END { print whole ? int(1000 * part / whole) : 0 }'
}
least() { # what, least, got
	holds "$1: $3 of 1000, at least $2" [ "$3" -ge "$2" ]
}
t=tests/reflection
for language in en eo bn; do
	least "$language: turned as wanted" 950 "$(share $language "turned as wanted" $t/$language/*.tsv $t/$language/held-out/*.tsv)"
	least "$language: rightly silent" 970 "$(share $language "rightly silent" $t/$language/*.tsv $t/$language/held-out/*.tsv)"
done
for language in en eo bn; do
	least "$language: silent on rants" 970 "$(share $language "rightly silent" $t/$language/rants*.tsv $t/$language/held-out/rants*.tsv)"
done
least "en: silent on rants that the tables were not mended by" 860 "$(share en "rightly silent" $t/en/held-out/rants-3.tsv)"
least "en: callers that the tables were not mended by" 930 "$(share en "turned as wanted" $t/en/held-out/calls-3.tsv)"

echo "reflect: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
