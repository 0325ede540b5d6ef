/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/led.c - a LED on a GPIO line.
 */
#include "drivers/led.h"

int led_init(struct led *l)
{
	return gpio_direction_output(l->chip, l->line, l->active_low);
}

int led_set(struct led *l, bool on)
{
	return gpio_set(l->chip, l->line, on != l->active_low);
}

int led_get(struct led *l)
{
	int level = gpio_get(l->chip, l->line);

	return level < 0 ? level : level != l->active_low;
}

int led_toggle(struct led *l)
{
	int on = led_get(l);
	int err;

	if (on < 0)
		return on;
	err = led_set(l, !on);
	return err ? err : !on;
}
