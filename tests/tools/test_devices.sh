#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_devices.sh - check-map and a board's devices: which row maps
# them, which row would, what no ioremap() could map; and what the host's walk
# says to a physical address.  Prints TAP.
#
# usage: test_devices.sh "CC FLAGS" "CHECK-MAP SOURCES" "WALK SOURCES"
set -u

cc=$1 sources=$2 walk_sources=$3
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0

# judge NAME STATUS ROWS DEVICES LINE...: check-map ends so and prints these lines
judge() {
	name=$1 want=$2
	printf '#include "board/board.h"\nconst struct map_desc map_io[] = {\n\tMAP_RAM("ram", 0x20000000, SZ_16M),\n%s\n};\n' "$3" >"$dir/board.c"
	printf 'const struct device_desc board_devices[] = {\n%s\n};\nBOARD("made-up");\n' "$4" >>"$dir/board.c"
	shift 4
	n=$((n + 1))
	why=
	# shellcheck disable=SC2086
	if $cc $sources "$dir/board.c" -o "$dir/check-map" >"$dir/said" 2>&1; then
		"$dir/check-map" >"$dir/said"
		[ $? = "$want" ] || why="not the status $want"
	else
		why="it does not build"
	fi
	for line in "$@"; do
		grep -Fqx -e "$line" "$dir/said" || why="$why; not said: $line"
	done
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# $why" && sed 's/^/#   /' "$dir/said"
	fi
}

uart='MAP_DEVICE("uart", 0xF8000000, 0x50000000, SZ_4K),'
console='DEV(DEV_CONSOLE, "console", "pl011", 0x50000000, SZ_4K),'

echo 1..27
judge "a row has it" 0 "$uart" "$console" \
	"  console         pl011      0x50000000-0x50000fff row 'uart', at 0xf8000000"
judge "inside a row" 0 "$uart" 'DEV(DEV_CONSOLE, "console", "s5p", 0x50000800, 0x400),' \
	"  console         s5p        0x50000800-0x50000bff row 'uart', at 0xf8000800"
judge "no row" 0 "$uart" "$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0x50003000, SZ_4K)," \
	"  gpio            pl061      0x50003000-0x50003fff no row: will be mapped dynamically by ioremap()" \
	'    to make it static: MAP_DEVICE("gpio", 0xf8003000, 0x50003000, 0x1000),'
judge "a row has only a part" 0 "$uart" "$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0x50000ffc, 8)," \
	"  gpio            pl061      0x50000ffc-0x50001003 no row: will be mapped dynamically by ioremap()"
judge "the row it says is accepted" 0 "$uart
	MAP_DEVICE(\"gpio\", 0xf8003000, 0x50003000, 0x1000)," "$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0x50003000, SZ_4K)," \
	"  gpio            pl061      0x50003000-0x50003fff row 'gpio', at 0xf8003000"
judge "in RAM" 1 "$uart" "$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0x20FFF000, 0x2000)," \
	"map: device 'gpio' (pa 0x20fff000, size 0x2000): its registers are inside RAM row 'ram'" \
	'map:   fix: correct the address in board_devices, or make the RAM row shorter' \
	'check-map: made-up: 1 mistake, the table is refused'
judge "past 4 GiB" 1 "$uart" "$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0xFFFFF000, 0x1001)," \
	"map: device 'gpio' (pa 0xfffff000, size 0x1001): its registers wrap past 4 GiB"
judge "a second window in RAM" 1 "$uart" "$console DEV(DEV_INTC, \"gic\", \"gic\", 0x50001000, SZ_4K, .phys2 = 0x20000000, .size2 = 4)," \
	"map: device 'gic' (pa 0x20000000, size 0x4): its registers are inside RAM row 'ram'"
judge "in a carve-out" 0 "MAP_RAM_NOMAP(\"kept\", 0x20800000, SZ_1M), $uart" "$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0x20800000, SZ_4K),"
judge "two on the same registers" 0 "$uart" "$console DEV(DEV_PWM, \"pwm\", \"s5p\", 0x50000FF0, 0x50)," \
	"  note: 'console' and 'pwm' share the registers 0x50000ff0-0x50000fff"

judge "a console's clock in MHz" 1 "$uart" 'DEV(DEV_CONSOLE, "console", "pl011", 0x50000000, SZ_4K, .clock = 80),' \
	"map: device 'console' has .clock = 80: no clock in Hz, a console takes 1787904 or more" \
	"map:   fix: write the block's input clock in Hz in board_devices, as 48000000"
judge "the slowest console's clock" 0 "$uart" 'DEV(DEV_CONSOLE, "console", "8250", 0x50000000, SZ_4K, .clock = 1843200),'
judge "a timer's clock in MHz" 1 "$uart" "$console DEV(DEV_TIMER, \"timer\", \"sp804\", 0x50001000, SZ_4K, .clock = 24)," \
	"map: device 'timer' has .clock = 24: no clock in Hz, a timer takes 32000 or more"
judge "the slowest timer's clock" 0 "$uart" "$console DEV(DEV_TIMER, \"timer\", \"omap3\", 0x50001000, SZ_4K, .clock = 32768),"
gic='DEV(DEV_INTC, "gic", "gic", 0x50001000, SZ_4K, .phys2 = 0x50002000, .size2 = SZ_4K),'
judge "a console's interrupt counted from the first SPI" 0 "$uart" \
	"DEV(DEV_CONSOLE, \"console\", \"pl011\", 0x50000000, SZ_4K, .irq = 27), $gic" \
	"  note: 'console' has .irq = 27: a GIC's shared interrupts begin at 32, SPI n is 32 + n"
judge "no room for a row" 0 "$uart MAP_DEVICE(\"a\", 0xF8001000, 0x60000000, 0x07BFF000), MAP_DEVICE(\"b\", 0x80000000, 0x70000000, 0x3F000000)," \
	"$console DEV(DEV_GPIO, \"gpio\", \"pl061\", 0x50003000, SZ_4K)," \
	'    it cannot be static: no free virtual address has room for 0x1000 bytes'

# ---- the folder's name: the build puts check-map to build/host/NAME/ ----

# named NAME STATUS FOLDER LINE...: the program of the last board, from that folder
named() {
	name=$1 want=$2 folder=$3
	shift 3
	n=$((n + 1))
	mkdir -p "$dir/build/host/$folder" && cp "$dir/check-map" "$dir/build/host/$folder/"
	(cd "$dir" && "build/host/$folder/check-map") >"$dir/said"
	[ $? = "$want" ] && why= || why="not the status $want"
	for line in "$@"; do
		grep -Fqx -e "$line" "$dir/said" || why="$why; not said: $line"
	done
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# $why" && sed 's/^/#   /' "$dir/said"
	fi
}
named "BOARD() says the folder's name" 0 made-up
named "BOARD() still says another board's name" 1 made \
	'map: board/made/board.c says BOARD("made-up")' \
	"map:   fix: write BOARD(\"made\"), the folder's name"

# ---- walk, on a board with a device that no row maps ----

printf '#include "board/board.h"\nconst struct map_desc map_io[] = { MAP_RAM("ram", 0x20000000, SZ_1G),
	MAP_RAM_NOMAP("kept", 0x20800000, SZ_1M), %s };
const struct device_desc board_devices[] = { %s
	DEV(DEV_GPIO, "gpio", "pl061", 0xF0003000, SZ_4K), };\nBOARD("made-up");\n' \
	"$(echo "$uart" | sed 's/0x50000000/0x70000000/')" "$(echo "$console" | sed 's/0x50000000/0x70000000/')" >"$dir/board.c"
# shellcheck disable=SC2086
$cc $walk_sources "$dir/board.c" -o "$dir/walk" || { echo "Bail out! walk does not build"; exit 1; }

# note NAME ADDR LINE...: the notes on ADDR are exactly these
note() {
	name=$1 at=$2
	shift 2
	n=$((n + 1))
	"$dir/walk" --image 0x20008000 0x8000 0x4000 0x40000 0x7000 0x10000 0x3a000 0 0 0 0 "$at" >"$dir/said" 2>"$dir/notes"
	printf '%s\n' "$@" >"$dir/wanted"
	[ $# != 0 ] || : >"$dir/wanted"
	if grep -q "^VA $at" "$dir/said" && cmp -s "$dir/notes" "$dir/wanted"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		sed 's/^/# /' "$dir/said" "$dir/notes"
	fi
}

note "an address that is mapped" 0xf8000010
note "NULL" 0x00000000
# shown NAME ADDR LINE: the shell says it, too, so it is part of the walk
shown() {
	note "$1" "$2"
	tail -n 1 "$dir/said" | grep -Fqx -e "$3" && return
	echo "# not said last: $3"
	echo "Bail out! the walk itself does not say it"
	exit 1
}
shown "a row's physical address" 0x70000010 "  physical 0x70000010 is in row 'uart': use 0xf8000010"
note "a device without a row, where the dynamic window is" 0xf0003010 \
	'walk: 0xf0003010 is in the dynamic window: on the board ioremap() may have mapped it' \
	"walk: physical 0xf0003010 is a register of 'gpio', which no row maps: ioremap() maps it at run time" \
	'walk:   the row that would: MAP_DEVICE("gpio", 0xf8003000, 0xf0003000, SZ_4K),'
note "nobody's address" 0x71000010 \
	"walk: if it is a device's physical address: no row maps it" \
	'walk:   the row that would: MAP_DEVICE("name", 0xf8100000, 0x71000000, SZ_4K),'
shown "a carve-out" 0x20800010 "  physical 0x20800010 is in carve-out 'kept': ioremap_wc() it"
shown "RAM past the linear map" 0x50000000 '  physical 0x50000000 is RAM past the linear map: ioremap_cache() it'
note "a virtual address that no row has" 0xf8084000 \
	'walk: 0xf8084000 is free for a row: nothing is shown there'

n=$((n + 1))
if "$dir/walk" --image 0x20008000 0x8000 0x4000 0x40000 0x7000 0x10000 0x3a000 0 0 0 0 zz >"$dir/said" 2>"$dir/notes" ||
	[ "$(cat "$dir/notes")" != "walk: 'zz' is no address: write 0x and up to 8 hexadecimal digits, as in ADDR=0xF8000000" ]; then
	echo "not ok $n - what is no address is told in words"
	sed 's/^/# /' "$dir/notes"
else
	echo "ok $n - what is no address is told in words"
fi
