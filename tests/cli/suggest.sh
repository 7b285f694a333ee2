#!/bin/bash
# talktrack suggest: what it prints, how it takes bad input, and how good it is on utterances that it has not learned from.
# usage: suggest.sh TALKTRACK
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
	timeout 20 "$talktrack" suggest "$@" <"$temp/in" >"$temp/out" 2>"$temp/err"
	got=$?
	if [ "$got" -eq "$status" ] && { [ -z "$text" ] || grep -qF -- "$text" "$temp/out" "$temp/err"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $what (status $got, not $status)"
		head -c 600 "$temp/out" "$temp/err"
	fi
}

lines() { [ "$(wc -l <"$temp/out")" -eq "$1" ]; }
quiet() { ! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$temp/out" "$temp/err"; }

# the shape
echo "I want to cancel everything" >"$temp/in"
runs "a line in, a line out" 0 '{"text":"I want to cancel everything","matches":[{"playbook":"angry-customer","situation":"about-to-leave","confidence":0.' -l en
holds "one line" lines 1
holds "three matches" test "$(grep -o '"situation"' "$temp/out" | wc -l)" -eq 3
holds "it is suggested, the others are not" test "$(grep -o '"suggested":[a-z]*' "$temp/out" | tr '\n' ' ')" = '"suggested":true "suggested":false "suggested":false '
cp "$temp/out" "$temp/first"
runs "--json says the same" 0 "" -l en --json
holds "--json says the same, byte by byte" cmp -s "$temp/out" "$temp/first"
cp "$temp/in" "$temp/lines"
: >"$temp/in"
runs "from a file" 0 about-to-leave "$temp/lines"
holds "from a file, the same" cmp -s "$temp/out" "$temp/first"
runs "no input, no output" 0 "" -
holds "nothing is printed" lines 0

# what a terminal shows
script -qec "$talktrack suggest -l en $temp/lines" /dev/null </dev/null >"$temp/out" 2>&1
holds "on a terminal, rows" grep -q '▸ .*%  About to leave  (angry-customer/about-to-leave)' "$temp/out"

# other playbooks
echo "the soup is cold" >"$temp/in"
runs "-p" 0 '"playbook":"kitchen"' -p tests/scenes/library
runs "no playbooks" 1 "nowhere" -p "$temp/nowhere"
runs "no such file" 1 "cannot be read" "$temp/nowhere"
runs "a folder is no file" 1 "cannot be read" "$temp"
runs "no such option" 2 "talktrack suggest: there is no option --nonsense" --nonsense
runs "no language" 2 "a value is missing behind -l" -l
for usage in "a b" "--evaluate x y" "--train x -p y"; do
	# shellcheck disable=SC2086
	runs "usage: $usage" 2 "usage: talktrack suggest" $usage
done

# hostile lines: each has its answer, and nothing steers a terminal
printf 'cancel\0my account\n\xff\xfe\xfd\n\n\033[2Jcancel it\xc2\x9b1m\r\nno end' >"$temp/in"
runs "NUL, bad UTF-8, empty, escapes, no newline" 0 "" -l en
holds "five lines, five answers" lines 5
holds "no control characters" quiet
head -c 1000000 /dev/zero | tr '\0' x >"$temp/in"
printf '\nI want to cancel everything\n' >>"$temp/in"
runs "a line of 1 MB is cut" 0 "line 1 is longer than" -l en
holds "and the next is read" grep -q about-to-leave "$temp/out"
holds "two lines, two answers" lines 2
head -c 300000 /dev/urandom >"$temp/in"
runs "noise" 0 "" -l en
holds "noise has its answers" test "$(wc -l <"$temp/out")" -ge "$(wc -l <"$temp/in")"
holds "noise steers no terminal" quiet
if [ -w /dev/full ]; then
	echo cancel >"$temp/in"
	"$talktrack" suggest <"$temp/in" >/dev/full 2>"$temp/err"
	holds "a full disk is told" test $? -eq 1 -a -s "$temp/err"
fi

# evaluation files
evaluates() { # what, status, text, contents, arguments...
	local what=$1 status=$2 text=$3
	printf -- "$4" >"$temp/set.tsv"
	shift 4
	runs "$what" "$status" "$text" --evaluate "$temp/set.tsv" "$@"
}
: >"$temp/in"
evaluates "no tab" 1 "set.tsv:2: not a label, a tab and a text" 'shouting\tshut up\nshouting shut up\n' -l en
evaluates "nothing behind the tab" 1 "set.tsv:1: not a label" 'shouting\t\n' -l en
evaluates "an unknown label" 1 'set.tsv:1: no situation "yelling"' 'yelling\tshut up\n' -l en
evaluates "another playbook's label" 1 'no situation "quiet-customer/shouting"' 'quiet-customer/shouting\tshut up\n' -l en
evaluates "an empty file" 1 "no labelled utterances" '' -l en
evaluates "comments, blank lines, CRLF" 0 "100.0 %  right at first" '# a note\n\nabout-to-leave\tI want to cancel everything\r\n' -l en
evaluates "playbook/situation" 0 "100.0 %  right at first" 'angry-customer/about-to-leave\tI want to cancel everything\n' -l en
evaluates "a label for none" 0 "0.0 %  offered all the same" '-\tmy name is Rahman\n' -l en
evaluates "no situations, no shares" 0 '"top1":null' '-\tmy name is Rahman\n' -l en --json
evaluates "what sounds alike" 0 '2× shouting and about-to-leave: add utterances to "shouting"' \
	'shouting\tI want to cancel everything\nshouting\tplease close my account\n' -l en
evaluates "what sounds alike, for programs" 0 '"add_to":"shouting","examples":["I want to cancel everything"' \
	'shouting\tI want to cancel everything\nshouting\tplease close my account\n' -l en --json
evaluates "offered out of turn" 0 '"I want to cancel everything": about-to-leave' '-\tI want to cancel everything\n' -l en

# learning from a file
printf 'card_lost\tmy card is gone\ncard_lost\tsomebody took the card\ntop_up\tadd money\ntop_up\tput ten on it\n-\thello\n' >"$temp/train.tsv"
echo "card lost" >"$temp/in"
runs "--train" 0 '{"playbook":"train","situation":"card_lost"' --train "$temp/train.tsv"
runs "--train and --evaluate" 0 "100.0 %  right at first" --train "$temp/train.tsv" --evaluate "$temp/train.tsv"
echo "no tab" >"$temp/train.tsv"
runs "--train with a bad line" 1 "train.tsv:1: not a label" --train "$temp/train.tsv"

# how good it is, of utterances that were not learned from: floors under what was measured, and for those of a stranger's hand
# what is promised: 70 and 90 in English, 65 and 85 in Bengali and Esperanto
share() { sed -n 's/.*"'"$1"'":\([0-9.]*\).*/\1/p' "$temp/out"; }
least() { awk -v have="${1:-0}" -v want="$2" 'BEGIN { exit !(have >= want) }'; }
: >"$temp/in"
floors() { # language, set, top 1, top 3
	runs "$2: evaluated" 0 '"top1":' -l "$1" -p scripts --json --evaluate "tests/suggest/$2.tsv"
	holds "$2: top 1 is $(share top1), at least $3" least "$(share top1)" "$3"
	holds "$2: top 3 is $(share top3), at least $4" least "$(share top3)" "$4"
	holds "$2: right when offered: $(share suggested_right), at least 85" least "$(share suggested_right)" 85
	holds "$2: offered at all: $(share suggested), at least 40" least "$(share suggested)" 40
	holds "$2: out of turn: $(share fired), at most 5" least 5 "$(share fired)"
}
floors en en 76 92
floors bn bn 83 93
floors eo eo 82 94
floors en en.blind 70 90
floors bn bn.blind 65 85
floors eo eo.blind 65 85
learned() { grep -hv '^#' "tests/suggest/$1.tsv" "tests/suggest/$1.blind.tsv" | cut -f2 | grep -Fxf - <(sed 's/^ *- //; s/^"\(.*\)"$/\1/' scripts/"$1"/*.yaml); }
for language in en bn eo; do
	holds "$language: no line of the test was learned" sh -c '[ -z "$1" ]' sh "$(learned $language)"
done

echo "suggest: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
