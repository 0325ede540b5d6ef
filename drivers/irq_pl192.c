/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq_pl192.c - ARM PrimeCell vectored interrupt controllers (PL192),
 * one to four of them.
 *
 * Interrupt number = vic * 32 + bit.  Registers: ARM DDI 0273, chapter 3.  The
 * vector hardware is left alone: which source asks is read from the status
 * words, so a daisy chain and four separate controllers look the same.
 */
#include "drivers/irq.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

#define VICIRQSTATUS 0x000
#define VICINTSELECT 0x00c
#define VICINTENABLE 0x010
#define VICINTENCLEAR 0x014
#define VICSOFTINTCLEAR 0x01c
#define VICPROTECTION 0x020
#define VICSWPRIORITYMASK 0x024
#define VICVECTPRIORITY 0x200
#define VICADDRESS 0xf00

#define PRIORITIES 16u
#define PRIORITY_LOWEST 15u

static void pl192_init_one(void __iomem *v)
{
	writel(~0u, v + VICINTENCLEAR);
	writel(~0u, v + VICSOFTINTCLEAR);
	writel(0, v + VICINTSELECT); /* all to IRQ */
	writel(0, v + VICPROTECTION);
	writel(0xffff, v + VICSWPRIORITYMASK);
	for (u32 i = 0; i < 32; i++)
		writel(PRIORITY_LOWEST, v + VICVECTPRIORITY + i * sizeof(u32));
	/* A loader may have stopped inside handlers; each write ends one level,
	 * and with nothing in service it does nothing. */
	for (u32 i = 0; i < PRIORITIES; i++)
		writel(0, v + VICADDRESS);
}

static int pl192_init(struct irq_chip *c)
{
	if (!c->bases || c->bases > IRQ_CHIP_BASES) {
		mm_log("pl192: 1 to %u controllers, not %u; correct .aux in the board's row",
		       IRQ_CHIP_BASES, c->bases);
		return -EINVAL;
	}
	c->lines = c->bases * 32;
	for (u32 i = 0; i < c->bases; i++)
		pl192_init_one(c->base[i]);
	return 0;
}

static void pl192_mask(struct irq_chip *c, u32 irq)
{
	writel(1u << irq % 32, c->base[irq / 32] + VICINTENCLEAR);
}

static void pl192_unmask(struct irq_chip *c, u32 irq)
{
	writel(1u << irq % 32, c->base[irq / 32] + VICINTENABLE);
}

static u32 pl192_claim(struct irq_chip *c, u32 *cookie)
{
	for (u32 vic = 0; vic < c->bases; vic++) {
		u32 status = readl(c->base[vic] + VICIRQSTATUS);

		if (status) {
			*cookie = vic * 32 + (u32)__builtin_ctz(status);
			return *cookie;
		}
	}
	return IRQ_NONE;
}

static void pl192_eoi(struct irq_chip *c, u32 cookie)
{
	(void)c;
	(void)cookie;
	/* VICADDRESS was not read, so no priority is in service.  The DSB lets
	 * the handler's last write take the line away before the return. */
	dsb();
}

const struct irq_chip_ops irq_pl192_ops = {
	.name = "pl192",
	.init = pl192_init,
	.mask = pl192_mask,
	.unmask = pl192_unmask,
	.claim = pl192_claim,
	.eoi = pl192_eoi,
};
