/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_twd.c - the timers in the private region of a Cortex-A9 (or A5)
 * MPCore: its global timer is the clock, the core's private timer ticks.
 *
 * Registers: Cortex-A9 MPCore TRM (DDI 0407), 4.2 private timer, 4.4 global timer.
 * The window begins at the global timer, as the reader of a row sees it 0x200 into
 * the region, and ends behind the private one: nothing else is in between.
 */
#include "drivers/timer.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

#define GLOBAL_COUNTER_LOW 0x00
#define GLOBAL_COUNTER_HIGH 0x04
#define GLOBAL_CONTROL 0x08

#define PRIVATE_LOAD 0x400
#define PRIVATE_CONTROL 0x408
#define PRIVATE_STATUS 0x40c /* bit 0: reached zero; cleared by writing 1 */

/* Either control register; the prescaler in bits 15:8 stays 0: divide by one. */
#define CONTROL_ENABLE 1u
#define CONTROL_RELOAD 2u
#define CONTROL_INT 4u

static int twd_init(struct timer *t)
{
	if (!t->clock) {
		mm_log("timer twd: no clock rate; give .clock in the board's row (PERIPHCLK, often "
		       "half of the core's)");
		return -EINVAL;
	}
	writel(0, t->base + PRIVATE_CONTROL);
	writel(1, t->base + PRIVATE_STATUS);
	/* The counter may be written only while it stands. */
	writel(0, t->base + GLOBAL_CONTROL);
	writel(0, t->base + GLOBAL_COUNTER_LOW);
	writel(0, t->base + GLOBAL_COUNTER_HIGH);
	writel(CONTROL_ENABLE, t->base + GLOBAL_CONTROL);
	t->rate = t->clock;
	t->bits = 64;
	return 0;
}

/* Two words of one counter: again, if the upper one moved meanwhile. */
static uint64_t twd_count(struct timer *t)
{
	u32 high = readl_relaxed(t->base + GLOBAL_COUNTER_HIGH), low, before;

	do {
		before = high;
		low = readl_relaxed(t->base + GLOBAL_COUNTER_LOW);
		high = readl_relaxed(t->base + GLOBAL_COUNTER_HIGH);
	} while (high != before);
	return (uint64_t)high << 32 | low;
}

static int twd_tick_start(struct timer *t, u32 hz)
{
	t->period = t->rate / hz;
	if (!t->period) {
		mm_log("timer twd: cannot tick %u times a second at %u Hz", hz, t->rate);
		return -EINVAL;
	}
	writel(0, t->base + PRIVATE_CONTROL);
	writel(1, t->base + PRIVATE_STATUS);
	writel(t->period - 1, t->base + PRIVATE_LOAD); /* zero counts as well */
	writel(CONTROL_ENABLE | CONTROL_RELOAD | CONTROL_INT, t->base + PRIVATE_CONTROL);
	return 0;
}

static void twd_tick_stop(struct timer *t)
{
	writel(0, t->base + PRIVATE_CONTROL);
	writel(1, t->base + PRIVATE_STATUS);
}

static u32 twd_ack(struct timer *t)
{
	if (!readl(t->base + PRIVATE_STATUS))
		return 0;
	writel(1, t->base + PRIVATE_STATUS);
	return TIMER_TICKED;
}

const struct timer_ops timer_twd_ops = {
	.name = "twd",
	.init = twd_init,
	.count = twd_count,
	.tick_start = twd_tick_start,
	.tick_stop = twd_tick_stop,
	.ack = twd_ack,
};
