#!/bin/sh
# Prints the sentences in the sources of a tree that no catalogue can translate: literals of two words or more that are
# neither in the template nor on the list of those that are not for people.
# usage: unwrapped.sh SRC POT LIST
set -eu
export LC_ALL=C.UTF-8
# each text in one line, however the tools broke it
texts() {
	awk '/^(msgid|msgid_plural) "/ { if (on) print text; sub(/^[a-z_]* "/, ""); sub(/"$/, ""); text = $0; on = 1; next }
		/^"/ && on { sub(/^"/, ""); sub(/"$/, ""); text = text $0; next }
		on { print text; on = 0 } END { if (on) print text }'
}
sentence="[A-Za-z]{2,},? [a-z]{2,}"
known=$(mktemp)
trap 'rm -f "$known"' EXIT
texts <"$2" >"$known"
cat "$3" >>"$known"
# what new writes is a playbook in three languages; of the configuration nobody is told what keys are about
find "$1/view" "$1/call" "$1/screen" "$1/journal" "$1/report" "$1/command" "$1/main.c" -name '*.[ch]' ! -name "new*.c" ! -name config.c |
	LC_ALL=C sort |
	xgettext --files-from=- --from-code=UTF-8 --language=C --extract-all --no-location -o - 2>/dev/null |
	texts | grep -E "$sentence" | grep -vxF -f "$known" |
	# of a page what stands between its tags; no style; a synopsis is made of options
	sed -E 's/<[^>]*(>|$)//g; s/^\\"[^>]*>//; /^:root\{/d; /\[-/d' | grep -E "$sentence" || true
