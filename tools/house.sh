#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/house.sh - the rules of the house that a grep can see.
#
#   coprocessor and other inline assembly in mm/armv7/seam.h and boot/*.S alone
#   physical addresses and board names under board/ (and qemu/) alone
#   every file says its licence and, in its first lines, its one job
#   no line over 100 columns
set -u

bad=0

# refuse "rule" "way out" <<found: prints what was found, if anything
refuse() {
	found=$(cat)
	[ -n "$found" ] || return 0
	echo "house: $1" >&2
	printf '%s\n' "$found" | sed 's/^/  /' >&2
	echo "  way out: $2" >&2
	bad=1
}

code=$(find mm drivers app boot -name '*.[chS]' | sort)
all=$(find mm drivers app boot board linker tests tools qemu examples .ci Makefile -type f \
	\( -name '*.[chS]' -o -name '*.sh' -o -name '*.p[lm]' -o -name '*.mk' -o -name '*.awk' \
	-o -name '*.gdb' -o -name '*.py' -o -name '*.ld' -o -name '*.dts' -o -name '*.dtsi' -o -name Makefile -o -path '.ci/*' \) | sort)

# comments are not code: drop /* */ on one line, and lines that only continue one
# shellcheck disable=SC2086
uncommented() {
	grep -nH '' $1 | sed -e 's,/\*.*\*/,,' -e '/^[^:]*:[0-9]*:[[:space:]]*\(\/\*\|\*\)/d' -e 's,/\*.*,,'
}

uncommented "$(echo "$code" | grep -v -e '^mm/armv7/seam.h$' -e '^boot/.*\.S$')" |
	grep -E '(^|[^_[:alnum:]])(__asm__|__asm|asm)[[:space:]]*(volatile|__volatile__|goto)?[[:space:]]*\(' |
	refuse "inline assembly outside mm/armv7/seam.h" "give the instruction a name in the seam"

# An 8-digit address is a value of 0x1000000 or more; mm/layout.h holds the
# virtual layout.  Let through: masks and single bits (0xff..., 0x80000000), one
# byte four times, "bx lr", and HSCTLR's RES1 bits.
uncommented "$(echo "$code" | grep -v '^mm/layout.h$')" |
	grep -Ei '0x[0-9a-f]{8}([^0-9a-f]|$)' |
	grep -Evi '0x(f{4,8}[0-9a-f]*|80000000|0+[0-9a-f]{1,6}|[0-9a-f]0000000|3f{7}|7f{7}|[0-9a-f]f{7}|([0-9a-f]{2})\2\2\2|e12fff1e|30c50830)u?([^0-9a-f]|$)' |
	refuse "an 8-digit number that may be a physical address, outside board/" \
		"move it to the board's table; if it is no address, write it as bits, or add it to the list in tools/house.sh"

# A board may be called what a block of it is called; that word is no board's name then.
blocks=$(for f in drivers/*_*.c; do f=${f%.c}; echo "${f##*_}"; done | sort -u)
names=$(for b in board/*/board.mk; do b=${b#board/}; echo "${b%/board.mk}"; done |
	grep -vxF -e virt -e "$blocks" | tr '\n' '|')
# shellcheck disable=SC2086
grep -nEi "(^|[^[:alnum:]])(${names}s5pv210|vexpress|realview)" $code |
	refuse "a board's or SoC's name in code" "drivers are named after the IP block, boards live under board/"

for f in $all; do
	head -n 3 "$f" | grep -q 'SPDX-License-Identifier: ' || echo "$f"
done | refuse "no SPDX line at the top" "begin the file with SPDX-License-Identifier: BSD-2-Clause in a comment"

for f in $all; do
	case $f in board/*/*) continue ;; esac
	head -n 6 "$f" | grep -Fq "$f - " || echo "$f"
done | refuse "the first comment does not begin with the file's name and its one job" \
	"write 'path/file.c - what it does' in the comment below the SPDX line"

# shellcheck disable=SC2086
for f in $all; do
	expand "$f" | awk -v f="$f" 'length($0) > 100 { print f ":" NR ": " length($0) " columns" }'
done | grep -v -e '^Makefile:' -e '\.mk:' -e '\.p[lm]:' -e '\.sh:' |
	refuse "a line over 100 columns" "break it (make format does most)"

exit $bad
