#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_new_board_boot.sh - folders that make new-board wrote, as they are,
# boot on the machines that QEMU has for them and pass there.  Prints TAP.
#
# usage: test_new_board_boot.sh DIR BUILT
# DIR is what tools/fetch-dtbs.sh filled.  BUILT is another board's build: what does
# not depend on the board is taken from there.
set -u

dtbs=$(cd "$1" && pwd) && built=$(cd "$2" && pwd) || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tar cf - --exclude=./build --exclude=./.git . | tar xf - -C "$dir" || exit 1
cd "$dir" || exit 1
n=0

# variable NAME: as board/made/board.mk sets it
variable() {
	sed -n "s/^$1 := //p" board/made/board.mk
}

# built: the image of board/made
build() {
	make -s build/made/flags BOARD=made || return 1
	(cd "$built" && find . -name '*.o' ! -path './early/*' ! -name 'early.o' ! -name 'symbols*' | tar cf - -T -) |
		(cd build/made && tar xmf -) || return 1
	make -s image BOARD=made
}

# boots NAME TREE GUEST LINE...: written, built, run; each LINE is printed
boots() {
	name=$1
	tree=$2
	guest=$3
	shift 3
	n=$((n + 1))
	why=
	rm -rf board/made build/made
	if [ ! -e "$tree" ]; then
		echo "ok $n - $name # SKIP $(cat "$dtbs/why" 2>/dev/null || echo "no $(basename "$tree") was fetched")"
		return
	fi
	if ! make -s new-board NAME=made FROM="$tree" >out 2>&1; then
		why="new-board failed"
	elif ! build >>out 2>&1; then
		why="it does not build"
	elif ! perl qemu/run.pl --board made --machine "$(variable QEMU_MACHINE)" --args "$(variable QEMU_ARGS)" \
		--elf build/made/mercator.elf --timeout 60 --no-input --guest "$guest" >>out 2>&1 </dev/null; then
		why="it does not pass $guest"
	fi
	for line in "$@"; do
		grep -q -e "$line" out || why="$why; not printed: $line"
	done
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# $why"
		tail -n 40 out | sed 's/^/#   /'
	fi
}

echo 1..7
check='selftest boot mmu ioremap'
boots "Versatile Express with a Cortex-A9: the demonstration" "$dtbs/vexpress-v2p-ca9.dtb" demo \
	'map verified' 'demonstration: [0-9]* checks passed, 0 failed'
boots "Versatile Express with a Cortex-A15: the demonstration" "$dtbs/vexpress-v2p-ca15-tc1.dtb" demo \
	'map verified' 'demonstration: [0-9]* checks passed, 0 failed'
boots "Raspberry Pi 2 (bcm2836, PL011): the demonstration" "$dtbs/bcm2836-rpi-2-b.dtb" demo \
	'map verified' 'demonstration: [0-9]* checks passed, 0 failed'
boots "Orange Pi PC (8250): boot, mmu, ioremap" "$dtbs/sun8i-h3-orangepi-pc.dtb" "$check" 'map verified' '^ok 40 - '
boots "Sabre Lite (i.MX UART, the second one): boot, mmu, ioremap" "$dtbs/imx6q-sabrelite.dtb" "$check" \
	'map verified' '^ok 40 - '
boots "Zynq (Cadence UART), a tree of ours: boot, mmu, ioremap" tests/dts/zynq.dts "$check" 'map verified' '^ok 40 - '
boots "SMDKC210 (s5p UART, the second one), a tree of ours: boot, mmu, ioremap" tests/dts/smdkv310.dts "$check" \
	'map verified' '^ok 40 - '
