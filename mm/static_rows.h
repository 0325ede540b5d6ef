/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/static_rows.h - what mm/iotable.c remembers of the rows.
 */
#ifndef MM_STATIC_ROWS_H
#define MM_STATIC_ROWS_H

#include "mm/iotable.h"

struct static_rows {
	u32 n;
	u32 counts; /* ioremap()s served by rows, all together */
	pa_t phys_offset;
	struct static_row row[MM_MAX_ROWS]; /* by physical address */
	pa_t reach[MM_MAX_ROWS]; /* the highest pa_last of rows 0..i */
	u8 by_va[MM_MAX_ROWS];
	u8 pa_end[4096]; /* per MiB: one past the last row that begins there or below */
	u8 va_end[4096];
	u32 nomap_n;
	struct {
		pa_t first, last;
	} nomap[MM_MAX_ROWS];
};
extern struct static_rows static_rows;

/* static_row_by_pa() and static_row_by_va() of mm/iotable.h, inline for ioremap(). */

static inline struct static_row *find_row_by_pa(pa_t first, pa_t last)
{
	u32 i = static_rows.pa_end[first >> SECTION_SHIFT];

	while (i--) {
		struct static_row *row = &static_rows.row[i];

		if (row->pa <= first && last <= row->pa_last)
			return row;
		if (static_rows.reach[i] < first)
			return NULL;
	}
	return NULL;
}

static inline struct static_row *find_row_by_va(va_t va)
{
	u32 i = static_rows.va_end[va >> SECTION_SHIFT];

	while (i--) {
		struct static_row *row = &static_rows.row[static_rows.by_va[i]];

		if (row->va <= va)
			return va <= row->va_last ? row : NULL;
	}
	return NULL;
}

#endif
