#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# qemu/uboot/card.sh - a card with a partition table and one FAT partition, on
# which the files lie that U-Boot is to load.
#
# usage: card.sh CARD FILE...      each FILE under its own name
set -eu

[ $# -ge 2 ] || { echo "usage: card.sh CARD FILE..." >&2; exit 2; }
card=$1
shift
first=2048         # the partition begins at 1 MiB
sectors=129024     # and ends with the card, at 64 MiB

rm -f "$card"
truncate -s 64M "$card"
# the partition's row of the MBR: active, FAT32 (0x0c), first sector, length
perl -e 'print pack("C8 V2", 0x80, 0, 2, 0, 0x0c, 0, 0, 0, @ARGV), "\0" x 48, "\x55\xaa"' $first $sectors |
	dd of="$card" bs=1 seek=446 conv=notrunc status=none
mformat -i "$card@@1M" -F -T $sectors -v MERCATOR ::
mcopy -i "$card@@1M" "$@" ::
