/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/probe.h - from a board's rows to live drivers, and how to find them.
 *
 * Registers are reached by ioremap(), which serves a static row where the board
 * has one.  Console, timer and interrupt controller claim theirs with
 * request_mem_region(); GPIO and PWM blocks and reset registers do not, so that
 * a lesson may claim single registers of them.
 *
 * .phys2 of a "pl192" row is the second controller; .aux says how many there
 * are (0: 1, or 2 when .phys2 is given), all at the distance of the first two.
 */
#ifndef DRIVERS_PROBE_H
#define DRIVERS_PROBE_H

#include "drivers/buzzer.h"
#include "drivers/device.h"
#include "drivers/gpio.h"
#include "drivers/key.h"
#include "drivers/led.h"
#include "drivers/pwm.h"

/** Rows of a board that are looked at. */
#define PROBE_ROWS 64u
/** Devices of a kind that are served. */
#define PROBE_GPIOS 8u
#define PROBE_PWMS 4u
#define PROBE_LEDS 16u
#define PROBE_BUZZERS 4u
#define PROBE_KEYS 16u

/** The console's rate. */
#define CONSOLE_BAUD 115200u

/**
 * devices_probe() - bring up every device of the board
 * @rows, @n: the board's table; must stay valid
 *
 * In this order, whatever the table's: interrupt controller, timer, console,
 * GPIO, PWM, LEDs, buzzers, keys, reset.  A row that cannot be served is
 * reported (row, reason, way out) and passed over; the others still work.
 *
 * Return: how many rows failed.  Context: once, after static_rows_init() and
 * ioremap_init(), interrupts masked.
 */
unsigned int devices_probe(const struct device_desc *rows, unsigned int n);

/** The @i-th of its kind that was probed, in table order; NULL past the last. */
struct gpio_chip *device_gpio(unsigned int i);
struct pwm_chip *device_pwm(unsigned int i);
struct led *device_led(unsigned int i);
struct buzzer *device_buzzer_at(unsigned int i);
struct key *device_key(unsigned int i);

/** The one with that row name, or NULL. */
struct gpio_chip *device_gpio_by_name(const char *name);
struct pwm_chip *device_pwm_by_name(const char *name);
struct led *device_led_by_name(const char *name);
struct buzzer *device_buzzer_by_name(const char *name);
struct key *device_key_by_name(const char *name);

/** device_buzzer() - the first buzzer, or NULL. */
struct buzzer *device_buzzer(void);

/** device_desc_at() - the @i-th row of the board's table, NULL past the last. */
const struct device_desc *device_desc_at(unsigned int i);
/** device_desc_of() - the row of that name, or NULL. */
const struct device_desc *device_desc_of(const char *name);
/** device_live() - was that row brought up? */
bool device_live(const struct device_desc *row);
/** device_class_name() - "console", "gpio", ... */
const char *device_class_name(u32 class);
/** devices_show() - every row and whether it is live, through mm_log(). */
void devices_show(void);

#endif
