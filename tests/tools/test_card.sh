#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_card.sh - cards with a FAT partition: what is in the image, that the same
# input gives the same bytes, each refusal; and that make knows which boards have a card.
# Prints TAP.
#
# usage: test_card.sh MAKE "BOARDS WITH A CARD" BOARD (one with a FAT card)
set -u

make=$1 boards=$2 board=$3
n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin:/sbin
out=$dir/sd.img
config=board/$board/config.txt
kernel=$dir/kernel
unset SOURCE_DATE_EPOCH MAKEFLAGS MAKELEVEL MFLAGS
export MTOOLSRC=/dev/null

# check NAME COMMAND...: does it succeed
check() {
	n=$((n + 1))
	name=$1
	shift
	if "$@" >"$dir/said" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$dir/said"
	fi
}

# card [FIRMWARE]: the image made; what is said, without DIR, in $dir/say
card() {
	sh tools/fat-card.sh "$out" "$kernel" "$config" "$@" 2>&1 | sed "s,$dir,DIR,g" >"$dir/say"
	[ -e "$out" ]
}

is() { # TEXT: it is what was said
	printf '%s\n' "$1" | diff - "$dir/say"
}

refused() { # NAME WHAT WAY-OUT [FIRMWARE]
	case=$1 what=$2 way=$3
	shift 3
	echo before >"$out"
	card "$@"
	check "refused: $case" is "sdcard: $what
  way out: $way"
	check "refused: $case: no image is left" [ ! -e "$out" ]
}

hex() { # OFFSET COUNT
	od -An -v -tx1 -j "$1" -N "$2" "$out" | tr -d ' \n'
}

same() { # OFFSET BYTES
	[ "$(hex "$1" $((${#2} / 2)))" = "$2" ] || { hex "$1" $((${#2} / 2)) && false; }
}

files() {
	mdir -b -i "$out@@1048576" :: | sort | tr '\n' ' '
}

holds() { # NAME FILE
	mcopy -n -o -i "$out@@1048576" "::$1" "$dir/copy" && cmp "$dir/copy" "$2"
}

value() { # NAME: of a line NAME=VALUE
	sed -n "s/^$1=//p" "$config"
}

equal() {
	[ "$1" = "$2" ] || { echo "$1, not $2" && false; }
}

# ---- what is in it ----

awk 'BEGIN { for (i = 0; i < 9000; i++) print "kernel", i }' >"$kernel"
card
check "without FIRMWARE it says what is missing" is "sdcard: DIR/sd.img has no firmware yet. The board also wants
  bootcode.bin start.elf fixup.dat
  from the folder boot of https://github.com/raspberrypi/firmware,
  which are Broadcom's: copy them onto the card, or make it with FIRMWARE=DIR."
check "64 MiB" equal "$(wc -c <"$out")" 67108864
check "a partition table" same 510 55aa
check "... with one entry: FAT32, sectors 2048 to 131071" same 446 \
	"00feffff0cfeffff0008000000f80100$(printf %096d 0)"
dd if="$out" of="$dir/partition" bs=1048576 skip=1 2>/dev/null
check "a FAT that fsck.fat finds nothing in" fsck.fat -n "$dir/partition"
check "... FAT32" same $((1048576 + 82)) 4641543332
check "... which knows what is before it" same $((1048576 + 28)) 00080000
check "config.txt and the kit's image, nothing else" equal "$(files)" "::/config.txt ::/kernel7.img "
check "the kit's image is whole" holds kernel7.img "$kernel"
check "config.txt is the board's" holds config.txt "$config"

cp "$out" "$dir/first"
touch "$kernel"
TZ=Asia/Shanghai card
check "the same input, the same bytes" cmp "$out" "$dir/first"
check "... with a time of their own, not today's" sh -c \
	'[ "$(mdir -i "$1@@1048576" :: | grep -c "1980-01-01   0:00")" = 2 ]' - "$out"
SOURCE_DATE_EPOCH=1700000000 card
check "SOURCE_DATE_EPOCH is the files' time" sh -c 'mdir -i "$1@@1048576" ::config.txt | grep "2023-11-14  22:13"' - "$out"

mkdir "$dir/fw"
for f in bootcode.bin start.elf fixup.dat LICENCE; do
	echo "this is $f" >"$dir/fw/$f"
done
card "$dir/fw"
check "with FIRMWARE nothing is missing" [ ! -s "$dir/say" ]
check "... its three files, and no others" equal "$(files)" \
	"::/bootcode.bin ::/config.txt ::/fixup.dat ::/kernel7.img ::/start.elf "
check "... are whole" holds start.elf "$dir/fw/start.elf"

# ---- config.txt and the board's own numbers ----

row=$(tr '\n' ' ' <"board/$board/board.c")
check "kernel_address is LOADADDR" equal "$(($(value kernel_address)))" \
	"$(($(sed -n 's/^LOADADDR := //p' "board/$board/board.mk")))"
check "init_uart_clock is the console's" equal "$(value init_uart_clock)" \
	"$(expr "$row" : '.*DEV(DEV_CONSOLE,[^)]*clock = \([0-9]*\)')"
check "gpu_mem is what the ram row leaves of 1 GiB" equal "$(value gpu_mem)" \
	"$((1024 - $(expr "$row" : '.*MAP_RAM("ram", 0x00000000, \([0-9]*\) \* SZ_1M)')))"
check "no line is longer than the firmware reads" sh -c '! grep -nE ".{99}" "$1"' - "$config"

# ---- refusals ----

firmware="take bootcode.bin start.elf fixup.dat from the folder boot of https://github.com/raspberrypi/firmware"
rm "$dir/fw/start.elf"
refused "a file of the firmware is missing" "FIRMWARE=DIR/fw has no start.elf" "$firmware" "$dir/fw"
refused "no such folder" "FIRMWARE=DIR/none has no bootcode.bin" "$firmware" "$dir/none"
there="make BOARD=... builds the image; config.txt stands in the board's folder"
kernel=$dir/none
refused "no image" "DIR/none is not there, or empty" "$there"
: >"$dir/empty"
kernel=$dir/empty
refused "an empty image" "DIR/empty is not there, or empty" "$there"
truncate -s 64M "$dir/large"
kernel=$dir/large
refused "an image that is too large" "DIR/large could not be copied into DIR/sd.img: Disk full" "is it larger than 63 MiB?"
kernel=$dir/kernel
grep -v ^kernel= "$config" >"$dir/config"
config=$dir/config
refused "no kernel= line" "DIR/config does not say what the kit's image is called" \
	"write a line kernel=NAME into it"

# ---- make ----

# says TEXT ARGUMENTS...: make fails, and says this among other things
says() {
	text=$1
	shift
	"$make" "$@" >"$dir/make" 2>&1 </dev/null && cat "$dir/make" && return 1
	grep -F "$text" "$dir/make" || { cat "$dir/make" && false; }
}

check "make BOARD=virt sdcard names the boards that have a card" says "choose one of: $boards" BOARD=virt sdcard
check "make BOARD=virt flash, too" says \
	"make flash: BOARD=virt has no card to write; choose one of: $boards" BOARD=virt flash DEV="$dir/none"
check "make flash without DEV asks for it" says "flash: DEV= is not given: which device is the card?" \
	BOARD="$board" flash
check "a DEV with quotes and spaces arrives as it is" says "flash: DEV=$dir/it's a \"card\" does not exist" \
	BOARD="$board" flash DEV="$dir/it's a \"card\""
echo "1..$n"
