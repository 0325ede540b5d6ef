/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart_s5p.c - the UART of Samsung's S5P family.
 *
 * Registers: the family's user manual, chapter UART.  Only fields that are the
 * same for every depth of FIFO are used.
 */
#include "drivers/uart.h"

#include "mm/io.h"

#define ULCON 0x00
#define UCON 0x04
#define UFCON 0x08
#define UMCON 0x0c
#define UTRSTAT 0x10
#define UFSTAT 0x18
#define UTXH 0x20
#define URXH 0x24
#define UBRDIV 0x28
#define UDIVSLOT 0x2c
#define UINTP 0x30
#define UINTSP 0x34
#define UINTM 0x38

#define ULCON_8N1 3u
#define UCON_RX_IRQ_OR_POLL (1u << 0)
#define UCON_TX_IRQ_OR_POLL (1u << 2)
#define UCON_RX_TIMEOUT (1u << 7) /* interrupt for what stays below the level */
#define UCON_RX_LEVEL (1u << 8)
#define UCON_TX_LEVEL (1u << 9)
#define UFCON_ENABLE (1u << 0)
#define UFCON_RX_RESET (1u << 1)
#define UFCON_TX_RESET (1u << 2)
#define UTRSTAT_TX_EMPTY (1u << 2)
#define UFSTAT_RX_COUNT 0xffu
#define UFSTAT_RX_FULL (1u << 8)
#define UFSTAT_TX_FULL (1u << 24)
#define UINT_RXD (1u << 0)
#define UINT_ALL 0xfu

/*
 * UDIVSLOT: in which of sixteen bit slots the divisor is one longer, for each
 * number of sixteenths in the divisor's fraction.  The manual's table.
 */
static const u16 slots[16] = {
	0x0000, 0x0080, 0x0808, 0x0888, 0x2222, 0x4924, 0x4a52, 0x54aa,
	0x5555, 0xd555, 0xd5d5, 0xddd5, 0xdddd, 0xdfdd, 0xdfdf, 0xffdf,
};

static void s5p_irq_off(struct uart *u)
{
	writel_relaxed(UINT_ALL, u->base + UINTM);
}

static int s5p_init(struct uart *u, u32 baud)
{
	/* In sixteenths, rounded: clock / (16 * baud) - 1. */
	u32 div = baud ? (u32)(((uint64_t)u->clock + baud / 2) / baud) : 0;

	if (div < 16 || div - 16 > 0xfffff)
		return uart_bad_rate(u, baud);
	div -= 16;
	uart_drain(u);
	s5p_irq_off(u);
	writel_relaxed(UFCON_RX_RESET | UFCON_TX_RESET, u->base + UFCON);
	writel_relaxed(ULCON_8N1, u->base + ULCON);
	writel_relaxed(0, u->base + UMCON);
	writel_relaxed(UCON_RX_IRQ_OR_POLL | UCON_TX_IRQ_OR_POLL | UCON_RX_TIMEOUT | UCON_RX_LEVEL |
			       UCON_TX_LEVEL,
		       u->base + UCON);
	writel_relaxed(div >> 4, u->base + UBRDIV);
	writel_relaxed(slots[div & 15], u->base + UDIVSLOT);
	writel_relaxed(UFCON_ENABLE, u->base + UFCON);
	writel_relaxed(UINT_ALL, u->base + UINTSP);
	writel_relaxed(UINT_ALL, u->base + UINTP);
	return 0;
}

static bool s5p_tx_room(struct uart *u)
{
	return !(readl_relaxed(u->base + UFSTAT) & UFSTAT_TX_FULL);
}

static void s5p_tx(struct uart *u, char c)
{
	writel_relaxed((u8)c, u->base + UTXH);
}

static bool s5p_tx_idle(struct uart *u)
{
	return readl_relaxed(u->base + UTRSTAT) & UTRSTAT_TX_EMPTY;
}

static int s5p_getc(struct uart *u)
{
	/* A full FIFO shows a count of 0 and the full bit. */
	if (!(readl_relaxed(u->base + UFSTAT) & (UFSTAT_RX_COUNT | UFSTAT_RX_FULL)))
		return -1;
	return readl_relaxed(u->base + URXH) & 0xff;
}

static void s5p_rx_irq_enable(struct uart *u)
{
	writel_relaxed(UINT_ALL & ~UINT_RXD, u->base + UINTM);
}

static void s5p_rx_irq_ack(struct uart *u)
{
	/* The source first: UINTP follows it. */
	writel_relaxed(UINT_RXD, u->base + UINTSP);
	writel_relaxed(UINT_RXD, u->base + UINTP);
}

const struct uart_ops uart_s5p_ops = {
	.name = "s5p",
	.init = s5p_init,
	.irq_off = s5p_irq_off,
	.tx_room = s5p_tx_room,
	.tx = s5p_tx,
	.tx_idle = s5p_tx_idle,
	.getc = s5p_getc,
	.rx_irq_enable = s5p_rx_irq_enable,
	.rx_irq_ack = s5p_rx_irq_ack,
};
