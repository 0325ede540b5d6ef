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
#include "fakeblocks.h"
#include "mm/log.h"
#include "seam.h"

#define BASE 0x2000u
#define GIC_DIST 0x10000u
#define GIC_CPU 0x20000u
#define RX_IRQ 44u

static struct fake_uart port;
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

static void make(const char *driver, u32 clock)
{
	uart = (struct uart){ .ops = uart_find(driver), .base = IOMEM(BASE), .clock = clock };
	assert_non_null(uart.ops);
}

static void make_pl011(void)
{
	fake_pl011(&port, BASE);
	make("pl011", 24000000);
}

static void make_s5p(void)
{
	fake_s5p_uart(&port, BASE, 16);
	make("s5p", 66700000);
}

static void (*const makers[])(void) = { make_pl011, make_s5p };

static void send(const char *s)
{
	while (*s)
		uart_putc(&uart, *s++);
	uart_flush(&uart);
}

static void assert_wire(const char *s)
{
	assert_int_equal(port.sent, strlen(s));
	assert_memory_equal(port.wire, s, port.sent);
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
		assert_int_equal(port.divisor, rates[i].divisor);
		assert_true(port.enabled);
		assert_true(port.fifo);
		assert_int_equal(port.raw[0x2c / 4] & 0x6f, 0x60); /* 8N1 */
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
		assert_int_equal(port.raw[0x28 / 4], rates[i].ubrdiv);
		assert_int_equal(port.raw[0x2c / 4], rates[i].slot);
		assert_int_equal(port.divisor,
				 (rates[i].clock + rates[i].baud / 2) / rates[i].baud);
		assert_int_equal(port.raw[0], 3); /* 8N1 */
		assert_true(port.enabled);
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
		assert_int_equal(port.raw[0x28 / 4], 39);
		assert_int_equal(port.divisor, 16 * 40 + f);
	}
}

static void an_impossible_rate_is_refused_untouched(void **state)
{
	static const u32 clocks[] = { 0, 1000000, 1785000 };

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

static void pl011_slow_rates_end_at_its_divider(void **state)
{
	(void)state;
	make_pl011();
	uart.clock = 65535u * 16;
	assert_int_equal(uart_init(&uart, 1), 0);
	assert_int_equal(port.raw[0x24 / 4], 65535);
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
	port.tx_used = 5; /* busy for ever: it is off */
	assert_int_equal(uart_init(&uart, 115200), 0);
	assert_int_equal(port.tx_used, 0);
	send("x");
	assert_wire("x");
}

static void sending_waits_for_room(void **state)
{
	static const char text[] = "more than any of the two FIFOs of sixteen characters holds";

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
		assert_int_equal(port.sent, 0);
		uart_flush(&uart);
		assert_int_equal(port.sent, 1);
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
		fake_uart_receive(&port, "a\xff\x80");
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
	fake_uart_receive(&port, text);
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
		fake_uart_receive(&port, "a");
		assert_false(fake_uart_irq(&port));
		uart_rx_irq_enable(&uart);
		assert_true(fake_uart_irq(&port));
		assert_int_equal(uart_getc(&uart), 'a');
		uart_rx_irq_ack(&uart);
		assert_false(fake_uart_irq(&port));
	}
}

static void drivers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(uart_find("pl011"), &uart_pl011_ops);
	assert_ptr_equal(uart_find("s5p"), &uart_s5p_ops);
	assert_null(uart_find("pl010"));
	assert_null(uart_name(2));
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
	assert_int_equal(port.sent, 14);
	assert_memory_equal(port.wire, "a\r\nb\0cline\r\n\r\n", 14);
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
	fake_uart_receive(&port, "hi");
	assert_int_equal(console_getc(), 'h');
	assert_int_equal(console_wait_char(), 'i');
	assert_int_equal(console_getc(), -1);
	assert_int_equal(bus_wfis(), 0);
}

static void deliver(void)
{
	gic.level[RX_IRQ] = fake_uart_irq(&port);
	if (!fake_gic_irq(&gic))
		return;
	irq_dispatch();
	gic.level[RX_IRQ] = fake_uart_irq(&port);
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
		fake_uart_receive(&port, "typed");
		deliver();
		assert_int_equal(port.rx_used, 0);
		assert_false(fake_uart_irq(&port));
		assert_int_equal(irq_count(RX_IRQ), 1);
		assert_int_equal(console_getc(), 't');
		assert_int_equal(console_wait_char(), 'y');
	}
}

static void wake_up(void)
{
	/* The sleep is entered with interrupts masked: nothing is lost between
	 * the last look and it. */
	assert_true(bus_masked());
	fake_uart_receive(&port, "w");
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
		fake_uart_receive(&port, "12345678");
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
	port.arrives = "f";
	port.arrives_in = 20;
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
	port.arrives = "p";
	port.arrives_in = 20;
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
		T(pl011_slow_rates_end_at_its_divider),
		T(the_loaders_last_characters_get_out),
		T(pl011_off_with_rubbish_inside_does_not_hang),
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
		T(waiting_sleeps),
		T(what_does_not_fit_is_counted),
		T(with_interrupts_masked_input_is_polled),
		T(a_taken_interrupt_leaves_the_console_polling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
