/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_alloc_failure.c - all or nothing.
 *
 * Each public call that can run out of something is made to fail at its first
 * allocation, then at its second, and so on until it succeeds.  After each
 * failure the translation tables (as the core and as the walker see them) and
 * every variable of mm/ must be what they were, errno set and one line logged;
 * and the same call without the failure must then do what it does on a machine
 * where nothing ever failed.
 */
#include "helpers.h"

#include <errno.h>
#include <string.h>

#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/resource.h"
#include "mm/set_memory.h"
#include "state.h"

struct call {
	const char *name;
	void (*prepare)(void);
	bool (*run)(void); /* true: it succeeded */
	bool quiet; /* below the public edge: an error code, no errno, no line */
	u32 failures; /* at least so many allocations must have failed */
};

/* ---- what to call ---- */

static void nothing(void)
{
}

static void leave_waiting(void)
{
	iounmap(ioremap(FREE_PA, 4));
	iounmap(ioremap(FREE_PA, SZ_1M));
}

/* No block has a run of pages, no slot is free: what waits must give way. */
static void fill_the_window(void)
{
	static void __iomem *p[MM_PAGE_BLOCKS * 128];
	u32 n = 0;

	for (; n < ARRAY_SIZE(p); n++)
		p[n] = ioremap(FREE_PA, 4);
	iounmap(p[5]);
	iounmap(p[6]);
	log_forget();
}

static void fill_a_block(void)
{
	for (u32 i = 0; i < 128; i++)
		ioremap(FREE_PA, 4);
}

static void split_already(void)
{
	set_memory_ro(0xc0505000, 1);
}

static void read_only_already(void)
{
	set_memory_ro(0xc0400000, 512);
}

static void executable_already(void)
{
	set_memory_ro(0xc0400000, 512);
	set_memory_x(0xc0400000, 512);
}

static bool map_a_page(void)
{
	return !pgtable_map(0x90005000, FREE_PA, SZ_4K, MT_DEVICE);
}
static bool map_over_tables(void)
{
	return !pgtable_map(0x900ff000, FREE_PA + 0xff000, 3 * SZ_1M, MT_DEVICE);
}
static bool map_many_tables(void)
{
	return !pgtable_map(0x90000000, FREE_PA + SZ_4K, 8 * SZ_1M, MT_DEVICE);
}
static bool new_table(void)
{
	return pgtable_has_table() && pgtable_new_l2(0x90000000);
}
static bool static_row(void)
{
	const struct map_desc row[] = { MAP_DEVICE("new", 0xfb0ff000, FREE_PA, 2 * SZ_4K) };
	bool good = !iotable_init(row, 1);

	log_forget();
	return good;
}
static bool claim(void)
{
	return request_mem_region(GPIO_PA + 0x240, 4, "led");
}
static bool container(void)
{
	return !resource_add(FREE_PA, SZ_4K, "new", IORESOURCE_MEM);
}
static bool io_device(void)
{
	return ioremap(FREE_PA + 0x240, 4);
}
static bool io_new(void)
{
	return ioremap_new(GPIO_PA + 0x240, 4);
}
static bool io_np(void)
{
	return ioremap_np(FREE_PA, 5 * SZ_4K);
}
static bool io_wc(void)
{
	return ioremap_wc(FREE_PA + 0x3000, 3 * SZ_64K);
}
static bool io_cache(void)
{
	return ioremap_cache(FREE_PA, SZ_1M);
}
static bool io_mixed(void)
{
	return ioremap(FREE_PA + SZ_16M - 0x11000, SZ_16M + 0x23000);
}
static bool io_super(void)
{
	return ioremap(FREE_PA, 2 * SZ_16M);
}
static bool io_pages_of_a_mib(void)
{
	return ioremap(FREE_PA + SZ_4K, SZ_1M);
}
static bool ro_page(void)
{
	return !set_memory_ro(0xc0505000, 1);
}
static bool ro_over_sections(void)
{
	return !set_memory_ro(0xc04ff000, 2 + 256);
}
static bool ro_in_supersection(void)
{
	return !set_memory_ro(0xc17ff000, 2);
}
static bool rw_page(void)
{
	return !set_memory_rw(0xc0405000, 1);
}
static bool x_page(void)
{
	return !set_memory_x(0xc0405000, 1);
}
static bool nx_page(void)
{
	return !set_memory_nx(0xc04ff000, 2);
}

static const struct call calls[] = {
	{ "pgtable_map, a page", nothing, map_a_page, true, 1 },
	{ "pgtable_map, pages at both ends", nothing, map_over_tables, true, 2 },
	{ "pgtable_map, nine tables", nothing, map_many_tables, true, 8 },
	{ "pgtable_new_l2", nothing, new_table, true, 1 },
	{ "iotable_init", nothing, static_row, true, 2 },
	{ "resource_add", nothing, container, true, 1 },
	{ "request_mem_region", nothing, claim, false, 1 },
	{ "ioremap", nothing, io_device, false, 1 },
	{ "ioremap, others wait", leave_waiting, io_device, false, 0 },
	{ "ioremap, the block is full", fill_a_block, io_device, false, 1 },
	{ "ioremap, the window is full", fill_the_window, io_device, false, 1 },
	{ "ioremap_new", nothing, io_new, false, 1 },
	{ "ioremap_np", nothing, io_np, false, 1 },
	{ "ioremap_wc", nothing, io_wc, false, 1 },
	{ "ioremap_cache, a section", nothing, io_cache, false, 0 },
	{ "ioremap, all sizes", nothing, io_mixed, false, 2 },
	{ "ioremap, supersections", leave_waiting, io_super, false, 1 },
	{ "ioremap, pages over two MiB", nothing, io_pages_of_a_mib, false, 1 },
	{ "set_memory_ro, a page", nothing, ro_page, false, 1 },
	{ "set_memory_ro, over sections", nothing, ro_over_sections, false, 2 },
	{ "set_memory_ro, in a supersection", nothing, ro_in_supersection, false, 2 },
	{ "set_memory_ro, split already", split_already, ro_page, false, 0 },
	{ "set_memory_rw", read_only_already, rw_page, false, 1 },
	{ "set_memory_x", read_only_already, x_page, false, 1 },
	{ "set_memory_nx", executable_already, nx_page, false, 2 },
};

/* ---- fail it ---- */

static void prepare(const struct call *c)
{
	boot_on(NULL, MM_TABLES);
	c->prepare();
	log_forget();
	errno = 0;
}

static u32 result_without_failure(const struct call *c)
{
	prepare(c);
	assert_true(c->run());
	return tables_hash();
}

/* Fail allocation @nth; false when the call no longer has so many. */
static bool fail_at(const struct call *c, u32 nth, u32 good_tables, u32 *failures)
{
	u32 tables, allocs;
	bool good;

	prepare(c);
	state_take();
	tables = tables_hash();
	allocs = model_alloc_count();
	model_fail_alloc_at(nth);
	good = c->run();
	model_fail_alloc_off();
	if (model_alloc_count() - allocs <= nth) {
		assert_true(good);
		return false;
	}
	if (good) /* there was another way */
		return true;
	++*failures;
	if (state_changed())
		fail_msg("%s, allocation %u: '%s' has changed", c->name, nth, state_changed());
	if (tables_hash() != tables)
		fail_msg("%s, allocation %u: the tables have changed", c->name, nth);
	if (!c->quiet) {
		assert_int_equal(errno, ENOMEM);
		assert_int_equal(log_lines(), 1);
	}
	assert_true(model_irqs_enabled());
	assert_true(c->run());
	assert_int_equal(tables_hash(), good_tables);
	return true;
}

static void all_or_nothing(void **state)
{
	const struct call *c = *state;
	u32 good_tables = result_without_failure(c), failures = 0, nth = 0;

	while (fail_at(c, nth, good_tables, &failures))
		nth++;
	if (failures < c->failures)
		fail_msg("%s: only %u allocations failed", c->name, failures);
	if (model_violated())
		fail_msg("%s", model_violated());
	assert_int_equal(log_masked(), 0);
}

/* The instrument sees what it should see. */
static void a_change_is_seen(void **state)
{
	(void)state;
	boot_on(NULL, MM_TABLES);
	state_take();
	assert_null(state_changed());
	assert_true(state_bytes() > 100000);
	ioremap(GPIO_PA, 4);
	assert_string_equal(state_changed(), "static_rows");
	state_take();
	request_mem_region(FREE_PA, 4, "x");
	assert_non_null(state_changed());
	state_take();
	pgtable_new_l2(0x90000000);
	assert_string_equal(state_changed(), "pgtable");
	state_take();
	ioremap(FREE_PA, 4);
	assert_non_null(state_changed());
}

/* What a pair leaves behind is room that waits, and nothing else. */
static void a_pair_leaves_no_count(void **state)
{
	static const u32 sizes[] = { 4, SZ_64K, SZ_1M, 3 * SZ_1M + SZ_4K, SZ_16M };

	(void)state;
	boot_on(NULL, MM_TABLES);
	for (u32 i = 0; i < ARRAY_SIZE(sizes); i++) {
		state_take();
		iounmap(ioremap(FREE_PA + 0xff000, sizes[i]));
		iounmap(ioremap_np(FREE_PA + 0xff000, sizes[i]));
		assert_false(state_changed_in("mib_users")); /* memory types per MiB */
		assert_false(state_changed_in("static_rows"));
		assert_false(state_changed_in("nodes"));
	}
}

int main(void)
{
	struct CMUnitTest tests[ARRAY_SIZE(calls) + 2] = {
		cmocka_unit_test(a_change_is_seen),
		cmocka_unit_test(a_pair_leaves_no_count),
	};

	for (u32 i = 0; i < ARRAY_SIZE(calls); i++) {
		tests[i + 2].name = calls[i].name;
		tests[i + 2].test_func = all_or_nothing;
		tests[i + 2].setup_func = NULL;
		tests[i + 2].teardown_func = NULL;
		tests[i + 2].initial_state = (void *)(uintptr_t)&calls[i];
	}
	return cmocka_run_group_tests_name("alloc_failure", tests, NULL, NULL);
}
