/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_blocks.c - a mapping takes the largest descriptors that its
 * alignment allows, and every one of them leads where it should.
 *
 * Nothing is touched: what is mapped is a hole of the physical map.
 */
#include "mm/ioremap.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

static u32 count[WALK_4K + 1];

/* Count descriptors by kind; the MMU must lead each of them to its place. */
static bool step(va_t *va, pa_t *pa, u32 *left)
{
	struct walk w;

	walk(pgtable_root(), *va, &w);
	if (w.kind == WALK_FAULT || w.va != *va || w.pa != *pa || w.size > *left)
		return false;
	count[w.kind]++;
	for (u32 at = 0; at < w.size; at += w.size / 16) {
		u32 par = mmu_translate_write(*va + at);
		u32 mask = par & 2 ? SZ_16M - 1 : SZ_4K - 1;

		if ((par & 1) || ((*pa + at) ^ par) & ~mask)
			return false;
	}
	*va += w.size;
	*pa += w.size;
	*left -= w.size;
	return true;
}

static bool survey(va_t va, pa_t pa, u32 size)
{
	for (u32 i = 0; i < ARRAY_SIZE(count); i++)
		count[i] = 0;
	while (size)
		if (!step(&va, &pa, &size))
			return false;
	return true;
}

static bool nothing_left(va_t va, u32 size)
{
	for (u32 at = 0; at < size; at += SZ_4K)
		if (!(mmu_translate_read(va + at) & 1))
			return false;
	return true;
}

/* @size bytes, @at bytes into @hole; no hole: skipped. */
static void blocks(pa_t hole, u32 at, u32 size, u32 n16m, u32 n1m, u32 n64k, u32 n4k)
{
	u32 tables = pgtable_free_tables();
	pa_t pa = hole + at;
	void __iomem *p = hole ? ioremap_new(pa, size) : NULL;

	if (!hole)
		return;
	NEED(p);
	CHECK(survey(iomem_va(p), pa, size));
	CHECK_EQ(count[WALK_16M], n16m);
	CHECK_EQ(count[WALK_1M], n1m);
	CHECK_EQ(count[WALK_64K], n64k);
	CHECK_EQ(count[WALK_4K], n4k);
	CHECK(mmu_translate_read(iomem_va(p) + size) & 1);
	iounmap(p);
	CHECK(nothing_left(iomem_va(p), size));
	if (size >= SZ_1M)
		CHECK_EQ(pgtable_free_tables(), tables);
}

static void small_page(void)
{
	blocks(hole_in_memory(SZ_4K, SZ_4K), 0, SZ_4K, 0, 0, 0, 1);
}

static void large_page(void)
{
	blocks(hole_in_memory(SZ_64K, SZ_64K), 0, SZ_64K, 0, 0, 1, 0);
}

/* Aligned inside, ragged at both ends. */
static void ragged_large(void)
{
	pa_t pa = hole_in_memory(SZ_1M, SZ_1M);

	blocks(pa, SZ_64K - SZ_4K, SZ_4K + 2 * SZ_64K + 3 * SZ_4K, 0, 0, 2, 4);
}

static void section(void)
{
	blocks(hole_in_memory(SZ_1M, SZ_1M), 0, SZ_1M, 0, 1, 0, 0);
}

static void ragged_section(void)
{
	pa_t pa = hole_in_memory(4 * SZ_1M, SZ_1M);

	blocks(pa, SZ_1M - SZ_64K - SZ_4K, SZ_64K + SZ_4K + 2 * SZ_1M + SZ_4K, 0, 2, 1, 2);
}

static void supersection(void)
{
	u32 n16m = pgtable_has_supersections();

	blocks(hole_in_memory(SZ_16M, SZ_16M), 0, SZ_16M, n16m, n16m ? 0 : 16, 0, 0);
}

static void beyond_supersection(void)
{
	u32 n16m = pgtable_has_supersections();
	pa_t pa = hole_in_memory(2 * SZ_16M, SZ_16M);

	blocks(pa, 0, SZ_16M + SZ_1M + SZ_64K + SZ_4K, n16m, n16m ? 1 : 17, 1, 1);
}

/* A page at a time from here to there: no misplaced descriptor at any size. */
static void every_size(void)
{
	pa_t pa = hole_in_memory(SZ_1M, SZ_1M);
	u32 wrong = 0;

	for (u32 pages = 1; pa && pages <= 40; pages++) {
		for (u32 skip = 0; skip < 17; skip += 4) {
			pa_t at = pa + skip * SZ_4K;
			void __iomem *p = ioremap_new(at, pages * SZ_4K);

			NEED(p);
			wrong += !survey(iomem_va(p), at, pages * SZ_4K);
			wrong += !(mmu_translate_read(iomem_va(p) + pages * SZ_4K) & 1);
			iounmap(p);
			wrong += !nothing_left(iomem_va(p), pages * SZ_4K);
		}
	}
	CHECK_EQ(wrong, 0);
}

static const struct tap_test tests[] = {
	{ "4 KiB is a small page", small_page },
	{ "64 KiB is a large page", large_page },
	{ "large pages inside, small ones at the ends", ragged_large },
	{ "1 MiB is a section", section },
	{ "sections inside, pages at the ends", ragged_section },
	{ "16 MiB is a supersection where the core has them", supersection },
	{ "17 MiB 68 KiB takes every size", beyond_supersection },
	{ "1 to 40 pages at 5 alignments lead where they should", every_size },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_blocks = { "blocks", run };
