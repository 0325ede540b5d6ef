#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/flash.sh - writes a board's card image to a card, and to nothing else.
#
# usage: flash.sh boot|disk IMAGE SECTORS DEVICE
#
#   boot  sectors 1 to SECTORS - 1 of IMAGE.  Sector 0, where a card has its partition
#         table, is kept, and so is all that lies behind.
#   disk  sectors 0 to SECTORS - 1: an image with a partition table of its own.
#
# SECTORS "all" is IMAGE to its end.  Environment: CONFIRM=yes writes without asking;
# from MAX_GIB (64) on a device is taken for something else than a card.
#
# Every question is put to /sys and /proc by the device's number, so that a link or
# another name for a device changes no answer.  Nothing is written before all of them
# are answered.
#
# For the tests: FLASH_SYS and FLASH_PROC stand in for /sys and /proc, and
# FLASH_NUMBER=8:16 lets a plain file stand in for the block device of that number.
set -u

sys=${FLASH_SYS:-/sys}
proc=${FLASH_PROC:-/proc}
max_gib=${MAX_GIB:-64}
export LC_ALL=C
# blockdev is where only root looks
PATH=$PATH:/usr/sbin:/sbin

[ $# -eq 4 ] || { echo "usage: flash.sh boot|disk IMAGE SECTORS DEVICE" >&2 && exit 2; }
kind=$1 image=$2 sectors=$3 device=$4
command="sh $0 $kind $image $sectors $device"

# refuse "what and why" "way out": before anything was written
refuse() {
	printf 'flash: %s\n  way out: %s\nNothing was written.\n' "$1" "$2" >&2
	exit 1
}

# failed "what" "way out": when writing had begun
failed() {
	printf 'flash: %s\n  way out: %s\n' "$1" "$2" >&2
	exit 1
}

# word FILE: what a file of /sys says, or nothing
word() {
	[ ! -r "$1" ] || sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' "$1" 2>/dev/null
}

# in_words SECTORS
in_words() {
	awk -v s="$1" 'BEGIN {
		if (s >= 2097152) printf "%.1f GiB", s / 2097152
		else if (s >= 2048) printf "%.1f MiB", s / 2048
		else printf "%.1f KiB", s / 2
	}'
}

is_number() {
	case $1 in '' | *[!0-9]*) return 1 ;; esac
}

# ---- the image ----

check_image() {
	case $kind in
	boot) first=1 ;;
	disk) first=0 ;;
	*) refuse "'$kind' is no kind of image" "boot or disk (make chooses by the board)" ;;
	esac
	[ -s "$image" ] || refuse "$image is not there, or empty" "make BOARD=... sdcard makes it"
	bytes=$(wc -c <"$image")
	[ "$sectors" != all ] || sectors=$(((bytes + 511) / 512))
	is_number "$sectors" && [ "$sectors" -gt "$first" ] && [ $((sectors * 512)) -le "$bytes" ] ||
		refuse "$image has $bytes bytes, which are not the $sectors sectors of 512 to be written" \
			"make BOARD=... sdcard makes it anew"
	is_number "$max_gib" || refuse "MAX_GIB=$max_gib is not a whole number" "MAX_GIB=64, say"
	count=$((sectors - first))
}

# ---- which device ----

# why_card DIR: what makes the disk a card, or nothing.  Slots for cards call them not
# removable, and so do some readers on USB; eMMC is soldered; a CD is removable.
why_card() {
	case $(word "$1/device/type") in
	SD*) echo "an SD card in a slot" && return ;;
	'' | 0) ;;
	*) return ;;
	esac
	if [ "$(word "$1/removable")" = 1 ]; then
		echo removable
		return
	fi
	case $1 in */usb[0-9]*) echo "on USB" ;; esac
}

# The cards that may be meant, for whoever named none.
candidates() {
	for dir in "$sys"/block/*; do
		length=$(word "$dir/size")
		is_number "$length" && [ "$length" -gt 0 ] && [ "$length" -le $((max_gib * 2097152)) ] &&
			[ -n "$(why_card "$(readlink -f "$dir")")" ] || continue
		printf ' /dev/%s (%s)' "${dir##*/}" "$(in_words "$length")"
	done
}

find_device() {
	[ -d "$sys/dev/block" ] ||
		refuse "there is no $sys/dev/block, by which a card is told from a disk" "write the card on Linux"
	[ -n "$device" ] || {
		found=$(candidates)
		refuse "DEV= is not given: which device is the card?" \
			"DEV=/dev/sdX (lsblk lists them${found:+; it may be$found})"
	}
	[ -e "$device" ] || refuse "DEV=$device does not exist" "is the card in its reader? lsblk lists what is there"
	if [ -f "$device" ] && [ -n "${FLASH_NUMBER:-}" ]; then
		number=$FLASH_NUMBER
	elif [ -b "$device" ]; then
		number=$(($(stat -Lc '0x%t' "$device"))):$(($(stat -Lc '0x%T' "$device")))
	else
		refuse "DEV=$device is not a block device" "name the card itself: DEV=/dev/sdX"
	fi
	dir=$(readlink -f "$sys/dev/block/$number")
	[ -d "$dir" ] || refuse "DEV=$device has the number $number, which $sys does not know" \
		"take the card out and put it in again"
	name=${dir##*/}
	[ ! -e "$dir/partition" ] || {
		parent=${dir%/*}
		refuse "DEV=$device is partition $(word "$dir/partition") of a card, and the board looks for the card's beginning" \
			"name the disk: DEV=/dev/${parent##*/}"
	}
}

# ---- who uses it ----

# users_of DIR: number and names of the disk, of its partitions, and of all that stands on
# them (LVM, RAID, encryption)
users_of() {
	echo "$(word "$1/dev") ${1##*/} $(word "$1/dm/name")"
	for part in "$1"/*/partition; do
		[ ! -e "$part" ] || users_of "${part%/partition}"
	done
	for holder in "$1"/holders/*; do
		[ ! -e "$holder" ] || users_of "$(readlink -f "$holder")"
	done
}

# uses: "NAME PLACE" for each mount and each swap space among the users.  A btrfs is
# mounted under a number that no device has, so the name counts, too.
uses() {
	users_of "$dir" | awk -v mounts="$proc/self/mountinfo" -v swaps="$proc/swaps" '
		function last(path) { sub(/.*\//, "", path); return path }
		{
			owner[$1] = owner[$2] = $2
			if (NF > 2) owner[$3] = $2
		}
		END {
			while ((getline <mounts) > 0) {
				for (i = 7; i < NF && $i != "-"; i++);
				who = ($3 in owner) ? owner[$3] : owner[last($(i + 2))]
				gsub(/\\040/, " ", $5)
				if (who != "") print who, $5
			}
			while ((getline <swaps) > 0)
				if (last($1) in owner) print owner[last($1)], "swap"
		}'
}

check_unused() {
	[ -r "$proc/self/mountinfo" ] && [ -r "$proc/swaps" ] ||
		refuse "$proc/self/mountinfo and $proc/swaps cannot be read, so nobody knows what is mounted" "mount /proc"
	used=$(uses)
	system=$(printf '%s\n' "$used" | grep -E ' (/|/boot|/boot/.*|/efi|/usr|/var|/home|swap)$' | head -n 1)
	[ -z "$system" ] ||
		refuse "DEV=$device is a disk of this system: ${system%% *} is in use as ${system#* }" \
			"name the card; lsblk lists what is there"
	[ -z "$used" ] ||
		refuse "DEV=$device is mounted: $(printf '%s\n' "$used" | sed -e 's/ / at /' -e '$!s/$/,/' | tr '\n' ' ' | sed 's/ $//')" \
			"umount$(printf '%s\n' "$used" | awk '{ printf " /dev/%s", $1 }'), and try again"
	holder=$(users_of "$dir" | awk -v name="$name" 'index($2, name) != 1 {
		print $2 (NF > 2 ? " (" $3 ")" : ""); exit }')
	[ -z "$holder" ] ||
		refuse "DEV=$device is in use: $holder stands on it" \
			"take that down first (vgchange -an, mdadm --stop or cryptsetup close), if this is the card"
}

# ---- is it a card ----

check_card() {
	why=$(why_card "$dir")
	[ -n "$why" ] ||
		refuse "DEV=$device is no card: not removable, not on USB and no SD card in a slot ($(describe))" \
			"name the card; lsblk lists what is there"
	length=$(word "$dir/size")
	is_number "$length" && [ "$length" -gt 0 ] ||
		refuse "DEV=$device has no card in it" "put the card into this reader"
	[ "$length" -le $((max_gib * 2097152)) ] ||
		refuse "DEV=$device has $(in_words "$length"), more than the $max_gib GiB that are taken for a card" \
			"if it is one: MAX_GIB=$((length / 2097152 + 1))"
	[ "$length" -ge "$sectors" ] ||
		refuse "DEV=$device has $length sectors, and $image takes $sectors" "take a larger card"
	block=$(word "$dir/queue/logical_block_size")
	[ "${block:-512}" = 512 ] ||
		refuse "DEV=$device has sectors of $block bytes, and boards count in sectors of 512" "take an SD card"
	[ "$(word "$dir/ro")" != 1 ] ||
		refuse "DEV=$device is write-protected" "move the slide at the card's (or the adapter's) side"
	[ -r "$device" ] && [ -w "$device" ] ||
		refuse "DEV=$device may not be written by $(id -un)" "as root: sudo $command"
}

# ---- what is on it ----

partitions() {
	for part in "$dir"/*/partition; do
		[ ! -e "$part" ] || echo "${part%/partition}"
	done
}

# bytes_at OFFSET COUNT: of the card, as text in hexadecimal
bytes_at() {
	dd if="$device" bs=512 count=130 2>/dev/null | od -An -v -tx1 -j "$1" -N "$2" | tr -d ' \n'
}

# A file system, or what one stands in, that begins at sector 0, where a partition table
# would be.
whole_file_system() {
	case $(bytes_at 3 5).$(bytes_at 54 3).$(bytes_at 82 3).$(bytes_at 1080 2) in
	4558464154.*) echo exFAT && return ;;
	4e54465320.*) echo NTFS && return ;;
	*.464154.*) echo FAT && return ;;
	*.53ef) echo ext && return ;;
	esac
	case $(bytes_at 0 6).$(bytes_at 512 8).$(bytes_at 4086 10).$(bytes_at 65600 8) in
	4c554b53babe.*) echo LUKS ;;
	58465342*) echo XFS ;;
	*.4c4142454c4f4e45.*) echo LVM ;;
	*.53574150535041434532.*) echo swap ;;
	*.5f42485266535f4d) echo btrfs ;;
	esac
}

# A partition table that leaves the room free which "boot" takes: where cards have their
# first partition when they are new, at 4 MiB.
new_table() {
	start=$(((sectors + 8191) / 8192 * 8192))
	echo "another card, or a new partition table, which loses its files: echo start=$start,type=c | sudo sfdisk --label dos $device"
}

check_room() {
	[ "$kind" = boot ] || return 0
	[ "$(bytes_at 512 8)" != 4546492050415254 ] ||
		refuse "DEV=$device has a GPT, whose header is in sector 1, where the board looks for its first stage" \
			"$(new_table)"
	for part in $(partitions); do
		start=$(word "$part/start")
		[ "$start" -ge "$sectors" ] ||
			refuse "DEV=$device: ${part##*/} begins at sector $start, and sectors 1 to $((sectors - 1)) are to be written" \
				"$(new_table)"
	done
	found=$(whole_file_system)
	[ -z "$found" ] ||
		refuse "DEV=$device has no partition table but a file system ($found) from its first sector on, which would be destroyed" \
			"$(new_table)"
}

describe() {
	text="$(word "$dir/device/vendor") $(word "$dir/device/model")$(word "$dir/device/name")"
	text=$(printf '%s' "$text" | sed -e 's/^ *//' -e 's/  */ /g')
	echo "${text:-no name}, $(in_words "$(word "$dir/size")")"
}

# content NODE: type and label of a file system, where lsblk is there to tell
content() {
	lsblk -dnro FSTYPE,LABEL "$1" 2>/dev/null | awk '{ printf ", %s", $1; if (NF > 1) printf " \"%s\"", $2 }'
}

show() {
	echo "Card:  $device, $(describe), $why"
	for part in $(partitions); do
		printf '       %s: %s from sector %s%s: %s\n' "${part##*/}" "$(in_words "$(word "$part/size")")" \
			"$(word "$part/start")" "$(content "/dev/${part##*/}")" \
			"$([ "$kind" = disk ] && echo lost || echo kept)"
	done
	[ -n "$(partitions)" ] || echo "       no partitions$(content "$device")"
	if [ "$kind" = disk ]; then
		echo "Write: $image to sectors 0 to $((sectors - 1)) ($(in_words "$count")), a partition table of its own with it:"
		echo "       what the card holds is lost"
	else
		echo "Write: $image to sectors 1 to $((sectors - 1)) ($(in_words "$count"));"
		echo "       sector 0, where the card's partition table is, and all behind sector $((sectors - 1)) are kept"
	fi
}

ask() {
	case ${CONFIRM:-} in
	yes) return ;;
	'') ;;
	*) refuse "CONFIRM=$CONFIRM is not CONFIRM=yes" "CONFIRM=yes, or no CONFIRM, to be asked" ;;
	esac
	[ -t 0 ] || refuse "nobody can be asked: this is no terminal, and CONFIRM=yes is not given" "CONFIRM=yes"
	printf 'Type yes to write: '
	answer=
	read -r answer
	[ "$answer" = yes ] || refuse "the answer was '$answer', not 'yes'" "the same command again"
}

# what DEV is: another card in the reader has another size or, where Linux counts them, another
# sequence number, and another disk under the same name another number or description
identity() {
	echo "$number $(word "$dir/diskseq") $length $(describe)"
}

check_device() {
	find_device
	check_unused
	check_card
	check_room
}

# The answer may have taken its time: all is looked at again.
check_same() {
	was=$(identity) was_shown=$(describe)
	ask
	check_device
	[ "$(identity)" = "$was" ] ||
		refuse "DEV=$device is another device since it was shown: it was $was_shown, and is $(describe)" \
			"the same command again, and the card left in its reader"
}

# ---- writing ----

# Held open for oneself alone while dd writes, so that nothing mounts it meanwhile, and
# what the lists above do not show (a file system over several devices) refuses here.
write() {
	perl -MFcntl -e '
		my $device = shift;
		sysopen my $held, $device, O_RDWR | O_EXCL or do { print STDERR "flash: $device: $!\n"; exit 99 };
		exit(system(@ARGV) ? 1 : 0)' "$device" \
		dd if="$image" of="$device" bs=512 skip=$first seek=$first count="$count" conv=notrunc,fsync 2>"$scratch/said"
	status=$?
	[ $status -ne 99 ] ||
		refuse "$(sed 's/^flash: //' "$scratch/said"): the kernel says that something uses it" \
			"find out what (lsblk, a file system over several devices), and take it down"
	[ $status -eq 0 ] ||
		failed "writing $device failed, and it is half written: $(grep -v records "$scratch/said" | head -n 1)" \
			"is the card still in its reader? Then the same command again"
}

# The card's own answer, not what the kernel remembers to have written.
read_back() {
	sync
	blockdev --flushbufs "$device" 2>/dev/null
	if dd if="$device" of=/dev/null bs=512 count=1 iflag=direct 2>/dev/null; then
		dd if="$device" bs=65536 skip=$((first * 512)) count=$((count * 512)) \
			iflag=direct,skip_bytes,count_bytes,fullblock 2>"$scratch/said" >"$scratch/back"
	else
		echo "(no direct reads here: what follows may be what the kernel remembers)"
		dd if="$device" bs=512 skip=$first count="$count" 2>"$scratch/said" >"$scratch/back"
	fi || failed "reading $device back failed: $(grep -v records "$scratch/said" | head -n 1)" \
		"the same command again; a card that does so twice is broken"
}

compare() {
	dd if="$image" bs=512 skip=$first count="$count" 2>/dev/null >"$scratch/want"
	back=$(wc -c <"$scratch/back")
	[ "$back" -eq $((count * 512)) ] ||
		failed "$device gave only $back of the $((count * 512)) bytes that were written" "take another card"
	cmp -l "$scratch/want" "$scratch/back" >"$scratch/differ" 2>/dev/null ||
		failed "$device holds something else than was written: $(awk -v first=$first '
			{ s = first + int(($1 - 1) / 512) }
			NR == 1 { at = s; last = -1 }
			s != last { n++; last = s }
			END { printf "sector %d%s", at, (n > 1 ? " is the first of " n " such sectors" : "") }' "$scratch/differ")" \
			"the same command again; a card that does so twice is broken, or smaller than it says"
}

check_image
check_device
show
check_same
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'echo; failed "stopped: $device is half written" "the same command again"' INT TERM HUP
write
read_back
compare
[ "$kind" = boot ] || blockdev --rereadpt "$device" 2>/dev/null
echo "Written, read back and compared: sectors $first to $((sectors - 1)) of $device. It may be taken out."
