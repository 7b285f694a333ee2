#!/bin/bash
# The manual and the program say the same: options, environment, keys of the configuration. usage: manual.sh TALKTRACK
set -u
talktrack=$1 passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export LC_ALL=C.UTF-8 XDG_CONFIG_HOME=$temp/config XDG_STATE_HOME=$temp/state

same() { # what, expected, got
	if diff "$2" "$3" >"$temp/diff"; then passed=$((passed + 1)); else
		failed=$((failed + 1))
		echo "FAILED: $1"
		cat "$temp/diff"
	fi
}

options() { grep -oE -- '(^|[][ |=(])-(-[a-z]+|[a-z]\b)' | grep -oE -- '--?[a-z]+' | sort -u; }

page() { mandoc -Tutf8 -O width=1000 "$1" | col -bx; }
page man/talktrack.1 >"$temp/page"
awk '/^SYNOPSIS/ { on = 1; next } /^[A-Z]/ { on = 0 } on' "$temp/page" >"$temp/synopsis"

commands=$("$talktrack" --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
[ -n "$commands" ] || echo "FAILED: --help names no command"
for command in $commands; do
	"$talktrack" "$command" --help | sed '/^$/,$d' | options >"$temp/usage"
	# talktrack alone is talktrack run
	grep -E "^ *talktrack \[?$command\b" "$temp/synopsis" | options >"$temp/told"
	same "the synopsis of $command has the options of its --help" "$temp/usage" "$temp/told"
	# what stands in the tables that are given to command_option
	file=src/command/$(tr - _ <<<"$command").c
	[ "$command" = edit ] && file=src/command/edit_playbook.c
	# what two commands share has a name
	recall=$(sed -n 's/^#define RECALL_OPTIONS \("[a-z:]*"\).*/\1/p' src/command/recall.h)
	sed "s/RECALL_OPTIONS/$recall/" "$file" >"$temp/file"
	file=$temp/file
	grep -q 'command_option(.*argv, "' "$file" || continue
	{
		grep -oE '\{"[a-z]+", *(no|required|optional)_argument' "$file" | sed -E 's/\{"([a-z]+).*/--\1/'
		sed -nE 's/.*command_option\(command, argc, argv, "([a-z:]*)".*/\1/p' "$file" | tr -d : | grep -o . | sed 's/^/-/'
	} | sort -u >"$temp/known"
	same "$command knows the options of its --help" "$temp/usage" "$temp/known"
done

# every variable that is read stands in a page, and every one in a page is read; but those that libraries read,
# and those that a program finds its like with
grep -rhoE 'getenv\("[A-Z_]+"\)|language_of\("[A-Z_]+"\)' src | grep -oE '[A-Z_]{2,}' | sort -u >"$temp/read"
grep -rhoE '"(XDG_[A-Z_]+|LC_ALL|LC_MESSAGES|LANG)"' src | tr -d '"' | sort -u >>"$temp/read"
sort -u "$temp/read" | grep -vxE 'PATH' >"$temp/variables"
sed -nE 's/^\.(It )?Ev (.*)/\2/p' man/* | grep -oE '[A-Z_]{2,}' | grep -vxE 'TZ' | sort -u >"$temp/told"
same "the pages have the variables that are read" "$temp/variables" "$temp/told"

# keys of the configuration
awk '/^CONFIGURATION/ { on = 1; next } /^[A-Z]/ { on = 0 } on' "$temp/page" >"$temp/configuration"
sed -nE 's/^\t\{"([a-z-]+)", SCHEMA_.*/\1/p' src/command/config.c | sort -u >"$temp/keys"
while read -r key; do
	grep -qE "(^ *|With |with |and |, |: )$key\b" "$temp/configuration" && echo "$key"
done <"$temp/keys" >"$temp/told"
[ "$(wc -l <"$temp/keys")" -gt 8 ] || echo none >>"$temp/told"
same "CONFIGURATION has every key" "$temp/keys" "$temp/told"

# keys of a playbook
page man/talktrack-playbook.5 >"$temp/page"
"$talktrack" schema | jq -r '.. | .properties? // empty | keys[]' | sort -u >"$temp/keys"
while read -r key; do
	grep -qE "(^|[^a-z-])$key([^a-z-]|$)" "$temp/page" && echo "$key"
done <"$temp/keys" >"$temp/told"
[ "$(wc -l <"$temp/keys")" -gt 20 ] || echo none >>"$temp/told"
same "talktrack-playbook(5) has every key of the schema" "$temp/keys" "$temp/told"

echo "manual: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
