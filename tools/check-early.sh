#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/check-early.sh - may this object run with the MMU off?
#
# usage: check-early.sh early.o part.o...
#
# What runs before the MMU is on runs at an address it was not linked for, and
# without newlib.  So: no absolute relocation in anything that is loaded, and
# nothing undefined but the linker script's own marks.  CROSS is the prefix of
# the binutils.
set -u

whole=$1
shift
bad=0
no_board_line=

# What the linker script defines, and the one door out: start_kernel.
allowed='^(__(image|text|rodata|data|bss|early_bss|vectors|stacks?|guard|tables|heap|symbols)_[a-z0-9_]+|start_kernel)$'

complain() {
	echo "$1" >&2
	bad=1
}

# Relocation kinds that hold only if the image runs where it was linked.
for part in "$@"; do
	found=$("${CROSS}readelf" -SrW "$part" | awk '
		# [Nr] Name Type Addr Off Size ES Flg: remember what is loaded
		/^ +\[ *[0-9]+\]/ {
			sub(/^ +\[ *[0-9]+\] */, "")
			if ($7 ~ /A/) loaded[$1] = 1
		}
		/^Relocation section/ {
			gsub(/\047/, ""); section = $3; sub(/^\.rela?/, "", section)
		}
		/R_ARM_(ABS|TARGET1|GOT|BASE_ABS|MOVW_ABS|MOVT_ABS|GLOB|JUMP_SLOT|RELATIVE|SBREL|TLS)/ {
			if (section in loaded) print $3, $5, section
		}')
	[ -n "$found" ] || continue
	echo "$found" | while read -r kind symbol section; do
		echo "$part: $kind to '$symbol' in $section: an absolute address, and this code runs before the MMU is on, elsewhere than it was linked." >&2
	done
	complain "  way out: no pointers in initialised data (use offsets or inline names), and -fpie -fvisibility=hidden on the file."
done

# The last line of every board.c counts its tables; without it three names are missing.
board=$(for part in "$@"; do echo "$part"; done | sed -n 's,.*/\(board/[^/]*/board\)\.o$,\1.c,p')
for symbol in $("${CROSS}nm" -u "$whole" | awk '{print $2}' | grep -Ev "$allowed"); do
	case $symbol in
	board_name | map_io_rows | board_device_rows)
		[ -n "$no_board_line" ] && continue
		no_board_line=1
		name=${board#board/}
		complain "${board:-board.c} has no BOARD(...) line at its end."
		complain "  way out: end it with BOARD(\"${name%%/*}\");"
		continue
		;;
	esac
	users=
	for part in "$@"; do
		"${CROSS}nm" -u "$part" | awk '{print $2}' | grep -Fqx "$symbol" && users="$users $part"
	done
	case $symbol in
	__aeabi_* | __*[sd]i[23] | mem* | str* | printf | snprintf | malloc | free | abort)
		why="a library function, and newlib and libgcc cannot run before the MMU is on (unaligned accesses, absolute addresses)"
		out="write the loop, or avoid what the compiler calls it for (64-bit division, struct copies)"
		;;
	*)
		why="defined in no file of the early link"
		out="call it after start_kernel, or add its file to EARLY_SRCS in the Makefile"
		;;
	esac
	complain "${users:- $whole}: '$symbol' is $why."
	complain "  way out: $out."
done

# What the head calls before there is a stack must not touch one.
for part in "$@"; do
	case $part in *early_cache.o) ;; *) continue ;; esac
	used=$("${CROSS}objdump" -d --no-show-raw-insn "$part" | grep -E '\b(push|pop|stm|ldm|str|ldr)[a-z]*\b|\bsp\b')
	[ -z "$used" ] && continue
	echo "$used" >&2
	complain "$part: touches memory (above), and it runs before there is a stack."
	complain "  way out: fewer live variables in boot/early_cache.c."
done

exit $bad
