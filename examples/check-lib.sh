#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# examples/check-lib.sh - the library asks for nothing that its README does not list.
#
# usage: check-lib.sh ARCHIVE EARLY-OBJECT...   (CROSS: the compiler's prefix)
# What is undefined in the archive as a whole must stand in the list of
# examples/README.md or be the compiler's own (__aeabi_...); the objects that run
# before the MMU is on must do without all of that.
set -u

archive=$1
shift
whole=$(mktemp) || exit 1
trap 'rm -f "$whole"' EXIT
bad=0

listed=$(sed -n 's/^| `\([A-Za-z_]*\)[()]*` .*/\1/p' examples/README.md)
"${CROSS}ld" -r --whole-archive "$archive" -o "$whole" || exit 1
foreign=$("${CROSS}nm" -u "$whole" | sed 's/^ *U //')

for name in $(echo "$foreign" | grep -v '^__aeabi_' | grep -vxF "$listed"); do
	echo "$archive needs '$name', which the list in examples/README.md does not have; called by:" >&2
	"${CROSS}nm" -A -u "$archive" 2>/dev/null | grep " U $name\$" | sed 's/^/  /' >&2
	echo "  way out: do without it in mm/, or add it to that list for the firmware to provide" >&2
	bad=1
done

if "${CROSS}nm" -A -u "$@" | sed 's/ \{2,\}U / /' | grep -wF "$(echo "$foreign" | sed 's/^/ /')" >"$whole"; then
	echo "runs before the MMU is on, where no library may be called, but calls:" >&2
	sed 's/^/  /' "$whole" >&2
	bad=1
fi
exit $bad
