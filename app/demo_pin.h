/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_pin.h - the line whose registers the demonstration writes by hand, as
 * the course does: which they are, through which mapping, what is written.
 */
#ifndef APP_DEMO_PIN_H
#define APP_DEMO_PIN_H

#include "drivers/gpio.h"

/** Its registers; blocks without one of them have no name for it. */
enum { PIN_CON, PIN_DAT, PIN_SET, PIN_CLR, PIN_REGS };

/** struct demo_pin - a line, and each of its registers through the static window */
struct demo_pin {
	const char *name;
	struct gpio_chip *chip;
	u32 line;
	bool active_low;
	struct gpio_regs regs;
	struct demo_pin_reg {
		const char *name; /* NULL: the block has none */
		pa_t pa;
		void __iomem *at; /* NULL: no static row covers it */
	} reg[PIN_REGS];
};

/** demo_pin_look() - fill @p in.  Return: is there such a line? */
bool demo_pin_look(struct demo_pin *p, const char *name, struct gpio_chip *chip, u32 line,
		   bool active_low);

/** demo_pin_static() - where the static window shows the registers. */
void demo_pin_static(const struct demo_pin *p, void __iomem *at[PIN_REGS]);

/** demo_pin_map() - claim and map one register.  Return: NULL (said), nothing held. */
void __iomem *demo_pin_map(const struct demo_pin *p, u32 reg);
/** demo_pin_unmap() - undo it. */
void demo_pin_unmap(const struct demo_pin *p, u32 reg, void __iomem *at);

/** demo_pin_map_each() - every register by itself.  Return: false (said), nothing held. */
bool demo_pin_map_each(const struct demo_pin *p, void __iomem *at[PIN_REGS]);
/** demo_pin_unmap_each() - undo it, the last one first. */
void demo_pin_unmap_each(const struct demo_pin *p, void __iomem *const at[PIN_REGS]);

/** demo_pin_make_output() - write the direction register at @con and check it. */
void demo_pin_make_output(const struct demo_pin *p, void __iomem *con);

/**
 * demo_pin_across() - write the level through one mapping, read it through another
 * @by:   the registers to write by
 * @seen: the data register to look at, @by's own or another
 * @what: what is checked by it
 */
void demo_pin_across(const struct demo_pin *p, bool on, void __iomem *const by[PIN_REGS],
		     void __iomem *seen, const char *what);

#endif
