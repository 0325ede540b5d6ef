/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_earlycon.c - the consoles that work before the MMU.
 *
 * A board links one of them, under the same names; here both are one file's
 * static functions under names of their own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/earlycon.h"
#include "fakeblocks.h"

#define earlycon_init pl011_early_init
#define earlycon_putc pl011_early_putc
#define send pl011_early_send
void pl011_early_init(pa_t base, u32 clock, u32 aux);
void pl011_early_putc(pa_t base, char c);
#include "drivers/earlycon_pl011.c"
#undef earlycon_init
#undef earlycon_putc
#undef send

#define earlycon_init s5p_early_init
#define earlycon_putc s5p_early_putc
#define send s5p_early_send
void s5p_early_init(pa_t base, u32 clock, u32 aux);
void s5p_early_putc(pa_t base, char c);
#include "drivers/earlycon_s5p.c"
#undef earlycon_init
#undef earlycon_putc
#undef send

#define BASE 0x2000u

static struct fake_uart port;

/* One row for each, so that a case is written once. */
static const struct early {
	u32 clock;
	void (*init)(pa_t base, u32 clock, u32 aux);
	void (*putc)(pa_t base, char c);
	bool pl011;
} early[] = {
	{ 24000000, pl011_early_init, pl011_early_putc, true },
	{ 66700000, s5p_early_init, s5p_early_putc, false },
};

static void power_on(const struct early *e)
{
	bus_reset();
	if (e->pl011)
		fake_pl011(&port, BASE);
	else
		fake_s5p_uart(&port, BASE, 16);
}

static void print(const struct early *e, const char *s)
{
	while (*s)
		e->putc(BASE, *s++);
}

/* The port sends what it holds. */
static void settle(void)
{
	while (port.tx_used)
		(void)readl(IOMEM(BASE + (port.w.size == 0x400 ? 0x10 : 0x18)));
}

static void an_untouched_port_is_set_up(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		early[i].init(BASE, early[i].clock, 0);
		assert_true(port.enabled);
		assert_true(port.fifo);
		print(&early[i], "up");
		settle();
		assert_int_equal(port.sent, 2);
		assert_memory_equal(port.wire, "up", 2);
	}
}

static void the_rate_is_115200(void **state)
{
	static const struct {
		u32 i, clock, divisor;
	} rates[] = { { 0, 24000000, 833 },
		      { 0, 14745600, 512 },
		      { 0, 100000000, 3472 },
		      { 1, 66700000, 579 },
		      { 1, 24000000, 208 } };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(rates); k++) {
		power_on(&early[rates[k].i]);
		early[rates[k].i].init(BASE, rates[k].clock, 0);
		assert_int_equal(port.divisor, rates[k].divisor);
	}
}

static void frames_are_8n1(void **state)
{
	(void)state;
	power_on(&early[0]);
	pl011_early_init(BASE, early[0].clock, 0);
	assert_int_equal(port.raw[0x2c / 4], 0x70);
	power_on(&early[1]);
	s5p_early_init(BASE, early[1].clock, 0);
	assert_int_equal(port.raw[0], 3);
}

static void interrupts_are_off(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		port.mask = early[i].pl011 ? 0x7ff : 0; /* a loader had them on */
		early[i].init(BASE, early[i].clock, 0);
		fake_uart_receive(&port, "x");
		assert_false(fake_uart_irq(&port));
	}
}

static void the_loaders_last_characters_get_out(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		early[i].init(BASE, early[i].clock, 0);
		print(&early[i], "bye");
		early[i].init(BASE, early[i].clock, 0); /* the fake refuses a cut */
		assert_int_equal(port.sent, 3);
		assert_memory_equal(port.wire, "bye", 3);
	}
}

static void pl011_off_with_rubbish_inside_does_not_hang(void **state)
{
	(void)state;
	power_on(&early[0]);
	port.tx_used = 3;
	pl011_early_init(BASE, early[0].clock, 0);
	print(&early[0], "a");
	settle();
	assert_int_equal(port.sent, 1);
}

static void sending_waits_for_room(void **state)
{
	static const char text[] = "a line that is longer than either of the FIFOs";

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		early[i].init(BASE, early[i].clock, 0);
		print(&early[i], text); /* the fake refuses an overflow */
		settle();
		assert_int_equal(port.sent, sizeof(text) - 1);
		assert_memory_equal(port.wire, text, port.sent);
	}
}

static void newlines_get_a_return(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		early[i].init(BASE, early[i].clock, 0);
		print(&early[i], "a\n\xff");
		settle();
		assert_int_equal(port.sent, 4);
		assert_memory_equal(port.wire, "a\r\n\xff", 4);
	}
}

static void without_a_clock_the_loaders_set_up_stays(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		early[i].init(BASE, 0, 0);
		assert_int_equal(bus_accesses(), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_untouched_port_is_set_up),
		cmocka_unit_test(the_rate_is_115200),
		cmocka_unit_test(frames_are_8n1),
		cmocka_unit_test(interrupts_are_off),
		cmocka_unit_test(the_loaders_last_characters_get_out),
		cmocka_unit_test(pl011_off_with_rubbish_inside_does_not_hang),
		cmocka_unit_test(sending_waits_for_room),
		cmocka_unit_test(newlines_get_a_return),
		cmocka_unit_test(without_a_clock_the_loaders_set_up_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
