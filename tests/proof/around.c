/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/around.c - good rows against what is around them: map_check() accepts them
 * exactly when the image lies in RAM that the linear map shows, off its own window and
 * the carve-outs, no row is mapped where its first page must be flat, a static row maps
 * the console, and the pool has the tables for all pieces.
 *
 * sources: mm/plan.c
 * options: --external-sat-solver cadical
 * with: -DROWS=2 -DIMAGE -DCONSOLE -DPOOL
 * with: -DROWS=3 -DCONSOLE -DPOOL
 * unwind: 4 check_pool.0:6,pool_is_enough.0:6,some_pieces.0:6,any_layout.0:6
 * narrow: mm/check.h s/MAP_MAX_PIECES 192/MAP_MAX_PIECES 5/
 * narrow: mm/check.c s/map_pieces\(c/some_pieces(c/
 * narrow: mm/check.c s/map_tables_of\(pieces/some_tables_of(pieces/
 * narrow: mm/check.c s/check_row\(&c, &rows\[i\]\);/;/
 * narrow: mm/check.c s/check_pair\(&c, &rows\[i\], &rows\[j\]\);/;/
 * bound: rows that are good by themselves and two by two (row.c, triples.c): any two, three
 * without an image; the image page aligned, of at most 16 MiB, not past 4 GiB; up to five
 * pieces of 192, each with any number of tables
 * break: mm/check.c s/last - map_phys\(row\) >= map_row/im->phys - map_phys(row) >= map_row/
 * break: mm/check.c s/last <= pa_last\(&c->rows\[i\]\)\)/1)/
 * break: mm/check.c s/if \(!\(r->type & MAP_NOMAP\) \|\| !overlaps/if (!overlaps/
 * break: mm/check.c s/at <= pa_last\(&c->rows\[i\]\)/at < pa_last(&c->rows[i])/
 * break: mm/check.c s/page - va >= size/page - va > size/
 * break: mm/check.c s/page - KIMAGE_VADDR < KIMAGE_SIZE/page == KIMAGE_VADDR/
 * break: mm/check.c s/tables > c->lo->tables/tables >= c->lo->tables/
 */
#include "mm/check.h"
#include "proof.h"
#include "tables.h"

/* What the rows make the kit map, and what it takes: by any plan. */
static u32 pieces, needed[MAP_MAX_PIECES];

static u32 some_pieces(const struct map_desc *rows, u32 n, const struct map_layout *lo,
		       struct map_piece *out)
{
	(void)rows, (void)n, (void)lo;
	for (u32 i = 0; i < pieces; i++)
		out[i] = (struct map_piece){ .what = "x" };
	return pieces;
}

static u32 some_tables_of(const struct map_piece *all, u32 i)
{
	(void)all;
	assert(i < pieces);
	return needed[i];
}

/* The way out that a refusal names. */
va_t map_free_va(const struct map_desc *all, u32 n, pa_t flat, pa_t pa, u32 length)
{
	(void)all, (void)n, (void)flat, (void)pa, (void)length;
	return nondet_u32();
}

#include "mm/check.c"

static struct map_desc rows[ROWS];
static struct map_layout lo;

/* ---- rows that may stand together ---- */

static bool is_ram(const struct map_desc *r)
{
	return r->type == MT_MEMORY_RW;
}

static uint64_t from(const struct map_desc *r)
{
	return (uint64_t)r->pfn * 4096;
}

/* Bytes from..to-1, in 64 bits: what ends at 4 GiB needs no exception. */
static uint64_t to(const struct map_desc *r)
{
	return from(r) + r->length;
}

/* As row.c has good rows, or worse. */
static void any_row(struct map_desc *r)
{
	r->name[0] = 'a';
	r->virtual = nondet_u32() & PAGE_MASK;
	r->pfn = nondet_u32() & 0xfffff;
	r->length = nondet_u32() & PAGE_MASK;
	r->type = nondet_u32() & 15;
	if (nondet_bool())
		r->type = nondet_bool() ? MT_MEMORY_RW : MT_RAM_NOMAP;
	ASSUME(r->length && to(r) <= 1ull << 32 && r->virtual + (uint64_t)r->length <= 1ull << 32);
}

static bool same_ram(const struct map_desc *a, const struct map_desc *b)
{
	return a != b && is_ram(a) && is_ram(b) && from(a) < to(b) && from(b) < to(a);
}

/* There is RAM, and none of it twice. */
static void rows_are_good(void)
{
	bool ram = false;

	for (u32 i = 0; i < ROWS; i++) {
		any_row(&rows[i]);
		ram |= is_ram(&rows[i]);
	}
	ASSUME(ram && !same_ram(&rows[0], &rows[1]));
	ASSUME(!same_ram(&rows[0], &rows[ROWS - 1]) && !same_ram(&rows[1], &rows[ROWS - 1]));
}

/* ---- what map_check() looks for behind the rows, by plain comparisons ---- */

/* The physical address that PAGE_OFFSET shows. */
static uint64_t linear_from(void)
{
	uint64_t lowest = 1ull << 32;

	for (u32 i = 0; i < ROWS; i++)
		if (is_ram(&rows[i]) && from(&rows[i]) < lowest)
			lowest = from(&rows[i]);
	return lowest / SZ_16M * SZ_16M;
}

/* Behind the last byte of a RAM row that the linear map shows. */
static uint64_t shown_to(const struct map_desc *r)
{
	uint64_t end = linear_from() + (0xe7800000u - 0xc0000000u);

	return to(r) < end ? to(r) : end;
}

/* Is the page at @at, virtually, mapped by the row? */
static bool maps(const struct map_desc *r, uint64_t at)
{
	if (r->type == MT_RAM_NOMAP)
		return false;
	if (!is_ram(r))
		return r->virtual <= at && at < (uint64_t)r->virtual + r->length;
	at += linear_from();
	return at >= from(r) + 0xc0000000u && at < shown_to(r) + 0xc0000000u;
}

static bool image_is_well(void)
{
	uint64_t at = lo.image.phys, end = at + lo.image.total;
	bool inside = false;

	if (!lo.image.total)
		return true;
	for (u32 i = 0; i < ROWS; i++) {
		const struct map_desc *r = &rows[i];

		if (is_ram(r) && from(r) <= at && end <= shown_to(r))
			inside = true;
		if (r->type == MT_RAM_NOMAP && from(r) < end && at < to(r))
			return false;
		if (maps(r, at))
			return false;
	}
	return inside && (at < 0xbf000000u || at >= 0xc0000000u) && at != 0xffff0000u;
}

static bool console_is_mapped(void)
{
	for (u32 i = 0; i < ROWS; i++)
		if (!(rows[i].type & MAP_IS_RAM) && from(&rows[i]) <= lo.console &&
		    lo.console < to(&rows[i]))
			return true;
	return !lo.console;
}

static bool pool_is_enough(void)
{
	uint64_t sum = 0;

	for (u32 i = 0; i < pieces; i++)
		sum += needed[i];
	return sum <= lo.tables && pieces < MAP_MAX_PIECES;
}

static void any_layout(void)
{
#ifdef POOL
	pieces = nondet_u32();
#endif
	ASSUME(pieces <= MAP_MAX_PIECES);
	for (u32 i = 0; i < MAP_MAX_PIECES; i++) {
		needed[i] = nondet_u32();
		ASSUME(needed[i] <= 4096); /* there are no more MiB */
	}
	lo.tables = nondet_u32();
#ifdef CONSOLE
	lo.console = nondet_u32();
#endif
#ifdef IMAGE
	lo.image.phys = nondet_u32() & PAGE_MASK;
	lo.image.total = nondet_u32() & PAGE_MASK;
	ASSUME(lo.image.total <= 0x01000000 &&
	       (uint64_t)lo.image.phys + lo.image.total <= 1ull << 32);
#endif
}

int main(void)
{
	bool good;

	rows_are_good();
	any_layout();
	good = image_is_well() && console_is_mapped() && pool_is_enough();
	assert(!map_check(rows, ROWS, &lo) == good);
	REACHED(good && lo.console && pieces == 4);
	REACHED(!good && lo.console && pool_is_enough());
#ifdef IMAGE
	REACHED(good && lo.image.total == SZ_1M);
	REACHED(!good && image_is_well() && lo.image.phys + lo.image.total == 0);
#endif
	return 0;
}
