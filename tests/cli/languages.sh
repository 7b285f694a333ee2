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
free = {"heard", "drop", "cues", "ignore", "swap", "words", "off", "digits", "parts"}
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
        missing.extend(f"{path}/{k}: not in English" for k in theirs if k not in ours and k not in free)
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

# check and test are content with each
for language in en bn eo; do
	holds "scripts/$language is without problems" sh -c "'$talktrack' check scripts/$language | grep -qx '3 files, 0 errors, 0 warnings'"
	holds "its tests pass" sh -c "'$talktrack' test scripts/$language >'$temp/out' || ! cat '$temp/out'"
done

echo "languages: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
