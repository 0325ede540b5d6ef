/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/key.h - a push button on a GPIO line.
 */
#ifndef DRIVERS_KEY_H
#define DRIVERS_KEY_H

#include "drivers/gpio.h"

/** struct key - one button; @active_low: pressed when the line is low */
struct key {
	const char *name;
	struct gpio_chip *chip;
	u32 line;
	bool active_low;
};

/** key_init() - make the line an input.  Return: 0, -EINVAL or -EOPNOTSUPP (logged). */
int key_init(struct key *k);
/** key_pressed() - 1 pressed, 0 not, or -EINVAL.  No debouncing.  Context: any. */
int key_pressed(struct key *k);

#endif
