/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_ioremap.c - dynamic mappings as a driver meets them: what it
 * gets, what it is refused and in which words, and what iounmap() leaves.
 */
#include "books.h"
#include "helpers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/window.h"

static struct ioremap_stats stats(void)
{
	struct ioremap_stats s;

	ioremap_stats(&s);
	return s;
}

static va_t map(pa_t pa, size_t size)
{
	void __iomem *p = ioremap_new(pa, size);

	assert_non_null(p);
	return iomem_va(p);
}

static void unmap(va_t va)
{
	iounmap(IOMEM(va));
}

/* The window's records are junk at start-up, and add up at the end. */
static int boot_on_junk(void **state)
{
	books_spoil();
	return boot(state);
}

static int close_the_books(void **state)
{
	const char *why = books_wrong();

	if (why)
		print_error("the window's records: %s\n", why);
	return why ? -1 : power_off(state);
}

#define case_here(fn) cmocka_unit_test_setup_teardown(fn, boot_on_junk, close_the_books)

static void assert_books(void)
{
	const char *why = books_wrong();

	if (why)
		fail_msg("the window's records: %s", why);
}

/* As many maps, and no room that is not given back. */
static void pass_time(u32 maps)
{
	while (maps--)
		unmap(map(FREE_PA, SZ_1M));
}

static void fill_with(va_t va[], u32 n, u32 pages)
{
	for (u32 i = 0; i < n; i++)
		va[i] = map(FREE_PA, pages << PAGE_SHIFT);
}

static void unmap_all(const va_t va[], u32 n)
{
	for (u32 i = 0; i < n; i++)
		unmap(va[i]);
}

static void assert_all_pages(va_t va, pa_t pa, u32 pages)
{
	for (u32 i = 0; i < pages; i++) {
		struct model_xlate x;

		assert_int_equal(model_probe(va + (i << PAGE_SHIFT), &x), FAULT_NONE);
		assert_int_equal(x.pa, pa + (i << PAGE_SHIFT));
	}
	assert_int_equal(kind_at(va + (pages << PAGE_SHIFT)), 0); /* its guard */
}

/* ---- what a caller gets ---- */

static void four_bytes(void **state)
{
	va_t va = map(FREE_PA + 0x240, 4);

	(void)state;
	assert_int_equal(va & 0xfff, 0x240);
	assert_true(va >= VMALLOC_START && va < VMALLOC_END);
	assert_maps(va, FREE_PA + 0x240, MEM_DEVICE, true, false, SZ_4K);
	writel(0x12345678, IOMEM(va));
	assert_int_equal(model_phys_read(FREE_PA + 0x240), 0x12345678);
	unmap(va);
	assert_faults(va, 7);
	assert_int_equal(log_lines(), 0);
}

static void the_offset_is_kept(void **state)
{
	static const u32 offsets[] = { 0, 1, 3, 0x7fc, 0xffc, 0xfff };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(offsets); i++) {
		va_t va = map(FREE_PA + offsets[i], 1);
		struct model_xlate x;

		assert_int_equal(va & 0xfff, offsets[i]);
		assert_int_equal(model_probe(va, &x), FAULT_NONE);
		assert_int_equal(x.pa, FREE_PA + offsets[i]);
	}
}

static void a_range_over_a_page_edge(void **state)
{
	va_t va = map(FREE_PA + 0xffe, 4);

	(void)state;
	assert_maps(va, FREE_PA + 0xffe, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(va + 2, FREE_PA + 0x1000, MEM_DEVICE, true, false, SZ_4K);
	assert_faults(va + 0x1002, 7);
	assert_int_equal(stats().live_pages, 2);
	va = map(FREE_PA + 0xfff, 2); /* by its last byte */
	assert_all_pages(va & PAGE_MASK, FREE_PA, 2);
	va = map(FREE_PA, 2 * SZ_4K); /* up to one */
	assert_all_pages(va, FREE_PA, 2);
	assert_int_equal(stats().live_pages, 6);
}

static void two_mappings_of_one_page(void **state)
{
	va_t con = map(FREE_PA + 0x240, 4), dat = map(FREE_PA + 0x244, 4);

	(void)state;
	assert_int_not_equal(con & PAGE_MASK, dat & PAGE_MASK);
	writel(1, IOMEM(con));
	writel(2, IOMEM(dat));
	unmap(con);
	assert_faults(con, 7);
	assert_int_equal(readl(IOMEM(dat)), 2);
	unmap(dat);
	assert_faults(dat, 7);
}

static void a_guard_page_stands_behind(void **state)
{
	static const u32 sizes[] = { 4,	    SZ_4K,	   3 * SZ_4K, SZ_64K, 2 * SZ_64K + SZ_4K,
				     SZ_1M, SZ_1M + SZ_4K, SZ_16M };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(sizes); i++) {
		va_t va = map(FREE_PA + 0x01000000 * i, sizes[i]);
		va_t end = va + ((sizes[i] + 0xfff) & PAGE_MASK);
		u32 v;

		assert_int_not_equal(model_load(end - 4, 4, &v), 0x05);
		assert_int_not_equal(model_load(end, 4, &v), FAULT_NONE);
		assert_int_not_equal(model_load(end + 0xffc, 4, &v), FAULT_NONE);
		map(FREE_PA, 4); /* and stays there whatever comes next */
		assert_int_not_equal(model_load(end, 4, &v), FAULT_NONE);
	}
}

static void four_kinds_of_memory(void **state)
{
	va_t va;

	(void)state;
	va = iomem_va(ioremap(FREE_PA, 4));
	assert_maps(va, FREE_PA, MEM_DEVICE, true, false, SZ_4K);
	va = iomem_va(ioremap_np(FREE_PA + 0x1000, 4));
	assert_maps(va, FREE_PA + 0x1000, MEM_SO, true, false, SZ_4K);
	va = iomem_va(ioremap_wc(FREE_PA + 0x2000, 4));
	assert_maps(va, FREE_PA + 0x2000, MEM_NC, true, false, SZ_4K);
	va = iomem_va(ioremap_cache(FREE_PA + 0x3000, 4));
	assert_maps(va, FREE_PA + 0x3000, MEM_CACHED, true, false, SZ_4K);
}

/* ---- descriptor sizes ---- */

static u32 count_kind(va_t va, u32 bytes, u32 size)
{
	u32 n = 0;

	for (u32 at = 0; at < bytes; at += SZ_4K)
		if (kind_at(va + at) == size)
			n += SZ_4K;
	return n / size;
}

static void the_largest_descriptors(void **state)
{
	static const struct {
		pa_t pa;
		u32 size, small, large, sections, supers;
	} t[] = {
		{ 0x70000000, SZ_64K, 0, 1, 0, 0 },
		{ 0x70010000, SZ_64K, 0, 1, 0, 0 },
		{ 0x7001f000, SZ_64K, 16, 0, 0, 0 },
		{ 0x7001f000, SZ_64K + SZ_4K, 1, 1, 0, 0 },
		{ 0x70013000, 3 * SZ_64K, 16, 2, 0, 0 },
		{ 0x70100000, SZ_1M, 0, 0, 1, 0 },
		{ 0x70300000, SZ_1M, 0, 0, 1, 0 },
		{ 0x703ff000, SZ_1M + SZ_4K, 1, 0, 1, 0 },
		{ 0x703f0000, 3 * SZ_1M, 0, 16, 2, 0 },
		{ 0x70380000, SZ_1M, 0, 16, 0, 0 },
		{ 0x71000000, SZ_16M, 0, 0, 0, 1 },
		{ 0x73000000, 2 * SZ_16M, 0, 0, 0, 2 },
		{ 0x71f00000, SZ_16M + SZ_1M, 0, 0, 1, 1 },
		{ 0x71fff000, SZ_16M + 2 * SZ_4K, 2, 0, 0, 1 },
		{ 0x71800000, SZ_16M, 0, 0, 16, 0 },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		va_t va = map(t[i].pa, t[i].size);

		if (count_kind(va, t[i].size, SZ_4K) != t[i].small ||
		    count_kind(va, t[i].size, SZ_64K) != t[i].large ||
		    count_kind(va, t[i].size, SZ_1M) != t[i].sections ||
		    count_kind(va, t[i].size, SZ_16M) != t[i].supers)
			fail_msg("0x%08x size 0x%x at 0x%08x: %u of 4 KiB, %u of 64 KiB, %u of 1 "
				 "MiB, %u of 16 MiB",
				 t[i].pa, t[i].size, va, count_kind(va, t[i].size, SZ_4K),
				 count_kind(va, t[i].size, SZ_64K),
				 count_kind(va, t[i].size, SZ_1M),
				 count_kind(va, t[i].size, SZ_16M));
		for (u32 at = 0; at < t[i].size; at += SZ_4K) {
			struct model_xlate x;

			assert_int_equal(model_probe(va + at, &x), FAULT_NONE);
			assert_int_equal(x.pa, t[i].pa + at);
		}
		unmap(va);
		for (u32 at = 0; at < t[i].size; at += SZ_4K) {
			struct model_xlate x;

			assert_int_not_equal(model_probe(va + at, &x), FAULT_NONE);
		}
	}
	assert_int_equal(stats().live, 0);
}

static void sections_where_there_are_no_supersections(void **state)
{
	static const struct model_config config = { .no_supersections = true };
	va_t va;

	(void)state;
	boot_on(&config, MM_TABLES);
	va = map(0x71000000, SZ_16M);
	assert_int_equal(count_kind(va, SZ_16M, SZ_1M), 16);
}

static void the_last_page_of_physical_memory(void **state)
{
	va_t va = map(0xffffff00, 0x100);

	(void)state;
	assert_maps(va, 0xffffff00, MEM_DEVICE, true, false, SZ_4K);
	unmap(va);
	va = map(0xff000000, SZ_16M);
	assert_maps(va + SZ_16M - 1, 0xffffffff, MEM_DEVICE, true, false, SZ_16M);
	unmap(va);
	assert_books(); /* nothing is counted in any of its MiBs */
	assert_int_equal(stats().live, 0);
	assert_int_equal(log_lines(), 0);
}

/* ---- static rows ---- */

static void a_static_row_is_reused_and_counted(void **state)
{
	void __iomem *a = ioremap(GPIO_PA + 0x240, 4);
	void __iomem *b = ioremap(GPIO_PA + 0x240, 8);

	(void)state;
	assert_int_equal(iomem_va(a), GPIO_VA + 0x240);
	assert_ptr_equal(a, b);
	assert_int_equal(static_row_by_va(GPIO_VA)->count, 2);
	assert_int_equal(stats().static_counts, 2);
	assert_int_equal(stats().live, 0);
	iounmap(a);
	assert_int_equal(static_row_by_va(GPIO_VA)->count, 1);
	assert_maps(GPIO_VA + 0x240, GPIO_PA + 0x240, MEM_DEVICE, true, false, SZ_4K);
	iounmap(b);
	assert_int_equal(log_lines(), 0);
	errno = 0;
	iounmap(b);
	assert_int_equal(errno, EINVAL);
	assert_logged("iounmap: 0xf8000240 refused: nobody holds static row 'gpio' by ioremap()",
		      NULL);
	assert_maps(GPIO_VA, GPIO_PA, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(stats().bad_unmaps, 1);
}

static void each_row_is_counted(void **state)
{
	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(&test_rows[2], 2), 0); /* a board without RAM rows */
	ioremap_init();
	ioremap(GPIO_PA, 4);
	ioremap(GPIO_PA, 4);
	ioremap(UART_PA, 4);
	assert_int_equal(stats().static_counts, 3);
}

static void every_row_serves(void **state)
{
	(void)state;
	assert_int_equal(iomem_va(ioremap(UART_PA, SZ_4K)), UART_VA);
	assert_int_equal(iomem_va(ioremap(BANK_PA + 0xfffc, 4)), BANK_VA + 0xfffc);
	assert_int_equal(iomem_va(ioremap(SYS_PA + 0x80000, SZ_4K)), SYS_VA + 0x80000);
	assert_int_equal(iomem_va(ioremap(BUS_PA + 0xfff000, SZ_4K)), BUS_VA + 0xfff000);
	assert_int_equal(iomem_va(ioremap_np(SLOW_PA, 4)), SLOW_VA);
}

static void a_range_past_a_row_is_fresh(void **state)
{
	va_t va = iomem_va(ioremap(GPIO_PA, SZ_4K + 1));

	(void)state;
	assert_true(va >= VMALLOC_START && va < VMALLOC_END);
	assert_maps(va + SZ_4K, GPIO_PA + SZ_4K, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(stats().static_counts, 0);
}

static void ioremap_new_never_takes_the_row(void **state)
{
	va_t va = iomem_va(ioremap_new(GPIO_PA + 0x240, 4));

	(void)state;
	assert_true(va >= VMALLOC_START && va < VMALLOC_END);
	writel(7, IOMEM(va));
	assert_int_equal(readl(IOMEM(GPIO_VA + 0x240)), 7); /* side by side */
	unmap(va);
	assert_maps(GPIO_VA, GPIO_PA, MEM_DEVICE, true, false, SZ_4K);
	assert_int_equal(stats().static_counts, 0);
}

/* ---- refusals ---- */

#define assert_refused(call, err, line)                                                            \
	do {                                                                                       \
		u32 tables_before = tables_hash(), refused_before = stats().refused;               \
		log_forget();                                                                      \
		errno = 0;                                                                         \
		assert_null(call);                                                                 \
		assert_int_equal(errno, err);                                                      \
		assert_logged(line, NULL);                                                         \
		assert_int_equal(tables_hash(), tables_before);                                    \
		assert_int_equal(stats().refused, refused_before + 1);                             \
		assert_true(model_irqs_enabled());                                                 \
	} while (0)

static void size_zero(void **state)
{
	(void)state;
	assert_refused(ioremap(GPIO_PA, 0), EINVAL,
		       "ioremap: 0x50000000 size 0x0 refused: its size is 0");
	assert_refused(ioremap_new(GPIO_PA, 0), EINVAL,
		       "ioremap: 0x50000000 size 0x0 refused: its size is 0");
}

static void past_4_gib(void **state)
{
	(void)state;
	assert_refused(ioremap(0xfffff000, 0x1001), EINVAL,
		       "ioremap: 0xfffff000 size 0x1001 refused: it reaches past 4 GiB");
	assert_refused(ioremap(0xffffffff, 2), EINVAL,
		       "ioremap: 0xffffffff size 0x2 refused: it reaches past 4 GiB");
	assert_refused(ioremap_new(FREE_PA, 0x90000000), ENOMEM,
		       "ioremap: 0x70000000 size 0x90000000 refused: it is larger than the dynamic "
		       "window");
#if SIZE_MAX > 0xffffffffu
	assert_null(ioremap(0, (size_t)1 << 32 | 4));
	assert_null(ioremap_new(FREE_PA, ((size_t)1 << 40) + 4));
	assert_int_equal(errno, EINVAL);
#endif
}

static void a_rows_code_is_refused(void **state)
{
	(void)state;
	assert_refused(ioremap_cache(ROM_PA + 0x100, 4), EBUSY,
		       "ioremap: 0x00100100-0x00100103 refused: row 'rom' 0x00100000-0x0010ffff is "
		       "executable, a writable view of it would break W^X; read it at 0xfa100000");
	assert_refused(ioremap(ROM_PA, 4), EBUSY,
		       "ioremap: 0x00100000-0x00100003 refused: row 'rom' 0x00100000-0x0010ffff is "
		       "executable, a writable view of it would break W^X; read it at 0xfa100000");
	/* beside it in the same MiB there is nothing in the way */
	assert_non_null(ioremap_cache(ROM_PA + SZ_64K, 4));
}

static void ram_is_refused(void **state)
{
	(void)state;
	assert_refused(ioremap(0x20200000, 4), EPERM,
		       "ioremap: 0x20200000-0x20200003 refused: RAM row 'ram' maps it already, use "
		       "its linear address 0xc0200000");
	assert_refused(ioremap_cache(0x20200000, 4), EPERM,
		       "ioremap: 0x20200000-0x20200003 refused: RAM row 'ram' maps it already, use "
		       "its linear address 0xc0200000");
	/* a range that only touches it, from below and from above */
	assert_refused(ioremap_wc(0x1ffff000, 2 * SZ_4K), EPERM,
		       "ioremap: 0x1ffff000-0x20000fff refused: RAM row 'ram' maps it already, use "
		       "its linear address 0xc0000000");
	assert_refused(ioremap_wc(0x23ffffff, 2), EPERM,
		       "ioremap: 0x23ffffff-0x24000000 refused: RAM row 'ram' maps it already, use "
		       "its linear address 0xc3ffffff");
}

static void a_carve_out_may_be_mapped(void **state)
{
	void __iomem *p = ioremap_wc(FB_PA, SZ_1M);

	(void)state;
	assert_non_null(p);
	assert_maps(iomem_va(p), FB_PA, MEM_NC, true, false, SZ_1M);
	assert_refused(ioremap_wc(FB_PA, SZ_1M + SZ_4K), EPERM,
		       "ioremap: 0x23000000-0x23100fff refused: it reaches out of the carve-out "
		       "into RAM row 'ram'; make it shorter");
	assert_null(ioremap_cache(FB_PA, SZ_4K)); /* another type than the first */
	assert_int_equal(errno, EBUSY);
	iounmap(p);
	assert_non_null(ioremap_cache(FB_PA, SZ_4K));
}

/* A carve-out that a row of the board maps: the row is in the way, not RAM. */
static void a_carve_out_with_a_row(void **state)
{
	static struct map_desc rows[] = {
		{ .length = 0 },
		{ .length = 0 },
		MAP_ROW("screen", 0xfb000000, FB_PA, SZ_1M, MT_DEVICE_WC),
	};

	(void)state;
	rows[0] = test_rows[0];
	rows[1] = test_rows[1];
	resource_init();
	assert_int_equal(static_rows_init(rows, ARRAY_SIZE(rows)), 0);
	ioremap_init();
	assert_refused(ioremap_cache(FB_PA + SZ_4K, 4), EBUSY,
		       "ioremap: 0x23001000-0x23001003 as normal cached refused: row 'screen' "
		       "0x23000000-0x230fffff is normal non-cached; ask for that type");
	assert_int_equal(iomem_va(ioremap_wc(FB_PA + SZ_4K, 4)), 0xfb001000);
}

static void a_row_of_another_type_is_in_the_way(void **state)
{
	(void)state;
	assert_refused(ioremap_np(GPIO_PA + 0x240, 4), EBUSY,
		       "ioremap: 0x50000240-0x50000243 as strongly-ordered refused: row 'gpio' "
		       "0x50000000-0x50000fff is device; ask for that type");
	assert_refused(ioremap(SLOW_PA, 4), EBUSY,
		       "ioremap: 0x52000000-0x52000003 as device refused: row 'slow' "
		       "0x52000000-0x52000fff is strongly-ordered; ask for that type");
	assert_refused(ioremap_cache(GPIO_PA - 4, 8), EBUSY,
		       "ioremap: 0x4ffffffc-0x50000003 as normal cached refused: row 'gpio' "
		       "0x50000000-0x50000fff is device; ask for that type");
}

static void a_mapping_of_another_type_is_in_the_way(void **state)
{
	struct io_info info;
	char line[200];
	va_t va;

	(void)state;
	request_mem_region(FREE_PA, SZ_4K, "codec");
	va = iomem_va(ioremap(FREE_PA + 0x10, 4));
	ioremap_query(va, &info);
	model_symbol("codec_init", info.mapped_by, 1);
	errno = 0;
	log_forget();
	assert_null(ioremap_wc(FREE_PA + 0x800, 4)); /* the same page */
	assert_int_equal(errno, EBUSY);
	assert_int_equal(log_lines(), 1);
	snprintf(line, sizeof(line),
		 "ioremap: 0x70000800-0x70000803 as normal non-cached refused: 'codec' "
		 "(codec_init+0x0) has 0x%08x mapped as device; iounmap that first",
		 va & PAGE_MASK);
	assert_logged(line, NULL);
	assert_non_null(ioremap_wc(FREE_PA + 0x1000, 4)); /* the next page is free to choose */
	unmap(va);
	assert_non_null(ioremap_wc(FREE_PA + 0x800, 4));
}

/* The first page that both want decides who is named. */
static void the_owner_is_of_the_page_that_both_want(void **state)
{
	static const struct {
		u32 first, pages;
		const char *part;
	} t[] = {
		{ 1, 1, "ioremap: 0x53001000-0x53001fff as strongly-ordered refused: 'left' (" },
		{ 2, 1, "ioremap: 0x53002000-0x53002fff as strongly-ordered refused: 'right' (" },
		{ 0, 2, "ioremap: 0x53000000-0x53001fff as strongly-ordered refused: 'left' (" },
		{ 2, 2, "ioremap: 0x53002000-0x53003fff as strongly-ordered refused: 'right' (" },
	};
	pa_t pa = 0x53000000; /* rows of other types are mapped above */

	(void)state;
	request_mem_region(pa + SZ_4K, SZ_4K, "left");
	request_mem_region(pa + 2 * SZ_4K, SZ_4K, "right");
	ioremap(pa + SZ_4K, 2 * SZ_4K);
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		log_forget();
		assert_null(ioremap_np(pa + t[i].first * SZ_4K, t[i].pages * SZ_4K));
		assert_int_equal(log_lines(), 1);
		if (!log_has(t[i].part))
			fail_msg("\"%s\" lacks \"%s\"", log_line(0), t[i].part);
	}
	assert_non_null(ioremap_np(pa, SZ_4K)); /* the pages on both sides are free to choose */
	assert_non_null(ioremap_cache(pa + 3 * SZ_4K, SZ_4K));
}

/* Several are in the way: the one at the lowest address is named. */
static void the_first_in_the_way_is_named(void **state)
{
	char part[40];
	va_t small, big;

	(void)state;
	map(FREE_PA + SZ_1M, 4);
	small = map(FREE_PA, SZ_4K);
	map(FREE_PA, SZ_4K);
	snprintf(part, sizeof(part), "has 0x%08x mapped as device", small);
	assert_null(ioremap_wc(FREE_PA, SZ_4K));
	assert_true(log_has(part));
	log_forget();
	big = map(FREE_PA + SZ_16M, SZ_1M);
	map(FREE_PA + SZ_16M, SZ_1M);
	snprintf(part, sizeof(part), "has 0x%08x mapped as device", big);
	assert_null(ioremap_wc(FREE_PA + SZ_16M, SZ_4K));
	assert_true(log_has(part));
	log_forget();
}

static void each_kind_keeps_the_others_out(void **state)
{
	static void __iomem *(*const calls[4])(
		pa_t pa, size_t size) = { ioremap, ioremap_np, ioremap_wc, ioremap_cache };

	(void)state;
	for (u32 has = 0; has < 4; has++)
		for (u32 wants = 0; wants < 4; wants++)
			for (u32 n = 1; n <= 2; n++) {
				for (u32 i = 0; i < n; i++)
					assert_non_null(calls[has](FREE_PA, SZ_4K));
				assert_int_equal(!calls[wants](FREE_PA, SZ_4K), has != wants);
				assert_int_equal(!calls[wants](FREE_PA, SZ_1M), has != wants);
				assert_int_equal(!calls[wants](FREE_PA, SZ_64K), has != wants);
				boot_on_junk(NULL);
			}
}

static void types_meet_across_a_mib(void **state)
{
	va_t va;

	(void)state;
	ioremap_wc(FREE_PA + SZ_1M, SZ_4K);
	assert_null(ioremap(FREE_PA + SZ_1M - SZ_4K, 2 * SZ_4K));
	assert_null(ioremap(FREE_PA, SZ_1M + 1));
	va = iomem_va(ioremap(FREE_PA, SZ_1M)); /* up to it */
	assert_non_null(IOMEM(va));
	unmap(va);
	assert_non_null(ioremap_cache(FREE_PA, SZ_1M));
	log_forget();
	assert_null(ioremap(FREE_PA + SZ_1M, SZ_1M));
	assert_int_equal(errno, EBUSY);
	assert_true(log_has("ioremap: 0x70100000-0x701fffff as device refused: 'nobody' ("));
	assert_true(log_has(") has 0xe8000000 mapped as normal non-cached; iounmap that first"));
}

static void types_meet_in_one_mib(void **state)
{
	va_t a = iomem_va(ioremap(FREE_PA, 3 * SZ_4K));
	va_t b = iomem_va(ioremap_wc(FREE_PA + 3 * SZ_4K, SZ_4K));

	(void)state;
	assert_null(ioremap_cache(FREE_PA + 2 * SZ_4K, 4));
	assert_null(ioremap_wc(FREE_PA + 2 * SZ_4K, 4));
	assert_null(ioremap(FREE_PA + 3 * SZ_4K, 4));
	assert_null(ioremap(FREE_PA, SZ_1M));
	assert_non_null(ioremap_wc(FREE_PA + 4 * SZ_4K, 4));
	assert_non_null(ioremap(FREE_PA + 5 * SZ_4K, 4));
	unmap(b);
	assert_non_null(ioremap(FREE_PA + 3 * SZ_4K, 4));
	unmap(a);
	assert_non_null(ioremap_np(FREE_PA, 4));
}

static void larger_than_the_window(void **state)
{
	(void)state;
	assert_refused(ioremap(FREE_PA, SZ_256M), ENOMEM,
		       "ioremap: 0x70000000 size 0x10000000 refused: it is larger than the dynamic "
		       "window");
	assert_refused(ioremap(FREE_PA, SZ_256M - SZ_1M), ENOMEM,
		       "ioremap: 0x70000000 size 0xff00000 refused: it is larger than the dynamic "
		       "window");
	/* its place in its MiB is kept: half a MiB before it, and the guard behind it */
	assert_refused(ioremap(FREE_PA + SZ_1M / 2, SZ_256M - SZ_1M - SZ_1M / 2), ENOMEM,
		       "ioremap: 0x70080000 size 0xfe80000 refused: it is larger than the dynamic "
		       "window");
	assert_non_null(ioremap(FREE_PA, SZ_256M - SZ_1M - SZ_4K)); /* with its guard */
}

static void as_large_as_the_window(void **state)
{
	(void)state;
	assert_non_null(ioremap(FREE_PA, 4));
	assert_non_null(ioremap(FREE_PA, SZ_1M)); /* one slot is left over, and these take three */
	assert_refused(ioremap(FREE_PA, SZ_256M - SZ_1M - SZ_4K), ENOMEM,
		       "ioremap: 0x70000000 size 0xfeff000 refused: no room in the dynamic "
		       "window; iounmap() what is not needed (vmallocinfo lists it)");
}

/* Page blocks are left, and no slot for one. */
static void a_page_in_a_window_of_pages_and_sections(void **state)
{
	(void)state;
	for (u32 i = 0; i < 33 * 128; i++)
		assert_non_null(ioremap(FREE_PA, 4));
	for (u32 i = 0; ioremap(FREE_PA, SZ_1M); i++)
		assert_true(i < 111); /* two slots each */
	for (u32 i = 0; ioremap(FREE_PA, 4); i++)
		assert_true(i < 128);
	log_forget();
	assert_refused(ioremap(FREE_PA, 4), ENOMEM,
		       "ioremap: 0x70000000 size 0x4 refused: no room in the dynamic window; "
		       "iounmap() what is not needed (vmallocinfo lists it)");
}

static void sixteen_mib_in_a_full_window(void **state)
{
	static va_t va[128];

	(void)state;
	fill_with(va, 128, 256);
	assert_refused(ioremap(FREE_PA, SZ_1M), ENOMEM,
		       "ioremap: 0x70000000 size 0x100000 refused: no room in the dynamic window; "
		       "iounmap() what is not needed (vmallocinfo lists it)");
	assert_refused(ioremap(FREE_PA, SZ_16M), ENOMEM,
		       "ioremap: 0x70000000 size 0x1000000 refused: no room in the dynamic window; "
		       "iounmap() what is not needed (vmallocinfo lists it)");
}

static void no_tables_left(void **state)
{
	(void)state;
	boot_on(NULL, 16);
	while (pgtable_free_tables())
		assert_int_equal(pgtable_map(0xfb000000 + (pgtable_free_tables() << 20), FREE_PA,
					     SZ_4K, MT_DEVICE),
				 0);
	assert_refused(ioremap(FREE_PA, 4), ENOMEM,
		       "ioremap: 0x70000000 size 0x4 refused: no second-level table is free; raise "
		       "MM_TABLES in board.mk");
	assert_non_null(ioremap(FREE_PA, SZ_1M)); /* a section needs none */
}

/* ---- iounmap ---- */

static void null_is_ignored(void **state)
{
	(void)state;
	errno = 0;
	iounmap(NULL);
	assert_int_equal(errno, 0);
	assert_int_equal(log_lines(), 0);
	assert_int_equal(stats().bad_unmaps, 0);
}

static void any_byte_of_the_first_page_will_do(void **state)
{
	va_t va = map(FREE_PA + 0x240, 2 * SZ_4K);

	(void)state;
	unmap((va & PAGE_MASK) | 0xfff);
	assert_faults(va, 7);
	assert_int_equal(log_lines(), 0);
}

static void bad_unmap(va_t va, const char *part)
{
	u32 hash = tables_hash(), bad = stats().bad_unmaps, live = stats().live;

	log_forget();
	errno = 0;
	unmap(va);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(log_lines(), 1);
	if (!log_has(part))
		fail_msg("\"%s\" lacks \"%s\"", log_line(0), part);
	assert_int_equal(tables_hash(), hash);
	assert_int_equal(stats().bad_unmaps, bad + 1);
	assert_int_equal(stats().live, live);
	assert_true(model_irqs_enabled());
}

static void bad_unmaps_are_harmless(void **state)
{
	va_t a = map(FREE_PA, 3 * SZ_4K), big = map(FREE_PA + SZ_16M, SZ_16M);
	va_t page = map(FREE_PA, 4);
	char part[100];

	(void)state;
	snprintf(part, sizeof(part), "the guard page of 0x%08x", page);
	bad_unmap(page + SZ_4K, part);
	unmap(page);
	snprintf(part, sizeof(part), "inside a mapping that begins at 0x%08x", a);
	bad_unmap(a + SZ_4K, part);
	bad_unmap(a + 2 * SZ_4K + 5, part);
	snprintf(part, sizeof(part), "the guard page of 0x%08x", a);
	bad_unmap(a + 3 * SZ_4K, part);
	snprintf(part, sizeof(part), "inside a mapping that begins at 0x%08x", big);
	bad_unmap(big + SZ_1M, part);
	bad_unmap(big + SZ_4K, part);
	bad_unmap(0xf7000000, "ioremap() never returned it, or long ago");
	bad_unmap(0x1000, "ioremap() never returned it, or long ago");
	bad_unmap(0xc0200000, "ioremap() never returned it, or long ago");
	bad_unmap(0xbf000000, "ioremap() never returned it, or long ago");
	bad_unmap(GPIO_VA, "nobody holds static row 'gpio' by ioremap()");
	unmap(a);
	map(FREE_PA, 4);
	map(FREE_PA, 4);
	bad_unmap(a, "unmapped already");
	bad_unmap(a, "2 maps ago");
	unmap(big);
	bad_unmap(big, "unmapped already");
	assert_int_equal(stats().live, 2);
}

static void a_bad_unmap_names_the_code(void **state)
{
	struct io_info info;
	va_t va = map(FREE_PA, 4);
	char part[100];

	(void)state;
	ioremap_query(va, &info);
	model_symbol("led_init", info.mapped_by, 1);
	bad_unmap(va + SZ_4K, "(led_init+0x0)");
	unmap(va);
	ioremap_query(va, &info);
	snprintf(part, sizeof(part), "unmapped already by 0x%08x, 0 maps ago", info.unmapped_by);
	bad_unmap(va, part);
}

/* ---- quarantine ---- */

static void a_freed_range_waits_64_maps(void **state)
{
	va_t first = map(FREE_PA, 4), later[200];

	(void)state;
	unmap(first);
	for (u32 i = 0; i < 64; i++) {
		later[i] = map(FREE_PA, 4);
		assert_int_not_equal(later[i], first);
		assert_faults(first, 7);
	}
	/* after that it may come again, and does within a block's worth */
	for (u32 i = 64; i < 200; i++) {
		later[i] = map(FREE_PA, 4);
		if (later[i] == first)
			return;
	}
	fail_msg("0x%08x never came again", first);
}

/*
 * One map releases one range that is due, and two if the first has been due for 64
 * maps.  None of the maps here is undone.
 */
static void a_long_queue_drains_by_two(void **state)
{
	static va_t va[300];

	(void)state;
	fill_with(va, 200, 1);
	unmap_all(va, 200);
	for (u32 i = 1; i <= 130; i++) {
		map(FREE_PA, i % 3 ? 4 : 3 * SZ_4K);
		assert_int_equal(stats().quarantined, i < 64  ? 200 :
						      i < 128 ? 200 - (i - 63) :
								200 - 64 - 2 * (i - 127));
	}
	assert_int_equal(stats().maps, 200 + 130);
	assert_books();
}

/* The second one goes only if it is due as well, and if there is one. */
static void no_wait_is_shorter_for_a_long_queue(void **state)
{
	static const struct {
		u32 after, left; /* a 66th is freed after so many maps; left after 128 maps */
	} t[] = { { 63, 0 }, { 64, 0 }, { 65, 1 }, { 0xffffffff, 0 } };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(t); k++) {
		static va_t va[66];

		boot(NULL);
		fill_with(va, 66, 1);
		unmap_all(va, 65);
		for (u32 i = 0; i <= 128; i++) {
			if (i)
				map(FREE_PA, 4);
			if (i == t[k].after)
				unmap(va[65]);
		}
		assert_int_equal(stats().quarantined, t[k].left);
		assert_books();
	}
}

static void pairs_never_meet_their_predecessors(void **state)
{
	va_t last[64] = { 0 };

	(void)state;
	for (u32 i = 0; i < 1000; i++) {
		va_t va = map(FREE_PA, 4);

		for (u32 k = 0; k < 64; k++)
			assert_int_not_equal(va, last[k]);
		unmap(va);
		last[i % 64] = va;
	}
	assert_true(stats().quarantined >= 64 && stats().quarantined < 130);
	assert_int_equal(stats().page_blocks, 1);
}

static void big_ranges_wait_too(void **state)
{
	va_t va = map(FREE_PA, SZ_1M);

	(void)state;
	unmap(va);
	for (u32 i = 0; i < 64; i++) {
		va_t next = map(FREE_PA, SZ_1M);

		assert_int_not_equal(next, va);
		unmap(next);
	}
	for (u32 i = 0; i < 256; i++) { /* the search goes once round the window */
		va_t next = map(FREE_PA, SZ_1M);

		if (next == va)
			return;
		unmap(next);
	}
	fail_msg("never again");
}

/* Room is short, and the lowest address was freed last: the oldest goes first all the same. */
static void the_oldest_goes_first(void **state)
{
	static va_t va[MM_PAGE_BLOCKS * 128];
	u32 n = ARRAY_SIZE(va);

	(void)state;
	for (u32 i = 0; i < n; i++)
		va[i] = map(FREE_PA, 4);
	for (u32 i = n; i--;)
		unmap(va[i]);
	assert_int_equal(map(FREE_PA, 4), va[n - 1]);
	assert_int_equal(stats().quarantined, n - 1);
}

static void sections_too(void **state)
{
	static va_t va[128];

	(void)state;
	for (u32 i = 0; i < 128; i++)
		va[i] = map(FREE_PA, SZ_1M);
	for (u32 i = 128; i--;)
		unmap(va[i]);
	assert_int_equal(map(FREE_PA, SZ_1M), va[127]);
	assert_int_equal(stats().quarantined, 127);
}

/* Every 16 MiB of the window has somebody in it: sections, then, and no refusal. */
static void alignment_is_no_reason_to_refuse(void **state)
{
	va_t va[128], big;

	(void)state;
	for (u32 i = 0; i < 128; i++)
		va[i] = map(FREE_PA, SZ_1M);
	for (u32 i = 0; i < 128; i++)
		if (i % 12)
			unmap(va[i]);
	big = map(FREE_PA, SZ_16M);
	assert_maps(big, FREE_PA, MEM_DEVICE, true, false, SZ_1M);
	assert_maps(big + SZ_16M - 1, FREE_PA + SZ_16M - 1, MEM_DEVICE, true, false, SZ_1M);
}

static void unless_the_window_would_run_out(void **state)
{
	(void)state;
	for (u32 i = 0; i < 20; i++) {
		va_t va = map(FREE_PA, 0x0b000000); /* 176 of 256 MiB */

		unmap(va);
	}
	assert_int_equal(log_lines(), 0);
}

/* A mapping may need the room of waiting ones while another block has little bits free. */
static void waiting_room_of_a_block_that_becomes_empty(void **state)
{
	va_t a[128], b[128], va;

	(void)state;
	boot_on(NULL, 64);
	while (pgtable_free_tables() > 2)
		pgtable_new_l2(0x80000000 + (pgtable_free_tables() << 20));
	for (u32 i = 0; i < 128; i++)
		a[i] = map(FREE_PA, 4);
	for (u32 i = 0; i < 128; i++)
		b[i] = map(FREE_PA, 4);
	assert_int_equal(stats().page_blocks, 2);
	for (u32 i = 0; i < 128; i += 2)
		unmap(a[i]);
	for (u32 i = 0; i < 128; i++)
		unmap(b[(i + 65) % 128]);
	/* no run in a, no table for a third block; b is empty when the run is complete */
	va = map(FREE_PA, 238 * SZ_4K);
	assert_int_equal(va, b[0]);
	assert_all_pages(va, FREE_PA, 238);
	unmap(va);
	for (u32 i = 1; i < 128; i += 2)
		unmap(a[i]);
	assert_int_equal(stats().live, 0);
	assert_int_equal(stats().bad_unmaps, 0);
}

/* ---- page blocks ---- */

static void how_much_fits_into_a_mib(void **state)
{
	static const struct {
		pa_t pa;
		u32 pages, n;
	} t[] = {
		{ FREE_PA, 1, 128 },
		{ FREE_PA, 2, 64 },
		{ FREE_PA, 3, 64 },
		{ FREE_PA, 4, 42 },
		{ FREE_PA + 0x3000, 3, 64 },
		{ FREE_PA, 15, 16 },
		{ FREE_PA + 0x1f000, 16, 14 }, /* no aligned 64 KiB, so no wish */
		{ FREE_PA, 238, 1 },
	};

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(t); k++) {
		boot_on_junk(NULL);
		for (u32 i = 0; i < t[k].n; i++)
			assert_all_pages(map(t[k].pa, t[k].pages << PAGE_SHIFT), t[k].pa,
					 t[k].pages);
		assert_int_equal(stats().page_blocks, 1);
		assert_int_equal(stats().maps, t[k].n);
		map(t[k].pa, t[k].pages << PAGE_SHIFT);
		assert_int_equal(stats().page_blocks, 2);
		assert_books();
	}
	boot_on_junk(NULL);
	map(FREE_PA, 239 * SZ_4K); /* MiBs of its own */
	assert_int_equal(stats().page_blocks, 0);
}

/* Pages in one quarter of a block, several free units in another: both are found. */
static void room_in_any_quarter(void **state)
{
	(void)state;
	for (u32 k = 0; k < 16; k++) {
		static va_t va[128];
		u32 page = k / 4 * 32 + 5, run = k % 4 * 32 + 20;

		boot_on_junk(NULL);
		fill_with(va, 128, 1);
		unmap(va[page]);
		unmap(va[run]);
		unmap(va[run + 1]);
		pass_time(70);
		assert_int_equal(map(FREE_PA, 3 * SZ_4K), va[run]);
		assert_int_equal(map(FREE_PA, SZ_4K), va[page]);
		assert_int_equal(stats().page_blocks, 1);
		assert_books();
	}
}

/* The last to go is a page, or a range, in any quarter of the block. */
static void a_block_goes_when_it_is_empty(void **state)
{
	(void)state;
	for (u32 k = 0; k < 8; k++) {
		va_t va[5], kept;
		u32 n = 0, last = 0;

		boot_on_junk(NULL);
		for (u32 q = 0; q < 4; q++) {
			last = q == k / 2 ? n : last;
			va[n++] = map(FREE_PA, (q == k / 2 && k % 2 ? 61 : 63) * SZ_4K);
			if (q == k / 2 && k % 2)
				va[last = n++] = map(FREE_PA, 4);
		}
		kept = va[last];
		map(FREE_PA, 4); /* in a second block */
		assert_int_equal(stats().page_blocks, 2);
		for (u32 i = 0; i < n; i++)
			if (i != last)
				unmap(va[i]);
		pass_time(70);
		assert_int_equal(stats().page_blocks, 2);
		assert_maps(kept, FREE_PA, MEM_DEVICE, true, false, kind_at(kept));
		unmap(kept);
		pass_time(70);
		assert_int_equal(stats().page_blocks, 1);
		assert_books();
	}
}

static void the_last_block_stays(void **state)
{
	(void)state;
	unmap(map(FREE_PA, 4));
	pass_time(70);
	assert_int_equal(stats().page_blocks, 1);
	assert_int_equal(map(FREE_PA, 4), VMALLOC_START);
}

/* Nothing is left but room that the wish for large pages does not like. */
static void large_pages_are_only_a_wish(void **state)
{
	static const u32 first[] = { 0, 3, 119 };

	(void)state;
	for (u32 k = 0; k < 2 * ARRAY_SIZE(first); k++) {
		static va_t va[128];

		books_spoil();
		boot_on(NULL, 64);
		while (pgtable_free_tables() > 1)
			pgtable_new_l2(0x80000000 + (pgtable_free_tables() << 20));
		fill_with(va, 128, 1);
		unmap_all(va + first[k / 2], 9);
		if (k % 2)
			pass_time(75); /* it waits, or it is free */
		assert_int_equal(map(FREE_PA + 0x1f000, 17 * SZ_4K), va[first[k / 2]]);
		assert_all_pages(va[first[k / 2]], FREE_PA + 0x1f000, 17);
		assert_null(ioremap(FREE_PA, SZ_4K));
		assert_books();
		log_forget();
	}
}

/* Large pages fit, wherever the neighbours are. */
static void large_pages_beside_a_page(void **state)
{
	(void)state;
	for (u32 offset = 0; offset < 16; offset++) {
		pa_t pa = FREE_PA + offset * SZ_4K;
		u32 pages = (16 - offset) % 16 + 16;
		va_t va;

		boot_on_junk(NULL);
		map(FREE_PA, 4);
		va = map(pa, pages * SZ_4K);
		assert_all_pages(va, pa, pages);
		assert_int_equal(kind_at(va + (pages - 1) * SZ_4K), SZ_64K);
		assert_books();
	}
}

/* All blocks are full but one: ranges of several pages find it from any other. */
static void the_only_block_with_room(void **state)
{
	static const u32 block[] = { 0, 47, 31, 2, 32, 46, 1, 30, 33 };
	static va_t va[MM_PAGE_BLOCKS * 64];

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(va); i++) {
		va[i] = map(FREE_PA, 3 * SZ_4K);
		assert_all_pages(va[i], FREE_PA, 3);
	}
	assert_refused(ioremap(FREE_PA, 3 * SZ_4K), ENOMEM,
		       "ioremap: 0x70000000 size 0x3000 refused: all page blocks are in use; "
		       "iounmap() what is not needed, or raise MM_PAGE_BLOCKS in mm/layout.h");
	assert_refused(ioremap(FREE_PA, 238 * SZ_4K), ENOMEM,
		       "ioremap: 0x70000000 size 0xee000 refused: all page blocks are in use; "
		       "iounmap() what is not needed, or raise MM_PAGE_BLOCKS in mm/layout.h");
	for (u32 i = 0; i < ARRAY_SIZE(block); i++) {
		va_t *one = &va[block[i] * 64 + 63];

		unmap(*one);
		assert_int_equal(map(FREE_PA, 3 * SZ_4K), *one);
		unmap(*one);
		pass_time(70); /* free, and not only waiting */
		assert_int_equal(map(FREE_PA, 3 * SZ_4K), *one);
	}
	unmap(va[0]); /* and its second unit: only the first is wanted */
	assert_int_equal(map(FREE_PA, 4), va[0]);
}

static void the_last_unit_of_all(void **state)
{
	static va_t va[MM_PAGE_BLOCKS * 128];
	u32 n = ARRAY_SIZE(va);

	(void)state;
	fill_with(va, n, 1);
	unmap(va[n - 1]);
	assert_int_equal(map(FREE_PA, 4), va[n - 1]);
	unmap(va[127]);
	assert_int_equal(map(FREE_PA, 4), va[127]);
	unmap(va[32 * 128]);
	assert_int_equal(map(FREE_PA, 4), va[32 * 128]);
}

/* Blocks that went come back, also while all the higher ones are in use. */
static void a_dropped_block_is_cut_again(void **state)
{
	static va_t va[MM_PAGE_BLOCKS * 128], section[104];

	(void)state;
	for (u32 full = 0; full < 2; full++) {
		boot_on_junk(NULL);
		fill_with(va, ARRAY_SIZE(va), 1);
		unmap_all(va + 3 * 128, 2 * 128);
		pass_time(400);
		assert_int_equal(stats().page_blocks, MM_PAGE_BLOCKS - 2);
		fill_with(va + 3 * 128, 128, 1);
		assert_int_equal(stats().page_blocks, MM_PAGE_BLOCKS - 1);
		if (!full) {
			map(FREE_PA, 4);
			assert_int_equal(stats().page_blocks, MM_PAGE_BLOCKS);
			continue;
		}
		fill_with(section, 104, 256);
		map(FREE_PA, 255 * SZ_4K); /* one MiB, where the block was */
		assert_refused(ioremap(FREE_PA, 4), ENOMEM,
			       "ioremap: 0x70000000 size 0x4 refused: no room in the dynamic "
			       "window; iounmap() what is not needed (vmallocinfo lists it)");
	}
}

/* ---- whole MiBs ---- */

/* 3, 4 and 33 MiB with their guards, the last ones 16 MiB apart. */
static void how_many_big_ones_fit(void **state)
{
	static const struct {
		pa_t pa;
		u32 pages, n;
	} t[] = { { FREE_PA, 512, 85 },
		  { FREE_PA + 3 * SZ_1M, 768, 64 },
		  { FREE_PA, 2 * 4096, 5 } };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(t); k++) {
		boot_on_junk(NULL);
		for (u32 i = 0; i < t[k].n; i++)
			map(t[k].pa, t[k].pages << PAGE_SHIFT);
		assert_int_equal(stats().maps, t[k].n);
		assert_books();
		assert_null(ioremap_new(t[k].pa, t[k].pages << PAGE_SHIFT));
		log_forget();
	}
}

/* The window is full, one section is unmapped: its place is found, whichever it is. */
static void every_mib_can_be_had_again(void **state)
{
	static va_t va[128];

	(void)state;
	fill_with(va, 128, 256);
	for (u32 i = 0; i < 128; i++) {
		unmap(va[i]);
		assert_int_equal(map(FREE_PA, SZ_1M), va[i]);
	}
	assert_int_equal(stats().maps, 2 * 128);
}

/* The last MiB of the window serves as every other does. */
static void the_last_mib(void **state)
{
	static va_t va[127];
	va_t last;

	(void)state;
	fill_with(va, 127, 256);
	map(FREE_PA, 255 * SZ_4K);
	last = map(FREE_PA, 255 * SZ_4K);
	assert_int_equal(last, VMALLOC_END - SZ_1M);
	unmap(last);
	assert_int_equal(map(FREE_PA, 255 * SZ_4K), last); /* cuts a wait short */
	boot_on_junk(NULL);
	fill_with(va, 127, 256);
	map(FREE_PA, 255 * SZ_4K);
	assert_int_equal(map(FREE_PA, 4), VMALLOC_END - SZ_1M);
	assert_int_equal(stats().page_blocks, 1);
	assert_int_equal(stats().live, 127 + 2);
}

/* Without the wish for 16 MiB pages any MiB will do to begin with. */
static void anywhere_in_the_window(void **state)
{
	static va_t va[128];
	va_t page;

	(void)state;
	fill_with(va, 128, 256);
	unmap_all(va, 14);
	assert_null(ioremap(FREE_PA + 3 * SZ_1M, 29 * SZ_1M));
	log_forget();
	unmap(va[14]);
	assert_int_equal(map(FREE_PA + 3 * SZ_1M, 29 * SZ_1M), VMALLOC_START);
	assert_maps(VMALLOC_START + 28 * SZ_1M, FREE_PA + 31 * SZ_1M, MEM_DEVICE, true, false,
		    SZ_1M);
	boot_on_junk(NULL);
	page = map(FREE_PA, 4);
	fill_with(va, 127, 256);
	unmap_all(va, 14);
	assert_int_equal(map(FREE_PA + 5 * SZ_1M, 27 * SZ_1M), page + SZ_1M);
}

static void supersections_beside_a_section(void **state)
{
	va_t va;

	(void)state;
	map(FREE_PA, SZ_1M);
	va = map(FREE_PA, SZ_16M);
	assert_maps(va, FREE_PA, MEM_DEVICE, true, false, SZ_16M);
	va = map(FREE_PA + 15 * SZ_1M, SZ_16M + SZ_1M);
	assert_maps(va + SZ_1M, FREE_PA + SZ_16M, MEM_DEVICE, true, false, SZ_16M);
}

/* Pages that wait, in a MiB that a big range needs. */
static void a_block_makes_way(void **state)
{
	static va_t va[127];
	va_t page, other;

	(void)state;
	/* the block is the last thing in the window that is not free */
	fill_with(va, 126, 256);
	map(FREE_PA, 255 * SZ_4K);
	page = map(FREE_PA, 4);
	assert_null(ioremap(FREE_PA, 2 * SZ_1M));
	unmap(page);
	assert_int_equal(map(FREE_PA, 2 * SZ_1M), page);
	assert_int_equal(stats().page_blocks, 0);
	assert_books();
	/* the block is the first, one unit is free, another waits */
	boot_on_junk(NULL);
	page = map(FREE_PA, 4);
	other = map(FREE_PA, 4);
	unmap(page);
	fill_with(va, 127, 256);
	assert_int_equal(stats().quarantined, 0);
	unmap(other);
	unmap(va[0]);
	assert_int_equal(map(FREE_PA, 2 * SZ_1M), page);
	assert_books();
	/* it is not enough */
	boot_on_junk(NULL);
	fill_with(va, 126, 256);
	map(FREE_PA, 255 * SZ_4K);
	page = map(FREE_PA, 4);
	map(FREE_PA, SZ_1M);
	unmap(page);
	assert_null(ioremap(FREE_PA, SZ_1M));
	assert_int_equal(stats().quarantined, 1);
	log_forget();
}

static void the_last_block_makes_way(void **state)
{
	static va_t va[MM_PAGE_BLOCKS * 128], section[104];
	u32 n = ARRAY_SIZE(va);

	(void)state;
	fill_with(va, n, 1);
	fill_with(section, 104, 256);
	unmap_all(va + n - 128, 128);
	unmap(section[0]);
	assert_int_equal(map(FREE_PA, 2 * SZ_1M), va[n - 128]);
	assert_int_equal(stats().page_blocks, MM_PAGE_BLOCKS - 1);
}

/* Whatever waits, it does not make the room that is asked for. */
static void waits_that_are_of_no_use(void **state)
{
	static va_t va[MM_PAGE_BLOCKS * 128], section[127];

	(void)state;
	/* one page, and several are wanted; no MiB that is free or waits */
	fill_with(va, 128, 1);
	fill_with(section, 127, 256);
	map(FREE_PA, 255 * SZ_4K);
	unmap(va[9]);
	assert_null(ioremap(FREE_PA, 3 * SZ_4K));
	assert_int_equal(stats().quarantined, 1);
	assert_books();
	/* a MiB, and no page block is left to cut it */
	boot_on_junk(NULL);
	fill_with(va, ARRAY_SIZE(va), 1);
	fill_with(section, 104, 256);
	unmap(section[50]);
	assert_null(ioremap(FREE_PA, 4));
	assert_int_equal(stats().quarantined, 1);
	log_forget();
}

/* A window full of waits, and just the tables that the ends take: or one less. */
static void tables_for_the_ends(void **state)
{
	static const struct {
		u32 skip, pages, tables;
	} t[] = {
		{ 0, 512, 0 }, { 0, 300, 1 }, { 6, 506, 1 }, { 6, 245, 1 },
		{ 6, 250, 1 }, { 1, 254, 1 }, { 6, 300, 2 }, { 255, 512, 2 },
	};

	(void)state;
	for (u32 k = 0; k < 2 * ARRAY_SIZE(t); k++) {
		static va_t va[128];
		u32 need = t[k / 2].tables, before;
		pa_t pa = FREE_PA + (t[k / 2].skip << PAGE_SHIFT);

		if (k % 2 && !need)
			continue;
		boot_on_junk(NULL);
		fill_with(va, 128, 256);
		unmap_all(va, 128);
		for (u32 n = 0; pgtable_free_tables() > need - k % 2; n++)
			assert_non_null(IOMEM(pgtable_new_l2(0x80000000 + n * SZ_1M)));
		before = tables_hash();
		if (k % 2) {
			assert_null(ioremap_new(pa, t[k / 2].pages << PAGE_SHIFT));
			assert_int_equal(tables_hash(), before);
			assert_int_equal(stats().quarantined, 128);
		} else {
			assert_all_pages(map(pa, t[k / 2].pages << PAGE_SHIFT), pa, t[k / 2].pages);
			assert_int_equal(stats().maps, 129);
		}
		assert_books();
		log_forget();
	}
}

/* ---- many ---- */

static void four_thousand_live(void **state)
{
	static va_t va[4096];
	struct rng r = { 7 };

	(void)state;
	for (u32 i = 0; i < 4096; i++)
		va[i] = map(FREE_PA + i * 0x1234, 4);
	assert_int_equal(stats().live, 4096);
	for (u32 i = 0; i < 4096; i++) {
		struct model_xlate x;

		assert_int_equal(model_probe(va[i], &x), FAULT_NONE);
		assert_int_equal(x.pa, FREE_PA + i * 0x1234);
		assert_int_equal(x.mem, MEM_DEVICE);
		assert_int_equal(kind_at((va[i] & PAGE_MASK) + SZ_4K), 0); /* its guard */
	}
	for (u32 i = 4096; i; i--) {
		u32 k = rnd_below(&r, i);
		struct model_xlate x;

		unmap(va[k]);
		assert_int_not_equal(model_probe(va[k], &x), FAULT_NONE);
		va[k] = va[i - 1];
	}
	assert_int_equal(stats().live, 0);
	assert_int_equal(stats().bad_unmaps, 0);
	assert_int_equal(log_lines(), 0);
	assert_same_eyes(VMALLOC_START, VMALLOC_END - 1);
}

static u32 random_pages(struct rng *r, bool small)
{
	u32 dice = rnd_below(r, 16);

	if (dice < (small ? 12 : 2))
		return 1 + rnd_below(r, 4);
	if (dice < (small ? 15 : 4))
		return 1 + rnd_below(r, 240);
	if (dice < 10)
		return 256;
	return dice < 15 ? 200 + rnd_below(r, 900) : 1 + rnd_below(r, 12000);
}

/* Anything anywhere, in a window that is nearly full, with memory that runs out at times. */
static void the_books_balance_at_every_step(void **state)
{
	static va_t va[800];
	struct rng r = { 4711 };
	u32 n = 0, refused = 0;

	(void)state;
	for (u32 i = 0; i < 4000; i++) {
		u32 pages = random_pages(&r, i / 500 % 2);
		pa_t pa = FREE_PA + (rnd_below(&r, 8192) << PAGE_SHIFT);
		void __iomem *p;

		if (n == ARRAY_SIZE(va) || (n && rnd_below(&r, 100) < 48)) {
			u32 k = rnd_below(&r, n);

			unmap(va[k]);
			va[k] = va[--n];
		} else {
			pa = pages == 256 ? pa & SECTION_MASK : pa;
			if (rnd_below(&r, 16) == 0)
				model_fail_alloc_at(rnd_below(&r, 3));
			p = ioremap_new(pa, pages << PAGE_SHIFT);
			model_fail_alloc_off();
			refused += !p;
			if (p)
				va[n++] = iomem_va(p);
		}
		assert_books();
	}
	assert_true(refused > 50 && stats().maps > 1000);
	log_forget();
	unmap_all(va, n);
	assert_int_equal(stats().live, 0);
	assert_int_equal(log_lines(), 0);
}

static void exhaustion_and_recovery(void **state)
{
	static va_t va[16384];
	u32 n = 0, hash;

	(void)state;
	for (void __iomem *p; n < 16384 && (p = ioremap(FREE_PA, 4)); n++)
		va[n] = iomem_va(p);
	assert_int_equal(n, MM_PAGE_BLOCKS * 128);
	assert_int_equal(errno, ENOMEM);
	assert_int_equal(log_lines(), 1);
	assert_true(log_has("all page blocks are in use; iounmap() what is not needed, or raise "
			    "MM_PAGE_BLOCKS in mm/layout.h"));
	hash = tables_hash();
	assert_null(ioremap(FREE_PA, 4));
	assert_int_equal(tables_hash(), hash);
	unmap(va[77]);
	assert_non_null(ioremap(FREE_PA, 4)); /* the quarantine gives way */
	assert_null(ioremap(FREE_PA, 4));
	for (u32 i = 0; i < n; i++)
		unmap(va[i]);
	assert_int_equal(stats().live, 0);
	log_forget();
	for (u32 i = 0; i < 3; i++) { /* and big ranges fit again */
		va_t big = map(FREE_PA, 0x0f000000);

		unmap(big);
	}
	assert_int_equal(log_lines(), 0);
}

static void sections_fill_the_window(void **state)
{
	static va_t va[256];
	u32 n = 0;

	(void)state;
	/* a guard page costs a MiB here: 128 of them */
	for (void __iomem *p; n < 256 && (p = ioremap(FREE_PA + (n % 200) * SZ_1M, SZ_1M)); n++)
		va[n] = iomem_va(p);
	assert_int_equal(n, 128);
	for (u32 i = 0; i < n; i++)
		for (u32 k = 0; k < i; k++)
			assert_true(va[i] - va[k] >= 2 * SZ_1M || va[k] - va[i] >= 2 * SZ_1M);
	for (u32 i = 0; i < n; i++)
		unmap(va[i]);
	for (u32 i = 0; i < 128; i++)
		map(FREE_PA, SZ_1M);
	assert_int_equal(stats().live, 128);
}

/* A full window of ranges that wait: each of these cuts their waits short. */
static void waits_are_cut_short_for_big_ranges(void **state)
{
	static const struct {
		u32 skip, pages; /* where the first MiB begins, how many pages */
	} t[] = { { 0, 256 },	    { 6, 245 },	      { 0, 300 }, { 6, 506 },
		  { 6, 300 + 250 }, { 6, 506 + 256 }, { 0, 4096 } };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(t); k++) {
		static va_t va[128];
		pa_t pa = FREE_PA + (t[k].skip << 12);
		u32 tables;

		boot(NULL);
		tables = pgtable_free_tables();
		for (u32 i = 0; i < 128; i++)
			va[i] = map(FREE_PA, SZ_1M);
		for (u32 i = 0; i < 128; i++)
			unmap(va[i]);
		va[0] = map(pa, t[k].pages << 12);
		for (u32 i = 0; i < t[k].pages; i += 5)
			assert_maps(va[0] + (i << 12), pa + (i << 12), MEM_DEVICE, true, false,
				    kind_at(va[0] + (i << 12)));
		assert_faults(va[0] + (t[k].pages << 12), (t[k].pages + t[k].skip) & 255 ? 7 : 5);
		unmap(va[0]);
		assert_int_equal(pgtable_free_tables(), tables);
	}
}

static void fill_with_sections(va_t va[], u32 n)
{
	for (u32 i = 0; i < n; i++)
		va[i] = map(FREE_PA, SZ_1M);
}

static void a_page_in_a_window_of_sections(void **state)
{
	static va_t va[128];
	va_t page;

	(void)state;
	fill_with_sections(va, 128);
	assert_null(ioremap_new(FREE_PA, 4)); /* no MiB to cut into pages, none that waits */
	assert_int_equal(errno, ENOMEM);
	unmap(va[5]);
	unmap(va[77]);
	page = map(FREE_PA, 4);
	assert_true(page - va[5] < 2 * SZ_1M); /* the one that waited longest */
	assert_maps(page, FREE_PA, MEM_DEVICE, true, false, SZ_4K);
	for (u32 i = 0; i < 128; i++)
		if (i != 5 && i != 77)
			assert_maps(va[i], FREE_PA, MEM_DEVICE, true, false, SZ_1M);
}

/* A live page holds its MiB, whatever waits around it. */
static void a_big_range_around_a_live_page(void **state)
{
	static va_t va[127];
	va_t page = map(FREE_PA, 4), big;

	(void)state;
	fill_with_sections(va, 127);
	for (u32 i = 0; i < 127; i++)
		unmap(va[i]);
	big = map(FREE_PA, 8 * SZ_1M);
	assert_true(page < big || page >= big + 8 * SZ_1M);
	assert_maps(page, FREE_PA, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(big + 8 * SZ_1M - 4, FREE_PA + 8 * SZ_1M - 4, MEM_DEVICE, true, false, SZ_1M);
}

static void more_than_the_window_holds(void **state)
{
	(void)state;
	assert_null(ioremap_new(0x00100000, 0x0ff01000)); /* its guard has no room */
	assert_null(ioremap_new(0x00100000, 0x10000000));
	assert_null(ioremap_new(0x00180000, 0x0fe80000)); /* begins in the middle of a MiB */
	assert_non_null(ioremap_new(0x70000000, 0x0fe00000));
}

/* Nothing is cut short for a range that then has no table for its ends. */
static void no_wait_is_cut_short_in_vain(void **state)
{
	static va_t va[128];
	u32 before, n = 0;

	(void)state;
	for (u32 i = 0; i < 128; i++)
		va[i] = map(FREE_PA, SZ_1M);
	for (u32 i = 0; i < 128; i++)
		unmap(va[i]);
	/* the static half of the space takes all tables but one */
	for (; pgtable_free_tables() > 1; n++)
		assert_int_equal(pgtable_map(0x80000000 + n * SZ_1M, GPIO_PA, SZ_4K, MT_DEVICE), 0);
	before = tables_hash();
	assert_null(ioremap_new(FREE_PA + 0x6000, 2 * SZ_1M)); /* two ends */
	assert_int_equal(tables_hash(), before);
	model_fail_alloc_at(1);
	assert_null(ioremap_new(FREE_PA, SZ_1M));
	assert_int_equal(tables_hash(), before);
	model_fail_alloc_off();
	map(FREE_PA + 0x6000, SZ_1M + 0xfa000); /* one */
}

/* ---- what the window knows ---- */

static void query_states(void **state)
{
	va_t va = map(FREE_PA + 0x240, 2 * SZ_4K); /* three pages */
	struct io_info i;

	(void)state;
	ioremap_query(va, &i);
	assert_int_equal(i.state, IO_LIVE);
	assert_int_equal(i.va, va & PAGE_MASK);
	assert_int_equal(i.pa, FREE_PA);
	assert_int_equal(i.pages, 3);
	assert_int_equal(i.type, MT_DEVICE);
	assert_int_not_equal(i.mapped_by, 0);
	assert_int_equal(i.unmapped_by, 0);
	ioremap_query(i.va + 3 * SZ_4K - 1, &i);
	assert_int_equal(i.state, IO_LIVE);
	ioremap_query(i.va + 3 * SZ_4K, &i);
	assert_int_equal(i.state, IO_GUARD);
	assert_int_equal(i.va, va & PAGE_MASK);
	unmap(va);
	map(FREE_PA, 4);
	ioremap_query(va, &i);
	assert_int_equal(i.state, IO_FREED);
	assert_int_equal(i.maps_ago, 1);
	assert_int_not_equal(i.unmapped_by, 0);
	assert_int_equal(i.pa, FREE_PA);
	ioremap_query(0xf7fff000, &i);
	assert_int_equal(i.state, IO_NEVER);
	ioremap_query(VMALLOC_START - 1, &i);
	assert_int_equal(i.state, IO_OUTSIDE);
	ioremap_query(VMALLOC_END, &i);
	assert_int_equal(i.state, IO_OUTSIDE);
}

static void query_beside_a_mapping(void **state)
{
	va_t va = map(FREE_PA, 2 * SZ_4K); /* and a guard, in room for four pages */
	struct io_info i;

	(void)state;
	ioremap_query(va, &i);
	assert_int_equal(i.maps_ago, 0);
	ioremap_query(va + 3 * SZ_4K - 1, &i);
	assert_int_equal(i.state, IO_GUARD);
	ioremap_query(va + 3 * SZ_4K, &i);
	assert_int_equal(i.state, IO_NEVER);
	ioremap_query(VMALLOC_END - 1, &i);
	assert_int_equal(i.state, IO_NEVER);
}

/* Whoever had a place last is told, also long after, until somebody has it again. */
static void query_of_what_is_gone(void **state)
{
	va_t first = map(FREE_PA, 5 * SZ_4K), second;
	struct io_info i;

	(void)state;
	unmap(first);
	pass_time(70);
	ioremap_query(first + 3 * SZ_4K, &i);
	assert_int_equal(i.state, IO_FREED);
	assert_int_equal(i.va, first);
	assert_int_equal(i.pages, 5);
	assert_int_equal(i.maps_ago, 70);
	/* large pages: it begins two pages into the room of the first */
	second = map(FREE_PA + 0x2000, 30 * SZ_4K);
	assert_int_equal(second, first + 2 * SZ_4K);
	unmap(second);
	pass_time(70);
	ioremap_query(first + 3 * SZ_4K, &i);
	assert_int_equal(i.va, second);
	assert_int_equal(i.maps_ago, 70);
	ioremap_query(first + SZ_4K, &i);
	assert_int_equal(i.va, first);
	assert_int_equal(i.maps_ago, 141);
	/* the room of the second, from in front of it again */
	assert_int_equal(map(FREE_PA, 5 * SZ_4K), first);
	unmap(first);
	pass_time(70);
	ioremap_query(first + 3 * SZ_4K, &i);
	assert_int_equal(i.va, first);
	assert_int_equal(i.maps_ago, 70);
	ioremap_query(first + 8 * SZ_4K, &i);
	assert_int_equal(i.va, second);
}

/* Records of single pages, long gone, lie where a longer range is now. */
static void query_among_old_records(void **state)
{
	va_t first = map(FREE_PA, 4), second = map(FREE_PA, 4), va;
	struct io_info i;

	(void)state;
	unmap(first);
	unmap(second);
	pass_time(70);
	va = map(FREE_PA, 5 * SZ_4K);
	assert_int_equal(va, first);
	for (u32 at = 0; at < 6 * SZ_4K; at += SZ_4K) {
		ioremap_query(va + at, &i);
		assert_int_equal(i.state, at < 5 * SZ_4K ? IO_LIVE : IO_GUARD);
		assert_int_equal(i.va, va);
	}
}

/* Every way of mapping and unmapping remembers what was asked for, and by which code. */
static void who_mapped_and_unmapped_it(void **state)
{
	static const struct {
		pa_t pa;
		u32 pages;
	} t[] = {
		{ FREE_PA, 1 },	  { FREE_PA, 1 },   { FREE_PA, 2 },   { FREE_PA + 0x1000, 31 },
		{ FREE_PA, 240 }, { FREE_PA, 256 }, { FREE_PA, 600 }, { FREE_PA + 0x6000, 600 },
	};
	static va_t section[127];
	struct io_info i;
	u32 mapped_by = 0, unmapped_by = 0;

	(void)state;
	for (u32 full = 0; full < 2; full++) {
		for (u32 k = 0; k < ARRAY_SIZE(t); k++) {
			va_t va = map(t[k].pa, t[k].pages << PAGE_SHIFT);

			ioremap_query(va, &i);
			assert_int_equal(i.state, IO_LIVE);
			assert_int_equal(i.va, va);
			assert_int_equal(i.pa, t[k].pa);
			assert_int_equal(i.pages, t[k].pages);
			assert_int_equal(i.type, MT_DEVICE);
			mapped_by = mapped_by ? mapped_by : i.mapped_by;
			assert_int_equal(i.mapped_by, mapped_by);
			unmap(va);
			ioremap_query(va, &i);
			assert_int_equal(i.state, IO_FREED);
			assert_int_equal(i.va, va);
			unmapped_by = unmapped_by ? unmapped_by : i.unmapped_by;
			assert_int_equal(i.unmapped_by, unmapped_by);
			assert_int_equal(stats().maps,
					 full * (ARRAY_SIZE(t) + ARRAY_SIZE(section)) + k + 1);
		}
		if (!full) {
			fill_with(section, ARRAY_SIZE(section), 256);
			unmap_all(section, ARRAY_SIZE(section));
		}
	}
	section[0] = map(FREE_PA, 4);
	iounmap(IOMEM(section[0])); /* from another place */
	ioremap_query(section[0], &i);
	assert_int_not_equal(i.unmapped_by, unmapped_by);
	assert_int_not_equal(i.unmapped_by, mapped_by);
}

/* Each looks at the records of one block at most: else this runs into the limit of time. */
static void a_query_is_short(void **state)
{
	va_t va = map(FREE_PA, 4);
	struct io_info i;

	(void)state;
	for (u32 n = 0; n < 50000; n++) {
		ioremap_query(va, &i);
		assert_int_equal(i.state, IO_LIVE);
	}
}

static void query_of_big_ranges(void **state)
{
	va_t va = map(0x70ff0000, SZ_16M + 0x20000);
	struct io_info i;

	(void)state;
	ioremap_query(va + SZ_16M, &i);
	assert_int_equal(i.state, IO_LIVE);
	assert_int_equal(i.va, va);
	assert_int_equal(i.pages, 0x1020);
	ioremap_query(va + SZ_16M + 0x20000, &i);
	assert_int_equal(i.state, IO_GUARD);
	unmap(va);
	ioremap_query(va + SZ_16M, &i);
	assert_int_equal(i.state, IO_FREED);
}

static void vmallocinfo(void **state)
{
	char line[80];
	va_t a, b, c;

	(void)state;
	request_mem_region(FREE_PA, SZ_64K, "codec");
	a = map(FREE_PA, 2 * SZ_4K);
	b = map(FREE_PA + SZ_16M, SZ_1M);
	c = map(FREE_PA + 0x1006000, SZ_1M); /* pages at both ends */
	unmap(b);
	ioremap(GPIO_PA, 4);
	vmallocinfo_show();
	assert_true(log_has("0xe8000000-0xe8001fff     2 pages -> 0x70000000 device            "
			    "'codec'"));
	snprintf(line, sizeof(line), "0x%08x-0x%08x   256 pages    waits, unmapped by", b,
		 b + SZ_1M - 1);
	assert_true(log_has(line));
	snprintf(line, sizeof(line), "0x%08x-0x%08x   256 pages -> 0x71006000 device", c,
		 c + SZ_1M - 1);
	assert_true(log_has(line));
	assert_true(
		log_has("2 live (258 pages), 1 waiting, 1 on static rows, 3 maps made, 0 refused, "
			"0 bad iounmaps"));
	assert_int_equal(log_lines(), 4);
	unmap(a);
}

/* For each way of mapping: a row, a page, several, a section, all sizes. */
static void interrupts_stay_as_they_were(void **state)
{
	static const struct {
		pa_t pa;
		u32 size;
	} t[] = {
		{ GPIO_PA, 4 },
		{ FREE_PA, 4 },
		{ FREE_PA, 3 * SZ_4K },
		{ FREE_PA, SZ_1M },
		{ FREE_PA, SZ_16M + SZ_4K },
	};

	(void)state;
	for (u32 k = 0; k < 2 * ARRAY_SIZE(t); k++) {
		bool masked = k % 2;
		u32 flags = masked ? model_irq_save() : 0;
		void __iomem *p = ioremap(t[k / 2].pa, t[k / 2].size);

		assert_non_null(p);
		assert_int_equal(model_irqs_enabled(), !masked);
		iounmap(p);
		assert_int_equal(model_irqs_enabled(), !masked);
		iounmap(p);
		assert_int_equal(model_irqs_enabled(), !masked);
		if (masked)
			model_irq_restore(flags);
	}
	log_forget();
}

/* An interrupt at any point of a map or unmap finds records and descriptors that agree. */
static va_t watched;
static const char *seen_wrong;

static bool look_at_area(const struct io_info *info, void *arg)
{
	struct walk w;

	(void)arg;
	walk(pgtable_root(), info->va, &w);
	if ((info->state == IO_LIVE) != (w.kind != WALK_FAULT))
		seen_wrong = "live and without a descriptor, or the reverse";
	return true;
}

static void look_at_watched(void)
{
	const char *why = books_wrong();
	u32 v;

	if (why)
		seen_wrong = why;
	window_visit(look_at_area, NULL);
	if (model_load(watched, 4, &v) != FAULT_NONE || v != 0xfeedf00d)
		watched = 0;
}

static void an_interrupt_at_every_step(void **state)
{
	(void)state;
	watched = map(FREE_PA + SZ_1M, 4);
	writel(0xfeedf00d, IOMEM(watched));
	seen_wrong = NULL;
	model_irq_hook = look_at_watched;
	for (u32 i = 0; i < 300; i++) {
		va_t va = map(FREE_PA + SZ_1M + (i % 3) * SZ_64K, 4 << (i % 18));

		unmap(va);
	}
	model_irq_hook = NULL;
	assert_int_not_equal(watched, 0);
	if (seen_wrong)
		fail_msg("seen by an interrupt handler: %s", seen_wrong);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_here(four_bytes),
		case_here(the_offset_is_kept),
		case_here(a_range_over_a_page_edge),
		case_here(two_mappings_of_one_page),
		case_here(a_guard_page_stands_behind),
		case_here(four_kinds_of_memory),
		case_here(the_largest_descriptors),
		case_here(sections_where_there_are_no_supersections),
		case_here(the_last_page_of_physical_memory),
		case_here(a_static_row_is_reused_and_counted),
		case_here(each_row_is_counted),
		case_here(every_row_serves),
		case_here(a_range_past_a_row_is_fresh),
		case_here(ioremap_new_never_takes_the_row),
		case_here(size_zero),
		case_here(past_4_gib),
		case_here(ram_is_refused),
		case_here(a_rows_code_is_refused),
		case_here(a_carve_out_may_be_mapped),
		case_here(a_carve_out_with_a_row),
		case_here(a_row_of_another_type_is_in_the_way),
		case_here(a_mapping_of_another_type_is_in_the_way),
		case_here(the_owner_is_of_the_page_that_both_want),
		case_here(the_first_in_the_way_is_named),
		case_here(each_kind_keeps_the_others_out),
		case_here(types_meet_across_a_mib),
		case_here(types_meet_in_one_mib),
		case_here(larger_than_the_window),
		case_here(as_large_as_the_window),
		case_here(a_page_in_a_window_of_pages_and_sections),
		case_here(sixteen_mib_in_a_full_window),
		case_here(no_tables_left),
		case_here(null_is_ignored),
		case_here(any_byte_of_the_first_page_will_do),
		case_here(bad_unmaps_are_harmless),
		case_here(a_bad_unmap_names_the_code),
		case_here(a_freed_range_waits_64_maps),
		case_here(a_long_queue_drains_by_two),
		case_here(no_wait_is_shorter_for_a_long_queue),
		case_here(pairs_never_meet_their_predecessors),
		case_here(big_ranges_wait_too),
		case_here(the_oldest_goes_first),
		case_here(sections_too),
		case_here(alignment_is_no_reason_to_refuse),
		case_here(unless_the_window_would_run_out),
		case_here(waiting_room_of_a_block_that_becomes_empty),
		case_here(how_much_fits_into_a_mib),
		case_here(room_in_any_quarter),
		case_here(a_block_goes_when_it_is_empty),
		case_here(the_last_block_stays),
		case_here(large_pages_are_only_a_wish),
		case_here(large_pages_beside_a_page),
		case_here(the_only_block_with_room),
		case_here(the_last_unit_of_all),
		case_here(a_dropped_block_is_cut_again),
		case_here(how_many_big_ones_fit),
		case_here(every_mib_can_be_had_again),
		case_here(the_last_mib),
		case_here(anywhere_in_the_window),
		case_here(supersections_beside_a_section),
		case_here(a_block_makes_way),
		case_here(the_last_block_makes_way),
		case_here(waits_that_are_of_no_use),
		case_here(tables_for_the_ends),
		case_here(four_thousand_live),
		case_here(the_books_balance_at_every_step),
		case_here(exhaustion_and_recovery),
		case_here(sections_fill_the_window),
		case_here(query_states),
		case_here(query_beside_a_mapping),
		case_here(query_of_what_is_gone),
		case_here(query_among_old_records),
		case_here(who_mapped_and_unmapped_it),
		case_here(a_query_is_short),
		case_here(query_of_big_ranges),
		case_here(vmallocinfo),
		case_here(interrupts_stay_as_they_were),
		case_here(an_interrupt_at_every_step),
		case_here(waits_are_cut_short_for_big_ranges),
		case_here(no_wait_is_cut_short_in_vain),
		case_here(more_than_the_window_holds),
		case_here(a_page_in_a_window_of_sections),
		case_here(a_big_range_around_a_live_page),
	};

	return cmocka_run_group_tests_name("ioremap", tests, NULL, NULL);
}
