/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/groups.h - the groups of target tests, one a file.
 */
#ifndef TESTS_TARGET_GROUPS_H
#define TESTS_TARGET_GROUPS_H

#include "tests/target/tap.h"

extern const struct tap_group group_boot, group_mmu, group_verify, group_fault, group_execute,
	group_ioremap, group_blocks, group_rights, group_resource, group_io, group_irq, group_storm,
	group_libc, group_outside, group_end, group_irq_abort;

#endif
