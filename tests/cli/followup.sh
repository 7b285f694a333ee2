#!/bin/bash
# After the call: its note, handed over, and the words to send. usage: followup.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config HOME=$temp TZ=UTC TMPDIR=$temp
unset TMUX
journal=$temp/state/talktrack/journal config=$temp/config/talktrack/config.yaml
mkdir -p "$journal" "$temp/config/talktrack" "$temp/library/en" "$temp/bin"

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

does() { # status, text ("" for none) in standard output, text in standard error, arguments...
	local status=$1 out=$2 err=$3 got
	shift 3
	"$talktrack" "$@" >"$temp/out" 2>"$temp/err" </dev/null
	got=$?
	if [ "$got" -eq "$status" ] && { [ -z "$out" ] || grep -qF -- "$out" "$temp/out"; } &&
		{ [ -z "$err" ] || grep -qF -- "$err" "$temp/err"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED (status $got, not $status): talktrack $*" && cat "$temp/out" "$temp/err"
	fi
}

does 1 "" "no call in" wrap-up
does 1 "" "no call in" follow-up
does 1 "" 'no call begins with "0193"' follow-up 0193
does 2 "" "talktrack wrap-up: there is no option --pdf" wrap-up --pdf
does 2 "" "usage: talktrack wrap-up" wrap-up one two
does 2 "" "talktrack follow-up: there is no option --email" follow-up --email
does 0 "usage: talktrack follow-up" "" follow-up --help

# a library of two playbooks, one extending the other, and three calls, the second past midnight
cat >"$temp/library/en/base.yaml" <<'Y'
talktrack: 1
title: Shared
language: en
slots:
  customer: {ask: Name}
  issue: {ask: What, reflect: true}
  promise: {ask: What I will do, or: find out}
  deadline: {ask: By when}
  agent: {ask: You, or: me}
steps: [{id: reflect, title: Reflect}, {id: close, title: Close}]
reflection: {swap: {my: your}}
follow-up:
  voice-note:
    - Base voice for <customer>.
  message:
    - >-
      Base message for <customer>: because <issue>,
      I will <promise> by <deadline>. It's <agent>.
Y
cat >"$temp/library/en/kitchen.yaml" <<'Y'
talktrack: 1
title: Kitchen
language: en
extends: base
follow-up:
  voice-note: [Kitchen voice for <customer>.]
situations:
  - id: cold-soup
    title: Cold soup
    say: {reflect: [The soup is cold.]}
    follow-up:
      voice-note: [Soup voice for <customer>.]
  - id: no-table
    title: No table
    say: {reflect: [There is no table.]}
Y
a=01a1a0a0-0000-7000-8000-00000000000a b=01a1a0b0-0000-7000-8000-00000000000b c=01a1a0b1-0000-7000-8000-00000000000c
cat >"$journal/2026-01-02.jsonl" <<J
{"t":1767348000000,"call":"$a","event":"call_started","playbook":"kitchen","language":"en"}
{"t":1767348001000,"call":"$a","event":"situation_opened","playbook":"kitchen","situation":"cold-soup"}
{"t":1767348002000,"call":"$a","event":"slot_filled","slot":"customer","text":"Ada"}
{"t":1767348003000,"call":"$a","event":"slot_filled","slot":"issue","text":"my soup is cold"}
{"t":1767348009000,"call":"$a","event":"line_said","step":"reflect","situation":"cold-soup","text":"The soup is cold."}
{"t":1767348010000,"call":"$a","event":"promise_made","promise":"$a/1","text":"send soup","due":1767434400000,"zone":"+00:00"}
{"t":1767348060000,"call":"$a","event":"call_ended","disposition":"follow-up"}
{"t":1767398300000,"call":"$b","event":"call_started","playbook":"kitchen","language":"en"}
{"t":1767398301000,"call":"$b","event":"situation_opened","playbook":"kitchen","situation":"no-table"}
J
cat >"$journal/2026-01-03.jsonl" <<J
{"t":1767398401000,"call":"$b","event":"slot_filled","slot":"customer","text":"Bea"}
{"t":1767398402000,"call":"$a","event":"promise_kept","promise":"$a/1","text":"bread"}
{"t":1767398411000,"call":"$b","event":"call_ended","disposition":"resolved"}
J
p=(-p "$temp/library")

# which call
does 0 "Bea · No table" "" wrap-up "${p[@]}"
does 0 "Ada · Cold soup" "" wrap-up "${p[@]}" 01a1a0a
does 0 "Ada · Cold soup" "" wrap-up "${p[@]}" "$a"
does 1 "" '2 calls begin with "01a1"' wrap-up "${p[@]}" 01a1
does 1 "" 'no call begins with "ff"' wrap-up "${p[@]}" ff
does 1 "" "nowhere" wrap-up -p "$temp/nowhere"

# the note
does 0 "promised   send soup, by Sat 3 Jan 2026 10:00 (kept, and bread)" "" wrap-up "${p[@]}" "$a"
cat >"$temp/expected" <<'T'
Bea · No table
call       Fri 2 Jan 2026 23:58, 1:51 min
ended      resolved
T
"$talktrack" wrap-up "${p[@]}" >"$temp/out"
holds "past midnight it is one call" diff "$temp/expected" "$temp/out"
does 0 "## Bea · No table" "" wrap-up --markdown "${p[@]}"
does 0 '"disposition":"resolved"' "" wrap-up --json "${p[@]}"
echo 'wrap-up: {format: markdown}' >"$config"
does 0 "## Bea · No table" "" wrap-up "${p[@]}"
does 0 "Bea · No table" "" wrap-up --text "${p[@]}"
holds "--text comes before the configuration" sh -c "! grep -q '##' '$temp/out'"

# handed over
does 1 "" "no wrap-up.command in the configuration" wrap-up --send "${p[@]}"
does 1 "" "set copy.command" wrap-up --copy "${p[@]}"
note=$temp/note.txt
does 0 "" "saved as \"$note\"" wrap-up --text --save "$note" "${p[@]}"
holds "the file is the note" diff "$temp/expected" "$note"
holds "and nobody else's" [ "$(stat -c %a "$note")" = 600 ]
does 1 "" "File exists" wrap-up --save "$note" "${p[@]}"
does 0 "" "saved as \"$temp/home.txt\"" wrap-up --save '~/home.txt' "${p[@]}"
does 1 "" "not saved" wrap-up --save "$temp/no/where" "${p[@]}"
hands_to() { # the configuration's wrap-up.command and copy.command
	printf 'wrap-up:\n  format: text\n  command: >-\n    %s\ncopy:\n  command: >-\n    %s\n' "$1" "${2:-false}" >"$config"
}
hands_to "cat >$temp/sent" "cat >$temp/copied; exit 0"
does 0 "" "sent to wrap-up.command" wrap-up --send "${p[@]}"
holds "the command got the note" diff "$temp/expected" "$temp/sent"
does 0 "" "sent to the clipboard, by copy.command" wrap-up --copy "${p[@]}"
holds "the clipboard got the note" diff "$temp/expected" "$temp/copied"
holds "which is not called copied" sh -c "! grep -qw copied '$temp/err'"
hands_to "cat >/dev/null; printf 'no CRM\\033[31m here\\n' >&2; exit 3"
does 1 "" "wrap-up.command ended with status 3: no CRM" wrap-up --send "${p[@]}"
holds "without its control characters" sh -c "! LC_ALL=C grep -q '$(printf '\033')' '$temp/err'"
hands_to "exit 0"
does 0 "" "sent to" wrap-up --send "${p[@]}"
hands_to "no-such-program-here"
does 1 "" "ended with status 127" wrap-up --send "${p[@]}"
hands_to "kill -TERM \$\$"
does 1 "" "ended with status 143" wrap-up --send "${p[@]}"
# signals are in the child as they are here: one that is ignored or blocked would show
hands_to "grep -E 'Sig(Ign|Blk)' /proc/self/status >$temp/signals"
"$talktrack" wrap-up --send "${p[@]}" 2>/dev/null
sh -c "grep -E 'Sig(Ign|Blk)' /proc/self/status" >"$temp/expected.signals"
holds "no signal is ignored or blocked" diff "$temp/expected.signals" "$temp/signals"
# one that hangs, with a child of its own, is ended; both are gone
hands_to "sleep 4711 & echo \$! \$\$ >$temp/hanging; exec sleep 4711"
began=$(date +%s)
does 1 "" "was not done after 5 seconds and was ended" wrap-up --send "${p[@]}"
took=$(($(date +%s) - began))
holds "after 5 seconds ($took)" [ "$took" -ge 4 -a "$took" -le 60 ]
ended() { # neither process is there, or only until somebody asks how it ended
	local process state
	[ "$(wc -w <"$temp/hanging")" -eq 2 ] || return 1
	for process in $(cat "$temp/hanging"); do
		state=$(sed 's/.*) //; s/ .*//' "/proc/$process/stat" 2>/dev/null) || continue
		[ -z "$state" ] || [ "$state" = Z ] || return 1
	done
}
holds "with all that it started" ended
# one that goes on in the background holds nobody up, as clipboards do
mkfifo "$temp/go"
hands_to "cat >/dev/null; (read -r word <$temp/go; echo done >$temp/late) &"
does 0 "" "sent to" wrap-up --send "${p[@]}"
holds "nobody waits for what goes on" [ ! -e "$temp/late" ]
echo go >"$temp/go"
# within tmux, by tmux
printf '#!/bin/sh\necho "$@" >%s/tmux.arguments\ncat >%s/tmux.input\n' "$temp" "$temp" >"$temp/bin/tmux"
chmod +x "$temp/bin/tmux"
echo "{}" >"$config"
TMUX=/tmp/x,1,0 PATH=$temp/bin:$PATH does 0 "" "sent to the clipboard, by tmux" wrap-up --copy "${p[@]}"
holds "as tmux wants it" [ "$(cat "$temp/tmux.arguments")" = "load-buffer -w -" ]
holds "with the note" diff "$temp/expected" "$temp/tmux.input"

# the words to send: the situation's own first, then the playbook's, then those of what it extends
rm "$config"
does 0 "Soup voice for Ada." "" follow-up --voice "${p[@]}" "$a"
holds "one, and nothing else" [ "$(grep -c '' "$temp/out")" -eq 1 ]
"$talktrack" follow-up --voice --all "${p[@]}" "$a" >"$temp/out"
printf 'Soup voice for Ada.\n\nKitchen voice for Ada.\n\nBase voice for Ada.\n' >"$temp/expected"
holds "all, in order" diff "$temp/expected" "$temp/out"
does 0 "Kitchen voice for Bea." "" follow-up --voice "${p[@]}"
does 0 "Base message for Ada: because your soup is cold, I will send soup by 2026-01-03 10:00. It's me." "" \
	follow-up --message "${p[@]}" "$a"
echo "agent: Rita" >"$config"
does 0 "It's Rita." "" follow-up --message "${p[@]}" "$a"
does 0 "voice-note:" "" follow-up "${p[@]}" "$a"
holds "both, with their names" grep -q "^message:" "$temp/out"
does 0 "by ‹deadline›" "not filled in: ‹issue›, ‹deadline›" follow-up --message "${p[@]}"
holds "nothing was written to the journal" [ "$(cat "$journal"/*.jsonl | wc -l)" -eq 12 ]
holds "show --json has them" python3 -c 'import json,sys; b=json.load(sys.stdin)[0]
assert b["follow-up"]["voice-note"] == ["Kitchen voice for <customer>.", "Base voice for <customer>."]
assert b["situations"][0]["follow-up"] == {"voice-note": ["Soup voice for <customer>."], "message": []}' \
	< <("$talktrack" show --json "${p[@]}" kitchen)
sed -i '/^follow-up:/,/^situations:/{/situations/!d}; /^    follow-up:/,+1d' "$temp/library/en/kitchen.yaml"
sed -i '/^follow-up:/,$d' "$temp/library/en/base.yaml"
does 1 "" "has no 'voice-note' under 'follow-up'" follow-up --voice "${p[@]}" "$a"

# what comes with talktrack: words for these situations, voice notes of half a minute, in each
# language; what the promise says stands in it as that language says it. Bengali has longer words.
cat >"$temp/count.py" <<'P'
import json, subprocess, sys, re
talktrack, journal = sys.argv[1:]
languages = {  # words of a voice note; issue and issue turned round, or another mark; promise; its time; foreign letters
    "en": ((60, 105), "my lamp broke", r"your lamp broke|the lamp|sooner than I|another look", "send a new one",
           "by 5:30 pm on Friday, 13 February", "Rita", "the lamp", "[^\x00-\x7f]"),
    "bn": ((50, 90), "আমার বাতিটা ভেঙে গেছে", "আপনার বাতিটা ভেঙে গেছে|বাতিটা|তার আগেই|আরেকবার", "নতুন একটা পাঠাব",
           "শুক্রবার ১৩ ফেব্রুয়ারি বিকেল ৫টা ৩০ মিনিটের মধ্যে আমি নতুন একটা পাঠাব", "রিতা", "বাতিটা", "[A-Za-z0-9]"),
    "eo": ((60, 100), "mia lampo rompiĝis", "via lampo rompiĝis|la lampo|pli frue|ankoraŭfoje", "sendi novan",
           "sendi novan ĝis vendredo, la 13-a de februaro, je la 17:30", "Rita", "la lampo", r"\b(the|by|on)\b"),
}
for language, ((least, most), issue, mark, promise, due, agent, product, foreign) in languages.items():
  dated = 0
  for playbook, situation in [("angry-customer", s) for s in
        ("tired-of-form-letters", "still-waiting", "about-to-leave", "expected-otherwise")] + [("quiet-customer", "just-bought")]:
    call = "01b00000-0000-7000-8000-00000000000a"
    events = [("call_started", {"playbook": playbook, "language": language}),
              ("situation_opened", {"playbook": playbook, "situation": situation})] + [
              ("slot_filled", {"slot": s, "text": t}) for s, t in [("customer", "Ada" if language != "bn" else "আদা"), ("issue", issue),
                  ("product", product), ("agent", agent)]] + [
              ("promise_made", {"promise": call + "/1", "text": promise, "due": 1771003800000, "zone": "+00:00"})]
    with open(journal + "/2026-02-01.jsonl", "w") as out:
        for t, (name, fields) in enumerate(events):
            print(json.dumps({"t": 1769940000000 + t, "call": call, "event": name, **fields}), file=out)
    def texts(kind):
        run = subprocess.run([talktrack, "follow-up", kind, "--all"], capture_output=True, text=True)
        assert run.returncode == 0 and not run.stderr, run.stderr
        return run.stdout.split("\n\n")
    voices, messages = texts("--voice"), texts("--message")
    assert len(voices) >= 4 and len(messages) >= 3, (situation, len(voices), len(messages))
    for text in voices:
        assert least <= len(text.split()) <= most, (language, situation, len(text.split()), text)
    for text in voices + messages:
        assert ("Ada" in text or "আদা" in text) and "‹" not in text and "<" not in text, text
        assert agent in text, text
        assert re.search(mark, text), text
        assert not re.search(foreign, text), (language, text)
        dated += due in text
  assert dated >= 10, (language, dated)
P
TALKTRACK_PATH=$PWD/scripts holds "the playbooks have words for after the call, in each language" \
	python3 "$temp/count.py" "$talktrack" "$journal"

echo "followup: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
