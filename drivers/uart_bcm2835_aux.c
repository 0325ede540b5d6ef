/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart_bcm2835_aux.c - the mini UART in Broadcom's AUX block.
 *
 * Registers: BCM2835 ARM Peripherals, chapter 2, corrected by its published errata:
 * 8 bits are LCR = 3; in IER bit 0 receives, and does so only with bit 2 set.
 */
#include "drivers/uart.h"

#include <errno.h>

#include "mm/io.h"

#define ENABLES 0x04
#define IO 0x40
#define IER 0x44
#define IIR 0x48
#define LCR 0x4c
#define MCR 0x50
#define LSR 0x54
#define CNTL 0x60
#define BAUD 0x68

#define ENABLES_UART (1u << 0) /* the other bits are two SPI masters */
#define IER_RX 5u
#define IIR_EMPTY_FIFOS 6u
#define LCR_8BIT 3u
#define LSR_DATA (1u << 0)
#define LSR_TX_ROOM (1u << 5)
#define LSR_TX_IDLE (1u << 6)
#define CNTL_RX (1u << 0)
#define CNTL_TX (1u << 1)

/* baud = clock / (8 * (BAUD + 1)) */
#define DIVISOR_MAX 65536u

static void aux_irq_off(struct uart *u)
{
	writel_relaxed(0, u->base + IER);
}

/* Its registers answer only once it is enabled. */
static bool aux_sends(const struct uart *u)
{
	return readl_relaxed(u->base + ENABLES) & ENABLES_UART &&
	       readl_relaxed(u->base + CNTL) & CNTL_TX;
}

static int aux_init(struct uart *u, u32 baud)
{
	u32 div = uart_divisor(u, baud, 8, 1, DIVISOR_MAX);
	u32 enables;

	if (!div)
		return -EINVAL;
	if (aux_sends(u)) {
		writel_relaxed(CNTL_TX, u->base + CNTL); /* no flow control to hold it back */
		uart_drain(u);
	}
	enables = readl_relaxed(u->base + ENABLES);
	writel_relaxed(enables | ENABLES_UART, u->base + ENABLES);
	writel_relaxed(0, u->base + CNTL);
	writel_relaxed(LCR_8BIT, u->base + LCR);
	aux_irq_off(u);
	writel_relaxed(0, u->base + MCR);
	writel_relaxed(IIR_EMPTY_FIFOS, u->base + IIR);
	writel_relaxed(div - 1, u->base + BAUD);
	writel_relaxed(CNTL_RX | CNTL_TX, u->base + CNTL);
	return 0;
}

static bool aux_tx_room(struct uart *u)
{
	return readl_relaxed(u->base + LSR) & LSR_TX_ROOM;
}

static void aux_tx(struct uart *u, char c)
{
	writel_relaxed((u8)c, u->base + IO);
}

static bool aux_tx_idle(struct uart *u)
{
	return readl_relaxed(u->base + LSR) & LSR_TX_IDLE;
}

static int aux_getc(struct uart *u)
{
	if (!(readl_relaxed(u->base + LSR) & LSR_DATA))
		return -1;
	return readl_relaxed(u->base + IO) & 0xff;
}

static void aux_rx_irq_enable(struct uart *u)
{
	writel_relaxed(IER_RX, u->base + IER);
}

const struct uart_ops uart_bcm2835_aux_ops = {
	.name = "bcm2835-aux",
	.init = aux_init,
	.irq_off = aux_irq_off,
	.tx_room = aux_tx_room,
	.tx = aux_tx,
	.tx_idle = aux_tx_idle,
	.getc = aux_getc,
	.rx_irq_enable = aux_rx_irq_enable,
	/* Its line follows the FIFO: there is nothing to acknowledge. */
};
