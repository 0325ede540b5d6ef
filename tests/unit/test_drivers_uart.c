/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_uart.c - UARTs and the live console on fake ports.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/console.h"
#include "drivers/irq.h"
#include "fakeuarts.h"
#include "mm/log.h"
#include "seam.h"

#define BASE 0x2000u
#define GIC_DIST 0x10000u
#define GIC_CPU 0x20000u
#define RX_IRQ 44u

static struct fake_port port;
static struct fake_gic gic;
static struct irq_chip chip;
static struct uart uart;

static int setup(void **state)
{
	(void)state;
	console_set(NULL); /* on the bus of the test before */
	bus_reset();
	return 0;
}

static void make(const char *driver, u32 clock, u32 aux)
{
	uart = (struct uart){
		.ops = uart_find(driver), .base = IOMEM(BASE), .clock = clock, .aux = aux
	};
	assert_non_null(uart.ops);
}

static void make_pl011(void)
{
	port = (struct fake_port){ 0 };
	fake_pl011(&port.u, BASE);
	make("pl011", 24000000, 0);
}

static void make_s5p(void)
{
	port = (struct fake_port){ 0 };
	fake_s5p_uart(&port.u, BASE, 16);
	make("s5p", 66700000, 0);
}

static void make_8250(void)
{
	fake_8250(&port, BASE, 1);
	make("8250", 1843200, 1);
}

static void make_8250_16(void)
{
	fake_8250(&port, BASE, 2);
	make("8250", 48000000, 2);
}

static void make_8250_32(void)
{
	fake_8250(&port, BASE, 4);
	make("8250", 100000000, 4);
}

static void make_dw(void)
{
	fake_dw_apb(&port, BASE, 4);
	make("8250", 24000000, 0);
}

static void make_omap(void)
{
	fake_omap_uart(&port, BASE);
	make("omap", 48000000, 0);
}

static void make_imx(void)
{
	fake_imx_uart(&port, BASE);
	make("imx", 80000000, 0);
}

static void make_cadence(void)
{
	fake_cadence_uart(&port, BASE);
	make("cadence", 50000000, 0);
}

static void make_cadence_latch(void)
{
	make_cadence();
	port.level_latch = true;
}

static void make_aux(void)
{
	fake_bcm2835_aux(&port, BASE);
	make("bcm2835-aux", 250000000, 0);
}

static void (*const makers[])(void) = {
	make_pl011, make_s5p, make_8250,    make_8250_16,	make_8250_32, make_dw,
	make_omap,  make_imx, make_cadence, make_cadence_latch, make_aux,
};
#define FIRST_PORT 2 /* the ones of fakeuarts.h from here on */

static void send(const char *s)
{
	while (*s)
		uart_putc(&uart, *s++);
	uart_flush(&uart);
}

static void assert_wire(const char *s)
{
	assert_int_equal(port.u.sent, strlen(s));
	assert_memory_equal(port.u.wire, s, port.u.sent);
}

/* ---- rates ---- */

static void pl011_rate(void **state)
{
	/* clock * 4 / baud, rounded: what the divider holds in 1/64 */
	static const struct {
		u32 clock, baud, divisor;
	} rates[] = { { 24000000, 115200, 833 },
		      { 24000000, 9600, 10000 },
		      { 48000000, 115200, 1667 },
		      { 14745600, 115200, 512 },
		      { 24000000, 1500000, 64 } };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(rates); i++) {
		bus_reset();
		make_pl011();
		uart.clock = rates[i].clock;
		assert_int_equal(uart_init(&uart, rates[i].baud), 0);
		assert_int_equal(port.u.divisor, rates[i].divisor);
		assert_true(port.u.enabled);
		assert_true(port.u.fifo);
		assert_int_equal(port.u.raw[0x2c / 4] & 0x6f, 0x60); /* 8N1 */
	}
}

static void s5p_rate(void **state)
{
	/* clock / baud: a bit time in input clocks is 16 times UBRDIV + 1 and a
	 * fraction; known words: 35 and 0x888 at 66.7 MHz */
	static const struct {
		u32 clock, baud, ubrdiv, slot;
	} rates[] = { { 66700000, 115200, 35, 0x0888 },
		      { 24000000, 115200, 12, 0x0000 },
		      { 66700000, 9600, 433, 0x2222 },
		      { 29491200 / 16 * 31 / 16, 115200, 0, 0xffdf } };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(rates); i++) {
		bus_reset();
		make_s5p();
		uart.clock = rates[i].clock;
		assert_int_equal(uart_init(&uart, rates[i].baud), 0);
		assert_int_equal(port.u.raw[0x28 / 4], rates[i].ubrdiv);
		assert_int_equal(port.u.raw[0x2c / 4], rates[i].slot);
		assert_int_equal(port.u.divisor,
				 (rates[i].clock + rates[i].baud / 2) / rates[i].baud);
		assert_int_equal(port.u.raw[0], 3); /* 8N1 */
		assert_true(port.u.enabled);
	}
}

/* Each sixteenth of a divisor has a word with as many slots. */
static void s5p_fractions(void **state)
{
	(void)state;
	for (u32 f = 0; f < 16; f++) {
		bus_reset();
		make_s5p();
		uart.clock = 9600 * (16 * 40 + f);
		assert_int_equal(uart_init(&uart, 9600), 0);
		assert_int_equal(port.u.raw[0x28 / 4], 39);
		assert_int_equal(port.u.divisor, 16 * 40 + f);
	}
}

static void an_impossible_rate_is_refused_untouched(void **state)
{
	static const u32 clocks[] = { 1000000, 1785000 };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++)
		for (u32 i = 0; i < ARRAY_SIZE(clocks); i++) {
			bus_reset();
			makers[k]();
			uart.clock = clocks[i];
			assert_int_equal(uart_init(&uart, 115200), -EINVAL);
			assert_int_equal(uart_init(&uart, 0), -EINVAL);
			assert_int_equal(bus_accesses(), 0);
			assert_logged("115200 baud cannot be divided from a clock of");
			assert_logged("correct .clock");
		}
}

/* A bit takes clock / baud input clocks; what the block's divider makes of it. */
static void bits_last_as_long_as_the_divider_can_make_them(void **state)
{
	static const struct {
		void (*make)(void);
		u32 clock, baud, divisor;
	} rates[] = {
		{ make_8250, 1843200, 115200, 16 },
		{ make_8250, 1843200, 9600, 192 },
		{ make_8250_32, 100000000, 115200, 16 * 54 },
		{ make_dw, 24000000, 115200, 16 * 13 },
		{ make_dw, 24000000, 1500000, 16 },
		{ make_dw, 19200000, 1200, 16 * 1000 },
		{ make_omap, 48000000, 115200, 16 * 26 },
		{ make_omap, 48000000, 9600, 16 * 313 },
		{ make_imx, 80000000, 115200, 694 },
		{ make_imx, 24000000, 115200, 208 },
		{ make_imx, 66000000, 9600, 6875 },
		{ make_cadence, 50000000, 115200, 434 },
		{ make_cadence, 100000000, 115200, 868 },
		{ make_cadence, 33333333, 9600, 3472 },
		{ make_aux, 250000000, 115200, 8 * 271 },
		{ make_aux, 400000000, 9600, 8 * 5208 },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(rates); i++) {
		bus_reset();
		rates[i].make();
		uart.clock = rates[i].clock;
		assert_int_equal(uart_init(&uart, rates[i].baud), 0);
		assert_int_equal(port.u.divisor, rates[i].divisor);
		assert_true(port.u.enabled);
		assert_true(port.u.fifo);
	}
}

/* 3 % and no more; the nearest clocks on either side of what a divider can do. */
static void a_rate_is_right_to_within_3_percent(void **state)
{
	static const struct {
		void (*make)(void);
		u32 good, bad;
	} clocks[] = {
		{ make_dw, 1788000, 1787000 }, /* 16 * 115200 less 3 % */
		{ make_dw, 1898000, 1899000 },	  { make_omap, 1788000, 1787000 },
		{ make_aux, 894000, 893000 },	  { make_aux, 949000, 950000 },
		{ make_imx, 1843200, 1785000 }, /* it samples sixteen times a bit */
		{ make_cadence, 570240, 558000 }, /* and this one five */
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(clocks); i++) {
		bus_reset();
		clocks[i].make();
		uart.clock = clocks[i].bad;
		assert_int_equal(uart_init(&uart, 115200), -EINVAL);
		assert_int_equal(bus_accesses(), 0);
		uart.clock = clocks[i].good;
		assert_int_equal(uart_init(&uart, 115200), 0);
	}
}

static void slow_rates_end_at_the_divider(void **state)
{
	static const struct {
		void (*make)(void);
		u32 longest; /* input clocks */
	} dividers[] = { { make_dw, 65535 * 16 },
			 { make_omap, 65535 * 16 },
			 { make_imx, 65536 },
			 { make_cadence, 65535 * 256 },
			 { make_aux, 65536 * 8 } };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(dividers); i++) {
		bus_reset();
		dividers[i].make();
		uart.clock = dividers[i].longest * 10;
		assert_int_equal(uart_init(&uart, 10), 0);
		assert_int_equal(port.u.divisor, dividers[i].longest);
		uart.clock += dividers[i].longest;
		bus_forget();
		assert_int_equal(uart_init(&uart, 10), -EINVAL);
		assert_int_equal(bus_accesses(), 0);
	}
}

static void frames_are_8n1(void **state)
{
	(void)state;
	make_dw();
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[3] & 0x7f, 3);
	make_imx();
	uart_init(&uart, 115200);
	/* WS; no parity, no second stop bit, no RTS; the receiver's input */
	assert_int_equal(port.reg[1] & 0x4167, 0x4027);
	assert_int_equal(port.reg[2] & 4, 4);
	make_cadence();
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[1], 0x20);
}

static void the_loaders_set_up_stays_without_a_clock(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		u32 divisor, writes;

		bus_reset();
		makers[k]();
		uart_init(&uart, 38400);
		uart_rx_irq_enable(&uart);
		divisor = port.u.divisor;
		uart.clock = 0;
		uart_putc(&uart, 'l');
		bus_forget();
		assert_int_equal(uart_init(&uart, 115200), 0);
		writes = bus_writes();
		fake_port_receive(&port, "x");
		assert_false(fake_port_irq(&port));
		send("w");
		assert_wire("lw");
		assert_int_equal(port.u.divisor, divisor);
		assert_in_range(writes, 1, 4);
		/* and its interrupt is there as ever */
		uart_rx_irq_enable(&uart);
		assert_true(fake_port_irq(&port));
		assert_int_equal(uart_getc(&uart), 'x');
	}
}

static void a_loaders_receive_levels_make_no_character_wait(void **state)
{
	(void)state;
	make_imx();
	uart_init(&uart, 115200);
	port.reg[4] |= 0x3f; /* UFCR: from 32 characters on */
	uart.clock = 0;
	uart_init(&uart, 115200);
	uart_rx_irq_enable(&uart);
	fake_port_receive(&port, "i");
	assert_true(fake_port_irq(&port));

	make_cadence();
	uart_init(&uart, 115200);
	port.reg[8] = 32;
	uart.clock = 0;
	uart_init(&uart, 115200);
	uart_rx_irq_enable(&uart);
	fake_port_receive(&port, "c");
	assert_true(fake_port_irq(&port));
}

static void pl011_slow_rates_end_at_its_divider(void **state)
{
	(void)state;
	make_pl011();
	uart.clock = 65535u * 16;
	assert_int_equal(uart_init(&uart, 1), 0);
	assert_int_equal(port.u.raw[0x24 / 4], 65535);
	uart.clock += 16;
	assert_int_equal(uart_init(&uart, 1), -EINVAL);
}

/* ---- sending and receiving ---- */

static void the_loaders_last_characters_get_out(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		assert_int_equal(uart_init(&uart, 115200), 0);
		uart_putc(&uart, 'o');
		uart_putc(&uart, 'k');
		/* Twice is what a second stage does; the fake refuses a cut. */
		assert_int_equal(uart_init(&uart, 115200), 0);
		assert_wire("ok");
	}
}

static void pl011_off_with_rubbish_inside_does_not_hang(void **state)
{
	(void)state;
	make_pl011();
	port.u.tx_used = 5; /* busy for ever: it is off */
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_int_equal(port.u.tx_used, 0);
	send("x");
	assert_wire("x");
}

static void ports_that_are_off_with_rubbish_inside_do_not_hang(void **state)
{
	(void)state;
	for (u32 k = FIRST_PORT; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		port.u.tx_used = 5; /* busy for ever: it is off */
		assert_int_equal(uart_init(&uart, 115200), 0);
		assert_int_equal(port.u.tx_used, 0);
		send("x");
		assert_wire("x");
	}
}

/* On, but without a bit clock, say: what is inside never leaves. */
static void a_port_that_sends_without_end_is_given_up(void **state)
{
	(void)state;
	for (u32 k = FIRST_PORT; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		uart_init(&uart, 115200);
		uart_putc(&uart, 'o');
		port.stalled = true;
		assert_int_equal(uart_init(&uart, 115200), 0);
		port.stalled = false;
		send("x");
		assert_int_equal(port.u.wire[port.u.sent - 1], 'x');
	}
}

/* The loader had flow control on, and the far end is not listening to it. */
static void flow_control_does_not_hold_the_set_up(void **state)
{
	static const struct {
		void (*make)(void);
		u32 reg, set, clear; /* of the fake: what turns it on */
	} flow[] = { { make_8250_32, 4, 0x20, 0 },
		     { make_dw, 4, 0x20, 0 },
		     { make_imx, 1, 0, 0x4000 },
		     { make_cadence, 9, 0x20, 0 },
		     { make_aux, 0x18, 8, 0 } };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(flow); i++) {
		bus_reset();
		flow[i].make();
		uart_init(&uart, 115200);
		port.reg[flow[i].reg] |= flow[i].set;
		port.reg[flow[i].reg] &= ~flow[i].clear;
		port.cts_off = true;
		uart_putc(&uart, 'f');
		bus_forget();
		assert_int_equal(uart_init(&uart, 115200), 0);
		assert_in_range(bus_accesses(), 1, 100); /* no patience was needed */
		send("g");
		assert_wire("fg");
	}
}

static void a_reset_that_does_not_end_is_given_up(void **state)
{
	static void (*const with_reset[])(void) = { make_omap, make_imx, make_cadence };

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(with_reset); k++) {
		bus_reset();
		with_reset[k]();
		port.never_resets = true;
		assert_int_equal(uart_init(&uart, 115200), 0);
		assert_in_range(bus_accesses(), 100000, 10000000);
		send("x");
		assert_wire("x");
	}
}

/* ---- DesignWare's busy rule ---- */

static void a_waiting_character_does_not_keep_lcr_shut(void **state)
{
	(void)state;
	make_dw();
	uart_init(&uart, 9600);
	fake_port_receive(&port, "left over");
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_int_equal(port.u.divisor, 16 * 13);
	assert_int_equal(port.u.sent, 0); /* no divisor went out as a character */
	assert_int_equal(uart_getc(&uart), -1);
	assert_false(fake_port_irq(&port)); /* nor does its interrupt stay */
}

static void an_incoming_character_does_not_keep_lcr_shut(void **state)
{
	(void)state;
	for (u32 at = 1; at < 60; at++) {
		bus_reset();
		make_dw();
		uart_init(&uart, 9600);
		port.incoming = at;
		port.chatter = at % 2; /* and more of them, as from a line that floats */
		assert_int_equal(uart_init(&uart, 115200), 0);
		assert_int_equal(port.u.divisor, 16 * 13);
		assert_int_equal(port.reg[3], 3);
		assert_int_equal(port.u.sent, 0);
		assert_int_equal(port.reg[4] & 0x10, 0); /* heard again */
		assert_false(port.busy_irq && fake_port_irq(&port));
	}
}

static void come_in_while_dlab(void)
{
	if (port.reg[3] != 0x83)
		return;
	bus_irq_hook = NULL;
	fake_port_receive(&port, "k"); /* behind the divisor, where nobody can read it */
}

static void a_character_behind_the_divisor_does_not_keep_lcr_shut(void **state)
{
	(void)state;
	make_dw();
	bus_irq_hook = come_in_while_dlab;
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_null(bus_irq_hook);
	assert_int_equal(port.reg[3], 3);
	assert_int_equal(port.u.divisor, 16 * 13);
}

static void a_port_without_fifos_is_read_empty(void **state)
{
	(void)state;
	make_dw();
	port.no_fifos = true;
	port.u.depth = 2; /* one in the shifter, one behind it */
	fake_port_receive(&port, "k");
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_int_equal(port.reg[3], 3);
	send("one by one");
	assert_wire("one by one");
}

static void an_lcr_that_takes_nothing_is_told(void **state)
{
	(void)state;
	make_dw();
	uart_init(&uart, 115200);
	port.deaf_lcr = true;
	assert_int_equal(uart_init(&uart, 9600), -EBUSY);
	assert_logged("uart 8250: LCR takes no 0x83, the port is busy without end");
	assert_int_equal(port.u.divisor, 16 * 13);
	assert_int_equal(port.reg[4] & 0x10, 0);
	assert_int_equal(port.u.tx_used + port.u.sent, 0);
}

static void a_loaders_threshold_mode_is_turned_off(void **state)
{
	(void)state;
	make_dw();
	port.reg[1] = 0x80; /* in which LSR's "room" means "full" */
	uart_init(&uart, 115200);
	send("a text of more than sixteen characters");
	assert_wire("a text of more than sixteen characters");
}

static void a_distance_of_registers_is_checked(void **state)
{
	static const u32 wrong[] = { 3, 5, 8, 16 };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(wrong); i++) {
		bus_reset();
		make_dw();
		uart.aux = wrong[i];
		assert_int_equal(uart_init(&uart, 115200), -EINVAL);
		assert_int_equal(bus_accesses(), 0);
		assert_logged("is no distance between two registers; write 1, 2 or 4");
	}
}

/* ---- other blocks' own ---- */

static void imx_loses_all_interrupts_of_a_loader(void **state)
{
	(void)state;
	make_imx();
	uart_init(&uart, 115200);
	port.reg[0] = 0xffff; /* UCR1, 3, 4 */
	port.reg[2] = port.reg[3] = 0xffff;
	uart.clock = 0;
	assert_int_equal(uart_init(&uart, 115200), 0);
	fake_port_receive(&port, "x");
	assert_false(fake_port_irq(&port));
	assert_int_equal(port.reg[0], 1);
	assert_int_equal(port.reg[2] & 0x3879, 0);
	assert_int_equal(port.reg[3] & 0x1cf, 0);
}

static void omap_is_left_awake_and_in_its_mode(void **state)
{
	(void)state;
	make_omap();
	uart_init(&uart, 9600);
	port.reg[8] = 3; /* MDR1: a loader's 13-times mode */
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_int_equal(port.reg[8], 0);
	assert_int_equal(port.reg[21] & 0x18, 8); /* SYSC: no idle */
	assert_true(port.u.fifo);
}

static void imx_wiring_is_the_loaders(void **state)
{
	(void)state;
	make_imx();
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[4], 0xa81);
	port.reg[4] |= 0x40; /* UFCR: DTE */
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[4], 0xac1);
	/* UCR3 bits 9:8 are interrupts of a DTE that nothing takes back, levels of a DCE */
	assert_int_equal(port.reg[2] & 0x704, 0x404);
	port.reg[2] |= 0x300;
	uart.clock = 0;
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[2] & 0x300, 0);
	port.reg[4] &= ~0x40u;
	uart.clock = 80000000;
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[2] & 0x704, 0x704);
}

/* XScale's and MMP's ports are switched on by a bit among the interrupts' enables. */
static void a_unit_that_is_on_stays_on(void **state)
{
	(void)state;
	make_8250();
	uart_init(&uart, 115200);
	port.reg[1] = 0x4f;
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[1], 0x40);
	uart_rx_irq_enable(&uart);
	assert_int_equal(port.reg[1], 0x41);
	uart.clock = 0;
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[1], 0x40);
	make_omap();
	uart_init(&uart, 115200);
	port.reg[1] = 0x4f; /* an interrupt here */
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[1], 0);
}

static void imx_ready_without_a_character_is_none(void **state)
{
	(void)state;
	make_imx();
	uart_init(&uart, 115200);
	port.half_there = true;
	assert_int_equal(uart_getc(&uart), -1);
	fake_port_receive(&port, "k");
	assert_int_equal(uart_getc(&uart), 'k');
}

static void imx_is_not_read_while_it_is_off(void **state)
{
	(void)state;
	make_imx();
	uart.clock = 0; /* a loader that set nothing up */
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_int_equal(uart_getc(&uart), -1); /* the fake refuses it */
}

static void the_mini_uarts_neighbours_stay_on(void **state)
{
	(void)state;
	make_aux();
	uart_init(&uart, 115200);
	assert_int_equal(port.reg[1], 5);
}

static void sending_waits_for_room(void **state)
{
	static const char text[] = "more than any of the FIFOs of eight to sixty-four characters "
				   "holds, and then some";

	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		uart_init(&uart, 115200);
		send(text);
		assert_wire(text);
	}
}

static void flush_waits_for_the_last_bit(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		uart_init(&uart, 115200);
		uart_putc(&uart, 'a');
		assert_int_equal(port.u.sent, 0);
		uart_flush(&uart);
		assert_int_equal(port.u.sent, 1);
	}
}

static void receiving_is_8_bit_clean_and_does_not_block(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		uart_init(&uart, 115200);
		assert_int_equal(uart_getc(&uart), -1);
		fake_port_receive(&port, "a\xff\x80");
		assert_int_equal(uart_getc(&uart), 'a');
		assert_int_equal(uart_getc(&uart), 0xff);
		assert_int_equal(uart_getc(&uart), 0x80);
		assert_int_equal(uart_getc(&uart), -1);
	}
}

static void s5p_full_fifo_shows_no_count(void **state)
{
	char text[17];

	(void)state;
	make_s5p();
	uart_init(&uart, 115200);
	memset(text, 'z', 16);
	text[16] = 0;
	fake_port_receive(&port, text);
	for (u32 i = 0; i < 16; i++)
		assert_int_equal(uart_getc(&uart), 'z');
	assert_int_equal(uart_getc(&uart), -1);
}

static void no_interrupt_until_enabled(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		bus_reset();
		makers[k]();
		uart_init(&uart, 115200);
		fake_port_receive(&port, "a");
		assert_false(fake_port_irq(&port));
		uart_rx_irq_enable(&uart);
		assert_true(fake_port_irq(&port));
		assert_int_equal(uart_getc(&uart), 'a');
		uart_rx_irq_ack(&uart);
		assert_false(fake_port_irq(&port));
	}
}

static void drivers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(uart_find("pl011"), &uart_pl011_ops);
	assert_ptr_equal(uart_find("s5p"), &uart_s5p_ops);
	assert_ptr_equal(uart_find("8250"), &uart_8250_ops);
	assert_ptr_equal(uart_find("omap"), &uart_omap_ops);
	assert_ptr_equal(uart_find("imx"), &uart_imx_ops);
	assert_ptr_equal(uart_find("cadence"), &uart_cadence_ops);
	assert_ptr_equal(uart_find("bcm2835-aux"), &uart_bcm2835_aux_ops);
	assert_null(uart_find("pl010"));
	assert_non_null(uart_name(6));
	assert_null(uart_name(7));
}

/* ---- the console ---- */

static void make_console(void)
{
	make_pl011();
	uart_init(&uart, 115200);
	console_set(&uart);
}

static void without_a_port_nothing_happens(void **state)
{
	(void)state;
	console_putc('x');
	console_write("abc", 3);
	console_log_line("line");
	console_flush();
	assert_int_equal(console_getc(), -1);
	assert_int_equal(console_wait_char(), -1);
	assert_null(console_uart());
}

static void newlines_get_a_return(void **state)
{
	(void)state;
	make_console();
	console_write("a\nb\0c", 5);
	console_log_line("line");
	console_putc('\n');
	console_flush();
	assert_int_equal(port.u.sent, 14);
	assert_memory_equal(port.u.wire, "a\r\nb\0cline\r\n\r\n", 14);
}

static void the_log_can_go_to_the_console(void **state)
{
	(void)state;
	make_console();
	mm_set_log(console_log_line);
	mm_log("row %d", 7);
	console_flush();
	assert_wire("row 7\r\n");
}

static void polling_reads_the_port(void **state)
{
	(void)state;
	make_console();
	assert_int_equal(console_getc(), -1);
	fake_port_receive(&port, "hi");
	assert_int_equal(console_getc(), 'h');
	assert_int_equal(console_wait_char(), 'i');
	assert_int_equal(console_getc(), -1);
	assert_int_equal(bus_wfis(), 0);
}

static void deliver(void)
{
	gic.level[RX_IRQ] = fake_port_irq(&port);
	if (!fake_gic_irq(&gic))
		return;
	irq_dispatch();
	gic.level[RX_IRQ] = fake_port_irq(&port);
}

static void make_irq_console(void (*make_port)(void))
{
	make_port();
	uart_init(&uart, 115200);
	console_set(&uart);
	fake_gic(&gic, GIC_DIST, GIC_CPU, 96);
	chip = (struct irq_chip){ .ops = irq_chip_find("gic"),
				  .base = { IOMEM(GIC_DIST), IOMEM(GIC_CPU) },
				  .bases = 2 };
	assert_int_equal(irq_init(&chip), 0);
	assert_int_equal(console_rx_irq((int)RX_IRQ), 0);
}

static void an_interrupt_fills_the_ring(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		setup(NULL);
		make_irq_console(makers[k]);
		fake_port_receive(&port, "typed");
		deliver();
		assert_int_equal(port.u.rx_used, 0);
		assert_false(fake_port_irq(&port));
		assert_int_equal(irq_count(RX_IRQ), 1);
		assert_int_equal(console_getc(), 't');
		assert_int_equal(console_wait_char(), 'y');
	}
}

/* Interrupts as they come, until the line is quiet: an end there must be. */
static void serve(void)
{
	deliver();
	for (u32 storm = 0; fake_port_irq(&port); storm++) {
		if (storm == 8)
			fail_msg("%s: its interrupt does not end", uart.ops->name);
		deliver();
	}
}

/* A second character comes in @at accesses after the first was there. */
static void receive_two(u32 at)
{
	fake_port_receive(&port, "a");
	port.u.arrives = "b";
	port.u.arrives_in = at;
	serve();
	while (port.u.arrives_in) /* the handler was gone by then */
		(void)uart.ops->tx_idle(&uart);
	serve();
	/* Not by polling: nothing may be left for that. */
	assert_int_equal(port.u.rx_used, 0);
	assert_int_equal(console_getc(), 'a');
	assert_int_equal(console_getc(), 'b');
}

static void no_moment_loses_a_character(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++)
		for (u32 at = 1; at < 24; at++) {
			setup(NULL);
			make_irq_console(makers[k]);
			receive_two(at);
		}
}

/* Where a time-out tells of what stays below it. */
static void nor_does_a_loaders_receive_level(void **state)
{
	(void)state;
	for (u32 at = 1; at < 24; at++) {
		setup(NULL);
		make_irq_console(make_dw);
		port.reg[42] = 0xc1; /* FCR: from the 14th on */
		receive_two(at);
	}
}

static void a_late_handler_finds_all_that_came(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		setup(NULL);
		make_irq_console(makers[k]);
		fake_port_receive(&port, "12345678"); /* no FIFO is smaller */
		serve();
		assert_int_equal(port.u.rx_used, 0);
		for (char c = '1'; c <= '8'; c++)
			assert_int_equal(console_getc(), c);
		assert_int_equal(console_getc(), -1);
	}
}

/* What was polled away under a raised interrupt. */
static void an_interrupt_that_comes_too_late_ends(void **state)
{
	(void)state;
	for (u32 k = 0; k < ARRAY_SIZE(makers); k++) {
		setup(NULL);
		make_irq_console(makers[k]);
		fake_port_receive(&port, "p");
		assert_int_equal(console_getc(), 'p');
		serve();
		fake_port_receive(&port, "q");
		assert_true(fake_port_irq(&port));
		serve();
		assert_int_equal(console_getc(), 'q');
	}
}

static void designwares_interrupts_without_a_character_end(void **state)
{
	(void)state;
	make_irq_console(make_dw);
	port.stale_timeout = true;
	assert_true(fake_port_irq(&port));
	serve();
	port.busy_irq = true;
	assert_true(fake_port_irq(&port));
	serve();
	fake_port_receive(&port, "z");
	serve();
	assert_int_equal(console_getc(), 'z');
}

static void wake_up(void)
{
	/* The sleep is entered with interrupts masked: nothing is lost between
	 * the last look and it. */
	assert_true(bus_masked());
	fake_port_receive(&port, "w");
	bus_wfi_hook = NULL;
	bus_irq_hook = deliver;
}

static void waiting_sleeps(void **state)
{
	(void)state;
	make_irq_console(make_pl011);
	bus_wfi_hook = wake_up;
	assert_int_equal(console_wait_char(), 'w');
	assert_int_equal(bus_wfis(), 1);
}

static void what_does_not_fit_is_counted(void **state)
{
	(void)state;
	make_irq_console(make_pl011);
	for (u32 i = 0; i < CONSOLE_RING / 8 + 1; i++) {
		fake_port_receive(&port, "12345678");
		deliver();
	}
	assert_int_equal(console_overruns(), 8);
	for (u32 i = 0; i < CONSOLE_RING; i++)
		assert_int_equal(console_getc(), '1' + i % 8);
	assert_int_equal(console_getc(), -1);
}

static void with_interrupts_masked_input_is_polled(void **state)
{
	(void)state;
	make_irq_console(make_pl011);
	(void)irq_save();
	port.u.arrives = "f";
	port.u.arrives_in = 20;
	assert_int_equal(console_wait_char(), 'f'); /* an abort handler's prompt */
	assert_int_equal(bus_wfis(), 0);
}

static void a_taken_interrupt_leaves_the_console_polling(void **state)
{
	(void)state;
	make_irq_console(make_pl011);
	console_set(&uart); /* gives the interrupt back */
	assert_int_equal(console_rx_irq(96), -EINVAL);
	assert_logged("irq 96 for console");
	port.u.arrives = "p";
	port.u.arrives_in = 20;
	assert_int_equal(console_wait_char(), 'p');
	assert_int_equal(bus_wfis(), 0);
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(pl011_rate),
		T(s5p_rate),
		T(s5p_fractions),
		T(an_impossible_rate_is_refused_untouched),
		T(bits_last_as_long_as_the_divider_can_make_them),
		T(a_rate_is_right_to_within_3_percent),
		T(slow_rates_end_at_the_divider),
		T(frames_are_8n1),
		T(the_loaders_set_up_stays_without_a_clock),
		T(a_loaders_receive_levels_make_no_character_wait),
		T(pl011_slow_rates_end_at_its_divider),
		T(the_loaders_last_characters_get_out),
		T(pl011_off_with_rubbish_inside_does_not_hang),
		T(ports_that_are_off_with_rubbish_inside_do_not_hang),
		T(a_port_that_sends_without_end_is_given_up),
		T(flow_control_does_not_hold_the_set_up),
		T(a_reset_that_does_not_end_is_given_up),
		T(a_waiting_character_does_not_keep_lcr_shut),
		T(an_incoming_character_does_not_keep_lcr_shut),
		T(a_character_behind_the_divisor_does_not_keep_lcr_shut),
		T(a_port_without_fifos_is_read_empty),
		T(an_lcr_that_takes_nothing_is_told),
		T(a_loaders_threshold_mode_is_turned_off),
		T(a_distance_of_registers_is_checked),
		T(imx_loses_all_interrupts_of_a_loader),
		T(omap_is_left_awake_and_in_its_mode),
		T(imx_wiring_is_the_loaders),
		T(a_unit_that_is_on_stays_on),
		T(imx_ready_without_a_character_is_none),
		T(imx_is_not_read_while_it_is_off),
		T(the_mini_uarts_neighbours_stay_on),
		T(sending_waits_for_room),
		T(flush_waits_for_the_last_bit),
		T(receiving_is_8_bit_clean_and_does_not_block),
		T(s5p_full_fifo_shows_no_count),
		T(no_interrupt_until_enabled),
		T(drivers_are_found_by_name),
		T(without_a_port_nothing_happens),
		T(newlines_get_a_return),
		T(the_log_can_go_to_the_console),
		T(polling_reads_the_port),
		T(an_interrupt_fills_the_ring),
		T(no_moment_loses_a_character),
		T(nor_does_a_loaders_receive_level),
		T(a_late_handler_finds_all_that_came),
		T(an_interrupt_that_comes_too_late_ends),
		T(designwares_interrupts_without_a_character_end),
		T(waiting_sleeps),
		T(what_does_not_fit_is_counted),
		T(with_interrupts_masked_input_is_polled),
		T(a_taken_interrupt_leaves_the_console_polling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
