/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_sunxi.c - the port controller of Allwinner's A10 to H3 and later.
 *
 * Registers: A10 User Manual, "Port Controller"; H3 Datasheet V1.2, section 4.22.
 * Banks of up to 32 pins, 0x24 bytes each: four CFG registers (four bits a pin,
 * three of them used) at +0, DAT at +0x10.  How many pins a bank really has
 * differs from chip to chip and is not checked; that it is in the block is.
 */
#include "drivers/gpio_sunxi.h"

#include "drivers/gpio.h"
#include "mm/io.h"

#define CFG 0x00
#define DAT 0x10
#define CFG_BITS 4u
#define CFG_FIELD 15u
#define CFG_PINS 8u /* in each of the four registers */
#define FUNCTION_MAX 7u

static u32 bank_of(u32 line)
{
	return line / SUNXI_GPIO_PINS;
}

static u32 pin_of(u32 line)
{
	return line % SUNXI_GPIO_PINS;
}

static u32 cfg_of(u32 line)
{
	return bank_of(line) * SUNXI_GPIO_BANK + CFG + pin_of(line) / CFG_PINS * 4;
}

static u32 cfg_shift(u32 line)
{
	return pin_of(line) % CFG_PINS * CFG_BITS;
}

static u32 dat_of(u32 line)
{
	return bank_of(line) * SUNXI_GPIO_BANK + DAT;
}

static bool sunxi_valid(const struct gpio_chip *c, u32 line)
{
	return (bank_of(line) + 1) * SUNXI_GPIO_BANK <= c->size;
}

static void sunxi_set_function(struct gpio_chip *c, u32 line, u32 function)
{
	gpio_change(c->base + cfg_of(line), CFG_FIELD << cfg_shift(line),
		    function << cfg_shift(line));
}

static void sunxi_set(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bit = 1u << pin_of(line);

	gpio_change(c->base + dat_of(line), bit, value ? bit : 0);
}

static bool sunxi_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base + dat_of(line)) & 1u << pin_of(line);
}

static void sunxi_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	/* Together: DAT reads an input's pad, so another change of DAT in between
	 * would write the pad's level over the one set here. */
	u32 flags = irq_save();

	sunxi_set(c, line, value);
	sunxi_set_function(c, line, SUNXI_GPIO_OUTPUT);
	irq_restore(flags);
}

static void sunxi_direction_input(struct gpio_chip *c, u32 line)
{
	sunxi_set_function(c, line, SUNXI_GPIO_INPUT);
}

/* "P7_CFG2": the bank by its number, because the letter of bank 0 is A or L. */
static void sunxi_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	(void)c;
	out->has_con = true;
	out->con = cfg_of(line);
	out->con_mask = CFG_FIELD << cfg_shift(line);
	out->con_output = SUNXI_GPIO_OUTPUT << cfg_shift(line);
	gpio_reg_name(out->con_name, "P#_CFG#", bank_of(line), pin_of(line) / CFG_PINS);
	out->dat = dat_of(line);
	out->dat_mask = 1u << pin_of(line);
	gpio_reg_name(out->dat_name, "P#_DAT", bank_of(line), 0);
	out->width = 4;
}

const struct gpio_ops gpio_sunxi_ops = {
	.name = "sunxi",
	.lines = SUNXI_GPIO(SUNXI_GPIO_BANKS, 0),
	.function_max = FUNCTION_MAX,
	.valid = sunxi_valid,
	.direction_output = sunxi_direction_output,
	.direction_input = sunxi_direction_input,
	.set = sunxi_set,
	.get = sunxi_get,
	.regs = sunxi_regs,
	.set_function = sunxi_set_function,
};
