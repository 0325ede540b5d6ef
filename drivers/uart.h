/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart.h - a serial port, whichever IP block it is.
 *
 * Polled in both directions, and able to raise an interrupt when something was
 * received.  The driver is handed a base and a clock and knows neither where
 * the registers are nor who reads the characters (drivers/console.h does).
 *
 * Board rows, by driver (.clock is the input clock of each):
 *   pl011, s5p     .aux unused
 */
#ifndef DRIVERS_UART_H
#define DRIVERS_UART_H

#include "mm/types.h"

struct uart;

/** struct uart_ops - what an IP block's driver provides */
struct uart_ops {
	const char *name; /* the word in a board's row: "pl011" */
	int (*init)(struct uart *u, u32 baud);
	bool (*tx_room)(struct uart *u);
	void (*tx)(struct uart *u, char c); /* only when there is room */
	bool (*tx_idle)(struct uart *u); /* the last stop bit is out */
	int (*getc)(struct uart *u);
	void (*rx_irq_enable)(struct uart *u);
	void (*rx_irq_ack)(struct uart *u);
};

/**
 * struct uart - one port
 * @ops:   its driver, from uart_find()
 * @base:  its registers, mapped as device memory
 * @clock: what the baud rate is divided from, in Hz
 * @aux:   the row's .aux, see "Board rows" above
 */
struct uart {
	const struct uart_ops *ops;
	void __iomem *base;
	u32 clock;
	u32 aux;
};

/* The drivers, one a file. */
extern const struct uart_ops uart_pl011_ops, uart_s5p_ops;

/**
 * uart_find() - the driver of that name, or NULL
 * uart_name() - the name of the @i-th driver, NULL past the last
 */
const struct uart_ops *uart_find(const char *name);
const char *uart_name(unsigned int i);

/**
 * uart_init() - 8 data bits, no parity, 1 stop bit, FIFOs on, interrupts off
 * @u:    with its three fields filled in
 * @baud: bits per second
 *
 * Waits until a character on its way has left, so that the last one of a boot
 * loader is not cut.
 *
 * Return: 0, or -EINVAL when @u->clock cannot be divided down to @baud (nothing
 * is written then).  Context: any but an interrupt handler.
 */
int uart_init(struct uart *u, u32 baud);

/** uart_putc() - send one character as it is; waits until there is room. */
void uart_putc(struct uart *u, char c);

/** uart_flush() - wait until everything sent has left the wire. */
void uart_flush(struct uart *u);

/** uart_getc() - a received character (0..255), or -1 when there is none. */
int uart_getc(struct uart *u);

/** uart_rx_irq_enable() - raise the interrupt when a character was received. */
void uart_rx_irq_enable(struct uart *u);

/**
 * uart_rx_irq_ack() - forget a receive interrupt
 *
 * Call it between two drains: what arrives after it raises a new interrupt,
 * what arrived before it is caught by the second drain.
 */
void uart_rx_irq_ack(struct uart *u);

#endif
