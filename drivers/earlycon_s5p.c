/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_s5p.c - the console before the MMU, on an S5P UART.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_s5p.c.
 */
#include "drivers/earlycon.h"

#include "mm/io.h"

#define ULCON 0x00
#define UCON 0x04
#define UFCON 0x08
#define UMCON 0x0c
#define UTRSTAT 0x10
#define UFSTAT 0x18
#define UTXH 0x20
#define UBRDIV 0x28
#define UDIVSLOT 0x2c
#define UINTM 0x38

#define ULCON_8N1 3u
#define UCON_POLLED 5u
#define UFCON_ENABLE 1u
#define UFCON_RESET 6u
#define UTRSTAT_TX_EMPTY (1u << 2)
#define UFSTAT_TX_FULL (1u << 24)

/* Which of sixteen slots are one count longer: see drivers/uart_s5p.c. */
static const u16 slots[16] = {
	0x0000, 0x0080, 0x0808, 0x0888, 0x2222, 0x4924, 0x4a52, 0x54aa,
	0x5555, 0xd555, 0xd5d5, 0xddd5, 0xdddd, 0xdfdd, 0xdfdf, 0xffdf,
};

static void drain(pa_t base)
{
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if (readl_relaxed(IOMEM(base + UTRSTAT)) & UTRSTAT_TX_EMPTY)
			return;
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	/* Sixteenths of clock / (16 * baud) - 1; a constant divisor needs no
	 * library call. */
	u32 div = (clock + EARLYCON_BAUD / 2) / EARLYCON_BAUD - 16;

	(void)aux;
	if (clock < 16 * EARLYCON_BAUD)
		return; /* 0, or no way to divide it down: leave the loader's set-up */
	drain(base);
	writel_relaxed(0xf, IOMEM(base + UINTM));
	writel_relaxed(UFCON_RESET, IOMEM(base + UFCON));
	writel_relaxed(ULCON_8N1, IOMEM(base + ULCON));
	writel_relaxed(0, IOMEM(base + UMCON));
	writel_relaxed(UCON_POLLED, IOMEM(base + UCON));
	writel_relaxed(div >> 4, IOMEM(base + UBRDIV));
	writel_relaxed(slots[div & 15], IOMEM(base + UDIVSLOT));
	writel_relaxed(UFCON_ENABLE, IOMEM(base + UFCON));
}

static void send(pa_t base, u32 c)
{
	while (readl_relaxed(IOMEM(base + UFSTAT)) & UFSTAT_TX_FULL)
		;
	writel_relaxed(c, IOMEM(base + UTXH));
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
