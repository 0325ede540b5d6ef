/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_mmio.c - plain registers with one bit a line: "mmio" has one for
 * the data and perhaps one for the direction, "ledreg" is a single output register.
 *
 * Neither window is more than the register itself, so a block that no driver
 * knows needs nothing but a row.
 */
#include "drivers/device.h"
#include "drivers/gpio.h"
#include "mm/io.h"

static void mmio_set(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bit = 1u << line;

	gpio_change(c->base, bit, value ? bit : 0);
}

static bool mmio_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base) & 1u << line;
}

/* What the direction register must hold there for an output. */
static u32 output_bit(const struct gpio_chip *c, u32 line)
{
	return c->flags & GPIO_DIR_INPUT_HIGH ? 0 : 1u << line;
}

static void mmio_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	/* Together: where the data register reads an input's pad, another change of
	 * it in between would write the pad's level over the one set here. */
	u32 flags = irq_save();

	mmio_set(c, line, value);
	if (c->base2)
		gpio_change(c->base2, 1u << line, output_bit(c, line));
	irq_restore(flags);
}

static void mmio_direction_input(struct gpio_chip *c, u32 line)
{
	if (c->base2)
		gpio_change(c->base2, 1u << line, 1u << line ^ output_bit(c, line));
}

static void mmio_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	const u32 bit = 1u << line;

	if (c->base2) {
		out->has_con = true;
		out->con = c->phys2 - c->phys;
		out->con_mask = bit;
		out->con_output = output_bit(c, line);
		gpio_reg_name(out->con_name, "DIR", 0, 0);
	}
	out->dat_mask = bit;
	gpio_reg_name(out->dat_name, "DATA", 0, 0);
	out->width = 4;
}

static void ledreg_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	(void)c;
	out->dat_mask = 1u << line;
	gpio_reg_name(out->dat_name, "LED", 0, 0);
	out->width = 4;
}

const struct gpio_ops gpio_mmio_ops = {
	.name = "mmio",
	.lines = 32,
	.direction_output = mmio_direction_output,
	.direction_input = mmio_direction_input,
	.set = mmio_set,
	.get = mmio_get,
	.regs = mmio_regs,
};

const struct gpio_ops gpio_ledreg_ops = {
	.name = "ledreg",
	.lines = 32,
	.default_lines = 8,
	.direction_output = mmio_set,
	.set = mmio_set,
	.get = mmio_get,
	.regs = ledreg_regs,
};
