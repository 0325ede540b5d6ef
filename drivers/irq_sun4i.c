/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq_sun4i.c - Allwinner's interrupt controller of the A10 and A13.
 *
 * Interrupt number = word * 32 + bit.  Registers: Allwinner A10 User Manual,
 * "Interrupt Controller".  The vector register is left alone: it cannot tell
 * interrupt 0 from none.
 */
#include "drivers/irq.h"

#include "mm/io.h"

#define PROTECTION 0x08
#define PENDING(word) (0x10 + 4 * (word))
#define SELECT(word) (0x30 + 4 * (word)) /* 1: to FIQ */
#define ENABLE(word) (0x40 + 4 * (word))
#define MASK(word) (0x50 + 4 * (word)) /* 1: held back, as if not enabled */

#define WORDS 3u

static int sun4i_init(struct irq_chip *c)
{
	c->lines = WORDS * 32;
	for (u32 word = 0; word < WORDS; word++) {
		writel(0, c->base[0] + ENABLE(word));
		writel(~0u, c->base[0] + MASK(word));
		writel(0, c->base[0] + SELECT(word));
		writel(~0u, c->base[0] + PENDING(word));
	}
	writel(0, c->base[0] + PROTECTION);
	return 0;
}

static void change(void __iomem *reg, u32 bit, bool on)
{
	u32 v = readl(reg);

	writel(on ? v | bit : v & ~bit, reg);
}

/* Two gates in a row, and both are used: a model of the block may have but one. */
static void sun4i_mask(struct irq_chip *c, u32 irq)
{
	change(c->base[0] + MASK(irq / 32), 1u << irq % 32, true);
	change(c->base[0] + ENABLE(irq / 32), 1u << irq % 32, false);
}

static void sun4i_unmask(struct irq_chip *c, u32 irq)
{
	change(c->base[0] + ENABLE(irq / 32), 1u << irq % 32, true);
	change(c->base[0] + MASK(irq / 32), 1u << irq % 32, false);
}

static u32 sun4i_claim(struct irq_chip *c, u32 *cookie)
{
	for (u32 word = 0; word < WORDS; word++) {
		u32 asks = readl(c->base[0] + PENDING(word)) & readl(c->base[0] + ENABLE(word));

		if (asks) {
			*cookie = word * 32 + (u32)__builtin_ctz(asks);
			return *cookie;
		}
	}
	return IRQ_NONE;
}

static void sun4i_eoi(struct irq_chip *c, u32 cookie)
{
	/* The NMI pin's is an edge that was caught; the others follow their device,
	 * which must have taken its line away before the return. */
	if (!cookie)
		writel(1, c->base[0] + PENDING(0));
	dsb();
}

const struct irq_chip_ops irq_sun4i_ops = {
	.name = "sun4i",
	.init = sun4i_init,
	.mask = sun4i_mask,
	.unmask = sun4i_unmask,
	.claim = sun4i_claim,
	.eoi = sun4i_eoi,
};
