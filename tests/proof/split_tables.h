/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/split_tables.h - sixteen MiB of a first-level table with whole tables
 * behind them, and what a core reads there.
 *
 * A harness is compiled for one place (-DMIB, the number of the first MiB it
 * works on), so that the entries stand at constant indices: what is read and
 * written in loops over a table then costs CBMC little.  What the entries
 * hold may be anything.
 */
#ifndef TESTS_PROOF_SPLIT_TABLES_H
#define TESTS_PROOF_SPLIT_TABLES_H

#include "proof.h"

/* The first-level entries that there are, a supersection's; others may not be touched. */
#define FIRST_ENTRY (MIB & ~15u)
#define ENTRIES 16u

/* The geometry that the harnesses' "narrow:" lines make: 32 pages of 32 KiB in a MiB. */
#define PAGE_BITS 15
#define LARGE_BITS 19
#define PAGES_IN_MIB 32

extern u32 proof_l1[ENTRIES], proof_l2[PROOF_TABLES][PAGES_IN_MIB];
extern u32 proof_writes;

/* What a core finds at an address. */
struct view {
	u32 l1, l2; /* the descriptors */
	pa_t pa; /* the address; of a foreign table the table's */
	u32 memory; /* TEX, C and B */
	bool mapped, foreign, write, exec;
};

/** look() - read the tables as figures B3-4 and B3-5 of DDI 0406C have them. */
struct view look(va_t va);

/* A section as the encoder writes it, of any address, memory type and rights. */
u32 any_section(void);

/** neighbours() - every first-level entry: nothing, a section or another's table. */
void neighbours(void);
/** one_supersection() - all sixteen entries. */
void one_supersection(void);
/** any_table() - table @t anything that can have become of it; hooked at entry @mib. */
void any_table(u32 t, u32 mib);
/** free_tables() - let the last @n of the pool be free. */
void free_tables(u32 n);

/** tables_are_counted() - each table is hooked once, free, or another's as before. */
bool tables_are_counted(u32 free_before, u32 hooked_before);
/** hooked() - bit 31 - t: is table t in the first level? */
u32 hooked(void);

#endif
