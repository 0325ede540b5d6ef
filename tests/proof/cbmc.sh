#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/proof/cbmc.sh - CBMC 6.6 and CaDiCaL of Debian's packages, unpacked and not
# installed.
#
# usage: cbmc.sh DIR          the result is DIR/cbmc
#
# One version is pinned, whatever this machine has: versions have disagreed.  It
# comes from a newer Debian than some machines run, so it brings its C library.
# CBMC=/a/cbmc (6.6) for make takes that one instead, and the cadical of PATH.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
[ $# = 1 ] || { echo "usage: cbmc.sh DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
log=$dir/build.log
release=trixie
way_out="CBMC=file for make, a CBMC 6.6, and a cadical in PATH"

say() {
	printf '  %-7s %s\n' CBMC "$*"
}

give_up() {
	[ ! -s "$log" ] || tail -n 25 "$log" >&2
	echo "tests/proof: $1." >&2
	echo "  way out: $2" >&2
	exit 1
}

# shellcheck source=tools/private-apt.sh
. "$here/../../tools/private-apt.sh"

only_one
[ ! -x "$dir/cbmc" ] || [ ! -x "$dir/cadical" ] || exit 0
: >"$log"
private_apt
say "downloading CBMC, CaDiCaL and their C library (27 MB)"
fetch download cbmc minisat cadical libc6 libgcc-s1 libstdc++6 zlib1g
rm -rf "$dir/root"
for deb in "$dir"/download/*.deb; do
	dpkg-deb -x "$deb" "$dir/root" >>"$log" 2>&1 || give_up "$deb could not be unpacked" "$way_out"
done
loader=$(find "$dir/root/usr/lib" -name 'ld-linux*.so.*' | head -n 1)
[ -n "$loader" ] || give_up "libc6 of Debian $release has no ld-linux.so" "$way_out"
libraries=$(dirname "$loader"):$dir/root/usr/lib

# start_by_loader FILE PROGRAM: a script that starts it with its own C library
start_by_loader() {
	cat >"$1" <<-END
	#!/bin/sh
	PATH=$dir:\$PATH exec $loader --library-path $libraries $dir/root/usr/bin/$2 "\$@"
	END
	chmod +x "$1"
}

start_by_loader "$dir/cadical" cadical
start_by_loader "$dir/cbmc.new" cbmc
case $("$dir/cbmc.new" --version 2>>"$log") in
6.6.*) mv "$dir/cbmc.new" "$dir/cbmc" ;;
*) give_up "the CBMC of Debian $release is no 6.6, or does not start" "$way_out" ;;
esac
