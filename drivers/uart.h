/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart.h - a serial port, whichever IP block it is.
 *
 * Polled in both directions, and able to raise an interrupt when something was
 * received.  The driver is handed a base and a clock and knows neither where
 * the registers are nor who reads the characters (drivers/console.h does).
 *
 * Board rows, by driver.  .phys is the first register unless said otherwise;
 * .clock is the input clock in Hz, 0 where nobody knows it: the rate then stays
 * the boot loader's.  What a driver does not name in .aux it does not use.
 *   pl011          .clock: UARTCLK
 *   s5p            .clock: the one UCON selects (PCLK)
 *   8250           8250, 16450, 16550 and compatibles, and the DesignWare APB UART
 *                  of Allwinner, Rockchip, Altera and others.  .clock: what is
 *                  divided by 16 (24 MHz: 24000000).  .aux: bytes from one
 *                  register to the next, which is also the width of an access:
 *                  1, 2 or 4; 0 means 4 (a device tree's reg-shift 0, 1 or 2)
 *   omap           the 8250's relative in TI's OMAP, AM33xx, AM43xx, DRA7.
 *                  .clock: the functional clock, 48000000 as a rule
 *   imx            i.MX21 and later.  .clock: the module clock (ipg_perclk of
 *                  80000000 or 24000000; not the bus clock)
 *   cadence        Zynq's.  .clock: uart_ref_clk (50000000 or 100000000)
 *   bcm2835-aux    the mini UART.  .phys: the AUX block's first register, 0x40
 *                  before the UART's own; .size 0x80 or more.  .clock: the core
 *                  clock (250000000), which must not be scaled while it is used
 */
#ifndef DRIVERS_UART_H
#define DRIVERS_UART_H

#include "mm/types.h"

struct uart;

/** struct uart_ops - what an IP block's driver provides */
struct uart_ops {
	const char *name; /* the word in a board's row: "pl011" */
	int (*init)(struct uart *u, u32 baud); /* u->clock is not 0 */
	void (*irq_off)(struct uart *u);
	bool (*tx_room)(struct uart *u);
	void (*tx)(struct uart *u, char c); /* only when there is room */
	bool (*tx_idle)(struct uart *u); /* the last stop bit is out */
	int (*getc)(struct uart *u);
	void (*rx_irq_enable)(struct uart *u);
	void (*rx_irq_ack)(struct uart *u); /* NULL: its line only follows the FIFO */
};

/**
 * struct uart - one port
 * @ops:   its driver, from uart_find()
 * @base:  its registers, mapped as device memory
 * @clock: what the baud rate is divided from, in Hz; 0: the loader divided it
 * @aux:   the row's .aux, see "Board rows" above
 */
struct uart {
	const struct uart_ops *ops;
	void __iomem *base;
	u32 clock;
	u32 aux;
};

/* The drivers, one a file. */
extern const struct uart_ops uart_pl011_ops, uart_s5p_ops, uart_8250_ops, uart_omap_ops;
extern const struct uart_ops uart_imx_ops, uart_cadence_ops, uart_bcm2835_aux_ops;

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
 * loader is not cut; a port that sends without end (stalled by its flow control,
 * or without a bit clock) is set up all the same.  With a clock of 0 only the
 * interrupts are turned off: rate, frame and FIFOs stay as the loader left them.
 *
 * Return: 0; -EINVAL when @u->clock cannot be divided down to @baud, or the row's
 * .aux is wrong (nothing is written then); -EBUSY when the port took no settings.
 * Context: any but an interrupt handler.
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

/* ---- for the drivers ---- */

/** Looks at a status before it is taken to stay so: 64 characters at 9600 baud. */
#define UART_PATIENCE (1u << 20)

/** uart_drain() - as uart_flush(), but gives up after UART_PATIENCE looks. */
void uart_drain(struct uart *u);

/** uart_rate_fits() - is @clock / @divided, a rate over itself, 1 to within 3 %? */
bool uart_rate_fits(u32 clock, uint64_t divided);

/** uart_bad_rate() - say that @baud cannot be had; returns -EINVAL. */
int uart_bad_rate(const struct uart *u, u32 baud);

/**
 * uart_divisor() - @u->clock / (@scale * @baud), rounded
 *
 * Return: @min..@max; 0, and the reason is logged, when it is none of these or
 * misses the rate by more than 3 % (a frame of ten bits bears about twice that,
 * shared by both ends).
 */
u32 uart_divisor(const struct uart *u, u32 baud, u32 scale, u32 min, u32 max);

#endif
