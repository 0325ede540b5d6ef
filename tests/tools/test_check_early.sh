#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_check_early.sh - tools/check-early.sh refuses what may not
# run before the MMU is on, in words, and lets the rest pass.  Prints TAP.
#
# usage: test_check_early.sh CROSS-GCC FLAGS...  (those of the early objects)
set -u

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0
CROSS=${1%gcc}
export CROSS

part=part.o

# judge NAME WANTED-STATUS WANTED-TEXT...: the object is compiled from stdin
judge() {
	name=$1
	wanted=$2
	shift 2
	n=$((n + 1))
	cat >"$dir/part.c"
	why=
	if ! eval "$compile" -c "$dir/part.c" -o "$dir/$part" 2>"$dir/said"; then
		why="it does not compile: $(head -n 1 "$dir/said")"
	else
		"${CROSS}ld" -r -o "$dir/early.o" "$dir/$part"
		sh tools/check-early.sh "$dir/early.o" "$dir/$part" >"$dir/said" 2>&1
		status=$?
		[ $status = "$wanted" ] || why="status $status, wanted $wanted"
		for text in "$@"; do
			grep -Fq -e "$text" "$dir/said" || why="$why; not said: $text"
		done
	fi
	if [ -z "$why" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# $why"
	fi
}

compile=
for word in "$@"; do
	compile="$compile '$word'"
done

echo 1..9
judge "relative code and data pass" 0 <<'C'
extern const char __image_start[];
void start_kernel(void);
static int count;
int good(int i);
int good(int i) { count += i; if (count > 9) start_kernel(); return __image_start[count] + "text"[i]; }
C
judge "a pointer in initialised data" 1 part.o R_ARM_ABS32 .data 'absolute address' 'no pointers' <<'C'
extern int target;
int target = 1;
int *pointer = &target;
C
judge "memset by the compiler or by hand" 1 part.o "'memset'" 'library function' 'write the loop' <<'C'
void *memset(void *, int, unsigned);
void bad(char *p);
void bad(char *p) { memset(p, 0, 100); }
C
judge "64-bit division" 1 part.o __aeabi_uldivmod 'library function' <<'C'
unsigned long long bad(unsigned long long a, unsigned long long b);
unsigned long long bad(unsigned long long a, unsigned long long b) { return a / b; }
C
judge "a function that is not in the early link" 1 part.o "'later'" 'start_kernel' EARLY_SRCS <<'C'
void later(void);
void bad(void);
void bad(void) { later(); }
C
judge "a name that only looks like the linker's" 1 part.o "'__image'" <<'C'
extern int __image;
int bad(void);
int bad(void) { return __image; }
C
mkdir -p "$dir/board/mine"
part=board/mine/board.o
judge "a board.c without its last line" 1 'board/mine/board.c has no BOARD(...) line at its end.' \
	'way out: end it with BOARD("mine");' <<'C'
extern const char board_name[];
extern const unsigned int map_io_rows, board_device_rows;
int rows(void);
int rows(void) { return map_io_rows + board_device_rows + board_name[0]; }
C
n=$((n + 1))
if [ "$(wc -l <"$dir/said")" = 2 ]; then
	echo "ok $n - and that is all that is said"
else
	echo "not ok $n - and that is all that is said"
	sed 's/^/# /' "$dir/said"
fi
part=part.o
# default visibility makes the compiler go through the GOT
compile="$compile -fvisibility=default -include /dev/null"
judge "data reached through the GOT" 1 part.o R_ARM_GOT <<'C'
#pragma GCC visibility push(default)
extern int elsewhere;
int bad(void);
int bad(void) { return elsewhere; }
C
