/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/ops.h - one operation on the kit, chosen by numbers, judged by a
 * simple reference model.  Random tests and the fuzzer share it.
 */
#ifndef TESTS_UNIT_OPS_H
#define TESTS_UNIT_OPS_H

#include "model.h"

/** ops_start() - boot on @config (NULL: default) and empty the reference model. */
void ops_start(const struct model_config *config);

/** ops_step() - one operation; @next gives the numbers that choose it. */
void ops_step(u32 (*next)(void *arg), void *arg);

/** ops_check_all() - the whole table against the reference, page by page. */
void ops_check_all(void);

/** ops_finish() - unmap and release all that is live; nothing may remain. */
void ops_finish(void);

/** What was done so far, so that a test can see that it did anything. */
struct ops_tally {
	u32 maps, static_maps, unmaps, bad_unmaps, refused, claims, conflicts, rights, failures;
};
extern struct ops_tally ops_tally;

/** Called with a message when the kit and the reference disagree; must not return. */
extern void (*ops_fail)(const char *message);

#endif
