/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_view.c - the board's LED and buzzer, driven through other mappings.
 */
#include "app/demo_view.h"

#include "app/demo_show.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/resource.h"

#define BEEP_HZ 880u
#define BEEP_MS 50u

void __iomem *static_window(pa_t phys, u32 size)
{
	const struct static_row *row = static_row_by_pa(phys, phys + size - 1);

	return row ? IOMEM(row->va + (phys - row->pa)) : NULL;
}

/* ---- which registers ---- */

static void add_block(struct demo_view *v, const char *name, pa_t phys, u32 size)
{
	v->block[v->blocks++] = (struct demo_block){ .name = name, .phys = phys, .size = size };
}

static void add_chip(struct demo_view *v, const struct gpio_chip *chip)
{
	add_block(v, chip->name, chip->phys, chip->size);
	if (chip->base2)
		add_block(v, chip->name, chip->phys2, chip->size2);
}

/* The LED's block first, then the buzzer's if it is another. */
static void list_blocks(struct demo_view *v)
{
	const struct gpio_chip *chip = device_led(0) ? device_led(0)->chip : NULL;
	const struct buzzer *b = device_buzzer();

	v->blocks = 0;
	v->has_led = chip;
	v->has_buzzer = b;
	if (chip)
		add_chip(v, chip);
	if (b && b->pwm)
		add_block(v, b->pwm->name, device_desc_of(b->pwm->name)->phys,
			  device_desc_of(b->pwm->name)->size);
	else if (b && b->gpio != chip)
		add_chip(v, b->gpio);
}

static void __iomem *base_of(const struct demo_view *v, pa_t phys)
{
	for (u32 i = 0; i < v->blocks; i++)
		if (v->block[i].phys == phys)
			return v->block[i].base;
	return NULL;
}

static void copy_chip(const struct demo_view *v, struct gpio_chip *to, const struct gpio_chip *from)
{
	*to = *from;
	to->base = base_of(v, from->phys);
	if (from->base2)
		to->base2 = base_of(v, from->phys2);
}

static void make_led(struct demo_view *v)
{
	v->led = *device_led(0);
	copy_chip(v, &v->led_chip, v->led.chip);
	v->led.chip = &v->led_chip;
}

static void make_buzzer(struct demo_view *v)
{
	v->buzzer = *device_buzzer();
	if (v->buzzer.pwm) {
		v->pwm = *v->buzzer.pwm;
		v->pwm.base = v->block[v->blocks - 1].base;
		v->buzzer.pwm = &v->pwm;
	} else {
		copy_chip(v, &v->buzzer_chip, v->buzzer.gpio);
		v->buzzer.gpio = &v->buzzer_chip;
	}
}

/* The driver objects, once the blocks have their bases. */
static void make_drivers(struct demo_view *v)
{
	if (v->has_led)
		make_led(v);
	if (v->has_buzzer)
		make_buzzer(v);
}

/* ---- how they are reached ---- */

bool demo_view_static(struct demo_view *v)
{
	list_blocks(v);
	for (u32 i = 0; i < v->blocks; i++) {
		struct demo_block *b = &v->block[i];

		b->base = static_window(b->phys, b->size);
		if (!b->base) {
			demo_no_row(b->name, b->phys, b->size);
			return false;
		}
		demo_check(b->base, "a static row covers the block");
		mm_log("   %s: %p (%z) at %p, from the static map", b->name, b->phys, b->size,
		       iomem_va(b->base));
	}
	make_drivers(v);
	return true;
}

/* Some blocks belong to another driver too (a timer): these are mapped, not claimed. */
static bool claim(struct demo_block *b)
{
	const struct resource *owner = resource_owner(b->phys);

	if (owner && (owner->flags & IORESOURCE_BUSY)) {
		mm_log("   %s: the registers are claimed by '%s', shared without a claim of ours",
		       b->name, owner->name);
		return true;
	}
	mm_log("   request_mem_region(%p, 0x%x, \"demo\")", b->phys, b->size);
	b->claimed = request_mem_region(b->phys, b->size, "demo");
	return b->claimed;
}

static bool claim_and_map(struct demo_block *b)
{
	if (!demo_check(claim(b), "the block's registers are ours"))
		return false;
	b->base = ioremap_new(b->phys, b->size);
	mm_log("   ioremap_new(%p, 0x%x) = %p", b->phys, b->size, iomem_va(b->base));
	if (!demo_check(b->base, "and have a fresh mapping"))
		return false;
	return demo_check(b->base != static_window(b->phys, b->size),
			  "at another virtual address than the static one");
}

bool demo_view_dynamic(struct demo_view *v)
{
	list_blocks(v);
	for (u32 i = 0; i < v->blocks; i++) {
		if (claim_and_map(&v->block[i]))
			continue;
		demo_view_drop(v);
		return false;
	}
	make_drivers(v);
	return true;
}

void demo_view_drop(struct demo_view *v)
{
	for (u32 i = v->blocks; i--;) {
		struct demo_block *b = &v->block[i];

		mm_log("   iounmap(%p)%s", iomem_va(b->base),
		       b->claimed ? "; release_mem_region()" : "");
		iounmap(b->base); /* NULL is ignored */
		if (b->claimed)
			release_mem_region(b->phys, b->size);
	}
}

/* ---- at work ---- */

/* By the driver, by its own mapping's register, and by the other mapping. */
static void set_and_compare(struct led *l, bool on, const struct gpio_regs *r,
			    const volatile void __iomem *witness)
{
	const u32 want = on != l->active_low ? r->dat_mask : 0;
	u32 value;

	led_set(l, on);
	mm_log("   led_set(%s, %s)", l->name, on ? "on" : "off");
	value = demo_register(r->dat_name, l->chip->base + r->dat, l->chip->phys + r->dat);
	demo_read_back(value, r->dat_mask, want,
		       on ? "the LED reads back lit" : "the LED reads back dark");
	demo_check(led_get(l) == on, "and so its driver says");
	if (witness)
		demo_check((readl(witness) & r->dat_mask) == want,
			   "and so it does through the static window");
}

static void run_led(struct led *l, const volatile void __iomem *witness)
{
	struct gpio_regs r;

	if (!demo_check(!gpio_regs(l->chip, l->line, &r) && !led_init(l), "led_init()"))
		return;
	set_and_compare(l, true, &r, witness);
	set_and_compare(l, false, &r, witness);
}

/* A line is read back; a PWM channel cannot be, so its block's first register is shown. */
static void run_buzzer(struct buzzer *b, const struct demo_block *block)
{
	struct gpio_regs r;

	if (!demo_check(!buzzer_init(b), "buzzer_init()"))
		return;
	if (b->pwm) {
		demo_register(block->name, block->base, block->phys);
	} else if (demo_check(!gpio_regs(b->gpio, b->line, &r), "it has a line")) {
		demo_check(!buzzer_set(b, true) && buzzer_get(b) == 1, "it reads back driven");
		demo_register(r.dat_name, b->gpio->base + r.dat, b->gpio->phys + r.dat);
		demo_check(!buzzer_set(b, false) && !buzzer_get(b), "and silent");
	}
	demo_check(!buzzer_beep(b, BEEP_HZ, BEEP_MS), "a short beep");
}

void demo_view_run(struct demo_view *v, const volatile void __iomem *witness)
{
	if (v->has_led)
		run_led(&v->led, witness);
	else
		mm_log("   no LED on this board (no LED() row): left out");
	if (v->has_buzzer)
		run_buzzer(&v->buzzer, &v->block[v->blocks - 1]);
	else
		mm_log("   no buzzer on this board (no DEV_BUZZER row): left out");
}
