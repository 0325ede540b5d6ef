#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_card_picture.sh - the picture of a card's layout: the one in docs/ is
# what the tool draws now, it says what mksd does, and it follows the code.  Prints TAP.
#
# usage: test_card_picture.sh "CC FLAGS" "SOURCES" CARD-SVG MKSD DOCS.svg CHIP BOARD=LOADADDR...
set -u

cc=$1 sources=$2 draw=$3 mksd=$4 docs=$5
shift 5
n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# check NAME COMMAND...: does it succeed
check() {
	n=$((n + 1))
	name=$1
	shift
	if "$@" >"$dir/said" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		head -n 20 "$dir/said" | sed 's/^/# /'
	fi
}

good() {
	perl tests/tools/check_svg.pl "$1"
}

up_to_date() {
	diff "$docs" "$dir/now.svg" || { echo "$docs is out of date: make docs" && false; }
}

# Each area that mksd lists on a card, but for the two that depend on the image's size;
# and the bytes of the headers where the picture has them.
says_what_mksd_does() {
	printf 'the first stage' >"$dir/bl1.bin"
	printf 'the image' >"$dir/image.bin"
	"$mksd" --bl1 "$dir/bl1.bin" --image "$dir/image.bin" --load 0x30008000 --out "$dir/sd.img" &&
		"$mksd" --check "$dir/sd.img" >"$dir/check" || return 1
	sed -n -e '/ image: /d' -e '/ 51 - /d' -e 's/^ *sectors* *\([0-9]\( - \|[0-9]\)*\).*/\1/p' "$dir/check" >"$dir/areas"
	[ "$(wc -l <"$dir/areas")" = 5 ] || { cat "$dir/check" && return 1; }
	while read -r area; do
		grep -qE "class=\"addr\">$area( -)?</text>" "$dir/now.svg" || { echo "no '$area'" && return 1; }
	done <"$dir/areas"
	header=$(awk '/ header of the image/ { print $2 }' "$dir/check")
	word header size 9 $((header * 512)) &&
		word header load $((0x30008000)) $((header * 512)) &&
		word bl1 16384 16384 512 &&
		word bl1 checksum "$(od -An -v -tu1 -w1 -j 528 -N 16368 "$dir/sd.img" | awk '{ s += $1 } END { print s }')" 512
}

# word BOX LABEL VALUE SECTOR-BYTE: the cell that says LABEL has the offset where VALUE is
word() {
	at=$(awk -v box="\"box $1\"" -v label=">$2<" '
		/class="box/ { ours = index($0, box); at = "" }
		ours && match($0, />\+[0-9]+</) { at = substr($0, RSTART + 2, RLENGTH - 3) }
		ours && at != "" && index($0, label) { print at; exit }' "$dir/now.svg")
	got=$(od -An -v -tu4 -j $(($4 + ${at:-100000})) -N 4 "$dir/sd.img" | tr -d ' ')
	[ "$got" = "$3" ] || { echo "$2 at +$at: $got, should be $3" && false; }
}

# With a longer BL1, and everything behind it further behind
follows() {
	mkdir -p "$dir/tree/boot/bl1"
	cp boot/bl1/*.[ch] "$dir/tree/boot/bl1/"
	sed -e 's/\(CARD_BL1_SECTORS\) 32u/\1 40u/' -e 's/\(CARD_HEADER_SECTOR\) 49u/\1 97u/' \
		-e 's/\(CARD_IMAGE_SECTOR\) 50u/\1 98u/' -e 's/\(CARD_END_SECTOR\) 8192u/\1 16384u/' \
		boot/bl1/card.h >"$dir/tree/boot/bl1/card.h"
	# shellcheck disable=SC2086
	(cd "$dir/tree" && ln -s "$OLDPWD/board" "$OLDPWD/mm" . && mkdir tools && cp "$OLDPWD/tools/card_svg.c" tools/ &&
		$cc -I. $sources -o card-svg) && "$dir/tree/card-svg" "$@" >"$dir/other.svg" && good "$dir/other.svg" || return 1
	for range in '1 - 40' '41 - 96' 97 '98 - 16383' '16384 -'; do
		grep -q "class=\"addr\">$range</text>" "$dir/other.svg" || { echo "no '$range'" && return 1; }
	done
	grep -q '>20480<' "$dir/other.svg" || { echo "BL1's size is not that of 40 sectors" && false; }
}

refused() {
	said=$("$draw" "$@" 2>&1)
	[ $? = 2 ] && [ "$said" = "usage: card-svg CHIP BOARD=LOADADDR..." ]
}

echo 1..6
"$draw" "$@" >"$dir/now.svg"
check "$docs is what the tool draws now" up_to_date
check "it is a good picture" good "$docs"
check "it says what mksd does" says_what_mksd_does
check "with another card.h it is another one" follows "$@"
check "without a board: refused" refused chip
check "a board without a load address: refused" refused chip board
