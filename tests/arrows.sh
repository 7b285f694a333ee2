#!/bin/sh
# Checks who includes whom in a source tree: the arrows of src/README.md, and that a library's header has one home.
# usage: arrows.sh SRC
set -u
src=$1 bad=0

allowed() {
	case $1 in
	base) echo base ;;
	playbook) echo base playbook ;;
	call) echo base playbook call ;;
	suggest) echo base playbook suggest ;;
	journal) echo base call journal ;;
	link) echo base call link ;;
	report) echo base playbook call report ;;
	view) echo base playbook call suggest view ;;
	screen) echo base view screen ;;
	*) echo base playbook call suggest journal link report view screen command ;;
	esac
}

for file in $(find "$src" -name '*.[ch]' | sort); do
	room=$(dirname "${file#"$src"/}")
	for include in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$file"); do
		target=${include%%/*}
		case " $(allowed "$room") " in
		*" $target "*) ;;
		*) echo "$file: $room must not include $include"; bad=1 ;;
		esac
		[ -f "$src/$include" ] || { echo "$file: no file $include"; bad=1; }
	done
done

home() { # header, the one file that may include it
	for file in $(grep -rlE "#include <($1)>" "$src"); do
		[ "$file" = "$src/$2" ] || { echo "$file: <$1> belongs to $2 alone"; bad=1; }
	done
}
home 'uni(str|norm|case|ctype|gbrk|lbrk|width|wbrk|conv)\.h' base/text.c
home 'libintl\.h' base/words.c
home 'cjson/cJSON\.h|cJSON\.h' base/json.c
home 'yaml\.h' playbook/yaml.c
home 'n?curses\.h' screen/screen.c
home 'term\.h' screen/terminfo.c
home 'sys/signalfd\.h' screen/watch.c
exit $bad
