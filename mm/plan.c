/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/plan.c - what becomes of a table: pieces, descriptors, tables, bytes.
 */
#include "mm/check.h"
#include "mm/log.h"

static pa_t row_last(const struct map_desc *row)
{
	return map_phys(row) + row->length - 1;
}

static bool is_linear(const struct map_desc *row)
{
	return (row->type & (MAP_IS_RAM | MAP_NOMAP)) == MAP_IS_RAM;
}

/*
 * The lowest RAM bank, rounded down to 16 MiB so that linear addresses are as
 * aligned as physical ones and the largest descriptors fit.
 */
pa_t map_phys_offset(const struct map_desc *rows, u32 n)
{
	pa_t lowest = 0xffffffffu;

	for (u32 i = 0; i < n; i++)
		if (is_linear(&rows[i]) && map_phys(&rows[i]) < lowest)
			lowest = map_phys(&rows[i]);
	return lowest & ~(SZ_16M - 1);
}

u32 map_row_mapped(const struct map_desc *rows, u32 n, const struct map_desc *row)
{
	u32 distance;

	if (row->type & MAP_NOMAP)
		return 0;
	if (!(row->type & MAP_IS_RAM))
		return row->length;
	distance = map_phys(row) - map_phys_offset(rows, n);
	if (distance >= LOWMEM_END - PAGE_OFFSET)
		return 0;
	if (row->length > LOWMEM_END - PAGE_OFFSET - distance)
		return LOWMEM_END - PAGE_OFFSET - distance;
	return row->length;
}

va_t map_row_virt(const struct map_desc *rows, u32 n, const struct map_desc *row)
{
	if (!(row->type & MAP_IS_RAM))
		return row->virtual;
	if (!map_row_mapped(rows, n, row))
		return 0;
	return PAGE_OFFSET + (map_phys(row) - map_phys_offset(rows, n));
}

/* ---- pieces ---- */

struct pieces {
	const struct map_desc *rows;
	u32 n;
	const struct map_layout *lo;
	struct map_piece *out;
	u32 used;
};

static void add(struct pieces *p, const struct map_desc *row, const char *what, va_t va, pa_t pa,
		u32 length, u32 type)
{
	struct map_piece *piece;

	if (!length || p->used == MAP_MAX_PIECES)
		return;
	piece = &p->out[p->used++];
	piece->row = row;
	piece->what = what;
	piece->va = va;
	piece->pa = pa;
	piece->length = length;
	piece->type = type;
}

/* [from, to) is of one kind as far as @cut lies beyond @at: bring @end down. */
static void cut_at(pa_t at, pa_t cut, pa_t *end)
{
	if (cut > at && cut <= *end)
		*end = cut - 1;
}

/*
 * What RAM at @at is in the linear map, and how far (@last) that holds.
 * Returns 0 for a hole: a NOMAP row lies there.
 */
static u32 ram_kind(const struct pieces *p, pa_t at, pa_t *last)
{
	const struct map_image *im = &p->lo->image;
	u32 type = MT_MEMORY_RW;

	for (u32 i = 0; i < p->n; i++) {
		const struct map_desc *row = &p->rows[i];

		if (!(row->type & MAP_NOMAP))
			continue;
		cut_at(at, map_phys(row), last);
		if (at - map_phys(row) >= row->length)
			continue;
		cut_at(at, map_phys(row) + row->length, last);
		return 0;
	}
	if (!im->total)
		return type;
	/* W^X holds per physical page: what the window executes or reads only
	 * is not writable here either. */
	cut_at(at, im->phys, last);
	cut_at(at, im->phys + im->text + im->rodata, last);
	if (at - im->phys < im->text + im->rodata)
		type &= ~(u32)MAP_WRITE;
	return type;
}

static void add_ram(struct pieces *p, const struct map_desc *row)
{
	u32 mapped = map_row_mapped(p->rows, p->n, row);
	va_t va = map_row_virt(p->rows, p->n, row);
	pa_t at = map_phys(row), end = at + mapped - 1;

	while (mapped) {
		pa_t last = end;
		u32 type = ram_kind(p, at, &last);
		u32 length = last - at + 1;

		if (type)
			add(p, row, "linear map", va, at, length, type);
		va += length;
		at += length;
		mapped -= length;
	}
}

static void add_image(struct pieces *p)
{
	const struct map_image *im = &p->lo->image;
	u32 at = im->text + im->rodata;

	add(p, 0, "text", KIMAGE_VADDR, im->phys, im->text, MT_ROM);
	add(p, 0, "rodata", KIMAGE_VADDR + im->text, im->phys + im->text, im->rodata, MT_MEMORY_RO);
	for (u32 i = 0; i < MAP_GUARDS; i++) {
		if (im->guard[i] < at)
			continue;
		add(p, 0, "data", KIMAGE_VADDR + at, im->phys + at, im->guard[i] - at,
		    MT_MEMORY_RW);
		at = im->guard[i] + PAGE_SIZE;
	}
	add(p, 0, "data", KIMAGE_VADDR + at, im->phys + at, im->total - at, MT_MEMORY_RW);
	add(p, 0, "vectors", VECTORS_BASE, im->phys + im->vectors, PAGE_SIZE, MT_ROM);
	add(p, 0, "identity page", im->phys, im->phys, PAGE_SIZE, MT_ROM);
}

u32 map_pieces(const struct map_desc *rows, u32 n, const struct map_layout *lo,
	       struct map_piece *out)
{
	struct pieces p = { .rows = rows, .n = n, .lo = lo, .out = out };

	for (u32 i = 0; i < n; i++) {
		const struct map_desc *row = &rows[i];

		if (is_linear(row))
			add_ram(&p, row);
		else if (!(row->type & MAP_NOMAP))
			add(&p, row, "row", row->virtual, map_phys(row), row->length, row->type);
	}
	if (lo->image.total)
		add_image(&p);
	return p.used;
}

/* ---- the plan ---- */

void map_piece_blocks(const struct map_piece *piece, bool supersections, u32 blocks[])
{
	va_t va = piece->va;
	pa_t pa = piece->pa;
	u32 length = piece->length;

	while (length) {
		enum block_kind kind = pgtable_next(va, pa, length, supersections);

		blocks[kind]++;
		va += block_bytes[kind];
		pa += block_bytes[kind];
		length -= block_bytes[kind];
	}
}

/* Does @piece have pages, not a section, in the MiB at @mib? */
static bool has_pages_in(const struct map_piece *piece, va_t mib)
{
	va_t last = piece->va + piece->length - 1;

	if (last < mib || piece->va > (mib | ~SECTION_MASK))
		return false;
	if ((piece->va ^ piece->pa) & ~SECTION_MASK)
		return true;
	return piece->va > mib || last < (mib | ~SECTION_MASK);
}

u32 map_tables_of(const struct map_piece *pieces, u32 i)
{
	const struct map_piece *piece = &pieces[i];
	va_t last = piece->va + piece->length - 1;
	/* Where sections fit, only the first and the last MiB can need pages. */
	bool ends_only = !((piece->va ^ piece->pa) & ~SECTION_MASK);
	u32 tables = 0;

	for (va_t mib = piece->va & SECTION_MASK;;) {
		bool fresh = has_pages_in(piece, mib);

		for (u32 j = 0; fresh && j < i; j++)
			fresh = !has_pages_in(&pieces[j], mib);
		tables += fresh;
		if (last - mib < SECTION_SIZE)
			return tables;
		mib = ends_only ? last & SECTION_MASK : mib + SECTION_SIZE;
	}
}

/* Bytes of RAM behind the linear map, without what carve-outs take; other rows have none. */
static u32 beyond_linear_map(const struct map_desc *rows, u32 n, const struct map_desc *row)
{
	u32 mapped = map_row_mapped(rows, n, row), beyond = row->length - mapped;
	pa_t first = map_phys(row) + mapped;

	for (u32 i = 0; beyond && i < n; i++) {
		pa_t from = map_phys(&rows[i]) > first ? map_phys(&rows[i]) : first;
		pa_t to = row_last(&rows[i]) < row_last(row) ? row_last(&rows[i]) : row_last(row);

		if ((rows[i].type & MAP_NOMAP) && from <= to)
			beyond -= to - from + 1;
	}
	return beyond;
}

void map_plan(const struct map_desc *rows, u32 n, const struct map_layout *lo,
	      struct map_plan *plan)
{
	struct map_piece pieces[MAP_MAX_PIECES];
	u32 used = map_pieces(rows, n, lo, pieces);

	for (u32 i = 0; i < BLOCK_KINDS; i++)
		plan->blocks[i] = 0;
	plan->tables = plan->lowmem = plan->beyond = plan->nomap = 0;
	for (u32 i = 0; i < used; i++) {
		map_piece_blocks(&pieces[i], lo->supersections, plan->blocks);
		plan->tables += map_tables_of(pieces, i);
		if (pieces[i].row && is_linear(pieces[i].row))
			plan->lowmem += pieces[i].length;
	}
	for (u32 i = 0; i < n; i++) {
		if (rows[i].type & MAP_NOMAP)
			plan->nomap += rows[i].length;
		else
			plan->beyond += beyond_linear_map(rows, n, &rows[i]);
	}
	plan->bytes = L1_BYTES + plan->tables * L2_BYTES;
}

/* ---- the plan in words ---- */

const char *map_type_name(u32 type)
{
	if (type & MAP_NOMAP)
		return "RAM, not mapped";
	switch (type & MEM_KIND) {
	case MEM_SO:
		return "strongly-ordered";
	case MEM_DEVICE:
		return "device";
	case MEM_NC:
		return "normal non-cached";
	default:
		return type & MAP_IS_RAM ? "RAM" : "normal cached";
	}
}

static void show_piece(const struct map_piece *piece, bool supersections, u32 tables)
{
	u32 b[BLOCK_KINDS] = { 0 };

	map_piece_blocks(piece, supersections, b);
	mm_log("  %p-%p -> %p %-15s %s%s %-17s %3u x16M %3u x1M %3u x64K %3u x4K, %u tables",
	       piece->va, piece->va + piece->length - 1, piece->pa,
	       piece->row ? piece->row->name : piece->what, piece->type & MAP_WRITE ? "rw" : "ro",
	       piece->type & MAP_EXEC ? "x" : "-", map_type_name(piece->type), b[BLOCK_16M],
	       b[BLOCK_1M], b[BLOCK_64K], b[BLOCK_4K], tables);
}

/* [first, last] ends at or above @va and begins lower than what was found so far. */
static void lower(va_t va, va_t first, va_t last, va_t *found_first, va_t *found_last)
{
	if (last < va || first >= *found_first)
		return;
	*found_first = first;
	*found_last = last;
}

/*
 * The lowest mapped or reserved stretch that ends at or above @va.  Reserved are the
 * windows of the image, RAM and ioremap(), side by side, and from the fixmap on all.
 */
static void next_used(const struct map_piece *pieces, u32 n, va_t va, va_t *first, va_t *last)
{
	*first = FIXADDR_START;
	*last = 0xffffffffu;
	lower(va, KIMAGE_VADDR, VMALLOC_END - 1, first, last);
	for (u32 i = 0; i < n; i++)
		lower(va, pieces[i].va, pieces[i].va + pieces[i].length - 1, first, last);
}

bool map_next_free(const struct map_piece *pieces, u32 n, va_t from, va_t *first, va_t *last)
{
	va_t at = from < TASK_SIZE ? TASK_SIZE : from;

	for (;;) {
		va_t used, used_last;

		next_used(pieces, n, at, &used, &used_last);
		if (used > at) {
			*first = at;
			*last = used - 1;
			return true;
		}
		if (used_last == 0xffffffffu)
			return false;
		at = used_last + 1;
	}
}

/* A page for a further row where a row's second-level table is there already, or 0. */
static va_t free_page_beside_rows(const struct map_piece *pieces, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		va_t last = pieces[i].va + pieces[i].length - 1, first, end;

		/* behind sections another MiB begins, behind RAM another window */
		if (pieces[i].row && map_next_free(pieces, n, last, &first, &end) &&
		    first >> SECTION_SHIFT == last >> SECTION_SHIFT)
			return first;
	}
	return 0;
}

static void show_next_row(const struct map_desc *rows, u32 n, pa_t flat,
			  const struct map_piece *pieces, u32 used)
{
	va_t page = free_page_beside_rows(pieces, used);
	va_t section = map_free_va(rows, n, flat, 0, SECTION_SIZE);

	if (page && section)
		mm_log("next row: va %p for pages (a table is there already), %p for whole MiB",
		       page, section);
	else if (page)
		mm_log("next row: va %p for pages (a table is there already); no whole MiB is free",
		       page);
	else if (section)
		mm_log("next row: va %p", section);
	else
		mm_log("next row: no whole MiB is free; the list above has what is left");
}

static void show_free(const struct map_piece *pieces, u32 n)
{
	va_t from = TASK_SIZE, first, last;

	while (map_next_free(pieces, n, from, &first, &last)) {
		mm_log("  %p-%p free for rows (%z)", first, last, last - first + 1);
		from = last + 1;
	}
}

void map_plan_show(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	struct map_piece pieces[MAP_MAX_PIECES];
	u32 used = map_pieces(rows, n, lo, pieces);
	struct map_plan plan;

	map_plan(rows, n, lo, &plan);
	for (u32 i = 0; i < used; i++)
		show_piece(&pieces[i], lo->supersections, map_tables_of(pieces, i));
	for (u32 i = 0; i < n; i++)
		if (rows[i].type & MAP_NOMAP)
			mm_log("  not mapped               %p %-15s %z, may be ioremapped",
			       map_phys(&rows[i]), rows[i].name, rows[i].length);
	mm_log("descriptors: %u of 16 MiB, %u of 1 MiB, %u of 64 KiB, %u of 4 KiB",
	       plan.blocks[BLOCK_16M], plan.blocks[BLOCK_1M], plan.blocks[BLOCK_64K],
	       plan.blocks[BLOCK_4K]);
	mm_log("tables: 16 KiB + %u second-level tables = %u bytes; %u of the pool's %u stay free",
	       plan.tables, plan.bytes, lo->tables - plan.tables, lo->tables);
	mm_log("RAM: %z in the linear map, %z beyond it, %z kept out", plan.lowmem, plan.beyond,
	       plan.nomap);
	if (plan.beyond)
		mm_log("RAM past %p has no linear address: ioremap_cache() reaches it",
		       map_phys_offset(rows, n) + (LOWMEM_END - PAGE_OFFSET));
	show_free(pieces, used);
	show_next_row(rows, n, lo->image.phys, pieces, used);
}
