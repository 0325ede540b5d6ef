/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_probe.c - a board's rows become live drivers, or a
 * line that says why not.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/console.h"
#include "drivers/gpio_s5p.h"
#include "drivers/irq.h"
#include "drivers/probe.h"
#include "drivers/reset.h"
#include "drivers/timer.h"
#include "drivers/uart.h"
#include "fakeblocks.h"
#include "seam.h"

#define UART 0x10000000u
#define DIST 0x10010000u
#define CPU 0x10020000u
#define TIMER 0x10030000u
#define GPIO 0x10040000u
#define LEDS 0x10050008u
#define RESET 0x10060040u
#define HALF 0x10070002u
#define LOCK 0x10060020u
#define PWM 0x10070000u
#define S5P_GPIO_BASE 0x10080000u
#define VIC(n) (0x10100000u + 0x10000u * (n))

static struct fake_uart port;
static struct fake_gic gic;
static struct fake_pl192 vic[4];
static struct fake_sp804 sp804;
static struct fake_pl061 pl061;
static struct fake_ledreg leds, reset_reg, lock_reg;
static struct fake_s5p_pwm pwm;
static struct fake_s5p_gpio s5p;

#define ROW_CONSOLE DEV(DEV_CONSOLE, "uart0", "pl011", UART, SZ_4K, .irq = 44, .clock = 24000000)
#define ROW_INTC DEV(DEV_INTC, "gic0", "gic", DIST, SZ_4K, .phys2 = CPU, .size2 = 0x100)
#define ROW_TIMER DEV(DEV_TIMER, "timer0", "sp804", TIMER, SZ_4K, .irq = 36, .clock = 1000000)
#define ROW_GPIO DEV(DEV_GPIO, "gpio0", "pl061", GPIO, SZ_4K)
#define ROW_LEDS DEV(DEV_GPIO, "ledreg0", "ledreg", LEDS, 4)
#define ROW_RESET                                                                                  \
	DEV(DEV_RESET, "reset", "regwrite", RESET, 4, .flags = 0x108, .phys2 = LOCK, .size2 = 4,   \
	    .aux = 0xa05f)

/* Written upside down: the order of a table is the author's own. */
static const struct device_desc board[] = {
	ROW_RESET,
	KEY("key0", "gpio0", 2, GPIO_ACTIVE_LOW),
	BUZZER("buzzer", "gpio0", 1, 0),
	LED("led1", "ledreg0", 3, GPIO_ACTIVE_LOW),
	LED("led0", "ledreg0", 0, 0),
	ROW_LEDS,
	ROW_GPIO,
	ROW_CONSOLE,
	ROW_TIMER,
	ROW_INTC,
};

static int setup(void **state)
{
	(void)state;
	devices_probe(NULL, 0); /* on the bus of the test before */
	bus_reset();
	fake_pl011(&port, UART);
	fake_gic(&gic, DIST, CPU, 96);
	fake_sp804(&sp804, TIMER);
	sp804.step = 1;
	fake_pl061(&pl061, GPIO);
	fake_ledreg(&leds, LEDS);
	fake_ledreg(&reset_reg, RESET);
	fake_ledreg(&lock_reg, LOCK);
	fake_s5p_pwm(&pwm, PWM);
	fake_s5p_gpio(&s5p, S5P_GPIO_BASE);
	for (u32 i = 0; i < 4; i++)
		fake_pl192(&vic[i], VIC(i));
	return 0;
}

static void no_handler(u32 irq, void *arg)
{
	(void)irq;
	(void)arg;
}

static unsigned int probe_one(struct device_desc row)
{
	static struct device_desc kept;

	kept = row;
	return devices_probe(&kept, 1);
}

static void a_whole_board_comes_up(void **state)
{
	(void)state;
	assert_int_equal(devices_probe(board, ARRAY_SIZE(board)), 0);
	assert_int_equal(bus_log_lines(), 0);
	for (u32 i = 0; i < ARRAY_SIZE(board); i++)
		assert_true(device_live(&board[i]));
	console_putc('k');
	console_flush();
	assert_int_equal(port.sent, 1);
	assert_int_equal(timer_rate(), 1000000);
	assert_int_equal(gic.enabled[44], 1);
	assert_int_equal(gic.enabled[36], 1);
	assert_int_equal(leds.value, 0x08); /* both dark, led1 is active low */
	assert_int_equal(pl061.dir, 0x02); /* buzzer out, key in */
}

static void blocks_are_claimed_but_not_gpio(void **state)
{
	(void)state;
	devices_probe(board, ARRAY_SIZE(board));
	assert_true(bus_is_claimed(UART));
	assert_true(bus_is_claimed(DIST));
	assert_true(bus_is_claimed(CPU));
	assert_true(bus_is_claimed(TIMER));
	assert_int_equal(bus_claimed(), 4);
	assert_false(bus_is_claimed(GPIO));
}

static void devices_are_found(void **state)
{
	(void)state;
	devices_probe(board, ARRAY_SIZE(board));
	assert_string_equal(device_led(0)->name, "led1"); /* in table order */
	assert_string_equal(device_led(1)->name, "led0");
	assert_null(device_led(2));
	assert_ptr_equal(device_led_by_name("led0"), device_led(1));
	assert_null(device_led_by_name("led9"));
	assert_string_equal(device_gpio(0)->name, "ledreg0");
	assert_ptr_equal(device_gpio_by_name("gpio0"), device_gpio(1));
	assert_int_equal(device_gpio(1)->phys, GPIO);
	assert_ptr_equal(device_buzzer(), device_buzzer_by_name("buzzer"));
	assert_ptr_equal(device_key(0), device_key_by_name("key0"));
	assert_null(device_pwm(0));
	assert_null(device_pwm_by_name("gpio0"));
	assert_ptr_equal(device_desc_of("uart0"), &board[7]);
	assert_null(device_desc_of("uart"));
	assert_ptr_equal(device_desc_at(9), &board[9]);
	assert_null(device_desc_at(10));
}

static void led_and_buzzer_work_after_the_probe(void **state)
{
	(void)state;
	devices_probe(board, ARRAY_SIZE(board));
	led_set(device_led_by_name("led0"), true);
	led_set(device_led_by_name("led1"), true);
	assert_int_equal(leds.value, 0x01);
	buzzer_set(device_buzzer(), true);
	assert_int_equal(fake_pl061_pins(&pl061) & 2, 2);
	pl061.outside = 0;
	assert_int_equal(key_pressed(device_key(0)), 1);
}

/* ---- what cannot be served ---- */

static void an_unknown_driver_names_the_known_ones(void **state)
{
	static const struct {
		u32 class;
		const char *kind;
		const char *(*name)(unsigned int i);
	} rows[] = {
		{ DEV_CONSOLE, "console", uart_name },
		{ DEV_INTC, "interrupt controller", irq_chip_name },
		{ DEV_TIMER, "timer", timer_name },
		{ DEV_GPIO, "gpio", gpio_name },
		{ DEV_PWM, "pwm", pwm_name },
		{ DEV_RESET, "reset", reset_name },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++) {
		struct device_desc row = DEV(rows[i].class, "dev0", "pl999", UART, SZ_4K);
		char says[256];

		setup(NULL);
		assert_int_equal(probe_one(row), 1);
		snprintf(
			says, sizeof(says),
			"device dev0: no %s driver is called \"pl999\"; there are: ", rows[i].kind);
		for (u32 k = 0; rows[i].name(k); k++)
			snprintf(says + strlen(says), sizeof(says) - strlen(says), "%s%s",
				 k ? ", " : "", rows[i].name(k));
		strcat(says, "\n");
		assert_logged(says);
		assert_int_equal(bus_mapped() + bus_claimed() + bus_accesses(), 0);
	}
}

static void an_unknown_parent_names_what_there_is(void **state)
{
	static const struct device_desc rows[] = {
		ROW_GPIO,
		ROW_CONSOLE,
		LED("led0", "gpio9", 0, 0),
		KEY("key0", "uart0", 0, 0),
		BUZZER("buzzer", "pwm0", 0, 0),
	};

	(void)state;
	assert_int_equal(devices_probe(rows, ARRAY_SIZE(rows)), 3);
	assert_logged("device led0: hangs on \"gpio9\", which is no row; "
		      "working GPIO chips: gpio0\n");
	assert_logged("device key0: hangs on \"uart0\", which is something else or failed itself; "
		      "working GPIO chips: gpio0\n");
	assert_logged("device buzzer: hangs on \"pwm0\", which is no row; "
		      "working GPIO chip or PWM blocks: gpio0\n");
	assert_false(device_live(&rows[2]));
	assert_true(device_live(&rows[0]));
	assert_null(device_led(0));
	assert_null(device_buzzer());
}

static void a_failed_parent_fails_its_children(void **state)
{
	static const struct device_desc rows[] = { ROW_GPIO, LED("led0", "gpio0", 0, 0) };

	(void)state;
	bus_refuse_map(GPIO);
	assert_int_equal(devices_probe(rows, 2), 2);
	assert_logged("device gpio0: registers at 0x10040000 (4 KiB) cannot be mapped");
	assert_logged("device led0: hangs on \"gpio0\", which is something else or failed itself; "
		      "working GPIO chips: none\n");
}

static void a_line_out_of_range_is_reported(void **state)
{
	static const struct device_desc rows[] = {
		ROW_GPIO,
		LED("led0", "gpio0", 8, 0),
		BUZZER("buzzer", "gpio0", 99, 0),
		KEY("key0", "gpio0", 8, 0),
	};

	(void)state;
	assert_int_equal(devices_probe(rows, ARRAY_SIZE(rows)), 3);
	assert_logged("gpio0 has no line 8; its lines are 0 to 7");
	assert_logged("device led0: no such line 8 on gpio0 (reason above)");
	assert_logged("device buzzer: no such line 99 on gpio0");
	assert_logged("device key0: no such line 8 on gpio0");
	assert_int_equal(bus_accesses(), 0);
}

static void a_key_needs_an_input(void **state)
{
	static const struct device_desc rows[] = { ROW_LEDS, KEY("key0", "ledreg0", 1, 0) };

	(void)state;
	assert_int_equal(devices_probe(rows, 2), 1);
	assert_logged("ledreg0 has outputs only");
	assert_logged("device key0: ledreg0 did not start");
}

static void a_refused_claim_is_reported(void **state)
{
	(void)state;
	bus_refuse_claim(UART);
	assert_int_equal(probe_one((struct device_desc)ROW_CONSOLE), 1);
	assert_logged("device uart0: registers at 0x10000000 (4 KiB) cannot be claimed (error 16");
	assert_logged("correct .phys and .size");
	assert_int_equal(bus_mapped(), 0);
	assert_null(console_uart());
}

/* Whatever step fails, nothing of the row stays mapped or claimed. */
static void a_failure_leaves_nothing_behind(void **state)
{
	struct device_desc bad_rate = ROW_CONSOLE, no_rate = ROW_TIMER, no_lock = ROW_RESET;
	struct device_desc one_window = ROW_INTC;

	(void)state;
	bad_rate.clock = 100;
	assert_int_equal(probe_one(bad_rate), 1);
	assert_logged("device uart0: pl011 did not start (error 22, reason above)");
	assert_int_equal(bus_mapped() + bus_claimed(), 0);

	no_rate.clock = 0;
	assert_int_equal(probe_one(no_rate), 1);
	assert_logged("device timer0: sp804 did not start");
	assert_int_equal(bus_mapped() + bus_claimed(), 0);

	one_window.phys2 = 0;
	assert_int_equal(probe_one(one_window), 1);
	assert_logged("device gic0: gic did not start");
	assert_int_equal(bus_mapped() + bus_claimed(), 0);

	bus_refuse_map(CPU); /* the second window */
	assert_int_equal(probe_one((struct device_desc)ROW_INTC), 1);
	assert_int_equal(bus_mapped() + bus_claimed(), 0);
	bus_refuse_map(0);
	bus_refuse_claim(CPU);
	assert_int_equal(probe_one((struct device_desc)ROW_INTC), 1);
	assert_int_equal(bus_mapped() + bus_claimed(), 0);

	bus_refuse_map(LOCK);
	assert_int_equal(probe_one(no_lock), 1);
	assert_int_equal(bus_mapped() + bus_claimed(), 0);
	assert_int_equal(bus_writes(), 0);
}

static void a_second_console_is_refused(void **state)
{
	static const struct device_desc rows[] = {
		ROW_CONSOLE,
		DEV(DEV_CONSOLE, "uart1", "pl011", PWM, SZ_4K, .clock = 24000000),
	};

	(void)state;
	assert_int_equal(devices_probe(rows, 2), 1);
	assert_logged("device uart1: the board has a working console already");
	assert_int_equal(console_uart()->clock, 24000000);
}

static void a_first_console_that_fails_leaves_room_for_the_next(void **state)
{
	static const struct device_desc rows[] = {
		DEV(DEV_CONSOLE, "uart1", "pl012", PWM, SZ_4K, .clock = 24000000),
		ROW_CONSOLE,
	};

	(void)state;
	assert_int_equal(devices_probe(rows, 2), 1);
	assert_true(device_live(&rows[1]));
	assert_non_null(console_uart());
}

static void bad_rows_are_reported(void **state)
{
	static const struct device_desc rows[] = {
		DEV(77, "odd", "pl061", GPIO, SZ_4K),
		ROW_GPIO,
		DEV(DEV_GPIO, "gpio0", "ledreg", LEDS, 4),
		DEV(DEV_GPIO, "", "pl061", GPIO, SZ_4K),
		DEV(DEV_GPIO, "sixteen-letters.", "pl061", GPIO, SZ_4K),
	};

	(void)state;
	assert_int_equal(devices_probe(rows, ARRAY_SIZE(rows)), 4);
	assert_logged("device odd: there is no class 77");
	assert_logged("device gpio0: rows #2 and #3 of board_devices have this name; rename one");
	assert_logged("device row #4: name and driver take 1 to 15 characters");
	assert_logged("device row #5: name and driver take 1 to 15 characters");
	assert_null(device_gpio(1));
}

static void there_is_room_for_so_many(void **state)
{
	struct device_desc rows[PROBE_LEDS + 2] = { ROW_LEDS };

	(void)state;
	for (u32 i = 1; i < ARRAY_SIZE(rows); i++) {
		rows[i] = (struct device_desc)LED("ledx", "ledreg0", 0, 0);
		rows[i].name[3] = (char)('a' + i);
	}
	assert_int_equal(devices_probe(rows, ARRAY_SIZE(rows)), 1);
	assert_logged("device ledr: 16 are served already; raise PROBE_LEDS");
	assert_non_null(device_led(PROBE_LEDS - 1));
}

static void too_many_rows_are_counted(void **state)
{
	static struct device_desc rows[PROBE_ROWS + 3];

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(rows); i++) {
		rows[i] = (struct device_desc)KEY("k00", "none", 0, 0);
		rows[i].name[1] = (char)('0' + i / 10);
		rows[i].name[2] = (char)('0' + i % 10);
	}
	assert_int_equal(devices_probe(rows, ARRAY_SIZE(rows)), PROBE_ROWS + 3);
	assert_logged("devices: 67 rows, 64 are served; raise PROBE_ROWS");
}

/* ---- the others ---- */

static void a_chain_of_pl192_is_mapped_at_its_distance(void **state)
{
	(void)state;
	assert_int_equal(probe_one((struct device_desc)DEV(DEV_INTC, "vic", "pl192", VIC(0), SZ_4K,
							   .phys2 = VIC(1), .aux = 4)),
			 0);
	for (u32 i = 0; i < 4; i++)
		assert_true(bus_is_claimed(VIC(i)));
	assert_int_equal(bus_claimed(), 4);
	assert_int_equal(request_irq(127, no_handler, "dev", NULL), 0);
	assert_int_equal(vic[3].enable, 0x80000000);
}

static void a_chain_without_its_second_address_is_refused(void **state)
{
	(void)state;
	assert_int_equal(probe_one((struct device_desc)DEV(DEV_INTC, "vic", "pl192", VIC(0), SZ_4K,
							   .aux = 4)),
			 1);
	assert_logged("device vic: 4 controllers");
	assert_logged(".phys2 must say where the second is");
	assert_int_equal(probe_one((struct device_desc)DEV(DEV_INTC, "vic", "pl192", VIC(0), SZ_4K,
							   .phys2 = VIC(1), .aux = 5)),
			 1);
	assert_int_equal(bus_claimed(), 0);
}

static void the_generic_timer_needs_no_registers(void **state)
{
	(void)state;
	model_cp15.pfr1 = 1u << 16;
	assert_int_equal(probe_one((struct device_desc)DEV(DEV_TIMER, "timer0", "generic", 0, 0,
							   .irq = -1, .clock = 24000000)),
			 0);
	assert_int_equal(timer_rate(), 24000000);
	assert_int_equal(bus_mapped() + bus_claimed(), 0);
}

static void pwm_buzzer_with_its_pin(void **state)
{
	static const struct device_desc rows[] = {
		DEV(DEV_GPIO, "gpio0", "s5p", S5P_GPIO_BASE, SZ_4K),
		DEV(DEV_PWM, "pwm0", "s5p", PWM, SZ_4K, .clock = 66700000,
		    .aux = S5P_GPIO(0xa0, 2) + 1),
		BUZZER("buzzer", "pwm0", 2, 0),
	};

	(void)state;
	assert_int_equal(devices_probe(rows, 3), 0);
	assert_int_equal(s5p.con[5], 0x100); /* silent: an output */
	assert_int_equal(buzzer_on(device_buzzer(), 1000), 0);
	assert_int_equal(s5p.con[5], 0x200); /* TOUT */
	assert_int_equal(pwm.tcon >> 12 & 9, 9);
	assert_int_equal(bus_claimed(), 0);
}

static void pwm_rows_are_checked(void **state)
{
	static const struct device_desc no_gpio[] = {
		DEV(DEV_PWM, "pwm0", "s5p", PWM, SZ_4K, .clock = 66700000, .aux = 1),
	};
	static const struct device_desc no_line[] = {
		ROW_GPIO,
		DEV(DEV_PWM, "pwm0", "s5p", PWM, SZ_4K, .clock = 66700000, .aux = 9),
	};
	static const struct device_desc buzzers[] = {
		DEV(DEV_PWM, "pwm0", "s5p", PWM, SZ_4K, .clock = 66700000),
		BUZZER("b0", "pwm0", 4, 0),
		BUZZER("b1", "pwm0", 2, GPIO_ACTIVE_LOW),
	};

	(void)state;
	assert_int_equal(devices_probe(no_gpio, 1), 1);
	assert_logged("device pwm0: its output pin (.aux) needs a GPIO chip, and none works");
	assert_int_equal(devices_probe(no_line, 2), 1);
	assert_logged("pwm0: gpio0 has no line 8");
	assert_logged("device pwm0: .aux is the output pin's line plus one");
	assert_int_equal(devices_probe(buzzers, 3), 2);
	assert_logged("device b0: no such line 4 on pwm0");
	assert_logged("device b1: a PWM channel rests low");
}

static void ledreg_lines_come_from_the_row(void **state)
{
	struct device_desc row = ROW_LEDS;

	(void)state;
	row.aux = 3;
	assert_int_equal(probe_one(row), 0);
	assert_int_equal(gpio_lines(device_gpio(0)), 3);
	row.aux = 33;
	assert_int_equal(probe_one(row), 1);
	assert_logged("device ledreg0: .aux gives it 33 lines, a ledreg has 32");
}

static void restarting_unlocks_and_writes(void **state)
{
	(void)state;
	devices_probe(board, ARRAY_SIZE(board));
	bus_forget();
	assert_int_equal(machine_restart(), -EIO); /* a fake goes on */
	assert_int_equal(lock_reg.value, 0xa05f);
	assert_int_equal(reset_reg.value, 0x108);
	assert_true(bus_find_write(LOCK, 0) < bus_find_write(RESET, 0));
	assert_logged("the machine goes on");
}

static u32 half_word;

static void half_word_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	(void)w;
	assert_int_equal(off, 0);
	assert_int_equal(width, 2);
	half_word = v;
}

static void restarting_by_half_a_word(void **state)
{
	static struct bus_window window = { .base = HALF, .size = 2, .write = half_word_write };
	static const struct device_desc rows[] = {
		ROW_TIMER, /* it waits for the machine to end */
		DEV(DEV_RESET, "reset", "regwrite", HALF, 2, .flags = 0x8004),
	};

	(void)state;
	bus_add(&window);
	assert_int_equal(devices_probe(rows, ARRAY_SIZE(rows)), 0);
	assert_int_equal(machine_restart(), -EIO);
	assert_int_equal(half_word, 0x8004);
}

static void restarting_without_a_row_says_so(void **state)
{
	(void)state;
	assert_int_equal(machine_restart(), -ENODEV);
	assert_logged("no DEV_RESET row");
	assert_int_equal(bus_accesses(), 0);
}

static void the_listing_shows_every_row(void **state)
{
	static const struct device_desc rows[] = { ROW_GPIO, LED("led0", "gpio0", 3, 1),
						   LED("led1", "gpio7", 4, 0) };

	(void)state;
	devices_probe(rows, 3);
	bus_log_clear();
	devices_show();
	assert_logged("gpio0           gpio                 pl061    0x10040000\n");
	assert_logged("led0            led                  line 3 of gpio0, active low\n");
	assert_logged("led1            led                  line 4 of gpio7 (not working)\n");
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_whole_board_comes_up),
		T(blocks_are_claimed_but_not_gpio),
		T(devices_are_found),
		T(led_and_buzzer_work_after_the_probe),
		T(an_unknown_driver_names_the_known_ones),
		T(an_unknown_parent_names_what_there_is),
		T(a_failed_parent_fails_its_children),
		T(a_line_out_of_range_is_reported),
		T(a_key_needs_an_input),
		T(a_refused_claim_is_reported),
		T(a_failure_leaves_nothing_behind),
		T(a_second_console_is_refused),
		T(a_first_console_that_fails_leaves_room_for_the_next),
		T(bad_rows_are_reported),
		T(there_is_room_for_so_many),
		T(too_many_rows_are_counted),
		T(a_chain_of_pl192_is_mapped_at_its_distance),
		T(a_chain_without_its_second_address_is_refused),
		T(the_generic_timer_needs_no_registers),
		T(pwm_buzzer_with_its_pin),
		T(pwm_rows_are_checked),
		T(ledreg_lines_come_from_the_row),
		T(restarting_unlocks_and_writes),
		T(restarting_by_half_a_word),
		T(restarting_without_a_row_says_so),
		T(the_listing_shows_every_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
