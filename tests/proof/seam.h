/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/seam.h - the seam, for CBMC: mm/ unchanged over memory that is
 * only translation tables.
 *
 * No caches and no TLB: those are the model's (tests/model).  Here an access
 * outside the tables, or to half an entry, is a failed assertion.
 */
#ifndef MM_SEAM_H
#define MM_SEAM_H

#include "mm/types.h"

#include <assert.h>

#define PROOF_L1 0x00004000u
#define PROOF_L2 0x00008000u
#ifndef PROOF_TABLES
#define PROOF_TABLES 2u
#endif

/* Does the next allocation fail?  A harness may let any of them fail. */
bool proof_fail_alloc(void);

/* Memory is the writes made to it, last one first: tables are mostly empty. */
u32 table_read(pa_t at);
void table_write(pa_t at, u32 desc);
void table_zero(pa_t table, u32 bytes);

static inline bool in_tables(pa_t at)
{
	return !(at & 3) && (at - PROOF_L1 < SZ_16K || at - PROOF_L2 < PROOF_TABLES * 1024);
}
static inline void table_clean(pa_t at)
{
	assert(in_tables(at & ~3u));
}
/* A Cortex-A8's. */
static inline u32 cache_line_size(void)
{
	return 64;
}
static inline void dsb(void)
{
}
static inline void isb(void)
{
}
static inline void tlb_invalidate_va(va_t va)
{
	(void)va;
}
static inline void tlb_invalidate_all(void)
{
}
static inline void branch_predictor_invalidate(void)
{
}
static inline void write_ttbcr(u32 v)
{
	(void)v;
}
static inline u32 irq_save(void)
{
	return 0;
}
static inline void irq_restore(u32 flags)
{
	(void)flags;
}
static inline bool seam_fail_alloc(void)
{
	return proof_fail_alloc();
}

#endif
