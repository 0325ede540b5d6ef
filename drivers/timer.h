/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer.h - a clock that never goes back, delays, a periodic interrupt.
 *
 * Before timer_init() the clock stands at 0 and delays return at once (said
 * once in the log).
 *
 * Board rows, by driver:
 *   sp804    registers of the dual timer; .irq its combined interrupt, .clock
 *            its rate.  One half is the clock, the other the tick.
 *   generic  the core's generic timer (virtual timer): no registers; .irq its
 *            PPI; .clock only where firmware has left CNTFRQ at 0.
 *   s5p      the PWM timer block: channel 4 is the clock, channel 3 the tick;
 *            .irq is channel 4's interrupt, .aux channel 3's (0: no tick),
 *            .clock the block's input clock.
 *   twd      Cortex-A9 and A5 MPCore: .phys is PERIPHBASE + 0x200, .size 0x500,
 *            which holds the global timer (the clock) and the private one (the
 *            tick); .irq the private timer's, 29 on the GIC; .clock PERIPHCLK.
 *   sun4i    Allwinner's block: timer 1 is the clock, timer 0 the tick; .irq is
 *            timer 1's interrupt, .aux timer 0's (0: no tick), .clock the
 *            oscillator (24000000).
 *   imx-gpt  registers of one GPT; .irq its interrupt, .clock the peripheral
 *            clock (ipg).
 *   omap3    registers of one DMTIMER as OMAP3 has it (and AM33xx's timer 1);
 *            .irq its interrupt, .clock what the loader clocks it with
 *   omap4    the same in the later layout (AM33xx's timers 2 to 7, OMAP4 and 5)
 */
#ifndef DRIVERS_TIMER_H
#define DRIVERS_TIMER_H

#include "mm/types.h"

struct timer;

/** What an interrupt of a timer was about; bits. */
enum { TIMER_TICKED = 1, TIMER_WRAPPED = 2 };

/** struct timer_ops - what an IP block's driver provides */
struct timer_ops {
	const char *name; /* the word in a board's row: "sp804" */
	bool no_registers; /* base is NULL, the row has phys 0 */
	int (*init)(struct timer *t); /* starts the clock, sets @t->rate and @t->bits */
	uint64_t (*count)(struct timer *t); /* counts up, @t->bits wide */
	int (*tick_start)(struct timer *t, u32 hz); /* 0 or -EINVAL */
	void (*tick_stop)(struct timer *t);
	u32 (*ack)(struct timer *t); /* silence the interrupt; TIMER_* of what it was */
};

/**
 * struct timer - one timer block
 * @ops:      its driver, from timer_find()
 * @base:     its registers, or NULL where there are none
 * @clock:    input clock in Hz
 * @irq:      interrupt number, -1 without: then no tick, and a 32-bit clock
 *            must be read at least once per wrap
 * @tick_irq: the tick's own interrupt where it has one, else -1
 * @rate:     counts per second; set by init
 * @bits:     width of the counter, 32 or 64 (one that never wraps); set by init.
 *            A 32-bit one starts at 0 and interrupts when it wraps.
 * @period:   the tick's, in counts; the driver's own
 * @next:     when it is due; the driver's own
 */
struct timer {
	const struct timer_ops *ops;
	void __iomem *base;
	u32 clock;
	int irq;
	int tick_irq;
	u32 rate;
	u32 bits;
	u32 period;
	uint64_t next;
};

/* The drivers, one a file. */
extern const struct timer_ops timer_sp804_ops, timer_generic_ops, timer_s5p_ops, timer_twd_ops,
	timer_sun4i_ops, timer_imx_gpt_ops, timer_omap3_ops, timer_omap4_ops;

/**
 * timer_find() - the driver of that name, or NULL
 * timer_name() - the name of the @i-th driver, NULL past the last
 */
const struct timer_ops *timer_find(const char *name);
const char *timer_name(unsigned int i);

/**
 * timer_init() - start @t and make it the clock
 *
 * Requests @t->irq and @t->tick_irq; when that is refused the clock runs all
 * the same and only timer_tick_start() fails.
 *
 * Return: 0, -EINVAL (no usable clock rate) or -ENODEV (the core has no such
 * timer) with a log line.
 * Context: start-up, after irq_init().
 */
int timer_init(struct timer *t);

/** timer_ticks() - counts since timer_init(), never backwards.  Context: any. */
uint64_t timer_ticks(void);
/** timer_usecs() - microseconds since timer_init().  Context: any. */
uint64_t timer_usecs(void);
/** timer_rate() - counts per second, 0 without a timer. */
u32 timer_rate(void);

/** udelay() - busy for at least @us microseconds.  Context: any. */
void udelay(u32 us);
/** mdelay() - busy for at least @ms milliseconds.  Context: any. */
void mdelay(u32 ms);

/**
 * timer_tick_start() - call @handler @hz times a second from the interrupt
 * @hz:      1..10000
 * @handler: runs with interrupts masked
 *
 * A running tick is replaced.  Return: 0, -EINVAL (rate, no handler) or -ENODEV
 * (no timer, or its interrupt was refused) with a log line.
 * Context: any, also from @handler itself.
 */
int timer_tick_start(u32 hz, void (*handler)(void *arg), void *arg);
/** timer_tick_stop() - no more calls after it returns.  Context: any, also from the handler. */
void timer_tick_stop(void);

#endif
