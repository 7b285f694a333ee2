#!/bin/bash
# Promises across calls: listed, kept, broken, taken back, as a calendar that another program reads. usage: promises.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config TZ=UTC
journal=$temp/state/talktrack/journal
mkdir -p "$journal"

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

prints() { # text, arguments...: fine, and the text is in what is printed
	local text=$1
	shift
	"$talktrack" promises "$@" >"$temp/out" 2>"$temp/err"
	local status=$?
	if [ "$status" -eq 0 ] && grep -qF -- "$text" "$temp/out"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED (status $status): promises $*: no \"$text\"" && cat "$temp/out" "$temp/err"
	fi
}

refuses() { # status, text, arguments...
	local status=$1 text=$2
	shift 2
	"$talktrack" promises "$@" >"$temp/out" 2>"$temp/err"
	[ $? -eq "$status" ] && grep -qF -- "$text" "$temp/err" && [ ! -s "$temp/out" ]
	holds "promises $* says $text" [ $? -eq 0 ]
}

prints "no promise is waiting"
prints "no promise was made" --all
prints "[]" --json
refuses 1 'no promise "1"' keep 1
refuses 2 "usage: talktrack promises" keep
refuses 2 "usage: talktrack promises" tell 1
refuses 2 "usage: talktrack promises" --and more
refuses 2 "usage: talktrack promises" break 1 --and more
refuses 2 "usage: talktrack promises" --all keep 1
refuses 2 "usage: talktrack promises" --ics=pdf

# two calls, mixed: overdue, due today, later, without a time, taken back
now=$(date +%s) a=0193c0de-0000-7000-8000-00000000000a b=0193c0de-0000-7000-8000-00000000000b
# a time left today, however late it is
today=$((now + 1)) midnight=$(((now / 86400 + 1) * 86400))
[ $((now + 60)) -lt $midnight ] && today=$((now + 60))
cat >"$journal/2026-01-02.jsonl" <<J
{"t":1767348000000,"call":"$a","event":"call_started"}
{"t":1767348000001,"call":"$b","event":"call_started"}
{"t":1767348000002,"call":"$a","event":"slot_filled","slot":"customer","text":"Ms Ångström"}
{"t":1767348000003,"call":"$a","event":"promise_made","promise":"$a/1","text":"send a charger; a red one, with a cable","due":1767434400000,"zone":"+00:00"}
{"t":1767348000004,"call":"$b","event":"promise_made","promise":"$b/1","text":"ring back","due":${today}000,"zone":"+00:00"}
{"t":1767348000005,"call":"$a","event":"promise_made","promise":"$a/2","text":"হিসাবটা আবার দেখা, এবং যা পাওয়া যাবে তা চিঠিতে লিখে জানানো, দেরি না করে","due":$((midnight + 864000))000,"zone":"+06:00"}
{"t":1767348000006,"call":"$a","event":"promise_made","promise":"$a/3","text":"think of something","zone":"+00:00"}
{"t":1767348000007,"call":"$a","event":"promise_made","promise":"$a/4","text":"never said"}
{"t":1767348000008,"call":"$a","event":"undone","undoes":1767348000007}
{"t":1767348000009,"call":"$a","event":"call_ended","disposition":"follow-up"}
J
prints "   1  Sat 3 Jan"
holds "overdue, then today, then later" [ "$(grep -c '' "$temp/out")" -eq 9 ]
holds "in this order" [ "$(grep -E '^[a-z]' "$temp/out" | tr '\n' ,)" = "overdue,due today,open," ]
holds "with the customer" grep -qF "send a charger; a red one, with a cable (Ms Ångström)" "$temp/out"
holds "what was taken back is not there" sh -c "! grep -q 'never said' '$temp/out'"
prints "ring back" --due
holds "and nothing else" [ "$(grep -c '' "$temp/out")" -eq 2 ]
prints "send a charger" --overdue
holds "and nothing else" [ "$(grep -c '' "$temp/out")" -eq 2 ]
"$talktrack" promises --json --all >"$temp/all.json"
holds "as JSON" python3 - "$temp/all.json" "$a" <<'P'
import json, sys
rows = json.load(open(sys.argv[1]))
assert [r["number"] for r in rows] == [1, 2, 3, 4], rows
assert [r["state"] for r in rows] == ["overdue", "due", "open", "open"]
assert rows[0]["promise"] == sys.argv[2] + "/1" and rows[0]["due"] == "2026-01-03T10:00:00Z"
assert rows[0]["customer"] == "Ms Ångström" and "customer" not in rows[1]
assert rows[2]["due"].endswith("+06:00") and "due" not in rows[3]
P

# kept, exceeded, broken: by number and by name, told once
prints "kept: ring back" keep 2
prints "it is so already: kept: ring back" keep 2
prints "exceeded: send a charger" keep "$a/1" --and "a second
cable"
prints "broken: think" break 4
lines=$(cat "$journal"/*.jsonl | wc -l)
prints "it is so already: broken" break 4
prints "it is so already: exceeded" keep 1
holds "nothing is written twice" [ "$(cat "$journal"/*.jsonl | wc -l)" -eq "$lines" ]
refuses 1 'no promise "5"' keep 5
refuses 1 "no promise \"$a/4\"" keep "$a/4"
refuses 1 'no promise "0"' keep 0
refuses 1 'no promise "1x"' keep 1x
prints "a second cable" --all
holds "all states" [ "$(grep -E '^[a-z]' "$temp/out" | tr '\n' ,)" = "open,kept,exceeded,broken," ]
prints "open: think" reopen 4
prints "broken: ring back" break 2
prints "kept: ring back" keep 2
prints "due: ring back" reopen 2
prints "it is so already: due: ring back" reopen 2
holds "the journal is JSON, time rises in a call, nothing was taken out" python3 - "$journal" <<'P'
import glob, json, sys
last = {}
count = 0
for name in sorted(glob.glob(sys.argv[1] + "/*.jsonl")):
    for line in open(name):
        event = json.loads(line)
        assert event["t"] > last.get(event["call"], 0), line
        last[event["call"]] = event["t"]
        count += 1
assert count == 10 + 9, count
P
# a journal that cannot be written: the day's file is a folder
mv "$journal/$(date +%F).jsonl" "$temp/kept.jsonl" && mkdir "$journal/$(date +%F).jsonl"
refuses 1 "cannot write the journal" break 2
rmdir "$journal/$(date +%F).jsonl" && mv "$temp/kept.jsonl" "$journal/$(date +%F).jsonl"

# a calendar
calendar() { # what, arguments..., then Python with the calendar as cal
	local what=$1
	shift
	"$talktrack" promises "$@" >"$temp/promises.ics" 2>"$temp/err"
	cat - >"$temp/check.py"
	holds "$what" "$python" - "$temp/promises.ics" "$temp/check.py" "$midnight" <<'P'
import sys, datetime
from icalendar import Calendar
raw = open(sys.argv[1], "rb").read()
assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
for line in raw.split(b"\r\n"):
    assert len(line) <= 75, line
    line.decode("utf-8")
cal = Calendar.from_ical(raw)
assert not cal.errors and cal["VERSION"] == "2.0" and cal["PRODID"]
for part in cal.subcomponents:
    assert not part.errors, part.errors
    assert part["UID"] and part["DTSTAMP"].dt.tzinfo is not None
assert len({part["UID"] for part in cal.subcomponents}) == len(cal.subcomponents)
midnight = datetime.datetime.fromtimestamp(int(sys.argv[3]), datetime.timezone.utc)
exec(open(sys.argv[2]).read())
P
}
# Debian's own has the package, wherever another python3 comes first
python=python3
"$python" -c 'import icalendar' 2>/dev/null || python=/usr/bin/python3
if "$python" -c 'import icalendar' 2>/dev/null; then
	calendar "events" --ics <<'P'
assert [c.name for c in cal.subcomponents] == ["VEVENT"] * len(cal.subcomponents)
by = {str(c["SUMMARY"]): c for c in cal.subcomponents}
late = next(c for s, c in by.items() if s.startswith("হিসাবটা"))
assert str(late["SUMMARY"]) == "হিসাবটা আবার দেখা, এবং যা পাওয়া যাবে তা চিঠিতে লিখে জানানো, দেরি না করে · Ms Ångström"
assert late["DTEND"].dt == midnight + datetime.timedelta(days=10)
assert late["DTSTART"].dt < late["DTEND"].dt
alarm = late.subcomponents[0]
assert alarm.name == "VALARM" and alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"]
assert alarm["TRIGGER"].dt == datetime.timedelta(minutes=-45)
P
	holds "without a time there is no event, and it is said" grep -q "left out: 1 without a time" "$temp/err"
	calendar "all as to-dos" --ics=todos --all <<'P'
assert [c.name for c in cal.subcomponents] == ["VTODO"] * 4
by = {str(c["SUMMARY"]).split()[0]: c for c in cal.subcomponents}
sent = by["send"]
assert str(sent["SUMMARY"]) == "send a charger; a red one, with a cable · Ms Ångström"
assert sent["DUE"].dt == datetime.datetime(2026, 1, 3, 10, 0, tzinfo=datetime.timezone.utc)
assert sent["STATUS"] == "COMPLETED" and "COMPLETED" in sent and "a second cable" in sent["DESCRIPTION"]
assert not sent.subcomponents
assert "DUE" not in by["think"] and by["ring"]["STATUS"] == "NEEDS-ACTION"
assert by["ring"].subcomponents[0]["TRIGGER"].params["RELATED"] == "END"
P
	calendar "none is a calendar, too" --ics --overdue <<'P'
assert cal.subcomponents == []
P
else
	holds "python3-icalendar is there to read the calendar" false
fi

# a line that is none of ours is told and stepped over
echo "not a line" >>"$journal/2026-01-02.jsonl"
prints "ring back"
holds "and told once" [ "$(grep -c "2026-01-02.jsonl:11: warning" "$temp/err")" -eq 1 ]

echo "promises: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
