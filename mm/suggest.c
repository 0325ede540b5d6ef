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
	va_t first;
	u32 bytes;
} areas[] = {
	{ VMALLOC_END, FIXADDR_START - VMALLOC_END },
	{ TASK_SIZE, KIMAGE_VADDR - TASK_SIZE },
};

struct space {
	const struct map_desc *rows;
	u32 n;
	pa_t flat; /* the page that is mapped flat for the switch-on; 0: none known */
	bool out_of_ram; /* it may be any of RAM: stay out of RAM's own addresses */
};

static bool fits(u32 area, va_t va, u32 length)
{
	return length <= areas[area].bytes && va - areas[area].first <= areas[area].bytes - length;
}

/* Of two ranges that meet one begins inside the other; this holds for one that wraps, too. */
static bool meet(va_t a, u32 a_length, va_t b, u32 b_length)
{
	return a_length > b - a || b_length > a - b;
}

/* Is anything in [@va, @va + @length)?  @end: what lies behind it. */
static bool in_the_way(const struct space *s, va_t va, u32 length, va_t *end)
{
	for (u32 i = 0; i < s->n; i++) {
		const struct map_desc *row = &s->rows[i];
		bool ram = row->type & MAP_IS_RAM;
		va_t from = ram ? map_phys(row) : row->virtual;

		/* as high as the usual place no loader puts an image */
		if (!row->length || (ram && (!s->out_of_ram || va >= VMALLOC_END)))
			continue;
		*end = from + row->length;
		if (meet(from, row->length, va, length))
			return true;
	}
	*end = s->flat + PAGE_SIZE;
	return s->flat && meet(s->flat, PAGE_SIZE, va, length);
}

/* The lowest free place in an area that lies as @pa does in @step bytes, or 0. */
static va_t lowest_free(const struct space *s, u32 area, pa_t pa, u32 length, u32 step)
{
	va_t va = areas[area].first, end;

	for (;;) {
		va += (pa - va) & (step - 1);
		if (!fits(area, va, length))
			return 0;
		if (!in_the_way(s, va, length, &end))
			return va;
		if (end <= va) /* it goes up to 4 GiB, or wraps: the table may be a bad one */
			return 0;
		va = end;
	}
}

/* As far from a row of the same physical MiB as the registers are from its. */
static va_t beside_neighbour(const struct space *s, pa_t pa, u32 length)
{
	for (u32 i = 0; i < s->n; i++) {
		const struct map_desc *row = &s->rows[i];
		va_t va = row->virtual + (pa - map_phys(row)), end;

		if ((row->type & MAP_IS_RAM) || (map_phys(row) ^ pa) >> SECTION_SHIFT ||
		    (va & ~PAGE_MASK))
			continue;
		for (u32 area = 0; area < ARRAY_SIZE(areas); area++)
			if (fits(area, va, length) && !in_the_way(s, va, length, &end))
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
