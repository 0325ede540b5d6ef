/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_sp804.c - ARM Dual-Timer Module (SP804).
 *
 * The first half runs free and is the clock; the second one ticks.  Both share
 * one interrupt.  Registers: ARM DDI 0271, chapter 3.
 */
#include "drivers/timer.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

#define HALF_CLOCK 0x00
#define HALF_TICK 0x20

#define TIMERLOAD 0x00
#define TIMERVALUE 0x04
#define TIMERCONTROL 0x08
#define TIMERINTCLR 0x0c
#define TIMERMIS 0x14

#define CONTROL_32BIT (1u << 1)
#define CONTROL_INT (1u << 5)
#define CONTROL_PERIODIC (1u << 6)
#define CONTROL_ENABLE (1u << 7)

static int sp804_init(struct timer *t)
{
	void __iomem *clk = t->base + HALF_CLOCK;

	if (!t->clock) {
		mm_log("timer sp804: no clock rate; give .clock in the board's row");
		return -EINVAL;
	}
	writel(0, t->base + HALF_TICK + TIMERCONTROL);
	writel(1, t->base + HALF_TICK + TIMERINTCLR);
	writel(0, clk + TIMERCONTROL);
	writel(~0u, clk + TIMERLOAD);
	writel(1, clk + TIMERINTCLR);
	/* Its interrupt, once a round, keeps the 64-bit clock from missing one. */
	writel(CONTROL_ENABLE | CONTROL_32BIT | (t->irq >= 0 ? CONTROL_INT : 0),
	       clk + TIMERCONTROL);
	t->rate = t->clock;
	t->bits = 32;
	return 0;
}

static uint64_t sp804_count(struct timer *t)
{
	return ~readl_relaxed(t->base + HALF_CLOCK + TIMERVALUE); /* it counts down */
}

static int sp804_tick_start(struct timer *t, u32 hz)
{
	void __iomem *tick = t->base + HALF_TICK;

	t->period = t->clock / hz;
	if (!t->period) {
		mm_log("timer sp804: cannot tick %u times a second at %u Hz", hz, t->clock);
		return -EINVAL;
	}
	writel(0, tick + TIMERCONTROL);
	writel(1, tick + TIMERINTCLR);
	writel(t->period, tick + TIMERLOAD);
	writel(CONTROL_ENABLE | CONTROL_PERIODIC | CONTROL_INT | CONTROL_32BIT,
	       tick + TIMERCONTROL);
	return 0;
}

static void sp804_tick_stop(struct timer *t)
{
	writel(0, t->base + HALF_TICK + TIMERCONTROL);
	writel(1, t->base + HALF_TICK + TIMERINTCLR);
}

static u32 sp804_ack(struct timer *t)
{
	u32 what = 0;

	if (readl(t->base + HALF_TICK + TIMERMIS)) {
		writel(1, t->base + HALF_TICK + TIMERINTCLR);
		what |= TIMER_TICKED;
	}
	if (readl(t->base + HALF_CLOCK + TIMERMIS)) {
		writel(1, t->base + HALF_CLOCK + TIMERINTCLR);
		what |= TIMER_WRAPPED;
	}
	return what;
}

const struct timer_ops timer_sp804_ops = {
	.name = "sp804",
	.init = sp804_init,
	.count = sp804_count,
	.tick_start = sp804_tick_start,
	.tick_stop = sp804_tick_stop,
	.ack = sp804_ack,
};
