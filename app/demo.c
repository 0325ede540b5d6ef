/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo.c - the course's demonstration: registers by a static and by dynamic
 * mappings, the same drivers over both, and an address touched after iounmap().
 */
#include "app/demo.h"

#include "app/demo_pin.h"
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

/* ---- which pin ---- */

/*
 * The first LED; and, as the course has a register for the direction too, the
 * buzzer's line where the LED has none and the buzzer has.  Return: how many.
 */
static u32 choose_pins(struct demo_pin pins[2])
{
	const struct led *l = device_led(0);
	const struct buzzer *b = device_buzzer();

	if (!demo_pin_look(&pins[0], l->name, l->chip, l->line, l->active_low))
		return 0;
	if (pins[0].regs.has_con || !b || !b->gpio)
		return 1;
	if (!demo_pin_look(&pins[1], b->name, b->gpio, b->line, b->active_low))
		return 1;
	return pins[1].regs.has_con ? 2 : 1;
}

/* ---- the steps ---- */

static bool all_static(const struct demo_pin *p)
{
	for (u32 i = 0; i < PIN_REGS; i++)
		if (p->reg[i].name && !p->reg[i].at) {
			demo_no_row(p->chip->name, p->chip->phys, p->chip->size);
			return false;
		}
	return demo_check(true, "the registers are covered by a static row");
}

static const struct static_row *row_of(const struct demo_pin *p)
{
	const pa_t pa = p->reg[PIN_DAT].pa;

	return static_row_by_pa(pa, pa + p->regs.width - 1);
}

static bool by_static_address(const struct demo_pin *p)
{
	void __iomem *at[PIN_REGS];
	const struct static_row *row;

	if (!all_static(p))
		return false;
	row = row_of(p);
	mm_log("   %s is line %u of %s, in row '%s': %p-%p at %p", p->name, p->line, p->chip->name,
	       row->desc->name, row->pa, row->pa_last, row->va);
	demo_pin_static(p, at);
	if (p->regs.has_con)
		demo_pin_make_output(p, at[PIN_CON]);
	else
		mm_log("   no register for its direction, it is always an output: %s alone",
		       p->reg[PIN_DAT].name);
	demo_pin_across(p, true, at, at[PIN_DAT], "it is on");
	demo_pin_across(p, false, at, at[PIN_DAT], "it is off");
	return true;
}

static bool pages_differ(void __iomem *const at[PIN_REGS])
{
	for (u32 i = 0; i < PIN_REGS; i++)
		for (u32 k = 0; k < i; k++)
			if (at[i] && at[k] && !((iomem_va(at[i]) ^ iomem_va(at[k])) & PAGE_MASK))
				return false;
	return true;
}

/* The registers of one page, each with its own claim and its own mapping. */
static void by_many_mappings(const struct demo_pin *p)
{
	void __iomem *fixed[PIN_REGS], *fresh[PIN_REGS];

	if (!demo_pin_map_each(p, fresh))
		return;
	demo_check(pages_differ(fresh), p->regs.has_set ? "one physical page, four virtual ones" :
							  "one physical page, two virtual ones");
	demo_pin_static(p, fixed);
	demo_pin_make_output(p, fresh[PIN_CON]);
	demo_pin_across(p, true, fresh, fixed[PIN_DAT], "written dynamically, seen statically");
	demo_pin_across(p, false, fixed, fresh[PIN_DAT], "written statically, seen dynamically");
	demo_pin_unmap_each(p, fresh);
}

/* Without a direction register: one claim, and the page mapped twice all the same. */
static void by_one_register(const struct demo_pin *p)
{
	const pa_t pa = p->reg[PIN_DAT].pa;
	const u32 size = p->regs.width;
	void __iomem *fixed[PIN_REGS], *fresh[PIN_REGS] = { NULL }, *again;

	fresh[PIN_DAT] = demo_pin_map(p, PIN_DAT);
	if (!fresh[PIN_DAT])
		return;
	demo_pin_static(p, fixed);
	again = ioremap_new(pa, size);
	mm_log("   ioremap_new(%p, %u) = %p, once more", pa, size, iomem_va(again));
	if (demo_check(again && again != fresh[PIN_DAT], "one physical page, two virtual ones")) {
		demo_pin_across(p, true, fresh, fixed[PIN_DAT],
				"written dynamically, seen statically");
		demo_pin_across(p, false, fixed, again, "written statically, seen dynamically");
	}
	mm_log("   iounmap(%p);", iomem_va(again));
	iounmap(again);
	demo_pin_unmap(p, PIN_DAT, fresh[PIN_DAT]);
}

static void by_static_row(const struct demo_pin *p)
{
	const struct demo_pin_reg *r = &p->reg[PIN_DAT];
	const struct static_row *row = row_of(p);
	const u32 before = row->count;
	void __iomem *q = ioremap(r->pa, p->regs.width);

	mm_log("   ioremap(%p, %u) = %p; row '%s' counted %u, now %u", r->pa, p->regs.width,
	       iomem_va(q), row->desc->name, before, row->count);
	demo_register(r->name, q, r->pa);
	demo_check(q == r->at, "no new mapping: the static address");
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
	struct demo_pin pins[2];
	u32 n;

	demo_step("Static window: registers at fixed virtual addresses");
	if (!device_led(0)) {
		mm_log("   left out, and what else is done to a pin by hand: there is no pin to "
		       "write to, the board has no LED() row");
		return;
	}
	n = choose_pins(pins);
	demo_check(n, "there is a pin to write to");
	for (u32 i = 0; i < n; i++)
		if (!by_static_address(&pins[i]))
			return;
	demo_step("Dynamic mappings, register by register, beside the static window");
	for (u32 i = 0; i < n; i++)
		if (pins[i].regs.has_con)
			by_many_mappings(&pins[i]);
		else
			by_one_register(&pins[i]);
	if (!n)
		return;
	demo_step("ioremap() of what a static row covers");
	by_static_row(&pins[0]);
}

/* @reg: byte offset of a register in the first block, to be looked at from both sides */
static void by_drivers(u32 reg)
{
	struct demo_view fixed, fresh;
	const volatile void __iomem *witness = NULL;
	void __iomem *gone;

	demo_step("LED and buzzer driver over the static window");
	if (demo_view_static(&fixed)) {
		demo_view_run(&fixed, NULL);
		witness = fixed.block[0].base + reg;
	}
	demo_step("The same drivers over dynamic mappings");
	if (!demo_view_dynamic(&fresh))
		return;
	demo_view_run(&fresh, witness);
	gone = fresh.block[0].base + reg;
	demo_view_drop(&fresh);
	demo_step("Touching the address after iounmap(), on purpose");
	touch_unmapped(gone);
}

static const struct device_desc *row_of_class(u32 class)
{
	const struct device_desc *row;

	for (u32 i = 0; (row = device_desc_at(i)); i++)
		if (row->class == class)
			return row;
	return NULL;
}

/* Where there is nothing to switch, the console is looked at once more. */
static void by_console(void)
{
	const struct device_desc *row = row_of_class(DEV_CONSOLE);
	void __iomem *p;

	demo_step("A dynamic mapping of the console's registers");
	mm_log("   as the board has neither a LED() nor a BUZZER() row for the drivers");
	p = ioremap_new(row->phys, row->size);
	mm_log("   ioremap_new(%p, 0x%x) = %p", row->phys, row->size, iomem_va(p));
	if (!demo_check(p, "there is a fresh mapping"))
		return;
	demo_check(p != static_window(row->phys, row->size),
		   "at another virtual address than the static one");
	iounmap(p);
	mm_log("   iounmap(%p)", iomem_va(p));
	demo_step("Touching the address after iounmap(), on purpose");
	touch_unmapped(p);
}

/* No LED at all may be the board's nature; a LED() row that does not work is a fault. */
static bool rows_work(void)
{
	const struct device_desc *led = row_of_class(DEV_LED);

	if (!led || device_led(0))
		return true;
	mm_log("demonstration: %s does not work; correct the board's row", led->name);
	return false;
}

int demo_main(void)
{
	const struct led *l = device_led(0);
	const struct holdings before = look_around();
	struct gpio_regs regs = { .dat = 0 };

	demo_begin();
	if (!rows_work() || (l && gpio_regs(l->chip, l->line, &regs)))
		return 1;
	by_hand();
	if (l || device_buzzer())
		by_drivers(regs.dat);
	else
		by_console();
	demo_step("Nothing left behind");
	compare_holdings(&before);
	return demo_end() ? 1 : 0;
}
