/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart_pl011.c - ARM PrimeCell UART (PL011).
 *
 * Registers: PL011 Technical Reference Manual, ARM DDI 0183, chapter 3.
 */
#include "drivers/uart.h"

#include "mm/io.h"

#define UARTDR 0x00
#define UARTFR 0x18
#define UARTIBRD 0x24
#define UARTFBRD 0x28
#define UARTLCR_H 0x2c
#define UARTCR 0x30
#define UARTIFLS 0x34
#define UARTIMSC 0x38
#define UARTICR 0x44

#define FR_BUSY (1u << 3)
#define FR_RXFE (1u << 4)
#define FR_TXFF (1u << 5)
#define LCR_H_FEN (1u << 4)
#define LCR_H_8BIT (3u << 5)
#define CR_UARTEN (1u << 0)
#define CR_TXE (1u << 8)
#define CR_RXE (1u << 9)
#define INT_RX (1u << 4)
#define INT_RT (1u << 6) /* something waits and 32 bit times passed */
#define INT_ALL 0x7ffu

/* The divisor is clock / (16 * baud) with six fraction bits (DDI 0183 3.3.6). */
#define DIVISOR_MIN (1u << 6)
#define DIVISOR_MAX (65535u << 6)

static void pl011_irq_off(struct uart *u)
{
	writel_relaxed(0, u->base + UARTIMSC);
}

static int pl011_init(struct uart *u, u32 baud)
{
	uint64_t div = baud ? ((uint64_t)u->clock * 4 + baud / 2) / baud : 0;
	u32 cr;

	if (div < DIVISOR_MIN || div > DIVISOR_MAX)
		return uart_bad_rate(u, baud);
	cr = readl_relaxed(u->base + UARTCR);
	/* A port that is off never empties its FIFO: wait only for one that runs. */
	if ((cr & (CR_UARTEN | CR_TXE)) == (CR_UARTEN | CR_TXE))
		uart_drain(u);
	writel_relaxed(0, u->base + UARTCR);
	pl011_irq_off(u);
	writel_relaxed(INT_ALL, u->base + UARTICR);
	/* FEN off empties the FIFOs of what was there before (3.3.7). */
	writel_relaxed(0, u->base + UARTLCR_H);
	/* The divisor takes effect at a write of LCR_H, so that comes last (3.3.7). */
	writel_relaxed((u32)div >> 6, u->base + UARTIBRD);
	writel_relaxed((u32)div & 63, u->base + UARTFBRD);
	writel_relaxed(LCR_H_8BIT | LCR_H_FEN, u->base + UARTLCR_H);
	writel_relaxed(0, u->base + UARTIFLS);
	writel_relaxed(CR_UARTEN | CR_TXE | CR_RXE, u->base + UARTCR);
	return 0;
}

static bool pl011_tx_room(struct uart *u)
{
	return !(readl_relaxed(u->base + UARTFR) & FR_TXFF);
}

static void pl011_tx(struct uart *u, char c)
{
	writel_relaxed((u8)c, u->base + UARTDR);
}

static bool pl011_tx_idle(struct uart *u)
{
	return !(readl_relaxed(u->base + UARTFR) & FR_BUSY);
}

static int pl011_getc(struct uart *u)
{
	if (readl_relaxed(u->base + UARTFR) & FR_RXFE)
		return -1;
	return readl_relaxed(u->base + UARTDR) & 0xff; /* bits 11:8 are error flags */
}

static void pl011_rx_irq_enable(struct uart *u)
{
	/* The level alone would leave a single character waiting: the time-out too. */
	writel_relaxed(INT_RX | INT_RT, u->base + UARTIMSC);
}

static void pl011_rx_irq_ack(struct uart *u)
{
	writel_relaxed(INT_RX | INT_RT, u->base + UARTICR);
}

const struct uart_ops uart_pl011_ops = {
	.name = "pl011",
	.init = pl011_init,
	.irq_off = pl011_irq_off,
	.tx_room = pl011_tx_room,
	.tx = pl011_tx,
	.tx_idle = pl011_tx_idle,
	.getc = pl011_getc,
	.rx_irq_enable = pl011_rx_irq_enable,
	.rx_irq_ack = pl011_rx_irq_ack,
};
