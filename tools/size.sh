#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/size.sh - bytes of text: the mapping core object by object, the image.
#
# usage: size.sh CROSS build/BOARD
# The core is mm/ without what only reports (log, ptdump and its kin are in
# their own objects, so the list shows them apart).
set -u

objects=$(find "$2/early/mm" "$2/mm" -name '*.o' 2>/dev/null | sort)
[ -n "$objects" ] || { echo "size.sh: no objects under $2; build it first" >&2; exit 1; }

# shellcheck disable=SC2086
"${1}size" $objects | awk '
	NR > 1 { printf "  %6d  %s\n", $1, $6; text += $1 }
	END { printf "  %6d  mm/ together (text and rodata, before the linker drops what is unused)\n", text }'
"${1}size" "$2/mercator.elf" | awk 'NR > 1 { printf "  %6d  the image: text and rodata\n  %6d  data\n", $1, $2 }'
