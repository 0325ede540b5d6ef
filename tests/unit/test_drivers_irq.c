/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_irq.c - request_irq() and the interrupt controllers.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/irq.h"
#include "fakeblocks.h"
#include "fakeirqs.h"

#define DIST 0x10000u
#define CPU 0x20000u
#define LOCAL 0x60000u
#define ARMCTRL 0x70200u
#define VIC(n) (0x40000u + 0x10000u * (n))
#define PPI 27u
#define SPI 44u

static struct fake_gic gic;
static struct fake_pl192 vic[4];
static struct fake_bcm2836 bcm;
static struct fake_sun4i_intc intc;
static struct fake_omap_intc omap;
static struct irq_chip chip;

/* What the handlers saw. */
static u32 calls, last_irq;
static void *last_arg;

static void bcm_level(u32 irq, bool on)
{
	u32 *word = irq < 96  ? &bcm.level[irq / 32] :
		    irq < 100 ? &bcm.timer_level :
				&bcm.mailbox_level;
	u32 bit = 1u << (irq < 96 ? irq % 32 : irq % 4);

	if (irq == 105)
		bcm.pmu_level = on;
	else
		*word = on ? *word | bit : *word & ~bit;
}

static void handler(u32 irq, void *arg)
{
	calls++;
	last_irq = irq;
	last_arg = arg;
	/* The device takes its line away. */
	if (chip.ops == &irq_gic_ops)
		gic.level[irq] = 0;
	else if (chip.ops == &irq_bcm2836_ops)
		bcm_level(irq, false);
	else if (chip.ops == &irq_omap_ops)
		omap.level[irq / 32] &= ~(1u << irq % 32);
	else if (chip.ops == &irq_sun4i_ops)
		intc.level[irq / 32] &= ~(1u << irq % 32);
	else
		vic[irq / 32].raw &= ~(1u << irq % 32);
}

static int setup(void **state)
{
	(void)state;
	bus_reset();
	calls = 0;
	return 0;
}

static void make_gic(void)
{
	fake_gic(&gic, DIST, CPU, 96);
	chip = (struct irq_chip){ .ops = irq_chip_find("gic"),
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
}

static void make_pl192(u32 n)
{
	chip = (struct irq_chip){ .ops = irq_chip_find("pl192"), .bases = n };
	for (u32 i = 0; i < n; i++) {
		fake_pl192(&vic[i], VIC(i));
		vic[i].enable = vic[i].soft = vic[i].select = ~0u; /* a careless loader */
		chip.base[i] = IOMEM(VIC(i));
	}
	assert_int_equal(irq_init(&chip), 0);
}

/* All that a careless loader could have let through. */
static void make_bcm2836(void)
{
	fake_bcm2836(&bcm, LOCAL, ARMCTRL);
	bcm.prescaler = 0x06aaaaab; /* as firmware leaves it */
	bcm.timer_source = 0x300;
	bcm.timer_control = bcm.mailbox_control = 0xff;
	bcm.pmu_routing = bcm.gpu_routing = ~0u;
	bcm.axi_control = 1u << 20;
	bcm.local_timer_control = 1u << 29;
	bcm.enable[0] = bcm.enable[1] = ~0u;
	bcm.enable[2] = 0xff;
	bcm.fiq = 0x80 + 57;
	chip = (struct irq_chip){ .ops = irq_chip_find("bcm2836"),
				  .base = { IOMEM(LOCAL), IOMEM(ARMCTRL) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
}

static void make_sun4i(void)
{
	fake_sun4i_intc(&intc, DIST);
	memset(intc.enable, 0xff, sizeof(intc.enable));
	memset(intc.mask, 0xff, sizeof(intc.mask));
	memset(intc.select, 0xff, sizeof(intc.select));
	intc.pending[0] = 1;
	chip = (struct irq_chip){ .ops = irq_chip_find("sun4i"),
				  .base = { IOMEM(DIST) },
				  .bases = 1 };
	assert_int_equal(irq_init(&chip), 0);
}

static void make_omap(u32 revision)
{
	fake_omap_intc(&omap, DIST, revision);
	chip = (struct irq_chip){ .ops = irq_chip_find("omap"),
				  .base = { IOMEM(DIST) },
				  .bases = 1 };
	assert_int_equal(irq_init(&chip), 0);
}

/* ---- GIC ---- */

static void gic_starts_with_everything_masked(void **state)
{
	(void)state;
	make_gic();
	assert_int_equal(chip.lines, 96);
	memset(gic.level, 1, sizeof(gic.level));
	assert_false(fake_gic_irq(&gic));
	for (u32 i = 0; i < 96; i++)
		assert_int_equal(gic.enabled[i], 0);
}

static void gic_serves_spi_and_ppi(void **state)
{
	static const u32 irqs[] = { PPI, SPI, 95, 32 };
	int cookie;

	(void)state;
	make_gic();
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++) {
		assert_int_equal(request_irq(irqs[i], handler, "dev", &cookie), 0);
		gic.level[irqs[i]] = 1;
		assert_true(fake_gic_irq(&gic));
		irq_dispatch();
		assert_int_equal(calls, i + 1);
		assert_int_equal(last_irq, irqs[i]);
		assert_ptr_equal(last_arg, &cookie);
		assert_int_equal(gic.active[irqs[i]], 0);
		assert_false(fake_gic_irq(&gic));
		assert_int_equal(irq_count(irqs[i]), 1);
	}
}

/* An earlier image was left in the middle of a handler. */
static void gic_forgets_what_was_never_ended(void **state)
{
	(void)state;
	fake_gic(&gic, DIST, CPU, 96);
	gic.active[SPI] = gic.active[95] = 1;
	chip = (struct irq_chip){ .ops = &irq_gic_ops,
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	assert_int_equal(gic.active[SPI] + gic.active[95], 0);
}

/* SGI 0 to 3 belong to the secure side: their targets read 0. */
static void gic_finds_itself_past_what_is_hidden(void **state)
{
	(void)state;
	fake_gic(&gic, DIST, CPU, 96);
	gic.many_cores = true;
	gic.hidden_words = 1;
	chip = (struct irq_chip){ .ops = &irq_gic_ops,
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	assert_int_equal(gic.target[SPI], 1);
}

static void gic_targets_this_core_where_there_are_several(void **state)
{
	(void)state;
	fake_gic(&gic, DIST, CPU, 96);
	gic.many_cores = true;
	chip = (struct irq_chip){ .ops = &irq_gic_ops,
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	assert_int_equal(request_irq(SPI, handler, "dev", NULL), 0);
	gic.level[SPI] = 1;
	assert_true(fake_gic_irq(&gic));
}

static void gic_ends_a_software_interrupt_with_its_sender(void **state)
{
	(void)state;
	make_gic();
	assert_int_equal(request_irq(3, handler, "dev", NULL), 0);
	gic.pending[3] = 1;
	gic.sgi_from = 5;
	irq_dispatch(); /* the fake checks the end word */
	assert_int_equal(last_irq, 3);
	assert_int_equal(gic.active[3], 0);
}

static void gic_barrier_before_the_end_of_interrupt(void **state)
{
	u32 eoi, iar = 0;

	(void)state;
	make_gic();
	request_irq(SPI, handler, "dev", NULL);
	gic.level[SPI] = 1;
	bus_forget();
	irq_dispatch();
	eoi = bus_find_write(CPU + 0x10, 0);
	while (bus_access(iar)->va != CPU + 0x0c)
		iar++;
	assert_true(eoi > iar);
	/* one after the read of IAR, one more before EOIR */
	assert_true(bus_access(eoi)->dsbs >= bus_access(iar)->dsbs + 2);
}

static void gic_without_its_cpu_interface_is_refused(void **state)
{
	(void)state;
	fake_gic(&gic, DIST, CPU, 96);
	chip = (struct irq_chip){ .ops = &irq_gic_ops, .base = { IOMEM(DIST) }, .bases = 1 };
	assert_int_equal(irq_init(&chip), -EINVAL);
	assert_logged("give .phys2 and .size2");
	assert_int_equal(bus_accesses(), 0);
	assert_int_equal(request_irq(SPI, handler, "dev", NULL), -ENODEV);
}

/* So it looks when a row has the two windows the other way round. */
static void gic_without_shared_interrupts_is_remarked_on(void **state)
{
	(void)state;
	fake_gic(&gic, DIST, CPU, 32);
	chip = (struct irq_chip){ .ops = &irq_gic_ops,
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	assert_logged("have they changed places?");
	bus_log_clear();
	make_gic();
	assert_int_equal(bus_log_lines(), 0);
}

static void gic_with_all_lines_ends_before_the_special_ones(void **state)
{
	(void)state;
	fake_gic(&gic, DIST, CPU, 1024);
	chip = (struct irq_chip){ .ops = &irq_gic_ops,
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	assert_int_equal(chip.lines, 1020);
	assert_int_equal(request_irq(1019, handler, "dev", NULL), 0);
	assert_int_equal(request_irq(1020, handler, "dev", NULL), -EINVAL);
}

/* ---- PL192 ---- */

static void pl192_starts_with_everything_masked(void **state)
{
	(void)state;
	make_pl192(4);
	assert_int_equal(chip.lines, 128);
	for (u32 i = 0; i < 4; i++) {
		vic[i].raw = ~0u;
		assert_false(fake_pl192_irq(&vic[i]));
		assert_int_equal(vic[i].soft, 0);
		assert_int_equal(vic[i].select, 0);
	}
}

static void pl192_serves_each_controller(void **state)
{
	static const u32 irqs[] = { 0, 25, 31, 32, 42, 95, 96, 127 };

	(void)state;
	make_pl192(4);
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++) {
		struct fake_pl192 *v = &vic[irqs[i] / 32];

		assert_int_equal(request_irq(irqs[i], handler, "dev", NULL), 0);
		v->raw |= 1u << irqs[i] % 32;
		assert_true(fake_pl192_irq(v));
		irq_dispatch();
		assert_int_equal(last_irq, irqs[i]);
		assert_int_equal(calls, i + 1);
		assert_false(fake_pl192_irq(v));
	}
}

static void pl192_two_at_once_are_both_served(void **state)
{
	(void)state;
	make_pl192(4);
	request_irq(21, handler, "a", NULL);
	request_irq(101, handler, "b", NULL);
	vic[0].raw = 1u << 21;
	vic[3].raw = 1u << 5;
	irq_dispatch();
	irq_dispatch();
	assert_int_equal(irq_count(21), 1);
	assert_int_equal(irq_count(101), 1);
	assert_int_equal(calls, 2);
}

/* A loader that stopped inside its handlers: the priority stays in service and
 * hides everything, unless it is ended. */
static void pl192_ends_what_a_loader_left_in_service(void **state)
{
	(void)state;
	make_pl192(2);
	vic[1].service[0] = 9;
	vic[1].service[1] = 0;
	vic[1].in_service = 2;
	assert_int_equal(irq_init(&chip), 0);
	assert_int_equal(request_irq(42, handler, "dev", NULL), 0);
	vic[1].raw = 1u << 10;
	assert_true(fake_pl192_irq(&vic[1]));
}

static void pl192_takes_one_to_four(void **state)
{
	(void)state;
	make_pl192(1);
	assert_int_equal(request_irq(32, handler, "dev", NULL), -EINVAL);
	assert_logged("irq 32 for dev: the pl192 has interrupts 0 to 31");
	chip.bases = 0;
	assert_int_equal(irq_init(&chip), -EINVAL);
	chip.bases = 5;
	assert_int_equal(irq_init(&chip), -EINVAL);
	assert_logged("1 to 4 controllers, not 5; correct .aux");
}

/* ---- BCM2836 ---- */

static void bcm2836_starts_with_everything_masked(void **state)
{
	(void)state;
	make_bcm2836();
	assert_int_equal(chip.lines, 106);
	bcm.timer_level = bcm.mailbox_level = 15;
	bcm.pmu_level = bcm.axi_level = bcm.local_timer_level = true;
	memset(bcm.level, 0xff, sizeof(bcm.level));
	assert_false(fake_bcm2836_irq(&bcm));
	assert_int_equal(bcm.fiq, 0);
	assert_int_equal(bcm.gpu_routing, 0);
	/* the generic timer counts the crystal itself */
	assert_int_equal(bcm.prescaler, 0x80000000u);
	assert_int_equal(bcm.timer_source, 0);
}

/* Both controllers, first and last of each kind. */
static void bcm2836_serves_each_source(void **state)
{
	static const u32 irqs[] = { 0, 31, 32, 57, 63, 64, 71, 96, 99, 100, 103, 105 };

	(void)state;
	make_bcm2836();
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++) {
		bcm_level(irqs[i], true);
		assert_false(fake_bcm2836_irq(&bcm));
		assert_int_equal(request_irq(irqs[i], handler, "dev", NULL), 0);
		assert_true(fake_bcm2836_irq(&bcm));
		irq_dispatch();
		assert_int_equal(last_irq, irqs[i]);
		assert_int_equal(calls, i + 1);
		assert_false(fake_bcm2836_irq(&bcm));
	}
}

static void bcm2836_masks_one_and_leaves_its_neighbours(void **state)
{
	static const u32 irqs[] = { 56, 57, 96, 99, 100, 101, 105 };

	(void)state;
	make_bcm2836();
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++)
		assert_int_equal(request_irq(irqs[i], handler, "dev", NULL), 0);
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++) {
		disable_irq(irqs[i]);
		for (u32 k = 0; k < ARRAY_SIZE(irqs); k++) {
			bcm_level(irqs[k], true);
			assert_int_equal(fake_bcm2836_irq(&bcm), k != i);
			bcm_level(irqs[k], false);
		}
		enable_irq(irqs[i]);
	}
}

static void bcm2836_two_at_once_are_both_served(void **state)
{
	(void)state;
	make_bcm2836();
	request_irq(57, handler, "console", NULL);
	request_irq(99, handler, "timer", NULL);
	bcm_level(57, true);
	bcm_level(99, true);
	irq_dispatch();
	irq_dispatch();
	assert_int_equal(irq_count(57), 1);
	assert_int_equal(irq_count(99), 1);
	assert_false(fake_bcm2836_irq(&bcm));
}

static void bcm2836_counts_what_is_gone_as_spurious(void **state)
{
	struct irq_stats s;

	(void)state;
	make_bcm2836();
	irq_dispatch();
	irq_stats(&s);
	assert_int_equal(s.spurious, 1);
	assert_int_equal(request_irq(106, handler, "local timer", NULL), -EINVAL);
	assert_logged("the bcm2836 has interrupts 0 to 105");
}

/* One of the ARM's own goes away and one of the GPU's comes, between the reads. */
static u32 accesses;

static void change_meanwhile(void)
{
	accesses++;
	if (accesses == 1)
		bcm.level[2] = 0;
	if (accesses == 3)
		bcm.level[0] = 1u << 5;
}

static void bcm2836_takes_no_digest_for_an_interrupt(void **state)
{
	(void)state;
	make_bcm2836();
	request_irq(5, handler, "dev", NULL);
	request_irq(64, handler, "arm", NULL);
	bcm_level(64, true);
	accesses = 0;
	bus_irq_hook = change_meanwhile;
	irq_dispatch();
	bus_irq_hook = NULL;
	assert_int_equal(calls, 0);
	assert_logged("spurious");
	irq_dispatch();
	assert_int_equal(last_irq, 5);
}

static void bcm2836_without_its_second_window_is_refused(void **state)
{
	(void)state;
	chip = (struct irq_chip){ .ops = &irq_bcm2836_ops, .base = { IOMEM(LOCAL) }, .bases = 1 };
	assert_int_equal(irq_init(&chip), -EINVAL);
	assert_logged("bcm2836: needs two register windows, has 1; give .phys2 and .size2");
	assert_int_equal(bus_accesses(), 0);
}

/* ---- Allwinner A10 ---- */

static void sun4i_starts_with_everything_masked(void **state)
{
	(void)state;
	make_sun4i();
	assert_int_equal(chip.lines, 96);
	memset(intc.level, 0xff, sizeof(intc.level));
	assert_false(fake_sun4i_intc_irq(&intc));
	assert_int_equal(intc.pending[0], 0);
}

static void sun4i_serves_each_word(void **state)
{
	static const u32 irqs[] = { 1, 22, 31, 32, 63, 64, 95 };

	make_sun4i();
	if (*state)
		intc.no_enable = ~0u;
	intc.level[1] = 1u << 7; /* asks, but nobody wants to hear it */
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++) {
		assert_int_equal(request_irq(irqs[i], handler, "dev", NULL), 0);
		intc.level[irqs[i] / 32] |= 1u << irqs[i] % 32;
		assert_true(fake_sun4i_intc_irq(&intc));
		irq_dispatch();
		assert_int_equal(last_irq, irqs[i]);
		assert_int_equal(calls, i + 1);
		assert_false(fake_sun4i_intc_irq(&intc));
	}
	free_irq(22, NULL);
	intc.level[0] = 1u << 22;
	assert_false(fake_sun4i_intc_irq(&intc));
	intc.level[0] = 1u << 31;
	assert_true(fake_sun4i_intc_irq(&intc));
}

static void sun4i_serves_each_word_without_enables(void **state)
{
	void *without = &intc;

	(void)state;
	sun4i_serves_each_word(&without);
}

/* Interrupt 0 is an edge that is kept: it must be told that it was served. */
static void sun4i_ends_the_nmi_and_no_other(void **state)
{
	(void)state;
	make_sun4i();
	request_irq(0, handler, "nmi", NULL);
	fake_sun4i_intc_nmi(&intc);
	assert_true(fake_sun4i_intc_irq(&intc));
	irq_dispatch();
	assert_int_equal(irq_count(0), 1);
	assert_false(fake_sun4i_intc_irq(&intc));
	request_irq(5, handler, "dev", NULL);
	intc.level[0] = 1u << 5;
	bus_forget();
	irq_dispatch();
	assert_int_equal(bus_writes(), 0); /* nothing to tell it */
}

/* ---- OMAP3, AM33xx ---- */

static void omap_starts_with_everything_masked(void **state)
{
	(void)state;
	make_omap(0x40);
	assert_int_equal(chip.lines, 96);
	make_omap(0x50);
	assert_int_equal(chip.lines, 128);
	memset(omap.level, 0xff, sizeof(omap.level));
	assert_false(fake_omap_intc_irq(&omap));
	assert_int_equal(omap.threshold, 0xff);
}

static void omap_serves_each_bank(void **state)
{
	static const u32 irqs[] = { 0, 31, 32, 68, 95, 96, 127 };

	(void)state;
	make_omap(0x50);
	omap.level[1] = 1u << 7; /* asks, but nobody wants to hear it */
	for (u32 i = 0; i < ARRAY_SIZE(irqs); i++) {
		assert_int_equal(request_irq(irqs[i], handler, "dev", NULL), 0);
		omap.level[irqs[i] / 32] |= 1u << irqs[i] % 32;
		assert_true(fake_omap_intc_irq(&omap));
		irq_dispatch();
		assert_int_equal(last_irq, irqs[i]);
		assert_int_equal(calls, i + 1);
		assert_false(fake_omap_intc_irq(&omap));
	}
	disable_irq(68);
	omap.level[2] = 1u << 4;
	assert_false(fake_omap_intc_irq(&omap));
}

/* One that is gone when asked for must be agreed upon as well, or it is the last. */
static void omap_goes_on_after_a_spurious_one(void **state)
{
	struct irq_stats s;

	(void)state;
	make_omap(0x50);
	request_irq(68, handler, "timer", NULL);
	omap.sir = 0xffffff80;
	omap.agreed = false;
	irq_dispatch();
	irq_stats(&s);
	assert_int_equal(s.spurious, 1);
	omap.level[2] = 1u << 4;
	assert_true(fake_omap_intc_irq(&omap));
	irq_dispatch();
	assert_int_equal(last_irq, 68);
}

/* ---- request_irq() and its kin ---- */

static void a_request_is_checked(void **state)
{
	(void)state;
	make_gic();
	assert_int_equal(request_irq(96, handler, "uart0", NULL), -EINVAL);
	assert_logged("irq 96 for uart0: the gic has interrupts 0 to 95; correct .irq");
	assert_int_equal(request_irq((u32)-1, handler, "uart0", NULL), -EINVAL);
	assert_logged("irq -1 for uart0");
	assert_int_equal(request_irq(SPI, NULL, "uart0", NULL), -EINVAL);
	assert_int_equal(request_irq(SPI, handler, NULL, NULL), -EINVAL);
	assert_logged("needs a handler and a name");
	assert_int_equal(gic.enabled[SPI], 0);
}

static void the_owner_in_the_way_is_named(void **state)
{
	(void)state;
	make_gic();
	assert_int_equal(request_irq(SPI, handler, "uart0", NULL), 0);
	assert_int_equal(request_irq(SPI, handler, "timer0", NULL), -EBUSY);
	assert_logged("irq 44 for timer0: uart0 has it");
}

static void there_are_only_so_many_handlers(void **state)
{
	(void)state;
	make_gic();
	for (u32 i = 0; i < IRQ_ACTIONS; i++)
		assert_int_equal(request_irq(32 + i, handler, "dev", NULL), 0);
	assert_int_equal(request_irq(80, handler, "late", NULL), -ENOMEM);
	assert_logged("irq 80 for late: all 32 handlers are in use; raise IRQ_ACTIONS");
	assert_int_equal(gic.enabled[80], 0);
	free_irq(40, NULL);
	assert_int_equal(request_irq(80, handler, "late", NULL), 0);
}

static void a_freed_interrupt_is_masked_and_can_be_had_again(void **state)
{
	int a, b;

	(void)state;
	make_gic();
	request_irq(SPI, handler, "one", &a);
	free_irq(SPI, &b);
	assert_logged("free_irq 44: one has it, with another argument; nothing freed");
	assert_int_equal(gic.enabled[SPI], 1);
	free_irq(SPI, &a);
	assert_int_equal(gic.enabled[SPI], 0);
	bus_log_clear();
	free_irq(SPI, &a);
	assert_logged("free_irq 44: nobody has it");
	assert_int_equal(request_irq(SPI, handler, "two", &b), 0);
	gic.level[SPI] = 1;
	irq_dispatch();
	assert_ptr_equal(last_arg, &b);
}

static void disabling_nests(void **state)
{
	(void)state;
	make_gic();
	request_irq(SPI, handler, "dev", NULL);
	assert_int_equal(disable_irq(SPI), 0);
	assert_int_equal(disable_irq(SPI), 0);
	gic.level[SPI] = 1;
	assert_false(fake_gic_irq(&gic));
	assert_int_equal(enable_irq(SPI), 0);
	assert_false(fake_gic_irq(&gic));
	assert_int_equal(enable_irq(SPI), 0);
	assert_true(fake_gic_irq(&gic));
	assert_int_equal(enable_irq(SPI), -EINVAL);
	assert_logged("dev has it and it is not disabled");
}

static void only_what_was_requested_can_be_switched(void **state)
{
	(void)state;
	make_gic();
	assert_int_equal(disable_irq(SPI), -EINVAL);
	assert_logged("disable_irq 44: nobody has it");
	assert_int_equal(enable_irq(SPI), -EINVAL);
	assert_logged("enable_irq 44: nobody has it");
	assert_int_equal(gic.enabled[SPI], 0);
}

/* ---- dispatch ---- */

static void an_unhandled_interrupt_is_reported_once_and_masked(void **state)
{
	struct irq_stats s;

	(void)state;
	make_gic();
	gic.enabled[50] = 1; /* somebody wrote the register by hand */
	gic.level[50] = 1;
	irq_dispatch();
	assert_logged("irq 50: no handler, masked");
	assert_false(fake_gic_irq(&gic)); /* no storm */
	assert_int_equal(gic.active[50], 0);
	irq_stats(&s);
	assert_int_equal(s.unhandled, 1);
	assert_int_equal(bus_log_lines(), 1);
}

static void a_spurious_interrupt_is_counted_and_said_once(void **state)
{
	struct irq_stats s;

	(void)state;
	make_gic();
	irq_dispatch();
	irq_dispatch();
	irq_stats(&s);
	assert_int_equal(s.spurious, 2);
	assert_int_equal(s.served, 0);
	assert_int_equal(bus_log_lines(), 1);
	assert_logged("spurious");
}

static void without_a_controller_nothing_is_touched(void **state)
{
	(void)state;
	chip = (struct irq_chip){ .ops = &irq_gic_ops, .bases = 0 };
	irq_init(&chip);
	bus_log_clear();
	irq_dispatch();
	assert_int_equal(request_irq(3, handler, "dev", NULL), -ENODEV);
	assert_logged("add a DEV_INTC row");
	irq_show();
	assert_logged("no interrupt controller");
	assert_int_equal(bus_accesses(), 0);
}

static void the_listing_shows_names_and_counts(void **state)
{
	(void)state;
	make_gic();
	request_irq(SPI, handler, "uart0", NULL);
	request_irq(PPI, handler, "timer", NULL);
	disable_irq(PPI);
	gic.level[SPI] = 1;
	irq_dispatch();
	bus_log_clear();
	irq_show();
	assert_logged("gic, 96 interrupts: 1 served, 0 spurious, 0 unhandled\n");
	assert_logged("  44:          1  uart0\n");
	assert_logged("  27:          0  timer (disabled)\n");
}

static void controllers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(irq_chip_find("gic"), &irq_gic_ops);
	assert_ptr_equal(irq_chip_find("pl192"), &irq_pl192_ops);
	assert_null(irq_chip_find("pl190"));
	assert_ptr_equal(irq_chip_find("bcm2836"), &irq_bcm2836_ops);
	assert_ptr_equal(irq_chip_find("sun4i"), &irq_sun4i_ops);
	assert_ptr_equal(irq_chip_find("omap"), &irq_omap_ops);
	assert_null(irq_chip_name(5));
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(gic_starts_with_everything_masked),
		T(gic_serves_spi_and_ppi),
		T(gic_forgets_what_was_never_ended),
		T(gic_finds_itself_past_what_is_hidden),
		T(gic_targets_this_core_where_there_are_several),
		T(gic_ends_a_software_interrupt_with_its_sender),
		T(gic_barrier_before_the_end_of_interrupt),
		T(gic_without_its_cpu_interface_is_refused),
		T(gic_without_shared_interrupts_is_remarked_on),
		T(gic_with_all_lines_ends_before_the_special_ones),
		T(pl192_starts_with_everything_masked),
		T(pl192_serves_each_controller),
		T(pl192_two_at_once_are_both_served),
		T(pl192_ends_what_a_loader_left_in_service),
		T(pl192_takes_one_to_four),
		T(bcm2836_starts_with_everything_masked),
		T(bcm2836_serves_each_source),
		T(bcm2836_masks_one_and_leaves_its_neighbours),
		T(bcm2836_two_at_once_are_both_served),
		T(bcm2836_counts_what_is_gone_as_spurious),
		T(bcm2836_takes_no_digest_for_an_interrupt),
		T(bcm2836_without_its_second_window_is_refused),
		T(sun4i_starts_with_everything_masked),
		T(sun4i_serves_each_word),
		T(sun4i_serves_each_word_without_enables),
		T(sun4i_ends_the_nmi_and_no_other),
		T(omap_starts_with_everything_masked),
		T(omap_serves_each_bank),
		T(omap_goes_on_after_a_spurious_one),
		T(a_request_is_checked),
		T(the_owner_in_the_way_is_named),
		T(there_are_only_so_many_handlers),
		T(a_freed_interrupt_is_masked_and_can_be_had_again),
		T(disabling_nests),
		T(only_what_was_requested_can_be_switched),
		T(an_unhandled_interrupt_is_reported_once_and_masked),
		T(a_spurious_interrupt_is_counted_and_said_once),
		T(without_a_controller_nothing_is_touched),
		T(the_listing_shows_names_and_counts),
		T(controllers_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
