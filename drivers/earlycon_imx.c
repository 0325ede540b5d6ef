/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_imx.c - the console before the MMU, on an i.MX UART.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_imx.c, which says why this order.  Registers: IMX6DQRM,
 * chapter 64.
 */
#include "drivers/earlycon.h"

#include "mm/io.h"

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

#define UCR1_UARTEN (1u << 0)
#define UCR2_SRST (1u << 0) /* 0 resets */
#define UCR2_TXEN (1u << 2)
#define UCR2_IGNORE_RTS (1u << 14)
#define UCR2_8N1_TX_RX 0x4027u
#define UCR3_DCE 0x0704u
#define UCR3_DTE 0x0404u /* bits 9:8 are interrupts then */
#define UCR4_QUIET 0x8000u
#define UFCR_DTE (1u << 6)
#define UFCR_BY_1 0x0a81u /* clock undivided, levels 2 and 1 */
#define UBIR_16 15u
#define USR2_TXDC (1u << 3)
#define UTS_TXFULL (1u << 4)

#define DIVISOR_MIN 16u
#define DIVISOR_MAX 65536u

static void wait_for(pa_t base, u32 reg, u32 bit)
{
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if (readl_relaxed(IOMEM(base + reg)) & bit)
			return;
}

/* A port that is off never empties its FIFO: wait only for one that runs. */
static void drain(pa_t base)
{
	u32 ucr2 = readl_relaxed(IOMEM(base + UCR2));

	if (!(readl_relaxed(IOMEM(base + UCR1)) & UCR1_UARTEN) || !(ucr2 & UCR2_TXEN))
		return;
	writel_relaxed(ucr2 | UCR2_IGNORE_RTS, IOMEM(base + UCR2));
	wait_for(base, USR2, USR2_TXDC);
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	u32 div = earlycon_divisor(clock, 1);
	u32 wiring;

	(void)aux;
	if (div < DIVISOR_MIN || div > DIVISOR_MAX)
		return;
	drain(base);
	writel_relaxed(0, IOMEM(base + UCR2));
	wait_for(base, UCR2, UCR2_SRST);
	writel_relaxed(UCR1_UARTEN, IOMEM(base + UCR1));
	wiring = readl_relaxed(IOMEM(base + UFCR)) & UFCR_DTE;
	writel_relaxed(wiring ? UCR3_DTE : UCR3_DCE, IOMEM(base + UCR3));
	writel_relaxed(UCR4_QUIET, IOMEM(base + UCR4));
	writel_relaxed(wiring | UFCR_BY_1, IOMEM(base + UFCR));
	writel_relaxed(UBIR_16, IOMEM(base + UBIR));
	writel_relaxed(div - 1, IOMEM(base + UBMR));
	writel_relaxed(0, IOMEM(base + UTS));
	writel_relaxed(UCR2_8N1_TX_RX, IOMEM(base + UCR2));
}

static void send(pa_t base, u32 c)
{
	while (readl_relaxed(IOMEM(base + UTS)) & UTS_TXFULL)
		;
	writel_relaxed(c, IOMEM(base + UTXD));
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
