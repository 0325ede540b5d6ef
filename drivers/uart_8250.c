/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart_8250.c - 8250, 16450, 16550; DesignWare APB UART; OMAP UART.
 *
 * Registers: National Semiconductor PC16550D data sheet, chapter 8; Synopsys
 * DesignWare DW_apb_uart databook, chapter "Registers" (the same with a busy
 * rule); TI AM335x Technical Reference Manual SPRUH73, chapter 19 (the same with
 * more modes, whose own row name is "omap").
 */
#include "drivers/uart.h"

#include <errno.h>

#include "mm/io.h"
#include "mm/log.h"

#define RBR 0
#define THR 0
#define DLL 0 /* these two while LCR says DLAB */
#define DLH 1
#define IER 1
#define IIR 2
#define FCR 2
#define LCR 3
#define MCR 4
#define LSR 5
#define DW_USR 31
#define OMAP_MDR1 8
#define OMAP_SYSC 21
#define OMAP_SYSS 22

#define IER_RX (1u << 0) /* something waits, time-out included */
#define IER_UNIT (1u << 6) /* switches an XScale or MMP unit on; reads 0 elsewhere */
#define IIR_ID 0xfu
#define IIR_TIMEOUT 0xcu
#define IIR_DW_BUSY 0x7u
#define FCR_ENABLE (1u << 0) /* level bits 0: from the first character (OMAP: the 8th) */
#define FCR_RX_RESET (1u << 1)
#define FCR_TX_RESET (1u << 2)
#define FCR_FRESH (FCR_ENABLE | FCR_RX_RESET | FCR_TX_RESET)
#define LCR_8N1 3u
#define LCR_DLAB (1u << 7)
#define MCR_DTR_RTS 3u
#define MCR_OUT2 (1u << 3) /* a PC's lets the interrupt through by it */
#define MCR_LOOP (1u << 4)
#define LSR_DATA (1u << 0)
#define LSR_TX_ROOM (1u << 5)
#define LSR_TX_IDLE (1u << 6)
#define MDR1_16X 0u
#define MDR1_OFF 7u
#define SYSC_NO_IDLE (1u << 3)
#define SYSC_RESET (1u << 1)
#define SYSS_RESET_DONE (1u << 0)

#define DIVISOR_MAX 65535u
/* Far longer than the character lasts that is still coming in. */
#define LCR_TRIES (1u << 16)

static u32 get(const struct uart *u, u32 reg)
{
	switch (u->aux) {
	case 1:
		return readb_relaxed(u->base + reg);
	case 2:
		return readw_relaxed(u->base + 2 * reg) & 0xff;
	default:
		return readl_relaxed(u->base + 4 * reg) & 0xff;
	}
}

static void set(const struct uart *u, u32 reg, u32 v)
{
	switch (u->aux) {
	case 1:
		writeb_relaxed((u8)v, u->base + reg);
		return;
	case 2:
		writew_relaxed((u16)v, u->base + 2 * reg);
		return;
	default:
		writel_relaxed(v, u->base + 4 * reg);
	}
}

/* The divisor; 0, and the reason is logged, when the row makes no sense. */
static u32 row_divisor(const struct uart *u, u32 baud)
{
	if (u->aux == 0 || u->aux == 1 || u->aux == 2 || u->aux == 4)
		return uart_divisor(u, baud, 16, 1, DIVISOR_MAX);
	mm_log("uart %s: .aux %u is no distance between two registers; write 1, 2 or 4 (0 means 4) "
	       "in the board's row",
	       u->ops->name, u->aux);
	return 0;
}

/* ---- 8250 and DesignWare ---- */

/* An interrupt that only a DesignWare UART raises, and only USR takes back. */
static void forget_busy(const struct uart *u)
{
	if ((get(u, IIR) & IIR_ID) == IIR_DW_BUSY)
		(void)get(u, DW_USR);
}

/*
 * A DesignWare UART ignores a write of LCR while it is busy, and a character that
 * waits or comes in makes it so (databook, USR bit 0).  The divisor must never be
 * written after such a write: it would go out as a character.
 */
static int set_lcr(const struct uart *u, u32 v)
{
	for (u32 tries = 0; tries < LCR_TRIES; tries++) {
		set(u, LCR, v);
		if (get(u, LCR) == v)
			return 0;
		set(u, FCR, FCR_FRESH);
		(void)get(u, RBR); /* without FIFOs, what waits is here */
	}
	mm_log("uart %s: LCR takes no 0x%x, the port is busy without end; is its clock on, and is "
	       ".aux the distance of its registers?",
	       u->ops->name, v);
	return -EBUSY;
}

static int set_frame(const struct uart *u, u32 div)
{
	int err = set_lcr(u, LCR_DLAB | LCR_8N1);

	if (err)
		return err;
	set(u, DLL, div & 0xff);
	set(u, DLH, div >> 8);
	return set_lcr(u, LCR_8N1);
}

static void ns_irq_off(struct uart *u)
{
	/* bit 7 too: with it LSR's "room" means "full" (DesignWare) */
	set(u, IER, get(u, IER) & IER_UNIT);
}

static int ns_init(struct uart *u, u32 baud)
{
	u32 div = row_divisor(u, baud);
	int err;

	if (!div)
		return -EINVAL;
	/* First of all no flow control, which could hold back what is to leave. */
	set(u, MCR, MCR_DTR_RTS);
	uart_drain(u);
	set(u, FCR, FCR_FRESH); /* what could not leave is not to leave at the new rate */
	/* Looped back, the port hears nothing and comes to rest. */
	set(u, MCR, MCR_DTR_RTS | MCR_LOOP);
	err = set_frame(u, div);
	if (!err) {
		ns_irq_off(u);
		set(u, FCR, FCR_FRESH);
		forget_busy(u);
	}
	set(u, MCR, MCR_DTR_RTS | MCR_OUT2);
	return err;
}

static bool ns_tx_room(struct uart *u)
{
	return get(u, LSR) & LSR_TX_ROOM;
}

static void ns_tx(struct uart *u, char c)
{
	set(u, THR, (u8)c);
}

static bool ns_tx_idle(struct uart *u)
{
	return get(u, LSR) & LSR_TX_IDLE;
}

static int ns_getc(struct uart *u)
{
	if (!(get(u, LSR) & LSR_DATA))
		return -1;
	return (int)get(u, RBR);
}

static void ns_rx_irq_enable(struct uart *u)
{
	set(u, IER, (get(u, IER) & IER_UNIT) | IER_RX);
}

/*
 * The line follows the FIFO, and reading characters is all the acknowledgement it
 * takes.  Two interrupts of the DesignWare UART are raised with nothing to read, and
 * would come for ever: "busy", and a time-out whose FIFO was emptied under it, which
 * a read of the empty FIFO ends.
 */
static void ns_rx_irq_ack(struct uart *u)
{
	u32 id = get(u, IIR) & IIR_ID;

	if (id == IIR_DW_BUSY)
		(void)get(u, DW_USR);
	else if (id == IIR_TIMEOUT && !(get(u, LSR) & LSR_DATA))
		(void)get(u, RBR);
}

const struct uart_ops uart_8250_ops = {
	.name = "8250",
	.init = ns_init,
	.irq_off = ns_irq_off,
	.tx_room = ns_tx_room,
	.tx = ns_tx,
	.tx_idle = ns_tx_idle,
	.getc = ns_getc,
	.rx_irq_enable = ns_rx_irq_enable,
	.rx_irq_ack = ns_rx_irq_ack,
};

/* ---- OMAP ---- */

/* Here all bits are interrupts. */
static void omap_irq_off(struct uart *u)
{
	set(u, IER, 0);
}

static void omap_rx_irq_enable(struct uart *u)
{
	set(u, IER, IER_RX);
}

/*
 * A reset undoes whatever mode, flow control or DMA a loader had chosen (SPRUH73
 * 19.4.1.1.1); it leaves the port off (MDR1).  FIFOs are turned on while the divisor
 * is 0 (FCR, bit 0), and emptied once more after MDR1, whose write can leave a
 * false underrun behind (OMAP errata i202).  An empty FIFO is never read: some
 * answer with a bus error.
 */
static int omap_init(struct uart *u, u32 baud)
{
	u32 div = row_divisor(u, baud);

	if (!div)
		return -EINVAL;
	if ((get(u, OMAP_MDR1) & MDR1_OFF) != MDR1_OFF)
		uart_drain(u);
	set(u, OMAP_SYSC, SYSC_RESET);
	for (u32 looks = 0; looks < UART_PATIENCE; looks++)
		if (get(u, OMAP_SYSS) & SYSS_RESET_DONE)
			break;
	set(u, OMAP_SYSC, SYSC_NO_IDLE);
	set(u, OMAP_MDR1, MDR1_OFF);
	set(u, LCR, LCR_DLAB | LCR_8N1);
	set(u, DLL, 0);
	set(u, DLH, 0);
	set(u, FCR, FCR_FRESH);
	set(u, DLL, div & 0xff);
	set(u, DLH, div >> 8);
	set(u, LCR, LCR_8N1);
	omap_irq_off(u);
	set(u, MCR, MCR_DTR_RTS);
	set(u, OMAP_MDR1, MDR1_16X);
	set(u, FCR, FCR_FRESH);
	return 0;
}

const struct uart_ops uart_omap_ops = {
	.name = "omap",
	.init = omap_init,
	.irq_off = omap_irq_off,
	.tx_room = ns_tx_room,
	.tx = ns_tx,
	.tx_idle = ns_tx_idle,
	.getc = ns_getc,
	.rx_irq_enable = omap_rx_irq_enable,
};
