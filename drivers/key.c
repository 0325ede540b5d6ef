/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/key.c - a push button on a GPIO line.
 */
#include "drivers/key.h"

int key_init(struct key *k)
{
	return gpio_direction_input(k->chip, k->line);
}

int key_pressed(struct key *k)
{
	int level = gpio_get(k->chip, k->line);

	return level < 0 ? level : level != k->active_low;
}
