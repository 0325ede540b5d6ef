#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/install.sh - are the tools there?  If not: name them, and install them
# where apt-get is.
#
# usage: install.sh GOAL...   (build run test m32 lint fuzz coverage debug new-board qemu card uimage uboot)
#
# Nothing but a POSIX shell is taken for granted, and nothing is started when
# nothing is missing: every make passes through here.
# INSTALL=no only names what is missing.
set -u

CROSS=${CROSS:-arm-none-eabi-}
packages=
reasons=

# need PACKAGE "what it is for": PACKAGE is missing
need() {
	case "$packages " in *" $1 "*) return ;; esac
	packages="$packages $1"
	reasons="$reasons  $1: $2
"
}

have() {
	command -v "$1" >/dev/null 2>&1
}

# have_file COMPILER FILE: does the compiler find this library?  It prints a
# path with a slash when it does and the bare name when it does not.
have_file() {
	case $("$1" -print-file-name="$2" 2>/dev/null) in
	*/*) return 0 ;;
	esac
	return 1
}

check_cross() {
	have "${CROSS}gcc" || need gcc-arm-none-eabi "the ARM compiler (${CROSS}gcc)"
	have_file "${CROSS}gcc" libc.a || need libnewlib-arm-none-eabi "the C library of the image (newlib)"
}

check_build() {
	check_cross
	have perl || need perl-base "makes the image's symbol table"
	have gcc || need gcc "builds check-map, which judges the map table on this machine"
	have_file gcc crt1.o || need libc6-dev "the C library's headers, for check-map"
}

check_run() {
	check_build
	have qemu-system-arm || need qemu-system-arm "the boards, emulated"
}

check_test() {
	check_run
	have_file gcc libcmocka.so || need libcmocka-dev "the host unit tests' framework"
}

check_m32() {
	check_build
	have gcc && have_file gcc crt1.o || return
	if [ "$(uname -m)" != x86_64 ]; then
		echo "test-m32 wants a gcc that makes 32-bit programs too (x86-64); this machine is $(uname -m)." >&2
		exit 1
	fi
	# a native-only gcc answers with its own library, one folder up
	case $(gcc -m32 -print-file-name=libgcc.a) in
	*/32/libgcc.a) ;;
	*) need gcc-multilib "32-bit programs on this machine" ;;
	esac
}

check_new_board() {
	check_build
	have dtc || need device-tree-compiler "reads device trees, for new-board"
	have "${HOSTCC:-gcc}" || need gcc "preprocesses device tree sources, for new-board"
}

# QEMU itself, for the boards that have their own (qemu/s5pv210)
check_qemu() {
	check_build
	have ninja || need ninja-build "builds QEMU"
	have pkg-config || need pkg-config "finds QEMU's libraries"
	have xz || need xz-utils "unpacks QEMU's source"
	python3 -c 'import venv, ensurepip' 2>/dev/null || need python3-venv "QEMU's configure"
	pkg-config --exists glib-2.0 2>/dev/null || need libglib2.0-dev "QEMU"
	pkg-config --exists pixman-1 2>/dev/null || need libpixman-1-dev "QEMU's display"
	have_file gcc libfdt.so || need libfdt-dev "QEMU"
}

# FAT file systems; mkfs.fat is in a folder that only root searches
check_card() {
	PATH=$PATH:/usr/sbin:/sbin have mkfs.fat || need dosfstools "makes the card's FAT file system"
	have mcopy || need mtools "copies files onto the card's image"
}

check_uimage() {
	check_build
	have mkimage || need u-boot-tools "makes the image for U-Boot's bootm"
}

# U-Boot itself, compiled, and a card for it
check_uboot() {
	check_uimage
	have bison || need bison "builds U-Boot"
	have flex || need flex "builds U-Boot"
	have_file gcc libcrypto.so || need libssl-dev "U-Boot's own tools"
	have bzip2 || need bzip2 "unpacks U-Boot's source"
	have mcopy || need mtools "a FAT card for U-Boot to load from"
}

[ $# -gt 0 ] || set -- run
for goal in "$@"; do
	case $goal in
	build) check_build ;;
	run) check_run ;;
	test) check_test ;;
	m32) check_m32 ;;
	new-board) check_new_board ;;
	qemu) check_qemu ;;
	uimage) check_uimage ;;
	uboot) check_uboot ;;
	card) check_card ;;
	debug)
		check_run
		have gdb-multiarch || have "${CROSS}gdb" || need gdb-multiarch "the debugger"
		;;
	lint)
		check_cross
		have clang-format || need clang-format "layout of the sources"
		have clang-tidy || need clang-tidy "static checks"
		;;
	fuzz)
		have clang || need clang "builds the fuzzers"
		have_file clang "libclang_rt.fuzzer-$(uname -m).a" ||
			need libclang-rt-dev "libFuzzer and the sanitizers"
		;;
	coverage)
		check_test
		have gcovr || need gcovr "the coverage report"
		;;
	*)
		echo "tools/install.sh: '$goal' is no goal; one of: build run test m32 lint fuzz coverage debug new-board qemu card uimage uboot" >&2
		exit 2
		;;
	esac
done

[ -z "$packages" ] && exit 0

echo "Missing for 'make $*' (Debian's package names):"
printf '%s' "$reasons"

if [ "${INSTALL:-yes}" = no ]; then
	echo "Not installed, because INSTALL=no: install these and run make again." >&2
	exit 1
fi
if ! have apt-get; then
	echo "This system has no apt-get: install these (or what your system calls them) and run make again." >&2
	exit 1
fi

as_root=
if [ "$(id -u)" != 0 ]; then
	if ! have sudo; then
		echo "Installing needs root, and there is no sudo. As root: apt-get install$packages" >&2
		exit 1
	fi
	as_root=sudo
fi

# No lists yet on a fresh machine, or old ones: refresh, then install.
echo "Installing:$packages"
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
# $packages is a list of words
# shellcheck disable=SC2086
if $as_root apt-get update >"$log" 2>&1 &&
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages >>"$log" 2>&1; then
	exit 0
fi
tail -n 20 "$log" >&2
echo "apt-get could not install$packages (its last lines stand above): install them by hand and run make again." >&2
exit 1
