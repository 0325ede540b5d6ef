/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_verify.c - map_verify() by its whole text: tables written by
 * hand, as a few rows demand them, with one descriptor changed at a time.
 * (tests/unit/test_iotable.c has it judge what the mapper builds.)
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/iotable.h"
#include "mm/pgtable.h"
#include "mm/verify.h"

#define TABLE 0x20200000u
#define TOP_TABLE 0x20200400u

static const struct map_desc rows[] = {
	MAP_DEVICE("page", 0xf8123000, 0x50000000, 2 * SZ_4K),
	MAP_DEVICE("bank", 0xf8130000, 0x50020000, SZ_64K),
	MAP_DEVICE("sys", 0xf8200000, 0x51000000, 2 * SZ_1M),
	MAP_DEVICE("bus", 0xf9000000, 0x60000000, SZ_16M),
	MAP_ROW("rom", 0xfa100000, 0x00100000, SZ_1M, MT_ROM),
	MAP_DEVICE("top", 0xfffff000, 0x50001000, SZ_4K),
};

static const struct map_layout bare = { .tables = 16, .supersections = true };

static pa_t l1_of(va_t va)
{
	return L1_PA + (va >> 20) * 4;
}

static pa_t l2_of(va_t va)
{
	return TABLE + (va >> 12 & 255) * 4;
}

static int declared_map(void **state)
{
	machine(state);
	for (u32 i = 0; i < 2 * L2_ENTRIES; i++)
		model_phys_write(TABLE + i * 4, 0);
	model_phys_write(l1_of(0xf8100000), TABLE | 1);
	model_phys_write(l2_of(0xf8123000), 0x50000017);
	model_phys_write(l2_of(0xf8124000), 0x50001017);
	model_phys_write(l1_of(0xf8200000), 0x51000416);
	model_phys_write(l1_of(0xf8300000), 0x51100416);
	for (u32 i = 0; i < 16; i++) {
		model_phys_write(l2_of(0xf8130000) + i * 4, 0x50028015);
		model_phys_write(l1_of(0xf9000000) + i * 4, 0x60040416);
	}
	model_phys_write(l1_of(0xfa100000), 0x0010940e);
	model_phys_write(l1_of(0xfff00000), TOP_TABLE | 1);
	model_phys_write(TOP_TABLE + 255 * 4, 0x50001017);
	return 0;
}

/* With @desc in the entry at @at: these differences, each a line, and no other. */
static void differs(pa_t at, u32 desc, const char *first, const char *second)
{
	u32 was = model_core_read(at), n = second ? 2 : 1;
	char end[120];

	log_forget();
	model_phys_write(at, desc);
	assert_int_equal(map_verify(rows, ARRAY_SIZE(rows), &bare, L1_PA), n);
	model_phys_write(at, was);
	snprintf(end, sizeof(end),
		 "map NOT verified: %u differences between the table and the descriptors", n);
	assert_logged(first, second ? second : end, second ? end : NULL, NULL);
}

static void what_is_declared_is_verified(void **state)
{
	(void)state;
	assert_int_equal(map_verify(rows, ARRAY_SIZE(rows), &bare, L1_PA), 0);
	assert_logged("map verified: 6 rows, 8 descriptors", NULL);
}

static void something_else_is_mapped(void **state)
{
	static const char sys[] = "map: 0xf8300000 (sys): mapped with other rights than declared";

	(void)state;
	differs(l2_of(0xf8124000), 0,
		"map: 0xf8124000 (page): the table declares it, but nothing is mapped", NULL);
	differs(l2_of(0xf8124000), 0x50003017,
		"map: 0xf8124000 (page): mapped to another physical address than declared", NULL);
	differs(TOP_TABLE + 255 * 4, 0,
		"map: 0xfffff000 (top): the table declares it, but nothing is mapped", NULL);
	differs(l1_of(0xf8300000), 0x51100412,
		"map: 0xf8300000 (sys): mapped with another memory type than declared", NULL);
	differs(l1_of(0xf8300000), 0x51108416, sys, NULL);
	differs(l1_of(0xf8300000), 0x51100c16, sys, NULL);
	differs(l1_of(0xf8300000), 0x51108406, sys,
		"map: 0xf8300000 (live table): device memory is executable");
	differs(l1_of(0xfa100000), 0x0010141e,
		"map: 0xfa100000 (rom): mapped with other rights than declared", NULL);
	differs(l1_of(0xfa100000), 0x0010140e,
		"map: 0xfa100000 (rom): mapped with other rights than declared",
		"map: 0xfa100000 (live table): writable and executable");
}

static void what_no_row_can_ask_for(void **state)
{
	static const char attributes[] = "map: 0xf8200000 (sys): domain, shareability or nG is "
					 "not what the kit sets";
	static const char odd[] = "map: 0xf8200000 (sys): it has what the kit never writes (NS, "
				  "PXN, no access, reserved bits)";

	(void)state;
	differs(l1_of(0xf8200000), 0x51000436, attributes, NULL);
	differs(l1_of(0xf8200000), 0x51010416, attributes, NULL);
	differs(l1_of(0xf8200000), 0x51020416, attributes, NULL);
	differs(l1_of(0xf8200000), 0x51080416, odd, NULL);
}

static void one_of_sixteen_differs(void **state)
{
	static const char bus[] = "map: 0xf9000000 (bus): the sixteen descriptors of a "
				  "supersection or large page differ";
	static const char bank[] = "map: 0xf8130000 (bank): the sixteen descriptors of a "
				   "supersection or large page differ";

	(void)state;
	for (u32 i = 1; i < 16; i++) {
		differs(l1_of(0xf9000000) + i * 4, 0, bus, NULL);
		differs(l1_of(0xf9000000) + i * 4, 0x60040412, bus, NULL);
		differs(l2_of(0xf8130000) + i * 4, 0, bank, NULL);
		differs(l2_of(0xf8130000) + i * 4, 0x50028011, bank, NULL);
	}
}

/* What nobody declared, and what may not be whoever declares it. */
static void nobody_may_have_this(void **state)
{
	static const char undeclared[] = "map: 0xfb000000 (live table): mapped, but the table "
					 "does not declare it";
	static const char executable[] = "map: 0xfb000000 (live table): device memory is "
					 "executable";

	(void)state;
	differs(l1_of(0xfb000000), 0x51100416, undeclared, NULL);
	differs(l1_of(0xfb000000), 0x5110140e,
		"map: 0xfb000000 (live table): writable and executable", undeclared);
	differs(l1_of(0xfb000000), 0x51108406, executable, undeclared);
	differs(l1_of(0xfb000000), 0x51108402, executable, undeclared);
	differs(l1_of(0xfb000000), 0x5110940e, undeclared, NULL);
	differs(l1_of(0), 0x51100416,
		"map: 0x00000000 (live table): mapped, but the table does not declare it", NULL);
	differs(TOP_TABLE + 254 * 4, 0x50001017,
		"map: 0xffffe000 (live table): mapped, but the table does not declare it", NULL);
}

/* A row of a part of it, from its begin, its middle or up to its end: the rest is too much. */
static void larger_than_declared(void **state)
{
	struct map_desc some[ARRAY_SIZE(rows)];
	const struct map_desc *row = &rows[3];

	(void)state;
	memcpy(some, rows, sizeof(rows));
	for (u32 i = 0; i < 2; i++, row = &rows[1]) {
		struct map_desc *part = &some[row - rows];
		u32 quarter = row->length / 4;
		char line[120];

		snprintf(line, sizeof(line),
			 "map: 0x%08x (live table): mapped, but the table does not declare it",
			 row->virtual);
		for (u32 first = 0; first < 4; first++)
			for (u32 n = 1; first + n <= 4 && n < 4; n++) {
				part->virtual = row->virtual + first * quarter;
				part->pfn = row->pfn + (first * quarter >> PAGE_SHIFT);
				part->length = n * quarter;
				log_forget();
				assert_int_equal(map_verify(some, ARRAY_SIZE(some), &bare, L1_PA),
						 1);
				assert_log(0, line);
				assert_int_equal(log_lines(), 2);
			}
		*part = *row;
	}
}

/* The table is walked to from the middle of the sixteen, and the first of them is wrong. */
static void the_first_of_sixteen_differs(void **state)
{
	struct map_desc some[ARRAY_SIZE(rows)];

	(void)state;
	memcpy(some, rows, sizeof(rows));
	some[3].virtual += SZ_1M;
	some[3].pfn += SZ_1M >> PAGE_SHIFT;
	some[3].length = SZ_1M;
	model_phys_write(l1_of(0xf9000000), 0);
	assert_int_equal(map_verify(some, ARRAY_SIZE(some), &bare, L1_PA), 2);
	assert_log(0, "map: 0xf9100000 (bus): the sixteen descriptors of a supersection or large "
		      "page differ");
	assert_log(1, "map: 0xf9000000 (live table): mapped, but the table does not declare it");
}

/* The image's own pieces are no rows, and its flat page has to go. */
static void an_image(void **state)
{
	struct walk text;

	(void)state;
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), 0);
	assert_int_equal(iotable_init(test_rows, test_row_count), 0);
	assert_int_equal(map_verify(test_rows, test_row_count, &test_layout, L1_PA), 1);
	assert_log(0, "map: 0x20108000 (live table): mapped, but the table does not declare it");
	pgtable_unmap(IMAGE_PA, SZ_4K);
	assert_int_equal(map_verify(test_rows, test_row_count, &test_layout, L1_PA), 0);
	walk(L1_PA, KIMAGE_VADDR, &text);
	model_phys_write(text.l2_at, 0);
	log_forget();
	assert_int_equal(map_verify(test_rows, test_row_count, &test_layout, L1_PA), 1);
	assert_log(0, "map: 0xbf000000 (text): the table declares it, but nothing is mapped");
}

/* Eight lines, and then how many there are. */
static void many_differences(void **state)
{
	char line[120];

	(void)state;
	for (u32 i = 0; i < 9; i++)
		model_phys_write(l1_of(0xfb000000) + i * 4, 0x51100416 + (i << 20));
	assert_int_equal(map_verify(rows, ARRAY_SIZE(rows), &bare, L1_PA), 9);
	assert_int_equal(log_lines(), 9);
	for (u32 i = 0; i < 8; i++) {
		snprintf(line, sizeof(line),
			 "map: 0x%08x (live table): mapped, but the table does not declare it",
			 0xfb000000 + (i << 20));
		assert_log(i, line);
	}
	assert_log(8, "map NOT verified: 9 differences between the table and the descriptors");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define case_declared(fn) cmocka_unit_test_setup_teardown(fn, declared_map, power_off)
		case_declared(what_is_declared_is_verified),
		case_declared(something_else_is_mapped),
		case_declared(what_no_row_can_ask_for),
		case_declared(one_of_sixteen_differs),
		case_declared(nobody_may_have_this),
		case_declared(larger_than_declared),
		case_declared(the_first_of_sixteen_differs),
		case_declared(many_differences),
		case_machine(an_image),
	};

	return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
