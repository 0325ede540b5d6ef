/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_table.c - bytes become a map table; the checker must accept what
 * may stand and nothing else, and what it accepts the mapper must be able to build.
 *
 * Input: one byte of options, one of tables in the pool, then 8 bytes a row
 * (kind and type, virtual address, physical address, size, coarse enough that
 * tables are often almost right).  tests/fuzz/stands.c gives the verdict anew.  A
 * refused table must say why, two lines a mistake.  An accepted one is built on the
 * model as the boot does it, and judged page by page: by mm/walk.c and by the
 * model's own MMU.
 */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mm/iotable.h"
#include "mm/resource.h"
#include "mm/verify.h"
#include "tests/fuzz/stands.h"

static void die(const char *what, u32 at)
{
	fprintf(stderr, "fuzz_table: %s (0x%08x)\n", what, at);
	log_dump();
	abort();
}

static u32 get16(const uint8_t *p)
{
	return p[0] | (u32)p[1] << 8;
}

/* A size from a byte: mostly pages, banks and sections, rarely nonsense. */
static u32 size_of(u8 b)
{
	static const u32 unit[4] = { SZ_4K, SZ_64K, SZ_1M, 0x700 };

	return unit[b >> 6] * (b & 63);
}

static u32 address_of(u32 v, u8 fine)
{
	u32 address = v << 16;

	if (fine & 1)
		address += (fine >> 1) << 12;
	if (fine == 0xfe)
		address += 0x10;
	return address;
}

static void make_row(struct map_desc *row, const uint8_t *p, u32 i)
{
	static const u32 types[8] = { MT_DEVICE,     MT_DEVICE_CACHED,
				      MT_UNCACHED,   MT_DEVICE_WC,
				      MT_ROM,	     MT_MEMORY_RO,
				      MT_MEMORY_RWX, MEM_DEVICE | MAP_EXEC };
	u32 pa = address_of(get16(p + 3), p[5]);

	*row = (struct map_desc){ .type = types[p[0] & 7] };
	snprintf(row->name, sizeof(row->name), p[0] & 0x20 ? "fifteen-chars-%u" : "row%u", i % 10);
	row->virtual = address_of(get16(p + 1), p[6]);
	row->pfn = pa >> PAGE_SHIFT;
	row->offset = pa & (PAGE_SIZE - 1);
	row->length = size_of(p[7]);
	if ((p[0] & 0xc0) == 0x80) {
		row->type = p[0] & 1 ? MT_RAM_NOMAP : MT_MEMORY_RW;
		row->virtual = 0;
		row->length <<= p[0] >> 1 & 3;
	}
}

static void check_words(u32 refusals)
{
	if (log_lines() != 2 * refusals && log_lines() < 500)
		die("lines and refusals do not match", refusals);
	for (u32 i = 0; i < log_lines(); i++) {
		if (strstr(log_line(i), "..."))
			die("a line was cut", i);
		if ((i & 1) != !strncmp(log_line(i), "map:   fix: ", 12))
			die("a refusal without a way out", i);
	}
}

/* Every page of every piece, through the model's MMU. */
static void judge(const struct map_piece *p)
{
	for (u32 at = 0; at<p->length; at += p->length> SZ_1M ? 0x3f000 : SZ_4K) {
		struct model_xlate x;

		if (model_probe(p->va + at, &x) != FAULT_NONE)
			die("declared, but faults", p->va + at);
		if (x.pa != p->pa + at || x.mem != (p->type & MEM_KIND) ||
		    x.write != !!(p->type & MAP_WRITE) || x.exec != !!(p->type & MAP_EXEC))
			die("not mapped as declared", p->va + at);
	}
}

/* A page is writable or executable, by whichever addresses; the guards are nowhere. */
static void check_rights(const struct map_piece *p, u32 n, const struct map_image *im)
{
	struct model_xlate x;

	for (u32 i = 0; i < n; i++)
		for (u32 k = 0; k < n; k++)
			if (p[i].type & MAP_WRITE && p[k].type & MAP_EXEC &&
			    p[i].pa <= p[k].pa + (p[k].length - 1) &&
			    p[k].pa <= p[i].pa + (p[i].length - 1))
				die("writable here and executable there", p[i].va);
	for (u32 i = 0; im->total && i < MAP_GUARDS; i++)
		if (im->guard[i] && model_probe(KIMAGE_VADDR + im->guard[i], &x) == FAULT_NONE)
			die("a guard page is mapped", KIMAGE_VADDR + im->guard[i]);
}

static bool enter(const struct map_piece *pieces, u32 n, const struct map_layout *lo, u32 tables)
{
	pgtable_init(&(struct pgtable_pool){ L1_PA, L2_PA, tables, lo->supersections });
	for (u32 i = 0; i < n; i++)
		if (pgtable_map(pieces[i].va, pieces[i].pa, pieces[i].length, pieces[i].type))
			return false;
	return true;
}

static void build(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	static struct map_piece pieces[MAP_MAX_PIECES];
	u32 used = map_pieces(rows, n, lo, pieces);
	struct map_plan plan;

	map_plan(rows, n, lo, &plan);
	if (!enter(pieces, used, lo, lo->tables))
		die("accepted, but cannot be mapped", 0);
	if (lo->tables - pgtable_free_tables() != plan.tables)
		die("not the tables that were planned", plan.tables);
	model_mmu_on(L1_PA, lo->image.total ? 0x01 : 0x11);
	for (u32 i = 0; i < used; i++)
		judge(&pieces[i]);
	check_rights(pieces, used, &lo->image);
	if (lo->image.total)
		pgtable_unmap(lo->image.phys, PAGE_SIZE);
	log_forget();
	if (map_verify(rows, n, lo, pgtable_root()))
		die("map_verify() disagrees", 0);
	resource_init();
	if (static_rows_init(rows, n))
		die("static_rows_init() failed", n);
	for (u32 i = 0; i < n; i++)
		if (!(rows[i].type & MAP_IS_RAM) &&
		    static_row_by_va(rows[i].virtual)->desc != &rows[i])
			die("a row is not found by its address", rows[i].virtual);
	if (model_violated())
		die(model_violated(), 0);
}

/* A table that may stand was refused: right only if the pool or the pieces do not suffice. */
static void check_shortage(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	static struct map_piece pieces[MAP_MAX_PIECES];
	u32 used = map_pieces(rows, n, lo, pieces);

	if (used < MAP_MAX_PIECES && enter(pieces, used, lo, lo->tables))
		die("refused, but it may stand and fits", n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct map_desc rows[MM_MAX_ROWS + 2];
	u32 n = 0, refusals;
	bool stands;

	if (size < 2)
		return 0;
	machine(NULL);
	test_layout.supersections = data[0] & 1;
	test_layout.console = data[0] & 8 ? UART_PA + 0x20 : 0;
	test_layout.tables = data[1] & 127;
	if (!(data[0] & 2))
		test_layout.image.total = 0;
	if (data[0] & 4)
		rows[n++] = (struct map_desc)MAP_RAM("ram", RAM_PA, RAM_SIZE);
	for (size_t at = 2; at + 8 <= size && n < ARRAY_SIZE(rows); at += 8, n++)
		make_row(&rows[n], data + at, n);
	refusals = map_check(rows, n, &test_layout);
	check_words(refusals);
	stands = table_stands(rows, n, &test_layout);
	if (!refusals && !stands)
		die("accepted, but it may not stand", n);
	if (!refusals)
		build(rows, n, &test_layout);
	else if (stands)
		check_shortage(rows, n, &test_layout);
	return 0;
}
