/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/iotable_early.c - the table becomes descriptors: RAM and the image by
 * lowmem_init(), the static rows by iotable_init().
 *
 * Runs before the MMU is on, so it stands apart from the lookups of iotable.c.
 */
#include "mm/check.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"

int iotable_init(const struct map_desc *rows, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		const struct map_desc *row = &rows[i];
		int err;

		if (row->type & MAP_IS_RAM)
			continue;
		err = pgtable_map(row->virtual, map_phys(row), row->length, row->type);
		if (err) {
			mm_log("map: row '%s' could not be entered at %p: error %d", row->name,
			       row->virtual, err);
			return err;
		}
	}
	return 0;
}

int lowmem_init(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	struct map_piece pieces[MAP_MAX_PIECES];
	u32 used = map_pieces(rows, n, lo, pieces);

	for (u32 i = 0; i < used; i++) {
		const struct map_piece *p = &pieces[i];
		int err;

		if (p->row && !(p->row->type & MAP_IS_RAM))
			continue;
		err = pgtable_map(p->va, p->pa, p->length, p->type);
		if (err) {
			mm_log("map: '%s' could not be entered at %p: error %d",
			       p->row ? p->row->name : p->what, p->va, err);
			return err;
		}
	}
	return 0;
}
