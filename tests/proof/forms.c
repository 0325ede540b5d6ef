/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/forms.c - a descriptor taken apart into small pages and put together
 * again is the same: nothing is lost by a split and a merge.
 *
 * sources: mm/pgtable.c
 * unwind: 2
 * bound: attribute words that the encoder writes (16 types)
 * break: mm/protect.c s/desc \|= \(section >> \(PMD_TEX_SHIFT - PTE_TEX_SHIFT\)\) & PTE_TEX1;//
 * break: mm/protect.c s/\(i % 16\) << PAGE_SHIFT/i << PAGE_SHIFT/
 */
#include "mm/protect.c"

#include "proof.h"

int main(void)
{
	u32 small = small_page_bits[nondet_u32() % 16], i = nondet_u32() % L2_ENTRIES;
	pa_t pa = nondet_u32() & ~(SZ_64K - 1);

	assert(small_of_section(section_of_small(small)) == small);
	assert(small_of_large(large_of_small(small)) == small);
	assert(small_of_l2(pa | large_of_small(small), i) == ((pa + i % 16 * PAGE_SIZE) | small));
	assert(small_of_l2(pa | small, i) == (pa | small));
	REACHED(i == L2_ENTRIES - 1);
	return 0;
}
