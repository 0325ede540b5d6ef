/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/iotable_early.c - iotable_init(): the static rows become descriptors.
 *
 * Runs before the MMU is on, so it stands apart from the lookups of iotable.c.
 */
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
