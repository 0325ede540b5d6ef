/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_lowmem.c - lowmem_init(): RAM and the image, and no static row.
 */
#include "helpers.h"

#include <errno.h>

#include "mm/iotable.h"
#include "mm/pgtable.h"
#include "mm/verify.h"

static void enters_ram_and_the_image(void **state)
{
	(void)state;
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), 0);
	mmu_on();
	assert_maps(PAGE_OFFSET, RAM_PA, MEM_CACHED, true, false, SZ_1M);
	assert_maps(KIMAGE_VADDR, IMAGE_PA, MEM_CACHED, false, true, SZ_4K);
	assert_maps(KIMAGE_VADDR + IMAGE_TEXT, IMAGE_PA + IMAGE_TEXT, MEM_CACHED, false, false,
		    SZ_4K);
	assert_maps(IMAGE_PA, IMAGE_PA, MEM_CACHED, false, true, SZ_4K);
	assert_faults(GPIO_VA, 5);
	assert_logged(NULL);
}

static void with_the_rows_it_is_the_whole_map(void **state)
{
	(void)state;
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), 0);
	assert_int_equal(iotable_init(test_rows, test_row_count), 0);
	mmu_on();
	pgtable_unmap(IMAGE_PA, PAGE_SIZE); /* the switch-on is over */
	assert_int_equal(map_verify(test_rows, test_row_count, &test_layout, L1_PA), 0);
}

static void what_is_mapped_already_is_told(void **state)
{
	(void)state;
	log_forget();
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), -EEXIST);
	assert_logged("map: 'ram' could not be entered at 0xc0000000: error -17", NULL);
}

static void a_pool_that_is_empty_is_told(void **state)
{
	const struct pgtable_pool none = { .l1 = L1_PA, .l2 = L2_PA };

	(void)state;
	pgtable_init(&none);
	log_forget();
	assert_int_equal(lowmem_init(test_rows, test_row_count, &test_layout), -ENOMEM);
	assert_true(log_has("could not be entered at 0x"));
	assert_true(log_has("error -12"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(enters_ram_and_the_image),
		case_machine(with_the_rows_it_is_the_whole_map),
		case_booted(what_is_mapped_already_is_told),
		case_machine(a_pool_that_is_empty_is_told),
	};

	return cmocka_run_group_tests_name("lowmem", tests, NULL, NULL);
}
