/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_set_memory.c - rights change page by page; descriptors split
 * and merge; neighbours never move; nothing is ever writable and executable,
 * whichever of its addresses one takes.
 */
#include "helpers.h"

#include <errno.h>
#include <string.h>

#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/pgtable.h"
#include "mm/set_memory.h"

#define SUPER_VA 0xc1000000u /* RAM as one supersection */
#define MIB_VA 0xc0500000u /* RAM as a section */
#define LINEAR(pa) ((pa)-RAM_PA + PAGE_OFFSET)
#define WINDOW(offset) (KIMAGE_VADDR + (offset))
#define RAM_PAGES (RAM_SIZE >> 12)

/* What every page of the linear map must be: the reference model. */
static struct {
	bool mapped, write, exec;
} want[RAM_PAGES];

static void expect_boot_state(void)
{
	for (u32 i = 0; i < RAM_PAGES; i++) {
		pa_t pa = RAM_PA + (i << 12);

		want[i].mapped = pa - FB_PA >= SZ_1M;
		want[i].write = pa - IMAGE_PA >= IMAGE_TEXT + IMAGE_RODATA;
		want[i].exec = false;
	}
}

static void expect(va_t va, u32 pages, bool write, bool exec)
{
	for (u32 i = 0; i < pages; i++) {
		want[((va - PAGE_OFFSET) >> 12) + i].write = write;
		want[((va - PAGE_OFFSET) >> 12) + i].exec = exec;
	}
}

/* Every page of RAM, by the model's MMU and by the walker. */
static void check_ram(void)
{
	for (u32 i = 0; i < RAM_PAGES; i++) {
		va_t va = PAGE_OFFSET + (i << 12);
		struct model_xlate x;
		struct walk w;
		u32 fs = model_probe(va, &x);

		walk(pgtable_root(), va, &w);
		if ((fs == FAULT_NONE) != want[i].mapped ||
		    (w.kind != WALK_FAULT) != want[i].mapped)
			fail_msg("0x%08x: FS 0x%x, walker %s", va, fs, walk_kind_name(w.kind));
		if (!want[i].mapped)
			continue;
		if (x.pa != RAM_PA + (i << 12) || x.mem != MEM_CACHED || x.write != want[i].write ||
		    x.exec != want[i].exec || x.size != w.size || w.write != x.write ||
		    w.exec != x.exec)
			fail_msg("0x%08x -> 0x%08x mem %u w%d x%d, expected w%d x%d", va, x.pa,
				 x.mem, x.write, x.exec, want[i].write, want[i].exec);
	}
}

static int boot_and_expect(void **state)
{
	expect_boot_state();
	return boot(state);
}

#define case_ram(fn) cmocka_unit_test_setup_teardown(fn, boot_and_expect, power_off)

/* ---- split and merge ---- */

static void one_page_of_a_supersection(void **state)
{
	va_t va = SUPER_VA + 0x345000;
	u32 tables = pgtable_free_tables();

	(void)state;
	assert_int_equal(kind_at(va), SZ_16M);
	assert_int_equal(set_memory_ro(va, 1), 0);
	expect(va, 1, false, false);
	check_ram();
	assert_int_equal(kind_at(va), SZ_4K);
	assert_int_equal(kind_at(SUPER_VA + 0x350000), SZ_64K);
	assert_int_equal(kind_at(SUPER_VA + 0x400000), SZ_1M);
	assert_int_equal(pgtable_free_tables(), tables - 1);
	assert_int_equal(model_store(va, 4, 1), 0x0f);
	assert_int_equal(model_store(va + SZ_4K, 4, 1), FAULT_NONE);
}

static void and_back(void **state)
{
	va_t va = SUPER_VA + 0x345000;
	u32 tables = pgtable_free_tables();

	(void)state;
	assert_int_equal(set_memory_ro(va, 1), 0);
	assert_int_equal(set_memory_rw(va, 1), 0);
	check_ram();
	assert_int_equal(kind_at(va), SZ_16M);
	assert_int_equal(pgtable_free_tables(), tables);
	assert_int_equal(log_lines(), 0);
}

static void one_page_of_a_section(void **state)
{
	u32 tables = pgtable_free_tables();

	(void)state;
	assert_int_equal(kind_at(MIB_VA), SZ_1M);
	assert_int_equal(set_memory_ro(MIB_VA + 0xff000, 1), 0);
	expect(MIB_VA + 0xff000, 1, false, false);
	check_ram();
	assert_int_equal(kind_at(MIB_VA), SZ_64K);
	assert_int_equal(kind_at(MIB_VA + 0xf0000), SZ_4K);
	assert_int_equal(set_memory_rw(MIB_VA + 0xff000, 1), 0);
	expect(MIB_VA + 0xff000, 1, true, false);
	check_ram();
	assert_int_equal(kind_at(MIB_VA), SZ_1M);
	assert_int_equal(pgtable_free_tables(), tables);
}

static void whole_descriptors_stay_whole(void **state)
{
	u32 tables = pgtable_free_tables();

	(void)state;
	assert_int_equal(set_memory_ro(SUPER_VA, SZ_16M >> 12), 0);
	expect(SUPER_VA, SZ_16M >> 12, false, false);
	check_ram();
	assert_int_equal(kind_at(SUPER_VA), SZ_16M);
	assert_int_equal(set_memory_ro(MIB_VA, 256), 0);
	expect(MIB_VA, 256, false, false);
	check_ram();
	assert_int_equal(kind_at(MIB_VA), SZ_1M);
	assert_int_equal(pgtable_free_tables(), tables);
}

static void one_mib_of_a_supersection(void **state)
{
	u32 tables = pgtable_free_tables();

	(void)state;
	assert_int_equal(set_memory_ro(SUPER_VA + 0x700000, 256), 0);
	expect(SUPER_VA + 0x700000, 256, false, false);
	check_ram();
	for (u32 m = 0; m < 16; m++)
		assert_int_equal(kind_at(SUPER_VA + (m << 20)), SZ_1M);
	assert_int_equal(pgtable_free_tables(), tables); /* sections need none */
}

static void a_range_over_all_sizes(void **state)
{
	va_t va = MIB_VA + 0xfe000;
	u32 pages = 2 + 256 + 17;

	(void)state;
	assert_int_equal(set_memory_ro(va, pages), 0);
	expect(va, pages, false, false);
	check_ram();
	assert_int_equal(kind_at(va), SZ_4K);
	assert_int_equal(kind_at(MIB_VA + SZ_1M), SZ_1M);
	assert_int_equal(kind_at(MIB_VA + 2 * SZ_1M), SZ_64K);
	assert_int_equal(kind_at(MIB_VA + 2 * SZ_1M + SZ_64K), SZ_4K);
	assert_int_equal(set_memory_rw(va, pages), 0);
	expect(va, pages, true, false);
	check_ram();
}

/* The first and the last page of a section and of a large page, and their neighbours. */
static void pages_at_the_edges(void **state)
{
	static const u32 at[] = { 0, 1, 14, 15, 16, 17, 254, 255 };
	u32 tables = pgtable_free_tables();

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(at); i++) {
		va_t va = MIB_VA + (at[i] << 12);

		assert_int_equal(set_memory_ro(va, 1), 0); /* the section goes into pieces */
		expect(va, 1, false, false);
		check_ram();
		assert_int_equal(set_memory_ro(MIB_VA + 0x85000, 1), 0); /* and then a large page */
		assert_int_equal(set_memory_rw(va, 1), 0); /* merges */
		assert_int_equal(kind_at(va), SZ_64K);
		assert_int_equal(set_memory_ro(va, 1), 0);
		expect(MIB_VA + 0x85000, 1, false, false);
		check_ram();
		assert_int_equal(set_memory_rw(MIB_VA + 0x85000, 1), 0);
		assert_int_equal(kind_at(MIB_VA + 0x85000), SZ_64K);
		assert_int_equal(set_memory_rw(va, 1), 0);
		expect(va, 1, true, false);
		expect(MIB_VA + 0x85000, 1, true, false);
		check_ram();
		assert_int_equal(kind_at(MIB_VA), SZ_1M);
		assert_int_equal(pgtable_free_tables(), tables);
	}
}

/* Executable, read-only and writable pages of one MiB, each in descriptors of its own. */
static void rights_of_large_pages_side_by_side(void **state)
{
	(void)state;
	assert_int_equal(set_memory_ro(MIB_VA + SZ_64K, 33), 0);
	assert_int_equal(set_memory_x(MIB_VA + 2 * SZ_64K, 17), 0);
	assert_int_equal(set_memory_ro(MIB_VA + 0xf3000, 1), 0); /* all is read and written again */
	expect(MIB_VA + SZ_64K, 16, false, false);
	expect(MIB_VA + 2 * SZ_64K, 17, false, true);
	expect(MIB_VA + 0xf3000, 1, false, false);
	check_ram();
	assert_int_equal(kind_at(MIB_VA + SZ_64K), SZ_64K);
	assert_int_equal(kind_at(MIB_VA + 2 * SZ_64K), SZ_64K);
	assert_int_equal(kind_at(MIB_VA + 3 * SZ_64K), SZ_4K);
}

/* ---- what has to be broken for a change ---- */

enum right { RO, RW };

static void breaks(va_t va, u32 pages, enum right to, va_t first, va_t last)
{
	va_t from = 0, until = 0;

	pgtable_protect_span(va, pages << PAGE_SHIFT, to == RW ? MAP_WRITE : 0,
			     to == RO ? MAP_WRITE : 0, &from, &until);
	if (from != first || until != last)
		fail_msg("0x%08x, %u pages: 0x%08x-0x%08x, expected 0x%08x-0x%08x", va, pages, from,
			 until, first, last);
}

static void what_a_change_breaks(void **state)
{
	const va_t a = MIB_VA, b = MIB_VA + SZ_1M; /* two sections */

	(void)state;
	breaks(SUPER_VA + 0x345000, 1, RO, SUPER_VA, SUPER_VA + SZ_16M - 1);
	breaks(a + 0x45000, 1, RO, a, b - 1);
	breaks(a, 256, RO, a, b - 1);
	breaks(a, 512, RO, a, b + SZ_1M - 1);
	breaks(a + 0xfe000, 4, RO, a, b + SZ_1M - 1);
	assert_int_equal(set_memory_ro(b + 0x45000, 1), 0);
	breaks(b + 0x45000, 1, RW, b, b + SZ_1M - 1); /* merges */
	breaks(b + 0x46000, 1, RO, b + 0x46000, b + 0x46fff);
	breaks(b + 0x75000, 1, RO, b + 0x70000, b + 0x7ffff);
	breaks(b + 0x3e000, 9, RO, b + 0x30000, b + 0x46fff);
	breaks(b + 0x46000, 0x30, RO, b + 0x46000, b + 0x7ffff);
	breaks(a + 0xff000, 0x47, RO, a, b + 0x45fff);
	assert_int_equal(set_memory_ro(b + 0x46000, 10), 0);
	breaks(a + 0xff000, 0x47, RO, a, b + 0x4ffff); /* a large page comes of it */
	breaks(b + 0x43000, 3, RO, b + 0x43000, b + 0x45fff); /* and not of this */
	breaks(b + 0x40000, 6, RO, b + 0x40000, b + 0x4ffff);
	assert_int_equal(set_memory_ro(b + 0x10000, 15), 0);
	breaks(b + 0x1f000, 1, RO, b + 0x10000, b + 0x1ffff);
	breaks(b + 0xff000, 2, RO, b + 0xf0000, b + 2 * SZ_1M - 1);
}

/* Sixteen sections become one descriptor if they all fit, those that change with it included. */
static void when_a_supersection_comes_of_it(void **state)
{
	const va_t all = SUPER_VA, page = SUPER_VA + 0x345000, whole = SUPER_VA + 0x700000;

	(void)state;
	assert_int_equal(set_memory_ro(page, 1), 0);
	breaks(page, 1, RW, all, all + SZ_16M - 1);
	for (u32 i = 0; i < 16; i++) {
		va_t other = all + (i << 20) + 0x5000;

		if (i == 3)
			continue;
		assert_int_equal(set_memory_ro(other, 1), 0);
		breaks(page, 1, RW, page & SECTION_MASK, page | ~SECTION_MASK);
		assert_int_equal(set_memory_rw(page, 1), 0);
		assert_int_equal(kind_at(page), SZ_1M);
		assert_int_equal(kind_at(other), SZ_4K);
		assert_int_equal(model_store(other, 4, 1), 0x0f);
		assert_int_equal(set_memory_ro(page, 1), 0);
		assert_int_equal(set_memory_rw(other, 1), 0);
	}
	/* two that change together, and one that does not */
	assert_int_equal(set_memory_ro(page + SZ_1M, 1), 0);
	breaks(page, 257, RW, all, all + SZ_16M - 1);
	breaks(page + SZ_1M, 1, RW, all + 0x400000, all + 0x4fffff);
	assert_int_equal(set_memory_ro(page + 3 * SZ_1M, 1), 0);
	breaks(page, 257, RW, all + 0x300000, all + 0x4fffff);
	assert_int_equal(set_memory_rw(page, 257 + 512), 0);
	assert_int_equal(kind_at(all), SZ_16M);
	/* a whole section, with another one right behind it or before it */
	assert_int_equal(set_memory_ro(whole, 512), 0);
	breaks(whole, 256, RW, whole, whole + SZ_1M - 1);
	breaks(whole + SZ_1M, 256, RW, whole + SZ_1M, whole + 2 * SZ_1M - 1);
	breaks(whole, 512, RW, all, all + SZ_16M - 1);
	assert_int_equal(set_memory_rw(whole, 512), 0);
	assert_int_equal(kind_at(all), SZ_16M);
	check_ram();
}

static void never_where_the_core_has_none(void **state)
{
	static const struct model_config plain = { .line = 64, .no_supersections = true };
	va_t page = SUPER_VA + 0x345000;

	(void)state;
	boot_on(&plain, MM_TABLES);
	assert_int_equal(set_memory_ro(page, 1), 0);
	breaks(page, 1, RW, page & SECTION_MASK, page | ~SECTION_MASK);
	assert_int_equal(set_memory_rw(page, 1), 0);
	assert_int_equal(kind_at(page), SZ_1M);
	check_ram();
}

static void pages_merge_into_a_large_page(void **state)
{
	(void)state;
	for (u32 i = 0; i < 16; i++) {
		assert_int_equal(set_memory_ro(MIB_VA + SZ_64K + (i << 12), 1), 0);
		expect(MIB_VA + SZ_64K + (i << 12), 1, false, false);
		check_ram();
		assert_int_equal(kind_at(MIB_VA + SZ_64K), i == 15 ? SZ_64K : SZ_4K);
	}
}

static void nothing_to_change_changes_nothing(void **state)
{
	u32 hash = tables_hash();

	(void)state;
	assert_int_equal(set_memory_rw(MIB_VA, 3), 0);
	assert_int_equal(set_memory_nx(MIB_VA, 300), 0);
	assert_int_equal(set_memory_rw(SUPER_VA + 0x345000, 1), 0);
	assert_int_equal(tables_hash(), hash);
	assert_int_equal(set_memory_ro(MIB_VA, 1), 0);
	hash = tables_hash();
	assert_int_equal(set_memory_ro(MIB_VA, 1), 0);
	assert_int_equal(tables_hash(), hash);
}

static void contents_stay(void **state)
{
	u32 v;

	(void)state;
	for (u32 i = 0; i < 64; i++)
		model_store(SUPER_VA + i * 0x3fffc, 4, i * 0x01010101);
	assert_int_equal(set_memory_ro(SUPER_VA + 0x3ff000, 2), 0);
	for (u32 i = 0; i < 64; i++) {
		assert_int_equal(model_load(SUPER_VA + i * 0x3fffc, 4, &v), FAULT_NONE);
		assert_int_equal(v, i * 0x01010101);
	}
}

/* ---- W^X ---- */

static void writable_memory_does_not_become_executable(void **state)
{
	u32 hash = tables_hash();

	(void)state;
	errno = 0;
	assert_int_equal(set_memory_x(MIB_VA, 1), -EACCES);
	assert_int_equal(errno, EACCES);
	assert_logged(
		"set_memory_x: 0xc0500000, 1 pages, refused: a page of it is writable here or "
		"at its other address; set_memory_ro() both first",
		NULL);
	assert_int_equal(tables_hash(), hash);
}

static void code_is_made_in_two_steps(void **state)
{
	u32 insn;

	(void)state;
	model_store(MIB_VA, 4, 0xe12fff1e); /* bx lr */
	assert_int_equal(set_memory_ro(MIB_VA, 1), 0);
	assert_int_equal(model_fetch(MIB_VA, &insn), 0x0f);
	assert_int_equal(set_memory_x(MIB_VA, 1), 0);
	assert_int_equal(model_fetch(MIB_VA, &insn), FAULT_NONE);
	assert_int_equal(insn, 0xe12fff1e); /* out of the data cache, into the fetch */
	expect(MIB_VA, 1, false, true);
	check_ram();
	errno = 0;
	log_forget();
	assert_int_equal(set_memory_rw(MIB_VA, 1), -EACCES);
	assert_int_equal(errno, EACCES);
	assert_logged("set_memory_rw: 0xc0500000, 1 pages, refused: a page of it is executable; "
		      "set_memory_nx() its code first",
		      NULL);
	assert_int_equal(set_memory_nx(MIB_VA, 1), 0);
	assert_int_equal(set_memory_rw(MIB_VA, 1), 0);
	expect(MIB_VA, 1, true, false);
	check_ram();
	assert_int_equal(kind_at(MIB_VA), SZ_1M);
}

/* To the last word of the last page, behind which nothing is mapped. */
static void code_up_to_a_hole(void **state)
{
	va_t va = LINEAR(FB_PA) - 2 * SZ_4K, last = LINEAR(FB_PA) - 4;
	u32 insn;

	(void)state;
	for (va_t at = va; at < last; at += 0x7fc)
		model_store(at, 4, at);
	model_store(last, 4, 0xe12fff1e);
	assert_int_equal(set_memory_ro(va, 2), 0);
	assert_int_equal(set_memory_x(va, 2), 0);
	for (va_t at = va; at < last; at += 0x7fc) {
		assert_int_equal(model_fetch(at, &insn), FAULT_NONE);
		assert_int_equal(insn, at);
	}
	assert_int_equal(model_fetch(last, &insn), FAULT_NONE);
	assert_int_equal(insn, 0xe12fff1e);
}

static void new_code_replaces_old_code(void **state)
{
	u32 insn;

	(void)state;
	for (u32 i = 1; i < 4; i++) {
		model_store(MIB_VA, 4, i);
		assert_int_equal(set_memory_ro(MIB_VA, 1), 0);
		assert_int_equal(set_memory_x(MIB_VA, 1), 0);
		assert_int_equal(model_fetch(MIB_VA, &insn), FAULT_NONE);
		assert_int_equal(insn, i);
		assert_int_equal(set_memory_nx(MIB_VA, 1), 0);
		assert_int_equal(set_memory_rw(MIB_VA, 1), 0);
	}
}

static void text_is_not_writable_by_its_linear_address(void **state)
{
	(void)state;
	assert_int_equal(set_memory_rw(LINEAR(IMAGE_PA), 1), -EACCES);
	assert_int_equal(set_memory_rw(LINEAR(IMAGE_PA) - SZ_4K, 2), -EACCES);
	assert_int_equal(set_memory_rw(WINDOW(0), 1), -EACCES);
	check_ram();
	/* rodata is not executable: its linear address may be opened */
	assert_int_equal(set_memory_rw(LINEAR(IMAGE_PA + IMAGE_TEXT), 1), 0);
	expect(LINEAR(IMAGE_PA + IMAGE_TEXT), 1, true, false);
	check_ram();
	/* and now the window may not make it executable */
	assert_int_equal(set_memory_x(WINDOW(IMAGE_TEXT), 1), -EACCES);
}

static void data_becomes_code_only_when_both_addresses_are_read_only(void **state)
{
	va_t window = WINDOW(IMAGE_TEXT + IMAGE_RODATA + 0x8000);
	va_t linear = LINEAR(IMAGE_PA + IMAGE_TEXT + IMAGE_RODATA + 0x8000);

	(void)state;
	assert_int_equal(set_memory_x(window, 1), -EACCES);
	assert_int_equal(set_memory_ro(window, 1), 0);
	assert_int_equal(set_memory_x(window, 1), -EACCES);
	assert_int_equal(set_memory_ro(linear, 1), 0);
	assert_int_equal(set_memory_x(window, 1), 0);
	assert_int_equal(set_memory_rw(linear, 1), -EACCES);
	assert_int_equal(set_memory_rw(window, 1), -EACCES);
	assert_int_equal(set_memory_x(linear, 1), 0);
	expect(linear, 1, false, true);
	check_ram();
}

/* The other address of a page in the middle of a descriptor. */
static void the_other_address_of_a_large_page(void **state)
{
	pa_t block = IMAGE_PA + 0x18000; /* 64 KiB of data, a large page of the linear map */
	va_t linear = LINEAR(block), window = WINDOW(0x18000);

	(void)state;
	assert_int_equal(kind_at(linear), SZ_64K);
	assert_int_equal(set_memory_ro(linear, 16), 0);
	assert_int_equal(kind_at(linear), SZ_64K);
	assert_int_equal(set_memory_x(linear, 16), -EACCES);
	assert_int_equal(set_memory_ro(window + 0x5000, 11), 0);
	assert_int_equal(set_memory_x(linear, 16), -EACCES);
	assert_int_equal(set_memory_ro(window, 5), 0);
	assert_int_equal(set_memory_x(linear, 16), 0);
	expect(linear, 16, false, true);
	check_ram();
	/* behind the image, a page has one address */
	assert_int_equal(set_memory_ro(LINEAR(IMAGE_PA + IMAGE_TOTAL), 1), 0);
	assert_int_equal(set_memory_x(LINEAR(IMAGE_PA + IMAGE_TOTAL), 1), 0);
	assert_int_equal(set_memory_ro(LINEAR(IMAGE_PA + KIMAGE_SIZE) + SZ_1M, 1), 0);
	assert_int_equal(set_memory_x(LINEAR(IMAGE_PA + KIMAGE_SIZE) + SZ_1M, 1), 0);
}

static void vectors_in_a_large_page(void **state)
{
	va_t linear = LINEAR(IMAGE_PA + 0x18000);

	(void)state;
	test_layout.image.vectors = 0x1d000;
	set_memory_init(&test_layout.image);
	assert_int_equal(set_memory_ro(linear, 16), 0);
	assert_int_equal(set_memory_rw(linear, 5), 0);
	assert_int_equal(set_memory_rw(linear + 0x6000, 10), 0);
	assert_int_equal(set_memory_ro(linear, 16), 0);
	assert_int_equal(kind_at(linear), SZ_64K);
	assert_int_equal(set_memory_rw(linear, 16), -EACCES);
	assert_int_equal(set_memory_rw(linear + 0x5000, 1), -EACCES);
	assert_int_equal(set_memory_rw(linear + 0x4000, 1), 0);
}

static void vectors_stay_read_only(void **state)
{
	(void)state;
	test_layout.image.vectors = IMAGE_TEXT; /* as if they stood in rodata */
	set_memory_init(&test_layout.image);
	assert_int_equal(set_memory_rw(LINEAR(IMAGE_PA + IMAGE_TEXT), 1), -EACCES);
	assert_int_equal(set_memory_rw(WINDOW(IMAGE_TEXT), 1), -EACCES);
}

/* ---- refusals ---- */

static void bad_argument(va_t va, u32 pages, int err, const char *line)
{
	int (*const calls[])(va_t, u32) = { set_memory_ro, set_memory_rw, set_memory_x,
					    set_memory_nx };
	u32 hash = tables_hash();

	for (u32 i = 0; i < 4; i++) {
		log_forget();
		errno = 0;
		assert_int_equal(calls[i](va, pages), err);
		assert_int_equal(errno, -err);
		assert_int_equal(log_lines(), 1);
		if (!log_has(line))
			fail_msg("%s", log_line(0));
	}
	assert_int_equal(tables_hash(), hash);
}

static void bad_arguments(void **state)
{
	static const char not_ram[] = "only RAM of the linear map or of the image's window has "
				      "rights to change";

	(void)state;
	bad_argument(MIB_VA + 4, 1, -EINVAL,
		     "0xc0500004, 1 pages, refused: the address is not on a 4 KiB boundary");
	bad_argument(MIB_VA, 0, -EINVAL, "give the size in pages, at least 1");
	bad_argument(MIB_VA, 0x100001, -EINVAL, "give the size in pages, at least 1");
	bad_argument(MIB_VA, 0x100000, -EINVAL, not_ram);
	bad_argument(0xe7fff000, 2, -EINVAL, not_ram);
	bad_argument(GPIO_VA, 1, -EINVAL, not_ram);
	bad_argument(VMALLOC_START, 1, -EINVAL, not_ram);
	bad_argument(0, 1, -EINVAL, not_ram);
	bad_argument(VECTORS_BASE, 1, -EINVAL, not_ram);
	bad_argument(0xfffff000, 1, -EINVAL, not_ram);
	bad_argument(WINDOW(IMAGE_TOTAL - SZ_4K), 2, -EINVAL, not_ram);
	bad_argument(WINDOW(IMAGE_TOTAL), 1, -EINVAL, not_ram);
	bad_argument(WINDOW(0) - SZ_4K, 2, -EINVAL, not_ram);
	bad_argument(PAGE_OFFSET - SZ_4K, 2, -EINVAL, not_ram);
	bad_argument(LOWMEM_END - SZ_4K, 2, -EINVAL, not_ram);
	bad_argument(LOWMEM_END, 1, -EINVAL, not_ram);
	/* up to the last page of both, no further */
	bad_argument(LOWMEM_END - SZ_4K, 1, -EFAULT, "a page of the range is not mapped");
	assert_int_equal(set_memory_ro(WINDOW(IMAGE_TOTAL) - SZ_4K, 1), 0);
	assert_int_equal(set_memory_ro(PAGE_OFFSET, 1), 0);
}

static void holes(void **state)
{
	(void)state;
	bad_argument(WINDOW(IMAGE_GUARD), 1, -EFAULT, "a page of the range is not mapped");
	bad_argument(LINEAR(FB_PA), 1, -EFAULT, "a page of the range is not mapped");
	bad_argument(LINEAR(RAM_PA + RAM_SIZE), 1, -EFAULT, "a page of the range is not mapped");
	/* the hole is the last page of many */
	log_forget();
	assert_int_equal(set_memory_ro(LINEAR(FB_PA) - 8 * SZ_4K, 9), -EFAULT);
	check_ram();
}

static void busy(va_t va, u32 pages, const char *line)
{
	u32 hash = tables_hash();

	log_forget();
	errno = 0;
	assert_int_equal(set_memory_ro(va, pages), -EBUSY);
	assert_int_equal(errno, EBUSY);
	assert_logged(line, NULL);
	assert_int_equal(tables_hash(), hash);
}

static void what_the_code_needs_is_kept(void **state)
{
	(void)state;
	assert_int_equal(set_memory_keep(MIB_VA + 0x80000, MIB_VA + 0x83fff, "tables"), 0);
	busy(MIB_VA, 1,
	     "set_memory_ro: 0xc0500000, 1 pages, refused: the descriptors to break, "
	     "0xc0500000-0xc05fffff, hold the tables");
	busy(MIB_VA - SZ_1M, 512,
	     "set_memory_ro: 0xc0400000, 512 pages, refused: the descriptors to break, "
	     "0xc0400000-0xc05fffff, hold the tables");
	assert_int_equal(set_memory_ro(MIB_VA + SZ_1M, 1), 0);
}

/* A byte that is kept at either end is in the way, the bytes beside the ends are not. */
static void to_the_byte(void **state)
{
	static const struct {
		va_t byte;
		int err;
	} t[] = {
		{ MIB_VA - 1, 0 },
		{ MIB_VA, -EBUSY },
		{ MIB_VA + SZ_1M - 1, -EBUSY },
		{ MIB_VA + SZ_1M, 0 },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		set_memory_init(&test_layout.image); /* forgets what was kept */
		assert_int_equal(set_memory_keep(t[i].byte, t[i].byte, "byte"), 0);
		assert_int_equal(set_memory_ro(MIB_VA, 256), t[i].err);
	}
	set_memory_init(&test_layout.image);
	assert_int_equal(set_memory_keep(MIB_VA, MIB_VA, "byte"), 0);
	assert_int_equal(set_memory_rw(MIB_VA, 256), -EBUSY);
	set_memory_init(&test_layout.image);
	assert_int_equal(set_memory_rw(MIB_VA, 256), 0);
}

static void the_ninth_keep_is_refused(void **state)
{
	(void)state;
	for (u32 i = 0; i < 8; i++)
		assert_int_equal(set_memory_keep(MIB_VA + (i << 20), MIB_VA + (i << 20), "x"), 0);
	assert_int_equal(set_memory_keep(MIB_VA, MIB_VA, "x"), -ENOMEM);
}

/*
 * A page deep inside a supersection is given back its rights, and the whole
 * 16 MiB would merge: the section next door, where the code's stack is, must not
 * be broken meanwhile.
 */
static void a_merge_does_not_break_what_is_kept(void **state)
{
	va_t stack = SUPER_VA + 0x900000, page = SUPER_VA + 0x345000;

	(void)state;
	assert_int_equal(set_memory_ro(page, 1), 0); /* split before anything is kept */
	assert_int_equal(set_memory_keep(stack, stack + SZ_4K - 1, "stack"), 0);
	model_must_stay(stack, true, false);
	assert_int_equal(set_memory_rw(page, 1), -EBUSY);
	assert_logged("set_memory_rw: 0xc1345000, 1 pages, refused: the descriptors to break, "
		      "0xc1000000-0xc1ffffff, hold the stack",
		      NULL);
	assert_int_equal(kind_at(page), SZ_4K);
	if (model_violated())
		fail_msg("%s", model_violated());
}

static void a_split_does_not_break_what_is_kept(void **state)
{
	va_t stack = SUPER_VA + 0x900000;

	(void)state;
	assert_int_equal(set_memory_keep(stack, stack + SZ_4K - 1, "stack"), 0);
	model_must_stay(stack, true, false);
	busy(SUPER_VA + 0x345000, 1,
	     "set_memory_ro: 0xc1345000, 1 pages, refused: the descriptors to break, "
	     "0xc1000000-0xc1ffffff, hold the stack");
}

static void the_tables_themselves_are_reached_at_every_step(void **state)
{
	(void)state;
	/* the model reports any table access whose linear address does not translate */
	assert_int_equal(set_memory_ro(LINEAR(IMAGE_PA + IMAGE_TEXT), 1), 0);
	assert_int_equal(set_memory_ro(0xc0700000, 5), 0);
	assert_int_equal(set_memory_rw(0xc0700000, 5), 0);
	assert_null(model_violated());
}

static void no_table_left(void **state)
{
	u32 hash;

	(void)state;
	while (pgtable_free_tables())
		pgtable_new_l2(0x80000000 + (pgtable_free_tables() << 20));
	hash = tables_hash();
	errno = 0;
	assert_int_equal(set_memory_ro(MIB_VA, 1), -ENOMEM);
	assert_int_equal(errno, ENOMEM);
	assert_logged("set_memory_ro: 0xc0500000, 1 pages, refused: no second-level table for the "
		      "split; raise MM_TABLES in board.mk",
		      NULL);
	assert_int_equal(tables_hash(), hash);
	log_forget();
	assert_int_equal(set_memory_ro(MIB_VA, 256), 0); /* a whole section needs none */
	expect(MIB_VA, 256, false, false);
	check_ram();
}

static void the_last_tables(void **state)
{
	u32 hash;

	(void)state;
	assert_int_equal(set_memory_ro(MIB_VA + 3 * SZ_1M, 1), 0);
	while (pgtable_free_tables() > 1)
		pgtable_new_l2(0x80000000 + (pgtable_free_tables() << 20));
	hash = tables_hash();
	assert_int_equal(set_memory_ro(MIB_VA + 0xff000, 2), -ENOMEM); /* two to split, one table */
	assert_int_equal(tables_hash(), hash);
	assert_int_equal(set_memory_ro(MIB_VA, 257), 0); /* one to split, one whole */
	assert_int_equal(pgtable_free_tables(), 0);
	assert_int_equal(set_memory_ro(MIB_VA + 3 * SZ_1M + 0x5000, 1), 0); /* in pieces already */
	assert_int_equal(set_memory_ro(MIB_VA + 2 * SZ_1M, 1), -ENOMEM);
	expect(MIB_VA, 257, false, false);
	expect(MIB_VA + 3 * SZ_1M, 1, false, false);
	expect(MIB_VA + 3 * SZ_1M + 0x5000, 1, false, false);
	check_ram();
}

/* ---- interrupts ---- */

static void the_mask_is_as_it_was(void **state)
{
	u32 flags;

	(void)state;
	assert_int_equal(set_memory_ro(MIB_VA, 1), 0);
	assert_true(model_irqs_enabled());
	assert_int_equal(set_memory_x(MIB_VA + SZ_1M, 1), -EACCES);
	assert_true(model_irqs_enabled());
	flags = irq_save();
	assert_int_equal(set_memory_rw(MIB_VA, 1), 0);
	assert_false(model_irqs_enabled());
	irq_restore(flags);
}

static u32 looks, misses;

static void look_around(void)
{
	u32 v;

	looks++;
	for (va_t va = SUPER_VA; va < SUPER_VA + SZ_16M; va += 0x3f1000)
		misses += model_load(va, 4, &v) != FAULT_NONE;
}

static void handlers_never_see_a_broken_descriptor(void **state)
{
	(void)state;
	looks = misses = 0;
	model_irq_hook = look_around;
	for (u32 i = 0; i < 4; i++) {
		assert_int_equal(set_memory_ro(SUPER_VA + 0x345000, 1 << (i * 3)), 0);
		assert_int_equal(set_memory_rw(SUPER_VA + 0x345000, 1 << (i * 3)), 0);
	}
	model_irq_hook = NULL;
	assert_true(looks > 0);
	assert_int_equal(misses, 0);
}

/* ---- random ---- */

static bool is_text(u32 page)
{
	return RAM_PA + (page << 12) - IMAGE_PA < IMAGE_TEXT;
}

/* What set_memory must answer, worked out from the reference alone. */
static int judge(u32 call, u32 first, u32 pages)
{
	for (u32 i = first; i < first + pages; i++) {
		if (!want[i].mapped)
			return -EFAULT;
		if (call == 1 && (want[i].exec || is_text(i)))
			return -EACCES;
		if (call == 2 &&
		    (want[i].write || (RAM_PA + (i << 12) - IMAGE_PA >= IMAGE_TEXT + IMAGE_RODATA &&
				       RAM_PA + (i << 12) - IMAGE_PA < IMAGE_TOTAL &&
				       RAM_PA + (i << 12) - IMAGE_PA != IMAGE_GUARD)))
			return -EACCES; /* writable here, or in the window */
	}
	return 0;
}

static void give_back(u32 first, u32 pages)
{
	va_t va = PAGE_OFFSET + (first << 12);

	assert_int_equal(set_memory_nx(va, pages), 0);
	assert_int_equal(set_memory_rw(va, pages), 0);
	expect(va, pages, true, false);
}

static void random_changes(void **state)
{
	int (*const calls[])(va_t, u32) = { set_memory_ro, set_memory_rw, set_memory_x,
					    set_memory_nx };
	struct rng r = { 4242 };
	u32 done = 0;

	(void)state;
	for (u32 i = 0; i < 800; i++) {
		u32 call = rnd_below(&r, 4), first, pages = 1;
		int want_err;

		switch (rnd_below(&r, 4)) {
		case 0:
			pages = 1 + rnd_below(&r, 20);
			break;
		case 1:
			pages = 16;
			break;
		case 2:
			pages = 1 + rnd_below(&r, 5000);
			break;
		}
		first = rnd_below(&r, RAM_PAGES - pages);
		if (rnd_below(&r, 2))
			first &= ~15u;
		if (pages > 16 && rnd_below(&r, 2)) {
			first &= ~255u;
			pages = (pages + 255) & ~255u;
			if (first + pages > RAM_PAGES)
				continue;
		}
		if (first < 0x200 && first + pages > 0x100)
			continue; /* the tables' own MiB */
		log_forget();
		want_err = judge(call, first, pages);
		assert_int_equal(calls[call](PAGE_OFFSET + (first << 12), pages), want_err);
		if (want_err)
			continue;
		done++;
		for (u32 p = first; p < first + pages; p++) {
			if (call < 2)
				want[p].write = call == 1;
			else
				want[p].exec = call == 2;
		}
		if (i % 16 == 0)
			check_ram();
		if (model_violated())
			fail_msg("step %u: %s", i, model_violated());
	}
	check_ram();
	assert_true(done > 150);
	give_back(0, 0x100);
	give_back(0x200, 0x2e00);
	give_back(0x3100, 0xf00);
	check_ram();
	assert_int_equal(kind_at(SUPER_VA), SZ_16M);
	assert_int_equal(kind_at(SUPER_VA + SZ_16M), SZ_16M);
	assert_int_equal(kind_at(MIB_VA), SZ_1M);
	log_forget();
}

static void what_is_no_range_at_all(void **state)
{
	(void)state;
	assert_int_equal(set_memory_ro(MIB_VA, 0x50000), -EINVAL); /* past 4 GiB */
	assert_int_equal(set_memory_ro(LOWMEM_END - SZ_4K, 2), -EINVAL);
}

static void what_is_kept_elsewhere_is_not_in_the_way(void **state)
{
	(void)state;
	assert_int_equal(set_memory_keep(MIB_VA, MIB_VA + SZ_1M - 1, "below"), 0);
	assert_int_equal(set_memory_keep(MIB_VA + 2 * SZ_1M, MIB_VA + 2 * SZ_1M, "above"), 0);
	assert_int_equal(set_memory_ro(MIB_VA + SZ_1M, 256), 0);
	assert_int_equal(set_memory_ro(MIB_VA + 2 * SZ_1M, 256), -EBUSY);
	assert_int_equal(set_memory_ro(MIB_VA, 256), -EBUSY);
}

/* Firmware without an image of its own has no vectors to guard either. */
static void without_an_image(void **state)
{
	static const struct map_image none;

	(void)state;
	set_memory_init(&none);
	assert_int_equal(set_memory_ro(MIB_VA, 1), 0);
	assert_int_equal(set_memory_rw(MIB_VA, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_ram(one_page_of_a_supersection),
		case_ram(and_back),
		case_ram(one_page_of_a_section),
		case_ram(whole_descriptors_stay_whole),
		case_ram(one_mib_of_a_supersection),
		case_ram(a_range_over_all_sizes),
		case_ram(pages_merge_into_a_large_page),
		case_ram(pages_at_the_edges),
		case_ram(rights_of_large_pages_side_by_side),
		case_ram(what_a_change_breaks),
		case_ram(when_a_supersection_comes_of_it),
		case_ram(never_where_the_core_has_none),
		case_ram(nothing_to_change_changes_nothing),
		case_ram(contents_stay),
		case_ram(writable_memory_does_not_become_executable),
		case_ram(code_is_made_in_two_steps),
		case_ram(code_up_to_a_hole),
		case_ram(new_code_replaces_old_code),
		case_ram(text_is_not_writable_by_its_linear_address),
		case_ram(data_becomes_code_only_when_both_addresses_are_read_only),
		case_ram(the_other_address_of_a_large_page),
		case_ram(vectors_stay_read_only),
		case_ram(vectors_in_a_large_page),
		case_ram(bad_arguments),
		case_ram(holes),
		case_ram(what_the_code_needs_is_kept),
		case_ram(to_the_byte),
		case_ram(the_ninth_keep_is_refused),
		case_ram(a_merge_does_not_break_what_is_kept),
		case_ram(a_split_does_not_break_what_is_kept),
		case_ram(the_tables_themselves_are_reached_at_every_step),
		case_ram(no_table_left),
		case_ram(the_last_tables),
		case_ram(the_mask_is_as_it_was),
		case_ram(handlers_never_see_a_broken_descriptor),
		case_ram(random_changes),
		case_booted(what_is_no_range_at_all),
		case_booted(what_is_kept_elsewhere_is_not_in_the_way),
		case_booted(without_an_image),
	};

	return cmocka_run_group_tests_name("set_memory", tests, NULL, NULL);
}
