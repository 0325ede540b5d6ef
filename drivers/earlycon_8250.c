/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/earlycon_8250.c - the console before the MMU, on a 16550 or a DesignWare
 * APB UART.
 *
 * Runs position-independent and alone (see drivers/earlycon.h), so it shares no
 * code with drivers/uart_8250.c, where the registers' manuals are named.
 */
#include "drivers/earlycon.h"

#include "mm/io.h"

#define RBR 0
#define THR 0
#define DLL 0
#define DLH 1
#define IER 1
#define IER_UNIT (1u << 6) /* see drivers/uart_8250.c */
#define IIR 2
#define FCR 2
#define LCR 3
#define MCR 4
#define LSR 5
#define DW_USR 31

#define IIR_ID 0xfu
#define IIR_DW_BUSY 0x7u
#define FCR_FRESH 7u
#define LCR_8N1 3u
#define LCR_DLAB_8N1 0x83u
#define MCR_DTR_RTS 3u
#define MCR_DTR_RTS_OUT2 0xbu
#define MCR_DTR_RTS_LOOP 0x13u
#define LSR_TX_ROOM (1u << 5)
#define LSR_TX_IDLE (1u << 6)

#define LCR_TRIES (1u << 16)

/* The row's .aux: earlycon_putc() is not told it again. */
static u32 stride;

static u32 get(pa_t base, u32 reg)
{
	if (stride == 1)
		return readb_relaxed(IOMEM(base + reg));
	if (stride == 2)
		return readw_relaxed(IOMEM(base + 2 * reg)) & 0xff;
	return readl_relaxed(IOMEM(base + 4 * reg)) & 0xff;
}

static void set(pa_t base, u32 reg, u32 v)
{
	if (stride == 1)
		writeb_relaxed((u8)v, IOMEM(base + reg));
	else if (stride == 2)
		writew_relaxed((u16)v, IOMEM(base + 2 * reg));
	else
		writel_relaxed(v, IOMEM(base + 4 * reg));
}

/* A busy DesignWare UART ignores the write (see drivers/uart_8250.c). */
static bool set_lcr(pa_t base, u32 v)
{
	for (u32 tries = 0; tries < LCR_TRIES; tries++) {
		set(base, LCR, v);
		if (get(base, LCR) == v)
			return true;
		set(base, FCR, FCR_FRESH);
		(void)get(base, RBR);
	}
	return false;
}

static void set_frame(pa_t base, u32 div)
{
	/* Without DLAB the divisor would go out as a character. */
	if (!set_lcr(base, LCR_DLAB_8N1))
		return;
	set(base, DLL, div & 0xff);
	set(base, DLH, div >> 8);
	if (!set_lcr(base, LCR_8N1))
		return;
	set(base, IER, get(base, IER) & IER_UNIT);
	set(base, FCR, FCR_FRESH);
}

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	u32 div = earlycon_divisor(clock, 16);

	stride = aux;
	if (!div)
		return;
	set(base, MCR, MCR_DTR_RTS); /* no flow control to hold back what leaves */
	for (u32 looks = 0; looks < EARLYCON_PATIENCE; looks++)
		if (get(base, LSR) & LSR_TX_IDLE)
			break;
	set(base, FCR, FCR_FRESH); /* what could not leave is not to leave at the new rate */
	set(base, MCR, MCR_DTR_RTS_LOOP); /* hears nothing, so it comes to rest */
	set_frame(base, div);
	if ((get(base, IIR) & IIR_ID) == IIR_DW_BUSY)
		(void)get(base, DW_USR); /* which takes the interrupt back */
	set(base, MCR, MCR_DTR_RTS_OUT2);
}

static void send(pa_t base, u32 c)
{
	while (!(get(base, LSR) & LSR_TX_ROOM))
		;
	set(base, THR, c);
}

void earlycon_putc(pa_t base, char c)
{
	if (c == '\n')
		send(base, '\r');
	send(base, (u8)c);
}
