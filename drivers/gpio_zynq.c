/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_zynq.c - the GPIO block of Xilinx's Zynq-7000, 118 lines.
 *
 * Registers: UG585, chapter 14 and appendix B.19.  Banks of 32, 22 (MIO), 32 and
 * 32 (EMIO) lines.  A write of MASK_DATA changes the lines alone whose mask bit
 * (31:16) is 0, so a level needs no read-modify-write.
 */
#include "drivers/gpio.h"
#include "mm/io.h"

#define LINES 118u
#define BANK1 32u /* the first line of each bank */
#define BANK2 54u
#define BANK3 86u

#define MASK_DATA_LSW(bank) ((bank)*8u)
#define DATA(bank) (0x40u + (bank)*4u)
#define DATA_RO(bank) (0x60u + (bank)*4u)
#define DIRM(bank) (0x204u + (bank)*0x40u) /* 1: output ... */
#define OEN(bank) (0x208u + (bank)*0x40u) /* ... if enabled here too */

#define HALF 16u /* lines of a MASK_DATA register */
#define HALF_ALL 0xffffu

static const u8 first_line[] = { 0, BANK1, BANK2, BANK3 };

static u32 bank_of(u32 line)
{
	if (line < BANK2)
		return line < BANK1 ? 0 : 1;
	return line < BANK3 ? 2 : 3;
}

static u32 pin_of(u32 line)
{
	return line - first_line[bank_of(line)];
}

static void zynq_set(struct gpio_chip *c, u32 line, bool value)
{
	const u32 pin = pin_of(line), bit = 1u << pin % HALF;

	writel((HALF_ALL & ~bit) << HALF | (value ? bit : 0),
	       c->base + MASK_DATA_LSW(bank_of(line)) + pin / HALF * 4);
}

/* An EMIO output's DATA_RO shows what the fabric sends back, which may be nothing. */
static bool zynq_get(struct gpio_chip *c, u32 line)
{
	const u32 bank = bank_of(line), bit = 1u << pin_of(line);
	bool output = readl(c->base + DIRM(bank)) & bit;

	return readl(c->base + (output ? DATA(bank) : DATA_RO(bank))) & bit;
}

static void zynq_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	const u32 bank = bank_of(line), bit = 1u << pin_of(line);

	zynq_set(c, line, value);
	gpio_change(c->base + DIRM(bank), 0, bit);
	gpio_change(c->base + OEN(bank), 0, bit);
}

static void zynq_direction_input(struct gpio_chip *c, u32 line)
{
	gpio_change(c->base + DIRM(bank_of(line)), 1u << pin_of(line), 0);
}

/* An output needs OEN too, which gpio_direction_output() has left at 1. */
static void zynq_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	const u32 bank = bank_of(line);

	(void)c;
	out->has_con = true;
	out->con = DIRM(bank);
	out->con_mask = 1u << pin_of(line);
	out->con_output = 1u << pin_of(line);
	gpio_reg_name(out->con_name, "DIRM_#", bank, 0);
	out->dat = DATA(bank);
	out->dat_mask = 1u << pin_of(line);
	gpio_reg_name(out->dat_name, "DATA_#", bank, 0);
	out->width = 4;
}

const struct gpio_ops gpio_zynq_ops = {
	.name = "zynq",
	.lines = LINES,
	.direction_output = zynq_direction_output,
	.direction_input = zynq_direction_input,
	.set = zynq_set,
	.get = zynq_get,
	.regs = zynq_regs,
};
