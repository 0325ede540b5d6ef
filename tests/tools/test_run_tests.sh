#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_run_tests.sh - tools/run-tests.pl counts right, and nothing
# broken passes.  Prints TAP.
set -u

n=0

# judge NAME STATUS LAST-LINE ARGUMENT...
judge() {
	name=$1
	wanted="$2 $3"
	shift 3
	n=$((n + 1))
	said=$(perl tools/run-tests.pl "$@" 2>&1)
	status=$?
	got="$status $(printf '%s\n' "$said" | tail -n 1)"
	if [ "$got" = "$wanted" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# got '$got', wanted '$wanted'"
	fi
}

echo 1..11
judge "all well" 0 "3 passed, 0 failed" "a=printf '1..2\nok 1 - x\nok 2 - y\n'" "b=printf '1..1\nok 1\n'"
judge "a failing test" 1 "1 passed, 1 failed" "a=printf '1..2\nok 1\nnot ok 2 - y\n'"
judge "a skipped one" 0 "1 passed, 0 failed, 1 skipped" "a=printf '1..2\nok 1\nok 2 # SKIP why\n'"
judge "only skipped ones" 1 "0 passed, 0 failed, 1 skipped" "a=printf '1..1\nok 1 # SKIP why\n'"
judge "no plan" 1 "1 passed, 1 failed" "a=printf 'ok 1\n'"
judge "a plan that does not come true" 1 "1 passed, 1 failed" "a=printf '1..2\nok 1\n'"
judge "no output" 1 "0 passed, 1 failed" "a=true"
judge "a status without a failing test" 1 "1 passed, 1 failed" "a=sh -c 'printf \"1..1\nok 1\n\"; exit 3'"
judge "killed" 1 "1 passed, 1 failed" "a=sh -c 'printf \"1..1\nok 1\n\"; kill -9 \$\$'"
judge "out of time" 1 "1 passed, 1 failed" --timeout 1 "a=sh -c 'printf \"1..2\nok 1\n\"; exec sleep 30'"
judge "no program" 1 "0 passed, 1 failed" "a=/nonexistent/program"
