#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# qemu/s5pv210/build.sh - QEMU 10.0 with the machines of this folder.
#
# usage: build.sh DIR          the result is DIR/qemu-system-arm
#
# QEMU's source comes from Debian's source package, through apt with lists and
# settings of its own in DIR/apt (the system's are read, never changed), or
# from QEMU_SRC=/a/qemu/source/tree.  It is unpacked (QEMU_SRC: copied) to
# DIR/src, and this folder is laid into it as hw/arm/s5pv210.  A later call
# compiles what changed, no more.
#
# QEMU_CONFIGURE="--enable-sdl ..." adds to the options of QEMU's configure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
[ $# = 1 ] || { echo "usage: build.sh DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
src=$dir/src
out=$dir/out
log=$dir/build.log
release=trixie           # the Debian release whose QEMU is 10.0
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}

say() {
	printf '  %-7s %s\n' QEMU "$*"
}

# give_up WHAT WAY-OUT: the log's end, then why and what to do
give_up() {
	[ ! -s "$log" ] || tail -n 25 "$log" >&2
	echo "qemu/s5pv210: $1." >&2
	echo "  way out: $2" >&2
	exit 1
}

# apt with everything of its own in DIR/apt: for QEMU's source, and for meson,
# which is the same on every architecture.
way_out="QEMU_SRC=dir with the source of QEMU 10.0"
# shellcheck source=tools/private-apt.sh
. "$here/../../tools/private-apt.sh"

# ---- the tools ----

# QEMU's configure wants meson 1.5 and pycotap as Python packages.  Where they
# are missing or older, those of $release do, unpacked and not installed: they
# are Python only.
find_meson() {
	if python3 -c 'import pycotap, mesonbuild.coredata as c
raise SystemExit([int(n) for n in c.version.split(".")[:2]] < [1, 5])' 2>/dev/null; then
		return
	fi
	if [ ! -e "$dir/meson/usr/bin/meson" ]; then
		private_apt
		say "meson of Debian $release, unpacked beside the build"
		fetch download meson python3-pycotap
		for deb in "$dir"/download/meson_*.deb "$dir"/download/python3-pycotap_*.deb; do
			dpkg-deb -x "$deb" "$dir/meson" >>"$log" 2>&1 ||
				give_up "$deb could not be unpacked" "install meson 1.5 or newer, and pycotap"
		done
	fi
	PATH=$dir/meson/usr/bin:$PATH
	PYTHONPATH=$dir/meson/usr/lib/python3/dist-packages
	export PATH PYTHONPATH
}

# ---- the source ----

# What is there stays, unless QEMU_SRC names something else.
get_source() {
	if [ -e "$dir/have-source" ]; then
		had=$(cat "$dir/have-source")
		[ "${QEMU_SRC:-$had}" != "$had" ] || return 0
	fi
	rm -rf "$src"
	mkdir -p "$src"
	if [ -n "${QEMU_SRC:-}" ]; then
		[ -e "$QEMU_SRC/hw/arm/meson.build" ] ||
			give_up "QEMU_SRC=$QEMU_SRC is no source tree of QEMU (it has no hw/arm/meson.build)" \
				"name the folder that holds QEMU's configure"
		say "copying $QEMU_SRC"
		(cd "$QEMU_SRC" && tar cf - --exclude=.git --exclude=./build --exclude='./roms/*/*' .) |
			tar xf - -C "$src"
	else
		private_apt
		say "downloading QEMU's source (about 40 MB)"
		fetch source --download-only qemu
		say "unpacking it"
		tar xJf "$dir"/download/qemu_*.orig.tar.xz -C "$src" --strip-components=1 --exclude='*/roms/*/*' ||
			give_up "QEMU's source could not be unpacked" "remove $dir/download and try again"
	fi
	case $(cat "$src/VERSION" 2>/dev/null) in
	10.0.*) ;;
	*) give_up "this QEMU is version $(cat "$src/VERSION" 2>/dev/null || echo unknown)" \
		"these machines are written for 10.0: choose another QEMU_SRC" ;;
	esac
	printf '%s\n' "${QEMU_SRC:-Debian}" >"$dir/have-source"
}

# $1 keeps its time stamp when $2 says the same, so that nothing is rebuilt.
install_if_new() {
	cmp -s "$2" "$1" || cp "$2" "$1"
}

# once FILE MARK SED-EXPRESSION: edit a file of QEMU's, unless MARK is in it
once() {
	grep -q "$2" "$src/$1" || sed -i "$3" "$src/$1"
	grep -q "$2" "$src/$1" ||
		give_up "$1 of this QEMU has not the place where s5pv210 belongs" "choose a QEMU 10.0 by QEMU_SRC=dir"
}

lay_over() {
	ours=$src/hw/arm/s5pv210
	mkdir -p "$ours"
	for f in "$here"/*.c "$here"/*.h "$here"/meson.build "$here"/Kconfig "$here"/trace-events; do
		install_if_new "$ours/${f##*/}" "$f"
	done
	for f in "$ours"/*; do
		[ -e "$here/${f##*/}" ] || [ "${f##*/}" = trace.h ] || rm "$f"
	done
	echo '#include "trace/trace-hw_arm_s5pv210.h"' >"$dir/trace.h"
	install_if_new "$ours/trace.h" "$dir/trace.h"
	mkdir -p "$src/configs/devices/arm-softmmu"
	install_if_new "$src/configs/devices/arm-softmmu/s5pv210.mak" "$here/s5pv210.mak"
	# firmware for other machines, which Debian's source leaves out
	once meson.build '^edk2_targets = \[\]' 's,^edk2_targets = .*,edk2_targets = [],'
	once hw/arm/meson.build s5pv210 "\$a subdir('s5pv210')"
	once hw/arm/Kconfig s5pv210 "\$a source s5pv210/Kconfig"
	once meson.build hw/arm/s5pv210 "s,^  *'hw/arm'.*,&\n    'hw/arm/s5pv210'\,,"
}

# VNC is the one display that needs no further library.
flags="--target-list=arm-softmmu --with-devices-arm=s5pv210
	--without-default-features --without-default-devices --disable-install-blobs
	--disable-docs --disable-download --disable-werror
	--enable-system --enable-tcg --enable-plugins --enable-fdt=system --enable-pixman
	--enable-vnc --audio-drv-list= ${QEMU_CONFIGURE:-}"

configure() {
	printf '%s\n' "$flags" >"$dir/flags.new"
	if [ -e "$out/build.ninja" ] && cmp -s "$dir/flags.new" "$dir/flags"; then
		return
	fi
	say "configuring"
	rm -rf "$out"
	mkdir -p "$out"
	# $flags is a list of words
	# shellcheck disable=SC2086
	(cd "$out" && "$src/configure" $flags) >>"$log" 2>&1 ||
		give_up "QEMU's configure failed (the whole log: $log)" \
			"it names the package it misses; sh tools/install.sh qemu installs all of them"
	mv "$dir/flags.new" "$dir/flags"
}

# ninja's own counter, as one line in each ten per cent
progress() {
	awk -v log_file="$log" '
		{ print >>log_file }
		match($0, /^\[[0-9]+\/[0-9]+\]/) {
			split(substr($0, 2, RLENGTH - 2), n, "/")
			if (n[2] >= 50 && int(n[1] * 10 / n[2]) > done) {
				done = int(n[1] * 10 / n[2])
				printf "  %-7s %3d %% (%d of %d steps)\n", "QEMU", done * 10, n[1], n[2]
				fflush()
			}
		}'
}

compile() {
	rm -f "$dir/compiled"
	{ ninja -C "$out" -j "$jobs" qemu-system-arm 2>&1 && : >"$dir/compiled"; } | progress
	[ -e "$dir/compiled" ] || give_up "QEMU did not compile (the whole log: $log)" "the error stands above"
}

# The result has a name of its own, which only a build that succeeded changes: a
# linker that was killed leaves half a program with a new time stamp.
deliver() {
	[ -x "$out/qemu-system-arm" ] || give_up "ninja made no $out/qemu-system-arm" "remove $out and try again"
	# newer than our sources for make, also when ninja had nothing to do
	touch "$out/qemu-system-arm"
	cp -p "$out/qemu-system-arm" "$dir/qemu-system-arm.new"
	mv -f "$dir/qemu-system-arm.new" "$dir/qemu-system-arm"
	# where QEMU looks for its keymaps: beside the program
	[ -e "$dir/qemu-bundle" ] || ln -sf out/qemu-bundle "$dir/qemu-bundle"
}

only_one
: >"$log"
if [ ! -x "$dir/qemu-system-arm" ]; then
	say "building QEMU 10.0 with the S5PV210 machines: once, about 5 minutes on two cores"
fi
find_meson
get_source
lay_over
configure
compile
deliver
