/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_bcm2835.c - the GPIO block of Broadcom's BCM2835 family, 54 lines.
 *
 * Registers: BCM2835 ARM Peripherals, section 6.1.  A level is set and cleared
 * by two write-only registers in which zeros do nothing, so it needs no
 * read-modify-write; only the function selection (three bits a line, ten lines a
 * register) does.
 */
#include "drivers/gpio.h"
#include "mm/io.h"

#define GPFSEL 0x00
#define GPSET 0x1c
#define GPCLR 0x28
#define GPLEV 0x34

#define FSEL_LINES 10u
#define FSEL_BITS 3u
#define FSEL_FIELD 7u
#define FSEL_INPUT 0u
#define FSEL_OUTPUT 1u

static u32 fsel_shift(u32 line)
{
	return line % FSEL_LINES * FSEL_BITS;
}

/* The register of its 32 lines, of a kind that has one bit a line. */
static u32 word(u32 first, u32 line)
{
	return first + line / 32 * 4;
}

static u32 bit(u32 line)
{
	return 1u << line % 32;
}

static void bcm2835_set_function(struct gpio_chip *c, u32 line, u32 function)
{
	gpio_change(c->base + GPFSEL + line / FSEL_LINES * 4, FSEL_FIELD << fsel_shift(line),
		    function << fsel_shift(line));
}

static void bcm2835_set(struct gpio_chip *c, u32 line, bool value)
{
	writel(bit(line), c->base + word(value ? GPSET : GPCLR, line));
}

static bool bcm2835_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base + word(GPLEV, line)) & bit(line);
}

static void bcm2835_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	bcm2835_set(c, line, value); /* kept while it is an input */
	bcm2835_set_function(c, line, FSEL_OUTPUT);
}

static void bcm2835_direction_input(struct gpio_chip *c, u32 line)
{
	bcm2835_set_function(c, line, FSEL_INPUT);
}

static void bcm2835_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	(void)c;
	out->has_con = true;
	out->con = GPFSEL + line / FSEL_LINES * 4;
	out->con_mask = FSEL_FIELD << fsel_shift(line);
	out->con_output = FSEL_OUTPUT << fsel_shift(line);
	gpio_reg_name(out->con_name, "GPFSEL#", line / FSEL_LINES, 0);
	out->dat = word(GPLEV, line);
	out->dat_mask = bit(line);
	gpio_reg_name(out->dat_name, "GPLEV#", line / 32, 0);
	out->has_set = true;
	out->set = word(GPSET, line);
	gpio_reg_name(out->set_name, "GPSET#", line / 32, 0);
	out->clr = word(GPCLR, line);
	gpio_reg_name(out->clr_name, "GPCLR#", line / 32, 0);
	out->width = 4;
}

const struct gpio_ops gpio_bcm2835_ops = {
	.name = "bcm2835",
	.lines = 54,
	.function_max = FSEL_FIELD,
	.direction_output = bcm2835_direction_output,
	.direction_input = bcm2835_direction_input,
	.set = bcm2835_set,
	.get = bcm2835_get,
	.regs = bcm2835_regs,
	.set_function = bcm2835_set_function,
};
