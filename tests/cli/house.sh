#!/bin/bash
# The house itself: arrows hold, the code map is whole, the manual is clean and complete, the README's picture is a golden.
# usage: house.sh TALKTRACK
set -u
talktrack=$1 passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT

ok() { # what, status
	if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}

tests/arrows.sh src
ok "the arrows hold" $?

# the check itself must see a planted violation of each kind
plant() { # file, line, what
	rm -rf "$temp/src" && cp -r src "$temp/src"
	printf '%s\n' "$2" >>"$temp/src/$1"
	! tests/arrows.sh "$temp/src" >/dev/null
	ok "a planted $3 is found" $?
}
plant base/arena.c '#include "view/view.h"' "arrow from base to view"
plant call/call.c '#include "journal/journal.h"' "arrow from call to journal"
plant report/figures.c '#include "journal/journal.h"' "arrow from report to journal"
plant view/grid.c '#include "screen/screen.h"' "arrow from view to screen"
plant view/grid.c '#include <curses.h>' "second file with curses"
plant call/call.c '#include <unistr.h>' "second file with libunistring"
plant view/bars.c '#include <libintl.h>' "second file with gettext"
plant command/show.c '#include <cjson/cJSON.h>' "second file with cJSON"

# the code map names every file, and no other
find src -name '*.[ch]' | sed 's|^src/||; s|\.[ch]$||' | sort -u >"$temp/files"
sed -n 's/^    `\([a-z]*\/*[a-z0-9_]*\)`.*/\1/p' src/README.md | sort >"$temp/mapped"
diff "$temp/files" "$temp/mapped"
ok "src/README.md maps every file" $?

for page in man/*; do
	mandoc -Tlint -W warning "$page"
	ok "$page is clean" $?
done

# each action stands in the manual with its name, its key and its help
cc -E -P -Isrc -include call/action.h -x c - <<'C' 2>/dev/null | grep '^ACTION|' | sed 's/" "/ /g' >"$temp/actions"
#define ROW(identifier, name, key, kind, arguments, label, help) ACTION|name|key|help
ACTION_LIST(ROW)
C
mandoc -Tutf8 -O width=400 man/talktrack.1 | col -b | tr -s ' ' >"$temp/page"
grep -o 'ACTION|"[^|]*"|"[^|]*"|"[^|]*"' "$temp/actions" | tr -d '"' | while IFS='|' read -r _ name key help; do
	grep -qF "$name" "$temp/page" && grep -qF "$help" "$temp/page" || echo "$name: $help"
done >"$temp/missing"
cat "$temp/missing"
[ -s "$temp/actions" ] && [ ! -s "$temp/missing" ]
ok "the manual has every action" $?

# the example of talktrack-playbook(5) is one that check accepts
example() { # page: the first literal block of its EXAMPLES
	awk '/^.Sh EXAMPLES/ { e = 1 } e && /^.Bd -literal/ { on = 1; next } /^.Ed/ { if (on) exit } on' "$1" |
		sed 's/\\e/\\/g; s/^\\&//'
}
example man/talktrack-playbook.5 >"$temp/example.yaml"
[ -s "$temp/example.yaml" ] && "$talktrack" check "$temp/example.yaml"
ok "the manual's playbook is accepted" $?

# the call of talktrack-journal(5) is a journal that can be folded
example man/talktrack-journal.5 >"$temp/2026-11-21.jsonl"
"$talktrack" report --json "$temp/2026-11-21.jsonl" >"$temp/report.json" 2>"$temp/trouble"
ok "the manual's journal is read" $?
[ -s "$temp/report.json" ] && [ ! -s "$temp/trouble" ] && grep -q '"calls":1\b' "$temp/report.json"
ok "the manual's journal is one call, no line of it foreign" $?

# the picture in README.md is a golden of the real screen
awk '/^```text$/ { on = 1; next } /^```$/ { if (on) exit } on' README.md >"$temp/picture"
sed '/^cursor /,$d' tests/scenes/goldens/validate-80x24.txt >"$temp/golden"
[ -s "$temp/picture" ] && diff "$temp/picture" "$temp/golden"
ok "README.md shows the real screen" $?

# make help lists every target that is meant to be called
for target in all run test bench fuzz words deps install uninstall clean help; do
	make -s help MAKEFLAGS= | grep -q "^$target "
	ok "make help lists $target" $?
done
echo "house: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
