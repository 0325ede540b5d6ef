/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/symbols.c - the name of a code address, for reports.
 *
 * The table is made from the linked image itself (tools/mksymbols.pl) and holds
 * offsets, not addresses, so that it can be read with the MMU off as well.
 */
#include "mm/layout.h"
#include "seam.h"

/** struct symbol - a function: bytes from the image's start, bytes into the names */
struct symbol {
	u32 offset;
	u32 name;
};

extern const u32 __symbols_count;
extern const struct symbol __symbols_table[];
extern const char __symbols_names[];
extern const char __image_start[], __text_end[];

/* The last row at or below @offset; row 0 is the image's first byte. */
static u32 find_row(u32 offset)
{
	u32 low = 0, high = __symbols_count;

	while (high - low > 1) {
		u32 mid = low + (high - low) / 2;

		if (__symbols_table[mid].offset <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

const char *seam_symbol(u32 addr, u32 *offset)
{
	u32 at = addr - KIMAGE_VADDR, row;

	if (!__symbols_count || at >= (u32)(__text_end - __image_start))
		return NULL;
	row = find_row(at);
	if (__symbols_table[row].offset > at)
		return NULL;
	*offset = at - __symbols_table[row].offset;
	return &__symbols_names[__symbols_table[row].name];
}
