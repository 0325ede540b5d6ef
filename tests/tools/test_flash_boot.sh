#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_flash_boot.sh - a card that was in use, written by tools/flash.sh, boots
# the board, and still has its partition.  Prints TAP.
#
# usage: test_flash_boot.sh BOARD MACHINE ARGS TIMEOUT IMAGE SECTORS
set -u

board=$1 machine=$2 args=$3 timeout=$4 image=$5 sectors=$6
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
card=$dir/card

# 16 MiB, one partition from 4 MiB on, and not a byte of it zero
{
	printf '%446s' x
	printf '\000\376\377\377\014\376\377\377\000\040\000\000\000\140\000\000%48s\125\252' x
	awk 'BEGIN { for (i = 1; i < 32768; i++) printf "%511d\n", i }'
} >"$card"
dd if="$card" of="$dir/old" bs=512 count=1 2>/dev/null
dd if="$card" of="$dir/old-rest" bs=512 skip="$sectors" 2>/dev/null

disk=$dir/sys/devices/sdx
mkdir -p "$disk/sdx1" "$dir/sys/dev/block" "$dir/proc/self"
ln -s "$disk" "$dir/sys/dev/block/8:16"
echo 8:16 >"$disk/dev"
echo 1 >"$disk/removable"
echo 32768 >"$disk/size"
echo 8:17 >"$disk/sdx1/dev"
echo 1 >"$disk/sdx1/partition"
echo 8192 >"$disk/sdx1/start"
: >"$dir/proc/self/mountinfo"
: >"$dir/proc/swaps"

echo 1..3
if FLASH_SYS=$dir/sys FLASH_PROC=$dir/proc FLASH_NUMBER=8:16 CONFIRM=yes \
	sh tools/flash.sh boot "$image" "$sectors" "$card" >"$dir/said" 2>&1; then
	echo "ok 1 - the card is written"
else
	echo "not ok 1 - the card is written"
	sed 's/^/# /' "$dir/said"
fi

perl qemu/run.pl --board "$board" --machine "$machine" --args "$args" --elf none --timeout "$timeout" \
	--loader "-drive if=sd,format=raw,file=$card" --guest demo --no-input >"$dir/said" 2>&1 </dev/null
status=$?
if [ $status = 0 ] && grep -q '^BL1: CRC-32 .* fits' "$dir/said" &&
	grep -q '^demonstration: [1-9][0-9]* checks passed, 0 failed' "$dir/said"; then
	echo "ok 2 - $board boots from it, through BL1, and runs the demonstration"
else
	echo "not ok 2 - $board boots from it, through BL1, and runs the demonstration"
	echo "# status $status"
	sed 's/^/# /' "$dir/said"
fi

dd if="$card" of="$dir/new" bs=512 count=1 2>/dev/null
dd if="$card" of="$dir/new-rest" bs=512 skip="$sectors" 2>/dev/null
if cmp "$dir/old" "$dir/new" && cmp "$dir/old-rest" "$dir/new-rest"; then
	echo "ok 3 - its partition table, and all behind the image, are as before"
else
	echo "not ok 3 - its partition table, and all behind the image, are as before"
fi
