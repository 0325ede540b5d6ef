/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_ledreg.c - a single output register, one bit a line.
 *
 * The simplest GPIO there is: no direction, no function.  The base is the
 * register itself.
 */
#include "drivers/gpio.h"

#include <string.h>

#include "mm/io.h"

static void ledreg_set(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bit = 1u << line;
	u32 flags = irq_save(); /* the other lines share the register */
	u32 v = readl(c->base);

	writel(value ? v | bit : v & ~bit, c->base);
	irq_restore(flags);
}

static bool ledreg_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base) & 1u << line;
}

static void ledreg_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	(void)c;
	out->dat_mask = 1u << line;
	memcpy(out->dat_name, "LED", sizeof("LED"));
	out->width = 4;
}

const struct gpio_ops gpio_ledreg_ops = {
	.name = "ledreg",
	.lines = 8,
	.direction_output = ledreg_set,
	.set = ledreg_set,
	.get = ledreg_get,
	.regs = ledreg_regs,
};
