/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_timer.c - the clock, delays and the tick.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/irq.h"
#include "drivers/timer.h"
#include "fakeblocks.h"
#include "fakeirqs.h"
#include "seam.h"

#define BASE 0x3000u
#define DIST 0x10000u
#define CPU 0x20000u
#define IRQ 36
#define TICK_IRQ 37

static struct fake_sp804 sp804;
static struct fake_s5p_pwm s5p;
static struct fake_a9_timers a9;
static struct fake_sun4i_timer sun4i;
static struct fake_imx_gpt gpt;
static struct fake_omap_timer omap;
static struct fake_gic gic;
static struct irq_chip chip;
static struct timer timer;

/* Each run of it needs a timer that is there; NULL ops stand for none. */
static int no_init(struct timer *t)
{
	(void)t;
	return -EINVAL;
}
static const struct timer_ops none = { .name = "none", .init = no_init };

static int setup(void **state)
{
	(void)state;
	bus_reset();
	memset(&sp804, 0, sizeof(sp804));
	memset(&s5p, 0, sizeof(s5p));
	memset(&a9, 0, sizeof(a9));
	memset(&sun4i, 0, sizeof(sun4i));
	memset(&gpt, 0, sizeof(gpt));
	memset(&omap, 0, sizeof(omap));
	timer = (struct timer){ .ops = &none };
	timer_init(&timer);
	fake_gic(&gic, DIST, CPU, 96);
	chip = (struct irq_chip){ .ops = irq_chip_find("gic"),
				  .base = { IOMEM(DIST), IOMEM(CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	return 0;
}

static void make(const char *driver, u32 clock)
{
	timer = (struct timer){ .ops = timer_find(driver),
				.base = IOMEM(BASE),
				.clock = clock,
				.irq = IRQ,
				.tick_irq = -1 };
	assert_non_null(timer.ops);
}

static void make_sp804(void)
{
	fake_sp804(&sp804, BASE);
	make("sp804", 1000000);
	assert_int_equal(timer_init(&timer), 0);
}

static void make_s5p(void)
{
	fake_s5p_pwm(&s5p, BASE);
	make("s5p", 66700000);
	timer.tick_irq = TICK_IRQ;
	assert_int_equal(timer_init(&timer), 0);
}

static void make_generic(void)
{
	model_cp15.pfr1 = 1u << 16;
	model_cp15.cntfrq = 62500000;
	model_cp15.cntvct = 123456789012;
	make("generic", 0);
	timer.base = NULL;
	assert_int_equal(timer_init(&timer), 0);
}

#define A9_CLOCK 400000000u

static void make_twd(void)
{
	fake_a9_timers(&a9, BASE);
	make("twd", A9_CLOCK);
	assert_int_equal(timer_init(&timer), 0);
}

static void make_sun4i(void)
{
	fake_sun4i_timer(&sun4i, BASE);
	make("sun4i", 24000000);
	timer.tick_irq = TICK_IRQ;
	assert_int_equal(timer_init(&timer), 0);
}

static void make_imx_gpt(void)
{
	fake_imx_gpt(&gpt, BASE);
	make("imx-gpt", 66000000);
	assert_int_equal(timer_init(&timer), 0);
}

static void make_omap(const char *driver)
{
	fake_omap_timer(&omap, BASE, !strcmp(driver, "omap4"));
	make(driver, 24000000);
	assert_int_equal(timer_init(&timer), 0);
}

static void set_levels(void)
{
	gic.level[IRQ] = fake_sp804_irq(&sp804) || fake_s5p_pwm_irq(&s5p, 4) ||
			 fake_a9_timers_irq(&a9) || fake_sun4i_timer_irq(&sun4i, 1) ||
			 fake_imx_gpt_irq(&gpt) || fake_omap_timer_irq(&omap);
	gic.level[TICK_IRQ] = fake_s5p_pwm_irq(&s5p, 3) || fake_sun4i_timer_irq(&sun4i, 0);
}

static void deliver(void)
{
	set_levels();
	while (fake_gic_irq(&gic)) {
		irq_dispatch();
		set_levels();
	}
}

static u32 ticked;
static void *tick_arg;

static void on_tick(void *arg)
{
	ticked++;
	tick_arg = arg;
}

/* ---- clocks ---- */

static void sp804_counts_up_from_zero(void **state)
{
	(void)state;
	make_sp804();
	assert_int_equal(timer_rate(), 1000000);
	assert_int_equal(timer_ticks(), 0);
	fake_sp804_advance(&sp804, 1500);
	assert_int_equal(timer_ticks(), 1500);
	assert_int_equal(timer_usecs(), 1500);
}

static void sp804_wraps_without_a_step_back(void **state)
{
	(void)state;
	make_sp804();
	fake_sp804_advance(&sp804, 0xfffffff0);
	assert_int_equal(timer_ticks(), 0xfffffff0);
	fake_sp804_advance(&sp804, 0x20);
	assert_int_equal(timer_ticks(), 0x100000010);
	fake_sp804_advance(&sp804, 0xffffffff);
	assert_int_equal(timer_ticks(), 0x20000000f);
}

/* Nobody asks for hours: the interrupt at the wrap keeps count. */
static void sp804_interrupt_catches_each_wrap(void **state)
{
	(void)state;
	make_sp804();
	for (u32 i = 0; i < 3; i++) {
		fake_sp804_advance(&sp804, 0x80000000);
		deliver();
		fake_sp804_advance(&sp804, 0x80000000);
		deliver();
	}
	assert_int_equal(timer_ticks(), 0x300000000);
	assert_false(fake_sp804_irq(&sp804));
}

/* The interrupt is served at once, at the counter's last value, or late: each
 * in turn, and no reading but there. */
static void wraps_are_counted_early_and_late(void **state)
{
	static const u32 late[] = { 0, 6, 0, 0, 0x70000000, 0, 1 };
	uint64_t total = 0;

	(void)state;
	make_sp804();
	for (u32 i = 0; i < ARRAY_SIZE(late); i++) {
		u32 to_end = sp804.half[0].value;

		fake_sp804_advance(&sp804, to_end);
		assert_true(fake_sp804_irq(&sp804));
		fake_sp804_advance(&sp804, late[i]);
		total += (uint64_t)to_end + late[i];
		deliver();
		assert_int_equal(timer_ticks(), total);
		if (!late[i]) { /* off the last value, or it would interrupt again */
			fake_sp804_advance(&sp804, 1);
			total++;
		}
	}
	assert_int_equal(timer_ticks(), total);
}

static void s5p_clock_runs_at_a_32nd(void **state)
{
	(void)state;
	make_s5p();
	assert_int_equal(timer_rate(), 66700000 / 32);
	fake_s5p_pwm_advance(&s5p, 32 * 1000);
	assert_int_equal(timer_ticks(), 1000);
	fake_s5p_pwm_advance(&s5p, 66700000);
	assert_int_equal(timer_ticks(), 1000 + 66700000 / 32);
	/* channels 0..2 are as they were */
	assert_int_equal(s5p.tcon & 0xff0f, 0);
	assert_int_equal(s5p.tcfg1 & 0xfff, 0);
	assert_int_equal(s5p.tcfg0 & 0xff, 1);
}

static void s5p_wraps_without_a_step_back(void **state)
{
	uint64_t before;

	(void)state;
	make_s5p();
	s5p.ch[4].count = 5; /* near its end */
	before = timer_ticks();
	fake_s5p_pwm_advance(&s5p, 32 * 10);
	deliver();
	/* reloaded at 0, so one count is short of 2^32 a round */
	assert_true(timer_ticks() - before >= 10 && timer_ticks() - before <= 11);
	assert_false(fake_s5p_pwm_irq(&s5p, 4));
}

static void generic_clock_is_the_counter(void **state)
{
	(void)state;
	make_generic();
	assert_int_equal(timer_rate(), 62500000);
	assert_int_equal(timer_ticks(), 0);
	model_cp15.cntvct += 62500000ull * 86400 * 30;
	assert_int_equal(timer_usecs(), 86400ull * 30 * 1000000); /* no overflow */
	assert_int_equal(gic.enabled[IRQ], 1);
}

static void generic_row_may_give_the_rate(void **state)
{
	(void)state;
	model_cp15.pfr1 = 1u << 16;
	make("generic", 24000000);
	assert_int_equal(timer_init(&timer), 0);
	assert_int_equal(timer_rate(), 24000000);
}

/* A Cortex-A9: to read the counter would be an undefined instruction. */
static void generic_is_refused_by_a_core_without_it(void **state)
{
	(void)state;
	model_cp15.pfr1 = 0xfff0ffff;
	make("generic", 24000000);
	assert_int_equal(timer_init(&timer), -ENODEV);
	assert_logged("timer generic: this core has none (ID_PFR1); use twd, sp804 or the SoC's "
		      "own in the board's row");
	assert_int_equal(timer_rate(), 0);
}

static void twd_clock_is_the_global_timer(void **state)
{
	(void)state;
	make_twd();
	assert_int_equal(timer_rate(), A9_CLOCK);
	assert_int_equal(timer_ticks(), 0);
	fake_a9_timers_advance(&a9, 400);
	assert_int_equal(timer_usecs(), 1);
	for (u32 i = 0; i < 5; i++)
		fake_a9_timers_advance(&a9, 0xffffffff);
	assert_int_equal(timer_ticks(), 400 + 5 * 0xffffffffull); /* nobody looked meanwhile */
	assert_false(fake_a9_timers_irq(&a9));
	assert_int_equal(gic.enabled[IRQ], 1);
}

/* The low word wraps between the reads of the two: neither old nor new by half. */
static void twd_reads_two_words_of_one_moment(void **state)
{
	(void)state;
	make_twd();
	a9.step = 1;
	for (u32 before = 1; before < 8; before++) {
		uint64_t at = 0x700000000ull - before, seen;

		a9.global = at;
		seen = timer.ops->count(&timer);
		assert_in_range(seen, at, a9.global);
	}
}

static void sun4i_clock_is_timer_1(void **state)
{
	(void)state;
	make_sun4i();
	assert_int_equal(timer_rate(), 24000000);
	assert_int_equal(timer_ticks(), 0);
	fake_sun4i_timer_advance(&sun4i, 24000);
	assert_int_equal(timer_usecs(), 1000);
	deliver();
	assert_int_equal(sun4i.status, 0);
	for (u32 i = 0; i < 3; i++) {
		fake_sun4i_timer_advance(&sun4i, 0x80000000);
		deliver();
		fake_sun4i_timer_advance(&sun4i, 0x80000000);
		deliver();
	}
	/* a round is one count short: zero is not stood on */
	assert_in_range(timer_ticks(), 24000 + 0x300000000, 24000 + 0x300000003);
	assert_false(fake_sun4i_timer_irq(&sun4i, 1));
}

static void imx_gpt_clock_runs_free(void **state)
{
	(void)state;
	make_imx_gpt();
	assert_int_equal(timer_rate(), 66000000);
	assert_int_equal(timer_ticks(), 0);
	assert_int_equal(gpt.cr >> 6 & 7, 1);
	assert_int_equal(gpt.pr, 0);
	assert_false(fake_imx_gpt_irq(&gpt));
	for (u32 i = 0; i < 3; i++) {
		fake_imx_gpt_advance(&gpt, 0x80000000);
		deliver();
		fake_imx_gpt_advance(&gpt, 0x80000000);
		deliver();
	}
	assert_int_equal(timer_ticks(), 0x300000000);
}

static const char *const omaps[] = { "omap3", "omap4" };

static void omap_clock_runs_free_in_both_layouts(void **state)
{
	for (u32 k = 0; k < ARRAY_SIZE(omaps); k++) {
		setup(state);
		make_omap(omaps[k]);
		assert_int_equal(timer_ticks(), 0);
		assert_false(fake_omap_timer_irq(&omap));
		for (u32 i = 0; i < 3; i++) {
			fake_omap_timer_advance(&omap, 0x80000000);
			deliver();
			fake_omap_timer_advance(&omap, 0x80000000);
			deliver();
		}
		assert_int_equal(timer_ticks(), 0x300000000);
		assert_int_equal(omap.tldr, 0);
	}
}

static void a_clock_without_a_rate_is_refused(void **state)
{
	static const char *const drivers[] = {
		"sp804", "generic", "s5p", "twd", "sun4i", "imx-gpt", "omap3", "omap4",
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(drivers); i++) {
		bus_reset();
		model_cp15.pfr1 = 1u << 16;
		make(drivers[i], 0);
		assert_int_equal(timer_init(&timer), -EINVAL);
		assert_logged("give .clock in the board's row");
		assert_int_equal(bus_accesses(), 0);
		assert_int_equal(timer_ticks(), 0);
		assert_int_equal(timer_usecs(), 0);
		assert_int_equal(timer_rate(), 0);
	}
}

/* A reader in an interrupt in the middle of another reading: no false wrap. */
static uint64_t inner;

static void read_inside(void)
{
	bus_irq_hook = NULL;
	fake_sp804_advance(&sp804, 100);
	inner = timer_ticks();
}

static void readings_may_interrupt_each_other(void **state)
{
	uint64_t outer;

	(void)state;
	make_sp804();
	fake_sp804_advance(&sp804, 1000);
	bus_irq_hook = read_inside;
	outer = timer_ticks();
	assert_null(bus_irq_hook);
	assert_int_equal(inner, 1100);
	assert_int_equal(outer, 1000);
	assert_int_equal(timer_ticks(), 1100);
}

/* ---- delays ---- */

static void a_delay_is_never_too_short(void **state)
{
	static const u32 steps[] = { 1, 7, 1000 };
	static const u32 times[] = { 0, 1, 20, 5000 };

	(void)state;
	make_sp804();
	for (u32 i = 0; i < ARRAY_SIZE(steps); i++)
		for (u32 k = 0; k < ARRAY_SIZE(times); k++) {
			u32 from = sp804.half[0].value, passed;

			sp804.step = steps[i];
			udelay(times[k]);
			passed = from - sp804.half[0].value;
			/* a step goes by with the first reading */
			assert_true(passed >= steps[i] + times[k] + 1);
			assert_true(passed <= 2 * steps[i] + times[k] + 1);
		}
}

static void a_delay_at_an_uneven_rate_is_rounded_up(void **state)
{
	u32 from, passed;

	(void)state;
	make_s5p();
	s5p.step = 32;
	from = s5p.ch[4].count;
	udelay(3); /* 6.25 counts */
	passed = from - s5p.ch[4].count;
	assert_true(passed >= 8 && passed <= 11);
	from = s5p.ch[4].count;
	mdelay(2);
	passed = from - s5p.ch[4].count;
	assert_true(passed >= 4168 && passed <= 4190);
}

static void without_a_clock_delays_return_and_say_so_once(void **state)
{
	(void)state;
	udelay(10);
	mdelay(3);
	assert_int_equal(bus_log_lines(), 1);
	assert_logged("add a DEV_TIMER row");
}

/* ---- the tick ---- */

static void sp804_ticks_beside_the_clock(void **state)
{
	(void)state;
	make_sp804();
	ticked = 0;
	assert_int_equal(timer_tick_start(100, on_tick, &ticked), 0);
	for (u32 ms = 0; ms < 1000; ms++) {
		fake_sp804_advance(&sp804, 1000);
		deliver();
	}
	assert_in_range(ticked, 99, 100);
	assert_ptr_equal(tick_arg, &ticked);
	assert_int_equal(timer_usecs(), 1000000);
	timer_tick_stop();
	fake_sp804_advance(&sp804, 50000);
	deliver();
	assert_in_range(ticked, 99, 100);
}

static void s5p_ticks_beside_the_clock(void **state)
{
	(void)state;
	make_s5p();
	ticked = 0;
	assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
	for (u32 i = 0; i < 2000; i++) {
		fake_s5p_pwm_advance(&s5p, 66700000 / 2000);
		deliver();
	}
	assert_in_range(ticked, 998, 1001);
	assert_false(fake_s5p_pwm_irq(&s5p, 3));
	timer_tick_stop();
	ticked = 0;
	fake_s5p_pwm_advance(&s5p, 66700000 / 100);
	deliver();
	assert_int_equal(ticked, 0);
	assert_int_equal(s5p.tcon >> 20 & 1, 1); /* the clock goes on */
}

/* Starting the tick must not swallow a wrap that waits, nor the other way. */
static void s5p_keeps_a_waiting_status_bit(void **state)
{
	(void)state;
	make_s5p();
	s5p.ch[4].count = 2;
	fake_s5p_pwm_advance(&s5p, 32 * 3);
	assert_true(fake_s5p_pwm_irq(&s5p, 4));
	assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
	assert_true(fake_s5p_pwm_irq(&s5p, 4));
	timer_tick_stop();
	assert_true(fake_s5p_pwm_irq(&s5p, 4));
}

static void s5p_without_a_tick_interrupt_says_which(void **state)
{
	(void)state;
	fake_s5p_pwm(&s5p, BASE);
	make("s5p", 66700000);
	assert_int_equal(timer_init(&timer), 0);
	assert_int_equal(timer_tick_start(100, on_tick, NULL), -EINVAL);
	assert_logged("channel 3's interrupt is not in the board's row (.aux)");
	assert_int_equal(s5p.tcon & 0xf0000, 0);
}

static void generic_tick_does_not_drift(void **state)
{
	uint64_t start;

	(void)state;
	make_generic();
	ticked = 0;
	start = model_cp15.cntvct;
	assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
	assert_int_equal(model_cp15.cntv_tval, 62500);
	assert_int_equal(model_cp15.cntv_ctl, 1);
	for (u32 i = 1; i <= 5; i++) {
		model_cp15.cntvct += model_cp15.cntv_tval + 700; /* served late */
		gic.pending[IRQ] = 1;
		irq_dispatch();
		assert_int_equal(model_cp15.cntvct + model_cp15.cntv_tval,
				 start + 62500ull * (i + 1));
	}
	model_cp15.cntvct += 62500 * 3; /* and once very late */
	gic.pending[IRQ] = 1;
	irq_dispatch();
	assert_true(model_cp15.cntv_tval > 0 && model_cp15.cntv_tval <= 62500);
	assert_int_equal(ticked, 6);
	timer_tick_stop();
	assert_int_equal(model_cp15.cntv_ctl, 0);
}

static void twd_ticks_beside_the_clock(void **state)
{
	(void)state;
	make_twd();
	ticked = 0;
	assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
	for (u32 i = 0; i < 2000; i++) {
		fake_a9_timers_advance(&a9, A9_CLOCK / 2000);
		deliver();
	}
	assert_in_range(ticked, 999, 1000);
	assert_int_equal(a9.load + 1, A9_CLOCK / 1000); /* or it would drift */
	assert_int_equal(timer_usecs(), 1000000);
	timer_tick_stop();
	ticked = 0;
	fake_a9_timers_advance(&a9, A9_CLOCK / 100);
	deliver();
	assert_int_equal(ticked, 0);
}

static void sun4i_ticks_beside_the_clock(void **state)
{
	(void)state;
	make_sun4i();
	ticked = 0;
	assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
	for (u32 i = 0; i < 2000; i++) {
		fake_sun4i_timer_advance(&sun4i, 12000);
		deliver();
	}
	assert_in_range(ticked, 999, 1000);
	assert_int_equal(timer_usecs(), 1000000);
	assert_int_equal(timer_tick_start(100, on_tick, NULL), 0); /* replaced */
	timer_tick_stop();
	ticked = 0;
	fake_sun4i_timer_advance(&sun4i, 2400000);
	deliver();
	assert_int_equal(ticked, 0);
	assert_int_equal(sun4i.enable, 2); /* the clock's stays */
}

static void sun4i_without_a_tick_interrupt_says_which(void **state)
{
	(void)state;
	fake_sun4i_timer(&sun4i, BASE);
	make("sun4i", 24000000);
	assert_int_equal(timer_init(&timer), 0);
	assert_int_equal(timer_tick_start(100, on_tick, NULL), -EINVAL);
	assert_logged("timer 0's interrupt is not in the board's row (.aux)");
	assert_int_equal(sun4i.one[0].control & 1, 0);
}

static void imx_gpt_ticks_without_drift(void **state)
{
	(void)state;
	make_imx_gpt();
	fake_imx_gpt_advance(&gpt, 0xffffff00); /* it ticks across a wrap */
	ticked = 0;
	assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
	for (u32 i = 0; i < 2000; i++) {
		fake_imx_gpt_advance(&gpt, 33000 + (i & 1 ? 700 : -700)); /* served late */
		deliver();
	}
	assert_in_range(ticked, 999, 1000);
	ticked = 0;
	fake_imx_gpt_advance(&gpt, 66000 * 7 + 100); /* and once very late */
	deliver();
	assert_int_equal(ticked, 1);
	fake_imx_gpt_advance(&gpt, 66000);
	deliver();
	assert_int_equal(ticked, 2);
	timer_tick_stop();
	fake_imx_gpt_advance(&gpt, 66000 * 3);
	deliver();
	assert_int_equal(ticked, 2);
	assert_int_equal(gpt.ir, 1u << 5); /* the clock's stays */
}

/* A deadline that goes by while it is being set must not cost a whole round. */
static void imx_gpt_deadline_that_is_over_is_skipped(void **state)
{
	(void)state;
	make_imx_gpt();
	assert_int_equal(timer_tick_start(10000, on_tick, NULL), 0);
	fake_imx_gpt_advance(&gpt, 9000); /* a period of 6600 and much of the next */
	gpt.step = 5000; /* and with each look most of one more */
	gic.level[IRQ] = 1;
	irq_dispatch();
	assert_true((int)(gpt.ocr1 - gpt.cnt) > 0);
	assert_true(gpt.ocr1 - gpt.cnt <= 6600);
}

static void omap_ticks_without_drift_in_both_layouts(void **state)
{
	for (u32 k = 0; k < ARRAY_SIZE(omaps); k++) {
		setup(state);
		make_omap(omaps[k]);
		fake_omap_timer_advance(&omap, 0xffffff00); /* it ticks across a wrap */
		ticked = 0;
		assert_int_equal(timer_tick_start(1000, on_tick, NULL), 0);
		for (u32 i = 0; i < 2000; i++) {
			fake_omap_timer_advance(&omap, 12000 + (i & 1 ? 700 : -700));
			deliver();
		}
		assert_in_range(ticked, 999, 1000);
		ticked = 0;
		fake_omap_timer_advance(&omap, 24000 * 7 + 100); /* served very late */
		deliver();
		fake_omap_timer_advance(&omap, 24000);
		deliver();
		assert_int_equal(ticked, 2);
		timer_tick_stop();
		fake_omap_timer_advance(&omap, 24000 * 3);
		deliver();
		assert_int_equal(ticked, 2);
		assert_int_equal(omap.enable, 2); /* the clock's stays */
		assert_int_equal(omap.tclr, 3);
	}
}

static void a_clock_that_stands_still_is_told_once(void **state)
{
	(void)state;
	make_generic(); /* nothing advances its counter */
	udelay(10);
	assert_logged("udelay: timer generic stands still, delays are left out");
	bus_log_clear();
	udelay(10); /* said once, and waited for once */
	assert_int_equal(bus_log_lines(), 0);
}

static void a_tick_is_checked(void **state)
{
	(void)state;
	assert_int_equal(timer_tick_start(100, on_tick, NULL), -ENODEV);
	assert_logged("there is no timer");
	make_sp804();
	assert_int_equal(timer_tick_start(0, on_tick, NULL), -EINVAL);
	assert_logged("timer tick: 0 Hz; it takes 1 to 10000 Hz");
	assert_int_equal(timer_tick_start(10001, on_tick, NULL), -EINVAL);
	assert_int_equal(timer_tick_start(100, NULL, NULL), -EINVAL);
	assert_int_equal(sp804.half[1].control & 0x80, 0);
}

static void a_taken_interrupt_leaves_the_clock_running(void **state)
{
	(void)state;
	make_sp804();
	/* A second one on the same interrupt: refused there, but it counts. */
	fake_sp804(&sp804, BASE);
	make("sp804", 1000000);
	assert_int_equal(timer_init(&timer), 0);
	assert_logged("irq 36 for timer: timer has it");
	fake_sp804_advance(&sp804, 10);
	assert_int_equal(timer_ticks(), 10);
	assert_int_equal(timer_tick_start(100, on_tick, NULL), -ENODEV);
	assert_logged("the timer's interrupt is not to be had");
}

static void drivers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(timer_find("sp804"), &timer_sp804_ops);
	assert_ptr_equal(timer_find("generic"), &timer_generic_ops);
	assert_ptr_equal(timer_find("s5p"), &timer_s5p_ops);
	assert_ptr_equal(timer_find("twd"), &timer_twd_ops);
	assert_ptr_equal(timer_find("sun4i"), &timer_sun4i_ops);
	assert_ptr_equal(timer_find("imx-gpt"), &timer_imx_gpt_ops);
	assert_null(timer_find("sp805"));
	assert_ptr_equal(timer_find("omap3"), &timer_omap3_ops);
	assert_ptr_equal(timer_find("omap4"), &timer_omap4_ops);
	assert_null(timer_name(8));
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(sp804_counts_up_from_zero),
		T(sp804_wraps_without_a_step_back),
		T(sp804_interrupt_catches_each_wrap),
		T(wraps_are_counted_early_and_late),
		T(s5p_clock_runs_at_a_32nd),
		T(s5p_wraps_without_a_step_back),
		T(twd_clock_is_the_global_timer),
		T(twd_reads_two_words_of_one_moment),
		T(sun4i_clock_is_timer_1),
		T(imx_gpt_clock_runs_free),
		T(generic_clock_is_the_counter),
		T(generic_row_may_give_the_rate),
		T(generic_is_refused_by_a_core_without_it),
		T(omap_clock_runs_free_in_both_layouts),
		T(a_clock_without_a_rate_is_refused),
		T(readings_may_interrupt_each_other),
		T(a_delay_is_never_too_short),
		T(a_delay_at_an_uneven_rate_is_rounded_up),
		T(without_a_clock_delays_return_and_say_so_once),
		T(sp804_ticks_beside_the_clock),
		T(s5p_ticks_beside_the_clock),
		T(s5p_keeps_a_waiting_status_bit),
		T(s5p_without_a_tick_interrupt_says_which),
		T(twd_ticks_beside_the_clock),
		T(sun4i_ticks_beside_the_clock),
		T(sun4i_without_a_tick_interrupt_says_which),
		T(imx_gpt_ticks_without_drift),
		T(imx_gpt_deadline_that_is_over_is_skipped),
		T(generic_tick_does_not_drift),
		T(omap_ticks_without_drift_in_both_layouts),
		T(a_clock_that_stands_still_is_told_once),
		T(a_tick_is_checked),
		T(a_taken_interrupt_leaves_the_clock_running),
		T(drivers_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
