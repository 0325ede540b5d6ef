/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/buzzer.c - a buzzer, on a GPIO line or on a PWM channel.
 */
#include "drivers/buzzer.h"

#include <errno.h>

#include "drivers/timer.h"
#include "mm/log.h"

#define USECS_PER_SEC 1000000u

static int set_level(struct buzzer *b, bool on)
{
	return gpio_set(b->gpio, b->line, on != b->active_low);
}

static int check_hz(const struct buzzer *b, u32 hz)
{
	if (hz >= BUZZER_MIN_HZ && hz <= BUZZER_MAX_HZ)
		return 0;
	mm_log("%s: %u Hz; a tone is %u to %u Hz", b->name, hz, BUZZER_MIN_HZ, BUZZER_MAX_HZ);
	return -EINVAL;
}

int buzzer_init(struct buzzer *b)
{
	if (b->pwm)
		return pwm_stop(b->pwm, b->line);
	return gpio_direction_output(b->gpio, b->line, b->active_low);
}

int buzzer_set(struct buzzer *b, bool on)
{
	if (!b->pwm)
		return set_level(b, on);
	return on ? buzzer_on(b, BUZZER_DEFAULT_HZ) : buzzer_off(b);
}

int buzzer_on(struct buzzer *b, u32 hz)
{
	if (check_hz(b, hz))
		return -EINVAL;
	if (!b->pwm) {
		mm_log("%s: a GPIO line cannot hold a tone by itself; beep for a time instead",
		       b->name);
		return -EOPNOTSUPP;
	}
	return pwm_start(b->pwm, b->line, hz, PWM_DUTY_FULL / 2);
}

int buzzer_off(struct buzzer *b)
{
	return b->pwm ? pwm_stop(b->pwm, b->line) : set_level(b, false);
}

static int beep_pwm(struct buzzer *b, u32 hz, u32 ms)
{
	int err = buzzer_on(b, hz);

	if (err)
		return err;
	mdelay(ms);
	return buzzer_off(b);
}

static void wait_until(uint64_t usecs)
{
	while (timer_usecs() < usecs)
		;
}

static int beep_gpio(struct buzzer *b, u32 hz, u32 ms)
{
	const uint64_t start = timer_usecs(), length = (uint64_t)ms * 1000;
	uint64_t due = 0;
	int err = 0;

	/* Each edge has its time from the start: what one is late does not make
	 * the tone lower. */
	for (u32 i = 0; due < length && !err; i++) {
		wait_until(start + due);
		err = set_level(b, !(i & 1));
		due = (uint64_t)(i + 1) * USECS_PER_SEC / 2 / hz;
	}
	if (err)
		return err;
	wait_until(start + length);
	return set_level(b, false);
}

int buzzer_beep(struct buzzer *b, u32 hz, u32 ms)
{
	if (check_hz(b, hz))
		return -EINVAL;
	if (!ms || ms > BUZZER_MAX_MS) {
		mm_log("%s: %u ms; a beep is 1 to %u ms", b->name, ms, BUZZER_MAX_MS);
		return -EINVAL;
	}
	if (!timer_rate()) {
		mm_log("%s: a beep needs a clock; add a DEV_TIMER row to the board", b->name);
		return -EINVAL;
	}
	return b->pwm ? beep_pwm(b, hz, ms) : beep_gpio(b, hz, ms);
}

int buzzer_get(struct buzzer *b)
{
	int level;

	if (b->pwm)
		return -EOPNOTSUPP;
	level = gpio_get(b->gpio, b->line);
	return level < 0 ? level : level != b->active_low;
}
