#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_mksd.sh - tools/mksd.c: every byte of a card where it belongs, the same
# inputs the same bytes; each refusal by its whole text; --check, which finds what is
# wrong with a card.  And that the documents tell BL1's codes as they are.
# Prints TAP.
#
# usage: test_mksd.sh MKSD SOC...
set -u

case $1 in /*) mksd=$1 ;; *) mksd=$PWD/$1 ;; esac
shift
n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
LC_ALL=C
export LC_ALL

# result NAME STATUS: the last line of TAP; what was said, when it failed
result() {
	n=$((n + 1))
	if [ "$2" = 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$dir/said"
	fi
}

# made [OPTION...]: a card of bl1 and image
made() {
	"$mksd" --bl1 "$dir/bl1" --image "$dir/image" --load 0x30008000 --out "$dir/sd.img" >"$dir/said" 2>&1
}

# refused NAME "text" ARGUMENT...: mksd fails, says just that, and leaves no output
refused() {
	name=$1 text=$2
	shift 2
	rm -f "$dir/sd.img"
	"$mksd" "$@" >"$dir/said" 2>&1
	status=$?
	sed -i "s,$dir/,,g" "$dir/said"
	[ $status = 1 ] && [ "$(cat "$dir/said")" = "mksd: $text" ] && [ ! -e "$dir/sd.img" ]
	result "refused: $name" $?
}

# bytes FILE OFFSET COUNT: in hexadecimal
bytes() {
	od -An -v -tx1 -j "$2" -N "$3" "$1" | tr -d ' \n'
}

# poke FILE OFFSET ESCAPES
poke() {
	# shellcheck disable=SC2059
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# checks NAME STATUS "a line of what it says" [MUST-NOT-STAND]: --check of $dir/bad
checks() {
	"$mksd" --check "$dir/bad" >"$dir/said" 2>&1
	got=$?
	sed -i "s,$dir/,,g" "$dir/said"
	[ $got = "$2" ] && grep -qxF -e "$3" "$dir/said"
	result "check: $1" $?
}

perl -e 'print map { chr($_ * 7 & 255) } 1 .. 5000' >"$dir/bl1"
perl -e 'print map { chr($_ * 31 >> 3 & 255) } 1 .. 100001' >"$dir/image"

# ---- the layout ----

made
result "a card is made" $?
[ "$(wc -c <"$dir/sd.img")" = 4194304 ]
result "4 MiB of it, as many as belong to the kit" $?
[ "$(bytes "$dir/sd.img" 0 510 | tr -d 0)" = "" ] && [ "$(bytes "$dir/sd.img" 510 2)" = 55aa ]
result "sector 0: an empty partition table" $?
dd if="$dir/sd.img" bs=1 skip=528 count=5000 2>/dev/null | cmp - "$dir/bl1" >"$dir/said" 2>&1
result "sector 1, behind 16 bytes: BL1" $?
perl -e 'local $/; my $c = <STDIN>; my ($size, $z, $sum, $y) = unpack "V4", substr $c, 512, 16;
	my $have = unpack "%32C*", substr $c, 528, 16368;
	print "size $size, sum $sum, should be $have\n";
	exit !($size == 16384 && !$z && !$y && $sum == $have && $sum > 0)' <"$dir/sd.img" >"$dir/said" 2>&1
result "its header: 16 KiB, and the sum of the bytes behind" $?
perl -e 'local $/; my $c = <STDIN>; exit (substr($c, 512 + 16 + 5000, 43 * 512 + 12 - 5028 + 4) =~ /[^\0]/ ? 1 : 0)' <"$dir/sd.img"
result "zeros between BL1 and sector 44" $?
[ "$(bytes "$dir/sd.img" $((49 * 512)) 12)" = 4d52435401000000a1860100 ] &&
	[ "$(bytes "$dir/sd.img" $((49 * 512 + 16)) 12)" = 008000300080003000000000 ]
result "sector 49: magic, version, size, load address, entry" $?
if command -v gzip >/dev/null; then
	crc=$(gzip -c "$dir/image" | tail -c 8 | od -An -v -tx1 -N 4 | tr -d ' \n')
	[ "$(bytes "$dir/sd.img" $((49 * 512 + 12)) 4)" = "$crc" ]
	result "its CRC-32 of the image is gzip's" $?
	head -c $((49 * 512 + 28)) "$dir/sd.img" | tail -c 28 >"$dir/head"
	crc=$(gzip -c "$dir/head" | tail -c 8 | od -An -v -tx1 -N 4 | tr -d ' \n')
	[ "$(bytes "$dir/sd.img" $((49 * 512 + 28)) 4)" = "$crc" ]
	result "and so is that of the header" $?
fi
tail -c +$((50 * 512 + 1)) "$dir/sd.img" | head -c 100001 | cmp - "$dir/image" >"$dir/said" 2>&1
result "sector 50: the image" $?
perl -e 'local $/; my $c = <STDIN>; exit (substr($c, 50 * 512 + 100001) =~ /[^\0]/ ? 1 : 0)' <"$dir/sd.img"
result "zeros behind it" $?
cp "$dir/sd.img" "$dir/first"
touch -d 1999-01-01 "$dir/bl1" "$dir/image"
(cd / && TZ=Pacific/Apia made) && cmp "$dir/first" "$dir/sd.img" >"$dir/said" 2>&1
result "the same inputs, the same bytes" $?

# ---- refusals ----

good="--bl1 $dir/bl1 --image $dir/image --load 0x30008000 --out $dir/sd.img"
perl -e 'print "x" x 16369' >"$dir/large1"
perl -e 'print "x" x 4168705' >"$dir/large2"
: >"$dir/empty"
mkdir "$dir/folder"
# shellcheck disable=SC2086
{
	head -c 16368 "$dir/large1" >"$dir/full1"
	head -c 4168704 "$dir/large2" >"$dir/full2"
	"$mksd" --bl1 "$dir/full1" --image "$dir/full2" --load 0 --out "$dir/sd.img" >"$dir/said" 2>&1 &&
		"$mksd" --check "$dir/sd.img" >"$dir/said" 2>&1
	result "BL1 and image as large as can be" $?
	refused "BL1 too large" "large1: 16369 bytes, and there is room for 16368; the boot ROM reads 16 KiB with the header: make boot/bl1 smaller" \
		--bl1 "$dir/large1" --image "$dir/image" --load 0x30008000 --out "$dir/sd.img"
	refused "image too large" "large2: 4168705 bytes, and there is room for 4168704; partitions may begin behind it: make the image smaller, or move CARD_END_SECTOR in boot/bl1/card.h" \
		--bl1 "$dir/bl1" --image "$dir/large2" --load 0x30008000 --out "$dir/sd.img"
	refused "empty image" "empty: empty; the build makes it anew once it is deleted" \
		--bl1 "$dir/bl1" --image "$dir/empty" --load 0x30008000 --out "$dir/sd.img"
	refused "empty BL1" "empty: empty; the build makes it anew once it is deleted" \
		--bl1 "$dir/empty" --image "$dir/image" --load 0x30008000 --out "$dir/sd.img"
	refused "no such file" "missing: No such file or directory; give the image with --image" \
		--bl1 "$dir/bl1" --image "$dir/missing" --load 0x30008000 --out "$dir/sd.img"
	refused "a folder" "folder: a folder; give the bl1 with --bl1" \
		--bl1 "$dir/folder" --image "$dir/image" --load 0x30008000 --out "$dir/sd.img"
	for kind in '\177ELF\001:an ELF file' '\037\213\010\000:compressed by gzip' '\047\005\031\126:a U-Boot image (uImage)'; do
		printf "${kind%%:*}rest" >"$dir/wrong"
		refused "${kind#*:}" "wrong: ${kind#*:}; the image must be a raw binary (objcopy -O binary)" \
			--bl1 "$dir/bl1" --image "$dir/wrong" --load 0x30008000 --out "$dir/sd.img"
	done
	refused "a card" "first: an image of a whole card; the image must be a raw binary (objcopy -O binary)" \
		--bl1 "$dir/bl1" --image "$dir/first" --load 0x30008000 --out "$dir/sd.img"
	cp "$dir/image" "$dir/marked"
	poke "$dir/marked" 510 '\125\252'
	"$mksd" --bl1 "$dir/bl1" --image "$dir/marked" --load 0x30008000 --out "$dir/sd.img" >"$dir/said" 2>&1
	result "code with a partition table's mark by chance is no card" $?
	for address in 0x30008004 0x30008800 0x130000000 30008000x '' nonsense; do
		refused "address '$address'" "--load $address: not a 32-bit multiple of 4 KiB (board.mk, LOADADDR)" \
			--bl1 "$dir/bl1" --image "$dir/image" --load "$address" --out "$dir/sd.img"
	done
	# a file that says it is longer than what can be read of it: sysfs has such
	short=$(find /sys/kernel /sys/module -maxdepth 2 -type f -readable -size 8b 2>/dev/null | while read -r f; do
		head -c 1 "$f" >"$dir/one" 2>/dev/null && [ -s "$dir/one" ] && echo "$f" && break
	done)
	if [ -n "$short" ]; then
		refused "a short read" "$short: $(wc -c <"$short" | tr -d ' ') of its 4096 bytes could be read; is the disk whole?" \
			--bl1 "$dir/bl1" --image "$short" --load 0x30008000 --out "$dir/sd.img"
	else
		n=$((n + 1))
		echo "ok $n - refused: a short read # SKIP no file of sysfs can be read"
	fi
	refused "an output nowhere" "nowhere/sd.img: cannot be written: No such file or directory" \
		--bl1 "$dir/bl1" --image "$dir/image" --load 0x30008000 --out "$dir/nowhere/sd.img"
	refused "a device as output" "/dev/null: not a regular file; mksd makes a file, \`make flash\` writes cards" \
		--bl1 "$dir/bl1" --image "$dir/image" --load 0x30008000 --out /dev/null
	rm -f "$dir/sd.img"
	(
		trap '' XFSZ
		ulimit -f 100
		"$mksd" $good
	) >"$dir/said" 2>&1
	[ $? = 1 ] && grep -qF "sd.img: cannot be written: File too large; it is removed" "$dir/said" && [ ! -e "$dir/sd.img" ]
	result "refused: a disk that is full, and no half card is left" $?
	usage="usage: mksd --bl1 BL1.bin --image IMAGE.bin --load ADDRESS --out FILE
       mksd --check FILE"
	for wrong in "" "--bl1" "--bl1 a --image b --load 0" "--check a --out b" "--bl1 a --bl1 b" "--make x" "a"; do
		"$mksd" $wrong >"$dir/said" 2>&1
		[ $? = 2 ] && [ "$(cat "$dir/said")" = "$usage" ]
		result "usage: mksd $wrong" $?
	done
}

# ---- --check ----

bad() {
	cp "$dir/first" "$dir/bad"
}
bad
checks "a good card" 0 "it boots"
checks "... what is where" 0 "  sectors 50 - 245      image: 100001 bytes, CRC-32 0x$(od -An -v -tx4 -j $((49 * 512 + 12)) -N 4 "$dir/bad" | tr -d ' ')"
truncate -s $((246 * 512)) "$dir/bad"
checks "a card cut behind the image" 0 "it boots"
truncate -s $((245 * 512)) "$dir/bad"
checks "a card cut within it" 1 "  not ok: the file ends within the image: 125440 bytes of 125601"
truncate -s $((49 * 512)) "$dir/bad"
"$mksd" --check "$dir/bad" >"$dir/said" 2>&1
[ $? = 1 ] && [ "$(sed "s,$dir/,," "$dir/said")" = "mksd: bad: 25088 bytes; a card that boots has at least 25600" ]
result "check: a card cut before it" $?
for at in 528 5000 16895; do
	bad
	poke "$dir/bad" $at '\001'
	"$mksd" --check "$dir/bad" >"$dir/said" 2>&1
	[ $? = 1 ] && grep -q "^  not ok: BL1's bytes add up to 0x[0-9a-f]*, its header says 0x[0-9a-f]*: the boot ROM refuses it; write the card again$" "$dir/said"
	result "check: BL1 damaged at byte $at" $?
done
dd if="$dir/first" of="$dir/bad" bs=512 skip=1 2>/dev/null
checks "what belongs on a card from sector 1 on" 1 "  not ok: a good BL1 stands a sector too low: this is no card, but what belongs on one from sector 1 on"
dd if="$dir/first" of="$dir/bad" bs=512 seek=1 2>/dev/null
checks "a card written without skip=1" 1 "  not ok: a good BL1 stands a sector too high: it was written without dd's skip=1"
bad
poke "$dir/bad" 512 '\001'
checks "BL1's size damaged" 1 "  not ok: BL1's header states a size of 16385, not 16384: not made by this tool, or damaged"
bad
dd if=/dev/zero of="$dir/bad" bs=512 seek=1 count=32 conv=notrunc 2>/dev/null
checks "no BL1" 1 "  not ok: no BL1: the boot ROM goes on to the next medium"
bad
dd if=/dev/zero of="$dir/bad" bs=512 seek=49 count=1 conv=notrunc 2>/dev/null
checks "no image" 1 "  not ok: no image: the sector of its header is empty: BL1 stops here"
bad
poke "$dir/bad" $((49 * 512 + 9)) '\001'
checks "a damaged header" 1 "  not ok: the image's header is damaged: its CRC-32 does not fit: BL1 stops here"
for at in 0 50000 100000; do
	bad
	perl -e 'my ($f, $at) = @ARGV; open my $h, "+<:raw", $f or die; seek $h, $at, 0; read $h, my $c, 1;
		seek $h, $at, 0; print $h chr(ord($c) ^ 16)' "$dir/bad" $((50 * 512 + at))
	"$mksd" --check "$dir/bad" >"$dir/said" 2>&1
	[ $? = 1 ] && grep -q "^  not ok: the image's CRC-32 is 0x[0-9a-f]*: BL1 refuses it$" "$dir/said"
	result "check: the image damaged at byte $at" $?
done
# a partition table of a person: 446 + 16 n: type at +4, first sector at +8
bad
poke "$dir/bad" 450 '\014'
poke "$dir/bad" 454 '\000\040\000\000'
checks "a partition at sector 8192" 0 "  sector  0             partition table"
poke "$dir/bad" 454 '\000\010\000\000'
checks "a partition at sector 2048" 1 "  not ok: partition 1 begins at sector 2048, within what belongs to BL1 and the image: let it begin at 8192 or later"
poke "$dir/bad" 450 '\356'
checks "a GPT" 1 "  not ok: the card is partitioned by GPT, whose table lies where BL1 must be: make an MBR (DOS) partition table"
bad
poke "$dir/bad" 510 '\000\000'
checks "no partition table at all" 0 "  sector  0             no partition table"
"$mksd" --check "$dir/missing" >"$dir/said" 2>&1
[ $? = 1 ] && [ "$(cat "$dir/said")" = "mksd: $dir/missing: No such file or directory" ]
result "check: no such file" $?
"$mksd" --check "$dir/folder" >"$dir/said" 2>&1
[ $? = 1 ] && [ "$(cat "$dir/said")" = "mksd: $dir/folder: cannot be read: Is a directory" ]
result "check: a folder" $?

# ---- the documents ----

sed -n 's/.*BL1_CODE(BL1_[A-Z_0-9]*, *\([0-9]*\), "\(.*\)").*/| \1 | \2 |/p' boot/bl1/codes.h >"$dir/codes"
[ "$(wc -l <"$dir/codes")" -ge 9 ]
result "boot/bl1/codes.h can be read" $?
for document in $(printf 'board/%s/README.md ' "$@") docs/flashing.md docs/flashing.zh.md; do
	: >"$dir/said"
	while read -r row; do
		grep -qF -e "${row% |} |" "$document" || echo "$document lacks: $row" >>"$dir/said"
	done <"$dir/codes"
	[ ! -s "$dir/said" ]
	result "$document has each code" $?
done

echo "1..$n"
