/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/soc.h - what BL1 asks of a chip: board/SOC/ answers.
 *
 * In the order of the calls.  Every wait in them is bounded.
 */
#ifndef BOOT_BL1_SOC_H
#define BOOT_BL1_SOC_H

#include "drivers/device.h"
#include "drivers/gpio.h"
#include "mm/map.h"

/** The chip's GPIO block: the LEDs of the board's table are lines of it. */
extern const struct gpio_ops *const soc_gpio_ops;

/** soc_hold_power() - first of all: keep the supply on, stop the watchdog. */
void soc_hold_power(void);

/**
 * soc_clocks() - PLLs, dividers, and the timer behind soc_delay_us()
 * @console: Hz at the console's UART, if it is not what the board's row says; else 0
 * Return: NULL, or the name of the PLL that does not lock; the chip then runs
 * from its crystal.
 */
const char *soc_clocks(u32 *console);

/** soc_console_pins() - hand the pins to the UART of that row. */
void soc_console_pins(const struct device_desc *row);

/** soc_delay_us() - wait; after soc_clocks() exact to some percent. */
void soc_delay_us(u32 us);

/**
 * soc_dram() - the controllers, so that RAM is where the board's rows say
 * Return: 0, or a negative errno, and a log line says why.
 */
int soc_dram(const struct map_desc *rows, u32 n);

/** soc_boot_channel() - the SD channel the boot ROM took BL1 from; -1: from none, logged. */
int soc_boot_channel(void);

/**
 * soc_read_card() - sectors from the card
 * @again: set the card up anew before
 * Return: true if all came.
 */
bool soc_read_card(int channel, u32 sector, u32 sectors, void *to, bool again);

/** soc_leave() - before the image is entered: what had to wait for the card to be read. */
void soc_leave(void);

#endif
