/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_model.c - the instrument itself: the model of the machine is
 * driven by hand, by seam calls and literal descriptors, without the kit.
 */
#include "helpers.h"

#include <string.h>

#define VA 0x90005000u /* a small page by the table below */
#define ENTRY (TABLE + 5 * 4)
#define TABLE 0x20200000u
#define PAGE_A 0x50000017u /* device, read and write */
#define PAGE_B 0x51000017u

/* A table with nothing in it, hung in, seen by the walker, MMU on. */
static int hand_made(void **state)
{
	machine(state);
	for (u32 i = 0; i < 256; i++)
		table_write(TABLE + i * 4, 0);
	table_write(L1_PA + 0x900 * 4, TABLE | 1);
	model_mmu_on(L1_PA, 0x11);
	model_phys_write(0x50000000, 0xaaaaaaaa);
	model_phys_write(0x51000000, 0xbbbbbbbb);
	return 0;
}

#define case_model(fn) cmocka_unit_test_setup_teardown(fn, hand_made, NULL)

static u32 fs_at(va_t va)
{
	u32 v;

	return model_load(va, 4, &v);
}

static u32 value_at(va_t va)
{
	u32 v = 0;

	assert_int_equal(model_load(va, 4, &v), FAULT_NONE);
	return v;
}

static void enter(pa_t entry, u32 desc)
{
	table_write(entry, desc);
	table_clean(entry);
	dsb();
}

static void remove_page(void)
{
	enter(ENTRY, 0);
	tlb_invalidate_va(VA);
	dsb();
	isb();
}

/* ---- from the cache to the walker ---- */

static void a_write_is_not_seen_without_a_clean(void **state)
{
	(void)state;
	table_write(ENTRY, PAGE_A);
	dsb();
	assert_int_equal(fs_at(VA), 7);
	table_clean(ENTRY);
	dsb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
}

static void nor_without_a_dsb(void **state)
{
	(void)state;
	table_write(ENTRY, PAGE_A);
	table_clean(ENTRY);
	isb();
	assert_int_equal(fs_at(VA), 7);
	dsb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
}

static void a_clean_before_the_write_is_none(void **state)
{
	(void)state;
	table_clean(ENTRY);
	table_write(ENTRY, PAGE_A);
	dsb();
	assert_int_equal(fs_at(VA), 7);
}

static void a_clean_takes_its_line_only(void **state)
{
	(void)state;
	table_write(TABLE + 15 * 4, PAGE_A);
	table_write(TABLE + 16 * 4, PAGE_B);
	table_clean(TABLE);
	dsb();
	assert_int_equal(value_at(0x9000f000), 0xaaaaaaaa);
	assert_int_equal(fs_at(0x90010000), 7);
}

static void the_core_reads_its_own_writes(void **state)
{
	(void)state;
	table_write(ENTRY, PAGE_A);
	assert_int_equal(table_read(ENTRY), PAGE_A);
	assert_int_equal(model_phys_read(ENTRY), 0);
}

static void a_coherent_walker_needs_the_dsb_alone(void **state)
{
	static const struct model_config config = { .coherent_walk = true };

	(void)state;
	boot_on(&config, 8);
	u32 desc = model_core_read(L1_PA + (SYS_VA >> 20) * 4);

	table_write(L1_PA + 0xfb0 * 4, desc + SZ_1M);
	assert_int_equal(fs_at(0xfb000000), 5);
	dsb();
	assert_int_equal(fs_at(0xfb000000), FAULT_NONE);
}

static void an_evicted_line_is_seen_early(void **state)
{
	static const struct model_config config = { .evict = EVICT_AT_ONCE };
	u32 desc;

	(void)state;
	boot_on(&config, 8);
	desc = model_core_read(L1_PA + (SYS_VA >> 20) * 4);
	table_write(L1_PA + 0xfb0 * 4, desc + SZ_1M);
	assert_int_equal(fs_at(0xfb000000), FAULT_NONE);
}

/* ---- the TLB ---- */

static void an_entry_stays_until_it_is_invalidated(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	enter(ENTRY, 0);
	isb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa); /* never used before: walked by itself */
	tlb_invalidate_va(VA);
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
	dsb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa); /* our own pipeline still may */
	isb();
	assert_int_equal(fs_at(VA), 7);
}

static void an_invalidate_before_the_write_is_seen_is_none(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	table_write(ENTRY, 0);
	table_clean(ENTRY);
	tlb_invalidate_va(VA); /* the DSB between is missing */
	dsb();
	isb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
}

static void an_invalidate_elsewhere_does_not_help(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	enter(ENTRY, 0);
	tlb_invalidate_va(VA + SZ_4K);
	tlb_invalidate_va(VA + SZ_1M);
	dsb();
	isb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
	tlb_invalidate_all();
	dsb();
	isb();
	assert_int_equal(fs_at(VA), 7);
}

static void one_invalidate_takes_a_section(void **state)
{
	(void)state;
	enter(L1_PA + 0xa00 * 4, 0x51000416);
	assert_int_equal(value_at(0xa0000000), 0xbbbbbbbb);
	enter(L1_PA + 0xa00 * 4, 0);
	tlb_invalidate_va(0xa0077000);
	dsb();
	isb();
	assert_int_equal(fs_at(0xa0000000), 5);
}

static void a_faulting_entry_is_never_held(void **state)
{
	(void)state;
	assert_int_equal(fs_at(VA), 7);
	enter(ENTRY, PAGE_A);
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
}

static void a_pointer_to_a_table_is_held_too(void **state)
{
	(void)state;
	enter(L1_PA + 0x900 * 4, 0); /* the MiB goes, no invalidate */
	isb();
	enter(ENTRY, PAGE_A); /* the table serves somebody else now */
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
	remove_page(); /* an invalidate in that MiB */
	assert_int_equal(fs_at(VA), 5);
}

/* ---- rules ---- */

static void valid_to_valid_is_a_conflict(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	assert_null(model_violated());
	enter(ENTRY, PAGE_B);
	assert_non_null(strstr(model_violated(), "break before make"));
	assert_int_equal(fs_at(VA), 0x10);
}

static void break_before_make_is_not(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	remove_page();
	enter(ENTRY, PAGE_B);
	assert_null(model_violated());
	assert_int_equal(value_at(VA), 0xbbbbbbbb);
}

static void make_before_the_invalidate_is_a_conflict(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	enter(ENTRY, 0);
	enter(ENTRY, PAGE_B);
	assert_non_null(strstr(model_violated(), "B3.10.1"));
}

static void two_memory_types_break_a_rule(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	enter(ENTRY + 4, PAGE_A);
	assert_null(model_violated());
	enter(ENTRY + 8, 0x50000053); /* the same page, normal non-cached */
	assert_non_null(strstr(model_violated(), "A3.5.7"));
}

static void a_section_over_a_page_of_another_type(void **state)
{
	(void)state;
	enter(ENTRY, 0x51023017);
	enter(L1_PA + 0xa00 * 4, 0x51001412);
	assert_non_null(strstr(model_violated(), "A3.5.7"));
}

static void a_core_without_supersections(void **state)
{
	static const struct model_config config = { .no_supersections = true };

	(void)state;
	boot_on(&config, 16);
	for (u32 i = 0; i < 16; i++)
		table_write(L1_PA + (0xa00 + i) * 4, 0x60040416);
	table_clean(L1_PA + 0xa00 * 4);
	assert_null(model_violated());
	dsb();
	assert_non_null(strstr(model_violated(), "core without them"));
}

static void what_must_stay(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	model_must_stay(VA, true, false);
	dsb();
	assert_null(model_violated());
	remove_page();
	dsb(); /* looked at with each step */
	assert_non_null(model_violated());
}

/* The entry may be gone before an ISB says it is: a core may take an interrupt there. */
static void what_must_stay_before_an_isb(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	isb();
	assert_int_equal(value_at(VA), 0xaaaaaaaa);
	model_must_stay(VA, true, false);
	enter(ENTRY, 0);
	dsb();
	assert_null(model_violated()); /* held by the TLB */
	tlb_invalidate_va(VA);
	assert_null(model_violated());
	dsb();
	tlb_invalidate_va(VA + SZ_1M); /* any step behind it */
	assert_non_null(model_violated());
}

/* ---- faults: B3.13.3 ---- */

static void rights(void **state)
{
	static const struct {
		u32 desc, load, store, fetch;
	} t[] = {
		{ 0x50000003, 15, 15, 15 }, /* AP 000: nobody */
		{ 0x50000017, FAULT_NONE, FAULT_NONE, 15 },
		{ 0x50000217, FAULT_NONE, 15, 15 }, /* AP 101: read only */
		{ 0x50000237, FAULT_NONE, 15, 15 }, /* AP 111 */
		{ 0x50000207, 15, 15, 15 }, /* AP 100: reserved */
		{ 0x50000037, FAULT_NONE, FAULT_NONE, 15 },
		{ 0x50000016, FAULT_NONE, FAULT_NONE, FAULT_NONE }, /* XN clear */
	};
	u32 v;

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		enter(ENTRY, t[i].desc);
		branch_predictor_invalidate();
		dsb();
		isb();
		assert_int_equal(model_load(VA, 4, &v), t[i].load);
		assert_int_equal(model_store(VA, 4, 0), t[i].store);
		assert_int_equal(model_fetch(VA, &v), t[i].fetch);
		remove_page();
	}
	assert_null(model_violated());
}

static void domains(void **state)
{
	(void)state;
	enter(ENTRY, 0x50000217);
	model_cp15.dacr = 0;
	assert_int_equal(fs_at(VA), 0x0b);
	model_cp15.dacr = 2; /* reserved */
	assert_int_equal(fs_at(VA), 0x0b);
	model_cp15.dacr = 3; /* manager: rights are not looked at */
	assert_int_equal(model_store(VA, 4, 0), FAULT_NONE);
	model_cp15.dacr = 1;
	assert_int_equal(model_store(VA, 4, 0), 0x0f);
}

static void the_fault_registers(void **state)
{
	(void)state;
	assert_int_equal(model_store(VA + 0x24, 4, 0), 7);
	assert_int_equal(model_cp15.dfsr, 0x807);
	assert_int_equal(model_cp15.dfar, VA + 0x24);
	assert_int_equal(fs_at(0xa0000000), 5);
	assert_int_equal(model_cp15.dfsr, 0x005);
	enter(ENTRY, PAGE_A);
	enter(ENTRY, PAGE_B);
	model_forgive();
	assert_int_equal(fs_at(VA), 0x10);
	assert_int_equal(model_cp15.dfsr, 0x400); /* FS[4] is bit 10 */
}

static void nothing_on_the_bus(void **state)
{
	(void)state;
	enter(ENTRY, 0x40000017);
	assert_int_equal(fs_at(VA), 8);
	enter(L1_PA + 0xa00 * 4, 0x40000001); /* a table where no memory is */
	assert_int_equal(fs_at(0xa0000000), 0x0e);
}

static void translation_by_register(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	assert_int_equal(mmu_translate_read(VA + 0x123), 0x50000030); /* device */
	assert_int_equal(mmu_translate_read(VA + SZ_4K), 1 | 7 << 1);
	assert_int_equal(mmu_translate_write(0xa0000000), 1 | 5 << 1);
	enter(ENTRY + 4, 0x5200025f); /* normal cached, read-only */
	assert_int_equal(mmu_translate_read(VA + SZ_4K), 0x52000054);
	assert_int_equal(mmu_translate_write(VA + SZ_4K), 1 | 15 << 1);
}

static void before_the_mmu(void **state)
{
	u32 v;

	machine(state);
	assert_int_equal(model_store(0x20300000, 4, 0x1234), FAULT_NONE);
	assert_int_equal(model_phys_read(0x20300000), 0x1234); /* no cache */
	assert_int_equal(model_load(0x20300002, 4, &v), 1); /* strongly-ordered */
	table_write(TABLE, 5);
	assert_int_equal(model_phys_read(TABLE), 5);
}

static void the_lower_half_is_off(void **state)
{
	(void)state;
	enter(L1_PA + 0x100 * 4, 0x51000416);
	assert_int_equal(fs_at(0x10000000), 5); /* PD0 */
	write_ttbcr(0x01);
	isb();
	tlb_invalidate_all();
	dsb();
	assert_int_equal(value_at(0x10000000), 0xbbbbbbbb);
}

static void a_context_is_changed_by_an_isb(void **state)
{
	(void)state;
	enter(L1_PA + 0x100 * 4, 0x51000416);
	write_ttbcr(0x01);
	assert_int_equal(read_ttbcr(), 0x01);
	tlb_invalidate_all();
	dsb();
	assert_int_equal(fs_at(0x10000000), 5); /* walked in the old one */
	isb();
	assert_int_equal(fs_at(0x10000000), 5); /* TTBCR as the TLB holds it */
	dsb();
	assert_int_equal(fs_at(0x10000000), 5);
	tlb_invalidate_all();
	assert_int_equal(fs_at(0x10000000), 5);
	dsb();
	assert_int_equal(value_at(0x10000000), 0xbbbbbbbb);
}

static void a_new_context_makes_predictions_stale(void **state)
{
	u32 insn;

	(void)state;
	enter(L1_PA + 0xa00 * 4, 0x00100002 | 0x940c);
	branch_predictor_invalidate();
	dsb();
	isb();
	assert_int_equal(model_fetch(0xa0000000, &insn), FAULT_NONE);
	assert_null(model_violated());
	write_ttbr0(L1_PA + SZ_16K);
	isb();
	assert_int_equal(model_fetch(0xa0000000, &insn), FAULT_NONE);
	assert_non_null(strstr(model_violated(), "branch predictor"));
}

/* ---- code ---- */

static void code_needs_the_whole_sequence(void **state)
{
	u32 insn;

	(void)state;
	boot_on(NULL, 16);
	enter(L1_PA + 0xfb0 * 4, 0x2300141e); /* the carve-out, writable */
	isb();
	model_store(0xfb000000, 4, 0x11111111);
	enter(L1_PA + 0xfb1 * 4, 0x2300940e); /* and executable next door */
	branch_predictor_invalidate();
	dsb();
	isb();
	assert_int_equal(model_fetch(0xfb100000, &insn), FAULT_NONE);
	assert_int_not_equal(insn, 0x11111111); /* still in the data cache */
	dcache_clean_pou(0xfb000000);
	dsb();
	assert_int_equal(model_fetch(0xfb100000, &insn), FAULT_NONE);
	assert_int_not_equal(insn, 0x11111111); /* the instruction cache is older */
	icache_invalidate_all();
	dsb();
	isb();
	assert_int_equal(model_fetch(0xfb100000, &insn), FAULT_NONE);
	assert_int_equal(insn, 0x11111111);
	assert_null(model_violated());
}

static void a_new_mapping_needs_the_branch_predictor_told(void **state)
{
	u32 insn;

	(void)state;
	enter(L1_PA + 0xa00 * 4, 0x00100002 | 0x940c);
	isb();
	model_fetch(0xa0000000, &insn);
	assert_non_null(strstr(model_violated(), "branch predictor"));
}

static void nor_is_it_told_before_a_dsb_and_an_isb(void **state)
{
	u32 insn;

	(void)state;
	enter(L1_PA + 0xa00 * 4, 0x00100002 | 0x940c);
	branch_predictor_invalidate();
	isb(); /* not completed yet */
	model_fetch(0xa0000000, &insn);
	assert_non_null(strstr(model_violated(), "branch predictor"));
	model_forgive();
	dsb();
	model_fetch(0xa0000000, &insn);
	assert_non_null(model_violated());
	model_forgive();
	isb();
	model_fetch(0xa0000000, &insn);
	assert_null(model_violated());
}

/* ---- the prefetcher ---- */

static void code_is_fetched_before_it_is_run(void **state)
{
	u32 insn;

	(void)state;
	model_phys_write(0x00100000, 0x11111111);
	enter(L1_PA + 0xa00 * 4, 0x00100002 | 0x940c);
	branch_predictor_invalidate();
	dsb();
	isb();
	model_phys_write(0x00100000, 0x22222222);
	assert_int_equal(model_fetch(0xa0000000, &insn), FAULT_NONE);
	assert_int_equal(insn, 0x11111111);
	assert_non_null(strstr(model_explained(), "instruction cache"));
	icache_invalidate_all();
	dsb();
	isb();
	assert_int_equal(model_fetch(0xa0000000, &insn), FAULT_NONE);
	assert_int_equal(insn, 0x22222222);
}

static struct model_device fifo = { .sensitive = true };

static void a_register_that_reads_change(void **state)
{
	(void)state;
	model_add_device(0x50000000, SZ_4K, &fifo);
	enter(ENTRY, PAGE_A); /* device memory, never executed: nobody reads ahead */
	enter(ENTRY + 4, 0x50001053); /* normal, but next door */
	assert_null(model_violated());
	remove_page();
	enter(ENTRY, 0x50000053); /* normal memory */
	assert_non_null(strstr(model_violated(), "A3.5.5"));
	remove_page();
	model_forgive();
	enter(ENTRY, 0x50000016); /* device memory that may be executed */
	assert_non_null(strstr(model_violated(), "B3.7.2"));
	remove_page();
	model_forgive();
	enter(L1_PA + 0xa00 * 4, 0x50001412); /* somewhere in a normal section */
	assert_non_null(strstr(model_violated(), "PA 0x50000000"));
}

/* ---- barriers between stores ---- */

static void a_dmb_orders_stores_and_no_cleans(void **state)
{
	(void)state;
	enter(ENTRY, FB_PA | 0x53); /* normal memory that no cache holds */
	model_store(VA, 4, 0x1234);
	assert_int_not_equal(model_phys_read(FB_PA), 0x1234);
	dmb();
	assert_int_equal(model_phys_read(FB_PA), 0x1234);
	table_write(ENTRY + 4, PAGE_B);
	table_clean(ENTRY + 4);
	dmb();
	assert_int_equal(model_phys_read(ENTRY + 4), 0);
	dsb();
	assert_int_equal(model_phys_read(ENTRY + 4), PAGE_B);
}

/* ---- the model says why ---- */

static void says_what_is_stale(void **state)
{
	(void)state;
	enter(ENTRY, PAGE_A);
	value_at(VA);
	assert_null(model_explained());
	enter(ENTRY, 0);
	value_at(VA);
	assert_non_null(strstr(model_explained(), "stale TLB entry"));
	model_forgive();
	tlb_invalidate_va(VA);
	dsb();
	value_at(VA);
	assert_non_null(strstr(model_explained(), "no ISB has followed"));
	model_forgive();
	isb();
	fs_at(VA);
	assert_null(model_explained());
}

static void says_what_the_walker_does_not_see(void **state)
{
	(void)state;
	table_write(ENTRY, PAGE_A);
	fs_at(VA);
	assert_non_null(strstr(model_explained(), "still in the data cache"));
	model_forgive();
	table_clean(ENTRY);
	fs_at(VA);
	assert_non_null(strstr(model_explained(), "no DSB has completed"));
	model_forgive();
	dsb();
	value_at(VA);
	assert_null(model_explained());
}

static void a_new_entry_needs_an_isb(void **state)
{
	u32 v;

	(void)state;
	enter(ENTRY, PAGE_A);
	model_load(VA, 4, &v);
	assert_non_null(strstr(model_violated(), "no ISB"));
	model_forgive();
	isb();
	model_load(VA, 4, &v);
	assert_null(model_violated());
}

/* ---- interrupts, failures ---- */

static u32 handled;

static void handler(void)
{
	handled++;
	dsb(); /* not entered again */
}

static void interrupts(void **state)
{
	u32 outer, inner;

	(void)state;
	handled = 0;
	model_irq_hook = handler;
	dsb();
	assert_int_equal(handled, 1);
	outer = irq_save();
	inner = irq_save();
	dsb();
	irq_restore(inner);
	dsb();
	assert_int_equal(handled, 1);
	assert_false(irqs_enabled());
	irq_restore(outer);
	assert_true(irqs_enabled());
	assert_int_equal(handled, 2);
	irq_restore(0);
	assert_non_null(model_violated()); /* not what irq_save() gave */
}

static u32 fault_in_handler;

static void use_the_page(void)
{
	u32 v;

	fault_in_handler = model_load(VA, 4, &v);
}

/* Taking an exception is as good as an ISB (B3.15.5): the old entry is used up to it alone. */
static void an_exception_ends_what_was_invalidated(void **state)
{
	u32 v;

	(void)state;
	enter(ENTRY, PAGE_A);
	isb();
	irq_save();
	enter(ENTRY, 0);
	tlb_invalidate_va(VA);
	dsb();
	assert_int_equal(model_load(VA, 4, &v), FAULT_NONE);
	model_forgive();
	model_irq_hook = use_the_page;
	model_irq_enable();
	model_irq_hook = NULL;
	assert_int_equal(fault_in_handler, 7);
	assert_int_equal(model_load(VA, 4, &v), 7);
}

static void injected_failures(void **state)
{
	(void)state;
	assert_false(seam_fail_alloc());
	model_fail_alloc_at(1);
	assert_false(seam_fail_alloc());
	assert_true(seam_fail_alloc());
	assert_false(seam_fail_alloc());
	assert_int_equal(model_alloc_count(), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_model(a_write_is_not_seen_without_a_clean),
		case_model(nor_without_a_dsb),
		case_model(a_clean_before_the_write_is_none),
		case_model(a_clean_takes_its_line_only),
		case_model(the_core_reads_its_own_writes),
		case_model(a_coherent_walker_needs_the_dsb_alone),
		case_model(an_evicted_line_is_seen_early),
		case_model(an_entry_stays_until_it_is_invalidated),
		case_model(an_invalidate_before_the_write_is_seen_is_none),
		case_model(an_invalidate_elsewhere_does_not_help),
		case_model(one_invalidate_takes_a_section),
		case_model(a_faulting_entry_is_never_held),
		case_model(a_pointer_to_a_table_is_held_too),
		case_model(valid_to_valid_is_a_conflict),
		case_model(break_before_make_is_not),
		case_model(make_before_the_invalidate_is_a_conflict),
		case_model(two_memory_types_break_a_rule),
		case_model(a_section_over_a_page_of_another_type),
		case_model(a_core_without_supersections),
		case_model(what_must_stay),
		case_model(what_must_stay_before_an_isb),
		case_model(rights),
		case_model(domains),
		case_model(the_fault_registers),
		case_model(nothing_on_the_bus),
		case_model(translation_by_register),
		case_model(before_the_mmu),
		case_model(the_lower_half_is_off),
		case_model(a_context_is_changed_by_an_isb),
		case_model(a_new_context_makes_predictions_stale),
		case_model(code_needs_the_whole_sequence),
		case_model(a_new_mapping_needs_the_branch_predictor_told),
		case_model(nor_is_it_told_before_a_dsb_and_an_isb),
		case_model(code_is_fetched_before_it_is_run),
		case_model(a_register_that_reads_change),
		case_model(a_dmb_orders_stores_and_no_cleans),
		case_model(says_what_is_stale),
		case_model(says_what_the_walker_does_not_see),
		case_model(a_new_entry_needs_an_isb),
		case_model(interrupts),
		case_model(an_exception_ends_what_was_invalidated),
		case_model(injected_failures),
	};

	return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
