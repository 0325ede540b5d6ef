/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/state.h - every byte the kit remembers, by name.
 *
 * "Nothing has changed" is checked on the variables of mm/ themselves: the
 * program reads its own symbol table and copies each object that a file of mm/
 * defines, static ones included.
 */
#ifndef TESTS_UNIT_STATE_H
#define TESTS_UNIT_STATE_H

#include "mm/types.h"

/** state_take() - remember all variables of mm/. */
void state_take(void);

/**
 * state_changed() - the name of a variable that differs since state_take()
 *
 * Counters of refusals are left out: counting one is what a refusal does.
 * Return: NULL when none differs.
 */
const char *state_changed(void);

/** state_changed_in() - has the variable @name changed?  It must exist. */
bool state_changed_in(const char *name);

/** state_bytes() - bytes watched, so that a test can see that it watches any. */
u32 state_bytes(void);

#endif
