#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/image-size.sh - the sizes of a linked image, as check-map takes them.
#
# usage: image-size.sh NM image.elf LOADADDR
# prints: LOADADDR TEXT RODATA TOTAL (bytes, from the linker script's marks)
"$1" "$2" | perl -ne '
	$at{$3} = hex $1 if /^([0-9a-f]+) (\S) (\S+)$/;
	END {
		for (qw(__image_start __text_end __rodata_end __image_end)) {
			defined $at{$_} or die "image-size.sh: no symbol $_ in the image\n";
		}
		printf "%s 0x%x 0x%x 0x%x\n", "'"$3"'",
			$at{__text_end} - $at{__image_start},
			$at{__rodata_end} - $at{__text_end},
			$at{__image_end} - $at{__image_start};
	}'
