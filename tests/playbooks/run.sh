#!/bin/sh
# Checks playbooks with the program: bad/*.yaml against bad/*.expected, good/*.yaml for silence, and
# hostile files that are made here. usage: tests/playbooks/run.sh PROGRAM; writes expectations with UPDATE=1.
case ${1:?usage: run.sh PROGRAM} in /*) program=$1 ;; *) program=$PWD/$1 ;; esac
cd "$(dirname "$0")" || exit 2
temp=$(mktemp -d) || exit 2
trap 'rm -rf "$temp"' EXIT
trap 'exit 2' INT TERM
# nothing of this machine's playbooks, colours or language
unset TALKTRACK_PATH NO_COLOR
export HOME="$temp/home" XDG_CONFIG_HOME="$temp/config" LC_ALL=C.UTF-8
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); echo "FAILED $1"; }

# expect NAME STATUS WORDS COMMAND...: the exit status, and words in what is printed, within 10 seconds
expect() {
	name=$1 status=$2 words=$3
	shift 3
	timeout 10 "$@" >"$temp/out" 2>&1 </dev/null
	got=$?
	if [ "$got" -ne "$status" ]; then
		fail "$name: exit status $got instead of $status"
		sed 's/^/    /' "$temp/out" | head -20
	elif ! grep -qF -e "$words" "$temp/out"; then
		fail "$name: does not say '$words'"
		sed 's/^/    /' "$temp/out" | head -20
	else
		pass
	fi
}
check() { name=$1 status=$2 words=$3; shift 3; expect "$name" "$status" "$words" "$program" check "$@"; }

for file in bad/*.yaml; do
	expected=${file%.yaml}.expected
	timeout 10 "$program" check "$file" >"$temp/out" 2>&1 </dev/null
	got=$?
	if [ -n "$UPDATE" ]; then cp "$temp/out" "$expected"; fi
	status=1
	if grep -q '^1 file, 0 errors' "$expected"; then status=0; fi
	if [ $got -ne $status ]; then
		fail "$file: exit status $got instead of $status"
	elif ! diff -u "$expected" "$temp/out" >"$temp/diff"; then
		fail "$file"
		sed 's/^/    /' "$temp/diff"
	elif LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$temp/out"; then
		fail "$file: control characters are printed"
	else
		pass
	fi
done
for file in good/*.yaml; do
	check "$file" 0 '1 file, 0 errors, 0 warnings' "$file"
done
count=$(ls good/*.yaml | wc -l)
check 'a folder' 0 "$count files, 0 errors, 0 warnings" good
check 'a folder of folders' 1 "bad/tab-indent.yaml:11:1: error:" .
check 'two files' 1 '2 files, 1 error, 0 warnings' good/minimal.yaml bad/tab-indent.yaml
check 'no colours in a pipe' 1 'bad/tab-indent.yaml:11:1: error: a tab' bad/tab-indent.yaml
check 'the format for editors' 1 'bad/tab-indent.yaml:11:1: error: a tab' --format=gcc bad/tab-indent.yaml
check 'JSON' 1 '"line":11,"column":1,"severity":"error"' --json bad/tab-indent.yaml
expect 'an option without its value' 2 'talktrack check: a value is missing behind -l' "$program" check -l
expect 'an unknown option' 2 'talktrack check: there is no option --colour' "$program" check --colour good/minimal.yaml

# --- Files that are no playbooks ---
head='talktrack: 1
title: Late parcel
language: en
'
make() { printf '%s' "$head" >"$temp/$1"; cat >>"$temp/$1"; }

check 'a missing file' 1 'there is no such file' "$temp/missing.yaml"
check 'a file under a file' 1 'there is no such file' "$temp/missing.yaml/x.yaml"
mkdir "$temp/folder" "$temp/folder/x.yaml"
check 'an empty folder' 1 'there are no playbooks here' "$temp/home2" "$temp/folder/x.yaml"
check 'a folder named as a playbook' 1 'this is a folder' "$temp/folder"
mkfifo "$temp/pipe.yaml"
check 'a FIFO' 1 'this is a pipe' "$temp/pipe.yaml"
check 'a device' 1 'this is a device' /dev/zero
check 'a terminal' 1 'error:' /dev/tty
ln -s nowhere "$temp/dangling.yaml"
check 'a dangling link' 1 'there is no such file' "$temp/dangling.yaml"
ln -s loop.yaml "$temp/loop.yaml"
check 'a link to itself' 1 'error:' "$temp/loop.yaml"
check 'a file without a size' 1 'error:' /proc/self/status
if [ "$(id -u)" -ne 0 ]; then
	make secret.yaml </dev/null
	chmod 000 "$temp/secret.yaml"
	check 'a file without permission' 1 'no permission' "$temp/secret.yaml"
fi

# --- Bytes ---
truncate -s 50M "$temp/large.yaml"
check '50 MB of NUL' 1 'the file is too large' "$temp/large.yaml"
yes '  - I am sorry that it is late.' | head -c 52428800 >"$temp/large.yaml"
check '50 MB of lines' 1 'the file is too large' "$temp/large.yaml"
head -c 1048577 "$temp/large.yaml" >"$temp/larger.yaml"
check 'a byte over the limit' 1 'the file is too large' "$temp/larger.yaml"
printf 'owner: Flo\000or\n' | make nul.yaml
check 'NUL' 1 'nul.yaml:4:11: error: a NUL byte' "$temp/nul.yaml"
printf '%s' "$head" | iconv -t UTF-16 >"$temp/utf16.yaml"
check 'UTF-16' 1 'the file is in UTF-16' "$temp/utf16.yaml"
printf '%s' "$head" | iconv -t UTF-16BE >"$temp/utf16be.yaml"
check 'UTF-16 without a mark' 1 'utf16be.yaml:1:1: error: a NUL byte' "$temp/utf16be.yaml"
printf 'owner: \355\240\200\n' | make surrogate.yaml
check 'a surrogate' 1 'surrogate.yaml:4:8: error: byte 0xED is not UTF-8' "$temp/surrogate.yaml"
printf 'owner: \300\257\n' | make overlong.yaml
check 'an overlong form' 1 'byte 0xC0 is not UTF-8' "$temp/overlong.yaml"
head -c 65536 /dev/urandom >"$temp/noise.yaml"
check 'noise' 1 'error:' "$temp/noise.yaml"
tr '\n' '\r' <good/common.yaml >"$temp/cr.yaml"
check 'line ends of another age' 0 '0 errors' "$temp/cr.yaml"

# --- Shapes that take time or memory elsewhere ---
{ printf 'do: '; yes '[' | head -100000 | tr -d '\n'; } | make deep.yaml
check 'nesting, 100000 deep' 1 'nested too deeply' "$temp/deep.yaml"
{ printf 'do:\n  '; yes -- '- ' | head -100000 | tr -d '\n'; } | make dashes.yaml
check 'dashes, 100000 deep' 1 'nested too deeply' "$temp/dashes.yaml"
{ printf 'do: '; yes '{a: ' | head -50000 | tr -d '\n'; } | make maps.yaml
check 'maps, 50000 deep' 1 'nested too deeply' "$temp/maps.yaml"
{ echo 'do:'; yes -- '- a' | head -110000; } | make many.yaml
check 'too many entries' 1 'too many entries' "$temp/many.yaml"
{
	echo 'a: &a [x, x]'
	for i in b:a c:b d:c e:d f:e; do echo "${i%:*}: &${i%:*} [*${i#*:}, *${i#*:}]"; done
} | make laughs.yaml
check 'a billion laughs' 1 'playbooks have no YAML a' "$temp/laughs.yaml"
printf 'do: &a [*a]\n' | make cycle.yaml
check 'an alias to itself' 1 'playbooks have no YAML a' "$temp/cycle.yaml"
{ echo 'do:'; yes -- '- *a' | head -90000; } | make aliases.yaml
check '90000 aliases' 1 '200 errors' "$temp/aliases.yaml"
{ echo 'do:'; yes -- '- a: b' | head -24000; } | make wrong.yaml
check '24000 mistakes' 1 '24000 errors' "$temp/wrong.yaml"
{ echo 'do:'; yes -- '- a #1' | head -90000; } | make hashes.yaml
check '90000 comments' 0 'warning' "$temp/hashes.yaml"
{ printf 'do: ['; yes 'a, ' | head -90000 | tr -d '\n'; echo 'a #1'; echo ']'; } | make row.yaml
check 'a line of 270000 bytes' 0 '0 errors' "$temp/row.yaml"
{ echo 'slots:'; seq -f '  s%.0f:' 40000; } | make slots.yaml
check '40000 slots' 1 'too many slots' "$temp/slots.yaml"
{ printf 'reflection:\n  swap:\n'; seq -f '    a%.0f: b' 40000; } | make swaps.yaml
check '40000 swaps' 0 '0 errors' "$temp/swaps.yaml"
{ yes '' | head -900000; printf 'owner\n'; } | make blank.yaml
check '900000 empty lines' 1 'blank.yaml:900004:1: error: no colon' "$temp/blank.yaml"
{ printf 'owner: "'; yes 'a' | head -500000; } | make quote.yaml
check 'a quote that is never closed' 1 'quote.yaml:4:8: error: a quote begins here' "$temp/quote.yaml"
{ yes x | head -2000 | tr -d '\n'; printf ': y\n'; } | make key.yaml
check 'a key of 2000 bytes' 1 'key.yaml:4:' "$temp/key.yaml"

# --- Chains of `extends` ---
for i in 1 2 3 4 5 6 7 8 9; do
	echo "extends: chain-$((i + 1))" | make chain-$i.yaml
done
make chain-10.yaml </dev/null
check 'a chain of 8' 0 '0 errors' "$temp/chain-3.yaml"
check 'a chain of 9' 1 "the chain of 'extends' is too long" "$temp/chain-2.yaml"
mkdir -p "$XDG_CONFIG_HOME/talktrack/playbooks/en" "$temp/en"
cp good/common.yaml "$XDG_CONFIG_HOME/talktrack/playbooks/en/"
cp good/extending.yaml "$temp/en/"
check 'extends what the library has' 0 '0 errors' "$temp/en/extending.yaml"
sed 's/extends: common/extends: comon/' good/extending.yaml >"$temp/en/slip.yaml"
check 'a slip in the name of what the library has' 1 "did you mean 'common'?" "$temp/en/slip.yaml"
cp "$temp/en/slip.yaml" "$XDG_CONFIG_HOME/talktrack/playbooks/en/"
check 'the same in the library itself' 1 "did you mean 'common'?" -l en
rm "$XDG_CONFIG_HOME/talktrack/playbooks/en/slip.yaml"
sed 's/extends: common/extends: slipp/' good/extending.yaml >"$temp/en/slip.yaml"
check 'its own name is not what it means' 1 "it should be 'slipp.yaml'" "$temp/en/slip.yaml"
cp good/extending.yaml "$temp/"
check 'and not that of another language' 1 "there is no playbook 'common'" "$temp/extending.yaml"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
