#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_check_docs.sh - tools/check-docs.pl sees what is wrong in a
# document.  Prints TAP.
set -u

n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
document=$dir/a.md

# judge NAME STATUS: $document is judged so
judge() {
	n=$((n + 1))
	said=$(perl tools/check-docs.pl "$document" 2>&1)
	if [ $? = "$2" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$said" | sed 's/^/# /'
	fi
}

# fence KIND LINE...: one block
fence() {
	printf '```%s\n' "$1"
	shift
	printf '%s\n' "$@"
	printf '```\n'
}

echo 1..31
fence sh true >"$document"
judge "a command that works" 0
fence sh "echo x; exit 3" >"$document"
judge "a command that fails" 1
fence sh false true >"$document"
judge "a command that fails before another" 1
fence sh 'test ! -t 0 && ! read -r line' >"$document"
judge "no terminal and no input" 0
fence "sh notest" false >"$document"
judge "a command that is only shown" 0
{ fence sh "echo 7 bytes at 0x10; echo end"; fence console "9 bytes at 0xff" ... end; } >"$document"
judge "output with other numbers" 0
{ fence sh "echo 7 bytes"; fence console "7 pages"; } >"$document"
judge "output with other words" 1
{ fence sh "echo a; echo b"; fence console b a; } >"$document"
judge "output in another order" 1
fence console "no command before" >"$document"
judge "output of nothing" 1
fence refusal "ioremap: 0x10 size 0x0 refused: its size is 0" >"$document"
judge "a refusal that is printed" 0
fence refusal "ioremap: 0x10 size 0x0 refused: it is too small" >"$document"
judge "a refusal that nobody prints" 1
fence refusal "BL1: SD channel 0: sectors 50 to 113 cannot be read; is the card in, and whole?" \
	"BL1 stopped, code 7: no image on the card" >"$document"
judge "what BL1 says" 0
fence refusal "BL1 stopped, code 7: no image on that card" >"$document"
judge "what BL1 does not say" 1
{ fence "sh if no/such/file" "exit 3"; fence console x; } >"$document"
judge "a command for which something is missing" 0
{ fence "sh if Makefile" "echo x"; fence console x; } >"$document"
judge "a command for which nothing is missing" 0
{ fence "sh if Makefile" "echo x"; fence console y; } >"$document"
judge "... and which prints something else" 1
fence "sh fails" "exit 3" >"$document"
judge "a command that fails, as it should" 0
fence "sh fails" true >"$document"
judge "a command that should fail, and does not" 1
{ fence sh "echo 7 bytes"; fence "console exact" "7  bytes"; } >"$document"
judge "exact output" 0
{ fence sh "echo 7 bytes"; fence "console exact" "8 bytes"; } >"$document"
judge "exact output with another number" 1
{ fence "c board/virt/x.h" "int x;"; fence sh "cat board/virt/x.h"; } >"$document"
judge "a file written into the tree itself" 1
{ echo '<!-- check-docs: in a copy -->'; fence "c board/virt/x.h" "int x;"; fence sh "cat board/virt/x.h"; } >"$document"
judge "a file written into a copy" 0
test ! -e board/virt/x.h || { echo "Bail out! a copy was not one"; exit 1; }
{ echo "# T"; echo text; fence sh true; echo "| a | b |"; } >"$document"
document=$dir/a.zh.md
{ echo "# 题"; fence sh true; echo "| 甲 | 乙 |"; } >"$document"
judge "a translation" 0
{ echo "# 题"; fence sh false; echo "| 甲 | 乙 |"; } >"$document"
judge "a translation with another block" 1
{ echo "# 题"; fence sh true; } >"$document"
judge "a translation that lacks a row" 1
{ echo "## 题"; fence sh true; echo "| 甲 | 乙 |"; } >"$document"
judge "a translation with another heading" 1
document=$dir/a.md
printf '%s\n' 'see `mm/ioremap.h` and `ioremap()`' >"$document"
judge "names that are there" 0
printf '%s\n' 'see `mm/no_such_file.h`, `no_such_call()`' >"$document"
judge "names that are not" 1
echo '| PWM | `s5p` | `drivers/pwm.h` |' >"$document"
judge "a class with all its drivers" 0
echo '| PWM | `s5p` `imx` | `drivers/pwm.h` |' >"$document"
judge "a driver that is not there" 1
printf '```sh\ntrue\n' >"$document"
judge "a fence that is not closed" 1
