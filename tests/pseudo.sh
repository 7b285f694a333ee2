#!/bin/sh
# A catalogue in a language of nobody: each Latin letter of the program's words as a Greek one, what printf reads as it is.
# A Latin letter on a screen that speaks it was never looked up.
# usage: pseudo.sh POT >PO
set -eu
cat <<'PO'
msgid ""
msgstr ""
"Language: qtt\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

PO
msgen --no-wrap "$1" | awk '
function turned(text,    out, at, c, k) {
	out = ""
	while (text != "") {
		# a directive, an escape
		if (match(text, /^%[-+ #0-9.*$]*(hh|h|ll|l|j|z|t)?[a-zA-Z%]/) || match(text, /^\\./)) {
			out = out substr(text, 1, RLENGTH)
			text = substr(text, RLENGTH + 1)
			continue
		}
		c = substr(text, 1, 1)
		text = substr(text, 2)
		k = index("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", c)
		out = out (k ? greek[(k - 1) % 24] : c)
	}
	return out
}
BEGIN {
	split("α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω", list, " ")
	for (i = 1; i <= 24; i++) greek[i - 1] = list[i]
}
# the header is our own
!begun { begun = $0 == ""; next }
/^msgstr/ { on = 1 }
/^(msgid|msgctxt|#)/ || /^$/ { on = 0 }
on && match($0, /"/) {
	start = RSTART
	text = substr($0, start + 1, length($0) - start - 1)
	print substr($0, 1, start) turned(text) "\""
	next
}
/^#, fuzzy/ && header { next }
{ print }' | sed 's/^"Plural-Forms: .*/"Plural-Forms: nplurals=2; plural=(n != 1);\\n"/; s/charset=[A-Za-z0-9-]*/charset=UTF-8/; s/^"Language: .*/"Language: qtt\\n"/'
