#!/bin/bash
# The binary's command line: what it prints, where, and how it ends. usage: commands.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config

runs() { # expected status, text in standard output ("" for none), text in standard error, arguments...
	local status=$1 out=$2 err=$3 got
	shift 3
	"$talktrack" "$@" >"$temp/out" 2>"$temp/err" </dev/null
	got=$?
	if [ "$got" -eq "$status" ] && grep -qF -- "$out" "$temp/out" "$temp/err" &&
		{ [ -z "$out" ] || grep -qF -- "$out" "$temp/out"; } &&
		{ [ -z "$err" ] || grep -qF -- "$err" "$temp/err"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED (status $got, not $status): talktrack $*"
		head -n 5 "$temp/out" "$temp/err"
	fi
}

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

runs 0 "talktrack 0." "" --version
runs 0 "usage: talktrack" "" --help
runs 0 "usage: talktrack show" "" show --help
runs 2 "" 'no command "dance"' dance
runs 2 "" "talktrack show: there is no option --nonsense; talktrack show --help lists them" show --nonsense
runs 2 "" "talktrack show: there is no option -j" show -j
runs 2 "" "talktrack show: there is no option -é" show -é
runs 2 "" "talktrack show: --json takes no value" show --json=yes
runs 2 "" "talktrack run: a value is missing behind -p" run -p
runs 2 "" "talktrack run: there is no option -x" -x
runs 2 "" "talktrack check: there is no option --nonsense" check --nonsense
runs 2 "" "talktrack check: a value is missing behind -l" check -l
runs 2 "" "talktrack do: there is no option -x" do -x
runs 0 "About to leave" "" show
runs 0 "Give me thirty days" "" show about-to-leave
runs 0 "Give me thirty days" "" show angry-customer/about-to-leave
runs 1 "" 'no playbook or situation "nowhere"' show nowhere
runs 0 "Cold soup" "" show -p tests/scenes/library kitchen
runs 0 "Cold soup" "" show -p tests/scenes/library/en/kitchen.yaml
runs 1 "" "nowhere.yaml" show -p nowhere.yaml
runs 1 "" "nowhere.yaml" run -p nowhere.yaml
runs 2 "" 'no theme "pink"' run -t pink
# no terminal: the text, with a note
runs 0 "I will find you two chairs." "so here is the text" run -p tests/scenes/library
runs 0 "I will find you two chairs." "so here is the text" -p tests/scenes/library

"$talktrack" show --json -p tests/scenes/library >"$temp/show.json"
if command -v python3 >/dev/null; then
	holds "show --json is JSON with the lines" python3 - "$temp/show.json" <<'P'
import json, sys
books = json.load(open(sys.argv[1]))
kitchen = next(b for b in books if b["playbook"] == "kitchen")
soup = kitchen["situations"][0]
assert soup["id"] == "cold-soup" and soup["say"]["resolve"] == ["I will bring a hot one at once."]
assert [s["id"] for s in kitchen["steps"]] == ["reflect", "validate", "resolve", "close"]
P
fi

# nearer libraries win: $TALKTRACK_PATH before the user's folder before the shipped one
mkdir -p "$temp/near/en" "$temp/config/talktrack/playbooks/en"
sed 's/^title: .*/title: From the user/' scripts/en/quiet-customer.yaml >"$temp/config/talktrack/playbooks/en/quiet-customer.yaml"
runs 0 "# From the user" "" show
sed 's/^title: .*/title: From the path/' scripts/en/quiet-customer.yaml >"$temp/near/en/quiet-customer.yaml"
TALKTRACK_PATH=$temp/nowhere:$temp/near runs 0 "# From the path" "" show
TALKTRACK_PATH=$temp/near runs 0 "# Angry customer" "" show
rm -r "$temp/config/talktrack"

# a checkout's own playbooks, wherever it stands: also below a folder that is named build itself
is_found() { # checkout, the program's folder in it
	mkdir -p "$temp/$1/$2" "$temp/$1/scripts/en" && cp "$talktrack" "$temp/$1/$2/"
	sed 's/^title: .*/title: From the checkout/' scripts/en/quiet-customer.yaml >"$temp/$1/scripts/en/quiet-customer.yaml"
	cp scripts/en/common.yaml "$temp/$1/scripts/en/"
	(unset TALKTRACK_PATH && "$temp/$1/$2/talktrack" show) 2>/dev/null | grep -qxF "# From the checkout"
}
holds "a checkout's playbooks are found" is_found checkout build
holds "and by one build of several in it" is_found several build/other
holds "and in a checkout below a folder named build" is_found build/talktrack build
holds "and by one build of several there" is_found build/several build/other
holds "and in one that is named build" is_found build build

# a broken playbook is left out whole, and told
cp scripts/en/*.yaml "$temp/near/en/"
sed -i 's/^title: .*/titel: Oops/' "$temp/near/en/quiet-customer.yaml"
runs 1 "# Angry customer" 'titel' show -p "$temp/near"
holds "nothing of it is shown" sh -c "! grep -q afraid-to-bother '$temp/out'"

# installing and taking away again leaves nothing behind
holds "make install" make -s install B="$(dirname "$talktrack")" DESTDIR="$temp/root" PREFIX=/usr
holds "installed files" test -x "$temp/root/usr/bin/talktrack" -a -f "$temp/root/usr/share/man/man1/talktrack.1" \
	-a -f "$temp/root/usr/share/talktrack/playbooks/en/common.yaml"
holds "make uninstall" make -s uninstall DESTDIR="$temp/root" PREFIX=/usr
holds "nothing is left" test -z "$(find "$temp/root" -type f)"

echo "commands: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
