/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_ioremap.c - ioremap() and iounmap() as their callers see them.
 */
#include <errno.h>

#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

static struct ioremap_stats stats(void)
{
	struct ioremap_stats s;

	ioremap_stats(&s);
	return s;
}

static struct walk descriptor(const void __iomem *p)
{
	struct walk w;

	walk(pgtable_root(), iomem_va(p), &w);
	return w;
}

/* ---- mappings ---- */

static void two_of_one_page(void)
{
	pa_t pa = spare_register();
	void __iomem *a = ioremap_new(pa, 4), *b = ioremap_new(pa + 8, 4);

	NEED(a && b);
	CHECK((iomem_va(a) & PAGE_MASK) != (iomem_va(b) & PAGE_MASK));
	CHECK_EQ(iomem_va(b) % PAGE_SIZE, (pa + 8) % PAGE_SIZE);
	CHECK_EQ(descriptor(a).pa, pa);
	CHECK_EQ(descriptor(b).pa, pa);
	iounmap(a);
	CHECK_EQ(descriptor(a).kind, WALK_FAULT);
	CHECK_EQ(descriptor(b).kind, WALK_4K);
	expect_works(access_read32, iomem_va(b), 0);
	iounmap(b);
}

/* The same register through the row and through the window. */
static void static_and_dynamic(void)
{
	const struct static_row *row = spare_row();
	void __iomem *p;
	u32 before;
	va_t va;

	if (!row)
		return;
	va = readable_in(row);
	p = ioremap_new(row->pa + (va - row->va), 4);
	NEED(p);
	CHECK(iomem_va(p) - VMALLOC_START < VMALLOC_END - VMALLOC_START);
	before = stats().static_counts;
	CHECK_EQ(readl(p), readl(IOMEM(va)));
	CHECK_EQ(stats().static_counts, before);
	iounmap(p);
	expect_works(access_read32, va, 0);
}

static void row_reused(void)
{
	const struct static_row *row = spare_row();
	struct ioremap_stats before = stats();
	u32 count, sum = tables_sum();
	void __iomem *p;

	if (!row)
		return;
	count = row->count;
	p = ioremap(row->pa + 12, 4);
	CHECK_EQ(iomem_va(p), row->va + 12);
	CHECK_EQ(row->count, count + 1);
	CHECK_EQ(stats().live, before.live);
	CHECK_EQ(stats().static_counts, before.static_counts + 1);
	CHECK_EQ(tables_sum(), sum);
	iounmap(p);
	CHECK_EQ(row->count, count);
	expect_works(access_read32, readable_in(row), 0);
}

/* Past the row's end it is no longer the row's affair. */
static void row_too_short(void)
{
	const struct static_row *row = spare_row();
	u32 size;
	void __iomem *p;

	if (!row)
		return;
	size = row->pa_last - row->pa + 1;
	p = ioremap(row->pa, size + 4);
	NEED(p);
	CHECK(iomem_va(p) != row->va);
	CHECK_EQ(descriptor(p).pa, row->pa);
	CHECK_EQ(descriptor(p + size).pa, row->pa + size);
	iounmap(p);
}

static void types(void)
{
	pa_t pa = hole_in_memory(SZ_4K, SZ_4K);
	static const struct {
		void __iomem *(*map)(phys_addr_t phys, size_t size);
		u32 mem;
	} calls[] = {
		{ ioremap, MEM_DEVICE }, { ioremap_new, MEM_DEVICE },	{ ioremap_np, MEM_SO },
		{ ioremap_wc, MEM_NC },	 { ioremap_cache, MEM_CACHED },
	};

	for (u32 i = 0; pa && i < ARRAY_SIZE(calls); i++) {
		void __iomem *p = calls[i].map(pa, 4);

		NEED(p);
		CHECK_EQ(descriptor(p).mem, calls[i].mem);
		CHECK_EQ(descriptor(p).pa, pa);
		CHECK(descriptor(p).write && !descriptor(p).exec && !descriptor(p).user);
		iounmap(p);
	}
}

static void across_pages(void)
{
	pa_t hole = hole_in_memory(SZ_64K, SZ_64K), pa = hole + PAGE_SIZE - 4;
	void __iomem *p = hole ? ioremap_new(pa, 8) : NULL;

	if (!hole)
		return;
	NEED(p);
	CHECK_EQ(iomem_va(p) % PAGE_SIZE, PAGE_SIZE - 4);
	CHECK_EQ(descriptor(p).pa, pa & PAGE_MASK);
	CHECK_EQ(descriptor(p + 4).pa, (pa & PAGE_MASK) + PAGE_SIZE);
	CHECK_EQ(descriptor(p + 4 + PAGE_SIZE).kind, WALK_FAULT);
	iounmap(p);
	CHECK_EQ(descriptor(p + 4).kind, WALK_FAULT);
}

/*
 * A freed address rests for MM_QUARANTINE further maps, and no longer.  Maps are
 * held, so that first everything that waited before runs out of the queue.
 */
static void quarantine(void)
{
	static void __iomem *held[4 * MM_QUARANTINE];
	pa_t pa = hole_in_memory(SZ_4K, SZ_4K);
	u32 n = 0, reused = 0;
	void __iomem *freed;

	if (!pa)
		return;
	while (n < 3 * MM_QUARANTINE && stats().quarantined)
		held[n++] = ioremap_new(pa, 4);
	CHECK_EQ(stats().quarantined, 0);
	freed = ioremap_new(pa, 4);
	iounmap(freed);
	for (u32 i = 1; i <= MM_QUARANTINE; i++) {
		held[n] = ioremap_new(pa, 4);
		reused += held[n++] == freed;
		CHECK_EQ(stats().quarantined, i < MM_QUARANTINE);
	}
	CHECK(freed);
	CHECK_EQ(reused, 0);
	while (n)
		iounmap(held[--n]);
}

/* ---- refusals ---- */

typedef void __iomem *(*map_fn)(phys_addr_t phys, size_t size);

static void expect_refusal(map_fn map, pa_t pa, u32 size, int err)
{
	struct ioremap_stats before = stats();
	u32 sum = tables_sum();

	errno = 0;
	CHECK(!map(pa, size));
	CHECK_EQ(errno, err);
	CHECK_EQ(stats().refused, before.refused + 1);
	CHECK_EQ(stats().live, before.live);
	CHECK_EQ(stats().maps, before.maps);
	CHECK_EQ(tables_sum(), sum);
}

static void no_ram(void)
{
	va_t ram = spare_ram(SZ_4K, SZ_4K);

	NEED(ram);
	expect_refusal(ioremap, __virt_to_phys(ram), 4, EPERM);
	expect_refusal(ioremap_new, __virt_to_phys(ram), 4, EPERM);
	expect_refusal(ioremap_np, __virt_to_phys(ram), SZ_4K, EPERM);
	expect_refusal(ioremap_cache, __virt_to_phys(ram), SZ_4K, EPERM);
}

static void no_nonsense(void)
{
	expect_refusal(ioremap, spare_register(), 0, EINVAL);
	expect_refusal(ioremap_new, spare_register(), 0, EINVAL);
	expect_refusal(ioremap, 0xfffffffc, 8, EINVAL);
	expect_refusal(ioremap_new, 0xfffff000, SZ_4K + 1, EINVAL);
	expect_refusal(ioremap, 1, 0xffffffff, EPERM);
}

static void no_second_type(void)
{
	pa_t pa = hole_in_memory(SZ_64K, SZ_64K);
	void __iomem *p = pa ? ioremap_new(pa, 4) : NULL, *q;

	if (!pa)
		return;
	NEED(p);
	expect_refusal(ioremap_np, pa, 4, EBUSY);
	expect_refusal(ioremap_wc, pa + 0x800, 4, EBUSY);
	expect_refusal(ioremap_cache, pa - SZ_4K, SZ_64K, EBUSY);
	q = ioremap_wc(pa + SZ_4K, 4); /* another page of that MiB is another matter */
	CHECK(q);
	iounmap(q);
	iounmap(p);
	q = ioremap_wc(pa, 4); /* and with nobody there it is free again */
	CHECK(q);
	iounmap(q);
}

static void no_second_type_of_row(void)
{
	const struct static_row *row = spare_row();

	if (!row)
		return;
	expect_refusal(ioremap_np, row->pa, 4, EBUSY);
	expect_refusal(ioremap_cache, row->pa, SZ_4K, EBUSY);
}

static void too_large(void)
{
	pa_t pa = 0u - (VMALLOC_END - VMALLOC_START);

	while (static_row_conflict(pa, pa + (VMALLOC_END - VMALLOC_START) - 1, MT_DEVICE))
		pa -= SZ_16M;
	expect_refusal(ioremap_new, pa, VMALLOC_END - VMALLOC_START, ENOMEM);
}

static void expect_bad_unmap(va_t va)
{
	struct ioremap_stats before = stats();
	u32 sum = tables_sum();

	errno = 0;
	iounmap(IOMEM(va));
	CHECK_EQ(errno, EINVAL);
	CHECK_EQ(stats().bad_unmaps, before.bad_unmaps + 1);
	CHECK_EQ(stats().live, before.live);
	CHECK_EQ(stats().static_counts, before.static_counts);
	CHECK_EQ(tables_sum(), sum);
}

static void bad_unmaps(void)
{
	void __iomem *p = map_hole(3 * SZ_4K, SZ_64K);
	va_t va = iomem_va(p);

	if (!p)
		return;
	expect_bad_unmap(va + PAGE_SIZE); /* inside */
	expect_bad_unmap(va + 3 * PAGE_SIZE); /* its guard */
	expect_bad_unmap(VMALLOC_END - PAGE_SIZE); /* never mapped */
	expect_bad_unmap(PAGE_OFFSET); /* RAM */
	expect_bad_unmap(KIMAGE_VADDR);
	CHECK_EQ(descriptor(p).kind, WALK_4K);
	iounmap(p);
	expect_bad_unmap(va); /* twice */
}

static void bad_unmap_of_row(void)
{
	const struct static_row *row = spare_row();
	u32 held;

	if (!row)
		return;
	held = row->count;
	for (u32 i = 0; i < held; i++)
		iounmap(IOMEM(row->va));
	expect_bad_unmap(row->va);
	for (u32 i = 0; i < held; i++)
		ioremap(row->pa, 4);
	CHECK_EQ(row->count, held);
	expect_works(access_read32, readable_in(row), 0);
}

static void null_is_ignored(void)
{
	struct ioremap_stats before = stats();

	iounmap(NULL);
	CHECK_EQ(stats().bad_unmaps, before.bad_unmaps);
}

/* ---- many ---- */

#define MANY 1024u

static void many(void)
{
	static void __iomem *p[MANY];
	pa_t pa = hole_in_memory(MANY * SZ_4K, SZ_1M);
	struct ioremap_stats before = stats();
	u32 wrong = 0;

	if (!pa)
		return;
	for (u32 i = 0; i < MANY; i++)
		p[i] = ioremap_new(pa + i * SZ_4K, 4);
	CHECK_EQ(stats().live, before.live + MANY);
	for (u32 i = 0; i < MANY; i++) {
		pa_t at;

		wrong += !p[i] || !walk_translate(pgtable_root(), iomem_va(p[i]), &at) ||
			 at != pa + i * SZ_4K;
	}
	CHECK_EQ(wrong, 0);
	for (u32 i = 0; i < MANY; i++)
		iounmap(p[i * 7 % MANY]);
	CHECK_EQ(stats().live, before.live);
	CHECK_EQ(stats().bad_unmaps, before.bad_unmaps);
	for (u32 i = 0; i < MANY; i++)
		wrong += descriptor(p[i]).kind != WALK_FAULT;
	CHECK_EQ(wrong, 0);
}

static const struct tap_test tests[] = {
	{ "two mappings of one page have their own addresses", two_of_one_page },
	{ "a register through its row and through the window", static_and_dynamic },
	{ "a static row is reused and counted, no table is touched", row_reused },
	{ "a range longer than the row is mapped afresh", row_too_short },
	{ "each call gives its memory type", types },
	{ "a range across a page boundary takes both pages", across_pages },
	{ "a freed address is not handed out for 64 maps", quarantine },
	{ "RAM of the linear map is refused: EPERM", no_ram },
	{ "no size, past 4 GiB: EINVAL; everything there is: EPERM", no_nonsense },
	{ "a second memory type for a mapped page is refused: EBUSY", no_second_type },
	{ "a second memory type for a row's page is refused: EBUSY", no_second_type_of_row },
	{ "more than the window holds is refused: ENOMEM", too_large },
	{ "bad iounmaps are counted and harmless", bad_unmaps },
	{ "an iounmap of a row that nobody holds is counted and harmless", bad_unmap_of_row },
	{ "iounmap(NULL) is ignored", null_is_ignored },
	{ "1024 mappings live at one time", many },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_ioremap = { "ioremap", run };
