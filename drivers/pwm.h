/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/pwm.h - a square wave made by hardware.
 *
 * Board rows: a row serves the one output pin that the board wires.  .clock is
 * the block's input clock, .aux the GPIO line of the output pin plus one, in
 * the board's first DEV_GPIO row (0: the pin needs no switching).
 */
#ifndef DRIVERS_PWM_H
#define DRIVERS_PWM_H

#include "drivers/gpio.h"

/** Duty cycles are in thousandths of the period. */
#define PWM_DUTY_FULL 1000u

struct pwm_chip;

/** struct pwm_ops - what an IP block's driver provides; arguments are checked before */
struct pwm_ops {
	const char *name; /* the word in a board's row: "s5p" */
	u32 channels;
	u32 pin_function; /* what gpio_set_function() gives the output pin */
	u32 (*rate)(struct pwm_chip *c, u32 channel); /* counts per second */
	void (*start)(struct pwm_chip *c, u32 channel, u32 period, u32 high); /* counts */
	void (*stop)(struct pwm_chip *c, u32 channel);
};

/**
 * struct pwm_chip - one PWM block
 * @ops:   its driver, from pwm_find()
 * @base:  its registers
 * @name:  for messages
 * @clock: input clock in Hz
 * @pins:  chip of the output pin, or NULL
 * @pin:   its line there
 */
struct pwm_chip {
	const struct pwm_ops *ops;
	void __iomem *base;
	const char *name;
	u32 clock;
	struct gpio_chip *pins;
	u32 pin;
};

/* The drivers, one a file. */
extern const struct pwm_ops pwm_s5p_ops;

/**
 * pwm_find() - the driver of that name, or NULL
 * pwm_name() - the name of the @i-th driver, NULL past the last
 */
const struct pwm_ops *pwm_find(const char *name);
const char *pwm_name(unsigned int i);

/**
 * pwm_start() - a square wave on @channel, and the output pin to it
 * @hz:   frequency
 * @duty: the high part, 0..PWM_DUTY_FULL
 *
 * A running channel takes the new figures at its next period, without a glitch.
 *
 * Return: 0 or -EINVAL (channel, frequency, duty) with a log line, nothing
 * changed.  Context: any.
 */
int pwm_start(struct pwm_chip *c, u32 channel, u32 hz, u32 duty);

/** pwm_stop() - output pin low, channel off.  Return: 0 or -EINVAL. */
int pwm_stop(struct pwm_chip *c, u32 channel);

#endif
