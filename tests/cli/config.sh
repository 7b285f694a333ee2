#!/bin/bash
# The configuration: what is right is used, what is wrong is named with its place and passed over. usage: config.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config HOME=$temp/home TERM=dumb
config=$temp/config/talktrack/config.yaml
mkdir -p "$temp/config/talktrack" "$temp/home"

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

says() { # text, then the configuration from standard input: check --config fails and says so
	cat >"$config"
	"$talktrack" check --config >"$temp/out" 2>&1
	local status=$?
	if [ "$status" -eq 1 ] && grep -qF -- "$1" "$temp/out"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: status $status, no \"$1\" in" && cat "$temp/out"
	fi
}

fine() { # what, then the configuration from standard input
	cat >"$config"
	"$talktrack" check --config >"$temp/out" 2>&1
	holds "$1: $(cat "$temp/out")" [ $? -eq 0 ]
}

rm -f "$config"
holds "no configuration is fine" "$talktrack" check --config >"$temp/out"
holds "and it says where one would be" grep -qF "$config" "$temp/out"
fine "an empty one" </dev/null
fine "one of comments" <<'Y'
# theme: dark
   # keep: 3
Y
fine "all that there is" <<'Y'
language: en
theme: dark
agent: Rita
journal: {folder: ~/calls, keep: 90, heard: true}
wrap-up: {command: cat >>notes, format: markdown}
recorder: {command: rec -q}
copy: {command: wl-copy}
keys:
  pass-line: O
  undo: C-u
  hold: none
  search: ß
  note: Tab
  next-step: a
  say-line: Down
  line-down: Enter
Y

says "config.yaml:2:1: error: a configuration has no key 'tehme'" <<'Y'
language: en
tehme: dark
Y
holds "with what was meant" grep -qF "did you mean 'theme'?" "$temp/out"
says "config.yaml:1:8: error: there is no theme 'drak'" <<<"theme: drak"
holds "with what was meant" grep -qF "did you mean 'dark'?" "$temp/out"
says "there are: calm, dark, light, mono" <<<"theme: shocking"
says "'english' is not the code of a language" <<<"language: english"
says "'0' is no number for 'keep'" <<<"journal: {keep: 0}"
says "'-3' is no number for 'keep'" <<<"journal: {keep: -3}"
says "'ten' is no number for 'keep'" <<<"journal: {keep: ten}"
says "'9999999999999999999' is no number" <<<"journal: {keep: 9999999999999999999}"
says "'yes' is neither true nor false" <<<"journal: {heard: yes}"
says "'calls' is a folder within another" <<<"journal: {folder: calls}"
says "'journal' wants keys with values, not one text" <<<"journal: /var/calls"
says "'html' is no word for 'format'" <<<"wrap-up: {format: html}"
says "'agent' is empty" <<<"agent:"
says "'theme' stands twice" <<<$'theme: dark\ntheme: light'
says "a list of actions has no key 'pass-lien'" <<<"keys: {pass-lien: O}"
holds "with what was meant" grep -qF "did you mean 'pass-line'?" "$temp/out"
says "there is no key 'Escape'" <<<"keys: {undo: Escape}"
says "'Esc' cannot be the key" <<<"keys: {undo: Esc}"
says "'C-c' cannot be the key" <<<"keys: {undo: C-c}"
says "'7' cannot be the key" <<<"keys: {undo: '7'}"
says "the digits open the steps" <<<"keys: {open-step: O}"
says "'fill-slot' needs words" <<<"keys: {fill-slot: O}"
says "config.yaml:1:14: error: 'n' is the key of 'pass-line' already" <<<"keys: {undo: n}"
says "config.yaml:3:9: error: 'O' is the key of 'pass-line' already" <<<$'keys:\n  pass-line: O\n  undo: O'
# undo goes back to u, which is another's by now; that one goes back, too
says "2 errors" <<<$'keys:\n  search: u\n  undo: n'
says "a tab" <<<$'keys:\n\tundo: O'
says "is not a configuration" <<<"- theme"
rm "$config" && mkfifo "$config"
"$talktrack" check --config >"$temp/out" 2>&1
holds "a pipe is no configuration, and nobody waits for it" grep -q "^1 file, 1 error" "$temp/out"
rm "$config"

# the same in other forms, and together with a playbook
echo "theme: drak" >"$config"
holds "gcc" grep -qE 'config.yaml:1:8: error: there is no theme' <("$talktrack" check --format=gcc --config)
holds "json" python3 -c 'import json,sys; p=json.loads(sys.argv[1]); assert p["line"] == 1 and p["column"] == 8' \
	"$("$talktrack" check --json --config)"
holds "with a playbook" grep -q "^2 files, 1 error" <("$talktrack" check --config scripts/en/common.yaml)

# it is used: the language, unless the command line has another
mkdir -p "$temp/library/xx" "$temp/library/en"
cat >"$temp/library/en/shop.yaml" <<'Y'
talktrack: 1
title: In English
language: en
steps: [{id: reflect, title: Reflect}]
situations: [{id: soup, title: Soup, say: {reflect: [The soup is cold.]}}]
Y
sed 's/In English/In Xish/; s/en$/xx/' "$temp/library/en/shop.yaml" >"$temp/library/xx/shop.yaml"
echo "language: xx" >"$config"
holds "show follows the language" grep -q "In Xish" <("$talktrack" show -p "$temp/library")
holds "run follows the language" grep -q "In Xish" <("$talktrack" run -p "$temp/library" 2>&1)
holds "-l comes first" grep -q "In English" <("$talktrack" run -l en -p "$temp/library" 2>&1)
# what is wrong is told by whoever reads it, and the rest is used
printf 'theme: drak\nlanguage: xx\n' >"$config"
"$talktrack" run -p "$temp/library" >"$temp/out" 2>"$temp/err"
holds "run names the wrong entry" grep -q "config.yaml:1:8: error: there is no theme 'drak'" "$temp/err"
holds "and uses the right one" grep -q "In Xish" "$temp/out"
echo "langage: xx" >"$config"
holds "a misspelt key is not guessed" grep -q "In English" <("$talktrack" run -p "$temp/library" 2>/dev/null)
echo "language: klingon-please-now-at-once" >"$config"
holds "a wrong language is passed over" grep -q "In English" <("$talktrack" run -p "$temp/library" 2>/dev/null)

# the journal's folder
mkdir -p "$temp/home/calls"
call=0193c0de-0000-7000-8000-00000000000a
cat >"$temp/home/calls/2026-01-02.jsonl" <<J
{"t":1767348000000,"call":"$call","event":"call_started"}
{"t":1767348001000,"call":"$call","event":"promise_made","promise":"$call/1","text":"from the other folder"}
J
echo 'journal: {folder: ~/calls}' >"$config"
holds "another folder for the journal" grep -q "from the other folder" <("$talktrack" promises)

echo "config: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
