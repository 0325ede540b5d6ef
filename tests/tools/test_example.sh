#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_example.sh - the library is enough for a program of its own,
# and the program does what it says.  Prints TAP.
#
# usage: test_example.sh PROGRAM.elf QEMU-COMMAND...   (CROSS: the compiler's prefix)
set -u

program=$1
shift
n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# result STATUS NAME: what $said holds explains a failure
result() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		printf '%s\n' "$said" | sed 's/^/# /'
	fi
}

# wants TEXT NAME: $said has a line that begins so
wants() {
	printf '%s\n' "$said" | grep -q "^$1"
	result $? "$2"
}

echo 1..9

# each header by itself, and no header of this tree outside build/lib
said=$(for h in build/lib/include/*.h build/lib/include/mm/*.h; do
	echo "#include \"${h#build/lib/include/}\"" >"$dir/one.c"
	"${CROSS}gcc" -march=armv7-a -marm -std=c11 -Wall -Wextra -Werror -fsyntax-only -Ibuild/lib/include "$dir/one.c" 2>&1 ||
		echo "$h does not compile by itself"
done)
[ -z "$said" ]
result $? "each header compiles by itself, from build/lib/include alone"

said=$("${CROSS}gcc" -march=armv7-a -marm -std=gnu11 -Ibuild/lib/include -MM examples/minimal/main.c |
	tr ' \\' '\n\n' | grep '\.h$' | grep -v '^build/lib/include/')
[ -z "$said" ]
result $? "the example includes the library's headers and no others"

said=$(sed -n 's/^ *LOAD //p' "${program%.elf}.map" | grep -v -e '^build/examples/minimal/' \
	-e '^build/lib/libmercator\.a$' -e '/libgcc\.a$' -e '/lib[cg]\.a$' -e '^linker stubs$')
[ -z "$said" ]
result $? "it is linked with the library and C's, and nothing else"

# an archive that wants what no firmware was told of
echo 'int drivers_probe(void); int f(void); int f(void) { return drivers_probe(); }' >"$dir/odd.c"
"${CROSS}gcc" -march=armv7-a -marm -c "$dir/odd.c" -o "$dir/odd.o" && cp build/lib/libmercator.a "$dir/odd.a" &&
	"${CROSS}ar" rcs "$dir/odd.a" "$dir/odd.o"
said=$(CROSS=$CROSS sh examples/check-lib.sh "$dir/odd.a" 2>&1)
[ $? = 1 ]
result $? "a library that needs more than its README lists is refused"
wants ".*needs 'drivers_probe'" "and the refusal names it"

said=$("$@" "$program" 2>&1 </dev/null)
result $? "the example ends with status 0: its mapping is gone"
said=$(printf '%s' "$said" | tr -d '\r')
wants 'minimal: the table is built; MMU on$' "it builds its table"
wants 'PA 0x10009000 = .*: device, rw-$' "its UART is mapped as device memory, and prints through that"
[ "$(printf '%s\n' "$said" | tail -n 1)" = "minimal: iounmap(0xe8000000), and good bye" ]
result $? "it prints its last line, and nothing after iounmap()"
