#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/compile-commands.sh - compile_commands.json for editors and clang tools.
#
# usage: compile-commands.sh DIRECTORY 'COMPILER AND FLAGS' file.c...
dir=$1
cc=$2
shift 2

echo '['
first=yes
for f in "$@"; do
	[ $first = yes ] || echo ','
	first=no
	printf '{ "directory": "%s", "file": "%s", "command": "%s -c %s" }' "$dir" "$f" "$cc" "$f"
done
printf '\n]\n'
