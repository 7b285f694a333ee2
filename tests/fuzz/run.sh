#!/bin/sh
# Runs every fuzzer for so many seconds, starting from what the tests have; stops at the first crash.
# usage: run.sh SECONDS FUZZER...
set -u
seconds=$1
shift
export LC_ALL=C.UTF-8 ASAN_OPTIONS=allocator_may_return_null=1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/yaml" "$folder/message" "$folder/event" "$folder/text" "$folder/search" "$folder/import" \
	"$folder/mirror"
for file in tests/playbooks/*/*.yaml tests/scenes/library/en/*.yaml; do
	cp "$file" "$folder/yaml/$(basename "$(dirname "$file")")-$(basename "$file")"
done
for file in scripts/*/common.yaml; do # short seeds: many runs
	tail -c 400 "$file" >"$folder/text/$(basename "$(dirname "$file")")"
done
printf '%s\n' 'fun cancel' 'give me thirty days' 'calm dwon' >"$folder/search/words"
printf '%s' '{"speaker":"customer","text":"it broke","final":true}' >"$folder/message/heard"
printf '%s' '{"do":"fill-slot","arguments":["customer","Ana"]}' >"$folder/message/do"
printf 'aa{"partial" : "i was"}\n{"result":[{"conf":1,"start":0,"end":1,"word":"i"}],"text":"i"}\n' >"$folder/message/vosk"
printf 'aa[00:00:00.000 --> 00:00:04.500]  (speaker 1) words\n\033[2K\r more' >"$folder/message/whisper"
printf 'aa{"channel_index":[1,2],"is_final":true,"channel":{"alternatives":[{"transcript":"a"}]}}' >"$folder/message/deepgram"
printf 'aa{"results":{"transcripts":[{"transcript":"a"}],"channel_labels":{"channels":[{"items":[]}]}}}' >"$folder/message/amazon"
printf 'situation,step,line,heard,title\r\nLate,Reflect,"So <Late one>, {x}: ""so""","a\nb",\r\n,,-> #1 <->,,T\r\n' >"$folder/import/csv"
printf '%s' '{"macros":[{"id":1,"title":"A: b","description":"d","actions":[{"field":"comment_value_html","value":"<p>Hi {{ticket.requester.name}},<br><a href=\"u\">x</a> &lt;3 &#39;</p>"}]}]}' >"$folder/import/html"
printf '%s' '[{"title":"A","actions":[{"field":"comment_value","value":["channel:all","x {{a.b | c}}"]},{"field":"comment_mode_is_public","value":true}]}]' >"$folder/import/macros"
own='  swap: {my: your, i: you, "i was": you were, "": x}
  drop: [so, um]
  lines: [So <words>?, "<said>."]
  frames: [{heard: [can you, ""], means: I want you to, lines: [You ask <words>.]}]
  own: [my, i, ""]
  matters: [never, "-ed", "-"]
  verbs: [is, "-"]
  joins: [and]
  numbers: {order number: order, "": ""}'
printf '%s\0%s' "$own" 'So um, my order number 12345 never came, and I was charged twice. Can you send it?' >"$folder/mirror/own"
printf '%s\0%s' '  lines: ["<words><said><words"]' 'আমার টাকা দুইবার কেটেছে, mi volas, my my phone is broken!' >"$folder/mirror/mixed"
c='"call":"01930000-0000-7000-8000-000000000001"'
{
	echo '{"t":1,'$c',"event":"call_started","playbook":"kitchen","language":"en","version":"0"}'
	echo '{"t":2,'$c',"event":"situation_opened","playbook":"kitchen","situation":"cold-soup"}'
	echo '{"t":3,'$c',"event":"slot_filled","slot":"customer","text":"Ana"}'
	echo '{"t":4,'$c',"event":"line_said","step":"resolve","situation":"cold-soup","text":"I will bring a hot one at once."}'
	echo '{"t":5,'$c',"event":"undone","undoes":4}'
	echo '{"t":6,'$c',"event":"call_held"}'
	echo '{"t":7,'$c',"event":"promise_made","promise":"p","text":"a \"soup\"","due":9}'
	echo '{"t":8,'$c',"event":"promise_kept","promise":"p"}'
	echo '{"t":9,'$c',"event":"call_ended","disposition":"resolved"}'
} >"$folder/event/call"

for fuzzer; do
	name=$(basename "$fuzzer" _fuzz)
	mkdir -p "$folder/$name"
	echo "$name: $seconds s"
	if ! "$fuzzer" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix="$folder/" -verbosity=0 "$folder/$name" >"$folder/log" 2>&1; then
		tail -n 40 "$folder/log"
		for input in "$folder"/crash-* "$folder"/timeout-* "$folder"/oom-* "$folder"/leak-*; do
			[ -f "$input" ] && { echo "$input:"; od -c "$input" | head -n 40; }
		done
		exit 1
	fi
	grep -E "number_of_executed_units|new_units_added" "$folder/log"
done
