#!/bin/bash
# What comes with talktrack says the same in every language: each id, line, phrase, way and closing words of the English
# playbooks has its counterpart. usage: languages.sh TALKTRACK
set -u
talktrack=$(realpath "$1") passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export HOME=$temp XDG_CONFIG_HOME=$temp/config LC_ALL=C.UTF-8

holds() { # what, command...
	local what=$1
	shift
	if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $what"; fi
}

# Ids and their order, and how many lines, phrases and ways there are, are the same; lists of what is heard, of fillers
# and of words are as long as each language needs, and so is `avoid`, which may hold two ways to say one thing.
cat >"$temp/compare.py" <<'P'
import sys, yaml
folder, languages, playbooks = sys.argv[1], sys.argv[2].split(), sys.argv[3:]
free = {"heard", "drop", "cues", "ignore", "swap", "words", "off", "digits", "parts",
        # how a language makes and joins its clauses
        "echoes", "swap-end", "ends-before", "frames", "starts", "subjects", "verbs", "verb-within", "joins", "binds",
        "continues", "own", "matters", "fillers", "cut-off", "skip", "silent", "heated",
        "exclaims", "things", "events", "address", "numbers"}
at_least = {"avoid", "tests"}
missing = []

def read(language, name):
    with open(f"{folder}/{language}/{name}.yaml") as file:
        return yaml.load(file, Loader=yaml.BaseLoader)

def compare(ours, theirs, path):
    key = path.split("/")[-1]
    if isinstance(ours, dict) and "id" not in ours and "say" in ours and "advice-off" in ours:
        ours = ours["say"]
    if isinstance(theirs, dict) and "say" in theirs and "advice-off" in theirs:
        theirs = theirs["say"]
    if type(ours) is not type(theirs):
        missing.append(f"{path}: a {type(theirs).__name__}, not a {type(ours).__name__}")
    elif isinstance(ours, dict):
        missing.extend(f"{path}/{k}: missing" for k in ours if k not in theirs and k not in free)
        missing.extend(f"{path}/{k}: not in English" for k in theirs if k not in ours and k not in free and k != "advice")
        for k in ours:
            if k in theirs and k not in free:
                compare(ours[k], theirs[k], f"{path}/{k}")
    elif isinstance(ours, list) and ours and isinstance(ours[0], dict) and "id" in ours[0]:
        if [x["id"] for x in ours] != [x["id"] for x in theirs]:
            missing.append(f"{path}: {[x['id'] for x in theirs]}")
        for a, b in zip(ours, theirs):
            compare(a, b, f"{path}/{a['id']}")
    elif isinstance(ours, list):
        enough = len(theirs) >= (min(2, len(ours)) if key == "tests" else len(ours))
        if not (enough if key in at_least else len(ours) == len(theirs)):
            missing.append(f"{path}: {len(theirs)}, not {len(ours)}")
        for a, b in zip(ours, theirs):
            if isinstance(a, dict) and key != "tests":
                compare(a, b, path + "/…")
    elif key in ("reach", "talktrack", "extends", "status", "review-by", "reflect") and key != "reach" and ours != theirs:
        missing.append(f"{path}: {theirs!r}, not {ours!r}")
    elif not theirs.strip():
        missing.append(f"{path}: empty")

for language in languages:
    for name in playbooks:
        compare(read("en", name), read(language, name), f"{language}/{name}")
print("\n".join(missing), end="\n" if missing else "")
sys.exit(bool(missing))
P
names=$(cd scripts/en && ls ./*.yaml | sed 's|^\./||; s|\.yaml$||')
compare() { python3 "$temp/compare.py" "$1" "bn eo" $names; }
holds "each playbook is there in each language" [ "$(ls scripts/en)" = "$(ls scripts/bn)" -a "$(ls scripts/en)" = "$(ls scripts/eo)" ]
holds "each has what the English one has" compare scripts

# the check itself: with something taken out it says what
lacks() { # what is told, sed script, file
	rm -rf "$temp/scripts" && cp -r scripts "$temp/scripts"
	sed -i "$2" "$temp/scripts/$3"
	cmp -s "scripts/$3" "$temp/scripts/$3" && echo "nothing was taken out of $3" && return 1
	! compare "$temp/scripts" >"$temp/out" && grep -qF -- "$1" "$temp/out"
}
holds "a situation that is missing is told" lacks "eo/quiet-customer/situations: [" 's/- id: just-bought/- id: other/' eo/quiet-customer.yaml
holds "so is a line" lacks "bn/angry-customer/situations/shouting/say/reflect: 4, not 5" '/- এই পর্যন্ত পেয়েছি/d' bn/angry-customer.yaml
holds "and a way" lacks "bn/common/channels: 7, not 8" '/{name: চ্যাট,/d' bn/common.yaml
holds "and closing words" lacks "eo/common/say/close: 25, not 26" '/- Tio estis neniu peno/d' eo/common.yaml
holds "and a follow-up" lacks "eo/quiet-customer/situations/just-bought/follow-up/message: missing" 's/^      message:/      note:/' eo/quiet-customer.yaml
holds "and a phrase to avoid" lacks "eo/common/avoid: 12, not 13" '/{phrase: trankviliĝu,/d' eo/common.yaml

# Advice knows each language's words: a bad sentence is found by its rule and no other, a good one beside it by none,
# and no line that comes with talktrack by any.
cat >"$temp/sentences" <<'S'
bn|validate|আপনি তো চিঠিটা পড়েননি।|begins-with-you
bn|validate|মনে হয় চিঠিটা হাতে আসেনি।|
bn|validate|আপনি একা নন, এমন অনেকেরই হয়।|
bn|reflect|আগে জানাননি কেন?|accusing-question
bn|reflect|কবে থেকে এমন হচ্ছে?|
bn|resolve|আমরা এখন দেখছি।|we-instead-of-i
bn|resolve|চলুন, আমরা এখন একসাথে দেখি।|
bn|resolve|বিষয়টি এখনই দেখছি।|vague-thing
bn|resolve|সংশ্লিষ্ট বিভাগে এখনই পাঠাচ্ছি।|vague-thing
bn|resolve|ছাই রঙের জামাটা এখনই খুঁজছি।|
bn|validate|আমি দুঃখিত, সত্যিই ক্ষমা চাইছি।|apologises-twice
bn|validate|আমি খুবই দুঃখিত যে গত কয়েক সপ্তাহ ধরে আমাদের লোকজনের ভুলে এত কষ্ট করে এতবার ফোন করে এত সময় নষ্ট হলো।|long-apology
bn|validate|পুরো একটা দিন গেছে, আমি দুঃখিত।|
bn|empathize|মনে হয় কষ্ট হয়েছে। টাকা ফেরত দিতে পারি।|fix-before-feelings
bn|empathize|মনে হয় কষ্ট হয়েছে। তাই কি?|
bn|resolve|খোঁজ নিয়ে জানাব।|promise-without-time
bn|resolve|আমি <promise>।|promise-without-time
bn|resolve|খোঁজ নিয়ে কাল দুপুরের মধ্যে জানাব।|
bn|resolve|দুর্ভাগ্যবশত মেয়াদ শেষ।|opens-with-no
bn|resolve|পলিসি অনুযায়ী মেয়াদ শেষ।|opens-with-no
bn|resolve|মেরামত করে দেওয়া যায়, খরচটা বলি।|
bn|resolve|এটা তো সোজা, নীলটায় চাপ দিন।|belittles-asking
bn|resolve|তিনটা ধাপ, প্রথমটা নীল বোতাম।|
bn|validate|শান্ত হোন, শুনছি।|avoided-phrase
eo|validate|Vi ne legis la leteron.|begins-with-you
eo|validate|Mi supozas, ke la letero ne venis.|
eo|validate|Vi pravas pri tio.|
eo|reflect|Kial vi ne telefonis pli frue?|accusing-question
eo|reflect|Kiam tio komenciĝis?|
eo|resolve|Ni nun esploras tion.|we-instead-of-i
eo|resolve|Ni rigardu tion nun, vi kaj mi.|
eo|resolve|Mi nun esploras vian problemon.|vague-thing
eo|resolve|La koncerna fako nun esploras.|vague-thing
eo|resolve|Mi nun serĉas la grizan ĉemizon.|
eo|validate|Mi bedaŭras, mi vere petas pardonon.|apologises-twice
eo|validate|Mi tre bedaŭras, ke en la lastaj semajnoj pro eraroj en la magazeno oni tiel longe atendigis vin sen novaĵo.|long-apology
eo|validate|Mi bedaŭras la perditan tagon.|
eo|empathize|Mi imagas, ke tio doloris. Mi povas proponi repagon.|fix-before-feelings
eo|empathize|Mi imagas, ke tio doloris. Ĉu vere?|
eo|resolve|Mi informos vin pri tio.|promise-without-time
eo|resolve|Mi promesas <promise>.|promise-without-time
eo|resolve|Mi informos vin ĝis morgaŭ tagmeze.|
eo|resolve|Bedaŭrinde la garantio finiĝis.|opens-with-no
eo|resolve|Mi povas riparigi ĝin, kaj jen la kosto.|
eo|resolve|Tio estas tre facila, premu la bluan.|belittles-asking
eo|resolve|Estas tri paŝoj, kaj jen la unua.|
eo|validate|Trankviliĝu, mi aŭskultas.|avoided-phrase
S
for language in bn eo; do
	rm -rf "$temp/advice" && cp -r "scripts/$language" "$temp/advice" && rm "$temp/advice/"*-customer.yaml
	grep "^$language|" "$temp/sentences" >"$temp/asked"
	{
		printf 'talktrack: 1\ntitle: T\nlanguage: %s\nextends: common\nsituations:\n  - id: t\n    title: T\n    heard: [t]\n    say:\n' $language
		for step in reflect validate empathize resolve; do
			printf '      %s:\n' $step
			awk -F'|' -v step=$step '$2 == step { print "        - \"" $3 "\"" }' "$temp/asked"
		done
	} >"$temp/advice/t.yaml"
	while IFS='|' read -r _ _ sentence rule; do
		line=$(grep -nF -- "\"$sentence\"" "$temp/advice/t.yaml" | cut -d: -f1)
		got=$("$talktrack" check --advice --format=gcc "$temp/advice/t.yaml" | sed -n "s/.*t.yaml:$line:.*\[\(.*\)\]\$/\1/p" | paste -sd' ')
		holds "'$sentence' is told of by [$rule], not by [$got]" [ "$got" = "$rule" ]
	done <"$temp/asked"
	holds "no line in scripts/$language is told of" sh -c "'$talktrack' check --advice scripts/$language | grep -qx '3 files, 0 errors, 0 warnings, 0 pieces of advice'"
	holds "each list has words ($language)" [ -z "$(for list in you agreeing accusing we together vague sorry fixing warm promising time refusing belittling; do grep -q "^    $list:" scripts/$language/common.yaml || echo $list; done)" ]
	holds "without a warm word the last step is told of" sh -c "sed '/^  close:/,/^do:/{/^    - /d; s/^  close:/  close: [x]/}' scripts/$language/common.yaml >'$temp/advice/common.yaml'; '$talktrack' check --advice '$temp/advice/t.yaml' | grep -q '\[no-warm-ending\]'"
done

# check and test are content with each
for language in en bn eo; do
	holds "scripts/$language is without problems" sh -c "'$talktrack' check scripts/$language | grep -qx '3 files, 0 errors, 0 warnings'"
	holds "its tests pass" sh -c "'$talktrack' test scripts/$language >'$temp/out' || ! cat '$temp/out'"
done

echo "languages: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
