/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/split_tables.c - memory for whole splits: arrays, not a log.
 */
#include "split_tables.h"

#include "mm/log.h"
#include "mm/pgtable_priv.h"
#include "tables.h"

u32 proof_l1[ENTRIES], proof_l2[PROOF_TABLES][PAGES_IN_MIB];
u32 proof_writes;

#define L1_FROM (PROOF_L1 + FIRST_ENTRY * 4)

static bool in_l1(pa_t at)
{
	return at - L1_FROM < ENTRIES * 4;
}

u32 table_read(pa_t at)
{
	assert(!(at & 3));
	if (in_l1(at))
		return proof_l1[(at - L1_FROM) >> 2];
	assert(at - PROOF_L2 < PROOF_TABLES * 1024);
	return proof_l2[(at - PROOF_L2) >> 10][at >> 2 & 255];
}

void table_write(pa_t at, u32 desc)
{
	u32 was = table_read(at);

	/* break before make */
	assert(!was || !desc || was == desc);
	proof_writes++;
	if (in_l1(at))
		proof_l1[(at - L1_FROM) >> 2] = desc;
	else
		proof_l2[(at - PROOF_L2) >> 10][at >> 2 & 255] = desc;
}

void table_zero(pa_t table, u32 bytes)
{
	assert(!(table & 1023) && bytes == 1024 && table - PROOF_L2 < PROOF_TABLES * 1024);
	proof_writes++;
	for (u32 i = 0; i < PAGES_IN_MIB; i++)
		proof_l2[(table - PROOF_L2) >> 10][i] = 0;
}

bool proof_may_fail;

bool proof_fail_alloc(void)
{
	return proof_may_fail && nondet_bool();
}

void mm_log(const char *fmt, ...)
{
	(void)fmt;
}

/* ---- what a core reads ---- */

static void look_section(struct view *v, va_t va)
{
	u32 low = v->l1 >> 18 & 1 ? 0x00ffffff : 0x000fffff;

	v->pa = (v->l1 & ~low) | (va & low);
	v->memory = (v->l1 >> 12 & 7) << 2 | (v->l1 >> 2 & 3);
	v->exec = !(v->l1 >> 4 & 1);
	v->write = !(v->l1 >> 15 & 1);
	v->mapped = true;
	/* privileged alone, domain 0, global, not shared */
	assert((v->l1 >> 10 & 3) == 1);
	assert(!(v->l1 & 0x000b03e1) && !(v->l1 & 0x00f00000 & low));
}

static void look_page(struct view *v, va_t va)
{
	bool large = (v->l2 & 3) == 1;
	u32 low = (1u << (large ? LARGE_BITS : PAGE_BITS)) - 1;

	v->pa = (v->l2 & ~low) | (va & low);
	v->memory = (v->l2 >> (large ? 12 : 6) & 7) << 2 | (v->l2 >> 2 & 3);
	v->exec = !(v->l2 >> (large ? 15 : 0) & 1);
	v->write = !(v->l2 >> 9 & 1);
	v->mapped = true;
	assert((v->l2 >> 4 & 3) == 1);
	assert(!(v->l2 & (large ? 0x00070dc0 : 0x00007c00)));
}

struct view look(va_t va)
{
	struct view v = { .l1 = proof_l1[(va >> 20) - FIRST_ENTRY] };
	u32 table = (v.l1 - PROOF_L2) >> 10;

	if ((v.l1 & 3) == 1 && table >= PROOF_TABLES) {
		v.foreign = true;
		v.pa = v.l1;
	} else if ((v.l1 & 3) == 1) {
		assert((v.l1 & 1023) == 1);
		v.l2 = proof_l2[table][va >> PAGE_BITS & (PAGES_IN_MIB - 1)];
		if (v.l2 & 3)
			look_page(&v, va);
		else
			assert(!v.l2);
	} else if (v.l1 & 3) {
		look_section(&v, va);
	} else {
		assert(!v.l1);
	}
	return v;
}

/* ---- what may be there ---- */

u32 any_section(void)
{
	return (nondet_u32() & 0xfff0901c) | 0x00000402;
}

void one_supersection(void)
{
	u32 desc = (nondet_u32() & 0xff00901c) | 0x00040402;

	for (u32 i = 0; i < 16; i++)
		proof_l1[i] = desc;
	pgtable.pool.supersections = true;
}

void neighbours(void)
{
	for (u32 i = 0; i < ENTRIES; i++) {
		u32 other = nondet_u32();

		ASSUME((other & 1023) == 1 && other - PROOF_L2 >= PROOF_TABLES * 1024);
		proof_l1[i] = nondet_bool() ? 0 : nondet_bool() ? other : any_section();
	}
}

/* Sixteen entries: a large page, or any of small pages and holes. */
static void any_group(u32 *entry)
{
	bool is_large = nondet_bool();
	u32 large = (nondet_u32() & 0xfff8920c) | 0x00000011;

	for (u32 i = 0; i < 16; i++) {
		u32 small = nondet_bool() ? 0 : (nondet_u32() & 0xffff824d) | 0x00000012;

		entry[i] = is_large ? large : small;
	}
}

void any_table(u32 t, u32 mib)
{
	for (u32 i = 0; i < PAGES_IN_MIB; i += 16)
		any_group(&proof_l2[t][i]);
	proof_l1[mib - FIRST_ENTRY] = (PROOF_L2 + t * 1024) | 1;
}

void free_tables(u32 n)
{
	pgtable.pool.l1 = pgtable_l1 = PROOF_L1;
	pgtable.pool.l2 = PROOF_L2;
	pgtable.pool.l2_count = PROOF_TABLES;
	pgtable.pool.supersections = nondet_bool();
	pgtable.free_count = n;
	pgtable.free[0] = n ? 0xffffffffu << (32 - n) >> (PROOF_TABLES - n) : 0;
}

u32 hooked(void)
{
	u32 tables = 0;

	for (u32 i = 0; i < ENTRIES; i++) {
		u32 t = (proof_l1[i] - PROOF_L2) >> 10;

		if ((proof_l1[i] & 3) != 1 || t >= PROOF_TABLES)
			continue;
		assert(!(tables & 0x80000000u >> t));
		tables |= 0x80000000u >> t;
	}
	return tables;
}

bool tables_are_counted(u32 free_before, u32 hooked_before)
{
	u32 now = hooked(), bits = 0;

	for (u32 t = 0; t < PROOF_TABLES; t++)
		bits += pgtable.free[0] >> (31 - t) & 1;
	return pgtable.free_count == bits && !(now & pgtable.free[0]) &&
	       (now | pgtable.free[0]) == (hooked_before | free_before);
}
