/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/static_rows.h - what mm/iotable.c remembers of the rows.
 */
#ifndef MM_STATIC_ROWS_H
#define MM_STATIC_ROWS_H

#include "mm/iotable.h"

struct static_rows {
	const struct map_desc *table; /* as static_rows_init() got it */
	u32 table_n;
	u32 n;
	pa_t phys_offset;
	/* By physical address; row[0] is a sentinel at 0 that ends every walk down. */
	struct static_row row[MM_MAX_ROWS + 1];
	pa_t pa[MM_MAX_ROWS + 1]; /* row[].pa, side by side */
	pa_t reach[MM_MAX_ROWS + 1]; /* the highest pa_last of rows up to here */
	/* By virtual address, with the same sentinel: first byte, place in row[]. */
	va_t va[MM_MAX_ROWS + 1];
	u8 by_va[MM_MAX_ROWS + 1];
	/* Per MiB: the last row that begins there or below. */
	u8 pa_last[4096];
	u8 va_last[4096];
	u32 nomap_n;
	struct {
		pa_t first, last;
	} nomap[MM_MAX_ROWS];
};
extern struct static_rows static_rows;

/* Rows may overlap in physical addresses: look further down.  All begin at or below @first. */
struct static_row *find_row_below(u32 i, pa_t first, pa_t last);

/* static_row_by_pa() and static_row_by_va() of mm/iotable.h, inline for ioremap(). */

static inline struct static_row *find_row_by_pa(pa_t first, pa_t last)
{
	u32 i = static_rows.pa_last[first >> SECTION_SHIFT];

	while (static_rows.pa[i] > first)
		i--;
	if (last <= static_rows.row[i].pa_last && i)
		return &static_rows.row[i];
	return static_rows.reach[i] >= first ? find_row_below(i, first, last) : NULL;
}

static inline struct static_row *find_row_by_va(va_t va)
{
	u32 i = static_rows.va_last[va >> SECTION_SHIFT];
	struct static_row *row;

	while (static_rows.va[i] > va)
		i--;
	row = &static_rows.row[static_rows.by_va[i]];
	return va <= row->va_last && i ? row : NULL;
}

#endif
