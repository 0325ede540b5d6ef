/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio.c - what all GPIO blocks have in common: is there such a line,
 * and a change of some bits of a register only.
 */
#include "drivers/gpio.h"

#include <errno.h>
#include <string.h>

#include "mm/io.h"
#include "mm/log.h"

static const struct gpio_ops *const drivers[] = {
	&gpio_pl061_ops, &gpio_s5p_ops,	  &gpio_sunxi_ops, &gpio_bcm2835_ops, &gpio_imx_ops,
	&gpio_omap3_ops, &gpio_omap4_ops, &gpio_zynq_ops,  &gpio_mmio_ops,    &gpio_ledreg_ops,
};

const char *gpio_name(unsigned int i)
{
	return i < ARRAY_SIZE(drivers) ? drivers[i]->name : NULL;
}

const struct gpio_ops *gpio_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i]->name, name))
			return drivers[i];
	return NULL;
}

void gpio_change(void __iomem *reg, u32 clear, u32 set)
{
	u32 flags = irq_save();

	writel((readl(reg) & ~clear) | set, reg);
	irq_restore(flags);
}

void gpio_reg_name(char to[GPIO_REG_NAME], const char *pattern, u32 a, u32 b)
{
	const char *end = to + GPIO_REG_NAME - 2;
	u32 n = a;

	for (; *pattern && to < end; pattern++) {
		if (*pattern != '#') {
			*to++ = *pattern;
			continue;
		}
		if (n >= 10)
			*to++ = (char)('0' + n / 10);
		*to++ = (char)('0' + n % 10);
		n = b;
	}
	*to = 0;
}

u32 gpio_lines(const struct gpio_chip *c)
{
	if (c->lines)
		return c->lines;
	return c->ops->default_lines ? c->ops->default_lines : c->ops->lines;
}

int gpio_check(const struct gpio_chip *c, u32 line, const char *who)
{
	if (line < gpio_lines(c) && (!c->ops->valid || c->ops->valid(c, line)))
		return 0;
	if (who && line < gpio_lines(c))
		mm_log("%s: %s has no line %u (no bank there); it has %u lines at most", who,
		       c->name, line, gpio_lines(c));
	else if (who)
		mm_log("%s: %s has no line %u; its lines are 0 to %u", who, c->name, line,
		       gpio_lines(c) - 1);
	return -EINVAL;
}

int gpio_direction_output(struct gpio_chip *c, u32 line, bool value)
{
	if (gpio_check(c, line, "gpio_direction_output"))
		return -EINVAL;
	c->ops->direction_output(c, line, value);
	return 0;
}

int gpio_direction_input(struct gpio_chip *c, u32 line)
{
	if (gpio_check(c, line, "gpio_direction_input"))
		return -EINVAL;
	if (!c->ops->direction_input) {
		mm_log("gpio_direction_input: %s has outputs only; use another chip's line",
		       c->name);
		return -EOPNOTSUPP;
	}
	c->ops->direction_input(c, line);
	return 0;
}

int gpio_set(struct gpio_chip *c, u32 line, bool value)
{
	if (gpio_check(c, line, "gpio_set"))
		return -EINVAL;
	c->ops->set(c, line, value);
	return 0;
}

int gpio_get(struct gpio_chip *c, u32 line)
{
	if (gpio_check(c, line, "gpio_get"))
		return -EINVAL;
	return c->ops->get(c, line);
}

int gpio_set_function(struct gpio_chip *c, u32 line, u32 function)
{
	if (gpio_check(c, line, "gpio_set_function"))
		return -EINVAL;
	if (!c->ops->set_function) {
		mm_log("gpio_set_function: the lines of %s have no functions to select", c->name);
		return -EOPNOTSUPP;
	}
	if (function > c->ops->function_max) {
		mm_log("gpio_set_function: %s line %u: function %u; they are 0 to %u", c->name,
		       line, function, c->ops->function_max);
		return -EINVAL;
	}
	c->ops->set_function(c, line, function);
	return 0;
}

int gpio_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out)
{
	if (gpio_check(c, line, "gpio_regs"))
		return -EINVAL;
	memset(out, 0, sizeof(*out));
	c->ops->regs(c, line, out);
	return 0;
}
