/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_pin.c - the line whose registers the demonstration writes by hand.
 */
#include "app/demo_pin.h"

#include "app/demo_show.h"
#include "app/demo_view.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/log.h"
#include "mm/resource.h"

/* ---- which registers ---- */

static void look_at_reg(struct demo_pin *p, u32 i, bool has, const char *name, u32 offset)
{
	const pa_t pa = p->chip->phys + offset;

	p->reg[i] = (struct demo_pin_reg){ 0 };
	if (has)
		p->reg[i] = (struct demo_pin_reg){ name, pa, static_window(pa, p->regs.width) };
}

bool demo_pin_look(struct demo_pin *p, const char *name, struct gpio_chip *chip, u32 line,
		   bool active_low)
{
	const struct gpio_regs *r = &p->regs;

	if (gpio_regs(chip, line, &p->regs))
		return false;
	p->name = name;
	p->chip = chip;
	p->line = line;
	p->active_low = active_low;
	look_at_reg(p, PIN_CON, r->has_con, r->con_name, r->con);
	look_at_reg(p, PIN_DAT, true, r->dat_name, r->dat);
	look_at_reg(p, PIN_SET, r->has_set, r->set_name, r->set);
	look_at_reg(p, PIN_CLR, r->has_set, r->clr_name, r->clr);
	return true;
}

/* ---- through which mapping ---- */

void demo_pin_static(const struct demo_pin *p, void __iomem *at[PIN_REGS])
{
	for (u32 i = 0; i < PIN_REGS; i++)
		at[i] = p->reg[i].at;
}

void __iomem *demo_pin_map(const struct demo_pin *p, u32 reg)
{
	const struct demo_pin_reg *r = &p->reg[reg];
	const u32 size = p->regs.width;
	void __iomem *at;

	mm_log("   request_mem_region(%p, %u, \"%s\")", r->pa, size, r->name);
	if (!demo_check(request_mem_region(r->pa, size, r->name), "the register is ours"))
		return NULL;
	at = ioremap_new(r->pa, size);
	mm_log("   ioremap_new(%p, %u) = %p", r->pa, size, iomem_va(at));
	if (!demo_check(at, "and has a mapping"))
		release_mem_region(r->pa, size);
	return at;
}

void demo_pin_unmap(const struct demo_pin *p, u32 reg, void __iomem *at)
{
	const u32 size = p->regs.width;

	iounmap(at);
	release_mem_region(p->reg[reg].pa, size);
	mm_log("   iounmap(%p); release_mem_region(%p, %u);", iomem_va(at), p->reg[reg].pa, size);
}

bool demo_pin_map_each(const struct demo_pin *p, void __iomem *at[PIN_REGS])
{
	for (u32 i = 0; i < PIN_REGS; i++)
		at[i] = NULL;
	for (u32 i = 0; i < PIN_REGS; i++) {
		if (!p->reg[i].name)
			continue;
		at[i] = demo_pin_map(p, i);
		if (!at[i]) {
			demo_pin_unmap_each(p, at);
			return false;
		}
	}
	return true;
}

void demo_pin_unmap_each(const struct demo_pin *p, void __iomem *const at[PIN_REGS])
{
	for (u32 i = PIN_REGS; i--;)
		if (at[i])
			demo_pin_unmap(p, i, at[i]);
}

/* ---- what is written ---- */

static void write_word(void __iomem *reg, u32 value)
{
	mm_log("   the course writes: *(volatile unsigned int *)%p = 0x%08x;", iomem_va(reg),
	       value);
	writel(value, reg);
}

static void write_bits(void __iomem *reg, u32 mask, u32 bits)
{
	write_word(reg, (readl(reg) & ~mask) | bits);
}

void demo_pin_make_output(const struct demo_pin *p, void __iomem *con)
{
	const struct demo_pin_reg *r = &p->reg[PIN_CON];

	write_bits(con, p->regs.con_mask, p->regs.con_output);
	demo_read_back(demo_register(r->name, con, r->pa), p->regs.con_mask, p->regs.con_output,
		       "the pin is an output");
}

/* One bit of the data register, or a one to the register that sets or clears. */
static void write_level(const struct demo_pin *p, u32 level, void __iomem *const at[PIN_REGS])
{
	if (p->regs.has_set)
		write_word(at[level ? PIN_SET : PIN_CLR], p->regs.dat_mask);
	else
		write_bits(at[PIN_DAT], p->regs.dat_mask, level);
}

void demo_pin_across(const struct demo_pin *p, bool on, void __iomem *const by[PIN_REGS],
		     void __iomem *seen, const char *what)
{
	const struct demo_pin_reg *r = &p->reg[PIN_DAT];
	const u32 level = on != p->active_low ? p->regs.dat_mask : 0;

	write_level(p, level, by);
	if (seen != by[PIN_DAT])
		demo_register(r->name, by[PIN_DAT], r->pa);
	demo_read_back(demo_register(r->name, seen, r->pa), p->regs.dat_mask, level, what);
}
