/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart_imx.c - the UART of NXP's i.MX family.
 *
 * Registers: i.MX 6Dual/6Quad Reference Manual (IMX6DQRM), chapter 64.
 */
#include "drivers/uart.h"

#include <errno.h>

#include "mm/io.h"

#define URXD 0x00
#define UTXD 0x40
#define UCR1 0x80
#define UCR2 0x84
#define UCR3 0x88
#define UCR4 0x8c
#define UFCR 0x90
#define USR2 0x98
#define UBIR 0xa4
#define UBMR 0xa8
#define UTS 0xb4

#define URXD_CHARRDY (1u << 15)
#define UCR1_UARTEN (1u << 0)
#define UCR1_RRDYEN (1u << 9)
#define UCR2_SRST (1u << 0) /* 0 resets, reads 1 when that is over */
#define UCR2_RXEN (1u << 1)
#define UCR2_TXEN (1u << 2)
#define UCR2_8BIT (1u << 5)
#define UCR2_IGNORE_RTS (1u << 14)
#define UCR2_IRQS 0x8018u /* escape, RTS edge, ageing */
#define UCR3_RXDMUXSEL (1u << 2) /* must be set */
#define UCR3_DSR (1u << 10)
/* DCE: levels of RI and DCD.  DTE: their interrupts, which nothing takes back. */
#define UCR3_DTE_IRQS (3u << 8)
#define UCR3_IRQS 0x3879u /* modem lines, line errors, wake-up, IrDA */
#define UCR4_CTS_LEVEL (32u << 10)
#define UCR4_IRQS 0x01cfu /* data, overrun, break, done, wake-up, IrDA */
#define UFCR_RX_LEVEL 0x3fu
#define UFCR_DTE (1u << 6)
#define UFCR_RX_LEVEL_1 (1u << 0)
#define UFCR_CLOCK_BY_1 (5u << 7)
#define UFCR_TX_LEVEL_2 (2u << 10)
#define USR2_RDR (1u << 0)
#define USR2_TXDC (1u << 3)
#define UTS_TXFULL (1u << 4)

/* baud = clock / 16 * (UBIR + 1) / (UBMR + 1): with UBIR + 1 = 16 only UBMR counts. */
#define UBIR_16 15u
#define DIVISOR_MIN 16u
#define DIVISOR_MAX 65536u

static void clear_bits(void __iomem *reg, u32 bits)
{
	writel_relaxed(readl_relaxed(reg) & ~bits, reg);
}

/*
 * UFCR outlives the reset.  Which way round the pins are (DTE or DCE) is kept in it:
 * that is wiring, which a loader knows and the clock and the rate do not say.
 */
static u32 imx_wiring(const struct uart *u)
{
	return readl_relaxed(u->base + UFCR) & UFCR_DTE;
}

static void imx_irq_off(struct uart *u)
{
	clear_bits(u->base + UCR1, ~UCR1_UARTEN); /* interrupts and DMA, break, IrDA */
	clear_bits(u->base + UCR2, UCR2_IRQS);
	clear_bits(u->base + UCR3, UCR3_IRQS | (imx_wiring(u) ? UCR3_DTE_IRQS : 0));
	clear_bits(u->base + UCR4, UCR4_IRQS);
}

/* A port that is off never empties its FIFO: wait only for one that runs. */
static void imx_drain(struct uart *u)
{
	u32 ucr2 = readl_relaxed(u->base + UCR2);

	if (!(readl_relaxed(u->base + UCR1) & UCR1_UARTEN) || !(ucr2 & UCR2_TXEN))
		return;
	/* No flow control, which could hold back what is to leave. */
	writel_relaxed(ucr2 | UCR2_IGNORE_RTS, u->base + UCR2);
	uart_drain(u);
}

static void imx_reset(const struct uart *u)
{
	writel_relaxed(0, u->base + UCR2);
	/* Four module clocks (UCR2, SRST); one that has no clock never ends it. */
	for (u32 looks = 0; looks < UART_PATIENCE; looks++)
		if (readl_relaxed(u->base + UCR2) & UCR2_SRST)
			return;
}

static void imx_fifo_levels(const struct uart *u)
{
	writel_relaxed(imx_wiring(u) | UFCR_TX_LEVEL_2 | UFCR_CLOCK_BY_1 | UFCR_RX_LEVEL_1,
		       u->base + UFCR);
}

static int imx_init(struct uart *u, u32 baud)
{
	u32 div = uart_divisor(u, baud, 1, DIVISOR_MIN, DIVISOR_MAX);

	if (!div)
		return -EINVAL;
	imx_drain(u);
	imx_reset(u);
	writel_relaxed(UCR1_UARTEN, u->base + UCR1);
	writel_relaxed(UCR3_RXDMUXSEL | (imx_wiring(u) ? UCR3_DSR : UCR3_DSR | UCR3_DTE_IRQS),
		       u->base + UCR3);
	writel_relaxed(UCR4_CTS_LEVEL, u->base + UCR4);
	imx_fifo_levels(u);
	/* UBIR first: the write of UBMR takes both over (UBIR, note). */
	writel_relaxed(UBIR_16, u->base + UBIR);
	writel_relaxed(div - 1, u->base + UBMR);
	writel_relaxed(0, u->base + UTS);
	writel_relaxed(UCR2_SRST | UCR2_RXEN | UCR2_TXEN | UCR2_8BIT | UCR2_IGNORE_RTS,
		       u->base + UCR2);
	return 0;
}

static bool imx_tx_room(struct uart *u)
{
	return !(readl_relaxed(u->base + UTS) & UTS_TXFULL);
}

static void imx_tx(struct uart *u, char c)
{
	writel_relaxed((u8)c, u->base + UTXD);
}

static bool imx_tx_idle(struct uart *u)
{
	return readl_relaxed(u->base + USR2) & USR2_TXDC;
}

static int imx_getc(struct uart *u)
{
	u32 v;

	/* Asked first: URXD of a receiver that is off is a bus error. */
	if (!(readl_relaxed(u->base + USR2) & USR2_RDR))
		return -1;
	v = readl_relaxed(u->base + URXD);
	return v & URXD_CHARRDY ? (int)(v & 0xff) : -1; /* bits 14:10 are error flags */
}

static void imx_rx_irq_enable(struct uart *u)
{
	u32 levels = readl_relaxed(u->base + UFCR) & ~UFCR_RX_LEVEL;

	/* A loader that left its own set-up may have left its own level. */
	writel_relaxed(levels | UFCR_RX_LEVEL_1, u->base + UFCR);
	writel_relaxed(UCR1_UARTEN | UCR1_RRDYEN, u->base + UCR1);
}

const struct uart_ops uart_imx_ops = {
	.name = "imx",
	.init = imx_init,
	.irq_off = imx_irq_off,
	.tx_room = imx_tx_room,
	.tx = imx_tx,
	.tx_idle = imx_tx_idle,
	.getc = imx_getc,
	.rx_irq_enable = imx_rx_irq_enable,
	/* RRDY follows the FIFO: there is nothing to acknowledge. */
};
