/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/irq.c - handlers by interrupt number, and the way from the IRQ entry
 * to them.
 */
#include "drivers/irq.h"

#include <errno.h>
#include <string.h>

#include "mm/log.h"
#include "seam.h"

static const struct irq_chip_ops *const drivers[] = {
	&irq_gic_ops, &irq_pl192_ops, &irq_bcm2836_ops, &irq_sun4i_ops, &irq_omap_ops,
};

struct irq_action {
	irq_handler_t handler; /* NULL: a free slot */
	const char *name;
	void *arg;
	u32 irq;
	u32 count;
	u32 disabled; /* how often disable_irq() was called */
};

static struct irq_chip *chip;
static struct irq_action actions[IRQ_ACTIONS];
static struct irq_stats stats;
static bool spurious_reported;

const char *irq_chip_name(unsigned int i)
{
	return i < ARRAY_SIZE(drivers) ? drivers[i]->name : NULL;
}

const struct irq_chip_ops *irq_chip_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i]->name, name))
			return drivers[i];
	return NULL;
}

int irq_init(struct irq_chip *c)
{
	int err;

	memset(actions, 0, sizeof(actions));
	memset(&stats, 0, sizeof(stats));
	spurious_reported = false;
	chip = NULL;
	err = c->ops->init(c);
	if (!err)
		chip = c;
	return err;
}

static struct irq_action *find(u32 irq)
{
	for (u32 i = 0; i < IRQ_ACTIONS; i++)
		if (actions[i].handler && actions[i].irq == irq)
			return &actions[i];
	return NULL;
}

static struct irq_action *find_free(void)
{
	for (u32 i = 0; i < IRQ_ACTIONS; i++)
		if (!actions[i].handler)
			return &actions[i];
	return NULL;
}

static int check_request(u32 irq, irq_handler_t handler, const char *name)
{
	if (!chip) {
		mm_log("irq %d for %s: there is no interrupt controller; "
		       "add a DEV_INTC row to the board",
		       (int)irq, name ? name : "(no name)");
		return -ENODEV;
	}
	if (!handler || !name) {
		mm_log("irq %d for %s: a request needs a handler and a name", (int)irq,
		       name ? name : "(no name)");
		return -EINVAL;
	}
	if (irq >= chip->lines) {
		mm_log("irq %d for %s: the %s has interrupts 0 to %u; correct .irq in the "
		       "board's row",
		       (int)irq, name, chip->ops->name, chip->lines - 1);
		return -EINVAL;
	}
	return 0;
}

static int install(u32 irq, irq_handler_t handler, const char *name, void *arg)
{
	struct irq_action *a = find(irq);

	if (a) {
		mm_log("irq %u for %s: %s has it; free_irq() it there first", irq, name, a->name);
		return -EBUSY;
	}
	a = find_free();
	if (!a) {
		mm_log("irq %u for %s: all %u handlers are in use; raise IRQ_ACTIONS", irq, name,
		       IRQ_ACTIONS);
		return -ENOMEM;
	}
	*a = (struct irq_action){ .handler = handler, .name = name, .arg = arg, .irq = irq };
	chip->ops->unmask(chip, irq);
	return 0;
}

int request_irq(u32 irq, irq_handler_t handler, const char *name, void *arg)
{
	int err = check_request(irq, handler, name);
	u32 flags;

	if (err)
		return err;
	flags = irq_save();
	err = install(irq, handler, name, arg);
	irq_restore(flags);
	return err;
}

void free_irq(u32 irq, void *arg)
{
	u32 flags = irq_save();
	struct irq_action *a = find(irq);

	if (a && a->arg == arg) {
		chip->ops->mask(chip, irq);
		a->handler = NULL;
	} else if (a) {
		mm_log("free_irq %u: %s has it, with another argument; nothing freed", irq,
		       a->name);
	} else {
		mm_log("free_irq %d: nobody has it; nothing freed", (int)irq);
	}
	irq_restore(flags);
}

int disable_irq(u32 irq)
{
	u32 flags = irq_save();
	struct irq_action *a = find(irq);

	if (a) {
		chip->ops->mask(chip, irq);
		a->disabled++;
	} else {
		mm_log("disable_irq %d: nobody has it; request_irq() it first", (int)irq);
	}
	irq_restore(flags);
	return a ? 0 : -EINVAL;
}

int enable_irq(u32 irq)
{
	u32 flags = irq_save();
	struct irq_action *a = find(irq);
	int err = -EINVAL;

	if (!a) {
		mm_log("enable_irq %d: nobody has it; request_irq() it first", (int)irq);
	} else if (!a->disabled) {
		mm_log("enable_irq %u: %s has it and it is not disabled", irq, a->name);
	} else {
		err = 0;
		if (!--a->disabled)
			chip->ops->unmask(chip, irq);
	}
	irq_restore(flags);
	return err;
}

static void unhandled(u32 irq)
{
	/* Masked, it cannot come again: one line for each interrupt. */
	chip->ops->mask(chip, irq);
	stats.unhandled++;
	mm_log("irq %u: no handler, masked; request_irq() it or silence its device", irq);
}

static void spurious(void)
{
	stats.spurious++;
	if (spurious_reported)
		return;
	spurious_reported = true;
	mm_log("irq: an interrupt that was gone when asked for; counted as spurious from now on");
}

void irq_dispatch(void)
{
	u32 cookie, irq;
	struct irq_action *a;

	if (!chip)
		return;
	irq = chip->ops->claim(chip, &cookie);
	if (irq == IRQ_NONE) {
		spurious();
		return;
	}
	a = find(irq);
	if (a) {
		a->count++;
		stats.served++;
		a->handler(irq, a->arg);
	} else {
		unhandled(irq);
	}
	chip->ops->eoi(chip, cookie);
}

void irq_stats(struct irq_stats *out)
{
	*out = stats;
}

u32 irq_count(u32 irq)
{
	const struct irq_action *a = find(irq);

	return a ? a->count : 0;
}

void irq_show(void)
{
	if (!chip) {
		mm_log("no interrupt controller");
		return;
	}
	mm_log("%s, %u interrupts: %u served, %u spurious, %u unhandled", chip->ops->name,
	       chip->lines, stats.served, stats.spurious, stats.unhandled);
	for (u32 i = 0; i < IRQ_ACTIONS; i++)
		if (actions[i].handler)
			mm_log("%4u: %10u  %s%s", actions[i].irq, actions[i].count, actions[i].name,
			       actions[i].disabled ? " (disabled)" : "");
}
