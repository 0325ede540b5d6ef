/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_omap.c - TI's dual-mode timer (DMTIMER), in the two layouts that
 * its registers have had.
 *
 * One counter runs free and is the clock; the tick is its match register, set one
 * period further each time.  Registers: "omap4" AM335x Technical Reference Manual
 * (SPRUH73), 20.1.5; "omap3" the same manual's 20.2.4, which is OMAP3's block.
 */
#include "drivers/timer.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"
#include "seam.h"

/* Interrupts: status is cleared by writing 1. */
#define OMAP3_STATUS 0x18
#define OMAP3_ENABLE 0x1c
#define OMAP4_STATUS 0x28
#define OMAP4_ENABLE_SET 0x2c
#define OMAP4_ENABLE_CLEAR 0x30

/* The others, as the OMAP3 has them; later ones have them further on. */
#define TCLR 0x24
#define TCRR 0x28
#define TLDR 0x2c
#define TMAR 0x38
#define TSICR 0x40
#define OMAP4_SHIFT 0x14

#define TCLR_START 1u
#define TCLR_RELOAD 2u
#define TCLR_COMPARE (1u << 6)

#define INT_MATCH 1u
#define INT_OVERFLOW 2u
#define INT_ALL 7u

static bool is_omap4(const struct timer *t)
{
	return t->ops == &timer_omap4_ops;
}

static void __iomem *reg(const struct timer *t, u32 offset)
{
	return t->base + offset + (is_omap4(t) ? OMAP4_SHIFT : 0);
}

static void __iomem *status(const struct timer *t)
{
	return t->base + (is_omap4(t) ? OMAP4_STATUS : OMAP3_STATUS);
}

static u32 enabled(const struct timer *t)
{
	return readl(t->base + (is_omap4(t) ? OMAP4_ENABLE_SET : OMAP3_ENABLE));
}

/* Callers mask interrupts, or run in the interrupt. */
static void enable(const struct timer *t, u32 ints)
{
	if (is_omap4(t)) {
		writel(INT_ALL & ~ints, t->base + OMAP4_ENABLE_CLEAR);
		writel(ints, t->base + OMAP4_ENABLE_SET);
	} else {
		writel(ints, t->base + OMAP3_ENABLE);
	}
}

static int omap_init(struct timer *t)
{
	if (!t->clock) {
		mm_log("timer %s: no clock rate; give .clock in the board's row (what the loader "
		       "chose for it, often 24000000)",
		       t->ops->name);
		return -EINVAL;
	}
	writel(0, reg(t, TCLR));
	writel(0, reg(t, TSICR)); /* not posted: an access waits until it is done */
	enable(t, 0);
	writel(0, reg(t, TLDR));
	writel(0, reg(t, TCRR));
	writel(INT_ALL, status(t));
	/* The clock's interrupt, once a round, keeps 64 bits from missing one. */
	enable(t, t->irq >= 0 ? INT_OVERFLOW : 0);
	writel(TCLR_START | TCLR_RELOAD, reg(t, TCLR));
	t->rate = t->clock;
	t->bits = 32;
	return 0;
}

static uint64_t omap_count(struct timer *t)
{
	return readl_relaxed(reg(t, TCRR));
}

static void omap_tick_stop(struct timer *t)
{
	writel(TCLR_START | TCLR_RELOAD, reg(t, TCLR));
	enable(t, enabled(t) & ~INT_MATCH);
	writel(INT_MATCH, status(t));
}

/*
 * One period on from the last deadline, so that a late handler does not slow the
 * tick; a deadline that is over already would come a whole round late.
 */
static void next_deadline(struct timer *t)
{
	do {
		t->next += t->period;
		writel((u32)t->next, reg(t, TMAR));
	} while ((int)((u32)t->next - readl(reg(t, TCRR))) <= 0);
}

static int omap_tick_start(struct timer *t, u32 hz)
{
	u32 flags;

	t->period = t->rate / hz;
	if (!t->period) {
		mm_log("timer %s: cannot tick %u times a second at %u Hz", t->ops->name, hz,
		       t->rate);
		return -EINVAL;
	}
	flags = irq_save();
	omap_tick_stop(t);
	t->next = readl(reg(t, TCRR));
	next_deadline(t);
	enable(t, enabled(t) | INT_MATCH);
	writel(TCLR_START | TCLR_RELOAD | TCLR_COMPARE, reg(t, TCLR));
	irq_restore(flags);
	return 0;
}

static u32 omap_ack(struct timer *t)
{
	u32 what = readl(status(t)) & enabled(t);

	writel(what, status(t));
	if (what & INT_MATCH)
		next_deadline(t);
	return (what & INT_MATCH ? TIMER_TICKED : 0) | (what & INT_OVERFLOW ? TIMER_WRAPPED : 0);
}

#define OMAP_OPS(_name)                                                                            \
	{                                                                                          \
		.name = _name, .init = omap_init, .count = omap_count,                             \
		.tick_start = omap_tick_start, .tick_stop = omap_tick_stop, .ack = omap_ack,       \
	}

const struct timer_ops timer_omap3_ops = OMAP_OPS("omap3");
const struct timer_ops timer_omap4_ops = OMAP_OPS("omap4");
