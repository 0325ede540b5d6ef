/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_cadence.c - the console before the MMU, on a Cadence UART.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_cadence.c.  Registers: UG585, appendix B.33.
 */
#include "drivers/earlycon.h"

#include "mm/io.h"

#define CR 0x00
#define MR 0x04
#define IDR 0x0c
#define ISR 0x14
#define BAUDGEN 0x18
#define MODEMCR 0x24
#define SR 0x2c
#define FIFO 0x30
#define BAUDDIV 0x34

#define CR_RESETS 0x003u
#define CR_ON 0x114u
#define CR_OFF 0x028u
#define CR_TX_ON (1u << 4)
#define CR_TX_OFF (1u << 5)
#define MR_8N1 0x20u
#define INT_ALL 0x1fffu
#define SR_TX_EMPTY (1u << 3)
#define SR_TX_FULL (1u << 4)
#define SR_TX_ACTIVE (1u << 11)

/* A constant number of samples a bit needs no library to divide by; with six the
 * clocks in use miss the rate by less than 1 %. */
#define SAMPLES 6u
#define BAUDGEN_MAX 65535u

static void wait_for(pa_t base, u32 reg, u32 mask, u32 value)
{
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if ((readl_relaxed(IOMEM(base + reg)) & mask) == value)
			return;
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	u32 div = earlycon_divisor(clock, SAMPLES);

	(void)aux;
	if (!div || div > BAUDGEN_MAX)
		return;
	/* A port that is off never empties its FIFO: wait only for one that runs. */
	if ((readl_relaxed(IOMEM(base + CR)) & (CR_TX_ON | CR_TX_OFF)) == CR_TX_ON) {
		writel_relaxed(0, IOMEM(base + MODEMCR));
		wait_for(base, SR, SR_TX_EMPTY | SR_TX_ACTIVE, SR_TX_EMPTY);
	}
	/* The divisors may only change while both halves are off. */
	writel_relaxed(CR_OFF, IOMEM(base + CR));
	writel_relaxed(div, IOMEM(base + BAUDGEN));
	writel_relaxed(SAMPLES - 1, IOMEM(base + BAUDDIV));
	writel_relaxed(CR_OFF | CR_RESETS, IOMEM(base + CR));
	wait_for(base, CR, CR_RESETS, 0);
	writel_relaxed(MR_8N1, IOMEM(base + MR));
	writel_relaxed(0, IOMEM(base + MODEMCR));
	writel_relaxed(INT_ALL, IOMEM(base + IDR));
	writel_relaxed(INT_ALL, IOMEM(base + ISR));
	writel_relaxed(CR_ON, IOMEM(base + CR));
}

static void send(pa_t base, u32 c)
{
	while (readl_relaxed(IOMEM(base + SR)) & SR_TX_FULL)
		;
	writel_relaxed(c, IOMEM(base + FIFO));
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
