/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_pwm_buzzer.c - square waves and buzzers, judged by
 * the pin.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/buzzer.h"
#include "drivers/gpio_s5p.h"
#include "drivers/pwm.h"
#include "drivers/timer.h"
#include "fakeblocks.h"

#define PWM 0x5000u
#define GPIO 0x6000u
#define TIMER 0x7000u
#define TOUT_BANK 0xa0u
#define CLOCK 66700000u
#define CH 2u

static struct fake_s5p_pwm block;
static struct fake_s5p_gpio pins;
static struct fake_pl061 pl061;
static struct fake_sp804 sp804;
static struct gpio_chip gpio;
static struct pwm_chip pwm;
static struct timer timer;

static int no_init(struct timer *t)
{
	(void)t;
	return -EINVAL;
}
static const struct timer_ops no_timer = { .name = "none", .init = no_init };

static int setup(void **state)
{
	(void)state;
	bus_reset();
	timer = (struct timer){ .ops = &no_timer };
	timer_init(&timer);

	fake_s5p_pwm(&block, PWM);
	fake_s5p_gpio(&pins, GPIO);
	gpio = (struct gpio_chip){
		.ops = &gpio_s5p_ops, .base = IOMEM(GPIO), .name = "gpio0", .size = 0x1000
	};
	pwm = (struct pwm_chip){
		.ops = &pwm_s5p_ops,
		.base = IOMEM(PWM),
		.name = "pwm0",
		.clock = CLOCK,
		.pins = &gpio,
		.pin = S5P_GPIO(TOUT_BANK, CH),
	};
	return 0;
}

static void start_timer(void)
{
	fake_sp804(&sp804, TIMER);
	sp804.step = 1;
	timer = (struct timer){ .ops = &timer_sp804_ops,
				.base = IOMEM(TIMER),
				.clock = 1000000,
				.irq = -1,
				.tick_irq = -1 };
	assert_int_equal(timer_init(&timer), 0);
}

static u32 pin_function(void)
{
	return pins.con[TOUT_BANK / 0x20] >> 4 * CH & 15;
}

/* What the board hears at TOUT: cycles of CLOCK high and low in one period. */
static void measure(u32 ch, u32 *high, u32 *low)
{
	u32 period = block.ch[ch].periods;

	*high = *low = 0;
	while (block.ch[ch].periods == period)
		fake_s5p_pwm_advance(&block, 1);
	period = block.ch[ch].periods;
	while (block.ch[ch].periods == period) {
		if (fake_s5p_pwm_out(&block, ch))
			++*high;
		else
			++*low;
		fake_s5p_pwm_advance(&block, 1);
	}
}

/* ---- PWM ---- */

static void the_wave_has_frequency_and_duty(void **state)
{
	static const struct {
		u32 hz, duty;
	} waves[] = { { 20000, 500 }, { 1000, 250 }, { 440, 900 }, { 50, 500 } };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(waves); i++) {
		u32 high, low, period = CLOCK / waves[i].hz;

		setup(NULL);
		assert_int_equal(pwm_start(&pwm, CH, waves[i].hz, waves[i].duty), 0);
		measure(CH, &high, &low);
		assert_in_range(high + low, period - 3, period + 3);
		assert_in_range(high, period / 1000 * waves[i].duty * 99 / 100,
				(period / 1000 + 1) * waves[i].duty * 101 / 100);
	}
}

static void every_channel_has_its_own_bits(void **state)
{
	(void)state;
	for (u32 ch = 0; ch < 4; ch++) {
		u32 high, low;

		setup(NULL);
		block.tcon = 0; /* only this one may run */
		assert_int_equal(pwm_start(&pwm, ch, 10000, 500), 0);
		measure(ch, &high, &low);
		assert_in_range(high + low, 6667, 6673);
		for (u32 other = 0; other < 5; other++)
			assert_int_equal(block.ch[other].tcntb != 0, other == ch);
		assert_int_equal(pwm_stop(&pwm, ch), 0);
		assert_int_equal(block.tcon, 0);
	}
}

static void nothing_and_everything_are_steady_levels(void **state)
{
	u32 high, low;

	(void)state;
	assert_int_equal(pwm_start(&pwm, CH, 10000, 0), 0);
	measure(CH, &high, &low);
	assert_int_equal(high, 0);
	setup(NULL);
	assert_int_equal(pwm_start(&pwm, CH, 10000, 1000), 0);
	measure(CH, &high, &low);
	assert_int_equal(low, 0);
}

static void a_running_wave_changes_at_its_next_period(void **state)
{
	u32 left, high, low;

	(void)state;
	assert_int_equal(pwm_start(&pwm, CH, 1000, 500), 0);
	fake_s5p_pwm_advance(&block, 100);
	left = block.ch[CH].count;
	assert_int_equal(pwm_start(&pwm, CH, 4000, 500), 0);
	assert_int_equal(block.ch[CH].count, left); /* not cut short */
	measure(CH, &high, &low);
	assert_in_range(high + low, CLOCK / 4000 - 3, CLOCK / 4000 + 3);
}

static void the_pin_is_switched_and_rests_low(void **state)
{
	(void)state;
	assert_int_equal(pwm_start(&pwm, CH, 1000, 500), 0);
	assert_int_equal(pin_function(), 2);
	assert_int_equal(pwm_stop(&pwm, CH), 0);
	assert_int_equal(pin_function(), 1);
	assert_int_equal(fake_s5p_gpio_pins(&pins, TOUT_BANK) >> CH & 1, 0);
	assert_int_equal(block.tcon >> 12 & 1, 0);
}

static void the_clock_beside_it_is_left_alone(void **state)
{
	u32 count;

	(void)state;
	timer = (struct timer){
		.ops = &timer_s5p_ops, .base = IOMEM(PWM), .clock = CLOCK, .irq = -1, .tick_irq = -1
	};
	assert_int_equal(timer_init(&timer), 0);
	fake_s5p_pwm_advance(&block, 3200);
	count = block.ch[4].count;
	assert_int_equal(pwm_start(&pwm, CH, 1000, 500), 0);
	assert_int_equal(pwm_stop(&pwm, CH), 0);
	assert_int_equal(block.ch[4].count, count);
	fake_s5p_pwm_advance(&block, 3200);
	assert_int_equal(timer_ticks(), 200);
}

static void a_prescaler_found_is_reckoned_with(void **state)
{
	u32 high, low;

	(void)state;
	block.tcfg0 = 0x4100; /* 66 for channels 2..4 */
	assert_int_equal(pwm_start(&pwm, CH, 1000, 500), 0);
	measure(CH, &high, &low);
	assert_in_range(high + low, CLOCK / 1000 - 66, CLOCK / 1000 + 66);
}

static void bad_waves_are_refused(void **state)
{
	(void)state;
	assert_int_equal(pwm_start(&pwm, 4, 1000, 500), -EINVAL);
	assert_logged("pwm_start: pwm0 has no channel 4; its channels are 0 to 3");
	assert_int_equal(pwm_stop(&pwm, 4), -EINVAL);
	assert_logged("pwm_stop: pwm0 has no channel 4");
	assert_int_equal(pwm_start(&pwm, CH, 1000, 1001), -EINVAL);
	assert_logged("duty 1001/1000; it is 0 to 1000");
	assert_int_equal(pwm_start(&pwm, CH, 0, 500), -EINVAL);
	assert_int_equal(pwm_start(&pwm, CH, CLOCK / 2, 500), -EINVAL);
	assert_logged("counts at 33350000 Hz and makes 1 to 16675000 Hz");
	assert_int_equal(bus_writes(), 0);
}

/* ---- buzzer on a PWM channel ---- */

static struct buzzer on_pwm(void)
{
	return (struct buzzer){ .name = "buzzer", .pwm = &pwm, .line = CH };
}

static void a_pwm_buzzer_sounds_until_told(void **state)
{
	struct buzzer b = on_pwm();
	u32 high, low;

	(void)state;
	assert_int_equal(buzzer_init(&b), 0);
	assert_int_equal(pin_function(), 1);
	assert_int_equal(buzzer_on(&b, 440), 0);
	measure(CH, &high, &low);
	assert_in_range(high + low, CLOCK / 440 - 3, CLOCK / 440 + 3);
	assert_int_equal(buzzer_off(&b), 0);
	assert_int_equal(pin_function(), 1);
	assert_int_equal(buzzer_set(&b, true), 0);
	measure(CH, &high, &low);
	assert_in_range(high + low, CLOCK / 2000 - 3, CLOCK / 2000 + 3);
	assert_int_equal(buzzer_set(&b, false), 0);
	assert_int_equal(block.tcon >> 12 & 1, 0);
	assert_int_equal(buzzer_get(&b), -EOPNOTSUPP);
}

static void a_pwm_beep_ends(void **state)
{
	struct buzzer b = on_pwm();
	uint64_t from;

	(void)state;
	start_timer();
	from = timer_usecs();
	assert_int_equal(buzzer_beep(&b, 1000, 20), 0);
	assert_in_range(timer_usecs() - from, 20000, 20200);
	assert_int_equal(block.ch[CH].tcntb, (CLOCK / 2 + 500) / 1000);
	assert_int_equal(pin_function(), 1);
}

/* ---- buzzer on a line ---- */

static u32 edges_of(u8 line)
{
	u32 edges = 0;
	int was = -1;

	for (u32 i = 0; i < bus_accesses(); i++) {
		const struct bus_access *a = bus_access(i);

		if (!a->write || a->va != GPIO + 0x10000 + (4u << line))
			continue;
		edges += was >= 0 && (int)a->value != was;
		was = (int)a->value;
	}
	return edges;
}

static struct buzzer on_line(bool active_low)
{
	fake_pl061(&pl061, GPIO + 0x10000);
	gpio = (struct gpio_chip){ .ops = &gpio_pl061_ops,
				   .base = IOMEM(GPIO + 0x10000),
				   .name = "gpio0",
				   .size = 0x1000 };
	return (struct buzzer){
		.name = "buzzer", .gpio = &gpio, .line = 5, .active_low = active_low
	};
}

static void a_line_is_toggled_at_the_tone(void **state)
{
	struct buzzer b = on_line(false);
	uint64_t from;

	(void)state;
	start_timer();
	assert_int_equal(buzzer_init(&b), 0);
	bus_forget();
	from = timer_usecs();
	assert_int_equal(buzzer_beep(&b, 1000, 20), 0);
	assert_in_range(timer_usecs() - from, 20000, 20010);
	assert_int_equal(edges_of(5), 2 * 20 - 1); /* 20 periods, the last ends low */
	assert_int_equal(fake_pl061_pins(&pl061) & 0x20, 0);
	assert_int_equal(buzzer_get(&b), 0);
}

static void an_active_low_buzzer_rests_high(void **state)
{
	struct buzzer b = on_line(true);

	(void)state;
	start_timer();
	assert_int_equal(buzzer_init(&b), 0);
	assert_int_equal(fake_pl061_pins(&pl061) & 0x20, 0x20);
	assert_int_equal(buzzer_set(&b, true), 0);
	assert_int_equal(fake_pl061_pins(&pl061) & 0x20, 0);
	assert_int_equal(buzzer_get(&b), 1);
	assert_int_equal(buzzer_off(&b), 0);
	assert_int_equal(fake_pl061_pins(&pl061) & 0x20, 0x20);
	assert_int_equal(buzzer_beep(&b, 5000, 1), 0);
	assert_int_equal(fake_pl061_pins(&pl061) & 0x20, 0x20);
}

static void a_line_cannot_hold_a_tone(void **state)
{
	struct buzzer b = on_line(false);

	(void)state;
	assert_int_equal(buzzer_on(&b, 1000), -EOPNOTSUPP);
	assert_logged("buzzer: a GPIO line cannot hold a tone by itself; beep for a time");
	assert_int_equal(bus_accesses(), 0);
}

/* ---- ranges ---- */

static void tones_and_times_have_ranges(void **state)
{
	struct buzzer b[2] = { on_pwm(), on_line(false) };

	(void)state;
	start_timer();
	bus_forget();
	for (u32 i = 0; i < 2; i++) {
		bus_log_clear();
		assert_int_equal(buzzer_beep(&b[i], 19, 10), -EINVAL);
		assert_logged("buzzer: 19 Hz; a tone is 20 to 20000 Hz");
		assert_int_equal(buzzer_beep(&b[i], 20001, 10), -EINVAL);
		assert_int_equal(buzzer_on(&b[i], 20001), -EINVAL);
		assert_int_equal(buzzer_beep(&b[i], 1000, 0), -EINVAL);
		assert_logged("buzzer: 0 ms; a beep is 1 to 10000 ms");
		assert_int_equal(buzzer_beep(&b[i], 1000, 10001), -EINVAL);
	}
	assert_int_equal(bus_accesses(), 0);
}

static void the_ends_of_the_ranges_work(void **state)
{
	struct buzzer b[2] = { on_pwm(), on_line(false) };

	(void)state;
	start_timer();
	buzzer_init(&b[1]);
	for (u32 i = 0; i < 2; i++) {
		assert_int_equal(buzzer_beep(&b[i], 20000, 1), 0);
		/* shorter than half a period: up, and down again all the same */
		assert_int_equal(buzzer_beep(&b[i], 20, 1), 0);
	}
	assert_int_equal(fake_pl061_pins(&pl061) & 0x20, 0);
}

static void a_beep_needs_a_clock(void **state)
{
	struct buzzer b = on_pwm();

	(void)state;
	assert_int_equal(buzzer_beep(&b, 1000, 10), -EINVAL);
	assert_logged("buzzer: a beep needs a clock; add a DEV_TIMER row");
	assert_int_equal(bus_accesses(), 0);
}

static void drivers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(pwm_find("s5p"), &pwm_s5p_ops);
	assert_null(pwm_find("pwm"));
	assert_null(pwm_name(1));
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_wave_has_frequency_and_duty),
		T(every_channel_has_its_own_bits),
		T(nothing_and_everything_are_steady_levels),
		T(a_running_wave_changes_at_its_next_period),
		T(the_pin_is_switched_and_rests_low),
		T(the_clock_beside_it_is_left_alone),
		T(a_prescaler_found_is_reckoned_with),
		T(bad_waves_are_refused),
		T(a_pwm_buzzer_sounds_until_told),
		T(a_pwm_beep_ends),
		T(a_line_is_toggled_at_the_tone),
		T(an_active_low_buzzer_rests_high),
		T(a_line_cannot_hold_a_tone),
		T(tones_and_times_have_ranges),
		T(the_ends_of_the_ranges_work),
		T(a_beep_needs_a_clock),
		T(drivers_are_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
