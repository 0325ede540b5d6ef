/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_pl011.c - the console before the MMU, on an ARM PL011.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_pl011.c.  Registers: ARM DDI 0183, chapter 3.
 */
#include "drivers/earlycon.h"

#include "mm/io.h"

#define UARTDR 0x00
#define UARTFR 0x18
#define UARTIBRD 0x24
#define UARTFBRD 0x28
#define UARTLCR_H 0x2c
#define UARTCR 0x30
#define UARTIMSC 0x38

#define FR_BUSY (1u << 3)
#define FR_TXFF (1u << 5)
#define LCR_H_FIFO_8BIT 0x70u
#define CR_UARTEN_TXE 0x101u
#define CR_UARTEN_TXE_RXE 0x301u

static void drain(pa_t base)
{
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if (!(readl_relaxed(IOMEM(base + UARTFR)) & FR_BUSY))
			return;
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	/* clock / (16 * baud) with six fraction bits; a constant divisor needs
	 * no library call, and 4 * clock fits for any clock up to 1 GHz */
	u32 div = (clock * 4 + EARLYCON_BAUD / 2) / EARLYCON_BAUD;

	(void)aux;
	if (!clock)
		return;
	/* A port that is off never empties its FIFO: wait only for one that runs. */
	if ((readl_relaxed(IOMEM(base + UARTCR)) & CR_UARTEN_TXE) == CR_UARTEN_TXE)
		drain(base);
	writel_relaxed(0, IOMEM(base + UARTCR));
	writel_relaxed(0, IOMEM(base + UARTIMSC));
	writel_relaxed(0, IOMEM(base + UARTLCR_H)); /* empties the FIFOs */
	writel_relaxed(div >> 6, IOMEM(base + UARTIBRD));
	writel_relaxed(div & 63, IOMEM(base + UARTFBRD));
	writel_relaxed(LCR_H_FIFO_8BIT, IOMEM(base + UARTLCR_H)); /* takes the divisor */
	writel_relaxed(CR_UARTEN_TXE_RXE, IOMEM(base + UARTCR));
}

static void send(pa_t base, u32 c)
{
	while (readl_relaxed(IOMEM(base + UARTFR)) & FR_TXFF)
		;
	writel_relaxed(c, IOMEM(base + UARTDR));
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
