/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/suggest.c - a free virtual address for a row that is to be added.
 *
 * Beside the rows of its physical neighbours if they leave room, else at the
 * same offset in a MiB: so that large descriptors fit if the row grows, and
 * the low digits of both addresses are equal for whoever reads them.
 */
#include "mm/check.h"

/* Where rows may go, the usual place first. */
static const struct {
	va_t first, last;
} areas[] = {
	{ VMALLOC_END, FIXADDR_START - 1 },
	{ TASK_SIZE, KIMAGE_VADDR - 1 },
};

/*
 * Addresses that @row takes.  Of RAM the physical ones: the page that is mapped
 * flat for the switch-on is among them.
 */
static va_t taken_from(const struct map_desc *row)
{
	return row->type & MAP_IS_RAM ? map_phys(row) : row->virtual;
}

static const struct map_desc *in_the_way(const struct map_desc *rows, u32 n, va_t va, u32 length)
{
	for (u32 i = 0; i < n; i++) {
		va_t from = taken_from(&rows[i]);

		if (va <= from + rows[i].length - 1 && from <= va + length - 1)
			return &rows[i];
	}
	return 0;
}

/* The lowest free place in an area that lies as @pa does in @step bytes, or 0. */
static va_t lowest_free(const struct map_desc *rows, u32 n, u32 area, pa_t pa, u32 length, u32 step)
{
	va_t va = areas[area].first, last = areas[area].last;

	for (;;) {
		const struct map_desc *row;
		va_t after;

		va += (pa - va) & (step - 1);
		if (va < areas[area].first || va > last || last - va < length - 1)
			return 0;
		row = in_the_way(rows, n, va, length);
		if (!row)
			return va;
		after = taken_from(row) + row->length;
		if (after <= va)
			return 0;
		va = after;
	}
}

/* As far from a row of the same physical MiB as the registers are from its. */
static va_t beside_neighbour(const struct map_desc *rows, u32 n, pa_t pa, u32 length)
{
	for (u32 i = 0; i < n; i++) {
		va_t va = rows[i].virtual + (pa - map_phys(&rows[i]));

		if ((rows[i].type & MAP_IS_RAM) || (map_phys(&rows[i]) ^ pa) >> SECTION_SHIFT)
			continue;
		for (u32 area = 0; area < ARRAY_SIZE(areas); area++)
			if (va >= areas[area].first && va <= areas[area].last &&
			    areas[area].last - va >= length - 1 && !in_the_way(rows, n, va, length))
				return va;
	}
	return 0;
}

va_t map_free_va(const struct map_desc *rows, u32 n, pa_t pa, u32 length)
{
	static const u32 steps[] = { SZ_16M, SZ_1M, SZ_64K, SZ_4K };
	va_t va = beside_neighbour(rows, n, pa, length);

	for (u32 s = 0; !va && s < ARRAY_SIZE(steps); s++)
		for (u32 area = 0; !va && area < ARRAY_SIZE(areas); area++)
			if (steps[s] <= SZ_1M || length >= steps[s])
				va = lowest_free(rows, n, area, pa, length, steps[s]);
	return va;
}
