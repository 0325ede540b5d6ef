/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/proof.h - what the harnesses share.
 *
 * A harness is a main() over inputs that may be anything; CBMC shows each
 * assert() for all of them, or gives the inputs for which it does not hold.  Its
 * first comment tells tests/proof/prove.pl how to run it:
 *
 *   sources: files of mm/ it is proved with, unchanged but for "narrow"; no such
 *            line if the harness includes the one it proves
 *   memory:  the file of tests/proof/ that the tables are kept by, if not tables.c;
 *            none: the harness keeps what is read itself
 *   options: further ones for CBMC
 *   unwind:  the most times a loop goes round; more would be a failure, too
 *   bound:   what of the inputs is narrower than in reality
 *   narrow:  file s/what/with/ (or .../g): a table made smaller, which is a bound,
 *            too; or what stands for a call or an array
 *   break:   file s/what/with/: with that change the proof has to fail
 */
#ifndef TESTS_PROOF_H
#define TESTS_PROOF_H

#include "mm/types.h"
#include "seam.h"

#include <assert.h>

/* Declared, never defined: CBMC lets each call return anything. */
u32 nondet_u32(void);
bool nondet_bool(void);

/* The inputs that are meant; the rest is not looked at. */
#define ASSUME(condition) __CPROVER_assume(condition)

/*
 * There are inputs that come by here with @condition, and every assertion before it
 * holds of them: make proofs-broken asks CBMC for some (-DREACH).  If there were none,
 * the assumptions would have left nothing to prove.
 */
#ifdef REACH
#define REACHED(condition) __CPROVER_cover(condition)
#else
#define REACHED(condition) ((void)0)
#endif

#endif
