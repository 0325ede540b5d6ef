/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/console.c - the live console: one UART, a receive ring, newlines.
 *
 * The ring has one writer at a time (the interrupt handler, or a reader that
 * polls with interrupts masked) and one reader.
 */
#include "drivers/console.h"

#include "drivers/irq.h"
#include "seam.h"

static struct uart *port;
static bool rx_by_irq;
static u32 rx_irq;
static u8 ring[CONSOLE_RING];
static u32 ring_in, ring_out; /* run free; the difference is what waits */
static u32 overruns;

_Static_assert((CONSOLE_RING & (CONSOLE_RING - 1)) == 0, "CONSOLE_RING must be a power of two");

static void drain(void)
{
	int c;

	while ((c = uart_getc(port)) >= 0) {
		if (ring_in - ring_out == CONSOLE_RING)
			overruns++;
		else
			ring[ring_in++ % CONSOLE_RING] = (u8)c;
	}
}

static void rx_handler(u32 irq, void *arg)
{
	(void)irq;
	(void)arg;
	drain();
	uart_rx_irq_ack(port);
	drain();
}

void console_set(struct uart *u)
{
	if (rx_by_irq)
		free_irq(rx_irq, &port);
	rx_by_irq = false;
	ring_in = ring_out = 0;
	overruns = 0;
	port = u;
}

struct uart *console_uart(void)
{
	return port;
}

int console_rx_irq(int irq)
{
	int err = request_irq((u32)irq, rx_handler, "console", &port);

	if (err)
		return err;
	rx_irq = (u32)irq;
	rx_by_irq = true;
	uart_rx_irq_enable(port);
	return 0;
}

void console_putc(char c)
{
	if (!port)
		return;
	if (c == '\n')
		uart_putc(port, '\r');
	uart_putc(port, c);
}

void console_write(const char *s, size_t n)
{
	while (n--)
		console_putc(*s++);
}

void console_log_line(const char *line)
{
	while (*line)
		console_putc(*line++);
	console_putc('\n');
}

void console_flush(void)
{
	if (port)
		uart_flush(port);
}

int console_getc(void)
{
	u32 flags;
	int c = -1;

	if (!port)
		return -1;
	flags = irq_save();
	/* Also with an interrupt: it may be masked here (abort handler). */
	if (ring_in == ring_out)
		drain();
	if (ring_in != ring_out)
		c = ring[ring_out++ % CONSOLE_RING];
	irq_restore(flags);
	return c;
}

int console_wait_char(void)
{
	int c;

	if (!port)
		return -1;
	while ((c = console_getc()) < 0) {
		u32 flags;

		if (!rx_by_irq || !irqs_enabled())
			continue;
		/* Masked, so that an interrupt between the look and the sleep is
		 * still pending and ends the sleep (WFI wakes all the same). */
		flags = irq_save();
		if (ring_in == ring_out)
			wait_for_interrupt();
		irq_restore(flags);
	}
	return c;
}

u32 console_overruns(void)
{
	return overruns;
}
