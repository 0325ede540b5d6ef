/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_imx_gpt.c - the i.MX General Purpose Timer (GPT).
 *
 * One counter runs free and is the clock; the tick is its first compare register,
 * set one period further each time.  Registers: i.MX 6Dual/6Quad Reference Manual,
 * "General Purpose Timer (GPT)".
 */
#include "drivers/timer.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"
#include "seam.h"

#define CR 0x00
#define SR 0x08 /* cleared by writing 1 */
#define IR 0x0c
#define OCR1 0x10
#define CNT 0x24

#define CR_ENABLE (1u << 0)
#define CR_ENABLE_AT_0 (1u << 1) /* ENMOD */
#define CR_WAIT (1u << 3) /* goes on while the core waits */
#define CR_CLOCK_PERIPHERAL (1u << 6) /* ipg_clk */
#define CR_FREE_RUN (1u << 9)
#define CR_RESET (1u << 15) /* clears itself */

#define INT_COMPARE1 (1u << 0)
#define INT_ROLLOVER (1u << 5)

static int imx_gpt_init(struct timer *t)
{
	const u32 control = CR_ENABLE_AT_0 | CR_WAIT | CR_CLOCK_PERIPHERAL | CR_FREE_RUN;

	if (!t->clock) {
		mm_log("timer imx-gpt: no clock rate; give .clock in the board's row (the "
		       "peripheral clock, ipg)");
		return -EINVAL;
	}
	writel(0, t->base + CR);
	writel(CR_RESET, t->base + CR); /* prescaler: divide by one; interrupts off */
	while (readl(t->base + CR) & CR_RESET)
		;
	writel(control, t->base + CR);
	writel(control | CR_ENABLE, t->base + CR);
	/* The clock's interrupt, once a round, keeps 64 bits from missing one. */
	writel(t->irq >= 0 ? INT_ROLLOVER : 0, t->base + IR);
	t->rate = t->clock;
	t->bits = 32;
	return 0;
}

static uint64_t imx_gpt_count(struct timer *t)
{
	return readl_relaxed(t->base + CNT);
}

static void imx_gpt_tick_stop(struct timer *t)
{
	writel(readl(t->base + IR) & ~INT_COMPARE1, t->base + IR);
	writel(INT_COMPARE1, t->base + SR);
}

/*
 * One period on from the last deadline, so that a late handler does not slow the
 * tick; a deadline that is over already would come a whole round late.
 */
static void next_deadline(struct timer *t)
{
	do {
		t->next += t->period;
		writel((u32)t->next, t->base + OCR1);
	} while ((int)((u32)t->next - readl(t->base + CNT)) <= 0);
}

static int imx_gpt_tick_start(struct timer *t, u32 hz)
{
	u32 flags;

	t->period = t->rate / hz;
	if (!t->period) {
		mm_log("timer imx-gpt: cannot tick %u times a second at %u Hz", hz, t->rate);
		return -EINVAL;
	}
	flags = irq_save();
	imx_gpt_tick_stop(t);
	t->next = readl(t->base + CNT);
	next_deadline(t);
	writel(readl(t->base + IR) | INT_COMPARE1, t->base + IR);
	irq_restore(flags);
	return 0;
}

static u32 imx_gpt_ack(struct timer *t)
{
	u32 status = readl(t->base + SR) & readl(t->base + IR);

	writel(status, t->base + SR);
	if (status & INT_COMPARE1)
		next_deadline(t);
	return (status & INT_COMPARE1 ? TIMER_TICKED : 0) |
	       (status & INT_ROLLOVER ? TIMER_WRAPPED : 0);
}

const struct timer_ops timer_imx_gpt_ops = {
	.name = "imx-gpt",
	.init = imx_gpt_init,
	.count = imx_gpt_count,
	.tick_start = imx_gpt_tick_start,
	.tick_stop = imx_gpt_tick_stop,
	.ack = imx_gpt_ack,
};
