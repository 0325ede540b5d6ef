#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/image-size.sh - a linked image's numbers, as check-map and walk take them.
#
# usage: image-size.sh NM image.elf LOADADDR
# prints: LOADADDR, the bytes of TEXT, RODATA and in all (TOTAL), the offsets of
# the VECTORS, the TABLES and of five GUARD pages (the linker script's marks)
"$1" "$2" | perl -ne '
	$at{$3} = hex $1 if /^([0-9a-f]+) (\S) (\S+)$/;
	sub offset {
		defined $at{$_[0]} or die "image-size.sh: no symbol $_[0] in the image\n";
		return $at{$_[0]} - $at{__image_start};
	}
	END {
		defined $at{__image_start} or die "image-size.sh: no symbol __image_start in the image\n";
		printf "%s" . " 0x%x" x 10 . "\n", "'"$3"'", offset("__text_end"),
			offset("__rodata_end") - offset("__text_end"),
			map { offset($_) } qw(__image_end __vectors_start __tables_start),
			map { "__guard_$_" } qw(svc irq abt und fiq);
	}'
