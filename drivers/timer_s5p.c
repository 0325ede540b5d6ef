/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_s5p.c - clock and tick from the S5P PWM timer block.
 *
 * Channel 4, which has no output pin, is the clock; channel 3 ticks.  Both run
 * at clock / 2 / 16, which leaves a prescaler of 2 to the PWM channel beside them.
 */
#include "drivers/timer.h"

#include <errno.h>

#include "drivers/s5p_pwm_regs.h"
#include "mm/io.h"
#include "mm/log.h"

#define CLOCK_CH 4u
#define TICK_CH 3u
#define PRESCALER 1u /* divides by one more */
#define DIVIDER 4u /* a power of two */
#define RATE_DIVISOR ((PRESCALER + 1) << DIVIDER)

/* Callers mask interrupts, or run in the interrupt. */
static void change(void __iomem *reg, u32 clear, u32 set)
{
	writel((readl(reg) & ~clear) | set, reg);
}

/* Enables may be changed without losing a status bit that waits. */
static void change_interrupts(struct timer *t, u32 clear, u32 set)
{
	u32 v = readl(t->base + TINT_CSTAT) & TINT_ENABLES;

	writel((v & ~clear) | set, t->base + TINT_CSTAT);
}

static int s5p_init(struct timer *t)
{
	const u32 con4 = TCON_SHIFT(CLOCK_CH);
	u32 flags;

	if (t->clock < RATE_DIVISOR) {
		mm_log("timer s5p: no usable clock rate (%u Hz); give .clock in the board's row",
		       t->clock);
		return -EINVAL;
	}
	flags = irq_save();
	change(t->base + TCON, TCON4_FIELD << con4 | TCON_FIELD << TCON_SHIFT(TICK_CH), 0);
	change(t->base + TCFG0, 0xffu << TCFG0_PRESCALER(CLOCK_CH),
	       PRESCALER << TCFG0_PRESCALER(CLOCK_CH));
	change(t->base + TCFG1, 15u << TCFG1_DIVIDER(CLOCK_CH) | 15u << TCFG1_DIVIDER(TICK_CH),
	       DIVIDER << TCFG1_DIVIDER(CLOCK_CH) | DIVIDER << TCFG1_DIVIDER(TICK_CH));
	writel(~0u, t->base + TCNTB(CLOCK_CH));
	/* The counter takes TCNTB by the update bit, which must be 0 again before
	 * the start. */
	change(t->base + TCON, 0, TCON_UPDATE << con4);
	change(t->base + TCON, TCON_UPDATE << con4, (TCON_START | TCON4_RELOAD) << con4);
	/* The clock's interrupt, once a round, keeps 64 bits from missing one. */
	change_interrupts(t, TINT_ENABLE(TICK_CH) | TINT_ENABLE(CLOCK_CH),
			  TINT_STATUS(TICK_CH) | TINT_STATUS(CLOCK_CH) |
				  (t->irq >= 0 ? TINT_ENABLE(CLOCK_CH) : 0));
	irq_restore(flags);
	t->rate = t->clock / RATE_DIVISOR;
	t->bits = 32;
	return 0;
}

static uint64_t s5p_count(struct timer *t)
{
	return ~readl_relaxed(t->base + TCNTO4); /* it counts down */
}

static int s5p_tick_start(struct timer *t, u32 hz)
{
	const u32 con3 = TCON_SHIFT(TICK_CH);
	u32 flags;

	t->period = t->rate / hz;
	if (!t->period || t->tick_irq < 0) {
		mm_log("timer s5p: %s; no tick",
		       t->tick_irq < 0 ? "channel 3's interrupt is not in the board's row (.aux)" :
					 "the clock is too slow");
		return -EINVAL;
	}
	flags = irq_save();
	writel(t->period, t->base + TCNTB(TICK_CH));
	writel(0, t->base + TCMPB(TICK_CH));
	change(t->base + TCON, TCON_FIELD << con3, TCON_UPDATE << con3);
	change(t->base + TCON, TCON_UPDATE << con3, (TCON_START | TCON_RELOAD) << con3);
	change_interrupts(t, 0, TINT_STATUS(TICK_CH) | TINT_ENABLE(TICK_CH));
	irq_restore(flags);
	return 0;
}

static void s5p_tick_stop(struct timer *t)
{
	u32 flags = irq_save();

	change(t->base + TCON, TCON_FIELD << TCON_SHIFT(TICK_CH), 0);
	change_interrupts(t, TINT_ENABLE(TICK_CH), TINT_STATUS(TICK_CH));
	irq_restore(flags);
}

static u32 s5p_ack(struct timer *t)
{
	u32 status = readl(t->base + TINT_CSTAT);
	u32 mine = status & (TINT_STATUS(TICK_CH) | TINT_STATUS(CLOCK_CH));

	writel((status & TINT_ENABLES) | mine, t->base + TINT_CSTAT);
	return (mine & TINT_STATUS(TICK_CH) ? TIMER_TICKED : 0) |
	       (mine & TINT_STATUS(CLOCK_CH) ? TIMER_WRAPPED : 0);
}

const struct timer_ops timer_s5p_ops = {
	.name = "s5p",
	.init = s5p_init,
	.count = s5p_count,
	.tick_start = s5p_tick_start,
	.tick_stop = s5p_tick_stop,
	.ack = s5p_ack,
};
