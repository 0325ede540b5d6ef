#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_walk.sh - the host's walk prints what the shell's walk prints
# on the running board, byte for byte.  Prints TAP.
#
# usage: test_walk.sh BOARD MACHINE QEMU-ARGS TIMEOUT IMAGE-NUMBERS...
# Addresses: both ends of everything that is mapped, what lies beside it, and
# what is never mapped.
set -u

board=$1 machine=$2 args=$3 timeout=$4
shift 4
load=$1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0

# result OK NAME [FILE]: FILE says why not
result() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		[ $# = 2 ] || sed 's/^/# /' "$3"
	fi
}

echo 1..5
build/host/"$board"/check-map --rows --image "$@" >"$dir/rows" || { echo "Bail out! check-map refuses $board"; exit 1; }
perl -ne '
	my @f = split /\t/;
	push @at, hex $f[3] if $f[0] eq "device";
	next unless $f[0] eq "piece" && $f[2] ne "identity page";
	my ($va, $size) = (hex $f[5], hex $f[7]);
	push @at, $va, $va + $size - 1, $va + ($size >> 1) + 4, $va - 1, ($va + $size) & 0xffffffff;
	END {
		# NULL, physical addresses, the image window, both ends of the dynamic one
		push @at, 0, 0xfff, 0x7fffffff, 0x80000000, 0xbeffffff, 0xbfffffff, 0xe7ffffff,
			0xf7fff000, 0xffbfffff, 0xfff00000, 0xffffffff;
		# the rest of the dynamic one is the board'"'"'s: its ioremap()s have tables there
		printf "0x%08x\n", $_ for grep { !$seen{$_}++ && !($_ >= 0xe8000000 && $_ < 0xf7fff000) } @at;
	}' "$dir/rows" >"$dir/addresses"
echo "$load" >>"$dir/addresses" # the identity page is gone

# shellcheck disable=SC2046
build/host/"$board"/walk --image "$@" $(cat "$dir/addresses") >"$dir/host" 2>"$dir/notes"
result $? "$board: the host walks"
sed 's/^/walk /' "$dir/addresses" | perl qemu/run.pl --board "$board" --machine "$machine" --args "$args" \
	--elf "build/$board/mercator.elf" --timeout "$timeout" --guest shell >"$dir/run" 2>&1
sed -n '/^mercator> walk /,$p' "$dir/run" | sed -e '/^mercator> /d' -e '/^end of input/d' >"$dir/board"
grep -c '^VA ' "$dir/board" >"$dir/walks"
[ "$(cat "$dir/walks")" = "$(wc -l <"$dir/addresses" | tr -d ' ')" ]
result $? "$board: the shell walks as often" "$dir/run"
diff "$dir/host" "$dir/board" >"$dir/diff"
result $? "$board: the host's walk is the shell's" "$dir/diff"

# The comparison sees a difference: elsewhere, the tables are elsewhere.
shift
# shellcheck disable=SC2046
build/host/"$board"/walk --image "$(printf '0x%x' $((load + 0x40000)))" "$@" $(cat "$dir/addresses") >"$dir/elsewhere" 2>/dev/null &&
	! cmp -s "$dir/elsewhere" "$dir/board"
result $? "$board: loaded elsewhere, another walk"
grep -q '^  physical 0x[0-9a-f]* is in row ' "$dir/board"
result $? "$board: a register's physical address leads to its row" "$dir/board"
