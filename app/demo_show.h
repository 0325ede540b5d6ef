/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_show.h - how the demonstration speaks and counts: numbered steps,
 * registers with all that is known of their mapping, checks.
 */
#ifndef APP_DEMO_SHOW_H
#define APP_DEMO_SHOW_H

#include "mm/types.h"

/** demo_begin() - step 1 is next, nothing checked yet. */
void demo_begin(void);

/** demo_step() - the headline of the next step. */
void demo_step(const char *title);

/** demo_check() - one thing that must hold.  Return: @ok. */
bool demo_check(bool ok, const char *what);

/** demo_no_row() - a step is left out: no static row covers [@pa, @pa + @size); say which would */
void demo_no_row(const char *name, pa_t pa, u32 size);

/** demo_read_back() - what a register that was written must read.  Return: does it? */
bool demo_read_back(u32 value, u32 mask, u32 want, const char *what);

/**
 * demo_register() - one line: virtual and physical address, descriptor, value
 * @pa: where the register must be
 *
 * Checks by the walker that the address leads to @pa and is device memory that
 * cannot be executed.  Return: the register's value.
 */
u32 demo_register(const char *name, const volatile void __iomem *p, pa_t pa);

/** demo_end() - the sum in one line.  Return: how many checks failed. */
u32 demo_end(void);

#endif
