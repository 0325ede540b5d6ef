#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/fat-card.sh - the card image of a board whose firmware reads files from a FAT
# partition.
#
# usage: fat-card.sh OUT KERNEL CONFIG [FIRMWARE-DIR]
#
# OUT is 64 MiB (QEMU wants a power of two): a partition table with one FAT32 partition
# from 1 MiB on, and in it CONFIG as config.txt, KERNEL under the name that config.txt
# gives it, and the firmware's own files, which are not ours to give, out of FIRMWARE-DIR.
#
# Same inputs, same bytes: serial numbers are fixed, all times are SOURCE_DATE_EPOCH.
set -u

[ $# -eq 3 ] || [ $# -eq 4 ] || { echo "usage: fat-card.sh OUT KERNEL CONFIG [FIRMWARE-DIR]" >&2 && exit 2; }
out=$1 kernel=$2 config=$3 firmware=${4:-}

sectors=131072
start=2048
serial=4d524354
firmware_files='bootcode.bin start.elf fixup.dat'
firmware_from='the folder boot of https://github.com/raspberrypi/firmware'
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}
export SOURCE_DATE_EPOCH
export TZ=UTC0 LC_ALL=C MTOOLSRC=/dev/null
# mkfs.fat is where only root looks
PATH=$PATH:/usr/sbin:/sbin

fail() {
	printf 'sdcard: %s\n  way out: %s\n' "$1" "$2" >&2
	rm -f "$out"
	exit 1
}

# le32 NUMBER: four bytes for printf
le32() {
	printf '\\%03o\\%03o\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255))
}

# bytes OFFSET ESCAPES: into the image
bytes() {
	printf "$2" | dd of="$out" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

# One entry, type 0x0c: FAT32 by sector numbers; its cylinders say "too large".
partition_table() {
	bytes 440 "$(le32 $((0x$serial)))" &&
		bytes 446 "\\000\\376\\377\\377\\014\\376\\377\\377$(le32 $start)$(le32 $((sectors - start)))" &&
		bytes 510 '\125\252'
}

copy() { # FILE NAME
	why=$(mcopy -i "$out@@$((start * 512))" "$1" "::$2" 2>&1) || fail "$1 could not be copied into $out: $why" \
		"is it larger than $(((sectors - start) / 2048)) MiB?"
}

for file in "$kernel" "$config"; do
	[ -s "$file" ] || fail "$file is not there, or empty" "make BOARD=... builds the image; config.txt stands in the board's folder"
done
name=$(sed -n 's/^kernel=\([A-Za-z0-9_.-]*\)$/\1/p' "$config")
[ -n "$name" ] || fail "$config does not say what the kit's image is called" "write a line kernel=NAME into it"
for file in ${firmware:+$firmware_files}; do
	[ -s "$firmware/$file" ] ||
		fail "FIRMWARE=$firmware has no $file" "take $firmware_files from $firmware_from"
done

rm -f "$out" && truncate -s $((sectors * 512)) "$out" && partition_table &&
	mkfs.fat --invariant -F 32 -s 1 -i $serial -n MERCATOR -h $start --offset $start "$out" \
		$(((sectors - start) / 2)) >/dev/null || fail "$out could not be made" "see above"
for file in ${firmware:+$firmware_files}; do
	copy "$firmware/$file" "$file"
done
copy "$config" config.txt
copy "$kernel" "$name"

if [ -z "$firmware" ]; then
	echo "sdcard: $out has no firmware yet. The board also wants"
	echo "  $firmware_files"
	echo "  from $firmware_from,"
	echo "  which are Broadcom's: copy them onto the card, or make it with FIRMWARE=DIR."
fi
