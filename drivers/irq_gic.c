/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq_gic.c - ARM Generic Interrupt Controller, architecture 1 and 2.
 *
 * base[0] is the distributor, base[1] the CPU interface.  Register numbers:
 * ARM IHI 0048B, chapter 4.  Uses only what reads and writes alike from the
 * secure and the non-secure side of a core with the security extensions, so it
 * need not know on which side it runs.
 */
#include "drivers/irq.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

#define GICD_CTLR 0x000
#define GICD_TYPER 0x004
#define GICD_IGROUPR 0x080
#define GICD_ISENABLER 0x100
#define GICD_ICENABLER 0x180
#define GICD_ICPENDR 0x280
#define GICD_ICACTIVER 0x380
#define GICD_IPRIORITYR 0x400
#define GICD_ITARGETSR 0x800
#define GICD_ICFGR 0xc00

#define GICC_CTLR 0x000
#define GICC_PMR 0x004
#define GICC_BPR 0x008
#define GICC_IAR 0x00c
#define GICC_EOIR 0x010

#define SPI_FIRST 32u /* below: each core's own */
#define INTID 0x3ffu
#define INTID_SPECIAL 1020u /* and above: nothing to serve */
#define PRIORITY_ALL 0xa0a0a0a0u /* in the half the non-secure side may use */
#define PMR_ALL 0xf0u /* lets the above through on either side */

/*
 * The core's own interrupts name, as their target, the core that reads it; 0 where
 * there is one core.  Those that belong to the other security state read 0.
 */
static u32 gic_self(void __iomem *d)
{
	u32 self = 0;

	for (u32 i = 0; i < SPI_FIRST; i += 4)
		self |= readl(d + GICD_ITARGETSR + i);
	self |= self >> 16;
	return (self | self >> 8) & 0xff;
}

static void gic_init_distributor(void __iomem *d, u32 lines)
{
	u32 self;

	writel(0, d + GICD_CTLR);
	for (u32 i = 0; i < lines; i += 32) {
		writel(~0u, d + GICD_ICENABLER + i / 8);
		writel(~0u, d + GICD_ICPENDR + i / 8);
		/* what an earlier image took and never ended would hold back all others */
		writel(~0u, d + GICD_ICACTIVER + i / 8);
		writel(0, d + GICD_IGROUPR + i / 8); /* ignored by the non-secure side */
	}
	for (u32 i = 0; i < lines; i += 4)
		writel(PRIORITY_ALL, d + GICD_IPRIORITYR + i);
	self = gic_self(d);
	for (u32 i = SPI_FIRST; i < lines; i += 4)
		writel(self * 0x01010101u, d + GICD_ITARGETSR + i);
	for (u32 i = SPI_FIRST; i < lines; i += 16)
		writel(0, d + GICD_ICFGR + i / 4); /* level sensitive */
	writel(1, d + GICD_CTLR);
}

static int gic_init(struct irq_chip *c)
{
	u32 lines;

	if (c->bases != 2) {
		mm_log("gic: needs two register windows, has %u; give .phys2 and .size2 (the CPU "
		       "interface) in the board's row",
		       c->bases);
		return -EINVAL;
	}
	lines = ((readl(c->base[0] + GICD_TYPER) & 31) + 1) * 32;
	c->lines = lines < IRQ_MAX ? lines : IRQ_MAX;
	if (c->lines == SPI_FIRST)
		mm_log("gic: the distributor says it has no devices' interrupts; in the board's "
		       "row "
		       "it is .phys, the CPU interface .phys2: have they changed places?");
	gic_init_distributor(c->base[0], c->lines);
	writel(PMR_ALL, c->base[1] + GICC_PMR);
	writel(0, c->base[1] + GICC_BPR);
	writel(1, c->base[1] + GICC_CTLR);
	return 0;
}

static void gic_mask(struct irq_chip *c, u32 irq)
{
	writel(1u << irq % 32, c->base[0] + GICD_ICENABLER + irq / 32 * sizeof(u32));
}

static void gic_unmask(struct irq_chip *c, u32 irq)
{
	writel(1u << irq % 32, c->base[0] + GICD_ISENABLER + irq / 32 * sizeof(u32));
}

static u32 gic_claim(struct irq_chip *c, u32 *cookie)
{
	/* EOIR wants the whole word back: an SGI's carries the sending core. */
	*cookie = readl(c->base[1] + GICC_IAR);
	return (*cookie & INTID) < INTID_SPECIAL ? *cookie & INTID : IRQ_NONE;
}

static void gic_eoi(struct irq_chip *c, u32 cookie)
{
	/* writel's DSB: the device must have taken its line away before. */
	writel(cookie, c->base[1] + GICC_EOIR);
}

const struct irq_chip_ops irq_gic_ops = {
	.name = "gic",
	.init = gic_init,
	.mask = gic_mask,
	.unmask = gic_unmask,
	.claim = gic_claim,
	.eoi = gic_eoi,
};
