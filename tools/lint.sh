#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/lint.sh - layout, static checks and house rules over the sources.
#
# usage: lint.sh CROSS-GCC-FLAGS...   (the image's -I, -D and -std flags)
# Prints what is wrong and where; silent success is one line.
set -u

bad=0
tree=$(perl tools/counts.pl --sum)
sources=$(find mm drivers app boot board tests tools linker examples -name '*.[ch]' | sort)
image_sources=$(find mm drivers app boot -name '*.c' | sort)

# shellcheck disable=SC2086
if ! clang-format --dry-run -Werror $sources; then
	echo "lint: layout differs from .clang-format; way out: make format" >&2
	bad=1
fi

# clang reads newlib's headers as the cross compiler does
headers=$(echo | "${CROSS}gcc" -E -Wp,-v - 2>&1 >/dev/null | sed -n 's/^ \(\/.*\)/-isystem \1/p')
# two at a time; clang-tidy's counts of suppressed warnings are noise
# shellcheck disable=SC2086
if ! printf '%s\n' $image_sources | xargs -n 4 -P 2 sh -c '
	headers=$1; shift; flags=$1; shift
	clang-tidy --quiet "$@" -- --target=arm-none-eabi -nostdinc $headers $flags 2>/dev/null' \
	lint "$headers" "$*"; then
	echo "lint: clang-tidy found the above" >&2
	bad=1
fi

sh tools/house.sh || bad=1

[ $bad = 0 ] || exit 1
perl tools/counts.pl lint clean "$tree"
echo "lint: clean"
