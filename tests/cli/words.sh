#!/bin/bash
# The program's own words: the catalogues are whole, every word is looked up in them, and the language is the one that was
# asked for. usage: words.sh TALKTRACK
set -u
talktrack=$(realpath "$1") build=$(dirname "$(realpath "$1")") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config
unset LANGUAGE LANG LC_MESSAGES

ok() { # what, status
	if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}

# the catalogues hold what the sources say today, all of it, and nothing half done
cp -r po "$temp/po"
tests/words.sh "$temp/po"
diff po/talktrack.pot "$temp/po/talktrack.pot"
ok "po/talktrack.pot is as the sources are (make words)" $?
for po in "$temp"/po/*.po; do
	language=$(basename "$po" .po)
	msgattrib --untranslated --no-wrap "$po" | sed -n 's/^msgid "\(.*\)"$/\1/p' >"$temp/left"
	cat "$temp/left"
	[ ! -s "$temp/left" ]
	ok "$language has no word left untranslated" $?
	! grep -A 5 -E '^#.*fuzzy|^#~' "$po"
	ok "$language has no word left uncertain or of no use" $?
	msgfmt --check -o /dev/null "$po" 2>"$temp/said" && [ ! -s "$temp/said" ]
	ok "$language passes msgfmt --check" $?
	cat "$temp/said"
	# one form of writing each letter: what is measured and compared is NFC
	python3 -c 'import sys, unicodedata as u; t = open(sys.argv[1], encoding="utf-8").read(); sys.exit(t != u.normalize("NFC", t))' "$po"
	ok "$language is in NFC" $?
done

# no sentence of the sources escapes them
tests/unwrapped.sh src po/talktrack.pot tests/unwrapped.list >"$temp/unwrapped"
cat "$temp/unwrapped"
[ ! -s "$temp/unwrapped" ]
ok "every sentence can be translated" $?
cp -r src "$temp/src"
sed -i 's/_("nothing found")/"nothing at all found"/' "$temp/src/view/found.c"
tests/unwrapped.sh "$temp/src" po/talktrack.pot tests/unwrapped.list | grep -qx 'nothing at all found'
ok "one that cannot is found" $?

# the scenes see a word that was not looked up: without it the catalogue leaves it English
mkdir -p "$temp/locale/qtt/LC_MESSAGES"
cp "$build/scene" "$temp/scene"
without() { # msgid: plays the scene with a catalogue that has all but this
	tests/pseudo.sh po/talktrack.pot | awk -v lost="msgid \"$1\"" '
		BEGIN { RS = ""; ORS = "\n\n" } index("\n" $0 "\n", "\n" lost "\n") == 0' >"$temp/qtt.po"
	msgfmt -o "$temp/locale/qtt/LC_MESSAGES/talktrack.mo" "$temp/qtt.po" &&
		"$temp/scene" tests/scenes/foreign.scene >"$temp/played"
}
without "no such word"
ok "with every word the screens are whole" $?
for word in help "sounds like" "note kept" "how the caller is: heated, tense, calm" resolved "no such step" Thu "%d s ago" promised; do
	! without "$word" && grep -q "not translated: " "$temp/played"
	ok "\"$word\" that is not looked up is seen" $?
done

# which language
says() { # expected, environment, arguments...
	local expected=$1 environment=$2
	shift 2
	# shellcheck disable=SC2086 -- several variables
	env -u LC_ALL $environment "$talktrack" "$@" >"$temp/out" 2>&1 </dev/null
	grep -qF -- "$expected" "$temp/out"
	local status=$?
	[ $status -eq 0 ] || head -n 3 "$temp/out"
	ok "$environment talktrack $*: $expected" $status
}
says 'usage: talktrack [COMMAND]' LC_ALL=C --help
says 'usage: talktrack [COMMAND]' LC_ALL=C.UTF-8 --help
says 'usage: talktrack [COMMAND]' LANG=en_GB.UTF-8 --help
says 'usage: talktrack [COMMAND]' LANG=fr_FR.UTF-8 --help
says 'uzo: talktrack' LANG=eo --help
says 'uzo: talktrack' LANG=eo.UTF-8 --help
# these locales were never generated here
says 'ব্যবহার: talktrack' LC_ALL=bn_BD.UTF-8 --help
says 'ব্যবহার: talktrack' LC_MESSAGES=bn_IN --help
says 'ব্যবহার: talktrack' 'LANG=eo LC_ALL=bn_BD' --help
# $LANGUAGE comes first, as gettext has it: not in the locale C, and what has no words is passed over
says 'uzo: talktrack' 'LANG=bn_BD LANGUAGE=eo' --help
says 'uzo: talktrack' 'LANG=bn_BD LANGUAGE=fr:eo:bn' --help
says 'usage: talktrack' 'LANG=bn_BD LANGUAGE=en:eo' --help
says 'uzo: talktrack' 'LANG=C.UTF-8 LANGUAGE=eo' --help
says 'usage: talktrack' 'LC_ALL=C LANGUAGE=eo' --help
# -l before all of these, where it is one that has words
says 'যখন নয়: ' LC_ALL=C.UTF-8 show -l bn angry-customer/about-to-leave
says 'ne kiam: ' LC_ALL=bn_BD.UTF-8 show -l eo angry-customer/about-to-leave
says 'not when: ' 'LANG=eo LANGUAGE=eo' show -l en angry-customer/about-to-leave
says 'ne ekzistas gvidlibro aŭ situacio "zzz"' LANG=C.UTF-8 show -l eo-XX zzz
says 'talktrack show: ne ekzistas opcio -x' LANG=C.UTF-8 show -l eo -x
says 'ĉi tie ne estas gvidlibroj por lingvo' LANG=eo check -l fr -p scripts
mkdir -p "$temp/config/talktrack"
echo 'language: eo' >"$temp/config/talktrack/config.yaml"
says 'ne ekzistas gvidlibro' LANG=bn_BD.UTF-8 show zzz
says 'কোনো প্লেবুক বা পরিস্থিতি নেই' LANG=C.UTF-8 show -l bn zzz
echo 'langage: eo' >"$temp/config/talktrack/config.yaml"
says 'agordo ne havas ŝlosilon' LANG=eo check --config
rm -r "$temp/config"
# away from its catalogues it speaks English
mkdir "$temp/elsewhere" && cp "$talktrack" "$temp/elsewhere"
LANG=eo "$temp/elsewhere/talktrack" --help | grep -q '^usage: '
ok "without catalogues it is English" $?

# numbers
printf 'talktrack: 1\ntitle: A\nlanguage: en\nbad: x\nworse: y\n' >"$temp/a.yaml"
sed '/worse/d' "$temp/a.yaml" >"$temp/b.yaml"
says '2 dosieroj, 3 eraroj, 0 avertoj' LANG=eo check "$temp/a.yaml" "$temp/b.yaml"
says '1 dosiero, ' LANG=eo check "$temp/b.yaml"
says '1টি ফাইল, ' LANG=bn check "$temp/b.yaml"

# what programs read is the same in every language
for language in eo bn; do
	for form in --json --format=gcc; do
		LANG=$language "$talktrack" check $form "$temp/a.yaml" >"$temp/out"
		[ $? -eq 1 ] && grep -qE '"severity":"error"|: error: ' "$temp/out"
		ok "check $form keeps its words in $language" $?
	done
	LANG=$language "$talktrack" promises --json | jq -e 'type == "array"' >"$temp/out"
	ok "promises --json in $language" $?
	LANG=$language "$talktrack" do --list | cut -d' ' -f1 | diff - <("$talktrack" do --list | cut -d' ' -f1)
	ok "names of actions in $language" $?
done

# commands in the language of nobody: what is Latin is a name
latin() { # words that may be, arguments...
	local allowed=$1
	shift
	LC_ALL=qtt "$talktrack" "$@" >"$temp/out" 2>&1 </dev/null
	[ -s "$temp/out" ] && ! grep -oE '[A-Za-z]{2,}' "$temp/out" | grep -vxE "$allowed" | sort -u | grep .
	ok "$* is translated" $?
}
journal=$XDG_STATE_HOME/talktrack/journal
mkdir -p "$journal"
now=$(date +%s)000
call=0193abcd-0000-7000-8000-000000000001
event() { printf '{"t":%s,"call":"%s","event":"%s"%s}\n' "$((now - 86400000 + ++n))" "$call" "$1" "${2-}"; }
n=0
{
	event call_started ',"language":"ru","agent":"Анна"'
	event slot_filled ',"slot":"customer","text":"Иван"'
	event slot_filled ',"slot":"issue","text":"холодно"'
	for i in 1 2 3 4 5; do
		event promise_made ",\"promise\":\"$call/$i\",\"text\":\"позвонить\",\"due\":$((now + (i - 2) * 3600000)),\"zone\":\"+00:00\""
	done
	event promise_kept ",\"promise\":\"$call/3\""
	event promise_kept ",\"promise\":\"$call/4\",\"text\":\"ещё\""
	event promise_broken ",\"promise\":\"$call/5\""
	event call_ended ',"disposition":"follow-up"'
} >"$journal/$(date -u -d yesterday +%F).jsonl"
latin '' promises --all
grep -q 'позвонить' "$temp/out"
ok "promises are listed" $?
latin '' wrap-up -p tests/scenes/words/qtt -l qtt
grep -q 'позвонить' "$temp/out"
ok "the note has them" $?
latin 'talktrack|promises|all' promises keep 99
latin '' promises keep 1
latin '' promises keep 1
latin 'kitchen|cold|soup|no|table|lobby|coat|base' show -p tests/scenes/words/qtt -l qtt
latin 'talktrack|show' show -p tests/scenes/words/qtt -l qtt щ
# what a usage has beside words of the user's own
typed() {
	LC_ALL=$1 "$talktrack" "$command" --help | sed '/^$/,$d; 1s/^[^:]*: [^ ]* //' | grep -oE -- '-{0,2}[a-z][a-z-]*|[][|=,]'
}
commands=$(LC_ALL=C "$talktrack" --help | sed -n 's/^  \([a-z-]*\) .*/\1/p')
latin "talktrack|$(echo $commands | tr ' -' '||')" --help
latin 'talktrack|explain|begins|with|you|your' explain begins-with-your
for command in $commands; do
	# below the usage, which is made of names; there only words of the user's own are translated
	LC_ALL=qtt "$talktrack" $command --help | awk 'on; $0 == "" { on = 1 }' >"$temp/out"
	[ -s "$temp/out" ] && ! grep -oE '[A-Za-z]{2,}' "$temp/out" | grep .
	ok "the summary of $command is translated" $?
	LC_ALL=qtt "$talktrack" $command --help >"$temp/out"
	! grep -q '[A-Z]' <(sed '/^$/,$d; s/RULE//' "$temp/out")
	ok "so are the capital words in its usage" $?
	for language in eo bn qtt; do
		diff <(typed C) <(typed $language) >"$temp/out"
		ok "in $language the usage of $command has what must be typed" $?
	done
done
latin 'talktrack|report|nonsense|help' report --nonsense
latin 'talktrack|report|since|help' report --since
latin 'talktrack|report|json|help' report --json=yes
latin 'talktrack|run|help' -x
latin "talktrack|check|nonsense|help" check --nonsense
latin "talktrack|check|help" check -l

# reports: a journal in which everything is that they tell of, in nobody's language
mkdir "$temp/many"
python3 - >"$temp/many/2026-11-01.jsonl" <<'P'
import json
start = 1793527200000
def event(call, t, name, **more):
    print(json.dumps({"t": t, "call": "0193c0de-0000-7000-8000-%012x" % call, "event": name} | more, ensure_ascii=False))
ends = ["resolved", "follow-up", "escalated", "dropped", "somehow"]
for call in range(400):
    t = start + call * 200000000 // 100
    step = lambda n: {"step": n, "situation": "уход"}
    event(call, t, "call_started", playbook="гнев", agent=["Анна", "Борис"][call % 2])
    if call % 9:
        event(call, t + 1, "situation_opened", playbook="гнев", situation="уход")
        event(call, t + 2, "line_said", text=["Да.", "Нет."][call % 2], **step("эхо"))
        event(call, t + 3, "line_passed", text="Хорошо.", **step("сила"))
        if call % 4 == 0:
            event(call, t + 4, "line_said", text=["Так.", "Эдак."][call % 8 == 0], **step("сила"))
        event(call, t + 5, "step_done", step="конец")
    if call % 5 == 0:
        event(call, t + 6, "call_held")
        event(call, t + 7000, "call_resumed")
    promise = "0193c0de-0000-7000-8000-%012x/1" % call
    event(call, t + 8000, "promise_made", promise=promise, text="звонить", due=t + 9000)
    if call % 4 < 2:
        event(call, t + 8500, "promise_kept", promise=promise, **({"text": "ещё"} if call % 4 else {}))
    elif call % 4 == 2:
        event(call, t + 8500, "promise_broken", promise=promise)
    if call != 399:
        event(call, t + 60000, "call_ended", disposition=ends[0] if call % 2 else ends[call // 2 % 5])
event(1000, start, "note_added", text="чьё?")
print(json.dumps({"t": 1, "call": "0193c0de-0000-7000-8000-000000000001", "event": "call_ended"}))
print("{")
P
sed 2q "$temp/many/2026-11-01.jsonl" >"$temp/many/2026-11-02.jsonl"
# what a reader of the page reads, and what is read to them
page() {
	python3 -c '
import sys, html.parser
class Page(html.parser.HTMLParser):
    quiet = False
    def handle_starttag(self, tag, attributes):
        self.quiet = tag == "style"
        print(dict(attributes).get("aria-label") or "")
    def handle_data(self, data):
        if not self.quiet: print(data)
Page().feed(sys.stdin.read())'
}
for by in all situation line step day agent; do
	latin "$(echo "$temp" | grep -oE '[A-Za-z]+' | paste -sd'|')|many|jsonl|JSON|disposition" report $([ $by = all ] || echo --by $by) "$temp/many"
	[ "$(wc -l <"$temp/out")" -gt 12 ]
	ok "and it is a report" $?
	LC_ALL=qtt "$talktrack" report --html $([ $by = all ] || echo --by $by) "$temp/many" 2>"$temp/err" >"$temp/page"
	page <"$temp/page" >"$temp/out"
	[ "$(wc -w <"$temp/out")" -gt 60 ] && ! grep -oE '[A-Za-z]{2,}' "$temp/out" | sort -u | grep .
	ok "report --html by $by is translated" $?
done
grep -q '<html lang="qtt" ' "$temp/page"
ok "the page says in which language it is" $?
latin '' report --since 0d "$temp/many"
for form in --json --csv; do
	diff <(LC_ALL=C "$talktrack" report $form "$temp/many" 2>"$temp/err") \
		<(LC_ALL=qtt "$talktrack" report $form "$temp/many" 2>"$temp/err") >"$temp/out"
	ok "report $form is the same in every language" $?
done
# and its columns stand straight by wcwidth(3), within 80: where they do, a table cut at its common gaps has cells without one
straight() {
	python3 -c '
import ctypes, ctypes.util, locale, re, sys
locale.setlocale(locale.LC_ALL, "C.UTF-8")
wcwidth = ctypes.CDLL(ctypes.util.find_library("c")).wcwidth
cells = lambda line: "".join(c * max(0, wcwidth(ord(c))) for c in line)
rows, tables, bad = [], 0, 0
for line in sys.stdin.read().split("\n") + [""]:
    line = cells(line)
    if len(line) > 80:
        bad = print("too wide:", line) or 1
    if line.startswith("  "):
        if re.search("[^ ▁-█]", line):
            rows.append(line.ljust(80))
        continue
    gaps = [all(row[i] == " " for row in rows) for i in range(80)]
    cuts = [i for i in range(80) if gaps[i] and gaps[i - 1]]
    tables += len(rows) > 1
    for row in rows:
        for cell in re.split("\0+", "".join("\0" if i in cuts else c for i, c in enumerate(row))):
            if "  " in cell.strip():
                bad = print("not straight:", row) or 1
    rows = []
sys.exit(bad or tables < 2)'
}
for language in eo bn; do
	for by in all situation line step day agent; do
		LC_ALL=$language "$talktrack" report $([ $by = all ] || echo --by $by) "$temp/many" 2>"$temp/err" >"$temp/out"
		straight <"$temp/out"
		ok "report by $by in $language stands straight" $?
	done
	sed 's/^\(  [^ ]*[^ -~][^ ]*\)  /\1 /' "$temp/out" >"$temp/bent"
	! straight <"$temp/bent" >"$temp/said"
	ok "one that does not is seen in $language" $?
done
echo "words: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
