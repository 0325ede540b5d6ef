#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_flash.sh - tools/flash.sh writes a card and nothing else: each of its
# refusals by its whole text, with the card's bytes compared; what it writes, what it
# keeps, and that a card which lies is found out.  /sys and /proc are made up; the card
# is a plain file, and a loop device where one can be made.  Prints TAP.
set -u

n=0
dir=$(mktemp -d) || exit 1
loop=
holder=
trap '[ -z "$holder" ] || kill "$holder"; [ -z "$loop" ] || losetup -d "$loop"; rm -rf "$dir"' EXIT
chmod 755 "$dir"
sys=$dir/sys
disk=$sys/devices/host/block/sdx
card=$dir/card
number=8:16
plain=$number # the card is a plain file, and stands in for this number
image=$dir/sd.img
flash="sh tools/flash.sh"

ok() {
	n=$((n + 1))
	echo "ok $n - $1"
}

not_ok() {
	n=$((n + 1))
	echo "not ok $n - $1"
	printf '%s\n' "$2" | sed 's/^/# /'
}

skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

# noise SECTORS SEED: bytes that do not repeat from sector to sector
noise() {
	awk -v n="$1" -v seed="$2" 'BEGIN {
		for (i = 0; i < n; i++) printf "%-511s\n", seed " sector " i
	}'
}

# ---- a /sys with one card in a reader, and a /proc where nothing of it is in use ----

# block DIR NUMBER SIZE: a disk or a partition
block() {
	mkdir -p "$1" "$sys/dev/block" "$sys/block"
	echo "$2" >"$1/dev"
	echo "$3" >"$1/size"
	echo 0 >"$1/ro"
	ln -sfn "$1" "$sys/dev/block/$2"
}

partition() { # NUMBER START SIZE
	block "$disk/sdx$1" "8:$((16 + $1))" "$3"
	echo "$1" >"$disk/sdx$1/partition"
	echo "$2" >"$disk/sdx$1/start"
}

# above PART NAME NUMBER DMNAME: a device-mapper device on it
above() {
	block "$sys/devices/virtual/block/$2" "$3" 2048
	mkdir -p "$sys/devices/virtual/block/$2/dm" "$1/holders"
	echo "$4" >"$sys/devices/virtual/block/$2/dm/name"
	ln -s "$sys/devices/virtual/block/$2" "$1/holders/$2"
}

mounted() { # NUMBER SOURCE PLACE
	printf '%s\n' "40 1 $1 / $3 rw,relatime shared:1 - ext4 $2 rw" >>"$dir/proc/self/mountinfo"
}

swapped() {
	echo "$1 partition 1048572 0 -2" >>"$dir/proc/swaps"
}

fresh() {
	rm -rf "$sys" "$dir/proc"
	block "$disk" $number "${1:-8192}"
	ln -s "$disk" "$sys/block/sdx"
	mkdir -p "$disk/device" "$disk/queue" "$dir/proc/self"
	echo 1 >"$disk/removable"
	echo 512 >"$disk/queue/logical_block_size"
	echo 'Generic ' >"$disk/device/vendor"
	echo 'STORAGE DEVICE  ' >"$disk/device/model"
	echo 0 >"$disk/device/type"
	partition 1 2048 6144
	echo '22 1 254:0 / / rw - ext4 /dev/vda rw' >"$dir/proc/self/mountinfo"
	echo 'Filename Type Size Used Priority' >"$dir/proc/swaps"
	noise 8192 card >"$dir/old"
	dd if="$dir/old" of="$card" bs=65536 conv=notrunc 2>/dev/null
}

# run KIND SECTORS DEVICE [VARIABLE=value...]: flash.sh with the made-up trees
run() {
	kind=$1 sectors=$2 device=$3
	shift 3
	said=$(env FLASH_SYS="$sys" FLASH_PROC="$dir/proc" FLASH_NUMBER=$plain CONFIRM=yes "$@" \
		$flash "$kind" "$image" "$sectors" "$device" 2>&1 </dev/null)
	status=$?
	said=$(printf '%s' "$said" | sed -e "s,$dir,DIR,g" -e "s,$loop,DIR/card,g")
}

sum() {
	cksum <"$1"
}

# refused NAME "what and why" "way out" [KIND SECTORS DEVICE VARIABLE=value...]
refused() {
	name=$1
	want="flash: $2
  way out: $3
Nothing was written."
	shift 3
	[ $# -gt 0 ] || set -- boot 100 "$card"
	before=$(sum "$card")
	run "$@"
	# what would be written may be shown before
	last=$(printf '%s\n' "$said" | sed -n '/^flash: /,$p')
	if [ "$status" != 1 ] || [ "$last" != "$want" ]; then
		not_ok "refused: $name" "status $status, said:
$said
wanted:
$want"
	elif [ "$(sum "$card")" != "$before" ]; then
		not_ok "refused: $name" "it said so, but the card's bytes have changed"
	else
		ok "refused: $name"
	fi
}

new_table="another card, or a new partition table, which loses its files: echo start=8192,type=c | sudo sfdisk --label dos DIR/card"
lsblk="name the card; lsblk lists what is there"
noise 100 image >"$image"

# ---- the device ----

fresh
refused "no DEV" "DEV= is not given: which device is the card?" \
	"DEV=/dev/sdX (lsblk lists them; it may be /dev/sdx (4.0 MiB))" boot 100 ""
echo 0 >"$disk/removable"
refused "no DEV, and nothing that may be a card" "DEV= is not given: which device is the card?" \
	"DEV=/dev/sdX (lsblk lists them)" boot 100 ""
fresh
refused "a device that is not there" "DEV=DIR/none does not exist" \
	"is the card in its reader? lsblk lists what is there" boot 100 "$dir/none"
refused "a file" "DEV=DIR/card is not a block device" "name the card itself: DEV=/dev/sdX" \
	boot 100 "$card" FLASH_NUMBER=
refused "a terminal" "DEV=/dev/null is not a block device" "name the card itself: DEV=/dev/sdX" \
	boot 100 /dev/null FLASH_NUMBER=
refused "a device that /sys does not know" "DEV=DIR/card has the number 8:99, which DIR/sys does not know" \
	"take the card out and put it in again" boot 100 "$card" FLASH_NUMBER=8:99
refused "no Linux" "there is no DIR/nowhere/dev/block, by which a card is told from a disk" \
	"write the card on Linux" boot 100 "$card" FLASH_SYS="$dir/nowhere"
refused "a partition" \
	"DEV=DIR/card is partition 1 of a card, and the board looks for the card's beginning" \
	"name the disk: DEV=/dev/sdx" boot 100 "$card" FLASH_NUMBER=8:17

# ---- in use ----

mounted 8:17 /dev/sdx1 '/media/my\040card'
refused "a mounted partition" "DEV=DIR/card is mounted: sdx1 at /media/my card" \
	"umount /dev/sdx1, and try again"
partition 2 7000 1000
mounted 8:18 /dev/sdx2 /media/b
refused "two of them" "DEV=DIR/card is mounted: sdx1 at /media/my card, sdx2 at /media/b" \
	"umount /dev/sdx1 /dev/sdx2, and try again"
fresh
mounted 8:16 /dev/sdx /mnt
refused "a mounted disk" "DEV=DIR/card is mounted: sdx at /mnt" "umount /dev/sdx, and try again"
fresh
mounted 0:33 /dev/sdx1 /mnt
refused "a btrfs, mounted under another number" "DEV=DIR/card is mounted: sdx1 at /mnt" \
	"umount /dev/sdx1, and try again"
for place in / /boot /boot/efi /efi /usr /var /home; do
	fresh
	mounted 8:17 /dev/root $place
	refused "the disk of $place" "DEV=DIR/card is a disk of this system: sdx1 is in use as $place" "$lsblk"
done
fresh
above "$disk/sdx1" dm-0 253:0 vg-root
mounted 253:0 /dev/mapper/vg-root /
refused "the disk of / by LVM" "DEV=DIR/card is a disk of this system: dm-0 is in use as /" "$lsblk"
fresh
above "$disk/sdx1" dm-0 253:0 luks
above "$sys/devices/virtual/block/dm-0" dm-1 253:1 vg-swap
swapped /dev/dm-1
refused "swap by LVM on encryption" "DEV=DIR/card is a disk of this system: dm-1 is in use as swap" "$lsblk"
fresh
above "$disk/sdx1" dm-0 253:0 vg-swap
swapped /dev/mapper/vg-swap
refused "swap by its other name" "DEV=DIR/card is a disk of this system: dm-0 is in use as swap" "$lsblk"
fresh
swapped /dev/sdx1
refused "a swap partition" "DEV=DIR/card is a disk of this system: sdx1 is in use as swap" "$lsblk"
fresh
above "$disk/sdx1" dm-0 253:0 vg-data
refused "an LVM volume that is not mounted" "DEV=DIR/card is in use: dm-0 (vg-data) stands on it" \
	"take that down first (vgchange -an, mdadm --stop or cryptsetup close), if this is the card"
fresh
above "$disk" md0 9:0 ''
refused "a RAID" "DEV=DIR/card is in use: md0 stands on it" \
	"take that down first (vgchange -an, mdadm --stop or cryptsetup close), if this is the card"
fresh
rm "$dir/proc/swaps"
refused "no /proc" \
	"DIR/proc/self/mountinfo and DIR/proc/swaps cannot be read, so nobody knows what is mounted" "mount /proc"

# ---- no card ----

no_card="no card: not removable, not on USB and no SD card in a slot (Generic STORAGE DEVICE, 4.0 MiB)"
fresh
echo 0 >"$disk/removable"
refused "a disk that is not removable" "DEV=DIR/card is $no_card" "$lsblk"
echo MMC >"$disk/device/type"
echo 1 >"$disk/removable"
refused "eMMC" "DEV=DIR/card is $no_card" "$lsblk"
echo 5 >"$disk/device/type"
refused "a CD" "DEV=DIR/card is $no_card" "$lsblk"
fresh
echo 0 >"$disk/size"
refused "an empty reader" "DEV=DIR/card has no card in it" "put the card into this reader"
fresh 268435456
refused "a large disk" "DEV=DIR/card has 128.0 GiB, more than the 64 GiB that are taken for a card" \
	"if it is one: MAX_GIB=129"
fresh 134217729
refused "one sector more than 64 GiB" "DEV=DIR/card has 64.0 GiB, more than the 64 GiB that are taken for a card" \
	"if it is one: MAX_GIB=65"
refused "more than MAX_GIB=1" "DEV=DIR/card has 64.0 GiB, more than the 1 GiB that are taken for a card" \
	"if it is one: MAX_GIB=65" boot 100 "$card" MAX_GIB=1
refused "a MAX_GIB that is no number" "MAX_GIB=1T is not a whole number" "MAX_GIB=64, say" \
	boot 100 "$card" MAX_GIB=1T
fresh 99
refused "a card that is too small" "DEV=DIR/card has 99 sectors, and DIR/sd.img takes 100" "take a larger card"
fresh
echo 4096 >"$disk/queue/logical_block_size"
refused "sectors of another size" \
	"DEV=DIR/card has sectors of 4096 bytes, and boards count in sectors of 512" "take an SD card"
fresh
echo 1 >"$disk/ro"
refused "a write-protected card" "DEV=DIR/card is write-protected" \
	"move the slide at the card's (or the adapter's) side"
fresh
chmod 444 "$card"
if [ "$(id -u)" != 0 ]; then
	who=$(id -un)
elif who=$(perl -e '$) = "65534 65534"; $< = $> = 65534; exec qw(id -un)') && [ -n "$who" ]; then
	# root may write what nobody may
	flash="perl -e \$)='65534_65534'=~tr/_/\040/r;\$<=\$>=65534;exec(@ARGV) sh tools/flash.sh"
fi
refused "no right to write" "DEV=DIR/card may not be written by $who" \
	"as root: sudo sh tools/flash.sh boot DIR/sd.img 100 DIR/card"
flash="sh tools/flash.sh"
chmod 644 "$card"

# ---- what is on it ----

fresh
partition 2 99 100
refused "a partition that would be overwritten" \
	"DEV=DIR/card: sdx2 begins at sector 99, and sectors 1 to 99 are to be written" "$new_table"
fresh
printf 'EFI PART' | dd of="$card" bs=512 seek=1 conv=notrunc 2>/dev/null
refused "a GPT" \
	"DEV=DIR/card has a GPT, whose header is in sector 1, where the board looks for its first stage" "$new_table"
while read -r what offset bytes; do
	fresh
	rm -r "$disk/sdx1"
	printf "$bytes" | dd of="$card" bs=1 seek="$offset" conv=notrunc 2>/dev/null
	refused "$what without a partition table" "DEV=DIR/card has no partition table but a file system ($what) from its first sector on, which would be destroyed" "$new_table"
done <<'END'
FAT 54 FAT16
FAT 82 FAT32
exFAT 3 EXFAT
NTFS 3 NTFS\040\040
ext 1080 \123\357
LUKS 0 LUKS\272\276
XFS 0 XFSB
LVM 512 LABELONE
swap 4086 SWAPSPACE2
btrfs 65600 _BHRfS_M
END

# ---- the image, and the last question ----

fresh
image=$dir/none
refused "no image" "DIR/none is not there, or empty" "make BOARD=... sdcard makes it"
image=$dir/sd.img
refused "more sectors than the image has" \
	"DIR/sd.img has 51200 bytes, which are not the 101 sectors of 512 to be written" \
	"make BOARD=... sdcard makes it anew" boot 101 "$card"
refused "nothing but sector 0" "DIR/sd.img has 51200 bytes, which are not the 1 sectors of 512 to be written" \
	"make BOARD=... sdcard makes it anew" boot 1 "$card"
refused "another kind" "'raw' is no kind of image" "boot or disk (make chooses by the board)" raw 100 "$card"
refused "no terminal and no CONFIRM" \
	"nobody can be asked: this is no terminal, and CONFIRM=yes is not given" "CONFIRM=yes" \
	boot 100 "$card" CONFIRM=
refused "CONFIRM=y" "CONFIRM=y is not CONFIRM=yes" "CONFIRM=yes, or no CONFIRM, to be asked" \
	boot 100 "$card" CONFIRM=y

# ---- writing ----

# holds NAME FIRST END: the card holds the image's sectors from FIRST on, and the rest of
# what it held before (in $dir/old) elsewhere
holds() {
	{
		dd if="$dir/old" bs=512 count="$2"
		dd if="$image" bs=512 skip="$2" count=$(($3 - $2))
		dd if="$dir/old" bs=512 skip="$3"
	} 2>/dev/null >"$dir/new"
	if [ "$status" = 0 ] && cmp "$dir/new" "$card" >"$dir/cmp" 2>&1; then
		ok "$1"
	else
		not_ok "$1" "status $status, $(cat "$dir/cmp"), said:
$said"
	fi
}

# says NAME TEXT: it ended well and said all of this
says() {
	if [ "$status" = 0 ] && [ "$(printf '%s\n' "$said" | grep -v '^(no direct')" = "$2" ]; then
		ok "$1"
	else
		not_ok "$1" "status $status, said:
$said
wanted:
$2"
	fi
}

# A dd that does its work, and then something to the card: $1.  The card, without DIR, is
# $CARD, and "writing" is true where the card is dd's output.
fake_dd() {
	mkdir -p "$dir/bin"
	cat >"$dir/bin/dd" <<-END
		#!/bin/sh
		real=$(command -v dd)
		writing=false
		case " \$* " in *" of=$card "*) writing=true ;; esac
		poke() { printf x | "\$real" of="$card" bs=1 seek=\$1 conv=notrunc 2>/dev/null; }
		$1
	END
	chmod +x "$dir/bin/dd"
}

# fails NAME TEXT: not by a refusal, because writing had begun
fails() {
	run boot 100 "$card" PATH="$dir/bin:$PATH"
	last=$(printf '%s\n' "$said" | sed -n '/^flash: /,$p')
	if [ "$status" = 1 ] && [ "$last" = "$2" ]; then
		ok "$1"
	else
		not_ok "$1" "status $status, said:
$said
wanted:
$2"
	fi
}

# Cards and what is not removable, by three facts.
fresh
echo 0 >"$disk/removable"
echo SD >"$disk/device/type"
run boot 100 "$card"
holds "an SD card in a slot, which is not called removable" 1 100
fresh
mkdir -p "$sys/devices/usb1"
mv "$sys/devices/host" "$sys/devices/usb1/host"
ln -sfn "$sys/devices/usb1/host/block/sdx" "$sys/dev/block/8:16"
echo 0 >"$sys/devices/usb1/host/block/sdx/removable"
run boot 100 "$card"
holds "a reader on USB that calls its card not removable" 1 100
rm -rf "$sys/devices/usb1"
fresh 134217728
run boot 100 "$card"
holds "a card of 64 GiB" 1 100

on() { # what the card is
	fresh
	partition 1 100 8092
	run boot 100 "$card"
	holds "$1: sectors 1 to 99 are written, sector 0 and all from 100 on are kept" 1 100
	says "$1: it shows what is kept" "Card:  DIR/card, Generic STORAGE DEVICE, 4.0 MiB, removable
       sdx1: 4.0 MiB from sector 100: kept
Write: DIR/sd.img to sectors 1 to 99 (49.5 KiB);
       sector 0, where the card's partition table is, and all behind sector 99 are kept
Written, read back and compared: sectors 1 to 99 of DIR/card. It may be taken out."
	run boot 7 "$card"
	holds "$1: no more than SECTORS" 1 100
	cp "$dir/new" "$dir/old"
	partition 1 1 8191
	run disk all "$card"
	holds "$1: a whole disk, its partition table with it" 0 100
	says "$1: it shows what is lost" "Card:  DIR/card, Generic STORAGE DEVICE, 4.0 MiB, removable
       sdx1: 4.0 MiB from sector 1: lost
Write: DIR/sd.img to sectors 0 to 99 (50.0 KiB), a partition table of its own with it:
       what the card holds is lost
Written, read back and compared: sectors 0 to 99 of DIR/card. It may be taken out."

	fresh
	fake_dd '"$real" "$@"; status=$?; $writing && { poke 4096; poke 5000; poke 51199; }; exit $status'
	fails "$1: a card that keeps something else is found out" \
		"flash: DIR/card holds something else than was written: sector 8 is the first of 3 such sectors
  way out: the same command again; a card that does so twice is broken, or smaller than it says"
	fake_dd '"$real" "$@"; status=$?; $writing && poke 51199; exit $status'
	fails "$1: one wrong byte in the last sector" \
		"flash: DIR/card holds something else than was written: sector 99
  way out: the same command again; a card that does so twice is broken, or smaller than it says"
	fake_dd 'if $writing; then echo "dd: error writing: Input/output error" >&2; exit 1; fi; exec "$real" "$@"'
	fails "$1: a write error" \
		"flash: writing DIR/card failed, and it is half written: dd: error writing: Input/output error
  way out: is the card still in its reader? Then the same command again"
	fake_dd 'case "$*" in *count=50688*|*count=99*) case "$*" in *"if='"$card"'"*) echo "dd: error reading: Input/output error" >&2
		exit 1 ;; esac ;; esac; exec "$real" "$@"'
	fails "$1: a read error" \
		"flash: reading DIR/card back failed: dd: error reading: Input/output error
  way out: the same command again; a card that does so twice is broken"
	fake_dd 'case "$*" in *count=50688*|*count=99*) case "$*" in *"if='"$card"'"*) exec "$real" if="'"$card"'" bs=512 count=9 2>/dev/null
		;; esac ;; esac; exec "$real" "$@"'
	fails "$1: a short read" \
		"flash: DIR/card gave only 4608 of the 50688 bytes that were written
  way out: take another card"
}
on "a file"

# The question, at a terminal.
answered() { # ANSWER
	said=$(echo "$1" | env FLASH_SYS="$sys" FLASH_PROC="$dir/proc" FLASH_NUMBER=8:16 CONFIRM= \
		script -qec "sh tools/flash.sh boot $image 100 $card" /dev/null | tr -d '\r' | sed "s,$dir,DIR,g")
	status=$?
}
# meanwhile NAME "what and why" COMMAND: "yes", but COMMAND came first
meanwhile() {
	fresh
	echo 7 >"$disk/diskseq"
	mkfifo "$dir/question" "$dir/go"
	{
		perl -e 'my $t = ""; sysread STDIN, $t, 1, length $t or last until $t =~ /to write: $/;
			open my $q, ">", $ARGV[0]; close $q; local $/; <STDIN>' "$dir/question" >/dev/null
	} <"$dir/go" &
	reader=$!
	{
		read -r _ <"$dir/question"
		eval "$3"
		echo yes
	} | env FLASH_SYS="$sys" FLASH_PROC="$dir/proc" FLASH_NUMBER=8:16 CONFIRM= \
		script -qec "sh tools/flash.sh boot $image 100 $card" /dev/null | tee "$dir/said" >"$dir/go"
	wait $reader
	said=$(tr -d '\r' <"$dir/said" | sed "s,$dir,DIR,g")
	case $said in
	*"flash: $2
  way out: "*"
Nothing was written."*)
		cmp -s "$card" "$dir/old" && ok "at a terminal, $1" || not_ok "at a terminal, $1" "it has written" ;;
	*) not_ok "at a terminal, $1" "$said" ;;
	esac
	rm "$dir/question" "$dir/go"
}
fresh
if command -v script >/dev/null; then
		answered no
	case $said in
	*"Type yes to write: "*"the answer was 'no', not 'yes'"*"Nothing was written."*)
		cmp -s "$card" "$dir/old" && ok "at a terminal, no" || not_ok "at a terminal, no" "it has written" ;;
	*) not_ok "at a terminal, no" "$said" ;;
	esac
	answered yes
	holds "at a terminal, yes" 1 100

	# what happens between the question and the answer
	meanwhile "another card in the reader" "DEV=DIR/card is another device since it was shown: it was Generic STORAGE DEVICE, 4.0 MiB, and is Generic STORAGE DEVICE, 3.5 MiB" \
		'echo 7168 >$disk/size'
	meanwhile "another card of the same size" "DEV=DIR/card is another device since it was shown: it was Generic STORAGE DEVICE, 4.0 MiB, and is Generic STORAGE DEVICE, 4.0 MiB" \
		'echo 8 >$disk/diskseq'
	meanwhile "another disk by that name" "DEV=DIR/card is no card: not removable, not on USB and no SD card in a slot (Generic STORAGE DEVICE, 4.0 MiB)" \
		'echo 0 >$disk/removable'
	meanwhile "mounted by the desktop" "DEV=DIR/card is mounted: sdx1 at /media/me" \
		'mounted 8:17 /dev/sdx1 /media/me'
else
	for what in "no" "yes" "another card" "same size" "another disk" "mounted"; do
		skip "at a terminal, $what" "no program 'script' here"
	done
fi

# ---- the same on a block device ----

truncate -s 4M "$dir/backing"
if loop=$(losetup -f --show "$dir/backing" 2>"$dir/why"); then
	card=$loop
	plain=
	number=$(($(stat -Lc '0x%t' "$loop"))):$(($(stat -Lc '0x%T' "$loop")))
	on "a loop device"
	fresh
	mkfifo "$dir/hold" "$dir/held"
	perl -MFcntl -e 'my $got = sysopen my $f, $ARGV[0], O_RDWR | O_EXCL;
		open my $held, ">", $ARGV[1]; close $held; open my $hold, "<", $ARGV[2]; <$hold> if $got' \
		"$loop" "$dir/held" "$dir/hold" >/dev/null &
	holder=$!
	exec 9<>"$dir/hold"
	read -r _ <"$dir/held"
	refused "a device that something holds without a word in /proc" \
		"DIR/card: Device or resource busy: the kernel says that something uses it" \
		"find out what (lsblk, a file system over several devices), and take it down"
	echo >&9
	wait "$holder"
	holder=
else
	loop=
	for what in keeps shows SECTORS disk lost "finds out" "one byte" "write error" "read error" "short read" held; do
		skip "a loop device: $what" "no loop device: $(head -n 1 "$dir/why")"
	done
fi
echo "1..$n"
