/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq_omap.c - TI's interrupt controller of OMAP3, AM33xx and their kin.
 *
 * Interrupt number = the manual's.  Registers: AM335x Technical Reference Manual
 * (SPRUH73), 6.5; the OMAP3's is the same with one bank of 32 fewer.
 */
#include "drivers/irq.h"

#include "mm/io.h"

#define REVISION 0x000
#define SYSCONFIG 0x010
#define SYSSTATUS 0x014
#define SIR_IRQ 0x040
#define CONTROL 0x048
#define THRESHOLD 0x068
#define MIR_CLEAR(bank) (0x088 + 0x20 * (bank)) /* lets through */
#define MIR_SET(bank) (0x08c + 0x20 * (bank)) /* masks */
#define ILR(irq) (0x100 + 4 * (irq))

#define SOFT_RESET 2u
#define RESET_DONE 1u
#define NEW_IRQ_AGREEMENT 1u
#define THRESHOLD_OFF 0xffu
#define ACTIVE_IRQ 0x7fu
#define SPURIOUS (~ACTIVE_IRQ) /* any of these: nothing asks */

#define MAJOR(revision) ((revision) >> 4 & 15)
#define FIRST_WITH_128 5u /* revision 5.0 is AM33xx's, 4.0 OMAP3's */

static int omap_init(struct irq_chip *c)
{
	void __iomem *b = c->base[0];

	c->lines = MAJOR(readl(b + REVISION)) >= FIRST_WITH_128 ? 128 : 96;
	writel(SOFT_RESET, b + SYSCONFIG);
	while (!(readl(b + SYSSTATUS) & RESET_DONE))
		;
	for (u32 bank = 0; bank < c->lines / 32; bank++)
		writel(~0u, b + MIR_SET(bank));
	for (u32 irq = 0; irq < c->lines; irq++)
		writel(0, b + ILR(irq)); /* all to IRQ, one priority */
	writel(THRESHOLD_OFF, b + THRESHOLD);
	return 0;
}

static void omap_mask(struct irq_chip *c, u32 irq)
{
	writel(1u << irq % 32, c->base[0] + MIR_SET(irq / 32));
}

static void omap_unmask(struct irq_chip *c, u32 irq)
{
	writel(1u << irq % 32, c->base[0] + MIR_CLEAR(irq / 32));
}

static void omap_eoi(struct irq_chip *c, u32 cookie)
{
	(void)cookie;
	/* The DSB in front: the device must have taken its line away before. */
	writel(NEW_IRQ_AGREEMENT, c->base[0] + CONTROL);
	dsb();
}

static u32 omap_claim(struct irq_chip *c, u32 *cookie)
{
	u32 sir = readl(c->base[0] + SIR_IRQ);

	*cookie = 0;
	if (!(sir & SPURIOUS))
		return sir & ACTIVE_IRQ;
	omap_eoi(c, 0); /* sorting has stopped for this one as well */
	return IRQ_NONE;
}

const struct irq_chip_ops irq_omap_ops = {
	.name = "omap",
	.init = omap_init,
	.mask = omap_mask,
	.unmask = omap_unmask,
	.claim = omap_claim,
	.eoi = omap_eoi,
};
