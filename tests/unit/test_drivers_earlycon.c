/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_earlycon.c - the consoles that work before the MMU.
 *
 * A board links one of them, under the same names; here each is included under
 * names of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/earlycon.h"
#include "fakeuarts.h"

#define earlycon_init pl011_early_init
#define earlycon_putc pl011_early_putc
#define send pl011_early_send
#define drain pl011_early_drain
void pl011_early_init(pa_t base, u32 clock, u32 aux);
void pl011_early_putc(pa_t base, char c);
#include "drivers/earlycon_pl011.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef drain

#define earlycon_init s5p_early_init
#define earlycon_putc s5p_early_putc
#define send s5p_early_send
#define drain s5p_early_drain
void s5p_early_init(pa_t base, u32 clock, u32 aux);
void s5p_early_putc(pa_t base, char c);
#include "drivers/earlycon_s5p.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef drain

#define earlycon_init ns_early_init
#define earlycon_putc ns_early_putc
#define send ns_early_send
#define set_frame ns_early_set_frame
void ns_early_init(pa_t base, u32 clock, u32 aux);
void ns_early_putc(pa_t base, char c);
#include "drivers/earlycon_8250.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef set_frame
#undef THR
#undef DLL
#undef DLH
#undef IER
#undef IIR
#undef FCR
#undef LCR
#undef MCR
#undef LSR

#define earlycon_init omap_early_init
#define earlycon_putc omap_early_putc
#define send omap_early_send
#define wait_for omap_early_wait_for
#define set_frame omap_early_set_frame
void omap_early_init(pa_t base, u32 clock, u32 aux);
void omap_early_putc(pa_t base, char c);
#include "drivers/earlycon_omap.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef wait_for
#undef set_frame
#undef THR
#undef DLL
#undef DLH
#undef IER
#undef FCR
#undef LCR
#undef MCR
#undef LSR

#define earlycon_init imx_early_init
#define earlycon_putc imx_early_putc
#define send imx_early_send
#define drain imx_early_drain
#define wait_for imx_early_wait_for
void imx_early_init(pa_t base, u32 clock, u32 aux);
void imx_early_putc(pa_t base, char c);
#include "drivers/earlycon_imx.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef drain
#undef wait_for

#define earlycon_init cadence_early_init
#define earlycon_putc cadence_early_putc
#define send cadence_early_send
#define wait_for cadence_early_wait_for
void cadence_early_init(pa_t base, u32 clock, u32 aux);
void cadence_early_putc(pa_t base, char c);
#include "drivers/earlycon_cadence.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef wait_for

#define earlycon_init aux_early_init
#define earlycon_putc aux_early_putc
#define send aux_early_send
#define drain aux_early_drain
void aux_early_init(pa_t base, u32 clock, u32 aux);
void aux_early_putc(pa_t base, char c);
#include "drivers/earlycon_bcm2835-aux.c"
#undef earlycon_init
#undef earlycon_putc
#undef send
#undef drain

#define BASE 0x2000u

static struct fake_port port;

static void power_pl011(void)
{
	port = (struct fake_port){ 0 };
	fake_pl011(&port.u, BASE);
}

static void power_s5p(void)
{
	port = (struct fake_port){ 0 };
	fake_s5p_uart(&port.u, BASE, 16);
}

static void power_8250(void)
{
	fake_8250(&port, BASE, 1);
}

static void power_8250_16(void)
{
	fake_8250(&port, BASE, 2);
}

static void power_dw(void)
{
	fake_dw_apb(&port, BASE, 4);
}

static void power_omap(void)
{
	fake_omap_uart(&port, BASE);
}

static void power_imx(void)
{
	fake_imx_uart(&port, BASE);
}

static void power_cadence(void)
{
	fake_cadence_uart(&port, BASE);
}

static void power_aux(void)
{
	fake_bcm2835_aux(&port, BASE);
}

/* One row for each, so that a case is written once. */
enum { PL011, S5P, NS, NS16, DW, OMAP, IMX, CADENCE, AUX };
static const struct early {
	void (*power_on)(void);
	u32 clock, aux;
	void (*init)(pa_t base, u32 clock, u32 aux);
	void (*putc)(pa_t base, char c);
} early[] = {
	[PL011] = { power_pl011, 24000000, 0, pl011_early_init, pl011_early_putc },
	[S5P] = { power_s5p, 66700000, 0, s5p_early_init, s5p_early_putc },
	[NS] = { power_8250, 1843200, 1, ns_early_init, ns_early_putc },
	[NS16] = { power_8250_16, 48000000, 2, ns_early_init, ns_early_putc },
	[DW] = { power_dw, 24000000, 0, ns_early_init, ns_early_putc },
	[OMAP] = { power_omap, 48000000, 0, omap_early_init, omap_early_putc },
	[IMX] = { power_imx, 80000000, 0, imx_early_init, imx_early_putc },
	[CADENCE] = { power_cadence, 50000000, 0, cadence_early_init, cadence_early_putc },
	[AUX] = { power_aux, 250000000, 0, aux_early_init, aux_early_putc },
};

static void power_on(const struct early *e)
{
	bus_reset();
	e->power_on();
}

static void init(const struct early *e)
{
	e->init(BASE, e->clock, e->aux);
}

static void print(const struct early *e, const char *s)
{
	while (*s)
		e->putc(BASE, *s++);
}

/* The port sends what it holds. */
static void settle(void)
{
	if (port.irq)
		fake_port_settle(&port);
	while (port.u.tx_used)
		(void)readl(IOMEM(BASE + (port.u.w.size == 0x400 ? 0x10 : 0x18)));
}

static void an_untouched_port_is_set_up(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		init(&early[i]);
		assert_true(port.u.enabled);
		assert_true(port.u.fifo);
		print(&early[i], "up");
		settle();
		assert_int_equal(port.u.sent, 2);
		assert_memory_equal(port.u.wire, "up", 2);
	}
}

static void the_rate_is_115200(void **state)
{
	static const struct {
		u32 i, clock, divisor;
	} rates[] = {
		{ PL011, 24000000, 833 },     { PL011, 14745600, 512 },
		{ PL011, 100000000, 3472 },   { S5P, 66700000, 579 },
		{ S5P, 24000000, 208 },	      { NS, 1843200, 16 },
		{ NS, 100000000, 16 * 54 },   { DW, 24000000, 16 * 13 },
		{ DW, 1500000000, 16 * 814 }, { OMAP, 48000000, 16 * 26 },
		{ IMX, 80000000, 694 },	      { IMX, 24000000, 208 },
		{ CADENCE, 50000000, 432 },   { CADENCE, 100000000, 870 },
		{ AUX, 250000000, 8 * 271 },  { AUX, 500000000, 8 * 543 },
	};

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(rates); k++) {
		power_on(&early[rates[k].i]);
		early[rates[k].i].init(BASE, rates[k].clock, early[rates[k].i].aux);
		assert_int_equal(port.u.divisor, rates[k].divisor);
	}
}

static void frames_are_8n1(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		init(&early[i]);
		switch (i) {
		case PL011:
			assert_int_equal(port.u.raw[0x2c / 4], 0x70);
			break;
		case S5P:
			assert_int_equal(port.u.raw[0], 3);
			break;
		case IMX: /* WS, no RTS, no parity; the receiver's input */
			assert_int_equal(port.reg[1] & 0x4167, 0x4027);
			assert_int_equal(port.reg[2] & 4, 4);
			break;
		case CADENCE:
			assert_int_equal(port.reg[1], 0x20);
			break;
		case AUX:
			assert_int_equal(port.reg[0x13], 3);
			break;
		default:
			assert_int_equal(port.reg[3], 3);
		}
	}
}

static void interrupts_are_off(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		/* a loader had them on */
		port.u.mask = i == PL011 ? 0x7ff : 0;
		port.reg[i == IMX ? 0 : i == CADENCE ? 4 : i == AUX ? 0x11 : 1] |= 0x207;
		if (i == CADENCE)
			port.reg[8] = 1; /* from the first character */
		init(&early[i]);
		fake_port_receive(&port, "x");
		assert_false(fake_port_irq(&port));
	}
}

static void the_loaders_last_characters_get_out(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		init(&early[i]);
		print(&early[i], "bye");
		init(&early[i]); /* the fake refuses a cut */
		assert_int_equal(port.u.sent, 3);
		assert_memory_equal(port.u.wire, "bye", 3);
	}
}

static void off_with_rubbish_inside_does_not_hang(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		if (i == S5P) /* has no switch */
			continue;
		power_on(&early[i]);
		port.u.tx_used = 3;
		init(&early[i]);
		print(&early[i], "a");
		settle();
		assert_int_equal(port.u.sent, 1);
	}
}

static void sending_waits_for_room(void **state)
{
	static const char text[] = "a line that is longer than any of all these FIFOs, the largest "
				   "of which holds 64";

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		init(&early[i]);
		print(&early[i], text); /* the fake refuses an overflow */
		settle();
		assert_int_equal(port.u.sent, sizeof(text) - 1);
		assert_memory_equal(port.u.wire, text, port.u.sent);
	}
}

static void newlines_get_a_return(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		init(&early[i]);
		print(&early[i], "a\n\xff");
		settle();
		assert_int_equal(port.u.sent, 4);
		assert_memory_equal(port.u.wire, "a\r\n\xff", 4);
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

static void a_clock_of_no_use_leaves_it_too(void **state)
{
	static const u32 clocks[] = { 100, 1000000, 1785000 };

	(void)state;
	for (u32 i = NS; i < ARRAY_SIZE(early); i++)
		for (u32 k = 0; k < ARRAY_SIZE(clocks); k++) {
			power_on(&early[i]);
			early[i].init(BASE, clocks[k], early[i].aux);
			assert_int_equal(bus_accesses(), 0);
		}
}

/* And what the row says of the registers' distance is known all the same. */
static void a_loaders_port_is_spoken_to_at_its_distance(void **state)
{
	static const u32 kinds[] = { NS, NS16, DW, NS };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(kinds); k++) {
		const struct early *e = &early[kinds[k]];

		power_on(e);
		port.reg[40] = 13; /* the loader's divisor */
		port.u.divisor = 16 * 13;
		port.u.enabled = true;
		e->init(BASE, 0, e->aux);
		print(e, "s"); /* the fake refuses another distance, or width */
		settle();
		assert_int_equal(port.u.sent, 1);
	}
}

static void a_port_that_sends_without_end_is_given_up(void **state)
{
	(void)state;
	for (u32 i = NS; i < ARRAY_SIZE(early); i++) {
		power_on(&early[i]);
		init(&early[i]);
		print(&early[i], "o");
		port.stalled = true;
		init(&early[i]);
		port.stalled = false;
		print(&early[i], "x");
		settle();
		assert_int_equal(port.u.wire[port.u.sent - 1], 'x');
	}
}

static void flow_control_does_not_hold_the_set_up(void **state)
{
	static const struct {
		u32 i, reg, set, clear; /* of the fake: what turns it on */
	} flow[] = { { NS, 4, 0x20, 0 },
		     { DW, 4, 0x20, 0 },
		     { IMX, 1, 0, 0x4000 },
		     { CADENCE, 9, 0x20, 0 },
		     { AUX, 0x18, 8, 0 } };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(flow); k++) {
		const struct early *e = &early[flow[k].i];

		power_on(e);
		init(e);
		port.reg[flow[k].reg] |= flow[k].set;
		port.reg[flow[k].reg] &= ~flow[k].clear;
		port.cts_off = true;
		print(e, "f");
		bus_forget();
		init(e);
		assert_in_range(bus_accesses(), 1, 100); /* no patience was needed */
		print(e, "g");
		settle();
		assert_int_equal(port.u.sent, 2);
	}
}

static void a_reset_that_does_not_end_is_given_up(void **state)
{
	static const u32 with_reset[] = { OMAP, IMX, CADENCE };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(with_reset); k++) {
		power_on(&early[with_reset[k]]);
		port.never_resets = true;
		init(&early[with_reset[k]]);
		print(&early[with_reset[k]], "x");
		settle();
		assert_int_equal(port.u.sent, 1);
	}
}

/* DesignWare: characters wait, and more of them come in. */
static void a_busy_line_does_not_keep_lcr_shut(void **state)
{
	(void)state;
	for (u32 at = 1; at < 60; at++) {
		power_on(&early[DW]);
		init(&early[DW]);
		port.reg[40] = 99; /* another rate */
		port.incoming = at;
		port.chatter = at % 2;
		if (at % 3)
			fake_port_receive(&port, "left over");
		init(&early[DW]);
		assert_int_equal(port.u.divisor, 16 * 13);
		assert_int_equal(port.reg[3], 3);
		assert_int_equal(port.reg[4] & 0x10, 0);
		assert_int_equal(port.u.tx_used + port.u.sent, 0);
	}
}

static void an_lcr_that_takes_nothing_is_left(void **state)
{
	(void)state;
	power_on(&early[DW]);
	init(&early[DW]);
	port.deaf_lcr = true;
	init(&early[DW]);
	print(&early[DW], "y");
	settle();
	assert_int_equal(port.u.sent, 1); /* and no divisor before it */
	assert_int_equal(port.u.wire[0], 'y');
}

static void imx_wiring_is_the_loaders(void **state)
{
	(void)state;
	power_on(&early[IMX]);
	port.reg[4] |= 0x40; /* UFCR: DTE */
	init(&early[IMX]);
	assert_int_equal(port.reg[4], 0xac1);
}

static void the_mini_uarts_neighbours_stay_on(void **state)
{
	(void)state;
	power_on(&early[AUX]);
	init(&early[AUX]);
	assert_int_equal(port.reg[1], 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_untouched_port_is_set_up),
		cmocka_unit_test(the_rate_is_115200),
		cmocka_unit_test(frames_are_8n1),
		cmocka_unit_test(interrupts_are_off),
		cmocka_unit_test(the_loaders_last_characters_get_out),
		cmocka_unit_test(off_with_rubbish_inside_does_not_hang),
		cmocka_unit_test(sending_waits_for_room),
		cmocka_unit_test(newlines_get_a_return),
		cmocka_unit_test(without_a_clock_the_loaders_set_up_stays),
		cmocka_unit_test(a_clock_of_no_use_leaves_it_too),
		cmocka_unit_test(a_loaders_port_is_spoken_to_at_its_distance),
		cmocka_unit_test(a_port_that_sends_without_end_is_given_up),
		cmocka_unit_test(flow_control_does_not_hold_the_set_up),
		cmocka_unit_test(a_reset_that_does_not_end_is_given_up),
		cmocka_unit_test(a_busy_line_does_not_keep_lcr_shut),
		cmocka_unit_test(an_lcr_that_takes_nothing_is_left),
		cmocka_unit_test(imx_wiring_is_the_loaders),
		cmocka_unit_test(the_mini_uarts_neighbours_stay_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
