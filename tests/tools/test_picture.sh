#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_picture.sh - pictures of maps: those in docs/ are what the
# tool draws now; for tables of 2 to 64 rows labels never meet.  Prints TAP.
#
# usage: test_picture.sh "CC FLAGS" "CHECK-MAP SOURCES" DOCS.svg "COMMAND THAT DRAWS IT" BOARD...
set -u

cc=$1 sources=$2 docs=$3 draw=$4
shift 4
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0

# result STATUS NAME: $dir/why says why not
result() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		head -n 20 "$dir/why" | sed 's/^/# /'
	fi
}

check() {
	perl tests/tools/check_svg.pl "$1" >"$dir/why" 2>&1
}

# shows FILE: each row of $dir/rows is in the picture, at both addresses
shows() {
	perl -ne 'BEGIN { open F, "<", shift; local $/; $svg = <F>; }
		my @f = split /\t/;
		next unless $f[0] eq "row" && $f[2] !~ /RAM/;
		for ($f[3], $f[4]) {
			my $range = sprintf "0x%08X-%08X", hex, (hex) + hex($f[5]) - 1;
			print "row $f[1]: no $range\n" unless $svg =~ /$range/;
		}' "$1" "$dir/rows" >"$dir/why" 2>&1
	[ ! -s "$dir/why" ]
}

# table NAME ROWS DEVICES: $dir/rows is the plan of such a board
table() {
	printf '#include "board/board.h"\nconst struct map_desc map_io[] = {\n%s\n};\n' "$2" >"$dir/board.c"
	printf 'const struct device_desc board_devices[] = {\n%s\n};\nBOARD("%s");\n' "$3" "$1" >>"$dir/board.c"
	# shellcheck disable=SC2086
	$cc $sources "$dir/board.c" -o "$dir/check-map" >"$dir/why" 2>&1 && "$dir/check-map" --rows >"$dir/rows" 2>>"$dir/why" ||
		{ cat "$dir/why" "$dir/rows" && echo "Bail out! the table $1 is refused"; exit 1; }
}

# drawn NAME ARGUMENTS...: $dir/rows can be drawn, and well
drawn() {
	name=$1
	shift
	perl tools/map-svg.pl "$@" <"$dir/rows" >"$dir/map.svg" 2>"$dir/why" && check "$dir/map.svg" && shows "$dir/map.svg"
	result $? "$name"
}

echo 1..$((12 + $#))
sh -c "$draw" >"$dir/docs.svg" 2>"$dir/why" && diff "$docs" "$dir/docs.svg" >"$dir/why"
[ $? = 0 ] || echo "$docs is out of date: make docs" >>"$dir/why"
[ ! -s "$dir/why" ]
result $? "$docs is what the tool draws now"
check "$docs"
result $? "$docs is a good picture"
for board in "$@"; do
	build/host/"$board"/check-map --rows >"$dir/rows" 2>"$dir/why"
	drawn "board $board"
done

console='DEV(DEV_CONSOLE, "console", "x", 0x10000000, SZ_4K),'
table two 'MAP_RAM("ram", 0x20000000, SZ_16M), MAP_DEVICE("uart", 0xF8000000, 0x10000000, SZ_4K),' "$console"
drawn "two rows"
drawn "two rows, one of them again" --also uart
types='MAP_RAM("ram", 0, 0x38000000), MAP_RAM_NOMAP("a-carve-out", 0x08000000, 16 * SZ_1M),
	MAP_DEVICE("uart", 0xF8000000, 0x40000000, SZ_4K), MAP_DEVICE("uart-again", 0x80000000, 0x40000000, SZ_4K),
	MAP_ROW("strongly-ordere", 0xF8001000, 0x40001000, SZ_4K, MT_UNCACHED),
	MAP_ROW("fifteen letters", 0xF8002000, 0x40002000, SZ_4K, MT_DEVICE_WC),
	MAP_ROW("<&>", 0xF8100000, 0x40100000, 17 * SZ_1M + SZ_64K + SZ_4K, MT_ROM), MAP_DEVICE("last", 0xFFBFF000, 0xFFFFF000, SZ_4K),'
table types "$types" "DEV(DEV_CONSOLE, \"console\", \"x\", 0x40000000, SZ_4K),
	DEV(DEV_GPIO, \"gpio-a\", \"x\", 0x50000000, 0x80), DEV(DEV_GPIO, \"gpio-b\", \"x\", 0x50000080, 0x80),
	DEV(DEV_GPIO, \"gpio-c\", \"x\", 0x50000100, 0x80), DEV(DEV_GPIO, \"gpio-d\", \"x\", 0x50000180, 0x80),
	DEV(DEV_GPIO, \"a-long-name-too\", \"x\", 0x50000200, 0x80),"
drawn "each type, registers twice, devices without a row"
grep -q 'past the linear map' "$dir/map.svg" && grep -q 'a-carve-out: kept out' "$dir/map.svg" &&
	grep -q 'gpio-a, gpio-b' "$dir/map.svg" && grep -q '&lt;&amp;&gt;' "$dir/map.svg" && grep -q 'uart, uart-again' "$dir/map.svg"
result $? "each of them is named"
many=$(perl -e 'print "MAP_RAM(\"ram\", 0x80000000, SZ_512M),\n";
	printf "MAP_DEVICE(\"row-with-name%d\", 0x%X, 0x%X, %s),\n", $_ % 10, 0xF8000000 + $_ * 0x10000,
		0x10000000 + ($_ * 37 % 64) * 0x200000, $_ % 3 ? "SZ_4K" : "SZ_64K" for 0 .. 62')
table many "$many" 'DEV(DEV_CONSOLE, "console", "x", 0x10000000, SZ_4K),'
drawn "64 rows"
drawn "64 rows, one of them again" --also row-with-name0

# the judge sees what is wrong
bad() {
	sed "$2" "$docs" >"$dir/bad.svg"
	! check "$dir/bad.svg"
	result $? "seen: $1"
}
bad "a label on another" 's,^\(<text x="[0-9.]*" y=\)"[0-9.]*\(" class="name">sys<\),\1"700\2,; s,^\(<text x="[0-9.]*" y=\)"[0-9.]*\(" class="name">pwm<\),\1"701\2,'
bad "a tag that is not closed" '/^<title>/s,</title>,,'
bad "a bare &" 's,<title>,<title>\&,'
bad "no background" '/style="fill:#fff;stroke:none"\/>$/d'
