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

static int beep_gpio(struct buzzer *b, u32 hz, u32 ms)
{
	const uint64_t until = timer_usecs() + (uint64_t)ms * 1000;
	const u32 half = USECS_PER_SEC / 2 / hz;
	int err = 0;

	while (!err && timer_usecs() < until) {
		err = set_level(b, true);
		udelay(half);
		if (!err)
			err = set_level(b, false);
		udelay(half);
	}
	return err;
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
