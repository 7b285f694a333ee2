#!/bin/bash
# The hooks of talktrack-link(5) as they stand there, with a phone that is not one. usage: hooks.sh TALKTRACK
set -u
passed=0 failed=0
temp=$(mktemp -d) || exit 1
trap 'rm -rf "$temp"' EXIT

# what the hooks call is written down
mkdir "$temp/bin"
printf '#!/bin/sh\necho "$@" >>%s\n' "$temp/done" >"$temp/bin/talktrack"
chmod +x "$temp/bin/talktrack"
PATH=$temp/bin:$PATH

hook() { # a section of the manual: its first example
	mandoc -Tutf8 -O width=200 man/talktrack-link.5 | col -bx |
		awk -v s="   $1" '$0 == s { on = 1; next } on && /^   [^ ]/ { exit } on && /^           / { print; ex = 1; next } on && ex && !/^$/ { exit } on && ex { print }' |
		sed 's/^           //'
}

did() { # what, expected
	if [ "$(cat "$temp/done" 2>/dev/null)" = "$2" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
		cat "$temp/done" "$temp/hook" 2>/dev/null
	fi
	rm -f "$temp/done"
}

expected='do begin-call
do fill-slot number NUMBER
do end'

hook Asterisk >"$temp/hook"
cat >"$temp/bin/nc" <<'N'
#!/bin/sh
e() { printf '%s\r\n' "$@" ''; }
e 'Asterisk Call Manager/7.0.3'
e 'Response: Success'
e 'Event: Newstate' 'Channel: PJSIP/agent9-01' 'ChannelStateDesc: Up' 'ConnectedLineNum: 111'
e 'Event: Newstate' 'Channel: PJSIP/agent7-02' 'ChannelStateDesc: Ringing' 'ConnectedLineNum: 222'
e 'Event: Newstate' 'Channel: PJSIP/agent7-02' 'ChannelStateDesc: Up' 'CallerIDNum: 7' 'ConnectedLineNum: 222'
e 'Event: Hangup' 'Channel: PJSIP/agent9-01' 'Cause: 16'
e 'Event: Hangup' 'Channel: PJSIP/agent7-02' 'Cause: 16'
N
chmod +x "$temp/bin/nc"
sed -i 's/sleep infinity/sleep 0/' "$temp/hook"
SECRET=x timeout 20 sh "$temp/hook"
did Asterisk "${expected/NUMBER/222}"

hook linphone >"$temp/hook"
cat >"$temp/bin/linphonec" <<'N'
#!/bin/sh
echo 'Receiving new incoming call from "Ana" <sip:222@pbx>, assigned id 1'
echo 'Call 1 with "Ana" <sip:222@pbx> connected.'
echo 'Call 1 with "Ana" <sip:222@pbx> ended.'
N
chmod +x "$temp/bin/linphonec"
sed -i 's|/dev/tty|/dev/null|' "$temp/hook"
timeout 20 sh "$temp/hook"
did linphone "${expected/NUMBER/\"Ana\" <sip:222@pbx>}"

if command -v python3 >/dev/null; then
	hook baresip >"$temp/hook"
	python3 - "$temp/port" <<'P' &
import json, socket, sys
listener = socket.create_server(("localhost", 0))
open(sys.argv[1] + "~", "w").write(str(listener.getsockname()[1]))
import os
os.rename(sys.argv[1] + "~", sys.argv[1])
phone, _ = listener.accept()
for kind in "CALL_INCOMING", "CALL_ESTABLISHED", "CALL_CLOSED":
    event = json.dumps({"event": True, "class": "call", "type": kind, "peeruri": "sip:222@pbx"}).encode()
    phone.sendall(b"%d:%s," % (len(event), event))
P
	for _ in $(seq 200); do [ -f "$temp/port" ] && break; sleep 0.05; done
	sed -i "s/4444/$(cat "$temp/port")/" "$temp/hook"
	timeout 20 python3 "$temp/hook"
	wait
	did baresip "${expected/NUMBER/sip:222@pbx}"
fi
echo "hooks: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
