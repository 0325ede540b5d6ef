/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq_bcm2836.c - Broadcom BCM2836 and BCM2837: the cores' own
 * controller, and behind one of its inputs that of the BCM2835's peripherals.
 *
 * base[0] is the first (QA7_rev3.4, "ARM Quad A7 core"), base[1] the second
 * (BCM2835 ARM Peripherals, section 7.5).  Only core 0 is served: the others are
 * parked.  Interrupt numbers: drivers/irq.h.
 */
#include "drivers/irq.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

/* The cores' controller; where there is one register a core, core 0's. */
#define TIMER_CONTROL 0x00
#define TIMER_PRESCALER 0x08
#define TIMER_PRESCALER_1 (1u << 31)
#define GPU_ROUTING 0x0c /* 0: IRQ and FIQ to core 0 */
#define PMU_ROUTING_SET 0x10
#define PMU_ROUTING_CLEAR 0x14
#define AXI_OUTSTANDING_IRQ 0x30
#define LOCAL_TIMER_CONTROL 0x34
#define TIMERS_CONTROL 0x40
#define MAILBOXES_CONTROL 0x50
#define IRQ_SOURCE 0x60

/* What IRQ_SOURCE's bits are: four timers, four mailboxes, then these. */
#define SOURCE_MAILBOX0 4u
#define SOURCE_GPU 8u
#define SOURCE_PMU 9u
#define SOURCES 10u

/* The peripherals' controller: words 0 and 1 for the 64 that the GPU shares, word
 * 2 for the ARM's own eight, which have no number in the pending words. */
#define PENDING_BASIC 0x00
#define PENDING(word) (0x04 + 4 * (word))
#define FIQ_CONTROL 0x0c
#define ENABLE(word) (0x10 + 4 * (word))
#define DISABLE(word) (0x1c + 4 * (word))

#define ARM_FIRST 64u
#define LOCAL_FIRST 96u
#define ARM_BITS 0xffu /* above them stands a digest of the other words */

static int bcm2836_init(struct irq_chip *c)
{
	if (c->bases != 2) {
		mm_log("bcm2836: needs two register windows, has %u; give .phys2 and .size2 (the "
		       "peripherals' controller) in the board's row",
		       c->bases);
		return -EINVAL;
	}
	c->lines = LOCAL_FIRST + SOURCES;
	for (u32 word = 0; word < 3; word++)
		writel(~0u, c->base[1] + DISABLE(word));
	writel(0, c->base[1] + FIQ_CONTROL);
	/*
	 * The cores' generic timer counts crystal * prescaler / 2^31.  Firmware says in
	 * CNTFRQ that it runs at the crystal's rate, and leaves the prescaler at another.
	 */
	writel(0, c->base[0] + TIMER_CONTROL); /* the crystal, by ones */
	writel(TIMER_PRESCALER_1, c->base[0] + TIMER_PRESCALER);
	writel(0, c->base[0] + GPU_ROUTING);
	writel(~0u, c->base[0] + PMU_ROUTING_CLEAR);
	/* These two have no mask beside their own enable bits. */
	writel(0, c->base[0] + AXI_OUTSTANDING_IRQ);
	writel(0, c->base[0] + LOCAL_TIMER_CONTROL);
	writel(0, c->base[0] + TIMERS_CONTROL);
	writel(0, c->base[0] + MAILBOXES_CONTROL);
	return 0;
}

static void change(void __iomem *reg, u32 bit, bool on)
{
	u32 v = readl(reg);

	writel(on ? v | bit : v & ~bit, reg);
}

/* Callers mask interrupts, or run in the interrupt. */
static void switch_local(struct irq_chip *c, u32 source, bool on)
{
	if (source < SOURCE_MAILBOX0)
		change(c->base[0] + TIMERS_CONTROL, 1u << source, on);
	else if (source < SOURCE_GPU)
		change(c->base[0] + MAILBOXES_CONTROL, 1u << (source - SOURCE_MAILBOX0), on);
	else if (source == SOURCE_PMU)
		writel(1, c->base[0] + (on ? PMU_ROUTING_SET : PMU_ROUTING_CLEAR));
	/* SOURCE_GPU is the other controller: always let through. */
}

static void bcm2836_mask(struct irq_chip *c, u32 irq)
{
	if (irq >= LOCAL_FIRST)
		switch_local(c, irq - LOCAL_FIRST, false);
	else
		writel(1u << irq % 32, c->base[1] + DISABLE(irq / 32));
}

static void bcm2836_unmask(struct irq_chip *c, u32 irq)
{
	if (irq >= LOCAL_FIRST)
		switch_local(c, irq - LOCAL_FIRST, true);
	else
		writel(1u << irq % 32, c->base[1] + ENABLE(irq / 32));
}

/* The pending words show what is enabled, and nothing else. */
static u32 claim_peripheral(struct irq_chip *c)
{
	u32 pending;

	for (u32 word = 0; word < 2; word++) {
		pending = readl(c->base[1] + PENDING(word));
		if (pending)
			return word * 32 + (u32)__builtin_ctz(pending);
	}
	pending = readl(c->base[1] + PENDING_BASIC) & ARM_BITS;
	return pending ? ARM_FIRST + (u32)__builtin_ctz(pending) : IRQ_NONE;
}

static u32 bcm2836_claim(struct irq_chip *c, u32 *cookie)
{
	u32 source = readl(c->base[0] + IRQ_SOURCE) & ((1u << SOURCES) - 1);
	u32 local = source & ~(1u << SOURCE_GPU);

	*cookie = 0;
	if (local)
		return LOCAL_FIRST + (u32)__builtin_ctz(local);
	return source ? claim_peripheral(c) : IRQ_NONE;
}

static void bcm2836_eoi(struct irq_chip *c, u32 cookie)
{
	(void)c;
	(void)cookie;
	/* Nothing is in service; the handler's last write must have taken the
	 * line away before the return. */
	dsb();
}

const struct irq_chip_ops irq_bcm2836_ops = {
	.name = "bcm2836",
	.init = bcm2836_init,
	.mask = bcm2836_mask,
	.unmask = bcm2836_unmask,
	.claim = bcm2836_claim,
	.eoi = bcm2836_eoi,
};
