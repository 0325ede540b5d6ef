#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_target_test.sh - qemu/target-test.pl lets no broken run
# pass.  A fake QEMU plays the board.  Prints TAP.
set -u

n=0
nl='
'

# judge NAME "P passed, N failed..." GUEST-LINES [STATUS [WORD]]: what
# run-tests.pl makes of the run
judge() {
	n=$((n + 1))
	got=$(FAKE_SAYS=$3 FAKE_STATUS=${4:-0} FAKE_WORD=${5:-0x00000001} \
		perl tools/run-tests.pl "t=perl qemu/target-test.pl --board fake --machine m --elf e \
		--timeout 2 --qemu tests/tools/fake-qemu.pl" | tail -n 1)
	if [ "$got" = "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "# got '$got', wanted '$2'"
	fi
}

five="ok 1 - a${nl}ok 2 - b${nl}ok 3 - c${nl}ok 4 - d"

echo 1..15
judge "all well" "5 passed, 0 failed" "1..5${nl}$five${nl}ok 5 - e"
judge "a plan at the end" "5 passed, 0 failed" "$five${nl}ok 5 - e${nl}1..5"
judge "a fifth skipped" "4 passed, 0 failed, 1 skipped" "1..5${nl}$five${nl}ok 5 - e # SKIP no such thing"
judge "more than a fifth skipped" "3 passed, 1 failed, 1 skipped" "1..4${nl}ok 1${nl}ok 2${nl}ok 3${nl}ok 4 # SKIP why"
judge "a failing test" "4 passed, 1 failed" "1..5${nl}$five${nl}not ok 5 - e" 1
judge "a failing test, status 0" "4 passed, 2 failed" "1..5${nl}$five${nl}not ok 5 - e" 0
judge "no failing test, status 1" "4 passed, 1 failed" "1..4${nl}$five" 1
judge "no plan" "4 passed, 1 failed" "$five"
judge "an end in the middle" "4 passed, 1 failed" "1..5${nl}$five"
judge "a second start in the middle" "1 passed, 6 failed" "1..4${nl}ok 1${nl}1..4${nl}$five"
judge "a run that does not end" "4 passed, 1 failed" "1..4${nl}$five" hang
judge "outside: the right word" "5 passed, 0 failed" "1..4${nl}@xp 0x1000 0x3 0x1 led${nl}$five" 0 0x00000011
judge "outside: the wrong word" "4 passed, 1 failed" "1..4${nl}@xp 0x1000 0x3 0x1 led${nl}$five" 0 0x00000012
judge "outside: no number" "4 passed, 1 failed" "1..4${nl}@xp here 0x3 0x1 led${nl}$five"
judge "QEMU ends before it runs" "0 passed, 1 failed" "" early
