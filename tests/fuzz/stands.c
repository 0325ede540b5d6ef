/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/stands.c - may this map table stand?  Ranges in 64 bits with their end
 * outside, so that none can wrap; what a carve-out covers by trying each place
 * where a hole could begin.
 */
#include "tests/fuzz/stands.h"

struct range {
	uint64_t from, to;
};

static struct range phys_of(const struct map_desc *row)
{
	const uint64_t from = (uint64_t)row->pfn * SZ_4K + row->offset;

	return (struct range){ from, from + row->length };
}

static struct range virt_of(const struct map_desc *row)
{
	return (struct range){ row->virtual, (uint64_t)row->virtual + row->length };
}

static struct range both(struct range a, struct range b)
{
	return (struct range){ a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to };
}

static bool meet(struct range a, struct range b)
{
	return both(a, b).from < both(a, b).to;
}

static bool inside(struct range a, uint64_t from, uint64_t to)
{
	return a.from >= from && a.to <= to;
}

static bool is_row(const struct map_desc *row)
{
	return !(row->type & MAP_IS_RAM);
}

static bool is_carve_out(const struct map_desc *row)
{
	return row->type & MAP_NOMAP;
}

static bool is_bank(const struct map_desc *row)
{
	return !is_row(row) && !is_carve_out(row);
}

/* ---- one row ---- */

static bool place_stands(const struct map_desc *row)
{
	const struct range v = virt_of(row);

	if (!is_row(row))
		return !row->virtual;
	return inside(v, TASK_SIZE, KIMAGE_VADDR) || inside(v, VMALLOC_END, FIXADDR_START);
}

static bool row_stands(const struct map_desc *row)
{
	const bool device =
		(row->type & MEM_KIND) == MEM_SO || (row->type & MEM_KIND) == MEM_DEVICE;

	if (!row->length || (row->length | row->offset | row->virtual) % SZ_4K)
		return false;
	if (phys_of(row).to > 1ull << 32)
		return false;
	if (row->type & MAP_EXEC && (row->type & MAP_WRITE || device))
		return false;
	return place_stands(row);
}

/* ---- two rows ---- */

static bool page_kept_out(const struct map_desc *rows, u32 n, uint64_t pa)
{
	for (u32 i = 0; i < n; i++)
		if (is_carve_out(&rows[i]) && phys_of(&rows[i]).from <= pa &&
		    pa < phys_of(&rows[i]).to)
			return true;
	return false;
}

/* The first page that is not kept out is the first of all, or the one behind a carve-out. */
static bool all_kept_out(const struct map_desc *rows, u32 n, struct range r)
{
	bool all = page_kept_out(rows, n, r.from);

	for (u32 i = 0; i < n; i++) {
		const uint64_t behind = phys_of(&rows[i]).to;

		if (is_carve_out(&rows[i]) && behind > r.from && behind < r.to)
			all = all && page_kept_out(rows, n, behind);
	}
	return all;
}

static bool pair_stands(const struct map_desc *rows, u32 n, const struct map_desc *a,
			const struct map_desc *b)
{
	const u32 rights = a->type | b->type;

	if (is_row(a) && is_row(b) && meet(virt_of(a), virt_of(b)))
		return false;
	if (is_carve_out(a) || is_carve_out(b) || !meet(phys_of(a), phys_of(b)))
		return true;
	if (is_row(a) && is_row(b))
		return (a->type & MEM_KIND) == (b->type & MEM_KIND) &&
		       !(rights & MAP_WRITE && rights & MAP_EXEC);
	if (is_row(a) || is_row(b))
		return all_kept_out(rows, n, both(phys_of(a), phys_of(b)));
	return false;
}

/* ---- the table ---- */

/* The linear map shows the lowest bank at its beginning, down to 16 MiB. */
static uint64_t linear_end(const struct map_desc *rows, u32 n)
{
	uint64_t lowest = 1ull << 32;

	for (u32 i = 0; i < n; i++)
		if (is_bank(&rows[i]) && phys_of(&rows[i]).from < lowest)
			lowest = phys_of(&rows[i]).from;
	return lowest / SZ_16M * SZ_16M + (LOWMEM_END - PAGE_OFFSET);
}

static bool image_stands(const struct map_desc *rows, u32 n, const struct map_image *im)
{
	const struct range image = { im->phys, (uint64_t)im->phys + im->total };
	bool in_bank = false;

	for (u32 i = 0; i < n; i++) {
		if (is_carve_out(&rows[i]) && meet(phys_of(&rows[i]), image))
			return false;
		in_bank |= is_bank(&rows[i]) &&
			   inside(image, phys_of(&rows[i]).from, phys_of(&rows[i]).to);
	}
	return in_bank && image.to <= linear_end(rows, n);
}

static bool console_stands(const struct map_desc *rows, u32 n, uint64_t console)
{
	for (u32 i = 0; i < n; i++)
		if (is_row(&rows[i]) && phys_of(&rows[i]).from <= console &&
		    console < phys_of(&rows[i]).to)
			return true;
	return false;
}

bool table_stands(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	bool ram = false;

	if (n > MM_MAX_ROWS)
		return false;
	for (u32 i = 0; i < n; i++) {
		ram |= is_bank(&rows[i]);
		if (!row_stands(&rows[i]))
			return false;
	}
	for (u32 i = 0; i < n; i++)
		for (u32 k = 0; k < i; k++)
			if (!pair_stands(rows, n, &rows[i], &rows[k]))
				return false;
	if (lo->image.total && !image_stands(rows, n, &lo->image))
		return false;
	return ram && (!lo->console || console_stands(rows, n, lo->console));
}
