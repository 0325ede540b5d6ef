/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakeuarts.h - fakes of the UARTs of real boards, and how they
 * misbehave.
 *
 * Written from the blocks' manuals, not from the drivers.  What a manual forbids,
 * a character that is cut and one that is sent into nothing fail the test.
 */
#ifndef FAKEUARTS_H
#define FAKEUARTS_H

#include "fakeblocks.h"

/**
 * struct fake_port - any UART: the wire and FIFOs of struct fake_uart, and a block
 *
 * The fakes of fakeblocks.h fit in too: fake_port() of one of them.  Time passes by
 * one with each access.
 */
struct fake_port {
	struct fake_uart u; /* u.divisor: input clocks a bit takes, 0 while it is off */
	bool (*irq)(const struct fake_port *p);
	void (*heard)(struct fake_port *p); /* a character came in */
	u32 stride;
	u32 reg[64];

	/* misbehaviour, set by a test */
	bool stalled; /* no bit clock: what is inside never leaves */
	bool cts_off; /* the far end says no: with flow control nothing leaves */
	bool never_resets; /* a reset that does not end */
	bool half_there; /* i.MX: ready, but the character is not (CHARRDY) */
	bool level_latch; /* Cadence: ISR is set as long as, not when */
	u32 incoming; /* accesses until a character is complete that is coming in */
	bool chatter; /* and then the next one comes, for ever */
	bool no_fifos; /* 8250, 16450: FCR takes nothing */
	bool deaf_lcr; /* LCR takes nothing */
	bool stale_timeout; /* DesignWare: a time-out without a character */

	/* the block's own */
	bool dw, omap;
	bool busy_irq;
	u32 resetting; /* looks until the reset is over */
};

void fake_8250(struct fake_port *p, va_t base, u32 stride);
void fake_dw_apb(struct fake_port *p, va_t base, u32 stride);
void fake_omap_uart(struct fake_port *p, va_t base);
void fake_imx_uart(struct fake_port *p, va_t base);
void fake_cadence_uart(struct fake_port *p, va_t base);
void fake_bcm2835_aux(struct fake_port *p, va_t base);

/** The other side sends @s. */
void fake_port_receive(struct fake_port *p, const char *s);
/** Is the port's interrupt line raised? */
bool fake_port_irq(const struct fake_port *p);
/** Lets the port send what it holds. */
void fake_port_settle(struct fake_port *p);

#endif
