#!/bin/sh
# Collects the program's own words from src/ into FOLDER/talktrack.pot, and brings the catalogues beside it up to date:
# what is new is empty there, what resembles something old is fuzzy.
# usage: words.sh FOLDER
set -eu
folder=$1
pot=$folder/talktrack.pot
find src -name '*.[ch]' | LC_ALL=C sort | xgettext --files-from=- --from-code=UTF-8 --language=C \
	--keyword --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=words_count:1,2 \
	--flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=words_count:1:pass-c-format \
	--flag=words_count:2:pass-c-format --flag=problem_add:4:c-format --flag=view_notice:2:c-format \
	--flag=buffer_format:2:c-format --flag=arena_format:2:c-format \
	--add-comments=words: --add-location=file --no-wrap --package-name=talktrack --copyright-holder='' -o "$pot.new"
# a date would make every run a change
sed -i '/^"POT-Creation-Date/d; /^# SOME DESC/d; /^# FIRST AUTHOR/d; /^# Copyright (C) /d' "$pot.new"
mv "$pot.new" "$pot"
for po in "$folder"/*.po; do
	[ -f "$po" ] || continue
	msgmerge --quiet --update --backup=none --no-wrap --add-location=file "$po" "$pot"
done
