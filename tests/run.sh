#!/bin/bash
# Runs every test and counts: the last line is "N passed, N failed". usage: run.sh BUILD-FOLDER
# A part counts only by its own closing line, so that a test that ends early is a failure.
set -u
build=$1
passed=0 failed=0 skipped=0
export LC_ALL=C.UTF-8 TZ=UTC
unset LANGUAGE TALKTRACK_PATH NO_COLOR VISUAL EDITOR LINES COLUMNS
log=$(mktemp) && home=$(mktemp -d) || exit 1
trap 'rm -rf "$log" "$home"' EXIT
export TALKTRACK_TEST_HOME=$HOME HOME=$home XDG_STATE_HOME=$home/state XDG_CONFIG_HOME=$home/config XDG_RUNTIME_DIR=$home/run
mkdir -m 700 "$home/run"

count() { # passed, failed, name
	passed=$((passed + $1)) failed=$((failed + $2))
	[ "$2" -eq 0 ] || { echo "--- $3"; cat "$log"; }
}

cmocka() { # program: counts from cmocka's own summary
	timeout 300 "$@" >"$log" 2>&1
	local status=$? ran good
	ran=$(sed -n 's/^\[==========\] \([0-9]*\) test(s) run\.$/\1/p' "$log" | tail -n 1)
	good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\.$/\1/p' "$log" | tail -n 1)
	if [ -z "$ran" ] || [ -z "$good" ] || [ "$ran" -eq 0 ]; then
		echo "ended early, status $status" >>"$log"
		count 0 1 "$1"
	elif [ "$status" -ne 0 ] && [ "$ran" -eq "$good" ]; then
		echo "all tests passed, yet status $status" >>"$log"
		count "$good" 1 "$1"
	else
		count "$good" $((ran - good)) "$1"
	fi
}

script() { # command: its last line is "N passed, N failed", perhaps behind a word and before ", N skipped"
	timeout 600 "$@" >"$log" 2>&1
	local status=$? line
	line=$(tail -n 1 "$log" | sed -n 's/^\([a-z]*: \)\{0,1\}\([0-9]*\) passed, \([0-9]*\) failed\(, [0-9]* skipped\)\{0,1\}$/\2 \3/p')
	skipped=$((skipped + $(tail -n 1 "$log" | sed -n 's/.*, \([0-9]*\) skipped$/\1/p' | grep . || echo 0)))
	grep '^skipped: ' "$log"
	if [ -z "$line" ] || [ "$line" = "0 0" ]; then
		echo "ended early, status $status" >>"$log"
		count 0 1 "$*"
	elif [ "$status" -ne 0 ] && [ "${line#* }" -eq 0 ]; then
		count "${line% *}" 1 "$*"
	else
		count "${line% *}" "${line#* }" "$*"
	fi
}

for test in "$build"/unit/*_test; do cmocka "$test"; done
script "$build/scene" tests/scenes/*.scene
for test in "$build"/pty/*_test; do TALKTRACK=$build/talktrack cmocka "$test" "$build"; done
script tests/playbooks/run.sh "$build/talktrack"
for test in tests/cli/*.sh; do script "$test" "$build/talktrack"; done
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
