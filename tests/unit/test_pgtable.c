/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_pgtable.c - the encoder writes the words of the manual,
 * enters and removes ranges, and changes nothing when it refuses.
 *
 * Golden words are literals worked out by hand from DDI 0406C figures B3-4 and
 * B3-5, table B3-8 (AP) and table B3-10 (TEX, C, B).
 */
#include "helpers.h"

#include <errno.h>

#include "mm/pgtable_priv.h"

static u32 l1_word(va_t va)
{
	return model_core_read(L1_PA + (va >> 20) * 4);
}

static u32 l2_word(va_t va)
{
	u32 l1 = l1_word(va);

	assert_int_equal(l1 & 3, 1);
	return model_core_read((l1 & 0xfffffc00) + (va >> 12 & 255) * 4);
}

/* ---- golden words ---- */

static const u32 types[] = { MT_DEVICE,	   MT_UNCACHED, MT_DEVICE_WC, MT_DEVICE_CACHED,
			     MT_MEMORY_RO, MT_ROM,	MT_MEMORY_RW };

static void golden_sections(void **state)
{
	static const u32 want[] = { 0x51000416, 0x51000412, 0x51001412, 0x5100141e,
				    0x5100941e, 0x5100940e, 0x5100141e };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(types); i++) {
		assert_int_equal(pgtable_map(0x90000000, 0x51000000, SZ_1M, types[i]), 0);
		assert_int_equal(l1_word(0x90000000), want[i]);
		pgtable_unmap(0x90000000, SZ_1M);
		assert_int_equal(l1_word(0x90000000), 0);
	}
}

static void golden_supersections(void **state)
{
	static const u32 want[] = { 0x60040416, 0x60040412, 0x60041412, 0x6004141e,
				    0x6004941e, 0x6004940e, 0x6004141e };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(types); i++) {
		assert_int_equal(pgtable_map(0x91000000, 0x60000000, SZ_16M, types[i]), 0);
		for (u32 m = 0; m < 16; m++)
			assert_int_equal(l1_word(0x91000000 + (m << 20)), want[i]);
		assert_int_equal(l1_word(0x90f00000) | l1_word(0x92000000), 0);
		pgtable_unmap(0x91000000, SZ_16M);
	}
}

static void golden_small_pages(void **state)
{
	static const u32 want[] = { 0x50000017, 0x50000013, 0x50000053, 0x5000005f,
				    0x5000025f, 0x5000025e, 0x5000005f };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(types); i++) {
		assert_int_equal(pgtable_map(0x90003000, 0x50000000, SZ_4K, types[i]), 0);
		assert_int_equal(l2_word(0x90003000), want[i]);
		assert_int_equal(l2_word(0x90002000) | l2_word(0x90004000), 0);
		pgtable_unmap(0x90003000, SZ_4K);
	}
}

static void golden_large_pages(void **state)
{
	static const u32 want[] = { 0x50028015, 0x50028011, 0x50029011, 0x5002901d,
				    0x5002921d, 0x5002121d, 0x5002901d };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(types); i++) {
		assert_int_equal(pgtable_map(0x90010000, 0x50020000, SZ_64K, types[i]), 0);
		for (u32 k = 0; k < 16; k++)
			assert_int_equal(l2_word(0x90010000 + (k << 12)), want[i]);
		assert_int_equal(l2_word(0x9000f000) | l2_word(0x90020000), 0);
		pgtable_unmap(0x90010000, SZ_64K);
	}
}

static void golden_table_pointer(void **state)
{
	(void)state;
	assert_int_equal(pgtable_map(0x90000000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(l1_word(0x90000000), L2_PA | 1); /* domain 0, secure */
}

static void every_entry_is_global_private_privileged(void **state)
{
	struct walk w;

	(void)state;
	mmu_on();
	for (u32 i = 0; i < ARRAY_SIZE(types); i++) {
		assert_int_equal(pgtable_map(0x90ff0000, 0x60ff0000, SZ_16M + SZ_1M, types[i]), 0);
		for (va_t va = 0x90ff0000; va < 0x910f0000; va += 0x8000) {
			walk(L1_PA, va, &w);
			assert_true(w.global);
			assert_false(w.shared);
			assert_false(w.user);
			assert_int_equal(w.domain, 0);
		}
		pgtable_unmap(0x90ff0000, SZ_16M + SZ_1M);
	}
}

/* ---- which size ---- */

static void picks_the_largest_size(void **state)
{
	static const struct {
		va_t va;
		pa_t pa;
		u32 length;
		bool super;
		enum block_kind want;
	} t[] = {
		{ 0x90000000, 0x60000000, SZ_16M, true, BLOCK_16M },
		{ 0x90000000, 0x60000000, SZ_16M, false, BLOCK_1M },
		{ 0x90000000, 0x60000000, SZ_16M - SZ_4K, true, BLOCK_1M },
		{ 0x90100000, 0x60000000, SZ_16M, true, BLOCK_1M }, /* VA not 16 MiB aligned */
		{ 0x90000000, 0x60100000, SZ_16M, true, BLOCK_1M }, /* PA not 16 MiB aligned */
		{ 0x90100000, 0x60100000, SZ_16M, true, BLOCK_1M },
		{ 0x90100000, 0x60210000, SZ_16M, true, BLOCK_64K },
		{ 0x90110000, 0x60200000, SZ_16M, true, BLOCK_64K },
		{ 0x90100000, 0x60200000, SZ_1M - SZ_4K, true, BLOCK_64K },
		{ 0x90110000, 0x60210000, SZ_64K, true, BLOCK_64K },
		{ 0x90110000, 0x60210000, SZ_64K - SZ_4K, true, BLOCK_4K },
		{ 0x90111000, 0x60211000, SZ_1M, true, BLOCK_4K },
		{ 0x90110000, 0x60211000, SZ_1M, true, BLOCK_4K },
		{ 0xff000000, 0xff000000, SZ_16M, true, BLOCK_16M },
		{ 0xfff00000, 0xfff00000, SZ_1M, true, BLOCK_1M },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++)
		assert_int_equal(pgtable_next(t[i].va, t[i].pa, t[i].length, t[i].super),
				 t[i].want);
}

static void block_sizes(void **state)
{
	(void)state;
	assert_int_equal(block_bytes[BLOCK_16M], 0x1000000);
	assert_int_equal(block_bytes[BLOCK_1M], 0x100000);
	assert_int_equal(block_bytes[BLOCK_64K], 0x10000);
	assert_int_equal(block_bytes[BLOCK_4K], 0x1000);
}

struct census {
	u32 blocks[5];
};

static bool count(const struct walk *w, void *arg)
{
	((struct census *)arg)->blocks[w->kind]++;
	return true;
}

/* What stands on either side is not asked, not written and not removed. */
static void between_neighbours(va_t va, u32 size)
{
	u32 step = size >= SZ_1M ? SZ_1M : SZ_4K;
	pa_t pa = 0x60000000 | (va & 0xffffff);

	assert_int_equal(pgtable_map(va - step, 0x51000000, step, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(va + size, 0x52000000, step, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(va, pa, size, MT_DEVICE), 0);
	for (u32 round = 0; round < 2; round++) {
		assert_maps(va - 1, 0x51000000 + step - 1, MEM_DEVICE, true, false, step);
		assert_maps(va + size, 0x52000000, MEM_DEVICE, true, false, step);
		if (round)
			break;
		assert_maps(va, pa, MEM_DEVICE, true, false, size);
		assert_maps(va + size - 1, pa + size - 1, MEM_DEVICE, true, false, size);
		pgtable_unmap(va, size);
	}
	assert_faults(va, size >= SZ_1M ? 5 : 7);
	assert_faults(va + size - 1, size >= SZ_1M ? 5 : 7);
	pgtable_unmap(va - step, step);
	pgtable_unmap(va + size, step);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
}

static void each_size_between_neighbours(void **state)
{
	(void)state;
	mmu_on();
	between_neighbours(0x91000000, SZ_16M);
	between_neighbours(0x90300000, SZ_1M);
	between_neighbours(0x90130000, SZ_64K);
	between_neighbours(0x90135000, SZ_4K);
}

/* 4 KiB before, 64 KiB up to 1 MiB, 1 MiB up to 16 MiB, and down again. */
static void a_long_range_takes_all_sizes(void **state)
{
	struct census c = { { 0 } };

	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90eef000, 0x60eef000, 0x2232000, MT_DEVICE), 0);
	walk_visit(L1_PA, 0, 0xffffffff, count, &c);
	assert_int_equal(c.blocks[WALK_16M], 2);
	assert_int_equal(c.blocks[WALK_1M], 2);
	assert_int_equal(c.blocks[WALK_64K], 3);
	assert_int_equal(c.blocks[WALK_4K], 2);
	assert_maps(0x90eef000, 0x60eef000, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(0x90ef0000, 0x60ef0000, MEM_DEVICE, true, false, SZ_64K);
	assert_maps(0x90f00fff, 0x60f00fff, MEM_DEVICE, true, false, SZ_1M);
	assert_maps(0x92ffffff, 0x62ffffff, MEM_DEVICE, true, false, SZ_16M);
	assert_maps(0x93100000, 0x63100000, MEM_DEVICE, true, false, SZ_64K);
	assert_maps(0x93120fff, 0x63120fff, MEM_DEVICE, true, false, SZ_4K);
	assert_faults(0x90eeefff, 7);
	assert_faults(0x93121000, 7);
	assert_same_eyes(0x90000000, 0x94000000);
}

static void no_supersections_without_the_feature(void **state)
{
	struct pgtable_pool pool = { .l1 = L1_PA, .l2 = L2_PA, .l2_count = 8 };
	struct census c = { { 0 } };

	(void)state;
	pgtable_init(&pool);
	assert_int_equal(pgtable_map(0x91000000, 0x60000000, SZ_16M, MT_DEVICE), 0);
	walk_visit(L1_PA, 0, 0xffffffff, count, &c);
	assert_int_equal(c.blocks[WALK_1M], 16);
	assert_int_equal(c.blocks[WALK_16M], 0);
}

static void alignment_of_pa_limits_the_size(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x91000000, 0x60001000, SZ_1M, MT_DEVICE), 0);
	for (u32 i = 0; i < 256; i++)
		assert_maps(0x91000000 + (i << 12), 0x60001000 + (i << 12), MEM_DEVICE, true, false,
			    SZ_4K);
	assert_int_equal(pgtable_map(0x92000000, 0x70210000, SZ_1M, MT_DEVICE), 0);
	assert_maps(0x920f0000, 0x70300000, MEM_DEVICE, true, false, SZ_64K);
}

static void the_last_byte_of_the_address_space(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0xfffff000, 0x50001000, SZ_4K, MT_DEVICE), 0);
	assert_maps(0xffffffff, 0x50001fff, MEM_DEVICE, true, false, SZ_4K);
	assert_faults(0xffffefff, 7);
	pgtable_unmap(0xfffff000, SZ_4K);
	assert_faults(0xfffff000, 5);
	assert_int_equal(pgtable_map(0xff000000, 0xff000000, SZ_16M, MT_DEVICE), 0);
	assert_maps(0xffffffff, 0xffffffff, MEM_DEVICE, true, false, SZ_16M);
	pgtable_unmap(0xff000000, SZ_16M);
	assert_faults(0xffffffff, 5);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
}

static void unmapping_nothing_changes_nothing(void **state)
{
	u32 before;

	(void)state;
	mmu_on();
	before = tables_hash();
	pgtable_unmap(0x90000000, SZ_4K);
	pgtable_unmap(0x905ff000, 2 * SZ_4K);
	assert_int_equal(tables_hash(), before);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
}

/* Every type word there is, as a page and as a section, read by the model's decoder. */
static void every_type_as_page_and_section(void **state)
{
	(void)state;
	mmu_on();
	for (u32 type = 0; type < 16; type++) {
		u32 mem = type & MEM_KIND;
		bool write = type & MAP_WRITE, exec = type & MAP_EXEC;
		pa_t table = pgtable_new_l2(0x90000000);

		pgtable_set_page(table, 5, 0x51005000, type);
		assert_maps(0x90005000, 0x51005000, mem, write, exec, SZ_4K);
		pgtable_clear_page(table, 5, 0x90005000);
		pgtable_set_pages(table, 16, 0x51010000, 16, type);
		assert_maps(0x9001f000, 0x5101f000, mem, write, exec, SZ_64K);
		pgtable_clear_pages(table, 16, 0x90010000, 16);
		pgtable_free_l2(0x90000000);
		pgtable_set_section(0x90000000, 0x51000000, type);
		assert_maps(0x90012000, 0x51012000, mem, write, exec, SZ_1M);
		pgtable_clear_section(0x90000000);
		assert_faults(0x90012000, 5);
	}
}

/* A pool that is no multiple of 32: not a table more, none less. */
static void a_pool_of_33(void **state)
{
	static const struct pgtable_pool pool = { 0x20400000, 0x20404000, 33, true };

	(void)state;
	pgtable_init(&pool);
	for (u32 i = 0; i < 33; i++)
		assert_int_equal(pgtable_map(0x80000000 + i * SZ_1M, GPIO_PA, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(model_core_read(pool.l1 + (0x800 + 32) * 4),
			 (pool.l2 + 32 * L2_BYTES) | 1);
	assert_int_equal(pgtable_map(0xf0000000, GPIO_PA, SZ_4K, MT_DEVICE), -ENOMEM);
}

static void the_largest_pool(void **state)
{
	static const struct pgtable_pool pool = { 0x20400000, 0x20404000, PGTABLE_MAX_TABLES + 7,
						  true };
	static const struct pgtable_pool less = { 0x20400000, 0x20404000, PGTABLE_MAX_TABLES - 1,
						  true };

	(void)state;
	pgtable_init(&less);
	assert_int_equal(pgtable_free_tables(), PGTABLE_MAX_TABLES - 1);
	pgtable_init(&pool);
	assert_int_equal(pgtable_free_tables(), PGTABLE_MAX_TABLES);
	for (u32 i = 0; i < PGTABLE_MAX_TABLES; i++)
		assert_int_equal(pgtable_map(0x80000000 + i * SZ_1M, GPIO_PA, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0xf0000000, GPIO_PA, SZ_4K, MT_DEVICE), -ENOMEM);
	model_mmu_on(pool.l1, 0x01);
	assert_maps(0xbff00000, GPIO_PA, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(0x80000000, GPIO_PA, MEM_DEVICE, true, false, SZ_4K);
}

/* RAM ends with the first level, and again with the only table: no line behind is cleaned. */
static void tables_at_the_end_of_ram(void **state)
{
	static const struct pgtable_pool edge = { 0xb5500000, 0xb5600c00, 1, true };

	(void)state;
	model_add_ram(0xb5500000, SZ_16K);
	model_add_ram(0xb5600000, SZ_4K);
	pgtable_init(&edge);
	model_mmu_on(edge.l1, 0x01);
	assert_int_equal(pgtable_map(0xff000000, 0x60000000, SZ_16M, MT_DEVICE), 0);
	assert_int_equal(pgtable_protect(0xff000000, SZ_16M - SZ_1M, 0, MAP_WRITE), 0);
	assert_int_equal(pgtable_protect(0xfffff000, SZ_4K, 0, MAP_WRITE), 0);
	assert_maps(0xffffe000, 0x60ffe000, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(pgtable_protect(0xfff00000, SZ_1M, 0, MAP_WRITE), 0);
	assert_maps(0xfffff000, 0x60fff000, MEM_DEVICE, false, false, SZ_16M);
	pgtable_unmap(0xff000000, SZ_16M);
	assert_int_equal(pgtable_map(0xffff0000, 0x60010000, SZ_64K, MT_DEVICE), 0);
	assert_maps(0xfffff000, 0x6001f000, MEM_DEVICE, true, false, SZ_64K);
	pgtable_unmap(0xffff0000, SZ_64K);
	assert_int_equal(pgtable_map(0xfff00000, 0x60000000, SZ_1M, MT_DEVICE), 0);
	assert_maps(0xffffffff, 0x600fffff, MEM_DEVICE, true, false, SZ_1M);
	pgtable_unmap(0xfff00000, SZ_1M);
	assert_int_equal(pgtable_free_tables(), 1);
}

/* As on boards whose RAM is high: every bit of a table's address counts. */
static void tables_above_2_gib(void **state)
{
	static const struct pgtable_pool high = { 0xb5554000, 0xb5558000, 8, true };

	(void)state;
	model_add_ram(0xb5500000, SZ_1M);
	pgtable_init(&high);
	model_mmu_on(high.l1, 0x01);
	assert_int_equal(pgtable_map(0x90005000, 0x51005000, SZ_4K, MT_DEVICE), 0);
	assert_maps(0x90005000, 0x51005000, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(pgtable_protect(0x90005000, SZ_4K, 0, MAP_WRITE), 0);
	assert_maps(0x90005000, 0x51005000, MEM_DEVICE, false, false, SZ_4K);
	pgtable_unmap(0x90005000, SZ_4K);
	assert_faults(0x90005000, 5);
	assert_int_equal(pgtable_free_tables(), 8);
}

/* ---- rights, where set_memory() would not have asked ---- */

static void rights_of_a_hole_are_refused(void **state)
{
	u32 before;

	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90000000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	before = tables_hash();
	assert_int_equal(pgtable_protect(0x90000000, 2 * SZ_4K, 0, MAP_WRITE), -EINVAL);
	assert_int_equal(pgtable_protect(0xa0000000, SZ_4K, 0, MAP_WRITE), -EINVAL);
	assert_int_equal(tables_hash(), before);
}

/* Sixteen sections of one stretch, but not on 16 MiB: no supersection can come of them. */
static void sections_off_16_mib_do_not_merge(void **state)
{
	va_t first, last;

	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90000000, 0x51100000, SZ_16M, MT_DEVICE), 0);
	assert_int_equal(pgtable_protect(0x90000000, SZ_16M, 0, MAP_WRITE), 0);
	assert_maps(0x90f00000, 0x52000000, MEM_DEVICE, false, false, SZ_1M);
	assert_int_equal(pgtable_protect(0x90345000, SZ_4K, MAP_WRITE, 0), 0);
	assert_maps(0x90345000, 0x51445000, MEM_DEVICE, true, false, SZ_4K);
	pgtable_protect_span(0x90345000, SZ_4K, 0, MAP_WRITE, &first, &last);
	assert_int_equal(first, 0x90300000);
	assert_int_equal(last, 0x903fffff);
	assert_int_equal(pgtable_protect(0x90345000, SZ_4K, 0, MAP_WRITE), 0);
	assert_maps(0x90345000, 0x51445000, MEM_DEVICE, false, false, SZ_1M);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
}

/* A stretch whose physical address is off by a page is equal enough, and stays in pages. */
static void pages_off_64_kib_do_not_merge(void **state)
{
	va_t first, last;

	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90000000, 0x51001000, SZ_1M, MT_DEVICE), 0);
	assert_int_equal(pgtable_protect(0x90045000, SZ_4K, 0, MAP_WRITE), 0);
	pgtable_protect_span(0x90045000, SZ_4K, MAP_WRITE, 0, &first, &last);
	assert_int_equal(first, 0x90045000);
	assert_int_equal(last, 0x90045fff);
	assert_int_equal(pgtable_protect(0x90045000, SZ_4K, MAP_WRITE, 0), 0);
	for (u32 i = 0; i < 256; i++)
		assert_maps(0x90000000 + (i << 12), 0x51001000 + (i << 12), MEM_DEVICE, true, false,
			    SZ_4K);
}

/* Side by side in both address spaces, of two types: neither a large page nor a section. */
static void types_side_by_side_do_not_merge(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90000000, 0x51000000, 8 * SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90008000, 0x51008000, SZ_1M - 8 * SZ_4K, MT_DEVICE_WC), 0);
	assert_int_equal(pgtable_protect(0x90000000, SZ_1M, 0, MAP_WRITE), 0);
	for (u32 i = 0; i < 16; i++)
		assert_maps(0x90000000 + (i << 12), 0x51000000 + (i << 12),
			    i < 8 ? MEM_DEVICE : MEM_NC, false, false, SZ_4K);
	assert_maps(0x90010000, 0x51010000, MEM_NC, false, false, SZ_64K);
}

/* The word a page is to become stands in the table before it already, as far from its end. */
static void the_same_word_in_another_table(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x900fb000, 0x51000000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90105000, 0x51000000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal((l1_word(0x90100000) & ~3u) - (l1_word(0x90000000) & ~3u), L2_BYTES);
	for (u32 i = 0; i < 2; i++) {
		va_t va = i ? 0x90105000 : 0x900fb000;

		assert_int_equal(pgtable_protect(va, SZ_4K, 0, MAP_WRITE), 0);
		assert_maps(va, 0x51000000, MEM_DEVICE, false, false, SZ_4K);
	}
	assert_int_equal(l2_word(0x90105000), l2_word(0x900fb000));
}

/* ---- what somebody else sees meanwhile ---- */

static struct {
	pa_t at;
	u32 word;
} watched[64];
static u32 watching, touched;

static void watch(pa_t first, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		watched[watching].at = first + i * 4;
		watched[watching++].word = model_core_read(first + i * 4);
	}
}

static void look_at_them(void)
{
	for (u32 i = 0; i < watching; i++)
		touched += model_core_read(watched[i].at) != watched[i].word;
}

/* Not even for a moment: who runs, or reads tables, there has not been asked. */
static void what_does_not_differ_is_not_touched(void **state)
{
	pa_t table;

	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x91000000, 0x60000000, SZ_16M, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90300000, 0x51000000, SZ_1M, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90110000, 0x50010000, 5 * SZ_64K, MT_DEVICE), 0);
	table = l1_word(0x90100000) & ~1023u;
	/* sixteen sections that might be a supersection, and are none of the calls' business */
	assert_int_equal(pgtable_map(0x92000000, 0x61000000, SZ_1M, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x92100000, 0x61100000, 15 * SZ_1M, MT_DEVICE), 0);
	watching = touched = 0;
	watch(L1_PA + 0x910 * 4, 32);
	watch(L1_PA + 0x903 * 4, 1);
	watch(table + 0x1f * 4, 18);
	model_irq_hook = look_at_them;
	/* all may be written already */
	assert_int_equal(pgtable_protect(0x91345000, SZ_4K, MAP_WRITE, 0), 0);
	assert_int_equal(pgtable_protect(0x90345000, SZ_4K, MAP_WRITE, 0), 0);
	assert_int_equal(pgtable_protect(0x90115000, SZ_64K, MAP_WRITE, 0), 0);
	assert_int_equal(touched, 0);
	/* a large page goes into pieces: its last one is seen to be away, the next one is not */
	assert_int_equal(pgtable_protect(0x90115000, SZ_4K, 0, MAP_WRITE), 0);
	assert_int_not_equal(touched, 0);
	touched = 0;
	watching = 33;
	watch(table + 0x20 * 4, 16);
	watch(table + 0x14 * 4, 1);
	watch(table + 0x16 * 4, 1);
	assert_int_equal(pgtable_protect(0x90115000, SZ_4K, 0, MAP_EXEC), 0);
	assert_int_equal(pgtable_protect(0x90135000, SZ_4K, 0, MAP_WRITE), 0);
	assert_int_equal(touched, 0);
	model_irq_hook = NULL;
}

/* Caches on, another first level in memory that held garbage: switched to, it is as written. */
static void a_table_made_with_the_caches_on(void **state)
{
	static const struct pgtable_pool other = { 0x20200000, 0x20204000, 8, true };

	(void)state;
	mmu_on();
	pgtable_init(&other);
	assert_int_equal(pgtable_map(0x90000000, 0x51000000, SZ_1M, MT_DEVICE), 0);
	write_ttbr0(other.l1);
	write_ttbcr(0);
	isb();
	tlb_invalidate_all();
	dsb();
	isb();
	assert_maps(0x90000000, 0x51000000, MEM_DEVICE, true, false, SZ_1M);
	for (va_t va = 0xa0000000; va; va += SZ_16M)
		assert_faults(va, 5);
}

/* ---- refusals ---- */

static void refuses(va_t va, pa_t pa, u32 length, int err)
{
	u32 before = tables_hash(), tables = pgtable_free_tables();

	assert_int_equal(pgtable_map(va, pa, length, MT_DEVICE), err);
	assert_int_equal(tables_hash(), before);
	assert_int_equal(pgtable_free_tables(), tables);
}

/* One of the sixteen is enough, whichever: of a supersection's MiB, of a large page's pages. */
static void one_entry_in_the_way_is_enough(void **state)
{
	(void)state;
	mmu_on();
	for (u32 i = 0; i < 16; i++) {
		va_t mib = 0x91000000 + (i << 20), page = 0x90010000 + (i << 12);

		assert_int_equal(pgtable_map(mib, 0x51000000, SZ_1M, MT_DEVICE), 0);
		refuses(0x91000000, 0x60000000, SZ_16M, -EEXIST);
		pgtable_unmap(mib, SZ_1M);
		assert_int_equal(pgtable_map(page, 0x50000000, SZ_4K, MT_DEVICE), 0);
		refuses(0x90010000, 0x60010000, SZ_64K, -EEXIST);
		pgtable_unmap(page, SZ_4K);
	}
}

static void map_over_a_page_is_refused(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90015000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	refuses(0x90015000, 0x50000000, SZ_4K, -EEXIST); /* the same */
	refuses(0x90014000, 0x60000000, 2 * SZ_4K, -EEXIST);
	refuses(0x90010000, 0x60010000, SZ_64K, -EEXIST);
	refuses(0x90000000, 0x60000000, SZ_1M, -EEXIST);
	refuses(0x90000000, 0x60000000, SZ_16M, -EEXIST);
	refuses(0x8ff00000, 0x60100000, SZ_1M + 2 * SZ_64K, -EEXIST);
	refuses(0x8fe00000, 0x60100000, SZ_16M, -EEXIST); /* the last piece collides */
}

static void map_over_a_section_is_refused(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90500000, 0x50000000, SZ_1M, MT_DEVICE), 0);
	refuses(0x90500000, 0x60500000, SZ_1M, -EEXIST);
	refuses(0x905ff000, 0x60500000, SZ_4K, -EEXIST);
	refuses(0x90510000, 0x60510000, SZ_64K, -EEXIST);
	refuses(0x90000000, 0x60000000, SZ_16M, -EEXIST);
	refuses(0x904ff000, 0x600ff000, 2 * SZ_4K, -EEXIST);
}

static void map_inside_a_supersection_is_refused(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x91000000, 0x60000000, SZ_16M, MT_DEVICE), 0);
	refuses(0x91f00000, 0x70000000, SZ_1M, -EEXIST);
	refuses(0x91abc000, 0x70000000, SZ_4K, -EEXIST);
	refuses(0x91000000, 0x70000000, SZ_16M, -EEXIST);
}

static void map_over_a_large_page_is_refused(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90010000, 0x50020000, SZ_64K, MT_DEVICE), 0);
	refuses(0x9001f000, 0x60000000, SZ_4K, -EEXIST);
	refuses(0x90010000, 0x60000000, SZ_64K, -EEXIST);
}

static void an_empty_pool_refuses(void **state)
{
	struct pgtable_pool pool = { .l1 = L1_PA, .l2 = L2_PA, .l2_count = 2 };

	(void)state;
	pgtable_init(&pool);
	mmu_on();
	assert_int_equal(pgtable_map(0x900ff000, 0x50000000, 2 * SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_free_tables(), 0);
	refuses(0x90200000, 0x50000000, SZ_4K, -ENOMEM);
	refuses(0x90300000, 0x61000000, SZ_1M + SZ_4K, -ENOMEM);
	/* sections and pages in the tables that exist need none */
	assert_int_equal(pgtable_map(0x90300000, 0x61000000, SZ_1M, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90010000, 0x50020000, SZ_64K, MT_DEVICE), 0);
}

static void a_range_counts_each_table_once(void **state)
{
	struct pgtable_pool pool = { .l1 = L1_PA, .l2 = L2_PA, .l2_count = 3 };

	(void)state;
	pgtable_init(&pool);
	mmu_on();
	refuses(0x90001000, 0x60002000, 4 * SZ_1M - SZ_4K, -ENOMEM);
	assert_int_equal(pgtable_map(0x90001000, 0x60002000, 3 * SZ_1M - SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_free_tables(), 0);
}

/* ---- removing ---- */

static void unmap_gives_everything_back(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90eef000, 0x60eef000, 0x2232000, MT_DEVICE), 0);
	assert_int_not_equal(pgtable_free_tables(), MM_TABLES);
	pgtable_unmap(0x90eef000, 0x2232000);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
	for (u32 i = 0; i < 4096; i++)
		assert_int_equal(model_phys_read(L1_PA + i * 4), 0);
	for (va_t va = 0x90eef000; va < 0x90eef000 + 0x2232000; va += 0x10000)
		assert_faults(va, 5);
}

static void unmap_leaves_neighbours(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90000000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90001000, 0x50005000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90002000, 0x50007000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(pgtable_map(0x90100000, 0x51000000, SZ_1M, MT_DEVICE), 0);
	pgtable_unmap(0x90001000, SZ_4K);
	assert_faults(0x90001000, 7);
	assert_maps(0x90000abc, 0x50000abc, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(0x90002abc, 0x50007abc, MEM_DEVICE, true, false, SZ_4K);
	pgtable_unmap(0x90100000, SZ_1M);
	assert_maps(0x90002abc, 0x50007abc, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(pgtable_free_tables(), MM_TABLES - 1);
}

static void a_table_used_again_holds_nothing_old(void **state)
{
	(void)state;
	mmu_on();
	assert_int_equal(pgtable_map(0x90000000, 0x60001000, SZ_1M, MT_DEVICE), 0);
	pgtable_unmap(0x90000000, SZ_1M);
	assert_int_equal(pgtable_map(0x95042000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	for (u32 i = 0; i < 256; i++) {
		if (i != 0x42)
			assert_faults(0x95000000 + (i << 12), 7);
		assert_faults(0x90000000 + (i << 12), 5);
	}
}

/* RAM comes up full of words that look valid; a fresh table must not show them. */
static void a_fresh_table_hides_what_memory_held(void **state)
{
	(void)state;
	mmu_on();
	assert_int_not_equal(model_phys_read(L2_PA + 4) & 3, 0);
	assert_int_equal(pgtable_map(0x90000000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	for (u32 i = 1; i < 256; i++)
		assert_faults(0x90000000 + (i << 12), 7);
}

static void old_translation_is_gone_at_once(void **state)
{
	u32 v;

	(void)state;
	mmu_on();
	model_phys_write(0x50000010, 0x11111111);
	model_phys_write(0x51000010, 0x22222222);
	assert_int_equal(pgtable_map(0x90000000, 0x50000000, SZ_4K, MT_DEVICE), 0);
	assert_int_equal(model_load(0x90000010, 4, &v), FAULT_NONE);
	assert_int_equal(v, 0x11111111);
	pgtable_unmap(0x90000000, SZ_4K);
	assert_faults(0x90000010, 5);
	assert_int_equal(pgtable_map(0x90000000, 0x51000000, SZ_1M, MT_DEVICE), 0);
	assert_int_equal(model_load(0x90000010, 4, &v), FAULT_NONE);
	assert_int_equal(v, 0x22222222);
}

/* ---- single tables ---- */

static void a_table_for_a_page_block(void **state)
{
	pa_t table;

	(void)state;
	mmu_on();
	table = pgtable_new_l2(0xe8000000);
	assert_int_equal(table, L2_PA);
	assert_int_equal(l1_word(0xe8000000), L2_PA | 1);
	pgtable_set_pages(table, 5, 0x50003000, 1, MT_DEVICE);
	assert_int_equal(l2_word(0xe8005000), 0x50003017);
	assert_maps(0xe8005000, 0x50003000, MEM_DEVICE, true, false, SZ_4K);
	pgtable_clear_pages(table, 5, 0xe8005000, 1);
	assert_faults(0xe8005000, 7);
	pgtable_free_l2(0xe8000000);
	assert_faults(0xe8005000, 5);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
}

static void a_table_in_use_is_not_taken_away(void **state)
{
	pa_t table;

	(void)state;
	mmu_on();
	table = pgtable_new_l2(0xe8000000);
	pgtable_set_pages(table, 255, 0x50003000, 1, MT_DEVICE);
	pgtable_free_l2(0xe8000000);
	assert_maps(0xe80ff000, 0x50003000, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(pgtable_free_tables(), MM_TABLES - 1);
}

static void pages_become_large_where_they_can(void **state)
{
	pa_t table;

	(void)state;
	mmu_on();
	table = pgtable_new_l2(0xe8000000);
	pgtable_set_pages(table, 0x1f, 0x5002f000, 34, MT_DEVICE);
	assert_maps(0xe801f000, 0x5002f000, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(0xe8020000, 0x50030000, MEM_DEVICE, true, false, SZ_64K);
	assert_maps(0xe803ffff, 0x5004ffff, MEM_DEVICE, true, false, SZ_64K);
	assert_maps(0xe8040000, 0x50050000, MEM_DEVICE, true, false, SZ_4K);
	assert_faults(0xe8041000, 7);
	pgtable_clear_pages(table, 0x1f, 0xe801f000, 34);
	for (va_t va = 0xe801f000; va < 0xe8041000; va += SZ_4K)
		assert_faults(va, 7);
}

/* Entries that begin and end in the middle of a line: every one is cleaned. */
static void pages_across_cache_lines(void **state)
{
	pa_t table;

	(void)state;
	mmu_on();
	table = pgtable_new_l2(0xe8000000);
	for (u32 first = 1; first < 16; first++) {
		va_t va = 0xe8000000 + (first << 12);

		pgtable_set_pages(table, first, 0x50021000, 18 + first, MT_DEVICE);
		for (u32 i = 0; i < 18 + first; i++)
			assert_maps(va + (i << 12), 0x50021000 + (i << 12), MEM_DEVICE, true, false,
				    SZ_4K);
		pgtable_clear_pages(table, first, va, 18 + first);
		for (u32 i = 0; i < 18 + first; i++)
			assert_faults(va + (i << 12), 7);
	}
}

/* Only a table with nothing in it that was mapped there goes with the last page. */
static void an_empty_table_next_door_stays(void **state)
{
	(void)state;
	mmu_on();
	pgtable_new_l2(0x90100000);
	pgtable_new_l2(0x8ff00000);
	assert_int_equal(pgtable_map(0x90000000, 0x60001000, SZ_1M, MT_DEVICE), 0);
	pgtable_unmap(0x90000000, SZ_1M);
	assert_int_equal(pgtable_free_tables(), MM_TABLES - 2);
	assert_int_equal(l1_word(0x90100000) & 3, 1);
	assert_int_equal(l1_word(0x8ff00000) & 3, 1);
}

static void pages_with_another_offset_stay_small(void **state)
{
	pa_t table;

	(void)state;
	mmu_on();
	table = pgtable_new_l2(0xe8000000);
	pgtable_set_pages(table, 0, 0x50021000, 32, MT_DEVICE);
	for (u32 i = 0; i < 32; i++)
		assert_maps(0xe8000000 + (i << 12), 0x50021000 + (i << 12), MEM_DEVICE, true, false,
			    SZ_4K);
	pgtable_set_pages(table, 0x45, 0x50030000, 16, MT_DEVICE);
	for (u32 i = 0; i < 16; i++)
		assert_maps(0xe8045000 + (i << 12), 0x50030000 + (i << 12), MEM_DEVICE, true, false,
			    SZ_4K);
}

static void the_pool_runs_dry(void **state)
{
	struct pgtable_pool pool = { .l1 = L1_PA, .l2 = L2_PA, .l2_count = 40 };
	u32 before;

	(void)state;
	pgtable_init(&pool);
	mmu_on();
	for (u32 i = 0; i < 40; i++)
		assert_int_equal(pgtable_new_l2(0xe8000000 + (i << 20)), L2_PA + i * L2_BYTES);
	before = tables_hash();
	assert_int_equal(pgtable_new_l2(0xf0000000), 0);
	assert_int_equal(tables_hash(), before);
	pgtable_free_l2(0xe8000000 + (7 << 20));
	assert_int_equal(pgtable_free_tables(), 1);
	assert_int_equal(pgtable_new_l2(0xf0000000), L2_PA + 7 * L2_BYTES);
}

static void start_is_empty(void **state)
{
	(void)state;
	assert_int_equal(pgtable_root(), L1_PA);
	assert_int_equal(pgtable_free_tables(), MM_TABLES);
	mmu_on();
	for (u32 i = 0; i < 4096; i++)
		assert_faults(i << 20, 5);
}

/* The lines the walker needs must be cleaned whatever their size. */
static void every_line_is_cleaned(void **state)
{
	static const struct model_config configs[] = { { .line = 32 },
						       { .line = 64 },
						       { .line = 128 } };

	for (u32 i = 0; i < ARRAY_SIZE(configs); i++) {
		machine(state);
		model_reset(&configs[i]);
		model_add_ram(RAM_PA, RAM_SIZE);
		model_add_device(0x50000000, 0x30000000, NULL);
		pgtable_init(&(struct pgtable_pool){ L1_PA, L2_PA, 8, true });
		model_irq_enable();
		mmu_on();
		assert_int_equal(pgtable_map(0x90eef000, 0x60eef000, 0x1232000, MT_DEVICE), 0);
		assert_same_eyes(0x90000000, 0x93000000);
		pgtable_unmap(0x90eef000, 0x1232000);
		assert_same_eyes(0x90000000, 0x93000000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(golden_sections),
		case_machine(golden_supersections),
		case_machine(golden_small_pages),
		case_machine(golden_large_pages),
		case_machine(golden_table_pointer),
		case_machine(every_entry_is_global_private_privileged),
		case_machine(picks_the_largest_size),
		case_machine(block_sizes),
		case_machine(each_size_between_neighbours),
		case_machine(a_long_range_takes_all_sizes),
		case_machine(no_supersections_without_the_feature),
		case_machine(alignment_of_pa_limits_the_size),
		case_machine(the_last_byte_of_the_address_space),
		case_machine(a_table_made_with_the_caches_on),
		case_machine(unmapping_nothing_changes_nothing),
		case_machine(every_type_as_page_and_section),
		case_machine(a_pool_of_33),
		case_machine(the_largest_pool),
		case_machine(tables_at_the_end_of_ram),
		case_machine(tables_above_2_gib),
		case_machine(rights_of_a_hole_are_refused),
		case_machine(sections_off_16_mib_do_not_merge),
		case_machine(pages_off_64_kib_do_not_merge),
		case_machine(types_side_by_side_do_not_merge),
		case_machine(the_same_word_in_another_table),
		case_machine(what_does_not_differ_is_not_touched),
		case_machine(one_entry_in_the_way_is_enough),
		case_machine(map_over_a_page_is_refused),
		case_machine(map_over_a_section_is_refused),
		case_machine(map_inside_a_supersection_is_refused),
		case_machine(map_over_a_large_page_is_refused),
		case_machine(an_empty_pool_refuses),
		case_machine(a_range_counts_each_table_once),
		case_machine(unmap_gives_everything_back),
		case_machine(unmap_leaves_neighbours),
		case_machine(a_table_used_again_holds_nothing_old),
		case_machine(a_fresh_table_hides_what_memory_held),
		case_machine(old_translation_is_gone_at_once),
		case_machine(a_table_for_a_page_block),
		case_machine(a_table_in_use_is_not_taken_away),
		case_machine(pages_become_large_where_they_can),
		case_machine(pages_across_cache_lines),
		case_machine(an_empty_table_next_door_stays),
		case_machine(pages_with_another_offset_stay_small),
		case_machine(the_pool_runs_dry),
		case_machine(start_is_empty),
		case_machine(every_line_is_cleaned),
	};

	return cmocka_run_group_tests_name("pgtable", tests, NULL, NULL);
}
