/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_omap.c - the GPIO block of TI's OMAP and Sitara families, 32 lines.
 *
 * Registers: OMAP35x TRM (SPRUF98), "General-Purpose Interface"; AM335x TRM
 * (SPRUH73), section 25.4.  The same ones; from OMAP4 on they begin 0x100 later.
 */
#include "drivers/gpio.h"
#include "mm/io.h"

#define OE 0x34 /* 1: input */
#define DATAIN 0x38
#define DATAOUT 0x3c
#define CLEARDATAOUT 0x90 /* zeros do nothing */
#define SETDATAOUT 0x94

#define OMAP4_SHIFT 0x100u

static u32 at(const struct gpio_chip *c, u32 reg)
{
	return c->ops == &gpio_omap4_ops ? reg + OMAP4_SHIFT : reg;
}

static void omap_set(struct gpio_chip *c, u32 line, bool value)
{
	writel(1u << line, c->base + at(c, value ? SETDATAOUT : CLEARDATAOUT));
}

/* DATAIN shows an output only where the pin's receiver is on. */
static bool omap_get(struct gpio_chip *c, u32 line)
{
	bool input = readl(c->base + at(c, OE)) & 1u << line;

	return readl(c->base + at(c, input ? DATAIN : DATAOUT)) & 1u << line;
}

static void omap_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	omap_set(c, line, value);
	gpio_change(c->base + at(c, OE), 1u << line, 0);
}

static void omap_direction_input(struct gpio_chip *c, u32 line)
{
	gpio_change(c->base + at(c, OE), 0, 1u << line);
}

static void omap_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	out->has_con = true;
	out->con = at(c, OE);
	out->con_mask = 1u << line;
	out->con_output = 0;
	gpio_reg_name(out->con_name, "GPIO_OE", 0, 0);
	out->dat = at(c, DATAOUT);
	out->dat_mask = 1u << line;
	gpio_reg_name(out->dat_name, "GPIO_DATAOUT", 0, 0);
	out->width = 4;
}

#define OMAP_OPS(_name)                                                                            \
	{                                                                                          \
		.name = _name, .lines = 32, .direction_output = omap_direction_output,             \
		.direction_input = omap_direction_input, .set = omap_set, .get = omap_get,         \
		.regs = omap_regs,                                                                 \
	}

const struct gpio_ops gpio_omap3_ops = OMAP_OPS("omap3");
const struct gpio_ops gpio_omap4_ops = OMAP_OPS("omap4");
