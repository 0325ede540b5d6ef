#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# qemu/uboot/build.sh - the U-Boots that the image is started from: Debian's own,
# and s5p_goni built from Debian's source.
#
# usage: build.sh qemu_arm|s5p_goni DIR      the result is DIR/BOARD/u-boot.bin
#
# qemu_arm is taken out of the package u-boot-qemu; s5p_goni, the only board of
# U-Boot with an S5PV210, is compiled.  UBOOT_SRC=/a/u-boot/source/tree takes
# the source from there instead.  Nothing is installed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
case ${1:-} in
qemu_arm | s5p_goni) [ $# = 2 ] ;;
*) false ;;
esac || { echo "usage: build.sh qemu_arm|s5p_goni DIR" >&2; exit 2; }
board=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
log=$dir/$board.log
release=trixie           # its U-Boot is 2025.01
way_out="UBOOT_SRC=dir with the source of U-Boot 2025.01 (s5p_goni only)"
cross=${CROSS:-arm-none-eabi-}
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}

say() {
	printf '  %-7s %s\n' UBOOT "$*"
}

# give_up WHAT WAY-OUT: the log's end, then why and what to do
give_up() {
	[ ! -s "$log" ] || tail -n 25 "$log" >&2
	echo "qemu/uboot: $1 (the whole log: $log)." >&2
	echo "  way out: $2" >&2
	exit 1
}

# shellcheck source=tools/private-apt.sh
. "$here/../../tools/private-apt.sh"

take_qemu_arm() {
	set -- "$dir"/download/u-boot-qemu_*.deb
	if [ ! -e "$1" ]; then
		private_apt
		say "downloading Debian's package u-boot-qemu (about 2 MB)"
		fetch download u-boot-qemu
	fi
	rm -rf "$dir/unpacked"
	dpkg-deb -x "$dir"/download/u-boot-qemu_*.deb "$dir/unpacked" >>"$log" 2>&1 ||
		give_up "the package u-boot-qemu could not be unpacked" "remove $dir/download and try again"
	mkdir -p "$dir/qemu_arm"
	cp "$dir/unpacked/usr/lib/u-boot/qemu_arm/u-boot.bin" "$dir/qemu_arm/u-boot.bin" 2>>"$log" ||
		give_up "the package u-boot-qemu has no qemu_arm/u-boot.bin" "name another release in qemu/uboot/build.sh"
}

get_source() {
	src=$dir/src
	if [ -e "$dir/have-source" ]; then
		had=$(cat "$dir/have-source")
		[ "${UBOOT_SRC:-$had}" != "$had" ] || return 0
	fi
	rm -rf "$src" "$dir/out"
	mkdir -p "$src"
	if [ -n "${UBOOT_SRC:-}" ]; then
		[ -e "$UBOOT_SRC/configs/s5p_goni_defconfig" ] ||
			give_up "UBOOT_SRC=$UBOOT_SRC has no configs/s5p_goni_defconfig" "name the top folder of a U-Boot"
		say "copying $UBOOT_SRC"
		(cd "$UBOOT_SRC" && tar cf - --exclude=.git .) | tar xf - -C "$src"
	else
		private_apt
		say "downloading U-Boot's source (about 33 MB)"
		fetch source --download-only --tar-only u-boot
		say "unpacking it"
		tar xjf "$dir"/download/u-boot_*.orig.tar.bz2 -C "$src" --strip-components=1 >>"$log" 2>&1 ||
			give_up "U-Boot's source could not be unpacked" "remove $dir/download and try again"
	fi
	printf '%s\n' "${UBOOT_SRC:-Debian}" >"$dir/have-source"
}

# The card slots, which U-Boot's own files for this board leave out.
lay_over() {
	for pair in goni-pinmux.c:arch/arm/mach-s5pc1xx/pinmux.c \
		goni-card.dtsi:arch/arm/dts/s5pc1xx-goni-u-boot.dtsi; do
		cmp -s "$here/${pair%%:*}" "$src/${pair#*:}" || cp "$here/${pair%%:*}" "$src/${pair#*:}"
	done
}

# make in the source's tree; its version string must not say when it was built
in_source() {
	rm -f "$dir/made"
	{
		SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} make -C "$src" O="$dir/out" \
			CROSS_COMPILE="$cross" "$@" 2>&1 9>&- && : >"$dir/made"
	} | progress
	[ -e "$dir/made" ] || give_up "U-Boot did not compile" "the error stands above"
}

# To the log; and a line for each quarter of the some 540 steps.
progress() {
	awk -v log_file="$log" '
		{ print >>log_file }
		/^  [A-Z]+ / && ++n % 135 == 0 {
			printf "  %-7s %d of about 540 steps\n", "UBOOT", n
			fflush()
		}'
}

# Without the tool that makes EFI capsules: it wants one more library.
configure() {
	[ ! -e "$dir/out/.config" ] || return 0
	in_source s5p_goni_defconfig
	sed -i 's/^CONFIG_TOOLS_MKEFICAPSULE=y/# CONFIG_TOOLS_MKEFICAPSULE is not set/' "$dir/out/.config"
	in_source olddefconfig
}

build_s5p_goni() {
	get_source
	lay_over
	[ -e "$dir/s5p_goni/u-boot.bin" ] ||
		say "compiling U-Boot for s5p_goni: once, about two minutes on two cores"
	configure
	in_source -j "$jobs" u-boot.bin
	mkdir -p "$dir/s5p_goni"
	cp "$dir/out/u-boot.bin" "$dir/s5p_goni/u-boot.bin"
}

only_one
: >"$log"
case $board in
qemu_arm) take_qemu_arm ;;
s5p_goni) build_s5p_goni ;;
esac
