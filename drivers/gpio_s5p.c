/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_s5p.c - the GPIO block of Samsung's S5P family.
 *
 * Banks of up to eight pins, 0x20 bytes each: CON (four bits a pin) at +0, DAT
 * at +4.  How many pins a bank really has differs from chip to chip and is not
 * checked; where banks cannot be (interrupt registers) is.
 */
#include "drivers/gpio_s5p.h"

#include <string.h>

#include "drivers/gpio.h"
#include "mm/io.h"

#define CON 0x00
#define DAT 0x04
#define CON_BITS 4u
#define CON_FIELD 15u

/* Two groups of banks; between and behind them are interrupt registers. */
#define BANKS_END 0x600u
#define WAKEUP_BANKS 0xc00u
#define WAKEUP_BANKS_END 0xc80u

static u32 bank_of(u32 line)
{
	return line / S5P_GPIO_PINS * S5P_GPIO_BANK;
}

static u32 pin_of(u32 line)
{
	return line % S5P_GPIO_PINS;
}

static bool s5p_valid(const struct gpio_chip *c, u32 line)
{
	u32 bank = bank_of(line);

	if (bank + S5P_GPIO_BANK > c->size)
		return false;
	return bank < BANKS_END || (bank >= WAKEUP_BANKS && bank < WAKEUP_BANKS_END);
}

static void s5p_set_function(struct gpio_chip *c, u32 line, u32 function)
{
	u32 shift = pin_of(line) * CON_BITS;

	gpio_change(c->base + bank_of(line) + CON, CON_FIELD << shift, function << shift);
}

static void s5p_set(struct gpio_chip *c, u32 line, bool value)
{
	u32 bit = 1u << pin_of(line);

	gpio_change(c->base + bank_of(line) + DAT, bit, value ? bit : 0);
}

static bool s5p_get(struct gpio_chip *c, u32 line)
{
	return readl(c->base + bank_of(line) + DAT) & 1u << pin_of(line);
}

static void s5p_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	/* Together: DAT reads an input's pad, so another change of DAT in between
	 * would write the pad's level over the one set here. */
	u32 flags = irq_save();

	s5p_set(c, line, value);
	s5p_set_function(c, line, S5P_GPIO_OUTPUT);
	irq_restore(flags);
}

static void s5p_direction_input(struct gpio_chip *c, u32 line)
{
	s5p_set_function(c, line, S5P_GPIO_INPUT);
}

/* "CON[0x240]": the bank by its offset, because its name differs from chip to chip. */
static void put_name(char *to, const char *reg, u32 bank)
{
	char name[] = "REG[0x000]";

	for (u32 i = 0; i < 3; i++) {
		name[i] = reg[i];
		name[6 + i] = "0123456789abcdef"[bank >> (8 - 4 * i) & 15];
	}
	memcpy(to, name, sizeof(name));
}

static void s5p_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	u32 bank = bank_of(line), shift = pin_of(line) * CON_BITS;

	(void)c;
	out->has_con = true;
	out->con = bank + CON;
	out->con_mask = CON_FIELD << shift;
	out->con_output = S5P_GPIO_OUTPUT << shift;
	put_name(out->con_name, "CON", bank);
	out->dat = bank + DAT;
	out->dat_mask = 1u << pin_of(line);
	put_name(out->dat_name, "DAT", bank);
	out->width = 4;
}

const struct gpio_ops gpio_s5p_ops = {
	.name = "s5p",
	.lines = S5P_GPIO(WAKEUP_BANKS_END, 0),
	.function_max = CON_FIELD,
	.valid = s5p_valid,
	.direction_output = s5p_direction_output,
	.direction_input = s5p_direction_input,
	.set = s5p_set,
	.get = s5p_get,
	.regs = s5p_regs,
	.set_function = s5p_set_function,
};
