#!/bin/bash
# `report`, `export` and `channels`: a journal made by hand, whose figures were added up by hand.
# usage: report.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config TZ=UTC LC_ALL=C.UTF-8

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

same() { # what, wanted, got
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
	fi
}

runs() { # expected status, text in standard output ("" for none), text in standard error, arguments...
	local status=$1 out=$2 err=$3 got
	shift 3
	"$talktrack" "$@" >"$temp/out" 2>"$temp/err" </dev/null
	got=$?
	if [ "$got" -eq "$status" ] && { [ -z "$out" ] || grep -qF -- "$out" "$temp/out"; } &&
		{ [ -z "$err" ] || grep -qF -- "$err" "$temp/err"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED (status $got, not $status): talktrack $*"
		head -n 5 "$temp/out" "$temp/err"
	fi
}

uuid() { echo "0193c0de-0000-7000-8000-00000000000$1"; }
day1=1793527200 day2=1793613600 day3=1793700000 day4=1793786400 # 10:00 on 1, 2, 3 and 4 November 2026

event() { # call's letter (a digit of its id), second, name, further members
	local more=${4:+,$4}
	printf '{"t":%s000,"call":"%s","event":"%s"%s}\n' "$2" "$(uuid "$1")" "$3" "$more"
}

leave='"playbook":"angry","situation":"leave"'
line() { # step, text
	printf '"step":"%s","situation":"leave","text":"%s"' "$1" "$2"
}

mkdir -p "$temp/j/team"
{ # before the others; no situation; 60 s
	event e $day1 call_started '"agent":"asha"'
	event e $((day1 + 60)) call_ended '"disposition":"escalated"'
} >"$temp/j/2026-11-01.jsonl"
{ # a: 160 s, 30 of them on hold; a line taken back, and said in another wording
	event a $day2 call_started '"playbook":"angry","agent":"asha"'
	event a $((day2 + 1)) situation_opened "$leave"
	event a $((day2 + 2)) slot_filled '"slot":"customer","text":"Mrs Rahman"'
	event a $((day2 + 10)) line_said "$(line reflect 'So <issue>, yes?')"
	event a $((day2 + 20)) line_passed "$(line validate 'That makes sense.')"
	event a $((day2 + 30)) line_said "$(line validate 'I see why.')"
	event a $((day2 + 35)) undone "\"undoes\":$((day2 + 30))000"
	event a $((day2 + 40)) line_said "$(line validate 'That makes sense.')"
	event a $((day2 + 45)) note_added '"text":"rang twice, Mr SECRET"'
	event a $((day2 + 60)) call_held
	event a $((day2 + 90)) call_resumed
	event a $((day2 + 100)) promise_made "\"promise\":\"$(uuid a)/1\",\"text\":\"ring Mrs Rahman\",\"due\":4000000000000"
	event a $((day2 + 160)) call_ended '"disposition":"resolved"'
	# b: 100 s; another situation and a promise taken back; two steps in own words, one then said
	event b $day2 call_started '"playbook":"angry","agent":"bo"'
	event b $((day2 + 1)) situation_opened '"playbook":"quiet","situation":"bother"'
	event b $((day2 + 2)) undone "\"undoes\":$((day2 + 1))000"
	event b $((day2 + 3)) situation_opened "$leave"
	event b $((day2 + 4)) step_done '"step":"reflect"'
	event b $((day2 + 5)) line_said "$(line reflect 'So <issue>, yes?')"
	event b $((day2 + 6)) step_done '"step":"validate"'
	event b $((day2 + 7)) promise_made "\"promise\":\"$(uuid b)/1\",\"text\":\"x\",\"due\":1577836800000"
	event b $((day2 + 8)) undone "\"undoes\":$((day2 + 7))000"
	event b $((day2 + 100)) call_ended '"disposition":"follow-up"'
} >"$temp/j/2026-11-02.jsonl"
{ # c: 80 s, on hold from 50 on; its promise is kept later, which is taken back; it was due in 2020
	event c $day3 call_started '"playbook":"angry","agent":"asha"'
	event c $((day3 + 1)) situation_opened "$leave"
	event c $((day3 + 10)) line_said "$(line reflect 'You said \"cancel\", =right?')"
	event c $((day3 + 20)) promise_made "\"promise\":\"$(uuid c)/1\",\"text\":\"x\",\"due\":1577836800000"
	event c $((day3 + 50)) call_held
	event c $((day3 + 80)) call_ended '"disposition":"dropped"'
	# d: left open
	event d $((day3 + 100)) call_started '"playbook":"angry","agent":"bo"'
	event d $((day3 + 101)) situation_opened '"playbook":"quiet","situation":"bother"'
	event d $((day3 + 110)) line_said '"step":"reflect","text":"=1+1 <script>"'
	printf '\n \n{"t":1,"event":"from another program"}\nSECRET words\n'
} >"$temp/j/2026-11-03.jsonl"
{
	event a $day4 promise_kept "\"promise\":\"$(uuid a)/1\",\"text\":\"and a SECRET cake\""
	event c $day4 promise_kept "\"promise\":\"$(uuid c)/1\""
	event c $((day4 + 1)) undone "\"undoes\":${day4}000"
	event f $day4 line_said "$(line reflect 'whose?')"
	printf '{"t":1793786400000,"call":"%s","event":"note_ad' "$(uuid f)"
} >"$temp/j/2026-11-04.jsonl"
touch "$temp/j/notes.txt"

"$talktrack" report --json "$temp/j" >"$temp/report.json" 2>"$temp/err"
same "report of a folder ends well" 0 $?
get() { jq -c "$1" "$temp/report.json"; }
same "files and events" '[4,38,0,1,0]' "$(get '[.files,.events,.events_again,.events_without_beginning,.events_left_out]')"
same "lines that are none are told" 3 "$(grep -c warning "$temp/err")"
holds "with their places" grep -qF "2026-11-03.jsonl:13: warning: the line is not JSON" "$temp/err"
holds "a torn one too" grep -qF "2026-11-04.jsonl:5: warning: the last line is torn" "$temp/err"
holds "but not what they say" sh -c "! grep -q SECRET '$temp/err'"
# talk 130 + 100 + 50 + 60, hold 30 + 30
same "total" '[5,340,60,2,1,1,1,1,0,1]' "$(get '.total | [.calls,.talk_seconds,.hold_seconds,.calls_held,.resolved,.follow_up,.escalated,.dropped,.other,.open]')"
same "total resolved, with Wilson's interval" '[0.25,0.046,0.699]' "$(get '.total | [.resolved_share,.resolved_low,.resolved_high]')"
same "promises" '[2,1,1,0,1]' "$(get '.total | [.promises_made,.promises_kept,.promises_exceeded,.promises_broken,.promises_overdue]')"
same "situations" '[["angry","leave",3,280],["quiet","bother",1,0],[null,null,1,60]]' "$(get '[.situations[] | [.playbook,.situation,.calls,.talk_seconds]] | sort_by(-.[2],-(.[0]|length))')"
same "steps" '[["angry","reflect",3,3,0],["angry","validate",3,2,1],["quiet","reflect",1,1,0]]' "$(get '[.steps[] | [.playbook,.step,.calls,.done,.done_in_own_words]]')"
same "steps, how sure" '[0.667,0.208,0.939]' "$(get '.steps[1] | [.done_share,.done_low,.done_high]')"
same "lines" '[["leave","reflect","So <issue>, yes?",2,1,1,0,0],["leave","reflect","You said \"cancel\", =right?",1,0,0,1,0],["leave","validate","That makes sense.",1,1,0,0,1],["bother","reflect","=1+1 <script>",1,0,0,0,0]]' \
	"$(get '[.lines[] | [.situation,.step,.line,.said,.resolved,.follow_up,.dropped,.passed]]')"
same "no winner of a few calls" '["too-few-calls"]' "$(get '[.lines[].verdict] | unique')"
same "passed over, and then resolved" '[1]' "$(get '[.lines[] | select(.passed > 0).passed_resolved]')"
same "days" '[["2026-11-01",1],["2026-11-02",2],["2026-11-03",2]]' "$(get '[.days[] | [.day,.calls]]')"
same "agents" '[["asha",3,240,1],["bo",2,100,0]]' "$(get '[.agents[] | [.agent,.calls,.talk_seconds,.promises_kept]]')"

# the same files in other ways: any order, twice, a link, one by one
"$talktrack" report --json "$temp/j/2026-11-04.jsonl" "$temp/j/2026-11-02.jsonl" "$temp/j" "$temp/j/../j/2026-11-02.jsonl" \
	>"$temp/again.json" 2>/dev/null
holds "files given twice count once" cmp -s "$temp/report.json" "$temp/again.json"
mkdir "$temp/copy" && cp "$temp"/j/*.jsonl "$temp/copy/"
same "so do copies" "$(get '[.total,.situations,.lines,.steps,.days,.agents]')" \
	"$("$talktrack" report --json "$temp/j" "$temp/copy" 2>/dev/null | jq -c '[.total,.situations,.lines,.steps,.days,.agents]')"

# from a pipe
same "the standard input" "$(jq -c '[.total.calls,.events]' "$temp/report.json")" \
	"$(cat "$temp"/j/*.jsonl | "$talktrack" report --json - 2>/dev/null | jq -c '[.total.calls,.events]')"

# days
total() { "$talktrack" report --json "$@" "$temp/j" 2>/dev/null | jq -c '[.since,.until,.total.calls,.files]'; }
same "since" '["2026-11-02",null,4,4]' "$(total --since 2026-11-02)"
same "until" '[null,"2026-11-02",3,4]' "$(total --until 2026-11-02)"
same "one day" '["2026-11-02","2026-11-02",2,4]' "$(total --since 2026-11-02 --until 2026-11-02)"
same "old files are not even read" '["2026-11-05",null,0,2]' "$(total --since 2026-11-05)"
same "the promise of a day is kept later" 1 "$("$talktrack" report --json --until 2026-11-02 "$temp/j" 2>/dev/null | jq .total.promises_kept)"
same "days are local" '["2026-11-03",null,4,4]' "$(TZ=XYZ-15 total --since 2026-11-03)"
for bad in 2026-13-01 2026-02-30 tomorrow 2026-1-1 "" 2026-11-02x d; do runs 2 "" "is no day" report --since "$bad"; done
runs 0 "no calls" "" report --since 0d "$temp/j"

# text
runs 0 "calls        5  1 left open" "" report "$temp/j"
runs 0 "talk      5:40  1:25 a call" "" report "$temp/j"
runs 0 "2  1 kept (1 exceeded), 0 broken, 1 waiting (1 overdue)" "" report "$temp/j"
runs 0 "too few calls to tell" "" report "$temp/j"
runs 0 "▄██" "" report "$temp/j"
runs 0 "said in 2: 1 resolved, 1 follow-up; resolved 50 % (9–91 %)" "" report --by line "$temp/j"
runs 0 "leave (angry)" "" report --by situation "$temp/j"
runs 0 "  2 Nov 2026  " "" report --by day "$temp/j"
runs 0 "asha" "" report --by agent "$temp/j"
runs 0 "validate (angry)" "" report --by step "$temp/j"
runs 0 "Wilson" "" report "$temp/j"
speaks() { # language, text in standard output, arguments...
	local language=$1 text=$2
	shift 2
	LANGUAGE=$language runs 0 "$text" "" "$@"
}
speaks eo "raporto de talktrack: vokoj komencitaj ekde 2 nov 2026, 4 dosieroj, 38 eventoj" report --since 2026-11-02 "$temp/j"
speaks eo "promesoj     2  1 plenumita (1 superite), 0 rompitaj, 1 atendanta (1 malfrue)" report "$temp/j"
speaks eo "dirita en 2 vokoj: 1 solvita, 1 daŭrigota; solvitaj 50 % (9–91 %)" report --by line "$temp/j"
speaks eo "dirita en 1 voko: 1 perdita; solvita 0 % (0–79 %)" report --by line "$temp/j"
speaks bn "talktrack রিপোর্ট: সব কল, 4টি ফাইল, 38টি ঘটনা" report "$temp/j"
speaks bn "1টি ঘটনা এমন কলের, যার শুরু কোনো ফাইলেই নেই" report "$temp/j"
speaks bn "2টি কলে বলা: 1টি মিটে গেছে, 1টিতে আরও বাকি; মিটেছে 50% (9–91%)" report --by line "$temp/j"
speaks bn '<html lang="bn" ' report --html "$temp/j"
speaks bn '<text x="720" y="157" text-anchor="end">3 নভে 2026</text>' report --html "$temp/j"
for language in eo bn; do
	LANGUAGE=$language "$talktrack" report --html "$temp/j" >"$temp/page.html" 2>/dev/null
	holds "the page in $language is well-formed" xmllint --nonet --noout "$temp/page.html"
done
holds "no line is wider than 80" [ "$("$talktrack" report "$temp/j" 2>/dev/null | wc -L)" -le 80 ]
runs 2 "" 'cannot report by "mood"' report --by mood
runs 2 "" "talktrack report: there is no option --nonsense; talktrack report --help lists them" report --nonsense=1
runs 2 "" "a value is missing behind --since" report --since
runs 2 "" "--json takes no value" report --json=1
runs 1 "" "nowhere.jsonl" report "$temp/nowhere.jsonl"
runs 1 "" "no journal in this folder" report "$temp/j/team"
runs 1 "" "not a regular file" report /dev/null
runs 0 "no calls" "" report
mkdir -p "$temp/state/talktrack" && cp -r "$temp/j" "$temp/state/talktrack/journal"
runs 0 "calls        5" "" report
runs 1 "calls        5" "nowhere" report "$temp/j" "$temp/nowhere"
if [ -w /dev/full ]; then
	"$talktrack" report "$temp/j" >/dev/full 2>"$temp/err"
	same "a full disk is told" 1 $?
fi

# CSV: the rows that were counted by hand, to the byte
"$talktrack" report --csv --by line "$temp/j" >"$temp/lines.csv" 2>/dev/null
rows='playbook,situation,step,line,said,resolved,follow_up,escalated,dropped,other,open,resolved_share,resolved_low,resolved_high,passed,passed_resolved,passed_follow_up,passed_escalated,passed_dropped,passed_other,passed_open,verdict
angry,leave,reflect,"So <issue>, yes?",2,1,1,0,0,0,0,0.5,0.095,0.905,0,0,0,0,0,0,0,too-few-calls
angry,leave,reflect,"You said ""cancel"", =right?",1,0,0,0,1,0,0,0,0,0.793,0,0,0,0,0,0,0,too-few-calls
angry,leave,validate,That makes sense.,1,1,0,0,0,0,0,1,0.207,1,1,1,0,0,0,0,0,too-few-calls
quiet,bother,reflect,"'"'"'=1+1 <script>",1,0,0,0,0,0,1,,,,0,0,0,0,0,0,0,too-few-calls'
same "CSV" "$rows" "$(tr -d '\r' <"$temp/lines.csv")"
same "its lines end in CR LF" "$(wc -l <"$temp/lines.csv")" "$(grep -c $'\r$' "$temp/lines.csv")"
for by in situation step day agent; do
	"$talktrack" report --csv --by $by "$temp/j" 2>/dev/null | tr -d '\r' | awk -F, -v by=$by \
		'NR == 1 { n = NF } NF != n { bad = 1 } END { exit bad || NR < 3 }'
	same "CSV by $by has as many fields in each row" 0 $?
done

# the page: well-formed, whole, and it fetches nothing
"$talktrack" report --html "$temp/j" >"$temp/page.html" 2>/dev/null
holds "the page is well-formed" xmllint --nonet --noout "$temp/page.html"
same "an element of a line's text stays text" "1 0" \
	"$(grep -c '=1+1 &lt;script&gt;' "$temp/page.html") $(grep -c '<script' "$temp/page.html")"
same "it names no other file" 0 "$(grep -ciE 'src=|href=|url\(|@import' "$temp/page.html")"
same "each chart is named or hidden" "$(grep -o '<svg' "$temp/page.html" | wc -l)" \
	"$(grep -oE '<svg[^>]*(aria-hidden="true"|role="img" aria-label="[^"]+")' "$temp/page.html" | wc -l)"
same "each head of a table says of what" 0 "$(grep -oE '<th[ >]' "$temp/page.html" | wc -l | xargs -I{} expr {} - "$(grep -oE '<th scope="(col|row)"' "$temp/page.html" | wc -l)")"
for by in situation line step day agent; do
	"$talktrack" report --html --by $by "$temp/j" 2>/dev/null >"$temp/page.html"
	holds "the page by $by is well-formed" xmllint --nonet --noout "$temp/page.html"
done
"$talktrack" report --html "$temp/state/talktrack/journal/notes.txt" >"$temp/page.html" 2>/dev/null
holds "so is one without calls" xmllint --nonet --noout "$temp/page.html"

# export: as many events, no words, and a report of it says the same
"$talktrack" export --redact "$temp/j" >"$temp/export.jsonl" 2>/dev/null
same "export ends well" 0 $?
same "all events are there" 38 "$(wc -l <"$temp/export.jsonl")"
same "no secret is" 0 "$(grep -cE 'SECRET|Rahman|cake|rang|asha' "$temp/export.jsonl")"
same "slots and undone events are" "1 4" "$(grep -c '"slot":"customer","text":"…"' "$temp/export.jsonl") $(grep -c '"undone"' "$temp/export.jsonl")"
same "and the same figures" "$(get '[.total,.situations,.lines,.steps,.days]')" \
	"$("$talktrack" report --json "$temp/export.jsonl" | jq -c '[.total,.situations,.lines,.steps,.days]')"
same "an export of an export is the same" "$(cksum <"$temp/export.jsonl")" "$("$talktrack" export --redact "$temp/export.jsonl" | cksum)"
runs 2 "" "export wants --redact" export "$temp/j"
runs 2 "" "talktrack export: there is no option --nonsense" export --nonsense
runs 1 "" "nowhere" export --redact "$temp/nowhere"

# channels
mkdir -p "$temp/p/en"
cat >"$temp/p/en/shop.yaml" <<'Y'
talktrack: 1
title: Shop
language: en
steps:
  - {id: reflect, title: Reflect}
situations:
  - {id: lost, title: Lost, say: {reflect: [I see.]}}
channels:
  - {name: Phone & fax, reach: 0800 123-456, for: "anything <at all>"}
  - {name: Mail, reach: care@example.com}
  - {name: Web, reach: "https://example.com/a?b=1&c=\"2\""}
  - {name: Trick, reach: "javascript:alert(1)"}
  - {name: Long, reach: "0123456789012345678901234567890123456789012345678901234567890123456789 a very long way to go, too long to be told in a profile, twice over"}
  - {name: Site, reach: help.example.com}
Y
sed 's/Shop/Other/; s/id: lost/id: found/' "$temp/p/en/shop.yaml" >"$temp/p/en/other.yaml"
channels() { "$talktrack" channels -p "$temp/p" "$@"; }
same "a signature" '-- |Phone & fax  0800 123-456  (anything <at all>)|Mail         care@example.com' \
	"$(channels --for=email | head -n 3 | paste -sd'|')"
same "each channel once" 7 "$(channels --for=email | wc -l)"
same "an invoice is one line" 1 "$(channels --for=invoice | wc -l)"
channels --for=web >"$temp/web.html"
holds "a fragment is well-formed" xmllint --nonet --noout "$temp/web.html"
holds "numbers can be dialled" grep -qF '<strong>Phone &amp; fax</strong>: <a href="tel:0800123456">0800 123-456</a> (anything &lt;at all&gt;)' "$temp/web.html"
holds "mail can be written" grep -qF '<a href="mailto:care@example.com">' "$temp/web.html"
holds "addresses are escaped" grep -qF '<a href="https://example.com/a?b=1&amp;c=&quot;2&quot;">' "$temp/web.html"
holds "sites get their scheme" grep -qF '<a href="https://help.example.com">help.example.com</a>' "$temp/web.html"
holds "no other scheme is a link" grep -qF '<strong>Trick</strong>: javascript:alert(1)</li>' "$temp/web.html"
same "answers without a question" "- Phone & fax: 0800 123-456 – anything <at all>" "$(channels --for=faq | head -n 1)"
sed -i '/^channels:/i channels-question: How can I get help?' "$temp/p/en/other.yaml"
same "a question and its answer" "How can I get help?||- Phone & fax: 0800 123-456 – anything <at all>" "$(channels --for=faq | head -n 3 | paste -sd'|')"
same "a profile has what fits" 'Phone & fax 0800 123-456 · Mail care@example.com · Web https://example.com/a?b=1&c="2" · Trick javascript:alert(1) · Site help.example.com' "$(channels --for=social)"
for question in "en How can I get help?" "bn সাহায্য লাগলে কীভাবে যোগাযোগ করব?" "eo Kiel mi povas ricevi helpon?"; do
	same "the question is asked in ${question%% *}" "${question#* }" \
		"$("$talktrack" channels --for=faq -p scripts -l "${question%% *}" | head -n 1)"
done
holds "and is short" [ "$("$talktrack" channels --for=social -p scripts | tr -d '\n' | wc -m)" -le 160 ]
runs 0 "0800 123 456" "" channels --for=invoice -p scripts
runs 2 "" "usage: talktrack channels" channels
runs 2 "" "usage: talktrack channels" channels --for=sky
runs 1 "" "nowhere" channels --for=web -p "$temp/nowhere"
sed -i '/^channels/,$d' "$temp/p/en/shop.yaml" "$temp/p/en/other.yaml"
runs 1 "" "no playbook names channels" channels --for=web -p "$temp/p"

echo "report: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
