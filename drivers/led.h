/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/led.h - a LED on a GPIO line.
 *
 * It sees a chip and a line: which registers, and mapped how, is the chip's
 * affair.  Context of every function: any.
 */
#ifndef DRIVERS_LED_H
#define DRIVERS_LED_H

#include "drivers/gpio.h"

/** struct led - one LED; @active_low: lit when the line is low */
struct led {
	const char *name;
	struct gpio_chip *chip;
	u32 line;
	bool active_low;
};

/** led_init() - make the line an output, LED dark.  Return: 0 or -EINVAL (logged). */
int led_init(struct led *l);
/** led_set() - lit or dark.  Return: 0 or -EINVAL. */
int led_set(struct led *l, bool on);
/** led_get() - 1 lit, 0 dark, read back from the register; or -EINVAL. */
int led_get(struct led *l);
/** led_toggle() - the other state.  Return: the new state (0, 1) or -EINVAL. */
int led_toggle(struct led *l);

#endif
