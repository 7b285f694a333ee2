#!/bin/bash
# check on libraries and on wording, explain, and test. usage: check.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_STATE_HOME=$temp/state XDG_CONFIG_HOME=$temp/config LC_ALL=C.UTF-8
unset TALKTRACK_PATH

runs() { # expected status, text in standard output, text in standard error ("" for any), arguments...
	local status=$1 out=$2 err=$3 got
	shift 3
	timeout 20 "$talktrack" "$@" >"$temp/out" 2>"$temp/err" </dev/null
	got=$?
	if [ "$got" -eq "$status" ] && { [ -z "$out" ] || grep -qF -- "$out" "$temp/out"; } &&
		{ [ -z "$err" ] || grep -qF -- "$err" "$temp/err"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED (status $got, not $status): talktrack $*"
		head -n 8 "$temp/out" "$temp/err"
	fi
}

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

book() { # file, id, heard, line: a playbook of one situation; more keys come from standard input
	cat >"$1" <<Y
talktrack: 1
title: $2
language: en
slots:
  issue: {ask: What went wrong, reflect: true}
  deadline: {ask: By when}
steps:
  - {id: reflect, title: Reflect}
  - {id: resolve, title: Mend, after: [reflect]}
  - {id: close, title: Close}
reflection: {swap: {my: your}, drop: [um]}
say:
  resolve: [I'm on it now.]
  close: [I'm glad you called.]
situations:
  - id: $2
    title: $2
    heard: [$3]
    say:
      reflect:
        - $4
Y
	cat >>"$1"
}

# --- The shipped playbooks: nothing to tell, no advice, and their own tests pass ---
runs 0 "0 errors, 0 warnings, 0 pieces of advice" "" check --advice --strict scripts/en
runs 0 "0 errors, 0 warnings" "" check scripts
runs 0 " passed, 0 failed" "" test scripts/en
for name in common angry-customer quiet-customer; do
	holds "$name brings tests of what is heard" test "$(grep -c '^  - {heard: ' scripts/en/$name.yaml)" -ge 2
	runs 0 " 0 failed" "" test scripts/en/$name.yaml
	holds "$name brings tests of phrases" sh -c "! grep -q '^0 passed' '$temp/out'"
done

# --- A library ---
mkdir -p "$temp/lib/en" "$temp/lib/bn" "$temp/lib/empty" "$temp/far/en" "$temp/far/eo"
book "$temp/lib/en/one.yaml" one "where is it" "So it is late." </dev/null
book "$temp/lib/en/two.yaml" two "Where is it." "So it is lost." </dev/null
book "$temp/lib/bn/one.yaml" one "where is it" "So it is late." </dev/null
sed -i 's/^language: .*/language: bn/' "$temp/lib/bn/one.yaml"
runs 0 "3 files, 0 errors, 1 warning" "" check -p "$temp/lib"
runs 0 "lib/en/two.yaml:18:13: warning: this is heard in 'one' of 'one.yaml', too" "" check -p "$temp/lib"
runs 0 "lib/en/one.yaml, line 18; keep it" "" check -p "$temp/lib"
runs 0 "2 files, 0 errors, 1 warning" "" check -p "$temp/lib" -l en
runs 0 "1টি ফাইল, 0টি ভুল, 0টি সতর্কতা" "" check -p "$temp/lib" -l bn
runs 1 "ĉi tie ne estas gvidlibroj por lingvo 'eo'" "" check -p "$temp/lib" -l eo
runs 1 "there are no playbooks" "" check -p "$temp/lib/empty"
runs 1 "there is no such file or folder" "" check -p "$temp/nowhere"
# the nearer of two files with one name is the one that counts; languages are those of all places
book "$temp/far/en/two.yaml" two "where is it" "{broken" </dev/null
book "$temp/far/eo/one.yaml" one "kie gxi estas" "Do." </dev/null
export TALKTRACK_PATH=$temp/lib:$temp/far
sed -i 's/^language: .*/&\nreview-by: 2020-01-01/' "$temp/far/eo/one.yaml"
runs 0 "/far/eo/one.yaml:4:12: warning: it was to be read again" "" check --format=gcc
holds "the farther file is not read" sh -c "! grep -q far/en/two '$temp/out'"
# what is extended is that of the library, also beside another of the name
mkdir -p "$temp/near/en"
printf 'talktrack: 1\ntitle: Common\nlanguage: en\nslots: {shop: {ask: Which shop}}\n' >"$temp/near/en/common.yaml"
printf 'talktrack: 1\ntitle: Common\nlanguage: en\n' >"$temp/lib/en/common.yaml"
book "$temp/lib/en/two.yaml" two "it got lost" "So it is lost in <shop>." </dev/null
sed -i -e 's/^language: en/&\nextends: common/' "$temp/lib/en/two.yaml"
# (the shipped playbooks, if they are found, miss their own common)
TALKTRACK_PATH=$temp/near:$temp/lib "$talktrack" check -l en >"$temp/out"
holds "both are read" grep -q " files, " "$temp/out"
holds "the nearest common is extended" sh -c "! grep -q 'lib/en/two.yaml.*error' '$temp/out'"
TALKTRACK_PATH=$temp/lib runs 1 "error: there is no slot 'shop'" "" check -l en
unset TALKTRACK_PATH
# read once, told once, whether named, extended or both
printf 'talktrack: 1\ntitle: Common\nlanguage: en\nreview-by: 2020-01-01\n' >"$temp/lib/en/common.yaml"
book "$temp/lib/en/two.yaml" two "it got lost" "So it is lost." </dev/null
sed -i -e 's/^language: en/&\nextends: common/' "$temp/lib/en/two.yaml"
cp "$temp/lib/en/two.yaml" "$temp/lib/en/a.yaml"
runs 0 "1 file, 0 errors, 1 warning" "" check "$temp/lib/en/two.yaml"
runs 0 "2 files, 0 errors, 1 warning" "" check "$temp/lib/en/common.yaml" "$temp/lib/en/two.yaml"
runs 0 "2 files, 0 errors, 1 warning" "" check "$temp/lib/en/two.yaml" "$temp/lib/en/common.yaml"
# a playbook with situations that others extend after it was looked at and forgotten
sed -i -e 's/^extends: common/extends: two/' "$temp/lib/en/a.yaml"
mv "$temp/lib/en/a.yaml" "$temp/lib/en/z.yaml"
runs 0 "2 files, 0 errors" "" check "$temp/lib/en/two.yaml" "$temp/lib/en/z.yaml"
holds "told once" test "$(grep -c 'to be read again' "$temp/out")" -eq 1
# a retired playbook's situations need no way to them, and take nothing from others
book "$temp/old.yaml" old "where is it" "So it is old." </dev/null
sed -i -e 's/^language: en/&\nstatus: retired/' "$temp/old.yaml"
runs 0 "2 files, 0 errors, 0 warnings" "" check "$temp/old.yaml" "$temp/lib/en/one.yaml"

# --- Advice ---
book "$temp/words.yaml" words "it is late" "You did not wait." </dev/null
runs 0 "1 file, 0 errors, 0 warnings" "" check "$temp/words.yaml"
holds "no advice unless asked for" sh -c "! grep -q advice '$temp/out'"
runs 0 "1 file, 0 errors, 0 warnings, 1 piece of advice" "" check --advice "$temp/words.yaml"
runs 0 "words.yaml:21:11: advice: 'You' begins a sentence, while feelings run high [begins-with-you]" "" check --advice "$temp/words.yaml"
runs 1 "1 piece of advice" "" check --strict "$temp/words.yaml"
runs 1 "words.yaml:21:11: note: 'You' begins a sentence" "" check --advice --strict --format=gcc "$temp/words.yaml"
runs 0 '"severity":"advice"' "" check --advice --json "$temp/words.yaml"
runs 0 '"rule":"begins-with-you"' "" check --advice --json "$temp/words.yaml"
echo 'advice: {off: [begins-with-you]}' | book "$temp/words.yaml" words "it is late" "You did not wait."
runs 0 "0 pieces of advice" "" check --strict "$temp/words.yaml"
book "$temp/words.yaml" words "it is late" "{say: You did not wait., advice-off: [begins-with-you]}" </dev/null
runs 0 "0 pieces of advice" "" check --strict "$temp/words.yaml"
runs 0 "You did not wait." "" show -p "$temp/words.yaml"
echo 'advice: {words: {vague: [the thingummy]}}' | book "$temp/words.yaml" words "it is late" "So the thingummy is late."
runs 1 "words.yaml:21:14: advice: 'the thingummy' does not say what it is [vague-thing]" "" check --strict "$temp/words.yaml"
# from the playbook that is extended
printf 'talktrack: 1\ntitle: Base\nlanguage: en\nadvice: {off: [we-instead-of-i], words: {vague: [the thingummy]}}\n' >"$temp/base.yaml"
book "$temp/words.yaml" words "it is late" "So we have the thingummy." </dev/null
sed -i -e 's/^language: en/&\nextends: base/' "$temp/words.yaml"
runs 1 ", 1 piece of advice" "" check --strict "$temp/words.yaml"
runs 1 "[vague-thing]" "" check --strict "$temp/words.yaml"
# another language has only the words that it brings
book "$temp/words.yaml" words "es ist spaet" "You did not wait. Sie Esel." </dev/null
sed -i -e 's/^language: en/language: de/; s/glad/froh/' "$temp/words.yaml"
runs 0 "0 pieces of advice" "" check --strict "$temp/words.yaml"
echo 'advice: {words: {you: [Sie]}}' >>"$temp/words.yaml"
runs 1 "words.yaml:21:29: advice: 'Sie' begins a sentence" "" check --strict "$temp/words.yaml"

# --- Explain ---
runs 0 "begins-with-you" "" explain
rules=$("$talktrack" explain | cut -d' ' -f1)
holds "a good dozen of rules" test "$(wc -w <<<"$rules")" -ge 12
for rule in $rules; do
	runs 0 "source" "" explain "$rule"
	holds "$rule stands in the manual" grep -q "$rule" man/talktrack-playbook.5
done
runs 1 "" 'no rule "we-insted"; talktrack explain lists them' explain we-insted
runs 1 "" 'did you mean "vague-thing"?' explain vage-thing
runs 2 "" "usage: talktrack explain" explain vague-thing no-warm-ending

# --- Test ---
book "$temp/tests.yaml" late "it is late" "So <issue>. By <deadline>?" <<'Y'
tests:
  - {situation: late, step: reflect, slots: {issue: "um, my dog is lost", deadline: noon}, says: So your dog is lost. By noon}
  - {slots: {issue: my dog is lost}, says: By ‹deadline›}
  - {line: "<issue>!", slots: {issue: my dog is lost}, says: Your dog is lost!}
  - {step: close, says: glad you}
  - {situation: late, says: glad you}
Y
runs 0 "5 passed, 0 failed" "" test "$temp/tests.yaml"
book "$temp/tests.yaml" late "it is late" "So <issue>. By <deadline>?" <<'Y'
tests:
  - {situation: late, step: reflect, slots: {issue: my dog is lost}, says: So my dog is lost}
  - {line: "<issue>!", slots: {issue: my dog is lost}, says: your dog is lost}
  - {step: resolve, says: glad you}
  - {says: So}
Y
runs 1 "1 passed, 3 failed" "" test "$temp/tests.yaml"
runs 1 "tests.yaml:23:5: failed: no line of 'late' in step 'reflect' says this" "" test "$temp/tests.yaml"
runs 1 "    expected  So my dog is lost" "" test "$temp/tests.yaml"
runs 1 "    got       So your dog is lost. By ‹deadline›?" "" test "$temp/tests.yaml"
runs 1 "    got       Your dog is lost!" "" test "$temp/tests.yaml"
runs 1 "    got       I'm on it now." "" test "$temp/tests.yaml"
runs 1 "0 passed, 0 failed" "no such file" test "$temp/nowhere.yaml"
sed 's/<issue>/<isue>/' "$temp/tests.yaml" >"$temp/wrong.yaml"
runs 1 "0 passed, 0 failed" "there is no slot 'isue'" test "$temp/wrong.yaml"
runs 0 "0 passed, 0 failed" "" test "$temp/words.yaml"
runs 0 " 0 failed" "" test -p scripts -l en
runs 2 "" "talktrack test: there is no option --loud" test --loud

# what is heard leads where it should, or is told
mkdir "$temp/led"
cp scripts/en/*.yaml "$temp/led/"
runs 0 " 0 failed" "" test "$temp/led"
sed -i '/^tests:/,$s/situation: about-to-leave}/situation: shouting}/' "$temp/led/angry-customer.yaml"
runs 1 ", 1 failed" "" test "$temp/led"
runs 1 "    got       about-to-leave" "" test "$temp/led"
sed -i "s/heard: what's the weather like where you are/heard: I want to cancel everything/" "$temp/led/common.yaml"
runs 1 ", 2 failed" "" test "$temp/led"

# --- A thousand files take no more memory than one needs ---
mkdir -p "$temp/many/en"
for i in $(seq 1000); do book "$temp/many/en/b$i.yaml" "b$i" "my order number $i is late" "So it is late." </dev/null; done
runs 0 "1000 files, 0 errors, 0 warnings" "" check "$temp/many"

echo "check: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
