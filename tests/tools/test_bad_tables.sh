#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_bad_tables.sh - a board whose map table has a mistake: the
# host refuses it, a real boot with the MMU off refuses it in the same words,
# and stops; and with a good one that lacks a row the demonstration goes on.
# Prints TAP.
#
# usage: test_bad_tables.sh QEMU
# One copy of the tree, one board in it, a row added for each kind of mistake.
set -u

qemu=${1:-qemu-system-arm}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0

tar cf - --exclude=./build --exclude=./.git . | tar xf - -C "$dir" || exit 1
cd "$dir" || exit 1
base=board/realview-pb-a8
mkdir board/bad
sed '/^LOADADDR/!d' $base/board.mk >board/bad/board.mk

# table ROWS: the board's own table, and behind its UART these
table() {
	printf '%s\n' "$1" >rows
	sed -e '/MAP_DEVICE("uart0"/r rows' -e 's/BOARD("[^"]*")/BOARD("bad")/' $base/board.c >board/bad/board.c
}

boot() {
	timeout 60 "$qemu" -M realview-pb-a8 -m 128 -display none -nic none -monitor none -serial stdio \
		-audiodev none,id=quiet -global pl041.audiodev=quiet -no-reboot \
		-semihosting-config enable=on,target=native -kernel build/bad/mercator.elf </dev/null 2>/dev/null |
		tr -d '\r'
	return "$?"
}

# judge NAME TEXT...: the table in place is refused on both sides, saying all of TEXT
judge() {
	name=$1
	shift
	n=$((n + 1))
	why=
	if ! make -s BOARD=bad image build/host/bad/check-map >make.out 2>&1; then
		why="it does not build: $(tail -n 1 make.out)"
	else
		make -s BOARD=bad check-map >host.out 2>&1 && why="the host accepts it"
		boot >boot.out
		grep -Fq 'boot: stopped with the MMU off' boot.out || why="$why; the board does not stop"
		grep -q 'map verified' boot.out && why="$why; the MMU came on"
		grep '^map: ' host.out >host.map
		grep '^map: ' boot.out | grep -v ' mistakes\{0,1\} in ' >boot.map
		cmp -s host.map boot.map || why="$why; host and board say different things"
		for text in "$@" 'fix: '; do
			grep -Fq -e "$text" boot.map || why="$why; not said: $text"
		done
	fi
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# $why" && sed 's/^/#   /' boot.map
	fi
}

# bad NAME ROWS TEXT...
bad() {
	name=$1
	table "$2"
	shift 2
	judge "$name" "$@"
}

# demo NAME STATUS SED TEXT...: on the board so changed the demonstration ends so and says all of TEXT
demo() {
	name=$1 want=$2
	sed -e "$3" -e 's/BOARD("[^"]*")/BOARD("bad")/' $base/board.c >board/bad/board.c
	shift 3
	why=
	make -s BOARD=bad image >make.out 2>&1 || why="it does not build: $(tail -n 1 make.out)"
	perl qemu/run.pl --board bad --machine realview-pb-a8 --args '-m 128' --elf build/bad/mercator.elf \
		--timeout 60 --guest demo --no-input >demo.out 2>&1
	status=$?
	[ $((status != 0)) = "$want" ] || why="$why; status $status"
	for text in "$@"; do
		grep -Fq -e "$text" demo.out || why="$why; not said: $text"
	done
	n=$((n + 1))
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# $why" && sed 's/^/#   /' demo.out
	fi
}

# address VALUE TEXT: no LOADADDR; refused before anything of the board is made
address() {
	n=$((n + 1))
	why=
	rm -rf build/bad
	make -s BOARD=bad "LOADADDR=$1" image build/bad/uImage >make.out 2>&1 && why="it is taken"
	grep -Fqx "LOADADDR=$1: $2" make.out || why="$why; not said: $2"
	grep -Fq "way out: an address in the RAM of board/bad/board.c" make.out || why="$why; no way out"
	[ ! -e build/bad ] || why="$why; build/bad was begun"
	if [ -z "$why" ]; then
		echo "ok $n - LOADADDR=$1: $2"
	else
		echo "not ok $n - LOADADDR=$1: $2"
		echo "# $why" && sed 's/^/#   /' make.out
	fi
}

echo 1..28
bad "virtual address misaligned" 'MAP_DEVICE("crooked", 0xF8200800, 0x10020000, SZ_4K),' \
	"row 'crooked'" 'the virtual address is not on a 4 KiB boundary'
bad "physical address misaligned" 'MAP_DEVICE("crooked", 0xF8200000, 0x10020240, SZ_4K),' \
	"row 'crooked'" '0x10020240' 'the physical address is not on a 4 KiB boundary'
bad "size misaligned" 'MAP_DEVICE("crooked", 0xF8200000, 0x10020000, 0x240),' \
	"row 'crooked'" 'the size is not a multiple of 4 KiB'
bad "size 0" 'MAP_DEVICE("empty", 0xF8200000, 0x10020000, 0),' "row 'empty'" 'its size is 0'
bad "wraps in virtual addresses" 'MAP_DEVICE("long", 0xFE000000, 0x10020000, 0x03000000),' \
	"row 'long'" 'its virtual range wraps past 4 GiB'
bad "wraps in physical addresses" 'MAP_DEVICE("long", 0xF8200000, 0xFFFFF000, 0x2000),' \
	"row 'long'" 'its physical range wraps past 4 GiB'
bad "overlap in virtual addresses" 'MAP_DEVICE("twin", 0xF8009000, 0x10020000, SZ_4K),' \
	"'uart0'" "'twin'" 'overlap in virtual addresses, 0xf8009000-0xf8009fff' \
	"fix: move 'twin' to a free virtual address, say 0x"
bad "two memory types" 'MAP_ROW("merging", 0xF8200000, 0x10009000, SZ_4K, MT_DEVICE_WC),' \
	"'uart0'" "'merging'" 'the same physical addresses with two memory types'
bad "registers over RAM" 'MAP_DEVICE("overram", 0xF8200000, 0x70100000, SZ_4K),' \
	"'ram'" "'overram'" 'registers and RAM at the same physical addresses'
bad "the NULL page" 'MAP_DEVICE("null", 0, 0x10020000, SZ_4K),' "row 'null'" 'the NULL page'
bad "the user half" 'MAP_DEVICE("low", 0x10020000, 0x10020000, SZ_4K),' "row 'low'" 'the user half'
bad "the image's window" 'MAP_DEVICE("inside", 0xBF000000, 0x10020000, SZ_4K),' \
	"row 'inside'" "the image's window"
bad "the linear map" 'MAP_DEVICE("inside", 0xC0000000, 0x10020000, SZ_4K),' \
	"row 'inside'" "RAM's linear map"
bad "the dynamic window" 'MAP_DEVICE("inside", 0xE8000000, 0x10020000, SZ_4K),' \
	"row 'inside'" 'the dynamic window'
bad "the vectors" 'MAP_DEVICE("high", 0xFFFF0000, 0x10020000, SZ_4K),' "row 'high'" 'the vectors'
bad "writable and executable" 'MAP_ROW("wx", 0xF8200000, 0x20000000, SZ_4K, MT_MEMORY_RWX),' \
	"row 'wx'" 'it is writable and executable'
bad "executable device memory" 'MAP_ROW("dx", 0xF8200000, 0x20000000, SZ_4K, MEM_DEVICE | MAP_EXEC),' \
	"row 'dx'" 'it is device memory and executable'
many=$(awk 'BEGIN { for (i = 0; i < 60; i++) printf "MAP_DEVICE(\"row%d\", 0x%X, 0x%X, SZ_4K),\n", i, 0xF8200000 + i * 4096, 0x20000000 + i * 4096 }')
bad "too many rows" "$many" 'rows, room for 64' 'is the first too many'
bad "too few second-level tables" 'MAP_DEVICE("sparse", 0x80000000, 0x20080000, 0x10000000),' \
	"row 'sparse'" 'the pool of 128 second-level tables is used up'
demo "no row for the LED: the demonstration says so and goes on" 0 '/MAP_DEVICE("sysreg"/d' \
	'left out: no static row covers leds at 0x10000008, ioremap() alone reaches it' \
	'this row would: MAP_DEVICE("leds", 0xf8000000, 0x10000000, 0x1000),' 'The same drivers over dynamic mappings' \
	'the LED reads back lit' 'DFSR says translation fault' 'checks passed, 0 failed'
demo "a LED where nothing is: what its register reads, and a hint" 1 's/"ledreg", 0x10000008/"ledreg", 0x10080008/' \
	'FAILED: the LED reads back lit' 'the register reads 0x00000000 after the write: is the block clocked'
address zz 'not 0x and hexadecimal digits'
address 70010000 'not 0x and hexadecimal digits'
address 0x7001000g 'not 0x and hexadecimal digits'
address "0x70010'000" 'not 0x and hexadecimal digits'
address 0x700010000 'more than 32 bits'
address 0x70010004 'not a multiple of 4 KiB'
address 0x70010800 'not a multiple of 4 KiB'
[ $n = 28 ]
