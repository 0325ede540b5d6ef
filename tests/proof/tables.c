/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/tables.c - memory for the tables, and a log that says nothing.
 */
#include "tables.h"

#include "mm/log.h"
#include "mm/pgtable_priv.h"
#include "proof.h"

/* Writes that a harness can make; more is a failed assertion. */
#ifndef PROOF_STORES
#define PROOF_STORES 24
#endif

struct store {
	pa_t at;
	u32 bytes, value;
};
static struct store stores[PROOF_STORES];
static u32 count;

static void store(pa_t at, u32 bytes, u32 value)
{
	assert(in_tables(at) && count < PROOF_STORES);
	stores[count++] = (struct store){ at, bytes, value };
}

u32 table_read(pa_t at)
{
	u32 value = 0;

	assert(in_tables(at));
	for (u32 i = 0; i < PROOF_STORES; i++)
		if (i < count && at - stores[i].at < stores[i].bytes)
			value = stores[i].value;
	return value;
}

void table_write(pa_t at, u32 desc)
{
	store(at, 4, desc);
}

void table_zero(pa_t table, u32 bytes)
{
	store(table, bytes, 0);
}

bool proof_may_fail;

bool proof_fail_alloc(void)
{
	return proof_may_fail && nondet_bool();
}

/* As pgtable_init() leaves it; its loop over 4096 entries would be unwound. */
void empty_tables(void)
{
	pgtable.pool.l1 = pgtable_l1 = PROOF_L1;
	pgtable.pool.l2 = PROOF_L2;
	pgtable.pool.l2_count = pgtable.free_count = PROOF_TABLES;
	pgtable.pool.supersections = nondet_bool();
	pgtable.free[0] = 0xffffffffu << (32 - PROOF_TABLES);
}

void mm_log(const char *fmt, ...)
{
	(void)fmt;
}
