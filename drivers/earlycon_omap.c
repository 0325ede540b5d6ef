/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_omap.c - the console before the MMU, on an OMAP UART.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_8250.c, which says why this order.  Registers: TI SPRUH73,
 * chapter 19.
 */
#include "drivers/earlycon.h"

#include "mm/io.h"

#define THR 0x00
#define DLL 0x00
#define DLH 0x04
#define IER 0x04
#define FCR 0x08
#define LCR 0x0c
#define MCR 0x10
#define LSR 0x14
#define MDR1 0x20
#define SYSC 0x54
#define SYSS 0x58

#define FCR_FRESH 7u
#define LCR_8N1 3u
#define LCR_DLAB_8N1 0x83u
#define LSR_TX_ROOM (1u << 5)
#define LSR_TX_IDLE (1u << 6)
#define MCR_DTR_RTS 3u
#define MDR1_16X 0u
#define MDR1_OFF 7u
#define SYSC_RESET (1u << 1)
#define SYSC_NO_IDLE (1u << 3)
#define SYSS_RESET_DONE (1u << 0)

static void wait_for(pa_t base, u32 reg, u32 bit)
{
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if (readl_relaxed(IOMEM(base + reg)) & bit)
			return;
}

static void set_frame(pa_t base, u32 div)
{
	writel_relaxed(LCR_DLAB_8N1, IOMEM(base + LCR));
	writel_relaxed(0, IOMEM(base + DLL));
	writel_relaxed(0, IOMEM(base + DLH));
	writel_relaxed(FCR_FRESH, IOMEM(base + FCR)); /* obeyed while the divisor is 0 */
	writel_relaxed(div & 0xff, IOMEM(base + DLL));
	writel_relaxed(div >> 8, IOMEM(base + DLH));
	writel_relaxed(LCR_8N1, IOMEM(base + LCR));
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	u32 div = earlycon_divisor(clock, 16);

	(void)aux;
	if (!div)
		return;
	/* A port that is off never empties its FIFO: wait only for one that runs. */
	if ((readl_relaxed(IOMEM(base + MDR1)) & MDR1_OFF) != MDR1_OFF)
		wait_for(base, LSR, LSR_TX_IDLE);
	writel_relaxed(SYSC_RESET, IOMEM(base + SYSC));
	wait_for(base, SYSS, SYSS_RESET_DONE);
	writel_relaxed(SYSC_NO_IDLE, IOMEM(base + SYSC));
	writel_relaxed(MDR1_OFF, IOMEM(base + MDR1));
	set_frame(base, div);
	writel_relaxed(0, IOMEM(base + IER));
	writel_relaxed(MCR_DTR_RTS, IOMEM(base + MCR));
	writel_relaxed(MDR1_16X, IOMEM(base + MDR1));
	writel_relaxed(FCR_FRESH, IOMEM(base + FCR));
}

static void send(pa_t base, u32 c)
{
	while (!(readl_relaxed(IOMEM(base + LSR)) & LSR_TX_ROOM))
		;
	writel_relaxed(c, IOMEM(base + THR));
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
