/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_bcm2835-aux.c - the console before the MMU, on a mini UART.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_bcm2835_aux.c.  Registers: BCM2835 ARM Peripherals,
 * chapter 2, and its errata.
 */
#include "drivers/earlycon.h"

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

#define ENABLES_UART (1u << 0)
#define IIR_EMPTY_FIFOS 6u
#define LCR_8BIT 3u
#define LSR_TX_ROOM (1u << 5)
#define LSR_TX_IDLE (1u << 6)
#define CNTL_TX (1u << 1)
#define CNTL_RX_TX 3u

#define DIVISOR_MAX 65536u

/* One that is off never empties its FIFO, and answers only once it is enabled. */
static void drain(pa_t base)
{
	if (!(readl_relaxed(IOMEM(base + ENABLES)) & ENABLES_UART) ||
	    !(readl_relaxed(IOMEM(base + CNTL)) & CNTL_TX))
		return;
	writel_relaxed(CNTL_TX, IOMEM(base + CNTL)); /* no flow control to hold it back */
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if (readl_relaxed(IOMEM(base + LSR)) & LSR_TX_IDLE)
			return;
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	u32 div = earlycon_divisor(clock, 8);
	u32 enables;

	(void)aux;
	if (!div || div > DIVISOR_MAX)
		return;
	drain(base);
	/* The other bits are SPI masters. */
	enables = readl_relaxed(IOMEM(base + ENABLES));
	writel_relaxed(enables | ENABLES_UART, IOMEM(base + ENABLES));
	writel_relaxed(0, IOMEM(base + CNTL));
	writel_relaxed(LCR_8BIT, IOMEM(base + LCR));
	writel_relaxed(0, IOMEM(base + IER));
	writel_relaxed(0, IOMEM(base + MCR));
	writel_relaxed(IIR_EMPTY_FIFOS, IOMEM(base + IIR));
	writel_relaxed(div - 1, IOMEM(base + BAUD));
	writel_relaxed(CNTL_RX_TX, IOMEM(base + CNTL));
}

static void send(pa_t base, u32 c)
{
	while (!(readl_relaxed(IOMEM(base + LSR)) & LSR_TX_ROOM))
		;
	writel_relaxed(c, IOMEM(base + IO));
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
