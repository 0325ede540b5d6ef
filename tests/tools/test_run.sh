#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_run.sh - qemu/run.pl calls no silent, deaf or cut run a good
# one, and says what to look for.  A shell script plays QEMU.  Prints TAP.
set -u

n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
prompt='mercator> '

# judge NAME STATUS WORDS GUEST INPUT SCRIPT: run.pl's exit status and what it says
judge() {
	n=$((n + 1))
	printf '#!/bin/sh\n%s\n' "$6" >"$dir/qemu"
	chmod +x "$dir/qemu"
	options=
	[ "$4" = shell ] || options=--no-input
	said=$(printf '%b' "$5" | perl qemu/run.pl --board fake --machine m --elf e --timeout 2 --guest "$4" $options \
		--qemu "$dir/qemu" 2>&1)
	status=$?
	case $status:$said in
	"$2":*"$3"*) echo "ok $n - $1" ;;
	*)
		echo "not ok $n - $1"
		echo "# status $status, wanted $2 and: $3"
		printf '%s\n' "$said" | sed 's/^/# /'
		;;
	esac
}

echo 1..10
judge "a demonstration that ends" 0 "" demo "" 'echo "demonstration: 3 checks passed, 0 failed"'
judge "one that fails" 2 "" demo "" 'echo "demonstration: 2 checks passed, 1 failed"; exit 2'
judge "one that is silent and ends well" 1 "-serial null" demo "" 'exit 0'
judge "one that stops in the middle" 1 "did not come to its end; its last line was: 1. Static" demo "" 'echo "1. Static"'
judge "QEMU that does not start" 1 "with -M m; is that right (QEMU_MACHINE and QEMU_ARGS of board.mk, make's arguments)?" demo "" 'exit 1'
judge "a shell that is left" 0 "" shell 'exit\n' "printf '$prompt'; head -c 5 >/dev/null; echo exit"
judge "a shell that hears nothing" 124 "hears nothing that is typed; is .irq right" shell 'led\n' "printf '$prompt'; exec sleep 9"
judge "a shell that never comes" 1 "nothing was typed, because no prompt came" shell 'led\n' 'echo "end of input: leaving the shell"'
judge "an end before the input is used up" 3 "QEMU ended with status 3 before" shell 'led\nled\n' "printf '$prompt'; head -c 4 >/dev/null; exit 3"

n=$((n + 1))
said=$(unset MAKEFLAGS MAKELEVEL && make -n BOARD=x210 waves PINS=' GPJ0_3, GPD0_2,GPJ0_4 GPJ0_5' | grep -o "pins=[^']*")
if [ "$said" = pins=GPJ0_3:GPD0_2:GPJ0_4:GPJ0_5 ]; then
	echo "ok $n - make waves: spaces and commas between PINS"
else
	echo "not ok $n - make waves: spaces and commas between PINS"
	echo "# $said"
fi
