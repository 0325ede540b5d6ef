/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_imx.c - the GPIO block of Freescale's and NXP's i.MX family, 32 lines.
 *
 * Registers: i.MX 6Dual/6Quad Reference Manual (IMX6DQRM), section 28.5.  A line
 * is read from DR: there an output shows what was written and an input its pad.
 * PSR shows the pad of an output only where the pin controller keeps the pad's
 * input path on (SION); elsewhere a lit LED would read back dark.
 */
#include "drivers/gpio.h"
#include "mm/io.h"

#define DR 0x00
#define GDIR 0x04 /* 1: output */

static void imx_set(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bit = 1u << line;

	gpio_change(c->base + DR, bit, value ? bit : 0);
}

static bool imx_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base + DR) & 1u << line;
}

static void imx_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	/* Together: DR reads an input's pad, so another change of DR in between
	 * would write the pad's level over the one set here. */
	u32 flags = irq_save();

	imx_set(c, line, value);
	gpio_change(c->base + GDIR, 0, 1u << line);
	irq_restore(flags);
}

static void imx_direction_input(struct gpio_chip *c, u32 line)
{
	gpio_change(c->base + GDIR, 1u << line, 0);
}

static void imx_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	const u32 bit = 1u << line;

	(void)c;
	out->has_con = true;
	out->con = GDIR;
	out->con_mask = bit;
	out->con_output = bit;
	gpio_reg_name(out->con_name, "GDIR", 0, 0);
	out->dat = DR;
	out->dat_mask = bit;
	gpio_reg_name(out->dat_name, "DR", 0, 0);
	out->width = 4;
}

const struct gpio_ops gpio_imx_ops = {
	.name = "imx",
	.lines = 32,
	.direction_output = imx_direction_output,
	.direction_input = imx_direction_input,
	.set = imx_set,
	.get = imx_get,
	.regs = imx_regs,
};
