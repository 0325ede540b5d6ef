#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_counts.sh - tools/counts.pl says of a tree only what was found in
# it.  Prints TAP.
set -u

counts=$PWD/tools/counts.pl
run_tests=$PWD/tools/run-tests.pl
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
n=0

# line NAME KIND WANTED: what the table has for KIND
line() {
	n=$((n + 1))
	got=$(perl "$counts" | sed -n "s/^$2  *//p")
	if [ "$got" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		echo "# $2: got '$got', wanted '$3'"
	fi
}

echo 1..10
mkdir mm build
echo one >mm/a.c
line "nothing was run" test "not run: make test"
perl "$counts" lint clean
line "a note is kept" lint clean
perl "$run_tests" --count test "a=printf '1..2\nok 1\nnot ok 2 - y\n'" >/dev/null
line "the sum of a run, failures and all" test "1 passed, 1 failed"
perl "$run_tests" --count test-m32 "a=sh -c 'echo two >mm/a.c; echo 1..1; echo ok 1'" >/dev/null
line "the tree changed during the run" test-m32 "(of another tree: 1 passed, 0 failed)"
line "and after another" test "(of another tree: 1 passed, 1 failed)"
echo one >mm/a.c
line "the same tree again" test "1 passed, 1 failed"
echo x >build/x
line "what is built is not the tree" test "1 passed, 1 failed"
perl "$counts" mutants-sample "a sample"
line "a sample stands for all" mutants "a sample"
perl "$counts" mutants "all"
line "until all are known" mutants "all"
echo >mm/b.c
line "a new file makes another tree" mutants "(of another tree: all)"
