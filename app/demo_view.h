/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_view.h - the board's LED and buzzer, driven through other mappings.
 *
 * A view is a second set of driver objects for the same hardware: copies of the
 * board's own whose base is another.  The drivers cannot tell.
 */
#ifndef APP_DEMO_VIEW_H
#define APP_DEMO_VIEW_H

#include "drivers/probe.h"

/** struct demo_block - the registers a driver needs, and how they are reached */
struct demo_block {
	const char *name;
	pa_t phys;
	u32 size;
	void __iomem *base;
	bool claimed;
};

/** struct demo_view - a LED, a buzzer or both over @blocks of registers */
struct demo_view {
	struct demo_block block[4]; /* two chips of up to two windows */
	u32 blocks;
	struct gpio_chip led_chip, buzzer_chip;
	struct pwm_chip pwm;
	struct led led;
	struct buzzer buzzer;
	bool has_led, has_buzzer;
};

/**
 * demo_view_static() - over the static rows
 *
 * Return: false when a row is missing: it is said which, and no failure.
 */
bool demo_view_static(struct demo_view *v);

/** demo_view_dynamic() - claimed and freshly mapped.  Return: false (said), nothing held. */
bool demo_view_dynamic(struct demo_view *v);

/** demo_view_drop() - unmap and release what demo_view_dynamic() took. */
void demo_view_drop(struct demo_view *v);

/**
 * demo_view_run() - the drivers at work: LED on and off, buzzer on, off and a
 * short beep, each read back; what the board does not have is left out, and said
 * @witness: the LED's data register by another mapping, or NULL
 */
void demo_view_run(struct demo_view *v, const volatile void __iomem *witness);

/** static_window() - where the static rows show [@phys, @phys + @size), or NULL. */
void __iomem *static_window(pa_t phys, u32 size);

#endif
