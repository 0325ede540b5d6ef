/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_maintenance.c - does the instrument see? and: is every
 * maintenance operation of the kit needed?
 *
 * Each scenario is run on a machine that drops one clean, DSB, TLBI, ISB or
 * branch-predictor invalidate, every one of them in turn.  Something must then
 * go wrong: a wrong value, an abort that should not be, an access that works
 * though it should abort, or a rule of the manual broken.  No test counts
 * operations: the counts only say how many there are to drop.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/ioremap.h"
#include "mm/set_memory.h"

#define ECHO_PA 0x80000000u
#define ECHO_SIZE 0x10000000u
#define A ECHO_PA
#define B (ECHO_PA + 0x08000000u)
#define VA 0x90000000u

/* ---- machines ---- */

static const struct model_config machines[] = {
	{ .line = 64, .evict = EVICT_NEVER },
	{ .line = 32, .evict = EVICT_NEVER },
	{ .line = 64, .evict = EVICT_AT_ONCE },
	{ .line = 64, .evict = EVICT_RANDOM, .seed = 1 },
	{ .line = 32, .evict = EVICT_RANDOM, .seed = 2 },
	{ .line = 64, .coherent_walk = true },
	{ .line = 64, .lazy = true },
	{ .line = 64, .no_supersections = true },
};

/* ---- small words for scenarios; each is true when all is as it should be ---- */

/* Devices that answer with their own address; RAM holds what it came up with. */
static u32 say_address(struct model_device *dev, u32 offset, u32 width)
{
	(void)width;
	return *(const pa_t *)dev->priv + offset;
}
static pa_t echo_base = ECHO_PA;
static struct model_device echo = { .read = say_address, .priv = &echo_base };

static bool shows(va_t va, pa_t pa, u32 pages)
{
	bool good = true;

	for (u32 i = 0; i < pages; i++, va += SZ_4K, pa += SZ_4K) {
		u32 v, want = pa - ECHO_PA < ECHO_SIZE ? pa : model_core_read(pa);

		good &= model_load(va, 4, &v) == FAULT_NONE && v == want;
	}
	return good;
}

/* Faults at the level where the tables, as the kit wrote them, end. */
static bool absent(va_t va, u32 pages)
{
	bool good = true;

	for (u32 i = 0; i < pages; i++) {
		struct walk w;
		u32 v;

		walk(L1_PA, va + (i << 12), &w);
		good &= model_load(va + (i << 12), 4, &v) == (w.l2_at ? 7 : 5);
	}
	return good;
}

static bool writable(va_t va)
{
	return model_store(va + 8, 4, 1) == FAULT_NONE;
}

/* Refused for its rights, by a descriptor of the kind that the tables hold. */
static bool read_only(va_t va)
{
	return model_store(va + 8, 4, 1) == (kind_at(va) >= SZ_1M ? 0x0d : 0x0f);
}

static bool never_runs(va_t va)
{
	u32 insn;

	return model_fetch(va, &insn) == (kind_at(va) >= SZ_1M ? 0x0d : 0x0f);
}

/* ---- scenarios ---- */

/* Nothing but these pages in the MiBs they touch. */
static bool alone(va_t va, u32 pages)
{
	va_t first = va & SECTION_MASK, end = va + (pages << 12);

	return absent(first, (va - first) >> 12) &&
	       absent(end, (((end + SZ_1M - 1) & SECTION_MASK) - end) >> 12);
}

/* Map @pages at two physical places, one after the other. */
static bool map_twice(va_t va, u32 pages)
{
	u32 bytes = pages << 12;
	pa_t a = A + (va - VA), b = B + (va - VA);
	bool good = true;

	if (pgtable_map(va, a, bytes, MT_DEVICE))
		return false;
	good &= shows(va, a, pages) && alone(va, pages);
	pgtable_unmap(va, bytes);
	good &= absent(va, pages);
	if (pgtable_map(va, b, bytes, MT_DEVICE))
		return false;
	good &= shows(va, b, pages) && alone(va, pages);
	pgtable_unmap(va, bytes);
	good &= absent(va, pages);
	return good;
}

static bool small_page(void)
{
	return map_twice(VA + 0x57000, 1);
}
static bool large_page(void)
{
	return map_twice(VA + 0x50000, 16);
}
static bool section(void)
{
	return map_twice(VA, 256);
}
static bool supersection(void)
{
	return map_twice(VA, 4096);
}
static bool all_sizes(void)
{
	/* down to 4 KiB at its beginning */
	return map_twice(VA + 0xedf000, 1 + 2 * 16 + 256 + 4096);
}

/* Pages beside others: the table stays. */
static bool page_in_a_table(void)
{
	bool good = true;

	if (pgtable_map(VA + 0x9000, A, SZ_4K, MT_DEVICE))
		return false;
	good &= pgtable_map(VA + 0x57000, B, SZ_4K, MT_DEVICE) == 0;
	good &= shows(VA + 0x57000, B, 1);
	pgtable_unmap(VA + 0x57000, SZ_4K);
	good &= absent(VA + 0x57000, 1) && shows(VA + 0x9000, A, 1) && alone(VA + 0x9000, 1);
	pgtable_unmap(VA + 0x9000, SZ_4K);
	return good && absent(VA + 0x9000, 1);
}

/* A table goes away and serves another MiB: nothing old may show through. */
static bool table_used_again(void)
{
	bool good = true;

	if (pgtable_map(VA, A + SZ_4K, 255 * SZ_4K, MT_DEVICE))
		return false;
	pgtable_unmap(VA, 255 * SZ_4K);
	if (pgtable_map(VA + SZ_16M + 0x5000, B, SZ_4K, MT_DEVICE))
		return false;
	good &= absent(VA, 255) && absent(VA + SZ_16M, 5) && shows(VA + SZ_16M + 0x5000, B, 1);
	good &= absent(VA + SZ_16M + 0x6000, 250);
	pgtable_unmap(VA + SZ_16M + 0x5000, SZ_4K);
	return good && absent(VA + SZ_16M + 0x5000, 1);
}

/* Memory that holds garbage becomes tables: the walker must not see it. */
static bool fresh_tables(void)
{
	bool good = true;

	for (u32 k = 0; k < 4; k++) {
		va_t va = VA + (k << 20) + 0x7000;

		if (pgtable_map(va, A + (k << 12), SZ_4K, MT_DEVICE))
			return false;
		good &= shows(va, A + (k << 12), 1) && alone(va, 1);
	}
	for (u32 k = 0; k < 4; k++) {
		pgtable_unmap(VA + (k << 20) + 0x7000, SZ_4K);
		good &= absent(VA + (k << 20), 256);
	}
	return good;
}

static bool io_pair(u32 pages, pa_t pa)
{
	bool good = true;
	va_t va, other;

	va = iomem_va(ioremap_new(pa, pages << 12));
	if (!va)
		return false;
	good &= shows(va, pa, pages) && alone(va, pages);
	other = iomem_va(ioremap_new(B, 4));
	good &= shows(other, B, 1) && shows(va, pa, pages);
	if ((other ^ va) & SECTION_MASK)
		good &= alone(other, 1);
	iounmap(IOMEM(va));
	good &= absent(va, pages) && shows(other, B, 1);
	iounmap(IOMEM(other));
	return good && absent(other, 1);
}

static bool io_page(void)
{
	return io_pair(1, A);
}
static bool io_some_pages(void)
{
	return io_pair(5, A);
}
static bool io_large_pages(void)
{
	return io_pair(33, A + 0xf000);
}
static bool io_sections(void)
{
	return io_pair(512, A);
}
static bool io_mixed(void)
{
	return io_pair(4096 + 20, A + SZ_16M - 0xa000);
}

/* Page blocks come and go: 129 of them need two. */
static bool io_blocks(void)
{
	static va_t va[140];
	bool good = true;

	for (u32 round = 0; round < 2; round++) {
		for (u32 i = 0; i < 140; i++)
			va[i] = iomem_va(ioremap_new(A + (i << 12), 4));
		for (u32 i = 0; i < 140; i++)
			good &= shows(va[i], A + (i << 12), 1);
		for (u32 i = 0; i < 140; i++) {
			iounmap(IOMEM(va[i]));
			good &= absent(va[i], 1);
		}
	}
	return good;
}

/* Rights of RAM, split and merged: neighbours keep what they have. */
static bool rights(va_t va, u32 pages, va_t first, u32 around)
{
	pa_t pa = first - PAGE_OFFSET + RAM_PA;
	bool good = true;

	good &= writable(va) && writable(first);
	if (set_memory_ro(va, pages))
		return false;
	good &= shows(first, pa, around) && read_only(va);
	good &= read_only(va + ((pages - 1) << 12));
	good &= va == first || writable(first);
	good &= pages == around || writable(first + ((around - 1) << 12));
	if (set_memory_rw(va, pages))
		return false;
	good &= shows(first, pa, around) && writable(va) && writable(va + ((pages - 1) << 12));
	return good && writable(first);
}

static bool rights_of_a_page(void)
{
	return rights(0xc0545000, 1, 0xc0500000, 256);
}
static bool rights_of_a_large_page(void)
{
	return rights(0xc0540000, 16, 0xc0500000, 256);
}
static bool rights_of_a_section(void)
{
	return rights(0xc0500000, 256, 0xc0500000, 256);
}
static bool rights_in_a_supersection(void)
{
	return rights(0xc1345000, 1, 0xc1000000, 4096);
}
static bool rights_of_a_supersection(void)
{
	return rights(0xc1000000, 4096, 0xc1000000, 4096);
}

static bool make_code(va_t va, u32 word)
{
	va_t mib = va & SECTION_MASK;
	bool good = true;
	u32 insn;

	for (u32 i = 0; i < 64; i++)
		good &= model_store(va + i * 16, 4, word + i) == FAULT_NONE;
	good &= !set_memory_ro(va, 1) && never_runs(va) && !set_memory_x(va, 1);
	for (u32 i = 0; i < 64; i++)
		good &= model_fetch(va + i * 16, &insn) == FAULT_NONE && insn == word + i;
	good &= read_only(va) && shows(mib, mib - PAGE_OFFSET + RAM_PA, (va - mib) >> 12);
	good &= shows(va + SZ_4K, va + SZ_4K - PAGE_OFFSET + RAM_PA, 255 - ((va - mib) >> 12));
	good &= !set_memory_nx(va, 1) && never_runs(va) && !set_memory_rw(va, 1) && writable(va);
	return good;
}

static bool code(void)
{
	return make_code(0xc0545000, 0xe1a00000) && make_code(0xc0545000, 0xe2800000);
}

static const struct {
	const char *name;
	bool (*run)(void);
} scenarios[] = {
	{ "small page", small_page },
	{ "large page", large_page },
	{ "section", section },
	{ "supersection", supersection },
	{ "all sizes", all_sizes },
	{ "page in a table", page_in_a_table },
	{ "table used again", table_used_again },
	{ "fresh tables", fresh_tables },
	{ "ioremap of a page", io_page },
	{ "ioremap of some pages", io_some_pages },
	{ "ioremap of large pages", io_large_pages },
	{ "ioremap of sections", io_sections },
	{ "ioremap of all sizes", io_mixed },
	{ "page blocks", io_blocks },
	{ "rights of a page", rights_of_a_page },
	{ "rights of a large page", rights_of_a_large_page },
	{ "rights of a section", rights_of_a_section },
	{ "rights in a supersection", rights_in_a_supersection },
	{ "rights of a supersection", rights_of_a_supersection },
	{ "code made at run time", code },
};

static const char *const op_names[OP_KINDS] = { "clean", "DSB", "TLBI", "ISB", "BPIALL" };

static void start(const struct model_config *m)
{
	boot_on(m, MM_TABLES);
	model_add_device(ECHO_PA, ECHO_SIZE, &echo);
}

/* ---- on a machine that drops nothing, all is well ---- */

static void all_is_well_on(const struct model_config *m)
{
	for (u32 s = 0; s < ARRAY_SIZE(scenarios); s++) {
		start(m);
		if (!scenarios[s].run())
			fail_msg("%s: a wrong value or abort", scenarios[s].name);
		if (model_violated())
			fail_msg("%s: %s", scenarios[s].name, model_violated());
	}
}

static void well_with_late_cleans(void **state)
{
	(void)state;
	all_is_well_on(&machines[0]);
	all_is_well_on(&machines[1]);
}
static void well_with_evictions_at_once(void **state)
{
	(void)state;
	all_is_well_on(&machines[2]);
}
static void well_with_random_evictions(void **state)
{
	(void)state;
	all_is_well_on(&machines[3]);
	all_is_well_on(&machines[4]);
}
static void well_with_a_coherent_walker(void **state)
{
	(void)state;
	all_is_well_on(&machines[5]);
}
static void well_without_speculation(void **state)
{
	(void)state;
	all_is_well_on(&machines[6]);
}
static void well_without_supersections(void **state)
{
	(void)state;
	all_is_well_on(&machines[7]);
}

/* ---- drop each operation in turn ---- */

/* What came before must not show through in tables that are used again. */
static bool afterwards(void)
{
	bool good = true;

	for (u32 k = 0; k < 6; k++) {
		va_t va = 0xa0000000 + (k << 20);

		if (pgtable_map(va, A + (k << 20) + SZ_4K, SZ_1M, MT_DEVICE))
			return false;
		good &= shows(va, A + (k << 20) + SZ_4K, 256);
	}
	for (u32 i = 0; i < 34 * 256; i += 17)
		good &= absent(VA + (i << 12), 1);
	return good;
}

static bool goes_wrong(const struct model_config *m, u32 s, enum model_op op, u32 nth)
{
	bool good;

	start(m);
	model_ignore(op, nth);
	good = scenarios[s].run() && !model_violated() && afterwards();
	return !good || model_violated();
}

static u32 operations(const struct model_config *m, u32 s, enum model_op op)
{
	u32 before;

	start(m);
	before = model_op_count(op);
	scenarios[s].run();
	return model_op_count(op) - before;
}

/*
 * Every nth operation, or, where a scenario makes thousands of one kind alike,
 * a sample of them: the first and the last 18, and some of those between.
 */
static bool is_sampled(u32 i, u32 n)
{
	return i < 18 || i + 18 >= n || i % (n / 8) == 0;
}

struct tally {
	u32 dropped, seen, idle, made_up;
};

static void drop_one(u32 s, enum model_op op, u32 nth, struct tally *t)
{
	static const u32 eyes[] = { 0, 2 };
	bool seen = false, idle = true, made_up = true;

	for (u32 e = 0; e < ARRAY_SIZE(eyes) && !seen; e++) {
		seen = goes_wrong(&machines[eyes[e]], s, op, nth);
		idle &= model_dropped().idle;
		made_up &= model_dropped().made_up || model_dropped().idle;
	}
	t->dropped++;
	if (seen)
		t->seen++;
	else if (idle)
		t->idle++;
	else if (made_up)
		t->made_up++;
	else
		print_error("%s: %s number %u can be dropped and nobody sees\n", scenarios[s].name,
			    op_names[op], nth);
}

/*
 * An operation that is dropped unseen is pardoned in two cases, which the model
 * knows: it had nothing to do, or a later one of its kind did its work before
 * the core accessed anything.  Both mean that the kit could do without it; how
 * many there are is printed.
 */
static void drop_each(enum model_op op)
{
	struct tally t = { 0 };

	for (u32 s = 0; s < ARRAY_SIZE(scenarios); s++) {
		u32 n = operations(&machines[0], s, op);
		struct tally before = t;

		for (u32 i = 0; i < n; i++)
			if (is_sampled(i, n))
				drop_one(s, op, i, &t);
		if (t.idle + t.made_up > before.idle + before.made_up)
			print_message("    %s: of %u %ss %u idle, %u made up for later\n",
				      scenarios[s].name, t.dropped - before.dropped, op_names[op],
				      t.idle - before.idle, t.made_up - before.made_up);
	}
	print_message("    %u of %u dropped %ss seen, %u idle, %u made up for later\n", t.seen,
		      t.dropped, op_names[op], t.idle, t.made_up);
	model_forgive();
	log_forget();
	assert_true(t.seen > 1);
	assert_int_equal(t.seen + t.idle + t.made_up, t.dropped);
}

static void every_clean_is_needed(void **state)
{
	(void)state;
	drop_each(OP_CLEAN);
}
static void every_dsb_is_needed(void **state)
{
	(void)state;
	drop_each(OP_DSB);
}
static void every_tlbi_is_needed(void **state)
{
	(void)state;
	drop_each(OP_TLBI);
}
static void every_isb_is_needed(void **state)
{
	(void)state;
	drop_each(OP_ISB);
}
static void every_branch_predictor_invalidate_is_needed(void **state)
{
	(void)state;
	drop_each(OP_BPI);
}

/* What the kit does in full. */
#define WELL                                                                                       \
	case_booted(well_with_late_cleans), case_booted(well_with_evictions_at_once),              \
		case_booted(well_with_random_evictions), case_booted(well_with_a_coherent_walker), \
		case_booted(well_without_speculation), case_booted(well_without_supersections)

/* test_maintenance well: nothing is dropped here, somebody else drops things (make mutants). */
int main(int argc, char **argv)
{
	const struct CMUnitTest well[] = { WELL };
	const struct CMUnitTest tests[] = {
		WELL,
		case_booted(every_clean_is_needed),
		case_booted(every_dsb_is_needed),
		case_booted(every_tlbi_is_needed),
		case_booted(every_isb_is_needed),
		case_booted(every_branch_predictor_invalidate_is_needed),
	};

	if (argc > 1 && !strcmp(argv[1], "well"))
		return cmocka_run_group_tests_name("maintenance", well, NULL, NULL);
	return cmocka_run_group_tests_name("maintenance", tests, NULL, NULL);
}
