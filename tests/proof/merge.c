/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/merge.c - pages are made read-only and writable again, in two whole
 * calls: the descriptor that the first one split is there again, bit for bit,
 * and the table that it took is free.
 *
 * sources: mm/pgtable.c
 * memory: split_tables.c
 * options: --no-sat-preprocessor -DPROOF_TABLES=1
 * unwind: 17 load.0:33,load_section.0:33,change.0:5,uniform.0:32,to_entries.1:3
 * unwind: store_table.0:33,store_table.1:33,store_table.2:33,section_to_table.0:33
 * unwind: survey.0:1,pgtable_protect.0:1,pgtable_protect.1:1,table_zero.0:33,any_table.0:3
 * with: -DSUPER -DMIB=0x905u -DFIRST=15u
 * with: -DSECTION -DMIB=0xfffu -DFIRST=28u
 * with: -DLARGE -DMIB=0x000u -DFIRST=0u
 * narrow: mm/types.h s/SZ_4K 0x1000u/SZ_4K 0x8000u/
 * narrow: mm/types.h s/SZ_64K 0x10000u/SZ_64K 0x80000u/
 * narrow: mm/types.h s/PAGE_SHIFT 12/PAGE_SHIFT 15/
 * narrow: mm/pgtable.h s/L2_ENTRIES 256u/L2_ENTRIES 32u/
 * bound: one to four pages from the page named on, nobody else changing between
 * bound: a MiB of 32 pages of 32 KiB, and large pages of 16 such
 * break: mm/protect.c s/give_table\(l1 & PMD_TABLE_BASE\);/;/
 * break: mm/protect.c s/first \| PMD_SUPER, 16/first | PMD_SUPER, 15/
 */
#include "split_tables.h"

#include "mm/protect.c"
#include "tables.h"

static void before(void)
{
	neighbours();
#if defined SUPER
	free_tables(1);
	one_supersection();
#elif defined SECTION
	free_tables(1);
	proof_l1[MIB - FIRST_ENTRY] = any_section();
	/* or sixteen that fit would be made one */
	pgtable.pool.supersections = false;
#else
	free_tables(0);
	any_table(0, MIB);
	/* a large page with all of the range in it, and a MiB that is not all one stretch */
	ASSUME((proof_l2[0][FIRST] & 3) == 1 && !proof_l2[0][PAGES_IN_MIB - 1]);
#endif
}

/* The first call leaves the table hooked; said as constants, it costs less. */
static void one_table(void)
{
	assert(proof_l1[MIB - FIRST_ENTRY] == (PROOF_L2 | 1));
	assert(!pgtable.free[0] && !pgtable.free_count);
	proof_l1[MIB - FIRST_ENTRY] = PROOF_L2 | 1;
	pgtable.free[0] = pgtable.free_count = 0;
}

int main(void)
{
	va_t va = (MIB << 20) + (FIRST << PAGE_BITS);
	u32 pages = nondet_u32(), free_before, entry = nondet_u32(), was_l1, was_l2;

	before();
	ASSUME(pages >= 1 && pages <= 4 && entry < 16);
	ASSUME(look(va).write);
	was_l1 = proof_l1[entry];
	was_l2 = proof_l2[0][FIRST / 16 * 16 + entry];
	free_before = pgtable.free[0];
	assert(!pgtable_protect(va, pages << PAGE_BITS, 0, MAP_WRITE));
	one_table();
	assert(!look(va).write);
	assert(!pgtable_protect(va, pages << PAGE_BITS, MAP_WRITE, 0));
	assert(proof_l1[entry] == was_l1);
#ifdef LARGE
	assert(proof_l2[0][FIRST / 16 * 16 + entry] == was_l2);
#else
	(void)was_l2;
#endif
	assert(pgtable.free[0] == free_before && tables_are_counted(free_before, hooked()));
	REACHED(pages == 4 && was_l1);
	return 0;
}
