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

struct space {
	const struct map_desc *rows;
	u32 n;
	pa_t flat; /* the page that is mapped flat for the switch-on; 0: none known */
	bool out_of_ram; /* it may be any of RAM: stay out of RAM's own addresses */
};

static bool in_between(va_t first, va_t last, va_t va, u32 length)
{
	return va <= last && first <= va + length - 1;
}

/* Is anything in [@va, @va + @length)?  @last: the last address that it takes. */
static bool in_the_way(const struct space *s, va_t va, u32 length, va_t *last)
{
	for (u32 i = 0; i < s->n; i++) {
		const struct map_desc *row = &s->rows[i];
		bool ram = row->type & MAP_IS_RAM;
		va_t from = ram ? map_phys(row) : row->virtual;

		/* as high as the usual place no loader puts an image */
		if (!row->length || (ram && (!s->out_of_ram || va >= VMALLOC_END)))
			continue;
		/* the table may be a bad one: a row that wraps takes all to the end */
		*last = from + row->length - 1 < from ? 0xffffffffu : from + row->length - 1;
		if (in_between(from, *last, va, length))
			return true;
	}
	*last = s->flat + PAGE_SIZE - 1;
	return s->flat && in_between(s->flat, *last, va, length);
}

/* The lowest free place in an area that lies as @pa does in @step bytes, or 0. */
static va_t lowest_free(const struct space *s, u32 area, pa_t pa, u32 length, u32 step)
{
	va_t va = areas[area].first, last = areas[area].last;

	for (;;) {
		va_t taken;

		va += (pa - va) & (step - 1);
		if (va < areas[area].first || va > last || last - va < length - 1)
			return 0;
		if (!in_the_way(s, va, length, &taken))
			return va;
		if (taken >= last)
			return 0;
		va = taken + 1;
	}
}

/* As far from a row of the same physical MiB as the registers are from its. */
static va_t beside_neighbour(const struct space *s, pa_t pa, u32 length)
{
	for (u32 i = 0; i < s->n; i++) {
		const struct map_desc *row = &s->rows[i];
		va_t va = row->virtual + (pa - map_phys(row)), taken;

		if ((row->type & MAP_IS_RAM) || (map_phys(row) ^ pa) >> SECTION_SHIFT ||
		    (va ^ pa) & ~PAGE_MASK)
			continue;
		for (u32 area = 0; area < ARRAY_SIZE(areas); area++)
			if (va >= areas[area].first && va <= areas[area].last &&
			    areas[area].last - va >= length - 1 &&
			    !in_the_way(s, va, length, &taken))
				return va;
	}
	return 0;
}

static va_t find(const struct space *s, pa_t pa, u32 length)
{
	static const u32 steps[] = { SZ_16M, SZ_1M, SZ_64K, SZ_4K };
	va_t va = beside_neighbour(s, pa, length);

	for (u32 i = 0; !va && i < ARRAY_SIZE(steps); i++)
		for (u32 area = 0; !va && area < ARRAY_SIZE(areas); area++)
			if (steps[i] <= SZ_1M || length >= steps[i])
				va = lowest_free(s, area, pa, length, steps[i]);
	return va;
}

va_t map_free_va(const struct map_desc *rows, u32 n, pa_t flat, pa_t pa, u32 length)
{
	struct space s;
	va_t va;

	/* filled by hand: an initialiser may call memset() */
	s.rows = rows;
	s.n = n;
	s.flat = flat & PAGE_MASK;
	s.out_of_ram = !s.flat;
	va = find(&s, pa, length);
	if (va || !s.out_of_ram)
		return va;
	/* RAM nearly everywhere: better a place where the image is not likely than none */
	s.out_of_ram = false;
	return find(&s, pa, length);
}
