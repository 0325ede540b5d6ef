/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/buzzer.h - a buzzer, on a GPIO line or on a PWM channel.
 *
 * On a line the tone is made by toggling it between delays, so it lasts as long
 * as the call; a PWM channel sounds on its own until it is told to stop.
 */
#ifndef DRIVERS_BUZZER_H
#define DRIVERS_BUZZER_H

#include "drivers/gpio.h"
#include "drivers/pwm.h"

/** What a buzzer is asked for: audible, and not for ever. */
#define BUZZER_MIN_HZ 20u
#define BUZZER_MAX_HZ 20000u
#define BUZZER_MAX_MS 10000u
/** The tone of buzzer_set() on a PWM channel. */
#define BUZZER_DEFAULT_HZ 2000u

/**
 * struct buzzer - one buzzer, with either @gpio or @pwm
 * @name:       for messages
 * @gpio:       the chip of its line, or NULL
 * @pwm:        the block of its channel, or NULL
 * @line:       GPIO line or PWM channel
 * @active_low: sounds when the line is low (GPIO only)
 */
struct buzzer {
	const char *name;
	struct gpio_chip *gpio;
	struct pwm_chip *pwm;
	u32 line;
	bool active_low;
};

/** buzzer_init() - silent.  Return: 0 or -EINVAL (logged). */
int buzzer_init(struct buzzer *b);

/**
 * buzzer_set() - plain on or off: the line's level, or a tone of
 * BUZZER_DEFAULT_HZ on a PWM channel
 * Return: 0 or -EINVAL.  Context: any.
 */
int buzzer_set(struct buzzer *b, bool on);

/**
 * buzzer_on() - start a tone and return
 * @hz: BUZZER_MIN_HZ..BUZZER_MAX_HZ
 *
 * Return: 0, -EINVAL (out of range) or -EOPNOTSUPP (a GPIO line cannot hold a
 * tone by itself) with a log line.  Context: any.
 */
int buzzer_on(struct buzzer *b, u32 hz);
/** buzzer_off() - silent.  Return: 0 or -EINVAL.  Context: any. */
int buzzer_off(struct buzzer *b);

/**
 * buzzer_beep() - a tone of @hz for @ms milliseconds, then silence
 * @hz: BUZZER_MIN_HZ..BUZZER_MAX_HZ
 * @ms: 1..BUZZER_MAX_MS
 *
 * Return when it is over: 0, -EINVAL (range, no clock) with a log line.
 * Context: not an interrupt handler.
 */
int buzzer_beep(struct buzzer *b, u32 hz, u32 ms);

/** buzzer_get() - 1 driven, 0 silent, read back from the line; -EOPNOTSUPP on PWM. */
int buzzer_get(struct buzzer *b);

#endif
