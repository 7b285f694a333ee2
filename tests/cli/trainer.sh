#!/bin/bash
# What a trainer does with playbooks: new, edit, diff, import; and that nothing anyone wrote is lost. usage: trainer.sh TALKTRACK
set -u
passed=0 failed=0 skipped=0
temp=$(mktemp -d) && chmod 755 "$temp" || exit 1
trap '[ -z "${mounted:-}" ] || umount "$mounted"; rm -rf "$temp"' EXIT
# a checkout of its own: the program finds the shipped playbooks beside its build folder
mkdir -p "$temp/checkout/build" && cp "$1" "$temp/checkout/build/talktrack" && cp -r scripts "$temp/checkout/" || exit 1
talktrack=$temp/checkout/build/talktrack
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config
unset TALKTRACK_PATH VISUAL
own=$temp/config/talktrack/playbooks/en

ok() { # what, status
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
		head -n 8 "$temp/out" "$temp/err" 2>/dev/null
	fi
}
holds() { # what, command...
	local what=$1
	shift
	"$@"
	ok "$what" $?
}
runs() { # expected status, text in standard output, text in standard error, arguments...; input from $input
	local status=$1 out=$2 err=$3 got
	shift 3
	printf '%b' "${input:-}" | "$talktrack" "$@" >"$temp/out" 2>"$temp/err"
	got=$?
	[ "$got" -eq "$status" ] && { [ -z "$out" ] || grep -qF -- "$out" "$temp/out"; } &&
		{ [ -z "$err" ] || grep -qF -- "$err" "$temp/err"; }
	ok "status $got, not $status, or words missing: talktrack $*" $?
}
editor() { # name, script: the draft is $file
	printf '#!/bin/bash\nfile=${!#}\n%s\n' "$2" >"$temp/$1"
	chmod 755 "$temp/$1"
	export EDITOR=$temp/$1
}
only() { # folder, names...: nothing else is in it, hidden files too
	local folder=$1
	shift
	[ "$(ls -A "$folder" | sort | tr '\n' ' ')" = "$(printf '%s\n' "$@" | sort | tr '\n' ' ')" ]
}

# --- new ---
runs 0 "wrote $own/late-parcel.yaml" "" new late-parcel
cp "$own/late-parcel.yaml" "$temp/first.yaml"
runs 0 "1 file, 0 errors, 0 warnings" "" check "$own/late-parcel.yaml"
runs 0 "Late parcel" "" show late-parcel
modeline=$(sed -n '1s/^# yaml-language-server: \$schema=//p' "$own/late-parcel.yaml")
holds "the first line leads an editor to the schema" test -n "$modeline" -a -s "$own/$modeline"
runs 1 "" "there is a playbook \"late-parcel\" already" new late-parcel
holds "new overwrites nothing" cmp -s "$temp/first.yaml" "$own/late-parcel.yaml"
runs 1 "" "talktrack edit common changes it" new common
runs 2 "" "small letters" new ../../late
runs 2 "" "small letters" new ""
runs 2 "" "is not the code of a language" new other -l ../..
runs 2 "" "usage: talktrack new" new
runs 0 "wrote $temp/config/talktrack/playbooks/tlh/late-parcel.yaml" "" new late-parcel -l tlh
runs 0 "0 errors, 0 warnings" "" check "$temp/config/talktrack/playbooks/tlh"
# in the trainer's language, with the library's common.yaml and without: good, and no advice to give
for language in en bn eo bn-BD; do
	runs 0 "wrote" "" new -l "$language" sample
	sample=$temp/config/talktrack/playbooks/$language/sample.yaml
	[ -f "$sample" ] || sample=$temp/config/talktrack/playbooks/${language%-*}/sample.yaml
	runs 0 "1 file, 0 errors, 0 warnings, 0 pieces of advice" "" check --advice "$sample"
	sed 's/^extends: .*//' "$sample" >"$temp/sample.$language"
	rm "$sample"
done
holds "Bengali words for Bengali" grep -qF "sample নিয়ে ফোন করেছি" "$temp/sample.bn"
holds "of any country" grep -qF "sample নিয়ে ফোন করেছি" "$temp/sample.bn-BD"
holds "Esperanto words for Esperanto" grep -qF "mi telefonas pri sample" "$temp/sample.eo"
holds "and none of the English ones" sh -c "! grep -hiE '\\b(the|what|customer sounds|lines)\\b' '$temp/sample.bn' '$temp/sample.eo'"
cp "$talktrack" "$temp/alone"
for language in en bn eo; do
	mkdir -p "$temp/lonely" && XDG_CONFIG_HOME=$temp/lonely "$temp/alone" new -l $language sample >/dev/null
	sample=$temp/lonely/talktrack/playbooks/$language/sample.yaml
	holds "alone it has steps of its own ($language)" grep -q '^steps:' "$sample"
	runs 0 "1 file, 0 errors, 0 warnings, 0 pieces of advice" "" check --advice "$sample"
done
runs 0 "wrote" "" new -l en no
runs 0 "0 errors, 0 warnings" "" check "$temp/config/talktrack/playbooks"
ln -s nowhere "$own/dangling.yaml"
runs 1 "" "already" new dangling
rm "$own/dangling.yaml" "$own/no.yaml"
holds "nothing is left behind" only "$own" late-parcel.yaml
mkdir "$temp/blocked" && touch "$temp/blocked/talktrack"
XDG_CONFIG_HOME=$temp/blocked runs 1 "" "cannot be written" new x

# --- edit: the good way ---
file=$own/late-parcel.yaml
reset() { rm -rf "$own" && mkdir -p "$own" && cp "$temp/first.yaml" "$file"; }
editor good 'sed -i "s/^title: .*/title: Changed/" "$file"'
chmod 640 "$file"
[ "$(id -u)" -ne 0 ] || chown 4242:4343 "$file"
before=$(stat -c '%a %u %g' "$file")
runs 0 "saved $file" "" edit late-parcel
holds "the words are saved" grep -q '^title: Changed' "$file"
holds "mode and owner are kept" test "$(stat -c '%a %u %g' "$file")" = "$before"
holds "nothing is left behind" only "$own" late-parcel.yaml
editor same true
inode=$(stat -c %i "$file")
runs 0 "nothing was changed" "" edit late-parcel
holds "and nothing was" test "$(stat -c %i "$file")" = "$inode" -a "$(ls -A "$own")" = late-parcel.yaml
editor inplace 'printf "# more\n" >>"$file"'
runs 0 "saved" "" edit late-parcel -l en
holds "an editor that writes in place" grep -q '^# more' "$file"
holds "the draft is private" grep -q 600 <(editor mode 'stat -c %a "$file" >'"$temp/mode"; "$talktrack" edit late-parcel >/dev/null; cat "$temp/mode")
runs 1 "" 'there is no playbook "nowhere"' edit nowhere
runs 2 "" "usage: talktrack edit" edit
reset
sed -i 's/^title:/titel:/' "$file"
editor mend 'sed -i "s/^titel:/title:/" "$file"'
runs 0 "saved" "" edit late-parcel

# --- edit: mistakes ---
reset
editor twice 'if grep -q titel "$file"; then sed -i "s/^titel:/title:/; s/Late parcel/Mended/" "$file"; else sed -i "s/^title:/titel:/" "$file"; fi'
input='e\n' runs 0 "saved" "titel" edit late-parcel
holds "mended at the second go" grep -q 'title: Mended' "$file"
holds "problems have the real file's name" grep -q "^$file:" "$temp/err"
reset
editor bad 'sed -i "s/^title:/titel:/" "$file"'
input='s\nx\n\nq\n' runs 1 "" "(e)dit again, or (q)uit without saving?" edit late-parcel
holds "the old one stays" cmp -s "$temp/first.yaml" "$file"
holds "the draft is kept" grep -q titel "$file.mine"
holds "and nothing else" only "$own" late-parcel.yaml late-parcel.yaml.mine
holds "its place is told" grep -qF "what you wrote is in $file.mine" "$temp/err"
input='' runs 1 "" "late-parcel.yaml.mine-2" edit late-parcel
holds "no draft overwrites another" test -s "$file.mine-2"
editor mend 'sed -i "s/^titel:/title:/; s/Late parcel/From the draft/" "$file"'
runs 0 "saved" "" edit --from "$file.mine" late-parcel
holds "a draft is gone on with" grep -q "From the draft" "$file"

# --- edit: editors that die ---
reset
editor killed 'printf "# half" >>"$file"; kill -9 $$'
runs 1 "" "the editor was ended by signal 9" edit late-parcel
holds "the old one is whole, the words are kept" sh -c "cmp -s '$temp/first.yaml' '$file' && grep -q '# half' '$file.mine'"
reset
editor killed 'kill -TERM $$'
runs 1 "" "signal 15" edit late-parcel
holds "no words, no draft" only "$own" late-parcel.yaml
editor status 'printf "# cq" >>"$file"; exit 3'
runs 1 "" "ended with status 3" edit late-parcel
holds "kept" grep -q '# cq' "$file.mine"
reset
editor remove 'rm "$file"'
runs 1 "" "there is nothing to save" edit late-parcel
holds "the old one is whole" cmp -s "$temp/first.yaml" "$file"
editor emoji 'sed -i "s/Look it up/Look ❤️ it up/" "$file"'
runs 0 "" "two columns wide and others one (U+2764 U+FE0F)" edit late-parcel
reset
editor empty ': >"$file"'
input='q\n' runs 1 "" "there is nothing in this file" edit late-parcel
holds "the old one is whole" cmp -s "$temp/first.yaml" "$file"
reset
EDITOR=/nowhere/editor runs 1 "" "the editor cannot be run" edit late-parcel
holds "nothing is left behind" only "$own" late-parcel.yaml
editor huge 'head -c 2000000 /dev/zero | tr "\0" x >>"$file"'
runs 1 "" "cannot be read" edit late-parcel
holds "the old one is whole" cmp -s "$temp/first.yaml" "$file"
holds "what is too large is kept, too" test "$(stat -c %s "$own"/late-parcel.yaml.mine)" -gt 2000000

# --- edit: a shipped one, links ---
reset
shipped=$temp/checkout/scripts/en/quiet-customer.yaml
sum=$(cksum <"$shipped")
editor same true
runs 0 "nothing was changed" "" edit quiet-customer
holds "nothing is copied for nothing" only "$own" late-parcel.yaml
editor good 'sed -i "s/^title: .*/title: Shy/" "$file"'
runs 0 "saved $own/quiet-customer.yaml" "" edit quiet-customer
holds "the shipped one stays" test "$(cksum <"$shipped")" = "$sum"
runs 0 "# Shy" "" show
mkdir -p "$temp/elsewhere" && mv "$own/quiet-customer.yaml" "$temp/elsewhere/q.yaml"
ln -s "$temp/elsewhere/q.yaml" "$own/quiet-customer.yaml"
editor good 'sed -i "s/^title: .*/title: Linked/" "$file"'
runs 0 "saved $temp/elsewhere/q.yaml" "" edit quiet-customer
holds "a link stays a link" test -L "$own/quiet-customer.yaml"
holds "and leads to the new words" grep -q "title: Linked" "$own/quiet-customer.yaml"
rm "$temp/elsewhere/q.yaml"
runs 1 "" "cannot be read" edit quiet-customer
rm "$own/quiet-customer.yaml"

# --- edit: what others extend ---
editor drop 'sed -i "/^  promise:/d; /{promise:/d; s/<promise>/that/" "$file"'
cp scripts/en/*.yaml "$own/"
if grep -q '<promise>' "$own/angry-customer.yaml" "$own/quiet-customer.yaml"; then
	cp "$own/common.yaml" "$temp/common.yaml"
	input='q\n' runs 1 "" "(i)nstall it all the same" edit common
	holds "the old one stays" cmp -s "$temp/common.yaml" "$own/common.yaml"
	input='i\n' runs 0 "saved" "there is no slot 'promise'" edit common
else
	holds "the shipped playbooks use <promise>" false
fi

# --- two at once ---
reset
mkfifo "$temp/begun" "$temp/go"
editor slow "echo >$temp/begun; read -r _ <$temp/go; sed -i 's/^owner: .*/owner: Slow/' \"\$file\""
"$talktrack" edit late-parcel >"$temp/slow.out" 2>&1 &
slow=$!
timeout 60 head -n 1 "$temp/begun" >/dev/null
editor good 'sed -i "s/^owner: .*/owner: Quick/" "$file"'
runs 0 "saved" "" edit late-parcel
timeout 60 sh -c "echo >'$temp/go'"
wait $slow
holds "the second is told" test $? -eq 1
holds "by these words" grep -q "someone else saved" "$temp/slow.out"
holds "the first is saved" grep -q "owner: Quick" "$file"
holds "the second is kept" grep -q "owner: Slow" "$file.mine"
reset
for i in 1 2 3 4 5 6 7 8; do
	editor "race$i" "printf '# race$i\n' >>\"\$file\""
	"$talktrack" edit late-parcel >/dev/null 2>&1 &
done
wait
lost=0
for i in 1 2 3 4 5 6 7 8; do grep -qx "# race$i" "$own"/late-parcel.yaml* || lost=$((lost + 1)); done
holds "of eight at once nothing is lost" test "$lost" -eq 0
holds "and what is there is good" "$talktrack" check "$file"

# --- disks and folders that refuse ---
reset
runs_limited() { # as when the disk is full: no file may grow past 8 KiB, save the editor's
	(ulimit -S -f 8 && printf '%b' "${input:-}" | "$talktrack" "$@" >"$temp/out" 2>"$temp/err")
}
editor large 'ulimit -S -f unlimited; for i in $(seq 400); do echo "# a comment that makes the file large"; done >>"$file"'
runs_limited edit late-parcel
holds "a write that fails is told" sh -c "[ $? -eq 1 ] && grep -q 'cannot be written: File too large' '$temp/err'"
holds "the old one is whole" cmp -s "$temp/first.yaml" "$file"
holds "the new one is not lost" test "$(grep -c '# a comment' "$file.mine")" -eq 400
holds "nothing half is left" only "$own" late-parcel.yaml late-parcel.yaml.mine

mkdir "$temp/small"
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=64k tmpfs "$temp/small" 2>/dev/null; then
	mounted=$temp/small
	mkdir -p "$temp/small/talktrack/playbooks/en"
	{ cat "$temp/first.yaml"; for i in $(seq 200); do echo "# a comment that makes the file large"; done; } >"$temp/big.yaml"
	cp "$temp/big.yaml" "$temp/small/talktrack/playbooks/en/late-parcel.yaml"
	dd if=/dev/zero of="$temp/small/fill" bs=4k count=9 2>/dev/null
	editor inplace 'printf "# more\n" >>"$file"'
	XDG_CONFIG_HOME=$temp/small runs 1 "" "No space left on device" edit late-parcel
	small=$temp/small/talktrack/playbooks/en
	holds "full disk: the old one is whole" cmp -s "$temp/big.yaml" "$small/late-parcel.yaml"
	holds "full disk: the new one is not lost" sh -c "tail -n 1 '$small/late-parcel.yaml.mine' | grep -q '# more'"
	holds "full disk: nothing half is left" only "$small" late-parcel.yaml late-parcel.yaml.mine
	dd if=/dev/zero of="$temp/small/fill2" bs=4k count=9 2>/dev/null
	XDG_CONFIG_HOME=$temp/small runs 1 "" "can only be kept as a draft" edit late-parcel
	holds "quite full: kept elsewhere" sh -c "tail -n 1 '$temp/state/talktrack/drafts/late-parcel.yaml.mine' | grep -q '# more'"
	XDG_CONFIG_HOME=$temp/small runs 1 "" "No space left on device" new another
	holds "quite full: new leaves nothing" only "$small" late-parcel.yaml late-parcel.yaml.mine
	umount "$temp/small" && mounted=
else
	skipped=$((skipped + 7))
	echo "skipped: 7 tests with a full disk: this user may not mount a small one"
fi

# a folder that cannot be written, as a user whom that stops
reset
rm -rf "$temp/state" && mkdir "$temp/state"
cp "$(dirname "$file")/late-parcel.yaml" "$temp/first-read-only.yaml"
chmod 755 "$temp/config" "$temp/config/talktrack" "$temp/config/talktrack/playbooks" && chmod 555 "$own" && chmod 444 "$file"
other() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
	chmod 777 "$temp/state"
	other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
fi
editor inplace 'printf "# more\n" >>"$file"'
sed -i 's/^extends: common//; /^situations:/,$d' "$temp/first-read-only.yaml"
chmod 755 "$own"; cp "$temp/first-read-only.yaml" "$file.new" && mv "$file.new" "$file"; chmod 444 "$file"; chmod 555 "$own"
if other true 2>/dev/null; then
	other "$talktrack" edit late-parcel >"$temp/out" 2>"$temp/err" </dev/null
	holds "a folder that refuses is told" sh -c "[ $? -eq 1 ] && grep -q 'can only be kept as a draft' '$temp/err'"
	holds "read-only: the old one is whole" cmp -s "$temp/first-read-only.yaml" "$file"
	holds "read-only: the new one is not lost" sh -c "tail -n 1 '$temp/state/talktrack/drafts/late-parcel.yaml.mine' | grep -q '# more'"
	other "$talktrack" new x >"$temp/out" 2>"$temp/err"
	holds "new says so, too" sh -c "[ $? -eq 1 ] && grep -q 'cannot be written: Permission denied' '$temp/err'"
else
	skipped=$((skipped + 4))
	echo "skipped: 4 tests with a read-only folder: setpriv does not work here"
fi
chmod 755 "$own"

# --- diff ---
cp -r scripts "$temp/a" && cp -r scripts "$temp/b"
runs 0 "nothing changed for an agent" "" diff "$temp/a" "$temp/b"
runs 0 "nothing changed" "" diff scripts/en/common.yaml "$temp/b/en/common.yaml"
sed -i "s/Ring whenever you like, and/Ring any time you like, and/; s/^owner: .*/owner: Us/" "$temp/b/en/common.yaml"
runs 1 "~ Ring whenever you like, and ask for <agent>." "" diff "$temp/a" "$temp/b"
holds "what is shared is told once" grep -qx '1 reworded' "$temp/out"
runs 1 '"step":"close"' "" diff --json "$temp/a/en" "$temp/b/en"
runs 1 "→ Ring any time you like" "" diff "$temp/a/en/angry-customer.yaml" "$temp/b/en/angry-customer.yaml"
sed "s/^  - {id: close, *title: Close, /&cues: [so long], /" scripts/en/common.yaml >"$temp/cue.yaml"
runs 1 "Close: cue" "" diff scripts/en/common.yaml "$temp/cue.yaml"
rm "$temp/b/en/quiet-customer.yaml"
runs 1 "- Quiet customer" "" diff "$temp/a" "$temp/b"
runs 1 "+ Quiet customer" "" diff "$temp/b" "$temp/a"
mv "$temp/b/en/angry-customer.yaml" "$temp/b/en/cross-customer.yaml"
runs 1 "its id was en/angry-customer and is en/cross-customer now" "" diff "$temp/a" "$temp/b"
sed -i 's/^title:/titel:/' "$temp/b/en/common.yaml"
runs 2 "" "titel" diff "$temp/a" "$temp/b"
runs 2 "" "there is no such file" diff "$temp/a/en/common.yaml" "$temp/nowhere.yaml"
runs 2 "" "two files or two folders" diff "$temp/a" "$temp/a/en/common.yaml"
runs 2 "" "usage: talktrack diff" diff "$temp/a"
mkdir "$temp/none"
runs 2 "" "there are no playbooks here" diff "$temp/none" "$temp/a"

# --- import ---
printf '\xEF\xBB\xBFsituation,step,line,heard,colour\r\nLate parcel,Reflect,"So it is late, {customer_name}: is it?","where is it\r\nnot here",blue\r\n,Close,"- ""Bye"", <customer-name>",,\r\n' >"$temp/x.csv"
runs 0 "" "the column \"colour\", with 1 value" import --csv "$temp/x.csv" -o "$temp/x.yaml" --title 'Late: "parcels"'
runs 0 "1 file, 0 errors, 0 warnings" "" check "$temp/x.yaml"
runs 0 '# Late: "parcels"' "" show -p "$temp/x.yaml"
runs 0 '- "Bye", ‹customer-name›' "" show -p "$temp/x.yaml"
cp "$temp/x.yaml" "$temp/y.yaml"
runs 1 "" "is there already and stays as it is" import --csv "$temp/x.csv" -o "$temp/x.yaml"
holds "import overwrites nothing" cmp -s "$temp/x.yaml" "$temp/y.yaml"
input="$(sed 's/\\/\\\\/g' "$temp/x.csv" | tr -d '\r' | sed 's/$/\\n/' | tr -d '\n')" runs 0 "title: Imported" "1 situation, 2 lines" import --csv -
printf 'Fall;Text\nA;x\n' >"$temp/semicolon.csv"
runs 1 "" "--delimiter ';'" import --csv "$temp/semicolon.csv"
runs 0 "title: A" "" import --csv "$temp/semicolon.csv" --delimiter ';' --columns situation=fall,line=2
printf 'situation\tline\nA\tx\n' >"$temp/tab.csv"
runs 1 "" "--delimiter tab" import --csv "$temp/tab.csv"
runs 0 "title: A" "" import --csv "$temp/tab.csv" --delimiter tab
runs 2 "" "usage: talktrack import" import --csv "$temp/tab.csv" --columns colour=1
runs 2 "" "usage: talktrack import" import --csv "$temp/tab.csv" --zendesk "$temp/tab.csv"
runs 2 "" "usage: talktrack import" import
runs 1 "" "cannot be read: No such file" import --csv "$temp/nowhere.csv"
runs 1 "" "cannot be read: Is a directory" import --csv "$temp"
runs 1 "" "is not the code of a language" import --csv "$temp/x.csv" -l english
printf 'situation,line\nA,\x1b]0;gotcha\x07x <\x1b[2J>\n' >"$temp/hostile.csv"
runs 0 "title: A" "" import --csv "$temp/hostile.csv"
holds "nothing hostile comes through" sh -c "! grep -q '$(printf '\033')' '$temp/out' '$temp/err'"
head -c 17000000 /dev/zero | tr '\0' x >"$temp/large.csv"
runs 1 "" "it is larger than 16 MiB" import --csv "$temp/large.csv"
{ echo situation,line; for i in $(seq 1100); do printf 'A%d,%01000d\n' "$i" "$i"; done; } >"$temp/much.csv"
runs 1 "" "more than 1 MiB; import it in parts" import --csv "$temp/much.csv" -o "$temp/much.yaml"
holds "then nothing is written" test ! -e "$temp/much.yaml"
cat >"$temp/macros.json" <<'J'
{"macros": [{"id": 360001, "title": "Refund::On its way", "active": true, "description": "The money is coming",
  "actions": [{"field": "status", "value": "solved"},
    {"field": "comment_value_html", "value": "<p>Hi {{ticket.requester.first_name}},</p><p>it&#39;s on its way.</p>"}]}]}
J
runs 0 "Hi <customer>, it's on its way." "not carried over: status solved" import --zendesk "$temp/macros.json"
runs 0 "" "1 situation, 1 line" import --zendesk "$temp/macros.json" -o "$temp/macros.yaml"
runs 0 "1 file, 0 errors" "" check "$temp/macros.yaml"

echo "trainer: $passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
