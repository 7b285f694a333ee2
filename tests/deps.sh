#!/bin/sh
# Installs what is missing of two lists of Debian packages: to build, and to test. Does nothing when all is there.
set -eu
missing=
for package in $1 $2; do
	dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
	echo "talktrack: no apt-get here; install what your system calls these:" >&2
	echo "  to build:$(printf ' %s' $1)" >&2
	echo "  to test: $(printf ' %s' $2)" >&2
	exit 1
fi
run=
[ "$(id -u)" = 0 ] || run=sudo
echo "installing$missing"
$run env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null ||
	{ $run apt-get update && $run env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; }
