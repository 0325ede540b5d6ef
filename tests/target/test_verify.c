/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_verify.c - map_verify() on the live tables: content with the
 * map as it is, and with nothing else.
 */
#include <stdlib.h>
#include <string.h>

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
static u32 verify_table_silently(pa_t root)
{
	u32 differences;

	mm_set_log(NULL);
	differences = map_verify(map_io, map_io_rows, &boot_info.layout, root);
	mm_set_log(console_log_line);
	return differences;
}

static u32 verify_silently(void)
{
	return verify_table_silently(boot_info.root);
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

/*
 * The live tables once more, as far as the descriptor of @va goes: what is done
 * to the copy changes no mapping.  It lies in the heap, where tables are reached
 * as those of the pool are.
 */
struct copy {
	void *l1_memory, *l2_memory;
	pa_t root, at; /* the descriptor's place */
};

static pa_t as_table(const void *p)
{
	return (va_t)p - seam_table_offset;
}

/* A copy of @table in @memory, twice as large: what counts is the physical alignment. */
static pa_t copy_table(void *memory, pa_t table, u32 bytes)
{
	u32 skip = (0u - as_table(memory)) & (bytes - 1);
	char *copy = (char *)memory + skip;

	memcpy(copy, (const void *)seam_table(table), bytes);
	return as_table(copy);
}

static bool copy_tables(struct copy *c, va_t va)
{
	struct walk w;
	pa_t l2;

	walk(boot_info.root, va, &w);
	c->l1_memory = malloc(2 * L1_BYTES);
	c->l2_memory = malloc(2 * L2_BYTES);
	if (!c->l1_memory || !c->l2_memory)
		return false;
	c->root = copy_table(c->l1_memory, boot_info.root, L1_BYTES);
	c->at = c->root + (w.l1_at - boot_info.root);
	if (w.kind == WALK_1M)
		return true;
	l2 = copy_table(c->l2_memory, w.l1 & ~(L2_BYTES - 1), L2_BYTES);
	table_write(c->at, l2 | (w.l1 & (L2_BYTES - 1)));
	c->at = l2 + (w.l2_at & (L2_BYTES - 1));
	return true;
}

/* Each bit of a descriptor means something: none may change unseen. */
static u32 bits_unseen(const struct copy *c)
{
	u32 desc = table_read(c->at), unseen = 0;

	for (u32 bit = 0; bit < 32; bit++) {
		table_write(c->at, desc ^ 1u << bit);
		if (verify_table_silently(c->root) <= dynamic_at_start)
			unseen |= 1u << bit;
	}
	table_write(c->at, desc);
	return unseen;
}

static void every_bit(void)
{
	const struct static_row *row = spare_row();
	struct copy c = { 0 };
	struct entry e;

	if (!find_entry(row, &e))
		return;
	if (copy_tables(&c, row->va)) {
		CHECK_EQ(bits_unseen(&c), 0);
		CHECK_EQ(verify_table_silently(c.root), dynamic_at_start);
	}
	free(c.l1_memory);
	free(c.l2_memory);
	NEED(c.root);
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
