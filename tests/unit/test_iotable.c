/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_iotable.c - static rows: entered as declared, found again by
 * physical and by virtual address, and verified against the live tables.
 */
#include "helpers.h"

#include <errno.h>
#include <string.h>

#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/resource.h"
#include "mm/static_rows.h"
#include "mm/verify.h"

static void rows_are_mapped_as_declared(void **state)
{
	(void)state;
	assert_maps(GPIO_VA, GPIO_PA, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(UART_VA, UART_PA, MEM_DEVICE, true, false, SZ_4K);
	assert_maps(BANK_VA + 0xffff, BANK_PA + 0xffff, MEM_DEVICE, true, false, SZ_64K);
	assert_maps(SYS_VA + 0xfffff, SYS_PA + 0xfffff, MEM_DEVICE, true, false, SZ_1M);
	assert_maps(BUS_VA + 0xffffff, BUS_PA + 0xffffff, MEM_DEVICE, true, false, SZ_16M);
	assert_maps(SLOW_VA, SLOW_PA, MEM_SO, true, false, SZ_4K);
	assert_maps(ROM_VA, ROM_PA, MEM_CACHED, false, true, SZ_64K);
}

static void ram_is_mapped_linearly(void **state)
{
	(void)state;
	assert_maps(0xc0000000, 0x20000000, MEM_CACHED, true, false, SZ_1M);
	assert_maps(0xc1000000, 0x21000000, MEM_CACHED, true, false, SZ_16M);
	assert_faults(0xc3000000, 5); /* the carve-out */
	assert_faults(0xc30fffff, 5);
	assert_maps(0xc3100000, 0x23100000, MEM_CACHED, true, false, SZ_1M);
	assert_faults(0xc4000000, 5);
	/* text and rodata are not writable here either */
	assert_maps(0xc0108000, IMAGE_PA, MEM_CACHED, false, false, SZ_4K);
	assert_maps(0xc0113000, IMAGE_PA + 0xb000, MEM_CACHED, false, false, SZ_4K);
	assert_maps(0xc0114000, IMAGE_PA + 0xc000, MEM_CACHED, true, false, SZ_4K);
}

static void the_image_window_is_mapped(void **state)
{
	u32 insn;

	(void)state;
	assert_maps(0xbf000000, IMAGE_PA, MEM_CACHED, false, true, SZ_4K);
	assert_maps(0xbf008000, IMAGE_PA + 0x8000, MEM_CACHED, false, false, SZ_4K);
	assert_maps(0xbf00c000, IMAGE_PA + 0xc000, MEM_CACHED, true, false, SZ_4K);
	assert_faults(0xbf000000 + IMAGE_GUARD, 7);
	assert_faults(0xbf000000 + IMAGE_TOTAL, 7);
	assert_maps(VECTORS_BASE, IMAGE_PA, MEM_CACHED, false, true, SZ_4K);
	assert_int_equal(model_fetch(0xbf000000, &insn), FAULT_NONE);
	assert_int_equal(model_fetch(0xbf00c000, &insn), 0x0f);
	assert_int_equal(model_fetch(GPIO_VA, &insn), 0x0f);
	assert_int_equal(model_store(0xbf000000, 4, 0), 0x0f);
}

static void the_flat_page_is_gone(void **state)
{
	(void)state;
	assert_faults(IMAGE_PA, 5);
	assert_faults(0, 5);
	assert_int_equal(kind_at(IMAGE_PA), 0);
}

static void walker_and_mmu_agree_on_all_of_it(void **state)
{
	(void)state;
	assert_same_eyes(0x80000000, 0xffffffff);
}

static void a_row_that_collides_is_refused(void **state)
{
	const struct map_desc rows[] = {
		MAP_DEVICE("one", 0xfb000000, 0x51100000, SZ_4K),
		MAP_DEVICE("again", 0xfb000000, 0x51200000, SZ_4K),
	};

	(void)state;
	assert_int_equal(iotable_init(rows, 2), -EEXIST);
	assert_logged("map: row 'again' could not be entered at 0xfb000000: error -17", NULL);
	assert_maps(0xfb000000, 0x51100000, MEM_DEVICE, true, false, SZ_4K);
}

static void a_pool_that_is_empty_is_told(void **state)
{
	const struct map_desc rows[] = { MAP_DEVICE("one", 0xfb000000, 0x51100000, SZ_4K) };

	(void)state;
	for (u32 i = 0; pgtable_free_tables(); i++)
		pgtable_new_l2(0xe8000000 + (i << 20));
	assert_int_equal(iotable_init(rows, 1), -ENOMEM);
	assert_logged("map: row 'one' could not be entered at 0xfb000000: error -12", NULL);
}

/* What is entered already is named, a row by its name and the kit's own by what it is. */
static void a_piece_that_collides_is_refused(void **state)
{
	(void)state;
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), -EEXIST);
	assert_int_equal(lowmem_init(test_rows, 0, &test_layout), -EEXIST);
	assert_logged("map: 'ram' could not be entered at 0xc0000000: error -17",
		      "map: 'text' could not be entered at 0xbf000000: error -17", NULL);
}

static void ram_rows_are_passed_over(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("more", 0x30000000, SZ_1M) };
	u32 before = tables_hash();

	(void)state;
	assert_int_equal(iotable_init(rows, 1), 0);
	assert_int_equal(tables_hash(), before);
}

static void found_by_physical_address(void **state)
{
	const struct static_row *row;

	(void)state;
	row = static_row_by_pa(GPIO_PA + 0x240, GPIO_PA + 0x243);
	assert_string_equal(row->desc->name, "gpio");
	assert_int_equal(row->va, GPIO_VA);
	assert_int_equal(row->va_last, GPIO_VA + 0xfff);
	assert_int_equal(row->pa_last, GPIO_PA + 0xfff);
	assert_string_equal(static_row_by_pa(BUS_PA + 0xabcdef, BUS_PA + 0xabcdef)->desc->name,
			    "bus");
	assert_string_equal(static_row_by_pa(SYS_PA, SYS_PA + SZ_1M - 1)->desc->name, "sysregs");
	assert_null(static_row_by_pa(SYS_PA, SYS_PA + SZ_1M)); /* one byte too many */
	assert_null(static_row_by_pa(GPIO_PA - 1, GPIO_PA));
	assert_null(static_row_by_pa(FREE_PA, FREE_PA));
	assert_null(static_row_by_pa(0, 0));
	assert_null(static_row_by_pa(0xffffffff, 0xffffffff));
}

static void found_by_virtual_address(void **state)
{
	(void)state;
	assert_string_equal(static_row_by_va(GPIO_VA + 0xfff)->desc->name, "gpio");
	assert_string_equal(static_row_by_va(UART_VA)->desc->name, "uart");
	assert_string_equal(static_row_by_va(BUS_VA + 0xffffff)->desc->name, "bus");
	assert_string_equal(static_row_by_va(0xc0000000)->desc->name, "ram");
	assert_null(static_row_by_va(UART_VA + SZ_4K));
	assert_null(static_row_by_va(GPIO_VA - 1));
	assert_null(static_row_by_va(0xc4000000));
	assert_null(static_row_by_va(0xffffffff));
	assert_null(static_row_by_va(0));
}

/* Every row, every edge, against a search without any index. */
static void lookups_are_right_at_every_edge(void **state)
{
	(void)state;
	for (u32 i = 0; i < test_row_count; i++)
		for (int d = -1; d <= 1; d++)
			for (u32 end = 0; end < 2; end++) {
				pa_t pa = map_phys(&test_rows[i]) +
					  (end ? test_rows[i].length - 1 : 0) + (u32)d;
				const struct map_desc *want = NULL;
				const struct static_row *got = static_row_by_pa(pa, pa);

				for (u32 k = 0; k < test_row_count; k++)
					if (!(test_rows[k].type & MAP_NOMAP) &&
					    pa - map_phys(&test_rows[k]) < test_rows[k].length)
						want = &test_rows[k];
				assert_ptr_equal(got ? got->desc : NULL, want);
			}
}

static void lookups_by_va_are_right_at_every_edge(void **state)
{
	(void)state;
	for (u32 i = 0; i < test_row_count; i++)
		for (int d = -1; d <= 1; d++)
			for (u32 end = 0; end < 2; end++) {
				va_t va = test_rows[i].virtual +
					  (end ? test_rows[i].length - 1 : 0) + (u32)d;
				const struct map_desc *want = NULL;
				const struct static_row *got = static_row_by_va(va);

				for (u32 k = 0; k < test_row_count; k++)
					if (!(test_rows[k].type & MAP_IS_RAM) &&
					    va - test_rows[k].virtual < test_rows[k].length)
						want = &test_rows[k];
				assert_ptr_equal(got ? got->desc : NULL, want);
			}
}

/* Where a lookup begins: a row further up would be found as well, but with more steps. */
static void no_lookup_begins_behind_its_mib(void **state)
{
	(void)state;
	for (u32 mib = 0; mib < 4096; mib++) {
		u32 by_pa = 0, by_va = 0;

		for (u32 i = 0; static_row_get(i); i++) {
			by_pa += static_row_get(i)->pa >> SECTION_SHIFT <= mib;
			by_va += static_row_get(i)->va >> SECTION_SHIFT <= mib;
		}
		assert_int_equal(static_rows.pa_last[mib], by_pa);
		assert_int_equal(static_rows.va_last[mib], by_va);
	}
}

/* Address 0 is an address like any other. */
static void rows_at_physical_0(void **state)
{
	static const struct map_desc rows[] = {
		MAP_RAM("ram", RAM_PA, RAM_SIZE),
		MAP_DEVICE("wide", 0xf8000000, 0, SZ_64K),
		MAP_DEVICE("narrow", 0xf8100000, 0, SZ_4K),
		MAP_DEVICE("next", 0xf8200000, SZ_4K, SZ_4K),
	};

	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(rows, 4), 0);
	assert_non_null(static_row_by_pa(0, 0xfff));
	assert_string_equal(static_row_by_pa(0, 0x1fff)->desc->name, "wide");
	assert_string_equal(static_row_by_pa(0x2000, 0xffff)->desc->name, "wide");
	assert_null(static_row_by_pa(0, 0x10000));
	assert_string_equal(static_row_by_va(0xf8100000)->desc->name, "narrow");
}

static void nothing_below_the_first_row(void **state)
{
	static const struct map_desc rows[] = {
		MAP_RAM("ram", RAM_PA, RAM_SIZE),
		MAP_DEVICE("first", 0xf8001000, 0x00101000, SZ_4K),
	};

	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(rows, 2), 0);
	assert_null(static_row_by_pa(0x00100ffc, 0x00100fff));
	assert_null(static_row_by_va(0xf8000ffc));
	assert_string_equal(static_row_by_pa(0x00101000, 0x00101fff)->desc->name, "first");
	assert_string_equal(static_row_by_va(0xf8001000)->desc->name, "first");
}

static void rows_in_one_mib_and_overlapping_in_pa(void **state)
{
	static const struct map_desc rows[] = {
		MAP_RAM("ram", RAM_PA, RAM_SIZE),
		MAP_DEVICE("wide", 0xf8200000, 0x58000000, 4 * SZ_1M),
		MAP_DEVICE("in-a", 0xf8000000, 0x58001000, SZ_4K),
		MAP_DEVICE("in-b", 0xf8001000, 0x58002000, SZ_4K),
		MAP_DEVICE("later", 0xf8002000, 0x58300000, SZ_4K),
	};

	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(rows, 5), 0);
	/* beyond the little rows only the wide one reaches */
	assert_string_equal(static_row_by_pa(0x58003000, 0x58003003)->desc->name, "wide");
	assert_string_equal(static_row_by_pa(0x58301000, 0x58301003)->desc->name, "wide");
	assert_string_equal(static_row_by_pa(0x583fffff, 0x583fffff)->desc->name, "wide");
	assert_string_equal(static_row_by_pa(0x58001ffc, 0x58002003)->desc->name, "wide");
	assert_null(static_row_by_pa(0x58400000, 0x58400000));
	assert_string_equal(static_row_by_va(0xf8001000)->desc->name, "in-b");
}

static void conflicts(void **state)
{
	(void)state;
	assert_null(static_row_conflict(GPIO_PA, GPIO_PA + 3, MT_DEVICE));
	assert_string_equal(static_row_conflict(GPIO_PA, GPIO_PA + 3, MT_UNCACHED)->desc->name,
			    "gpio");
	assert_string_equal(static_row_conflict(GPIO_PA - SZ_4K, GPIO_PA, MT_DEVICE_WC)->desc->name,
			    "gpio");
	assert_null(static_row_conflict(GPIO_PA + SZ_4K, UART_PA - 1, MT_DEVICE_WC));
	assert_string_equal(static_row_conflict(RAM_PA, RAM_PA, MT_DEVICE_CACHED)->desc->name,
			    "ram");
	/* code, and the lowest row */
	assert_string_equal(static_row_conflict(ROM_PA, ROM_PA, MT_DEVICE_CACHED)->desc->name,
			    "rom");
	assert_null(static_row_conflict(FB_PA, FB_PA + SZ_1M - 1, MT_DEVICE_WC));
	assert_non_null(static_row_conflict(FB_PA, FB_PA + SZ_1M, MT_DEVICE_WC));
	assert_non_null(static_row_conflict(FB_PA - 1, FB_PA, MT_DEVICE_WC));
}

static void what_is_kept_out(void **state)
{
	static const struct map_desc rows[] = {
		MAP_RAM("ram", RAM_PA, RAM_SIZE),
		MAP_RAM_NOMAP("second", FB_PA + SZ_1M, SZ_1M),
		MAP_RAM_NOMAP("first", FB_PA, SZ_1M),
		MAP_RAM_NOMAP("apart", FB_PA + 2 * SZ_1M + SZ_4K, SZ_4K),
	};
	u32 n;

	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(rows, 4), 0);
	assert_true(static_row_kept_out(FB_PA, FB_PA));
	assert_true(static_row_kept_out(FB_PA + SZ_1M - 1, FB_PA + SZ_1M - 1));
	assert_true(static_row_kept_out(FB_PA, FB_PA + 2 * SZ_1M - 1));
	assert_false(static_row_kept_out(FB_PA - 1, FB_PA));
	assert_false(static_row_kept_out(FB_PA + SZ_4K, FB_PA + 2 * SZ_1M));
	assert_false(static_row_kept_out(FB_PA, FB_PA + 2 * SZ_1M + SZ_4K));
	/* of another table nothing is left of this one */
	resource_init();
	assert_int_equal(static_rows_init(rows, 2), 0);
	assert_true(static_row_kept_out(FB_PA + SZ_1M, FB_PA + 2 * SZ_1M - 1));
	assert_false(static_row_kept_out(FB_PA, FB_PA));
	resource_init();
	assert_int_equal(static_rows_init(rows, 1), 0);
	assert_false(static_row_kept_out(FB_PA + SZ_1M, FB_PA + SZ_1M));
	assert_ptr_equal(static_rows_table(&n), rows);
	assert_int_equal(n, 1);
	assert_non_null(static_row_get(0));
	assert_null(static_row_get(1));
}

static void rows_in_order(void **state)
{
	u32 n = 0;

	(void)state;
	for (; static_row_get(n); n++)
		if (n)
			assert_true(static_row_get(n - 1)->pa <= static_row_get(n)->pa);
	assert_int_equal(n, test_row_count - 1); /* without the carve-out */
	assert_null(static_row_get(n + 1));
	assert_null(static_row_get(0xffffffff));
}

static void linear_arithmetic(void **state)
{
	(void)state;
	assert_int_equal(__phys_to_virt(RAM_PA), 0xc0000000);
	assert_int_equal(__virt_to_phys(0xc0000000), RAM_PA);
	for (pa_t pa = RAM_PA; pa < RAM_PA + RAM_SIZE; pa += 0x54321)
		assert_int_equal(__virt_to_phys(__phys_to_virt(pa)), pa);
}

static void maps_shows_counts(void **state)
{
	(void)state;
	assert_non_null(ioremap(GPIO_PA, 4));
	assert_non_null(ioremap(UART_PA, 4));
	assert_non_null(ioremap(UART_PA, 8));
	log_forget();
	maps_show();
	assert_logged(
		"0xc0000000-0xc3ffffff -> 0x20000000 ram             RAM               0 ioremaps",
		"0xf8000000-0xf8000fff -> 0x50000000 gpio            device            1 ioremap",
		"0xf8001000-0xf8001fff -> 0x50010000 uart            device            2 ioremaps",
		"0xf8010000-0xf801ffff -> 0x50020000 bank            device            0 ioremaps",
		"0xf8100000-0xf81fffff -> 0x51000000 sysregs         device            0 ioremaps",
		"0xf9000000-0xf9ffffff -> 0x60000000 bus             device            0 ioremaps",
		"0xfa000000-0xfa000fff -> 0x52000000 slow            strongly-ordered  0 ioremaps",
		"0xfa100000-0xfa10ffff -> 0x00100000 rom             normal cached     0 ioremaps",
		NULL);
}

static void too_few_resources_for_the_rows(void **state)
{
	(void)state;
	resource_init();
	model_fail_alloc_at(3);
	assert_int_equal(static_rows_init(test_rows, test_row_count), -ENOMEM);
	model_fail_alloc_off();
}

/* ---- verify ---- */

static u32 verify(void)
{
	log_forget();
	return map_verify(test_rows, test_row_count, &test_layout, pgtable_root());
}

static void the_live_map_is_verified(void **state)
{
	(void)state;
	if (verify()) {
		log_dump();
		fail_msg("differences");
	}
	assert_int_equal(log_lines(), 1);
	assert_true(strstr(log_line(0), "map verified") != NULL);
}

static void spoil(pa_t entry, u32 desc, const char *word)
{
	u32 was = model_core_read(entry);

	model_phys_write(entry, desc);
	assert_int_not_equal(verify(), 0);
	if (!log_has(word)) {
		log_dump();
		fail_msg("'%s' is not named", word);
	}
	model_phys_write(entry, was);
	assert_int_equal(verify(), 0);
}

static void every_difference_is_found(void **state)
{
	pa_t sys = L1_PA + (SYS_VA >> 20) * 4;

	(void)state;
	spoil(sys, 0, "sysregs");
	spoil(sys, 0x51100416, "sysregs"); /* another physical address */
	spoil(sys, 0x51000412, "sysregs"); /* another memory type */
	spoil(sys, 0x51008416, "sysregs"); /* read-only */
	spoil(sys, 0x51000406, "sysregs"); /* executable */
	spoil(sys, 0x51000c16, "sysregs"); /* user */
	spoil(sys, 0x51000402, "device memory is executable"); /* strongly-ordered */
	spoil(L1_PA + 0xfb0 * 4, 0x5110141e & ~0x10u, "writable and executable");
	spoil(L1_PA + 0xfb0 * 4, 0x51100416, ""); /* nobody declared it */
	model_forgive(); /* words were changed under the model's feet */
}

/* Rows of one type may overlap in any way: each is found where it is. */
static void rows_that_cross_edges(void **state)
{
	static const struct map_desc rows[] = {
		MAP_DEVICE("low", 0xf8000000, 0x50000000, 2 * SZ_4K),
		MAP_DEVICE("high", 0xf8100000, 0x50001000, 2 * SZ_4K),
		MAP_DEVICE("wide", 0xf8200000, 0x50000000, SZ_64K),
	};

	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(rows, ARRAY_SIZE(rows)), 0);
	assert_non_null(static_row_by_pa(0x50000000, 0x50001fff));
	assert_ptr_equal(static_row_by_pa(0x50002000, 0x50003000)->desc, &rows[2]);
	assert_ptr_equal(static_row_by_pa(0x50001000, 0x50003000)->desc, &rows[2]);
	assert_null(static_row_by_pa(0x5000f000, 0x50010000));
	assert_ptr_equal(static_row_by_va(0xf8001fff)->desc, &rows[0]);
	assert_ptr_equal(static_row_by_va(0xf8101000)->desc, &rows[1]);
}

static void rows_past_the_last_are_left_out(void **state)
{
	static struct map_desc rows[MM_MAX_ROWS + 1];

	(void)state;
	for (u32 i = 0; i <= MM_MAX_ROWS; i++)
		rows[i] = (struct map_desc)MAP_DEVICE("x", 0xf8000000 + i * SZ_4K,
						      0x50000000 + i * SZ_4K, SZ_4K);
	resource_init();
	assert_int_equal(static_rows_init(rows, MM_MAX_ROWS + 1), 0);
	assert_ptr_equal(static_row_by_va(0xf803f000)->desc, &rows[63]);
	assert_null(static_row_by_va(0xf8040000));
}

static void a_map_without_an_image(void **state)
{
	(void)state;
	test_layout.image.total = 0;
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), 0);
	assert_int_equal(iotable_init(test_rows, test_row_count), 0);
	assert_int_equal(verify(), 0);
	/* the last piece counts as well: there is no identity page to leave out */
	spoil(L1_PA + (BUS_VA >> 20) * 4, 0, "bus");
	assert_int_equal(pgtable_map(IMAGE_PA, IMAGE_PA, SZ_4K, MT_ROM), 0);
	assert_int_equal(verify(), 1);
	assert_true(log_has("the table does not declare it"));
}

static void eight_differences_are_told(void **state)
{
	(void)state;
	for (u32 i = 0; i < 12; i++)
		model_phys_write(L1_PA + (0xfb0 + i) * 4, 0x51100416 + (i << 20));
	assert_int_equal(verify(), 12);
	assert_int_equal(log_lines(), 9);
	assert_log(8, "map NOT verified: 12 differences between the table and the descriptors");
	model_forgive();
}

/* The bits of @entry in @bits, each inverted: which does verify() not see? */
static u32 unseen(pa_t entry, u32 bits)
{
	u32 was = model_core_read(entry), missed = 0;

	for (u32 bit = 0; bit < 32; bit++) {
		if (!(bits >> bit & 1))
			continue;
		model_phys_write(entry, was ^ 1u << bit);
		if (!verify())
			missed |= 1u << bit;
	}
	model_phys_write(entry, was);
	return missed;
}

static bool first_of_its_kind(const struct walk *w, void *arg)
{
	struct walk *found = arg;

	if (w->kind != found->kind)
		return true;
	*found = *w;
	return false;
}

static void no_bit_changes_unseen(void **state)
{
	static const enum walk_kind kinds[] = { WALK_16M, WALK_1M, WALK_64K, WALK_4K };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct walk w = { .kind = kinds[i] };

		walk_visit(L1_PA, 0, 0xffffffffu, first_of_its_kind, &w);
		assert_int_not_equal(w.size, 0);
		assert_int_equal(unseen(w.l2_at ? w.l2_at : w.l1_at, 0xffffffffu), 0);
		/* of a table's descriptor: all but where the table stands */
		if (w.l2_at)
			assert_int_equal(unseen(w.l1_at, 0x3fc), 0);
	}
	assert_int_equal(verify(), 0);
	model_forgive(); /* words were changed under the model's feet */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_booted(rows_are_mapped_as_declared),
		case_booted(ram_is_mapped_linearly),
		case_booted(the_image_window_is_mapped),
		case_booted(the_flat_page_is_gone),
		case_booted(walker_and_mmu_agree_on_all_of_it),
		case_booted(a_row_that_collides_is_refused),
		case_booted(a_pool_that_is_empty_is_told),
		case_booted(a_piece_that_collides_is_refused),
		case_booted(ram_rows_are_passed_over),
		case_booted(found_by_physical_address),
		case_booted(found_by_virtual_address),
		case_booted(lookups_are_right_at_every_edge),
		case_booted(lookups_by_va_are_right_at_every_edge),
		case_booted(no_lookup_begins_behind_its_mib),
		case_booted(rows_at_physical_0),
		case_booted(nothing_below_the_first_row),
		case_booted(rows_in_one_mib_and_overlapping_in_pa),
		case_booted(conflicts),
		case_booted(what_is_kept_out),
		case_booted(rows_in_order),
		case_booted(linear_arithmetic),
		case_booted(maps_shows_counts),
		case_booted(too_few_resources_for_the_rows),
		case_booted(the_live_map_is_verified),
		case_booted(every_difference_is_found),
		case_booted(no_bit_changes_unseen),
		case_booted(eight_differences_are_told),
		case_machine(a_map_without_an_image),
		case_machine(rows_that_cross_edges),
		case_machine(rows_past_the_last_are_left_out),
	};

	return cmocka_run_group_tests_name("iotable", tests, NULL, NULL);
}
