/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_verify.c - map_verify() on the live tables: content with the
 * map as it is, and with nothing else.
 */
#include "board/board.h"
#include "boot/boot.h"
#include "drivers/console.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/verify.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

static u32 verify(void)
{
	return map_verify(map_io, map_io_rows, &boot_info.layout, boot_info.root);
}

/* Differences are expected: a hundred lines about them would help nobody. */
static u32 verify_silently(void)
{
	u32 differences;

	mm_set_log(NULL);
	differences = verify();
	mm_set_log(console_log_line);
	return differences;
}

static bool count_one(const struct walk *w, void *arg)
{
	(void)w;
	++*(u32 *)arg;
	return true;
}

/* What drivers have mapped by ioremap() is not in the board's table. */
static u32 dynamic_descriptors(void)
{
	u32 n = 0;

	walk_visit(boot_info.root, VMALLOC_START, VMALLOC_END - 1, count_one, &n);
	return n;
}

static u32 dynamic_at_start;
static bool started; /* so the number above is one */

static void clean_map(void)
{
	CHECK_EQ(verify(), dynamic_at_start);
}

static void undeclared_page(void)
{
	void __iomem *p = map_hole(SZ_4K, SZ_4K);

	if (!p)
		return;
	CHECK_EQ(verify_silently(), dynamic_at_start + 1);
	iounmap(p);
	CHECK_EQ(verify_silently(), dynamic_at_start);
}

/* A descriptor, where it stands, and the fault that its absence raises. */
struct entry {
	pa_t at;
	u32 desc;
	u32 fault;
};

static void set_entry(pa_t at, u32 desc, va_t va)
{
	table_write(at, desc);
	table_clean(at);
	dsb();
	tlb_invalidate_va(va);
	dsb();
	isb();
}

/* The one descriptor that maps the row's first address; it may map the console, too. */
static bool find_entry(const struct static_row *row, struct entry *e)
{
	struct walk w;

	if (!row)
		return false;
	walk(boot_info.root, row->va, &w);
	if (w.kind != WALK_4K && w.kind != WALK_1M) {
		tap_skip("the row tried begins with sixteen equal descriptors");
		return false;
	}
	e->at = w.kind == WALK_1M ? w.l1_at : w.l2_at;
	e->desc = w.kind == WALK_1M ? w.l1 : w.l2;
	e->fault = w.kind == WALK_1M ? STATUS_TRANSLATION_L1 : STATUS_TRANSLATION_L2;
	return true;
}

/* Each bit of a descriptor means something: none may change unseen. */
static void every_bit(void)
{
	const struct static_row *row = spare_row();
	struct entry e;
	u32 unseen = 0;

	if (!find_entry(row, &e))
		return;
	for (u32 bit = 0; bit < 32; bit++) {
		u32 flags = irq_save();

		set_entry(e.at, e.desc ^ 1u << bit, row->va);
		unseen |= verify_silently() > dynamic_at_start ? 0 : 1u << bit;
		set_entry(e.at, e.desc, row->va);
		irq_restore(flags);
	}
	CHECK_EQ(unseen, 0);
	CHECK_EQ(verify_silently(), dynamic_at_start);
}

/* The last word: after all that the other groups have done. */
static void clean_in_the_end(void)
{
	u32 n = dynamic_descriptors();

	if (started)
		CHECK_EQ(n, dynamic_at_start);
	CHECK_EQ(verify(), n);
}

static void lost_row(void)
{
	const struct static_row *row = spare_row();
	struct abort_info info;
	struct entry e;
	u32 flags, differences;
	bool aborted;

	if (!find_entry(row, &e))
		return;
	flags = irq_save();
	set_entry(e.at, 0, row->va);
	differences = verify_silently();
	aborted = touch(access_read32, row->va, 0, &info);
	set_entry(e.at, e.desc, row->va);
	irq_restore(flags);
	CHECK_EQ(differences, dynamic_at_start + 1);
	NEED(aborted);
	CHECK_EQ(info.fsr & 0xf, e.fault);
	CHECK_EQ(info.far, row->va);
	CHECK_EQ(verify_silently(), dynamic_at_start);
}

static const struct tap_test tests[] = {
	{ "the live tables are what the board's table says", clean_map },
	{ "a page that no row declares is a difference", undeclared_page },
	{ "any bit of a row's descriptor that changes is a difference", every_bit },
	{ "a row whose descriptor is gone is a difference, and faults", lost_row },
};

static void run(void)
{
	dynamic_at_start = dynamic_descriptors();
	started = true;
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_verify = { "verify", run };

static const struct tap_test end_tests[] = {
	{ "the live tables still are what the board's table says", clean_in_the_end },
};

static void run_end(void)
{
	tap_table(end_tests, ARRAY_SIZE(end_tests));
}

const struct tap_group group_end = { "end", run_end };
