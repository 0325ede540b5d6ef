/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_gpio.c - GPIO blocks, LEDs and keys on fake registers.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/gpio.h"
#include "drivers/gpio_s5p.h"
#include "drivers/key.h"
#include "drivers/led.h"
#include "fakeblocks.h"
#include "mm/io.h"

#define BASE 0x1000u
#define BANK 0x240u

static struct fake_pl061 pl061;
static struct fake_s5p_gpio s5p;
static struct fake_ledreg ledreg;
static struct gpio_chip chip;

static int setup(void **state)
{
	(void)state;
	bus_reset();
	return 0;
}

static void make(const char *driver, u32 size)
{
	chip = (struct gpio_chip){
		.ops = gpio_find(driver),
		.base = IOMEM(BASE),
		.name = "gpio0",
		.phys = BASE,
		.size = size,
	};
	assert_non_null(chip.ops);
}

static void make_pl061(void)
{
	fake_pl061(&pl061, BASE);
	make("pl061", 0x1000);
}

static void make_s5p(void)
{
	fake_s5p_gpio(&s5p, BASE);
	s5p.traced_bank = BANK;
	make("s5p", 0x1000);
}

static void make_ledreg(void)
{
	fake_ledreg(&ledreg, BASE);
	make("ledreg", 4);
}

/* ---- PL061 ---- */

static void pl061_sets_one_line_alone(void **state)
{
	(void)state;
	make_pl061();
	pl061.dir = 0xff;
	pl061.data = 0xa5;
	assert_int_equal(gpio_set(&chip, 3, true), 0);
	assert_int_equal(fake_pl061_pins(&pl061), 0xad);
	assert_int_equal(gpio_set(&chip, 0, false), 0);
	assert_int_equal(fake_pl061_pins(&pl061), 0xac);
	/* By masked addresses: two writes, no read. */
	assert_int_equal(bus_accesses(), 2);
	assert_int_equal(bus_access(0)->va, BASE + (1 << 3 << 2));
}

static void pl061_reads_one_line(void **state)
{
	(void)state;
	make_pl061();
	pl061.outside = 0x10;
	assert_int_equal(gpio_get(&chip, 4), 1);
	assert_int_equal(gpio_get(&chip, 5), 0);
}

static void pl061_output_shows_no_other_level(void **state)
{
	(void)state;
	make_pl061();
	pl061.keeps_input_data = true;
	pl061.outside = 0x04;
	assert_int_equal(gpio_direction_output(&chip, 2, true), 0);
	assert_int_equal(pl061.dir, 0x04);
	for (u32 i = 0; i < pl061.traced; i++)
		assert_int_equal(pl061.trace[i] & 4, 4);
}

static void pl061_output_works_where_input_data_is_lost(void **state)
{
	(void)state;
	make_pl061();
	pl061.keeps_input_data = false;
	pl061.afsel = 0xff;
	assert_int_equal(gpio_direction_output(&chip, 7, true), 0);
	assert_int_equal(fake_pl061_pins(&pl061), 0x80);
	assert_int_equal(pl061.afsel, 0x7f);
}

static void pl061_input_leaves_the_others(void **state)
{
	(void)state;
	make_pl061();
	pl061.dir = pl061.afsel = 0xff;
	assert_int_equal(gpio_direction_input(&chip, 6), 0);
	assert_int_equal(pl061.dir, 0xbf);
	assert_int_equal(pl061.afsel, 0xbf);
}

static void pl061_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_pl061();
	assert_int_equal(gpio_regs(&chip, 5, &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 0x400);
	assert_int_equal(r.con_mask, 0x20);
	assert_int_equal(r.con_output, 0x20);
	assert_int_equal(r.dat, 0x80);
	assert_int_equal(r.dat_mask, 0x20);
	assert_int_equal(r.width, 4);
	assert_string_equal(r.con_name, "GPIODIR");
	assert_string_equal(r.dat_name, "GPIODATA");
}

/* ---- S5P ---- */

static void s5p_output_changes_its_pin_alone(void **state)
{
	(void)state;
	make_s5p();
	s5p.con[BANK / 0x20] = 0x22222222;
	s5p.latch[BANK / 0x20] = 0xff;
	s5p.outside[BANK / 0x20] = 0xff; /* what DAT reads as for these pins */
	assert_int_equal(gpio_direction_output(&chip, S5P_GPIO(BANK, 3), false), 0);
	assert_int_equal(s5p.con[BANK / 0x20], 0x22221222);
	assert_int_equal(s5p.latch[BANK / 0x20], 0xf7);
	assert_int_equal(s5p.con[BANK / 0x20 + 1], 0);
}

static void s5p_output_shows_no_other_level(void **state)
{
	(void)state;
	make_s5p();
	s5p.outside[BANK / 0x20] = 0x20;
	assert_int_equal(gpio_direction_output(&chip, S5P_GPIO(BANK, 5), true), 0);
	for (u32 i = 0; i < s5p.traced; i++)
		assert_int_equal(s5p.trace[i] & 0x20, 0x20);
	assert_int_equal(fake_s5p_gpio_pins(&s5p, BANK) & 0x20, 0x20);
}

static void s5p_input_and_function(void **state)
{
	(void)state;
	make_s5p();
	s5p.con[BANK / 0x20] = 0x11111111;
	assert_int_equal(gpio_direction_input(&chip, S5P_GPIO(BANK, 7)), 0);
	assert_int_equal(s5p.con[BANK / 0x20], 0x01111111);
	assert_int_equal(gpio_set_function(&chip, S5P_GPIO(BANK, 0), 15), 0);
	assert_int_equal(s5p.con[BANK / 0x20], 0x0111111f);
	assert_int_equal(gpio_set_function(&chip, S5P_GPIO(BANK, 0), 16), -EINVAL);
	assert_logged("function 16; they are 0 to 15");
	assert_int_equal(s5p.con[BANK / 0x20], 0x0111111f);
}

static void s5p_lines_are_banks_and_pins(void **state)
{
	static const struct {
		u32 bank, pin;
	} lines[] = { { 0, 0 }, { 0xa0, 2 }, { 0x5e0, 7 }, { 0xc00, 0 }, { 0xc60, 7 } };

	(void)state;
	make_s5p();
	for (u32 i = 0; i < ARRAY_SIZE(lines); i++) {
		u32 line = S5P_GPIO(lines[i].bank, lines[i].pin);

		assert_int_equal(gpio_direction_output(&chip, line, true), 0);
		assert_int_equal(fake_s5p_gpio_pins(&s5p, lines[i].bank), 1u << lines[i].pin);
		assert_int_equal(gpio_get(&chip, line), 1);
	}
}

static void s5p_refuses_what_is_no_bank(void **state)
{
	static const u32 lines[] = { S5P_GPIO(0x600, 0), S5P_GPIO(0x700, 3), S5P_GPIO(0xbe0, 7),
				     S5P_GPIO(0xc80, 0), 0xffffffff };

	(void)state;
	make_s5p();
	for (u32 i = 0; i < ARRAY_SIZE(lines); i++)
		assert_int_equal(gpio_set(&chip, lines[i], true), -EINVAL);
	assert_int_equal(bus_accesses(), 0);
	assert_logged("gpio_set: gpio0 has no line 384 (no bank there)");
	assert_logged("gpio_set: gpio0 has no line 800; its lines are 0 to 799");
}

static void s5p_refuses_what_its_window_lacks(void **state)
{
	(void)state;
	make_s5p();
	chip.size = 0x260;
	assert_int_equal(gpio_check(&chip, S5P_GPIO(0x240, 7), NULL), 0);
	assert_int_equal(gpio_check(&chip, S5P_GPIO(0x260, 0), NULL), -EINVAL);
	assert_int_equal(bus_log_lines(), 0);
}

static void s5p_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_s5p();
	assert_int_equal(gpio_regs(&chip, S5P_GPIO(BANK, 3), &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 0x240);
	assert_int_equal(r.con_mask, 0xf000);
	assert_int_equal(r.con_output, 0x1000);
	assert_int_equal(r.dat, 0x244);
	assert_int_equal(r.dat_mask, 8);
	assert_string_equal(r.con_name, "CON[0x240]");
	assert_string_equal(r.dat_name, "DAT[0x240]");
}

/* ---- LED register ---- */

static void ledreg_keeps_the_other_bits(void **state)
{
	(void)state;
	make_ledreg();
	ledreg.value = 0x81;
	assert_int_equal(gpio_set(&chip, 2, true), 0);
	assert_int_equal(ledreg.value, 0x85);
	assert_int_equal(gpio_set(&chip, 0, false), 0);
	assert_int_equal(ledreg.value, 0x84);
	assert_int_equal(gpio_get(&chip, 7), 1);
	assert_int_equal(gpio_get(&chip, 0), 0);
}

static void ledreg_is_for_output_only(void **state)
{
	(void)state;
	make_ledreg();
	assert_int_equal(gpio_direction_input(&chip, 1), -EOPNOTSUPP);
	assert_logged("gpio0 has outputs only");
	assert_int_equal(gpio_set_function(&chip, 1, 2), -EOPNOTSUPP);
	assert_logged("have no functions");
	assert_int_equal(bus_accesses(), 0);
}

static void ledreg_has_no_con(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_ledreg();
	assert_int_equal(gpio_regs(&chip, 6, &r), 0);
	assert_false(r.has_con);
	assert_int_equal(r.dat, 0);
	assert_int_equal(r.dat_mask, 0x40);
}

static void ledreg_has_as_many_lines_as_the_row_says(void **state)
{
	(void)state;
	make_ledreg();
	assert_int_equal(gpio_lines(&chip), 8);
	chip.lines = 4;
	assert_int_equal(gpio_set(&chip, 3, true), 0);
	assert_int_equal(gpio_set(&chip, 4, true), -EINVAL);
	assert_logged("no line 4; its lines are 0 to 3");
	assert_int_equal(ledreg.value, 8);
}

/* ---- all of them ---- */

static void every_call_refuses_a_bad_line(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_pl061();
	assert_int_equal(gpio_direction_output(&chip, 8, true), -EINVAL);
	assert_logged("gpio_direction_output: gpio0 has no line 8; its lines are 0 to 7");
	assert_int_equal(gpio_direction_input(&chip, 8), -EINVAL);
	assert_logged("gpio_direction_input: gpio0 has no line 8");
	assert_int_equal(gpio_set(&chip, 8, true), -EINVAL);
	assert_int_equal(gpio_get(&chip, 8), -EINVAL);
	assert_logged("gpio_get: gpio0 has no line 8");
	assert_int_equal(gpio_set_function(&chip, 8, 0), -EINVAL);
	assert_int_equal(gpio_regs(&chip, 8, &r), -EINVAL);
	assert_int_equal(bus_log_lines(), 6);
	assert_int_equal(bus_accesses(), 0);
}

static void set_other_lines(void)
{
	const u32 first = chip.ops == &gpio_s5p_ops ? S5P_GPIO(BANK, 0) : 0;

	bus_irq_hook = NULL; /* once */
	gpio_direction_output(&chip, first + 1, true);
	gpio_set(&chip, first + 6, true);
}

/* An interrupt anywhere inside a call changes lines of the same registers: both
 * changes must be there afterwards. */
static void changes_survive_an_interrupt(void **state)
{
	static void (*const makers[])(void) = { make_pl061, make_s5p, make_ledreg };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(makers); i++) {
		u32 first;

		bus_reset();
		makers[i]();
		first = i == 1 ? S5P_GPIO(BANK, 0) : 0;
		gpio_direction_output(&chip, first + 6, false);
		bus_irq_hook = set_other_lines;
		gpio_direction_output(&chip, first + 3, true);
		assert_null(bus_irq_hook);
		assert_int_equal(gpio_get(&chip, first + 1), 1);
		assert_int_equal(gpio_get(&chip, first + 3), 1);
		assert_int_equal(gpio_get(&chip, first + 6), 1);
		gpio_set(&chip, first + 1, false);
		gpio_set(&chip, first + 6, false);
		bus_irq_hook = set_other_lines;
		gpio_set(&chip, first + 3, false);
		assert_null(bus_irq_hook);
		assert_int_equal(gpio_get(&chip, first + 1), 1);
		assert_int_equal(gpio_get(&chip, first + 3), 0);
		assert_int_equal(gpio_get(&chip, first + 6), 1);
	}
}

/* The lesson's way: CON and DAT written by hand, as gpio_regs() describes them. */
static void registers_by_hand_do_what_the_driver_does(void **state)
{
	static void (*const makers[])(void) = { make_pl061, make_s5p, make_ledreg };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(makers); i++) {
		struct gpio_regs r;
		u32 line;

		bus_reset();
		makers[i]();
		line = i == 1 ? S5P_GPIO(BANK, 3) : 3;
		assert_int_equal(gpio_regs(&chip, line, &r), 0);
		if (r.has_con)
			writel((readl(chip.base + r.con) & ~r.con_mask) | r.con_output,
			       chip.base + r.con);
		writel(readl(chip.base + r.dat) | r.dat_mask, chip.base + r.dat);
		assert_int_equal(gpio_get(&chip, line), 1);
		writel(readl(chip.base + r.dat) & ~r.dat_mask, chip.base + r.dat);
		assert_int_equal(gpio_get(&chip, line), 0);
	}
}

static void drivers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(gpio_find("pl061"), &gpio_pl061_ops);
	assert_ptr_equal(gpio_find("s5p"), &gpio_s5p_ops);
	assert_ptr_equal(gpio_find("ledreg"), &gpio_ledreg_ops);
	assert_null(gpio_find("pl06"));
	assert_null(gpio_find(""));
	assert_string_equal(gpio_name(0), "pl061");
	assert_null(gpio_name(3));
}

/* ---- LEDs and keys ---- */

static bool pin_of(u32 line)
{
	if (chip.ops == &gpio_pl061_ops)
		return fake_pl061_pins(&pl061) >> line & 1;
	if (chip.ops == &gpio_ledreg_ops)
		return ledreg.value >> line & 1;
	return fake_s5p_gpio_pins(&s5p, line / 8 * 0x20) >> line % 8 & 1;
}

/* One LED driver, three chips, both polarities: judged by the pin. */
static void a_led_is_lit_on_any_chip(void **state)
{
	static void (*const makers[])(void) = { make_pl061, make_s5p, make_ledreg };

	(void)state;
	for (u32 i = 0; i < 2 * ARRAY_SIZE(makers); i++) {
		struct led l = { "led0", &chip, i % 3 == 1 ? S5P_GPIO(BANK, 4) : 4, i >= 3 };

		bus_reset();
		makers[i % 3]();
		assert_int_equal(led_init(&l), 0);
		assert_int_equal(pin_of(l.line), l.active_low);
		assert_int_equal(led_get(&l), 0);
		assert_int_equal(led_set(&l, true), 0);
		assert_int_equal(pin_of(l.line), !l.active_low);
		assert_int_equal(led_get(&l), 1);
		assert_int_equal(led_set(&l, false), 0);
		assert_int_equal(pin_of(l.line), l.active_low);
	}
}

static void toggling_tells_the_new_state(void **state)
{
	struct led l = { "led0", &chip, 1, true };

	(void)state;
	make_pl061();
	led_init(&l);
	assert_int_equal(led_toggle(&l), 1);
	assert_false(pin_of(1));
	assert_int_equal(led_toggle(&l), 0);
	assert_true(pin_of(1));
}

static void a_led_on_no_line_is_refused(void **state)
{
	struct led l = { "led0", &chip, 9, false };

	(void)state;
	make_pl061();
	assert_int_equal(led_init(&l), -EINVAL);
	assert_int_equal(led_set(&l, true), -EINVAL);
	assert_int_equal(led_get(&l), -EINVAL);
	assert_int_equal(led_toggle(&l), -EINVAL);
	assert_int_equal(bus_accesses(), 0);
}

static void a_key_is_read(void **state)
{
	struct key k = { "key0", &chip, S5P_GPIO(0xc00, 2), true };

	(void)state;
	make_s5p();
	s5p.con[0xc00 / 0x20] = 0x11111111;
	s5p.outside[0xc00 / 0x20] = 0x04;
	assert_int_equal(key_init(&k), 0);
	assert_int_equal(s5p.con[0xc00 / 0x20], 0x11111011);
	assert_int_equal(key_pressed(&k), 0);
	s5p.outside[0xc00 / 0x20] = 0;
	assert_int_equal(key_pressed(&k), 1);
	k.active_low = false;
	assert_int_equal(key_pressed(&k), 0);
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(pl061_sets_one_line_alone),
		T(pl061_reads_one_line),
		T(pl061_output_shows_no_other_level),
		T(pl061_output_works_where_input_data_is_lost),
		T(pl061_input_leaves_the_others),
		T(pl061_names_its_registers),
		T(s5p_output_changes_its_pin_alone),
		T(s5p_output_shows_no_other_level),
		T(s5p_input_and_function),
		T(s5p_lines_are_banks_and_pins),
		T(s5p_refuses_what_is_no_bank),
		T(s5p_refuses_what_its_window_lacks),
		T(s5p_names_its_registers),
		T(ledreg_keeps_the_other_bits),
		T(ledreg_is_for_output_only),
		T(ledreg_has_no_con),
		T(ledreg_has_as_many_lines_as_the_row_says),
		T(every_call_refuses_a_bad_line),
		T(changes_survive_an_interrupt),
		T(registers_by_hand_do_what_the_driver_does),
		T(drivers_are_found_by_name),
		T(a_led_is_lit_on_any_chip),
		T(toggling_tells_the_new_state),
		T(a_led_on_no_line_is_refused),
		T(a_key_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
