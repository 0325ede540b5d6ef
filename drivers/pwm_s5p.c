/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/pwm_s5p.c - output channels of the S5P PWM timer block.
 *
 * A channel counts down from TCNTB and its output goes high at TCMPB.  Both
 * registers are buffered: a running channel takes them when it reloads, a
 * stopped one when the update bit is set.
 */
#include "drivers/pwm.h"

#include "drivers/s5p_pwm_regs.h"
#include "mm/io.h"

#define PIN_TOUT 2u /* function of the output pins */

static u32 s5p_rate(struct pwm_chip *c, u32 channel)
{
	u32 prescaler = readl(c->base + TCFG0) >> TCFG0_PRESCALER(channel) & 0xff;

	/* start() takes the undivided input of the channel's own divider. */
	return c->clock / (prescaler + 1);
}

static void change(void __iomem *reg, u32 clear, u32 set)
{
	u32 flags = irq_save();

	writel((readl(reg) & ~clear) | set, reg);
	irq_restore(flags);
}

static void s5p_start(struct pwm_chip *c, u32 channel, u32 period, u32 high)
{
	const u32 shift = TCON_SHIFT(channel);
	const bool running = readl(c->base + TCON) >> shift & TCON_START;

	change(c->base + TCFG1, 15u << TCFG1_DIVIDER(channel), 0);
	writel(period, c->base + TCNTB(channel));
	writel(high, c->base + TCMPB(channel));
	if (running)
		return;
	/* Load both, then start with the update bit 0 again: set, it would hold
	 * the counter at its first value. */
	change(c->base + TCON, TCON_FIELD << shift, TCON_UPDATE << shift);
	change(c->base + TCON, TCON_UPDATE << shift, (TCON_START | TCON_RELOAD) << shift);
}

static void s5p_stop(struct pwm_chip *c, u32 channel)
{
	change(c->base + TCON, TCON_FIELD << TCON_SHIFT(channel), 0);
}

const struct pwm_ops pwm_s5p_ops = {
	.name = "s5p",
	.channels = 4,
	.pin_function = PIN_TOUT,
	.rate = s5p_rate,
	.start = s5p_start,
	.stop = s5p_stop,
};
