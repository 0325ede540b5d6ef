#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/fetch-dtbs.sh - device trees of real boards, from Debian's kernel package
# for armhf, for the test of new-board.
#
# usage: fetch-dtbs.sh DIR
# DIR gets the *.dtb files, all in one folder.  Nothing is fetched twice.  The
# system's own apt sources are read, with another architecture and with state and
# cache under DIR; the system's apt is not touched and no root is needed.  About
# 45 MB.  Always ends well: where there is no apt or no network, DIR/why says so.
set -u

dir=${1:?usage: fetch-dtbs.sh DIR}
[ -e "$dir/complete" ] && exit 0
mkdir -p "$dir" || exit 1
dir=$(cd "$dir" && pwd) || exit 1
apt=$dir/apt
log=$dir/apt.log
rm -rf "$apt" "$dir/why"
trap 'rm -rf "$apt"' EXIT

give_up() {
	echo "$1" >"$dir/why"
	echo "  fetch-dtbs: $1" >&2
	exit 0
}

command -v apt-get >/dev/null || give_up "this system has no apt-get"
command -v dpkg-deb >/dev/null || give_up "this system has no dpkg-deb"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" || exit 1
: >"$apt/status"
cat >"$apt/conf" <<END
APT::Architecture "armhf";
APT::Architectures { "armhf"; };
Dir::State "$apt";
Dir::State::lists "lists/";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
APT::Sandbox::User "";
END
APT_CONFIG=$apt/conf
export APT_CONFIG

# The package that the name without a version stands for, if an index has it.
package() {
	apt-cache depends --no-recommends --no-suggests linux-image-armmp 2>>"$log" |
		sed -n 's/^ *Depends: *\(linux-image-[0-9][^ ]*\)$/\1/p' | head -n 1
}

echo "  APT     $dir (device trees of real boards, once)"
# A source that cannot be read leaves the others standing, so the end of update
# says little: what counts is whether the package is there.
apt-get update >"$log" 2>&1
name=$(package)
if [ -z "$name" ]; then
	# This machine's clock may be off, or the mirror old.  Signatures are checked still.
	apt-get -o Acquire::Check-Date=false -o Acquire::Check-Valid-Until=false update >>"$log" 2>&1
	name=$(package)
fi
[ -n "$name" ] || give_up "apt knows no linux-image-armmp for armhf (no network, or no Debian source; see $dir/apt.log)"
(cd "$apt" && apt-get download "$name") >>"$log" 2>&1 || give_up "$name could not be downloaded (see $dir/apt.log)"
mkdir "$apt/files" || exit 1
for deb in "$apt"/*.deb; do
	dpkg-deb --fsys-tarfile "$deb" | tar xf - -C "$apt/files" --wildcards '*.dtb' || give_up "$name holds no device trees"
done
find "$apt/files" -name '*.dtb' -exec mv {} "$dir" \;
echo "$name" >"$dir/complete"
