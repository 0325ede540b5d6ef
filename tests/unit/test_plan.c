/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_plan.c - the plan says what the mapper then builds: pieces,
 * descriptors of each size, second-level tables, bytes, free addresses.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

static struct map_piece pieces[MAP_MAX_PIECES];

static struct map_layout bare(void)
{
	return (struct map_layout){ .tables = 64, .supersections = true };
}

static struct map_plan plan_of(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	struct map_plan plan;

	memset(&plan, 0xee, sizeof(plan));
	map_plan(rows, n, lo, &plan);
	return plan;
}

static void sizes(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x04000000), /* 4 x 16 MiB */
		MAP_DEVICE("page", 0xf8000000, 0x50000000, SZ_4K),
		MAP_DEVICE("bank", 0xf8010000, 0x50020000, SZ_64K + SZ_4K),
		MAP_DEVICE("sys", 0xf8100000, 0x51000000, 2 * SZ_1M),
	};
	struct map_layout lo = bare();
	struct map_plan p = plan_of(rows, 4, &lo);

	(void)state;
	assert_int_equal(p.blocks[BLOCK_16M], 4);
	assert_int_equal(p.blocks[BLOCK_1M], 2);
	assert_int_equal(p.blocks[BLOCK_64K], 1);
	assert_int_equal(p.blocks[BLOCK_4K], 2);
	assert_int_equal(p.tables, 1);
	assert_int_equal(p.bytes, 16384 + 1024);
	assert_int_equal(p.lowmem, 0x04000000);
	assert_int_equal(p.beyond, 0);
	assert_int_equal(p.nomap, 0);
}

static void without_supersections(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0x20000000, 0x04000000) };
	struct map_layout lo = bare();
	struct map_plan p;

	(void)state;
	lo.supersections = false;
	p = plan_of(rows, 1, &lo);
	assert_int_equal(p.blocks[BLOCK_16M], 0);
	assert_int_equal(p.blocks[BLOCK_1M], 64);
}

static void ram_beyond_the_linear_map(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0x20000000, 0x30000000) };
	struct map_layout lo = bare();
	struct map_plan p = plan_of(rows, 1, &lo);

	(void)state;
	assert_int_equal(p.lowmem, 0x27800000); /* LOWMEM_END - PAGE_OFFSET */
	assert_int_equal(p.beyond, 0x08800000);
	assert_int_equal(map_row_mapped(rows, 1, &rows[0]), 0x27800000);
}

static void a_bank_wholly_beyond(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("low", 0x20000000, 0x10000000),
		MAP_RAM("high", 0x60000000, 0x10000000),
	};
	struct map_layout lo = bare();
	struct map_plan p = plan_of(rows, 2, &lo);

	(void)state;
	assert_int_equal(p.beyond, 0x10000000);
	assert_int_equal(map_row_virt(rows, 2, &rows[1]), 0);
	assert_int_equal(map_row_mapped(rows, 2, &rows[1]), 0);
	assert_int_equal(map_row_virt(rows, 2, &rows[0]), 0xc0000000);
}

static void a_second_bank_partly_beyond(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("low", 0x20000000, 0x10000000),
		MAP_RAM("high", 0x40000000, 0x10000000),
	};
	struct map_layout lo = bare();
	struct map_plan p = plan_of(rows, 2, &lo);

	(void)state;
	assert_int_equal(map_row_virt(rows, 2, &rows[1]), 0xe0000000);
	assert_int_equal(map_row_mapped(rows, 2, &rows[1]), LOWMEM_END - 0xe0000000);
	assert_int_equal(p.lowmem, 0x17800000);
	assert_int_equal(p.beyond, 0x08800000);
}

static void offset_of_the_linear_map(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("second", 0x24800000, 0x00800000),
		MAP_RAM("first", 0x20500000, 0x00100000),
		MAP_RAM_NOMAP("fb", 0x20000000, SZ_1M),
	};

	(void)state;
	/* down to 16 MiB, so that the largest descriptors fit */
	assert_int_equal(map_phys_offset(rows, 3), 0x20000000);
	assert_int_equal(map_row_virt(rows, 3, &rows[1]), 0xc0500000);
	assert_int_equal(map_row_virt(rows, 3, &rows[0]), 0xc4800000);
}

static void a_carve_out_is_a_hole(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x04000000),
		MAP_RAM_NOMAP("fb", 0x23000000, SZ_1M),
		MAP_RAM_NOMAP("dsp", 0x21234000, 0x5000),
	};
	struct map_layout lo = bare();
	u32 n = map_pieces(rows, 3, &lo, pieces), total = 0;
	struct map_plan p = plan_of(rows, 3, &lo);

	(void)state;
	for (u32 i = 0; i < n; i++) {
		total += pieces[i].length;
		for (u32 k = 1; k < 3; k++)
			assert_true(pieces[i].pa > map_phys(&rows[k]) + rows[k].length - 1 ||
				    pieces[i].pa + pieces[i].length - 1 < map_phys(&rows[k]));
	}
	assert_int_equal(n, 3);
	assert_int_equal(total, 0x04000000 - SZ_1M - 0x5000);
	assert_int_equal(p.lowmem, total);
	assert_int_equal(p.nomap, SZ_1M + 0x5000);
}

/* Pieces of the test board cover what they must, with the right types. */
static void pieces_of_a_board(void **state)
{
	u32 n = map_pieces(test_rows, test_row_count, &test_layout, pieces);

	(void)state;
	assert_true(n > 10 && n < MAP_MAX_PIECES);
	for (u32 i = 0; i < n; i++) {
		const struct map_piece *p = &pieces[i];

		assert_int_equal((p->va | p->pa | p->length) & 0xfff, 0);
		assert_non_null(p->what);
		assert_false((p->type & MAP_WRITE) && (p->type & MAP_EXEC));
	}
}

static const struct map_piece *piece_at(va_t va)
{
	u32 n = map_pieces(test_rows, test_row_count, &test_layout, pieces);

	for (u32 i = 0; i < n; i++)
		if (va - pieces[i].va < pieces[i].length)
			return &pieces[i];
	return NULL;
}

static void the_image_window(void **state)
{
	(void)state;
	assert_int_equal(piece_at(0xbf000000)->type, MT_ROM);
	assert_int_equal(piece_at(0xbf000000)->pa, IMAGE_PA);
	assert_int_equal(piece_at(0xbf007fff)->type, MT_ROM);
	assert_int_equal(piece_at(0xbf008000)->type, MT_MEMORY_RO);
	assert_int_equal(piece_at(0xbf00bfff)->type, MT_MEMORY_RO);
	assert_int_equal(piece_at(0xbf00c000)->type, MT_MEMORY_RW);
	assert_null(piece_at(0xbf000000 + IMAGE_GUARD));
	assert_non_null(piece_at(0xbf000000 + IMAGE_GUARD - 1));
	assert_non_null(piece_at(0xbf000000 + IMAGE_GUARD + SZ_4K));
	assert_null(piece_at(0xbf000000 + IMAGE_TOTAL));
	assert_int_equal(piece_at(0xffff0000)->type, MT_ROM);
	assert_int_equal(piece_at(IMAGE_PA)->type, MT_ROM); /* flat, for the switch-on */
	assert_int_equal(piece_at(IMAGE_PA)->length, SZ_4K);
}

static void assert_pieces(const struct map_piece *want, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		assert_ptr_equal(pieces[i].row, want[i].row);
		assert_string_equal(pieces[i].what, want[i].what);
		assert_int_equal(pieces[i].va, want[i].va);
		assert_int_equal(pieces[i].pa, want[i].pa);
		assert_int_equal(pieces[i].length, want[i].length);
		assert_int_equal(pieces[i].type, want[i].type);
	}
}

/* Guards behind rodata, side by side and at the image's end leave no piece of no bytes. */
static void every_piece_of_an_image(void **state)
{
	const struct map_desc ram = MAP_RAM("ram", 0x20000000, 0x04000000);
	const struct map_piece want[] = {
		{ 0xc0000000, 0x20000000, 0x00108000, MT_MEMORY_RW, &ram, "linear map" },
		{ 0xc0108000, 0x20108000, 0xc000, MT_MEMORY_RO | MAP_IS_RAM, &ram, "linear map" },
		{ 0xc0114000, 0x20114000, 0x03eec000, MT_MEMORY_RW, &ram, "linear map" },
		{ 0xbf000000, 0x20108000, 0x4000, MT_ROM, NULL, "text" },
		{ 0xbf004000, 0x2010c000, 0x8000, MT_MEMORY_RO, NULL, "rodata" },
		{ 0xbf00d000, 0x20115000, 0x3000, MT_MEMORY_RW, NULL, "data" },
		{ 0xbf012000, 0x2011a000, 0xe000, MT_MEMORY_RW, NULL, "data" },
		{ 0xbf021000, 0x20129000, 0x1e000, MT_MEMORY_RW, NULL, "data" },
		{ 0xffff0000, 0x2010b000, SZ_4K, MT_ROM, NULL, "vectors" },
		{ 0x20108000, 0x20108000, SZ_4K, MT_ROM, NULL, "identity page" },
	};
	struct map_layout lo = bare();

	(void)state;
	lo.tables = 0x50000; /* stands behind the guards, and is none */
	lo.image = (struct map_image){
		.phys = 0x20108000,
		.text = 0x4000,
		.rodata = 0x8000, /* more than text */
		.total = 0x40000,
		.vectors = 0x3000,
		.guard = { 0xc000, 0x10000, 0x11000, 0x20000, 0x3f000 },
	};
	assert_int_equal(map_pieces(&ram, 1, &lo, pieces), ARRAY_SIZE(want));
	assert_pieces(want, ARRAY_SIZE(want));
	lo.image.guard[4] = 0; /* none at the end */
	assert_int_equal(map_pieces(&ram, 1, &lo, pieces), ARRAY_SIZE(want));
	assert_int_equal(pieces[7].pa, 0x20129000);
	assert_int_equal(pieces[7].length, 0x1f000);
	lo.image.total = 0; /* not linked yet: it is not there, whatever else is known */
	assert_int_equal(map_pieces(&ram, 1, &lo, pieces), 1);
	assert_int_equal(pieces[0].length, 0x04000000);
}

/* Only a table that the checker refuses makes so many: what does not fit is left out. */
static void no_more_pieces_than_there_is_room_for(void **state)
{
	static struct map_piece out[MAP_MAX_PIECES + 1];
	struct map_desc rows[40];
	struct map_layout lo = bare();

	(void)state;
	for (u32 i = 0; i < 8; i++)
		rows[i] = (struct map_desc)MAP_RAM("ram", 0x20000000, 0x08000000);
	for (u32 i = 8; i < 40; i++)
		rows[i] = (struct map_desc)MAP_RAM_NOMAP("kept", RAM_PA + i * 2 * SZ_1M, SZ_1M);
	assert_int_equal(map_pieces(rows, 40, &lo, out), 192);
	assert_int_equal(out[MAP_MAX_PIECES].length, 0);
	assert_ptr_equal(out[MAP_MAX_PIECES - 1].row, &rows[5]);
}

static void no_page_is_writable_and_executable_by_two_addresses(void **state)
{
	u32 n = map_pieces(test_rows, test_row_count, &test_layout, pieces);

	(void)state;
	for (u32 i = 0; i < n; i++)
		for (u32 k = 0; k < n; k++) {
			if (!(pieces[i].type & MAP_WRITE) || !(pieces[k].type & MAP_EXEC))
				continue;
			assert_true(pieces[i].pa > pieces[k].pa + pieces[k].length - 1 ||
				    pieces[k].pa > pieces[i].pa + pieces[i].length - 1);
		}
}

struct census {
	u32 blocks[5];
};

static bool count(const struct walk *w, void *arg)
{
	((struct census *)arg)->blocks[w->kind]++;
	return true;
}

/* Build what was planned and count it with the walker. */
static void compare_with_built(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	struct map_plan plan = plan_of(rows, n, lo);
	struct census c = { { 0 } };
	u32 k = map_pieces(rows, n, lo, pieces);

	pgtable_init(&(struct pgtable_pool){ L1_PA, L2_PA, lo->tables, lo->supersections });
	for (u32 i = 0; i < k; i++) {
		u32 before = pgtable_free_tables();

		assert_int_equal(
			pgtable_map(pieces[i].va, pieces[i].pa, pieces[i].length, pieces[i].type),
			0);
		assert_int_equal(before - pgtable_free_tables(), map_tables_of(pieces, i));
	}
	walk_visit(L1_PA, 0, 0xffffffff, count, &c);
	assert_int_equal(c.blocks[WALK_16M], plan.blocks[BLOCK_16M]);
	assert_int_equal(c.blocks[WALK_1M], plan.blocks[BLOCK_1M]);
	assert_int_equal(c.blocks[WALK_64K], plan.blocks[BLOCK_64K]);
	assert_int_equal(c.blocks[WALK_4K], plan.blocks[BLOCK_4K]);
	assert_int_equal(lo->tables - pgtable_free_tables(), plan.tables);
	assert_int_equal(plan.bytes, 16384 + plan.tables * 1024);
}

static void the_plan_is_what_is_built(void **state)
{
	(void)state;
	compare_with_built(test_rows, test_row_count, &test_layout);
	test_layout.supersections = false;
	compare_with_built(test_rows, test_row_count, &test_layout);
}

/* Where tables begin and end: beside sections, and for rows that sections do not fit. */
static void tables_at_the_edges_of_a_mib(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("section", 0xf8000000, 0x50000000, SZ_1M),
		MAP_DEVICE("page", 0xf8100000, 0x50100000, SZ_4K),
		MAP_DEVICE("last", 0xf81ff000, 0x501ff000, SZ_4K + SZ_1M + SZ_4K),
		MAP_DEVICE("beside", 0xf8301000, 0x50401000, SZ_1M - SZ_4K),
		/* in one MiB by both addresses, and yet no section fits */
		MAP_DEVICE("skew", 0x80001000, 0x80000000, 4 * SZ_1M),
		MAP_DEVICE("large", 0x90000000, 0x90000000, 3 * SZ_1M),
	};
	static const u32 tables[] = { 0, 0, 1, 1, 0, 5, 0 };
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(map_pieces(rows, ARRAY_SIZE(rows), &lo, pieces), ARRAY_SIZE(rows));
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(map_tables_of(pieces, i), tables[i]);
	compare_with_built(rows, ARRAY_SIZE(rows), &lo);
}

static void random_tables_are_planned_right(void **state)
{
	struct rng r = { 99 };
	u32 accepted = 0;

	for (u32 i = 0; i < 400; i++) {
		struct map_desc rows[6] = { MAP_RAM("ram", 0x20000000, 0x04000000) };
		u32 n = 1 + rnd_below(&r, 6);

		machine(state);
		rows[0].length = SZ_4K * (0x1000 + rnd_below(&r, 0x4000));
		for (u32 k = 1; k < n; k++) {
			rows[k] = (struct map_desc)MAP_DEVICE("x", 0, 0, 0);
			rows[k].virtual = 0xf8000000 + rnd_below(&r, 0x700) * SZ_64K;
			rows[k].pfn = 0x50000 + rnd_below(&r, 0x400) * 16;
			if (rnd_below(&r, 3) == 0)
				rows[k].pfn += rnd_below(&r, 16);
			rows[k].length = SZ_4K * (1 + rnd_below(&r, 0x800));
		}
		test_layout.supersections = rnd_below(&r, 2);
		log_forget();
		test_layout.console = 0;
		if (map_check(rows, n, &test_layout))
			continue;
		accepted++;
		compare_with_built(rows, n, &test_layout);
	}
	assert_true(accepted > 50);
	log_forget();
}

/* @first and @second: the pieces, in the order of the rows. */
static void shown(const struct map_desc *rows, const char *first, const char *second)
{
	struct map_layout lo = bare();

	log_forget();
	map_plan_show(rows, 3, &lo);
	assert_logged(
		first, second,
		"  not mapped               0x20f00000 fb              1 MiB, may be ioremapped",
		"descriptors: 0 of 16 MiB, 15 of 1 MiB, 0 of 64 KiB, 1 of 4 KiB",
		"tables: 16 KiB + 1 second-level tables = 17408 bytes; 63 of the pool's 64 stay "
		"free",
		"RAM: 15 MiB in the linear map, 0 B beyond it, 1 MiB kept out",
		"  0x80000000-0xbeffffff free for rows (1008 MiB)",
		"  0xf8000000-0xf8000fff free for rows (4 KiB)",
		"  0xf8002000-0xffbfffff free for rows (126968 KiB)",
		"next row: va 0xf8002000 for pages (a table is there already), 0xf8100000 for "
		"whole "
		"MiB",
		NULL);
	assert_false(log_has("0xe8000000")); /* the dynamic window is not free */
}

static void shows_the_plan(void **state)
{
	static const char ram[] =
		"  0xc0000000-0xc0efffff -> 0x20000000 ram             rw- RAM                 "
		"0 x16M  15 x1M   0 x64K   0 x4K, 0 tables";
	static const char uart[] =
		"  0xf8001000-0xf8001fff -> 0x50010000 uart            rw- device              "
		"0 x16M   0 x1M   0 x64K   1 x4K, 1 tables";
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_RAM_NOMAP("fb", 0x20f00000, SZ_1M),
		MAP_DEVICE("uart", 0xf8001000, 0x50010000, SZ_4K),
	};
	const struct map_desc turned[] = { rows[1], rows[2], rows[0] };
	const struct map_desc kept_out_last[] = { rows[0], rows[2], rows[1] };

	(void)state;
	shown(rows, ram, uart);
	shown(turned, uart, ram);
	shown(kept_out_last, ram, uart);
}

/* The image's own pages have tables, but no rows belong there. */
static void no_page_beside_the_image(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x80000000, 0x04000000),
		MAP_DEVICE("sys", 0xf8000000, 0x50000000, SZ_1M),
	};
	struct map_layout lo = bare();

	(void)state;
	lo.image.phys = 0x80108000;
	lo.image.text = 0x8000;
	lo.image.total = 0x40000;
	map_plan_show(rows, 2, &lo);
	assert_true(log_has("  0x80000000-0x80107fff free for rows"));
	assert_true(log_has("  0x80109000-0xbeffffff free for rows"));
	assert_log(log_lines() - 1, "next row: va 0xf8100000");
}

/* The page behind the only row lies in a MiB that has no table. */
static void no_page_beside_a_row(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("uart", 0xf80ff000, 0x50010000, SZ_4K),
	};
	struct map_layout lo = bare();

	(void)state;
	map_plan_show(rows, 2, &lo);
	assert_true(log_has("next row: va 0xf8100000"));
	assert_false(log_has("a table is there already"));
}

static void says_what_lies_beyond(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0x20000000, 0x30000000) };
	struct map_layout lo = bare();

	(void)state;
	map_plan_show(rows, 1, &lo);
	assert_true(log_has("RAM: 632 MiB in the linear map, 136 MiB beyond it, 0 B kept out"));
	assert_true(
		log_has("RAM past 0x47800000 has no linear address: ioremap_cache() reaches it"));
}

/* Every range the plan calls free is accepted as a row. */
static void what_is_free_is_accepted(void **state)
{
	struct map_desc rows[16];
	u32 checked = 0;

	(void)state;
	memcpy(rows, test_rows, test_row_count * sizeof(rows[0]));
	map_plan_show(test_rows, test_row_count, &test_layout);
	for (u32 i = 0; i < log_lines(); i++) {
		char line[160];
		unsigned int first, last;

		memcpy(line, log_line(i), sizeof(line));
		if (!strstr(line, "free for rows") ||
		    sscanf(line, " 0x%x-0x%x free", &first, &last) != 2)
			continue;
		rows[test_row_count] =
			(struct map_desc)MAP_DEVICE("new", first, 0x70000000, last - first + 1);
		rows[test_row_count + 1] =
			(struct map_desc)MAP_DEVICE("last", last - SZ_4K + 1, 0x70000000, SZ_4K);
		test_layout.tables = 1024;
		assert_int_equal(map_check(rows, test_row_count + 1, &test_layout), 0);
		rows[test_row_count] = rows[test_row_count + 1];
		assert_int_equal(map_check(rows, test_row_count + 1, &test_layout), 0);
		checked++;
	}
	assert_true(checked >= 5);
}

/* ---- where a further row may go ---- */

static void a_row_that_fills_an_area(void **state)
{
	const struct map_desc ram = MAP_RAM("ram", 0x20000000, 0x01000000);

	(void)state;
	assert_int_equal(map_free_va(&ram, 1, 0x20108000, 0x40000000, 0x07c00000), 0xf8000000);
	assert_int_equal(map_free_va(&ram, 1, 0x20108000, 0x40000000, 0x07c01000), 0x80000000);
	assert_int_equal(map_free_va(&ram, 1, 0x20108000, 0x40000000, 0x3f000000), 0x80000000);
	assert_int_equal(map_free_va(&ram, 1, 0x20108000, 0x40000000, 0x3f001000), 0);
}

static void the_last_places_there_are(void **state)
{
	const struct map_desc page[] = {
		MAP_DEVICE("usual", 0xf8000000, 0x50000000, 0x07bff000),
		MAP_DEVICE("low", 0x80000000, 0x60000000, 0x3f000000),
	};
	const struct map_desc bank[] = {
		MAP_DEVICE("usual", 0xf8000000, 0x50000000, 0x07bd8000),
		MAP_DEVICE("low", 0x80000000, 0x60000000, 0x3f000000),
		MAP_DEVICE("top", 0xffbe0000, 0x40000000, 2 * SZ_64K),
	};
	const struct map_desc low[] = {
		MAP_DEVICE("usual", 0xf8000000, 0x50000000, 0x07c00000),
		MAP_DEVICE("low", 0x80000000, 0x60000000, 0x3efff000),
	};

	(void)state;
	assert_int_equal(map_free_va(page, 2, 0x20108000, 0x10000000, SZ_4K), 0xffbff000);
	assert_int_equal(map_free_va(page, 2, 0x20108000, 0x10000000, 2 * SZ_4K), 0);
	assert_int_equal(map_free_va(low, 2, 0x20108000, 0x10000000, SZ_4K), 0xbefff000);
	assert_int_equal(map_free_va(low, 2, 0x20108000, 0x10000000, 2 * SZ_4K), 0);
	/* where a large page fits, if there is such a place; else at any page */
	assert_int_equal(map_free_va(bank, 2, 0x20108000, 0x10000000, SZ_64K), 0xffbe0000);
	assert_int_equal(map_free_va(bank, 2, 0x20108000, 0x10000000, SZ_4K), 0xffbe0000);
	assert_int_equal(map_free_va(bank, 3, 0x20108000, 0x10000000, SZ_4K), 0xffbd8000);
}

static void neighbours_at_the_edges_of_an_area(void **state)
{
	const struct map_desc rows[] = {
		MAP_DEVICE("top", 0xffbfe000, 0x500fe000, SZ_4K),
		MAP_DEVICE("bottom", 0xf8000000, 0x51001000, SZ_4K),
		MAP_DEVICE("low", 0xbeffe000, 0x520fe000, SZ_4K),
		MAP_DEVICE("lowest", 0x80000000, 0x53001000, SZ_4K),
	};
	/* of rows that are bad by themselves: no neighbour, not in the way, one byte */
	const struct map_desc askew = MAP_DEVICE("askew", 0xf8000240, 0x50000000, SZ_4K);
	const struct map_desc none = MAP_DEVICE("none", 0xf8000000, 0x50000000, 0);
	const struct map_desc byte = MAP_DEVICE("byte", 0xf8000000, 0x50000000, 1);

	(void)state;
	assert_int_equal(map_free_va(rows, 4, 0, 0x500ff000, SZ_4K), 0xffbff000);
	assert_int_equal(map_free_va(rows, 4, 0, 0x500ff000, 2 * SZ_4K), 0xf80ff000);
	assert_int_equal(map_free_va(rows, 4, 0, 0x51000000, SZ_4K), 0xf8100000);
	assert_int_equal(map_free_va(rows, 4, 0, 0x520ff000, SZ_4K), 0xbefff000);
	assert_int_equal(map_free_va(rows, 4, 0, 0x520ff000, 2 * SZ_4K), 0xf80ff000);
	assert_int_equal(map_free_va(rows, 4, 0, 0x53000000, SZ_4K), 0xf8100000);
	assert_int_equal(map_free_va(&askew, 1, 0, 0x50001000, SZ_4K), 0xf8101000);
	assert_int_equal(map_free_va(&none, 1, 0, 0x60000000, SZ_4K), 0xf8000000);
	assert_int_equal(map_free_va(&byte, 1, 0, 0x60000000, SZ_4K), 0xf8100000);
}

static void a_row_goes_beside_its_neighbour(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("uart", 0xfd001000, 0x50011000, SZ_4K),
		MAP_DEVICE("timer", 0xfd004000, 0x50014000, SZ_4K),
	};

	(void)state;
	/* as far from "uart" as the registers are */
	assert_int_equal(map_free_va(rows, 3, 0, 0x50012000, SZ_4K), 0xfd002000);
	assert_int_equal(map_free_va(rows, 3, 0, 0x50010000, SZ_4K), 0xfd000000);
	/* "timer" is in the way there: the same place in a MiB */
	assert_int_equal(map_free_va(rows, 3, 0, 0x50012000, 3 * SZ_4K), 0xf8012000);
	assert_int_equal(map_free_va(rows, 3, 0, 0x60034000, SZ_4K), 0xf8034000);
}

static void large_rows_go_where_large_descriptors_fit(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("page", 0xf8000000, 0x50000000, SZ_4K),
	};

	(void)state;
	assert_int_equal(map_free_va(rows, 2, 0, 0x60000000, SZ_1M), 0xf8100000);
	assert_int_equal(map_free_va(rows, 2, 0, 0x60000000, SZ_16M), 0xf9000000);
	assert_int_equal(map_free_va(rows, 2, 0, 0x61234000, SZ_16M), 0xf8234000);
	/* too large for the usual place: below the image */
	assert_int_equal(map_free_va(rows, 2, 0, 0x60000000, 8 * SZ_16M), 0x80000000);
	assert_int_equal(map_free_va(rows, 2, 0, 0, 0x40000000), 0);
}

/* What is mapped flat for the switch-on is somewhere in RAM: stay out of all of it. */
static void a_row_stays_out_of_rams_own_addresses(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x80000000, 0x10000000),
		MAP_DEVICE("big", 0xf8000000, 0x50000000, 0x07c00000),
	};

	(void)state;
	assert_int_equal(map_free_va(rows, 2, 0, 0x60000000, SZ_4K), 0x90000000);
	/* known, it is that page alone that is avoided */
	assert_int_equal(map_free_va(rows, 2, 0x80108000, 0x60000000, SZ_4K), 0x80000000);
	assert_int_equal(map_free_va(rows, 2, 0x80000000, 0x60000000, SZ_4K), 0x80100000);
	assert_int_equal(map_free_va(rows, 2, 0x80008000, 0x60008000, SZ_4K), 0x80108000);
	assert_int_equal(map_free_va(rows, 2, 0x80008000, 0x60007000, SZ_4K), 0x80007000);
	assert_int_equal(map_free_va(rows, 2, 0x80008000, 0x60009000, SZ_4K), 0x80009000);
}

/* Highbank: RAM up to the registers must not take all the places there are. */
static void ram_nearly_everywhere(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0, 0xff900000),
		MAP_DEVICE("gpio", 0xf8000000, 0xfff00000, 0x40000),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(map_free_va(rows, 1, 0, 0xffd00000, SZ_4K), 0xf8000000);
	assert_int_equal(map_free_va(rows, 2, 0x00008000, 0xffd00000, SZ_4K), 0xf8100000);
	assert_int_equal(map_free_va(rows, 2, 0, 0xffd00000, SZ_4K), 0xf8100000);
	assert_int_equal(map_free_va(rows, 2, 0, 0x00000000, SZ_16M), 0xf9000000);
	/* where an image may be, if nothing else is left */
	assert_int_equal(map_free_va(rows, 2, 0, 0x00000000, 8 * SZ_16M), 0x80000000);
	lo.image.phys = 0x00008000;
	lo.image.total = SZ_1M;
	map_plan_show(rows, 2, &lo);
	assert_true(log_has("next row: va 0xf8040000 for pages (a table is there already), "
			    "0xf8100000 for whole MiB"));
}

static void no_whole_mib_is_free(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("a", 0xf8001000, 0x50001000, 0x07bff000),
		MAP_DEVICE("b", 0x80000000, 0x60000000, 0x3f000000),
	};
	struct map_layout lo = bare();

	(void)state;
	map_plan_show(rows, 3, &lo);
	assert_true(log_has("next row: no whole MiB is free; the list above has what is left"));
}

static void a_page_but_no_whole_mib_is_free(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("a", 0xf8000000, 0x50000000, 0x07bff000),
		MAP_DEVICE("b", 0x80000000, 0x60000000, 0x3f000000),
	};
	struct map_layout lo = bare();

	(void)state;
	map_plan_show(rows, 3, &lo);
	assert_true(log_has("next row: va 0xffbff000 for pages (a table is there already); no "
			    "whole MiB is free"));
}

static void random_rows_to_add_are_accepted(void **state)
{
	struct rng r = { 4711 };
	u32 added = 0;

	(void)state;
	for (u32 i = 0; i < 300; i++) {
		struct map_desc rows[24] = { MAP_RAM("ram", 0x80000000, 0x04000000) };
		struct map_layout lo = bare();

		lo.tables = 4096;
		for (u32 n = 1; n < ARRAY_SIZE(rows); n++) {
			static const u32 sizes[] = { SZ_4K, 3 * SZ_4K, SZ_64K, SZ_1M, SZ_16M };
			u32 length = sizes[rnd_below(&r, ARRAY_SIZE(sizes))];
			pa_t pa = rnd_below(&r, 0x80000 - length / SZ_4K) * SZ_4K;

			rows[n] = (struct map_desc)MAP_DEVICE("x", 0, pa, length);
			rows[n].virtual = map_free_va(rows, n, 0, pa, length);
			if (!rows[n].virtual)
				break;
			if (map_check(rows, n + 1, &lo))
				fail_msg("refused: 0x%08x for 0x%08x size 0x%x", rows[n].virtual,
					 pa, length);
			added++;
		}
	}
	assert_true(added > 3000);
}

static void no_free_stretch_is_left_out(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, 0x01000000),
		MAP_DEVICE("a", 0xf8000000, 0x50000000, 0x07c00000),
		MAP_DEVICE("b", 0x80000000, 0x60000000, 0x3f000000),
	};
	struct map_layout lo = bare();
	va_t first, last;
	u32 n = map_pieces(rows, 3, &lo, pieces);

	(void)state;
	assert_false(map_next_free(pieces, n, 0, &first, &last));
	n = map_pieces(rows, 2, &lo, pieces);
	assert_true(map_next_free(pieces, n, 0, &first, &last));
	assert_int_equal(first, 0x80000000);
	assert_int_equal(last, 0xbeffffff);
	assert_true(map_next_free(pieces, n, 0x90000000, &first, &last));
	assert_int_equal(first, 0x90000000);
	assert_false(map_next_free(pieces, n, 0xbf000000, &first, &last));
	assert_true(map_next_free(pieces, n, TASK_SIZE - 1, &first, &last));
	assert_int_equal(first, 0x80000000);
}

static void a_bank_at_the_end_of_the_linear_map(void **state)
{
	static const struct map_desc rows[] = { MAP_RAM("ram", 0x20000000, SZ_16M),
						MAP_RAM("next", 0x47800000, SZ_1M),
						MAP_RAM("last", 0x47700000, SZ_1M) };

	(void)state;
	assert_int_equal(map_row_mapped(rows, 3, &rows[1]), 0);
	assert_int_equal(map_row_virt(rows, 3, &rows[1]), 0);
	assert_int_equal(map_row_mapped(rows, 3, &rows[2]), SZ_1M);
	assert_int_equal(map_row_virt(rows, 3, &rows[2]), LOWMEM_END - SZ_1M);
}

static void the_plan_shows_rights(void **state)
{
	(void)state;
	map_plan_show(test_rows, test_row_count, &test_layout);
	assert_true(log_has("-> 0x20108000 text            rox normal cached"));
	assert_true(log_has("-> 0x20110000 rodata          ro- normal cached"));
	assert_true(log_has("-> 0x20114000 data            rw- RAM"));
	assert_true(log_has("-> 0x52000000 slow            rw- strongly-ordered"));
}

static void a_carve_out_below_ram_moves_nothing(void **state)
{
	static const struct map_desc rows[] = { MAP_RAM_NOMAP("low", 0x10000000, SZ_1M),
						MAP_RAM("ram", 0x20000000, SZ_16M) };

	(void)state;
	assert_int_equal(map_phys_offset(rows, 2), 0x20000000);
	assert_int_equal(map_row_virt(rows, 2, &rows[1]), PAGE_OFFSET);
}

static void no_place_for_a_row(void **state)
{
	static const struct map_desc all[] = { MAP_DEVICE("all", 0x80000000, 0x00000000,
							  0x7fc00000) };
	static const struct map_desc wraps[] = { MAP_DEVICE("wraps", 0xf8000000, 0, 0x08001000) };
	static const struct map_desc around[] = { MAP_DEVICE("around", 0x90000000, 0, 0xf0010000),
						  MAP_DEVICE("next", 0x80010000, 0, 0x0fff0000) };
	va_t va;

	(void)state;
	assert_int_equal(map_free_va(all, 1, 0x20108000, 0x50000000, SZ_4K), 0);
	assert_int_equal(map_free_va(all, 1, 0, 0x50000000, SZ_4K), 0);
	/* a bad row takes all from where it begins */
	va = map_free_va(wraps, 1, 0x20108000, 0x50000000, SZ_4K);
	assert_true(va >= TASK_SIZE && va < 0xf8000000);
	/* one that wraps into the other area, and ends where the next begins */
	assert_int_equal(map_free_va(around, 2, 0x20108000, 0x50000000, SZ_4K), 0);
}

static void carve_outs_beyond_the_linear_map(void **state)
{
	/* the linear map ends at 0x47800000 */
	static const struct map_desc rows[] = {
		MAP_RAM_NOMAP("beyond", 0x50000000, SZ_16M),
		MAP_RAM("ram", 0x20000000, 0x40000000),
		MAP_RAM_NOMAP("inside", 0x21000000, SZ_1M),
		MAP_RAM_NOMAP("across", 0x47700000, 2 * SZ_1M),
		MAP_RAM_NOMAP("elsewhere", 0x70000000, SZ_1M),
		MAP_RAM_NOMAP("top", 0x5fff0000, SZ_64K),
	};
	struct map_layout lo = { .tables = 16, .supersections = true };
	struct map_plan plan;

	(void)state;
	map_plan(rows, ARRAY_SIZE(rows), &lo, &plan);
	assert_int_equal(plan.lowmem, 0x27800000 - 2 * SZ_1M);
	assert_int_equal(plan.beyond, 0x18800000 - SZ_1M - SZ_16M - SZ_64K);
	assert_int_equal(plan.nomap, SZ_1M + 2 * SZ_1M + SZ_16M + SZ_64K + SZ_1M);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(sizes),
		case_machine(without_supersections),
		case_machine(ram_beyond_the_linear_map),
		case_machine(a_bank_wholly_beyond),
		case_machine(a_second_bank_partly_beyond),
		case_machine(offset_of_the_linear_map),
		case_machine(a_carve_out_is_a_hole),
		case_machine(pieces_of_a_board),
		case_machine(the_image_window),
		case_machine(every_piece_of_an_image),
		case_machine(no_more_pieces_than_there_is_room_for),
		case_machine(no_page_is_writable_and_executable_by_two_addresses),
		case_machine(the_plan_is_what_is_built),
		case_machine(tables_at_the_edges_of_a_mib),
		case_machine(random_tables_are_planned_right),
		case_machine(shows_the_plan),
		case_machine(no_page_beside_a_row),
		case_machine(no_page_beside_the_image),
		case_machine(says_what_lies_beyond),
		case_machine(what_is_free_is_accepted),
		case_machine(a_row_goes_beside_its_neighbour),
		case_machine(a_row_that_fills_an_area),
		case_machine(the_last_places_there_are),
		case_machine(neighbours_at_the_edges_of_an_area),
		case_machine(large_rows_go_where_large_descriptors_fit),
		case_machine(a_row_stays_out_of_rams_own_addresses),
		case_machine(ram_nearly_everywhere),
		case_machine(no_whole_mib_is_free),
		case_machine(a_page_but_no_whole_mib_is_free),
		case_machine(random_rows_to_add_are_accepted),
		case_machine(no_free_stretch_is_left_out),
		case_machine(carve_outs_beyond_the_linear_map),
		case_machine(no_place_for_a_row),
		case_machine(a_carve_out_below_ram_moves_nothing),
		case_machine(the_plan_shows_rights),
		case_machine(a_bank_at_the_end_of_the_linear_map),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
