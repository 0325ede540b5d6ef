/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon.h - the console before the MMU is on.
 *
 * One of drivers/earlycon_*.c is linked per board, the one of the driver that its
 * DEV_CONSOLE row names, into the part that runs before SCTLR.M:
 * position-independent, no pointer in data, no library call, only aligned
 * accesses.  It works on a port that no boot loader has touched, given that clock
 * and pins are on.
 */
#ifndef DRIVERS_EARLYCON_H
#define DRIVERS_EARLYCON_H

#include "mm/types.h"

/** What every early console speaks: 8N1 at this rate. */
#define EARLYCON_BAUD 115200u

/**
 * earlycon_init() - set the port up: 115200 baud, 8N1
 * @base:  the registers, at the address the core reaches them at now (physical
 *         while the MMU is off)
 * @clock: input clock in Hz; 0, or one that cannot be divided down to the rate,
 *         leaves the port as the loader set it up
 * @aux:   the row's .aux (drivers/uart.h says what it means to each driver)
 *
 * Waits until the transmitter is idle before it changes anything; a port that
 * sends without end is set up all the same.
 */
void earlycon_init(pa_t base, u32 clock, u32 aux);

/** earlycon_putc() - send one character, "\n" as "\r\n"; waits for room. */
void earlycon_putc(pa_t base, char c);

/** Looks at a status before it is taken to stay so (drivers/uart.h has the reason). */
#define EARLYCON_PATIENCE (1u << 20)

/**
 * earlycon_divisor() - @clock / (@scale * 115200), rounded; 0 where the rate would
 * be wrong by more than 3 %
 *
 * @scale is a constant, so that no division is left for a library.
 */
static inline u32 earlycon_divisor(u32 clock, const u32 scale)
{
	const u32 unit = scale * EARLYCON_BAUD;
	u32 div = (clock + unit / 2) / unit;
	u32 got = div * unit;
	u32 off = clock > got ? clock - got : got - clock;

	return off <= got / 100 * 3 ? div : 0;
}

#endif
