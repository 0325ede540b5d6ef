/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo.c - the course's demonstration: registers by a static and by dynamic
 * mappings, the same drivers over both, and an address touched after iounmap().
 */
#include "app/demo.h"

#include "app/demo_show.h"
#include "app/demo_view.h"
#include "boot/abort.h"
#include "drivers/probe.h"
#include "mm/fault.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/resource.h"

/* FS values of translation faults: DDI 0406C table B3-23. */
#define FS_TRANSLATION_SECTION 0x05u
#define FS_TRANSLATION_PAGE 0x07u

/* struct pin - the line whose registers are written by hand */
struct pin {
	const char *name;
	struct gpio_chip *chip;
	u32 line;
	bool active_low;
	struct gpio_regs regs;
	pa_t con, dat; /* physical addresses; con only with regs.has_con */
	void __iomem *con_static, *dat_static;
};

/* ---- which pin ---- */

static bool look_at(struct pin *p, const char *name, struct gpio_chip *chip, u32 line, bool low)
{
	if (gpio_regs(chip, line, &p->regs))
		return false;
	p->name = name;
	p->chip = chip;
	p->line = line;
	p->active_low = low;
	p->con = chip->phys + p->regs.con;
	p->dat = chip->phys + p->regs.dat;
	p->con_static = static_window(p->con, p->regs.width);
	p->dat_static = static_window(p->dat, p->regs.width);
	return true;
}

/*
 * The first LED; and, as the course has a register for the direction too, the
 * buzzer's line where the LED has none and the buzzer has.  Return: how many.
 */
static u32 choose_pins(struct pin pins[2])
{
	const struct led *l = device_led(0);
	const struct buzzer *b = device_buzzer();

	if (!look_at(&pins[0], l->name, l->chip, l->line, l->active_low))
		return 0;
	if (pins[0].regs.has_con || !b || !b->gpio)
		return 1;
	if (!look_at(&pins[1], b->name, b->gpio, b->line, b->active_low))
		return 1;
	return pins[1].regs.has_con ? 2 : 1;
}

/* ---- registers by hand ---- */

static void write_bits(void __iomem *reg, u32 mask, u32 bits)
{
	u32 value = (readl(reg) & ~mask) | bits;

	mm_log("   the course writes: *(volatile unsigned int *)%p = 0x%08x;", iomem_va(reg),
	       value);
	writel(value, reg);
}

static u32 level_bits(const struct pin *p, bool on)
{
	return on != p->active_low ? p->regs.dat_mask : 0;
}

/* Write through one mapping of the data register, read through the other. */
static void across(const struct pin *p, bool on, void __iomem *by, void __iomem *seen,
		   const char *what)
{
	write_bits(by, p->regs.dat_mask, level_bits(p, on));
	if (seen != by)
		demo_register(p->regs.dat_name, by, p->dat);
	demo_check((demo_register(p->regs.dat_name, seen, p->dat) & p->regs.dat_mask) ==
			   level_bits(p, on),
		   what);
}

static void make_output(const struct pin *p, void __iomem *con)
{
	write_bits(con, p->regs.con_mask, p->regs.con_output);
	demo_check((demo_register(p->regs.con_name, con, p->con) & p->regs.con_mask) ==
			   p->regs.con_output,
		   "the pin is an output");
}

/* ---- the steps ---- */

static bool by_static_address(const struct pin *p)
{
	const struct static_row *row = static_row_by_pa(p->dat, p->dat + p->regs.width - 1);

	if (!demo_check(row, "a static row covers the register")) {
		mm_log("   %p: add a MAP_DEVICE row to the board's table", p->dat);
		return false;
	}
	mm_log("   %s is line %u of %s, in row '%s': %p-%p at %p", p->name, p->line, p->chip->name,
	       row->desc->name, row->pa, row->pa_last, row->va);
	if (p->regs.has_con)
		make_output(p, p->con_static);
	else
		mm_log("   no register for its direction, it is always an output: %s alone",
		       p->regs.dat_name);
	across(p, true, p->dat_static, p->dat_static, "it is on");
	across(p, false, p->dat_static, p->dat_static, "it is off");
	return true;
}

static void __iomem *claim_and_map(pa_t pa, u32 size, const char *name)
{
	void __iomem *p;

	mm_log("   request_mem_region(%p, %u, \"%s\")", pa, size, name);
	if (!demo_check(request_mem_region(pa, size, name), "the register is ours"))
		return NULL;
	p = ioremap_new(pa, size);
	mm_log("   ioremap_new(%p, %u) = %p", pa, size, iomem_va(p));
	if (!demo_check(p, "and has a mapping"))
		release_mem_region(pa, size);
	return p;
}

static void unmap_and_release(void __iomem *p, pa_t pa, u32 size)
{
	iounmap(p);
	release_mem_region(pa, size);
	mm_log("   iounmap(%p); release_mem_region(%p, %u);", iomem_va(p), pa, size);
}

/* Two registers of one page, each with its own claim and its own mapping. */
static void by_two_mappings(const struct pin *p)
{
	const u32 size = p->regs.width;
	void __iomem *con = claim_and_map(p->con, size, p->regs.con_name);
	void __iomem *dat = con ? claim_and_map(p->dat, size, p->regs.dat_name) : NULL;

	if (dat) {
		demo_check((iomem_va(con) & PAGE_MASK) != (iomem_va(dat) & PAGE_MASK),
			   "one physical page, two virtual ones");
		make_output(p, con);
		across(p, true, dat, p->dat_static, "written dynamically, seen statically");
		across(p, false, p->dat_static, dat, "written statically, seen dynamically");
		unmap_and_release(dat, p->dat, size);
	}
	if (con)
		unmap_and_release(con, p->con, size);
}

/* Without a direction register: one claim, and the page mapped twice all the same. */
static void by_one_register(const struct pin *p)
{
	const u32 size = p->regs.width;
	void __iomem *dat = claim_and_map(p->dat, size, p->regs.dat_name), *again;

	if (!dat)
		return;
	again = ioremap_new(p->dat, size);
	mm_log("   ioremap_new(%p, %u) = %p, once more", p->dat, size, iomem_va(again));
	if (demo_check(again && again != dat, "one physical page, two virtual ones")) {
		across(p, true, dat, p->dat_static, "written dynamically, seen statically");
		across(p, false, p->dat_static, again, "written statically, seen dynamically");
	}
	mm_log("   iounmap(%p);", iomem_va(again));
	iounmap(again);
	unmap_and_release(dat, p->dat, size);
}

static void by_static_row(const struct pin *p)
{
	const struct static_row *row = static_row_by_pa(p->dat, p->dat + p->regs.width - 1);
	const u32 before = row->count;
	void __iomem *q = ioremap(p->dat, p->regs.width);

	mm_log("   ioremap(%p, %u) = %p; row '%s' counted %u, now %u", p->dat, p->regs.width,
	       iomem_va(q), row->desc->name, before, row->count);
	demo_register(p->regs.dat_name, q, p->dat);
	demo_check(q == p->dat_static, "no new mapping: the static address");
	demo_check(row->count == before + 1, "the row counts one more");
	iounmap(q);
	demo_check(row->count == before, "and one less after iounmap()");
}

static void read_word(void *arg)
{
	readl(arg);
}

static void touch_unmapped(void __iomem *gone)
{
	struct abort_info info = { .fsr = 0 };
	u32 status;

	mm_log("   reading %p, which is unmapped now; the report follows", iomem_va(gone));
	if (!demo_check(abort_catch(read_word, gone, &info, true), "the core aborted the access"))
		return;
	status = fault_status(info.fsr);
	mm_log("   DFSR 0x%03x (%s), DFAR %p", info.fsr, fault_status_name(info.fsr), info.far);
	demo_check(!info.prefetch && !info.undefined &&
			   (status == FS_TRANSLATION_SECTION || status == FS_TRANSLATION_PAGE),
		   "DFSR says translation fault");
	demo_check(info.far == iomem_va(gone), "DFAR is the address that was touched");
}

/* ---- what is held ---- */

/* struct holdings - all that a demonstration could leave behind */
struct holdings {
	u32 live, static_counts, claims;
};

/* A number that changes with any node's place, size or name. */
static u32 fingerprint(const struct resource *r, u32 h)
{
	const u32 prime = 16777619u; /* FNV-1a, 32 bits */

	for (; r; r = r->sibling) {
		h = (h ^ r->start) * prime;
		h = (h ^ r->end) * prime;
		for (u32 i = 0; i < RESOURCE_NAME_LEN; i++)
			h = (h ^ (u8)r->name[i]) * prime;
		h = fingerprint(r->child, h);
	}
	return h * prime;
}

static struct holdings look_around(void)
{
	struct ioremap_stats s;

	ioremap_stats(&s);
	return (struct holdings){ s.live, s.static_counts, fingerprint(iomem_resource.child, 0) };
}

static void compare_holdings(const struct holdings *was)
{
	const struct holdings is = look_around();

	mm_log("   dynamic mappings: %u before, %u now; counts on static rows: %u, %u", was->live,
	       is.live, was->static_counts, is.static_counts);
	demo_check(is.live == was->live, "no mapping left");
	demo_check(is.static_counts == was->static_counts, "no count left");
	demo_check(is.claims == was->claims, "the resource tree is as it was");
}

/* ---- in order ---- */

static void by_hand(void)
{
	struct pin pins[2];
	u32 n = choose_pins(pins);

	demo_step("Static window: registers at fixed virtual addresses");
	demo_check(n, "there is a pin to write to");
	for (u32 i = 0; i < n; i++)
		if (!by_static_address(&pins[i]))
			return;
	demo_step("Dynamic mappings, register by register, beside the static window");
	for (u32 i = 0; i < n; i++)
		if (pins[i].regs.has_con)
			by_two_mappings(&pins[i]);
		else
			by_one_register(&pins[i]);
	if (!n)
		return;
	demo_step("ioremap() of what a static row covers");
	by_static_row(&pins[0]);
}

static void by_drivers(const struct gpio_regs *led)
{
	struct demo_view fixed, fresh;
	void __iomem *gone;

	demo_step("LED and buzzer driver over the static window");
	if (!demo_view_static(&fixed))
		return;
	demo_view_run(&fixed, NULL);
	demo_step("The same drivers over dynamic mappings");
	if (!demo_view_dynamic(&fresh))
		return;
	demo_view_run(&fresh, fixed.led_chip.base + led->dat);
	gone = fresh.led_chip.base + led->dat;
	demo_view_drop(&fresh);
	demo_step("Touching the address after iounmap(), on purpose");
	touch_unmapped(gone);
}

int demo_main(void)
{
	const struct led *l = device_led(0);
	const struct holdings before = look_around();
	struct gpio_regs regs;

	demo_begin();
	if (!l || gpio_regs(l->chip, l->line, &regs)) {
		mm_log("demonstration: the board has no LED that works; add a LED() row to its "
		       "devices");
		return 1;
	}
	by_hand();
	by_drivers(&regs);
	demo_step("Nothing left behind");
	compare_holdings(&before);
	return demo_end() ? 1 : 0;
}
