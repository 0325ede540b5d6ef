/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_ops.c - bytes become a sequence of operations on the kit,
 * judged step by step by the reference model of tests/unit/ops.c.
 *
 * The first byte chooses the machine; each number an operation asks for takes
 * two bytes.  The run ends with the input; by a bit of the first byte two calls
 * follow that find the pool of tables nearly empty.
 */
#include "books.h"
#include "helpers.h"
#include "ops.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "mm/ioremap.h"
#include "mm/set_memory.h"

/* RAM whose rights the operations of ops.c leave alone: behind the carve-out. */
#define SPARE_VA (PAGE_OFFSET + (FB_PA + SZ_1M - RAM_PA))
#define SPARE_PAGES ((RAM_PA + RAM_SIZE - (FB_PA + SZ_1M)) / SZ_4K)

struct input {
	const uint8_t *at, *end;
};

static u32 next(void *arg)
{
	struct input *in = arg;
	u32 v = 0;

	for (u32 i = 0; i < 2 && in->at < in->end; i++)
		v = v << 8 | *in->at++;
	return v * 0x9e3b; /* spreads: most numbers are taken modulo something */
}

static void give_up(const char *message)
{
	fprintf(stderr, "fuzz_ops: %s\n", message);
	abort();
}

static void check_books(void)
{
	const char *why = books_wrong();

	if (why)
		give_up(why);
}

/* Each table of the pool is free or hangs at one MiB. */
static void check_pool(void)
{
	u32 used = 0;

	for (u32 mib = 0; mib < L1_BYTES / 4; mib++)
		used += (model_core_read(L1_PA + mib * 4) & 3) == 1;
	if (used + pgtable_free_tables() != MM_TABLES)
		give_up("tables were lost, or given back twice");
}

/* ---- the pool nearly empty: all or nothing ---- */

struct shortage {
	u32 tables, first, pages, pa, bytes;
};

static void check_spare(u32 first, u32 pages)
{
	struct model_xlate x;

	for (u32 i = 0; i < SPARE_PAGES; i++)
		if (model_probe(SPARE_VA + (i << 12), &x) != FAULT_NONE ||
		    x.write != (i < first || i >= first + pages))
			give_up("set_memory_ro() with few tables: a page has other rights");
}

static void change_rights(const struct shortage *s)
{
	u32 first = s->first % SPARE_PAGES, pages = 1 + s->pages % (SPARE_PAGES - first);
	va_t va = SPARE_VA + (first << 12);
	int err = set_memory_ro(va, pages);

	if (err && err != -ENOMEM)
		give_up("set_memory_ro() with few tables: another error");
	check_spare(first, err ? 0 : pages);
	if (!err && set_memory_rw(va, pages))
		give_up("set_memory_rw() with few tables: not back again");
	check_spare(first, 0);
}

static void map_some(const struct shortage *s)
{
	u32 hash = tables_hash();
	void __iomem *p = ioremap_new(FREE_PA + s->pa % SZ_16M, 1 + s->bytes % (4 * SZ_1M));

	if (!p && hash != tables_hash())
		give_up("ioremap() with few tables: refused, but the tables have changed");
	iounmap(p);
}

static void run_short(const struct shortage *s)
{
	u32 taken = 0;

	while (pgtable_free_tables() > s->tables % 4)
		pgtable_new_l2(TASK_SIZE + (taken++ << SECTION_SHIFT));
	change_rights(s);
	map_some(s);
	check_books();
	while (taken)
		pgtable_free_l2(TASK_SIZE + (--taken << SECTION_SHIFT));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data + 1, data + size };
	struct model_config config = { .line = 64 };
	struct shortage s = { 0 };

	if (!size || size > 20000)
		return 0;
	config.line = data[0] & 1 ? 32 : 64;
	config.evict = (enum model_evict)((data[0] >> 1 & 3) % 3);
	config.coherent_walk = data[0] & 8;
	config.lazy = data[0] & 16;
	config.no_supersections = data[0] & 32;
	config.seed = data[0];
	ops_fail = give_up;
	ops_start(&config);
	if (data[0] & 64)
		s = (struct shortage){ next(&in), next(&in), next(&in), next(&in), next(&in) };
	for (u32 step = 0; in.at < in.end; step++) {
		ops_step(next, &in);
		if (step % 16 == 15)
			check_books();
	}
	check_books();
	ops_check_all();
	if (data[0] & 64)
		run_short(&s);
	ops_finish();
	check_books();
	check_pool();
	return 0;
}
