/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/pwm.c - a square wave in counts, its ranges, and its output pin.
 */
#include "drivers/pwm.h"

#include <errno.h>
#include <string.h>

#include "mm/log.h"

static const struct pwm_ops *const drivers[] = { &pwm_s5p_ops };

const char *pwm_name(unsigned int i)
{
	return i < ARRAY_SIZE(drivers) ? drivers[i]->name : NULL;
}

const struct pwm_ops *pwm_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i]->name, name))
			return drivers[i];
	return NULL;
}

static int check_channel(const struct pwm_chip *c, u32 channel, const char *who)
{
	if (channel < c->ops->channels)
		return 0;
	mm_log("%s: %s has no channel %u; its channels are 0 to %u", who, c->name, channel,
	       c->ops->channels - 1);
	return -EINVAL;
}

int pwm_start(struct pwm_chip *c, u32 channel, u32 hz, u32 duty)
{
	u32 rate, period, high;

	if (check_channel(c, channel, "pwm_start"))
		return -EINVAL;
	if (duty > PWM_DUTY_FULL) {
		mm_log("pwm_start: %s: duty %u/1000; it is 0 to 1000", c->name, duty);
		return -EINVAL;
	}
	rate = c->ops->rate(c, channel);
	/* Two counts a period are the least that has a high and a low part. */
	if (!hz || hz > rate / 2) {
		mm_log("pwm_start: %s: %u Hz; channel %u counts at %u Hz and makes 1 to %u Hz",
		       c->name, hz, channel, rate, rate / 2);
		return -EINVAL;
	}
	period = (rate + hz / 2) / hz;
	high = (u32)((uint64_t)period * duty / PWM_DUTY_FULL);
	c->ops->start(c, channel, period, high);
	if (c->pins)
		gpio_set_function(c->pins, c->pin, c->ops->pin_function);
	return 0;
}

int pwm_stop(struct pwm_chip *c, u32 channel)
{
	if (check_channel(c, channel, "pwm_stop"))
		return -EINVAL;
	/* The pin first: a channel that stops holds whatever level it had. */
	if (c->pins)
		gpio_direction_output(c->pins, c->pin, false);
	c->ops->stop(c, channel);
	return 0;
}
