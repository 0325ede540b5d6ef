/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_pl061.c - ARM PrimeCell GPIO (PL061), eight lines.
 *
 * Registers: ARM DDI 0190, chapter 3.  Bits 9:2 of GPIODATA's address are a
 * mask: an access there reads and writes the lines of the mask alone, so a line
 * is set without a read-modify-write.
 */
#include "drivers/gpio.h"

#include <string.h>

#include "mm/io.h"

#define GPIODATA(mask) ((mask) << 2)
#define GPIODIR 0x400
#define GPIOAFSEL 0x420

static void pl061_set(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bit = 1u << line;

	writel(value ? bit : 0, c->base + GPIODATA(bit));
}

static bool pl061_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base + GPIODATA(1u << line)) != 0;
}

static void pl061_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bit = 1u << line;
	u32 flags = irq_save();

	gpio_change(c->base + GPIOAFSEL, bit, 0); /* the software's, not a peripheral's */
	pl061_set(c, line, value);
	gpio_change(c->base + GPIODIR, 0, bit);
	pl061_set(c, line, value); /* some versions ignore the data of an input */
	irq_restore(flags);
}

static void pl061_direction_input(struct gpio_chip *c, u32 line)
{
	const u32 bit = 1u << line;
	u32 flags = irq_save();

	gpio_change(c->base + GPIOAFSEL, bit, 0);
	gpio_change(c->base + GPIODIR, bit, 0);
	irq_restore(flags);
}

static void pl061_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	const u32 bit = 1u << line;

	(void)c;
	out->has_con = true;
	out->con = GPIODIR;
	out->con_mask = bit;
	out->con_output = bit;
	memcpy(out->con_name, "GPIODIR", sizeof("GPIODIR"));
	out->dat = GPIODATA(bit);
	out->dat_mask = bit;
	memcpy(out->dat_name, "GPIODATA", sizeof("GPIODATA"));
	out->width = 4;
}

const struct gpio_ops gpio_pl061_ops = {
	.name = "pl061",
	.lines = 8,
	.direction_output = pl061_direction_output,
	.direction_input = pl061_direction_input,
	.set = pl061_set,
	.get = pl061_get,
	.regs = pl061_regs,
};
