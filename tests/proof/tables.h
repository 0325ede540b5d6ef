/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/tables.h - an empty first-level table and a pool of two tables.
 */
#ifndef TESTS_PROOF_TABLES_H
#define TESTS_PROOF_TABLES_H

#include "mm/types.h"

/* May allocations fail (any of them)? */
extern bool proof_may_fail;

/** empty_tables() - what pgtable_init() leaves; supersections: yes or no. */
void empty_tables(void);

#endif
