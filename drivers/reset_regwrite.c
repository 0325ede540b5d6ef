/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/reset_regwrite.c - restart by writing a word to a register.
 */
#include "drivers/reset.h"

#include "mm/io.h"

static void regwrite_restart(const struct reset *r)
{
	if (r->lock)
		writel(r->unlock, r->lock);
	if (r->size == 2) /* a half-word register may ignore a whole word */
		writew(r->value, r->base);
	else
		writel(r->value, r->base);
	dsb(); /* off the core before anything else is done */
}

const struct reset_ops reset_regwrite_ops = {
	.name = "regwrite",
	.restart = regwrite_restart,
};
