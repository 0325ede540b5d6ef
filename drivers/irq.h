/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq.h - who handles which interrupt, in Linux's terms.
 *
 * Handlers run with interrupts masked and must be short; they may not call what
 * may sleep, allocate or map.
 *
 * Board rows, by driver, and how .irq of the other rows is counted then:
 *   gic      .phys the distributor, .phys2 the CPU interface.  The GIC's IDs:
 *            PPI 16..31, SPI from 32 (a device tree's SPI number plus 32, its PPI
 *            number plus 16).
 *   pl192    .phys the first controller, .phys2 the second, .aux how many there
 *            are.  vic * 32 + bit.
 *   bcm2836  .phys the cores' own controller, .phys2 the peripherals' one, which
 *            begins at its pending words (0x200 into the ARM block), 0x28 bytes.
 *            The peripherals' 0..63 as the GPU counts them, then the ARM's own
 *            eight from 64, and from 96 the bits of the core's source register: 99
 *            is the virtual timer.  (A device tree's <1 n> is n, <2 n> is 32 + n,
 *            <0 n> is 64 + n, and <n> on the local controller is 96 + n.)
 *   sun4i    .phys the controller.  word * 32 + bit, as in a device tree.
 *   omap     .phys the controller (OMAP3, AM33xx), 0x300 bytes.  The manual's
 *            numbers, as in a device tree.
 * A row without .irq, or with 0, has no interrupt.
 */
#ifndef DRIVERS_IRQ_H
#define DRIVERS_IRQ_H

#include "mm/types.h"

/** Highest interrupt number + 1 of any controller (GIC: 1020). */
#define IRQ_MAX 1020u
/** Handlers that can be installed at one time. */
#define IRQ_ACTIONS 32u
/** What a controller answers when nothing is pending. */
#define IRQ_NONE 0xffffffffu
/** Register windows a controller can have. */
#define IRQ_CHIP_BASES 4u

struct irq_chip;

/** struct irq_chip_ops - what an interrupt controller's driver provides */
struct irq_chip_ops {
	const char *name; /* the word in a board's row: "gic" */
	int (*init)(struct irq_chip *c); /* everything masked; sets @c->lines */
	void (*mask)(struct irq_chip *c, u32 irq);
	void (*unmask)(struct irq_chip *c, u32 irq);
	u32 (*claim)(struct irq_chip *c, u32 *cookie); /* the number, or IRQ_NONE */
	void (*eoi)(struct irq_chip *c, u32 cookie); /* done with what claim() gave */
};

/**
 * struct irq_chip - an interrupt controller
 * @ops:   its driver, from irq_chip_find()
 * @base:  its windows, in the order given above
 * @bases: how many of them
 * @lines: interrupt numbers it has; set by init
 */
struct irq_chip {
	const struct irq_chip_ops *ops;
	void __iomem *base[IRQ_CHIP_BASES];
	u32 bases;
	u32 lines;
};

/** A handler; @arg is what request_irq() was given. */
typedef void (*irq_handler_t)(u32 irq, void *arg);

/* The drivers, one a file. */
extern const struct irq_chip_ops irq_gic_ops, irq_pl192_ops, irq_bcm2836_ops, irq_sun4i_ops,
	irq_omap_ops;

/**
 * irq_chip_find() - the controller driver of that name, or NULL
 * irq_chip_name() - the name of the @i-th driver, NULL past the last
 */
const struct irq_chip_ops *irq_chip_find(const char *name);
const char *irq_chip_name(unsigned int i);

/**
 * irq_init() - mask everything and make @c the controller
 *
 * Forgets all handlers.  Return: 0 or what the driver said (-EINVAL, -ENODEV).
 * Context: start-up, interrupts masked.
 */
int irq_init(struct irq_chip *c);

/**
 * request_irq() - install a handler and enable the interrupt
 * @irq:  interrupt number
 * @name: who asks; kept as it is, so it must stay valid
 * @arg:  handed to @handler, and what free_irq() must name
 *
 * Return: 0, -ENODEV (no controller), -EINVAL (the controller has no such
 * interrupt, or no handler or name), -EBUSY (somebody has it) or -ENOMEM (raise
 * IRQ_ACTIONS).  One log line says which and who.  Context: any.
 */
int request_irq(u32 irq, irq_handler_t handler, const char *name, void *arg);

/**
 * free_irq() - disable the interrupt and take the handler away
 * @arg: as in request_irq(); anything else is refused with a log line
 *
 * Context: any, also from the handler itself.
 */
void free_irq(u32 irq, void *arg);

/**
 * disable_irq() - mask an interrupt; calls nest
 * enable_irq() - undo one disable_irq(); also unmasks one that was unhandled
 *
 * Return: 0, or -EINVAL (nobody requested it, or it is not disabled) with a log line.
 * Context: any, also from a handler.
 */
int disable_irq(u32 irq);
int enable_irq(u32 irq);

/**
 * irq_dispatch() - serve one interrupt
 *
 * Called by the IRQ entry in boot/, interrupts masked.  Nothing pending counts
 * as spurious; an interrupt without a handler is reported once and masked.
 */
void irq_dispatch(void);

/** struct irq_stats - for the shell and tests */
struct irq_stats {
	u32 served;
	u32 spurious;
	u32 unhandled;
};
void irq_stats(struct irq_stats *out);
/** irq_count() - how often @irq was served. */
u32 irq_count(u32 irq);
/** irq_show() - handlers and counts through mm_log(). */
void irq_show(void);

#endif
