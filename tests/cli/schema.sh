#!/bin/bash
# The JSON Schema, judged by a YAML reader and a validator that are not ours. usage: schema.sh TALKTRACK
# They come from npm into the build folder; where npm or its registry is out of reach, that part is skipped, and says so.
set -u
talktrack=$(realpath "$1") passed=0 failed=0 skipped=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT
export XDG_CONFIG_HOME=$temp/config XDG_STATE_HOME=$temp/state

ok() { # what, status
	if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}

# bad playbooks whose mistake is one of form: the schema alone must see it
structural='after-is-text colon-in-line comma-in-flow date-in-words empty extends-path extends-yaml
	list-for-map list-for-slots list-for-swap list-for-text list-in-list long-line long-title map-for-list
	map-for-text map-in-list missing-required misspelt-required no-lines not-a-playbook-list
	not-a-playbook-text say-under-unknown-shape swap-shapes text-for-list text-for-map text-for-record
	text-for-slot unknown-key-in-situation unknown-key version-is-text wrong-flag wrong-id wrong-language
	wrong-slot-id wrong-status wrong-version'

"$talktrack" schema >"$temp/schema.json"
ok "talktrack schema" $?
"$talktrack" schema now 2>/dev/null
[ $? -eq 2 ]
ok "talktrack schema takes no argument" $?
"$talktrack" new example -l en >/dev/null && cmp -s "$temp/schema.json" "$temp/config/talktrack/playbooks/playbook.schema.json"
ok "new writes the same schema" $?

modules=$(dirname "$talktrack")/schema-test
fetch() {
	command -v npm >/dev/null && command -v node >/dev/null || return 1
	cmp -s tests/schema/package-lock.json "$modules/package-lock.json" && [ -d "$modules/node_modules/ajv" ] && return 0
	rm -rf "$modules" && mkdir -p "$modules" && cp tests/schema/package.json tests/schema/package-lock.json "$modules" || return 1
	(cd "$modules" && HOME=${TALKTRACK_TEST_HOME:-$HOME} timeout 120 npm ci --ignore-scripts --no-audit --no-fund >"$temp/npm" 2>&1) && return 0
	rm -rf "$modules"
	return 1
}

shopt -s nullglob
good=("$PWD"/tests/playbooks/good/*.yaml "$PWD"/scripts/*/*.yaml "$PWD"/tests/scenes/library/*/*.yaml "$temp"/config/talktrack/playbooks/*/*.yaml)
bad=(tests/playbooks/bad/*.yaml)
if fetch; then
	validate() { (cd "$modules" && node --no-warnings "$OLDPWD/tests/schema/validate.mjs" "$temp/schema.json" "$@"); }
	validate "${good[@]}" >"$temp/verdicts"
	ok "the schema is a good one" $?
	ok "all good playbooks were looked at" $([ "$(wc -l <"$temp/verdicts")" -eq "${#good[@]}" ] && [ "${#good[@]}" -gt 10 ]; echo $?)
	while read -r verdict; do
		[ "${verdict%% *}" = accepted ]
		ok "$verdict" $?
	done <"$temp/verdicts"
	validate "${bad[@]/#/$PWD/}" >"$temp/verdicts"
	for name in $structural; do
		grep -q "^refused $PWD/tests/playbooks/bad/$name.yaml:" "$temp/verdicts"
		ok "$name is refused: $(grep "/$name.yaml" "$temp/verdicts")" $?
	done
	# never stricter than the loader
	for file in "${bad[@]}"; do
		"$talktrack" check "$file" >/dev/null 2>&1 || continue
		! grep "^refused $PWD/$file:" "$temp/verdicts"
		ok "$file is accepted by check, and so by the schema" $?
	done
else
	skipped=$((${#good[@]} + $(echo $structural | wc -w)))
	echo "skipped: $skipped playbooks were not put before ajv: npm is not here or does not reach its registry"
	cat "$temp/npm" 2>/dev/null | head -n 5
fi
echo "schema: $passed passed, $failed failed$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
