/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/split.c - a change of rights splits what it must, in whole calls:
 * each page of the range gets the new rights and keeps its address and memory
 * type, every other page keeps all; a refusal has written nothing; tables are
 * neither lost nor given back twice; no entry changes without being invalid
 * between, and none outside of the tables.
 *
 * sources: mm/pgtable.c
 * memory: split_tables.c
 * options: --no-sat-preprocessor -DPROOF_TABLES=1
 * unwind: 17 load.0:33,load_section.0:33,change.0:33,uniform.0:32,to_entries.1:3
 * unwind: store_table.0:33,store_table.1:33,store_table.2:33,section_to_table.0:33
 * unwind: survey.0:1,pgtable_protect.0:1,pgtable_protect.1:1,table_zero.0:33,any_table.0:3
 * with: -DTABLE -DFREE=0 -DMIB=0x905u -DFIRST=5u
 * with: -DSECTION -DFREE=1 -DMIB=0xfffu -DFIRST=31u
 * with: -DSUPER -DFREE=1 -DMIB=0x00fu -DFIRST=0u
 * narrow: mm/types.h s/SZ_4K 0x1000u/SZ_4K 0x8000u/
 * narrow: mm/types.h s/SZ_64K 0x10000u/SZ_64K 0x80000u/
 * narrow: mm/types.h s/PAGE_SHIFT 12/PAGE_SHIFT 15/
 * narrow: mm/pgtable.h s/L2_ENTRIES 256u/L2_ENTRIES 32u/
 * bound: a range of one MiB that begins at the page named, of any length there
 * bound: a MiB of 32 pages of 32 KiB, and large pages of 16 such
 * break: mm/protect.c s/if \(is_large\(desc\)\)/if (0)/
 * break: mm/protect.c s/\(i % 16\) << PAGE_SHIFT/0/
 * break: mm/protect.c s/give_table\(l1 & PMD_TABLE_BASE\);/;/
 * break: mm/protect.c s/& ~r->clear\) \| r->set/| r->set) & ~r->clear/
 */
#include "split_tables.h"

#include "mm/protect.c"
#include "tables.h"

/* What is at the MiB before the call. */
static void before(void)
{
	neighbours();
	free_tables(FREE);
#if defined TABLE
	any_table(0, MIB);
#elif defined SECTION
	proof_l1[MIB - FIRST_ENTRY] = any_section();
#else
	one_supersection();
#endif
	proof_may_fail = nondet_bool();
}

/* -EINVAL for a hole, -ENOMEM when a table was wanted that is not there. */
static void check_refusal(int err)
{
#ifdef TABLE
	assert(err == -EINVAL);
#else
	assert(err == -ENOMEM && (proof_may_fail || !FREE));
#endif
	assert(!proof_writes);
}

static void check_view(const struct view *was, const struct view *is, u32 grant, u32 deny)
{
	assert(is->pa == was->pa && is->memory == was->memory);
	assert(is->mapped == was->mapped && is->foreign == was->foreign);
	assert(is->write == ((was->write || grant & MAP_WRITE) && !(deny & MAP_WRITE)));
	assert(is->exec == ((was->exec || grant & MAP_EXEC) && !(deny & MAP_EXEC)));
}

int main(void)
{
	va_t va = (MIB << 20) + (FIRST << PAGE_BITS), at = nondet_u32();
	u32 pages = nondet_u32(), grant = nondet_u32(), deny = nondet_u32();
	u32 free_before, hooked_before;
	struct view was, is;
	bool inside;
	int err;

	before();
	ASSUME(pages >= 1 && pages <= PAGES_IN_MIB - FIRST);
	ASSUME((at >> 20) - FIRST_ENTRY < ENTRIES);
	ASSUME(!(grant & ~(MAP_WRITE | MAP_EXEC)) && !(deny & ~(MAP_WRITE | MAP_EXEC)));
	inside = at - va < pages << PAGE_BITS;
	free_before = pgtable.free[0];
	hooked_before = hooked();
	was = look(at);
	err = pgtable_protect(va, pages << PAGE_BITS, grant, deny);
	is = look(at);
	if (err)
		check_refusal(err);
	else
		assert(!inside || is.mapped);
	if (err || !inside)
		check_view(&was, &is, 0, 0);
	else
		check_view(&was, &is, grant, deny);
	assert(tables_are_counted(free_before, hooked_before));
	REACHED(err && pages == 1);
	REACHED(!err && inside && is.write && !was.write && pages == 1);
	REACHED(!err && !inside && was.mapped && is.l1 != was.l1);
	return 0;
}
