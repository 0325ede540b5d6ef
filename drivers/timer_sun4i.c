/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_sun4i.c - Allwinner's timer block of the A10 and A13.
 *
 * Timer 1 runs free and is the clock, timer 0 ticks; both count the oscillator
 * down.  Registers: Allwinner A10 User Manual, "Timer".
 */
#include "drivers/timer.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

#define IRQ_ENABLE 0x00
#define IRQ_STATUS 0x04 /* cleared by writing 1 */
#define CONTROL(n) (0x10 + 0x10 * (n))
#define INTERVAL(n) (0x14 + 0x10 * (n))
#define CURRENT(n) (0x18 + 0x10 * (n))

#define TICK 0u
#define CLOCK 1u
#define INT(n) (1u << (n))

#define CONTROL_ENABLE 1u
#define CONTROL_RELOAD 2u /* take the interval over now */
#define CONTROL_OSCILLATOR (1u << 2) /* the 24 MHz one, not divided, continuous */

/*
 * A stopped timer takes orders again after two cycles of the oscillator.  That many
 * reads take longer on any bus these blocks hang on.
 */
#define SETTLE_READS 16u

static void stop(struct timer *t, u32 n)
{
	writel(0, t->base + CONTROL(n));
	for (u32 i = 0; i < SETTLE_READS; i++)
		readl(t->base + CURRENT(n));
}

static void start(struct timer *t, u32 n, u32 interval)
{
	writel(interval, t->base + INTERVAL(n));
	writel(CONTROL_OSCILLATOR | CONTROL_RELOAD | CONTROL_ENABLE, t->base + CONTROL(n));
}

static int sun4i_init(struct timer *t)
{
	if (!t->clock) {
		mm_log("timer sun4i: no clock rate; give .clock in the board's row (the "
		       "oscillator's, 24000000)");
		return -EINVAL;
	}
	stop(t, TICK);
	stop(t, CLOCK);
	start(t, CLOCK, ~0u);
	writel(INT(TICK) | INT(CLOCK), t->base + IRQ_STATUS);
	/* The clock's interrupt, once a round, keeps 64 bits from missing one. */
	writel(t->irq >= 0 ? INT(CLOCK) : 0, t->base + IRQ_ENABLE);
	t->rate = t->clock;
	t->bits = 32;
	return 0;
}

static uint64_t sun4i_count(struct timer *t)
{
	return ~readl_relaxed(t->base + CURRENT(CLOCK)); /* it counts down */
}

/* Callers mask interrupts, or nothing else is about to change them. */
static void switch_tick_interrupt(struct timer *t, bool on)
{
	u32 v = readl(t->base + IRQ_ENABLE);

	writel(on ? v | INT(TICK) : v & ~INT(TICK), t->base + IRQ_ENABLE);
}

static void sun4i_tick_stop(struct timer *t)
{
	stop(t, TICK);
	switch_tick_interrupt(t, false);
	writel(INT(TICK), t->base + IRQ_STATUS);
}

static int sun4i_tick_start(struct timer *t, u32 hz)
{
	t->period = t->rate / hz;
	if (!t->period || t->tick_irq < 0) {
		mm_log("timer sun4i: %s; no tick",
		       t->tick_irq < 0 ? "timer 0's interrupt is not in the board's row (.aux)" :
					 "the clock is too slow");
		return -EINVAL;
	}
	sun4i_tick_stop(t);
	start(t, TICK, t->period);
	switch_tick_interrupt(t, true);
	return 0;
}

static u32 sun4i_ack(struct timer *t)
{
	u32 status = readl(t->base + IRQ_STATUS) & (INT(TICK) | INT(CLOCK));

	writel(status, t->base + IRQ_STATUS);
	return (status & INT(TICK) ? TIMER_TICKED : 0) | (status & INT(CLOCK) ? TIMER_WRAPPED : 0);
}

const struct timer_ops timer_sun4i_ops = {
	.name = "sun4i",
	.init = sun4i_init,
	.count = sun4i_count,
	.tick_start = sun4i_tick_start,
	.tick_stop = sun4i_tick_stop,
	.ack = sun4i_ack,
};
