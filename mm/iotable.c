/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/iotable.c - the static rows at run time: who holds this address?
 *
 * Rows are kept sorted by physical address and, through an index, by virtual
 * address.  A table over the 4,096 MiB of each space says where to begin, so a
 * lookup looks at the rows of one MiB at most, wherever the row stands.
 */
#include "mm/iotable.h"

#include <errno.h>

#include "mm/check.h"
#include "mm/log.h"
#include "mm/resource.h"
#include "mm/static_rows.h"
#include "seam.h"

struct static_rows static_rows;

/* ---- building ---- */

static void insert_by_pa(const struct static_row *row)
{
	u32 i = ++static_rows.n;

	for (; static_rows.row[i - 1].pa > row->pa; i--)
		static_rows.row[i] = static_rows.row[i - 1];
	static_rows.row[i] = *row;
}

static void sort_by_va(void)
{
	for (u32 n = 1; n <= static_rows.n; n++) {
		va_t va = static_rows.row[n].va;
		u32 i = n;

		for (; static_rows.va[i - 1] > va; i--) {
			static_rows.va[i] = static_rows.va[i - 1];
			static_rows.by_va[i] = static_rows.by_va[i - 1];
		}
		static_rows.va[i] = va;
		static_rows.by_va[i] = (u8)n;
	}
}

/* For each MiB: the last row that begins in it or below; 0, the sentinel: none. */
static void index_space(void)
{
	u32 p = 0, v = 0;

	for (u32 mib = 0; mib < 4096; mib++) {
		while (p < static_rows.n && static_rows.row[p + 1].pa >> SECTION_SHIFT <= mib)
			p++;
		while (v < static_rows.n && static_rows.va[v + 1] >> SECTION_SHIFT <= mib)
			v++;
		static_rows.pa_last[mib] = (u8)p;
		static_rows.va_last[mib] = (u8)v;
	}
}

static void bound_reach(void)
{
	pa_t reach = 0;

	for (u32 i = 1; i <= static_rows.n; i++) {
		static_rows.pa[i] = static_rows.row[i].pa;
		if (static_rows.row[i].pa_last > reach)
			reach = static_rows.row[i].pa_last;
		static_rows.reach[i] = reach;
	}
}

static void remember(const struct map_desc *rows, u32 n, const struct map_desc *desc)
{
	u32 mapped = map_row_mapped(rows, n, desc);
	struct static_row row = {
		.va = map_row_virt(rows, n, desc),
		.pa = map_phys(desc),
		.type = desc->type,
		.desc = desc,
	};

	if (!mapped)
		return;
	row.va_last = row.va + mapped - 1;
	row.pa_last = row.pa + mapped - 1;
	insert_by_pa(&row);
}

/* Rows may share addresses; what crosses the edge of another stays out of the tree. */
static int claim(const struct map_desc *desc)
{
	int err = resource_add(map_phys(desc), desc->length, desc->name,
			       desc->type & MAP_IS_RAM ? IORESOURCE_MEM | IORESOURCE_RAM :
							 IORESOURCE_MEM);

	return err == -EBUSY ? 0 : err;
}

int static_rows_init(const struct map_desc *rows, u32 n)
{
	static_rows.table = rows;
	static_rows.table_n = n;
	static_rows.n = 0;
	static_rows.nomap_n = 0;
	static_rows.phys_offset = map_phys_offset(rows, n);
	for (u32 i = 0; i < n && i < MM_MAX_ROWS; i++) {
		int err = claim(&rows[i]);

		if (err)
			return err;
		remember(rows, n, &rows[i]);
		if (rows[i].type & MAP_NOMAP) {
			u32 k = static_rows.nomap_n++;

			static_rows.nomap[k].first = map_phys(&rows[i]);
			static_rows.nomap[k].last = map_phys(&rows[i]) + rows[i].length - 1;
		}
	}
	sort_by_va();
	index_space();
	bound_reach();
	return 0;
}

/* ---- looking up ---- */

struct static_row *find_row_below(u32 i, pa_t first, pa_t last)
{
	for (; i && static_rows.reach[i] >= first; i--)
		if (last <= static_rows.row[i].pa_last)
			return &static_rows.row[i];
	return NULL;
}

struct static_row *static_row_by_pa(pa_t first, pa_t last)
{
	return find_row_by_pa(first, last);
}

struct static_row *static_row_by_va(va_t va)
{
	return find_row_by_va(va);
}

/* The last byte of the carve-out that holds @pa, or 0. */
static pa_t kept_out_to(pa_t pa)
{
	for (u32 i = 0; i < static_rows.nomap_n; i++)
		if (static_rows.nomap[i].first <= pa && pa <= static_rows.nomap[i].last)
			return static_rows.nomap[i].last;
	return 0;
}

bool static_row_kept_out(pa_t first, pa_t last)
{
	for (;;) {
		pa_t to = kept_out_to(first);

		if (!to || to >= last)
			return to;
		first = to + 1;
	}
}

struct static_row *static_row_conflict(pa_t first, pa_t last, u32 type)
{
	for (u32 i = 1; i <= static_rows.n; i++) {
		struct static_row *row = &static_rows.row[i];
		pa_t from = first > row->pa ? first : row->pa;
		pa_t to = last < row->pa_last ? last : row->pa_last;

		if (from > to)
			continue;
		if (row->type & MAP_IS_RAM) {
			if (!static_row_kept_out(from, to))
				return row;
		} else if (((row->type ^ type) & MEM_KIND) || (row->type & MAP_EXEC)) {
			return row;
		}
	}
	return 0;
}

struct static_row *static_row_get(u32 i)
{
	return i < static_rows.n ? &static_rows.row[i + 1] : NULL;
}

const struct map_desc *static_rows_table(u32 *n)
{
	*n = static_rows.table_n;
	return static_rows.table;
}

va_t __phys_to_virt(pa_t pa)
{
	return pa - static_rows.phys_offset + PAGE_OFFSET;
}

pa_t __virt_to_phys(va_t va)
{
	return va - PAGE_OFFSET + static_rows.phys_offset;
}

void maps_show(void)
{
	for (u32 i = 1; i <= static_rows.n; i++) {
		const struct static_row *row = &static_rows.row[static_rows.by_va[i]];

		mm_log("%p-%p -> %p %-15s %-17s %u ioremap%s", row->va, row->va_last, row->pa,
		       row->desc->name, map_type_name(row->type), row->count,
		       row->count == 1 ? "" : "s");
	}
}
