/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakeuarts.c - fakes of the UARTs of real boards.
 *
 * 8250: PC16550D data sheet; DesignWare: DW_apb_uart databook; OMAP: SPRUH73
 * chapter 19; i.MX: IMX6DQRM chapter 64; Cadence: UG585 appendix B.33; mini UART:
 * BCM2835 ARM Peripherals chapter 2 and its errata.
 */
#include "fakeuarts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SHIFT_TIME 3u /* accesses a character takes on its way out */
#define CHATTER_TIME 5u /* accesses between two that come in */

/* ---- what all have: a wire, two FIFOs, time ---- */

void fake_port_receive(struct fake_port *p, const char *s)
{
	if (!p->irq) {
		fake_uart_receive(&p->u, s);
		return;
	}
	for (; *s; s++) {
		if (p->u.rx_used < p->u.depth)
			p->u.rx[p->u.rx_used++] = (u8)*s;
		else if (!p->chatter)
			fail_msg("UART: more received than the FIFO holds");
		if (p->heard)
			p->heard(p);
	}
}

bool fake_port_irq(const struct fake_port *p)
{
	return p->irq ? p->irq(p) : fake_uart_irq(&p->u);
}

static void shift_out(struct fake_port *p)
{
	struct fake_uart *f = &p->u;

	assert_true(f->sent < sizeof(f->wire));
	f->wire[f->sent++] = (char)f->tx[0];
	memmove(f->tx, f->tx + 1, --f->tx_used);
	f->countdown = SHIFT_TIME;
}

static void shift_in(struct fake_port *p)
{
	fake_port_receive(p, "~");
	if (p->chatter)
		p->incoming = CHATTER_TIME;
}

/* @held: flow control is on */
static void tick(struct fake_port *p, bool held)
{
	struct fake_uart *f = &p->u;

	if (f->arrives_in && !--f->arrives_in)
		fake_port_receive(p, f->arrives);
	if (p->incoming && !--p->incoming)
		shift_in(p);
	if (!f->enabled || !f->tx_used || p->stalled || (held && p->cts_off))
		return;
	if (!--f->countdown)
		shift_out(p);
}

static void send(struct fake_port *p, u32 v)
{
	struct fake_uart *f = &p->u;

	if (!f->enabled)
		fail_msg("UART: character 0x%02x sent while it is off", v);
	if (f->tx_used >= f->depth)
		fail_msg("UART: character 0x%02x sent into a full FIFO", v);
	if (!f->tx_used)
		f->countdown = SHIFT_TIME;
	f->tx[f->tx_used++] = (u8)v;
}

static u8 take(struct fake_port *p)
{
	u8 c = p->u.rx[0];

	memmove(p->u.rx, p->u.rx + 1, --p->u.rx_used);
	return c;
}

/* Only looks at the status that tells its end are allowed then. */
static bool in_reset(const struct fake_port *p)
{
	return p->resetting && !p->never_resets;
}

/* Such a look: is it over? */
static bool reset_over(struct fake_port *p)
{
	if (p->resetting && !p->never_resets)
		p->resetting--;
	return !p->resetting;
}

/* Something is about to happen to the characters that have not left. */
static void no_cut(const struct fake_port *p, const char *what)
{
	if (p->u.enabled && p->u.tx_used && !p->stalled)
		fail_msg("UART: %s with %u characters unsent", what, p->u.tx_used);
}

static void open_port(struct fake_port *p, va_t base, u32 size, u32 depth,
		      u32 (*read)(struct bus_window *, u32, u32),
		      void (*write)(struct bus_window *, u32, u32, u32),
		      bool (*irq)(const struct fake_port *))
{
	memset(p, 0, sizeof(*p));
	p->u.depth = depth;
	p->irq = irq;
	p->u.w = (struct bus_window){ .base = base, .size = size, .read = read, .write = write };
	bus_add(&p->u.w);
}

/* ---- 8250, DesignWare, OMAP ---- */

enum { R_DATA, R_IER, R_ID, R_LCR, R_MCR, R_LSR, R_MDR1 = 8, R_SYSC = 21, R_SYSS, R_USR = 31 };
enum { DLL_AT = 40, DLH_AT, FCR_AT }; /* kept behind the registers proper */

static bool dlab(const struct fake_port *p)
{
	return p->reg[R_LCR] & 0x80;
}

static void ns_rate(struct fake_port *p)
{
	p->u.divisor = (p->reg[DLH_AT] << 8 | p->reg[DLL_AT]) * 16;
	p->u.enabled = p->u.divisor && (!p->omap || (p->reg[R_MDR1] & 7) == 0);
}

static bool ns_busy(const struct fake_port *p)
{
	return p->u.tx_used || p->u.rx_used || p->incoming;
}

static u32 ns_id(const struct fake_port *p)
{
	static const u8 levels[] = { 1, 4, 8, 14 };
	u32 level = levels[p->reg[FCR_AT] >> 6];

	if (p->reg[R_IER] & 1 && p->u.rx_used)
		return p->u.rx_used >= level ? 0x4 : 0xc;
	if (p->reg[R_IER] & 1 && p->stale_timeout)
		return 0xc;
	return p->busy_irq ? 0x7 : 0x1;
}

static bool ns_irq(const struct fake_port *p)
{
	/* On a PC, OUT2 opens the gate; the others have none. */
	return !(ns_id(p) & 1 && ns_id(p) != 7) && (p->dw || p->omap || p->reg[R_MCR] & 8);
}

static u32 ns_data(struct fake_port *p)
{
	if (dlab(p))
		return p->reg[DLL_AT];
	if (p->u.rx_used)
		return take(p);
	if (p->omap)
		fail_msg("OMAP UART: an empty FIFO was read, which is a bus error");
	p->stale_timeout = false;
	return 0xee; /* what was there before */
}

static u32 ns_lsr(const struct fake_port *p)
{
	bool room = p->u.tx_used <= 1; /* the first is in the shifter */

	if (p->dw && p->reg[R_IER] & 0x80) /* programmable THRE mode */
		room = p->u.tx_used >= p->u.depth;
	return (p->u.rx_used ? 0x1u : 0) | (room ? 0x20u : 0) | (p->u.tx_used ? 0 : 0x40u) | 0x1e;
}

static u32 ns_register(struct fake_port *p, u32 off, u32 width)
{
	bool held = p->reg[R_MCR] & 0x20;

	assert_int_equal(width, p->stride);
	assert_int_equal(off % p->stride, 0);
	if (p->reg[R_MCR] & 0x10)
		p->chatter = false; /* looped back: it hears nothing new */
	tick(p, held);
	if (in_reset(p) && off / p->stride != R_SYSS)
		fail_msg("OMAP UART: register %u used during the reset", off / p->stride);
	return off / p->stride;
}

static u32 ns_status(struct fake_port *p)
{
	if (!p->dw)
		fail_msg("8250: register 31 is not there");
	p->busy_irq = false;
	return ns_busy(p);
}

static u32 ns_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_port *p = (struct fake_port *)w;

	switch (ns_register(p, off, width)) {
	case R_DATA:
		return ns_data(p);
	case R_IER:
		return p->reg[dlab(p) ? (u32)DLH_AT : R_IER];
	case R_ID:
		return ns_id(p) | (p->u.fifo ? 0xc0 : 0);
	case R_LCR:
		return p->reg[R_LCR];
	case R_LSR:
		return ns_lsr(p);
	case R_USR:
		return ns_status(p);
	case R_MDR1:
		assert_true(p->omap);
		return p->reg[R_MDR1];
	case R_SYSS:
		assert_true(p->omap);
		return reset_over(p);
	default:
		fail_msg("8250: read of register %u", off / p->stride);
		return 0;
	}
}

static void ns_write_data(struct fake_port *p, u32 v)
{
	if (dlab(p)) {
		no_cut(p, "divisor written");
		p->reg[DLL_AT] = v;
	} else {
		if (p->reg[R_MCR] & 0x10)
			fail_msg("8250: character 0x%02x sent into the loop", v);
		send(p, v);
	}
}

static void ns_write_fcr(struct fake_port *p, u32 v)
{
	bool rates_off = !p->u.divisor;

	if (p->no_fifos)
		return;
	if (p->u.fifo != (v & 1) && (!p->omap || rates_off)) {
		p->u.fifo = v & 1;
		v |= 6; /* a change empties both */
	}
	if (v & 2)
		p->u.rx_used = 0;
	if (v & 4) {
		no_cut(p, "FIFO emptied");
		p->u.tx_used = 0;
	}
	p->reg[FCR_AT] = v;
}

static void ns_write_lcr(struct fake_port *p, u32 v)
{
	if (p->deaf_lcr)
		return;
	if (p->dw && ns_busy(p)) {
		p->busy_irq = true;
		return;
	}
	no_cut(p, "LCR written");
	p->reg[R_LCR] = v;
}

static void omap_reset(struct fake_port *p)
{
	no_cut(p, "reset");
	memset(p->reg, 0, sizeof(p->reg));
	p->reg[R_MDR1] = 7;
	p->u.fifo = false;
	p->u.rx_used = p->u.tx_used = 0;
	p->resetting = 3;
}

static void omap_write(struct fake_port *p, u32 r, u32 v)
{
	assert_true(p->omap);
	if (r == R_SYSC && v & 2) {
		omap_reset(p);
		return;
	}
	if (r == R_MDR1)
		no_cut(p, "MDR1 written");
	p->reg[r] = v;
}

static void ns_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_port *p = (struct fake_port *)w;
	u32 r = ns_register(p, off, width);

	if (r == R_DATA) {
		ns_write_data(p, v);
	} else if (r == R_IER) {
		p->reg[dlab(p) ? (u32)DLH_AT : R_IER] = v;
	} else if (r == R_ID) {
		ns_write_fcr(p, v);
	} else if (r == R_LCR) {
		ns_write_lcr(p, v);
	} else if (r == R_MCR) {
		if (v & 0x10)
			no_cut(p, "looped back");
		p->reg[R_MCR] = v;
	} else if (r == R_MDR1 || r == R_SYSC) {
		omap_write(p, r, v);
	} else {
		fail_msg("8250: write of register %u", r);
	}
	ns_rate(p);
}

void fake_8250(struct fake_port *p, va_t base, u32 stride)
{
	open_port(p, base, 8 * stride, 16, ns_read, ns_write, ns_irq);
	p->stride = stride;
}

void fake_dw_apb(struct fake_port *p, va_t base, u32 stride)
{
	open_port(p, base, 64 * stride, 16, ns_read, ns_write, ns_irq);
	p->stride = stride;
	p->dw = true;
}

void fake_omap_uart(struct fake_port *p, va_t base)
{
	open_port(p, base, 0x100, 64, ns_read, ns_write, ns_irq);
	p->stride = 4;
	p->omap = true;
	p->reg[R_MDR1] = 7;
}

/* ---- i.MX ---- */

#define IMX(off) (((off)-0x80) / 4) /* UCR1 is the first of reg[] */

static u32 imx_reg(const struct fake_port *p, u32 off)
{
	return p->reg[IMX(off)];
}

static bool imx_irq(const struct fake_port *p)
{
	u32 level = imx_reg(p, 0x90) & 0x3f, rx = p->u.rx_used;
	bool ready = level && rx >= level && imx_reg(p, 0x80) & 1u << 9;
	bool room = imx_reg(p, 0x80) & (1u << 13 | 1u << 6);
	bool done = imx_reg(p, 0x8c) & 1u << 3, any = imx_reg(p, 0x8c) & 1 && rx;

	return ready || room || done || any;
}

static void imx_rate(struct fake_port *p)
{
	static const u8 by[8] = { 6, 5, 4, 3, 2, 1, 7, 0 };
	u32 prescaler = by[imx_reg(p, 0x90) >> 7 & 7];
	/* what UBMR's write took over */
	u32 inc = p->u.raw[0] + 1, mod = p->u.raw[1] + 1;

	p->u.divisor = prescaler * 16 * mod / inc;
	p->u.enabled = imx_reg(p, 0x80) & 1 && imx_reg(p, 0x84) & 4;
}

static void imx_reset(struct fake_port *p)
{
	no_cut(p, "reset");
	p->u.tx_used = p->u.rx_used = 0;
	p->reg[IMX(0xa4)] = p->reg[IMX(0xa8)] = p->u.raw[0] = p->u.raw[1] = 0;
	p->resetting = 4;
}

static u32 imx_urxd(struct fake_port *p)
{
	if (!(imx_reg(p, 0x80) & 1) || !(imx_reg(p, 0x84) & 2))
		fail_msg("i.MX UART: URXD read while the receiver is off, a bus error");
	if (p->half_there) {
		p->half_there = false;
		return 0;
	}
	return p->u.rx_used ? take(p) | 0xfc00u : 0; /* with error flags, to be ignored */
}

static void imx_access(struct fake_port *p, u32 off, u32 width)
{
	assert_int_equal(width, 4);
	tick(p, !(imx_reg(p, 0x84) & 1u << 14));
	if (in_reset(p) && off != 0x84)
		fail_msg("i.MX UART: register 0x%x used during the reset", off);
}

static u32 imx_ucr2(struct fake_port *p)
{
	if (reset_over(p))
		p->reg[IMX(0x84)] |= 1;
	return imx_reg(p, 0x84);
}

static u32 imx_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_port *p = (struct fake_port *)w;

	imx_access(p, off, width);
	switch (off) {
	case 0x00:
		return imx_urxd(p);
	case 0x84:
		return imx_ucr2(p);
	case 0x80:
	case 0x88:
	case 0x8c:
	case 0x90:
		return imx_reg(p, off);
	case 0x98:
		return (p->u.rx_used || p->half_there) | (p->u.tx_used ? 0 : 8u) |
		       (p->u.tx_used <= 1 ? 0x4000u : 0);
	case 0xb4:
		return (p->u.tx_used >= p->u.depth ? 0x10u : 0) | (p->u.rx_used ? 0 : 0x20u);
	default:
		fail_msg("i.MX UART: read of register 0x%x", off);
		return 0;
	}
}

static void imx_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_port *p = (struct fake_port *)w;

	imx_access(p, off, width);
	if (off == 0x40) {
		send(p, v);
		return;
	}
	if (off < 0x80 || off > 0xb4 || off == 0x98)
		fail_msg("i.MX UART: write of register 0x%x", off);
	if (off == 0x80 && !(v & 1))
		no_cut(p, "turned off");
	if (off == 0x84 && !(v & 1))
		imx_reset(p);
	if (off == 0xa4 || off == 0xa8)
		no_cut(p, "rate changed");
	p->reg[IMX(off)] = v;
	if (off == 0xa8) {
		p->u.raw[0] = imx_reg(p, 0xa4);
		p->u.raw[1] = v;
	}
	imx_rate(p);
}

void fake_imx_uart(struct fake_port *p, va_t base)
{
	open_port(p, base, 0x4000, 32, imx_read, imx_write, imx_irq);
	p->reg[IMX(0x84)] = 1;
	p->reg[IMX(0x88)] = 0x700;
	p->reg[IMX(0x8c)] = 0x8000;
	p->reg[IMX(0x90)] = 0x801;
	p->u.fifo = true; /* it has no way to be without */
}

/* ---- Cadence ---- */

enum {
	C_CR = 0,
	C_MR = 1,
	C_IMR = 4,
	C_ISR,
	C_BAUDGEN,
	C_RXTOUT,
	C_RXWM,
	C_MODEMCR,
	C_BAUDDIV = 13
};

static bool cadence_level(const struct fake_port *p)
{
	return p->reg[C_RXWM] && p->u.rx_used >= p->reg[C_RXWM];
}

/* The level was reached. */
static void cadence_heard(struct fake_port *p)
{
	if (p->u.rx_used == p->reg[C_RXWM])
		p->reg[C_ISR] |= 1;
}

static bool cadence_irq(const struct fake_port *p)
{
	return p->reg[C_ISR] & p->reg[C_IMR];
}

static bool cadence_on(const struct fake_port *p)
{
	return (p->reg[C_CR] & 0x30) == 0x10;
}

static void cadence_access(struct fake_port *p, u32 width)
{
	assert_int_equal(width, 4);
	tick(p, p->reg[C_MODEMCR] & 0x20);
	if (p->level_latch && cadence_level(p))
		p->reg[C_ISR] |= 1;
	p->reg[C_ISR] |= p->u.tx_used ? 0 : 8; /* also of what nobody asked for */
}

static u32 cadence_cr(struct fake_port *p)
{
	if (reset_over(p))
		p->reg[C_CR] &= ~3u;
	return p->reg[C_CR];
}

static u32 cadence_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_port *p = (struct fake_port *)w;
	u32 tx = p->u.tx_used;

	cadence_access(p, width);
	switch (off) {
	case 0x00:
		return cadence_cr(p);
	case 0x2c: /* the first character is in the shifter: FIFO empty, but active */
		return (p->u.rx_used ? 0 : 2u) | (tx <= 1 ? 8u : 0) |
		       (tx >= p->u.depth ? 0x10u : 0) | (tx ? 0x800u : 0);
	case 0x30:
		if (!p->u.rx_used)
			fail_msg("Cadence UART: an empty FIFO was read");
		return take(p);
	default:
		fail_msg("Cadence UART: read of register 0x%x", off);
		return 0;
	}
}

static void cadence_control(struct fake_port *p, u32 v)
{
	if ((v & 0x30) != 0x10 || v & 2)
		no_cut(p, "turned off or reset");
	if (in_reset(p) && v & 0x14)
		fail_msg("Cadence UART: turned on before the reset is over");
	if (v & 3)
		p->resetting = 3;
	if (v & 2)
		p->u.tx_used = 0;
	if (v & 1)
		p->u.rx_used = 0;
	p->reg[C_CR] = v;
}

static void cadence_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_port *p = (struct fake_port *)w;

	cadence_access(p, width);
	if ((off == 0x18 || off == 0x34) && (cadence_on(p) || !(p->reg[C_CR] & 8)))
		fail_msg("Cadence UART: divisor 0x%x written while a half is on", off);
	if (off == 0x00)
		cadence_control(p, v);
	else if (off == 0x08)
		p->reg[C_IMR] |= v;
	else if (off == 0x0c)
		p->reg[C_IMR] &= ~v;
	else if (off == 0x14)
		p->reg[C_ISR] &= ~v;
	else if (off == 0x30)
		send(p, v);
	else if (off == 0x04 || (off >= 0x18 && off <= 0x24) || off == 0x34)
		p->reg[off / 4] = v;
	else
		fail_msg("Cadence UART: write of register 0x%x", off);
	p->u.divisor = p->reg[C_BAUDGEN] * (p->reg[C_BAUDDIV] + 1);
	p->u.enabled = cadence_on(p) && p->u.divisor;
}

void fake_cadence_uart(struct fake_port *p, va_t base)
{
	open_port(p, base, 0x1000, 64, cadence_read, cadence_write, cadence_irq);
	p->heard = cadence_heard;
	p->reg[C_CR] = 0x128;
	p->reg[C_RXWM] = 0x20;
	p->reg[C_BAUDGEN] = 0x28b;
	p->reg[C_BAUDDIV] = 0xf;
	p->u.fifo = true; /* it has no way to be without */
}

/* ---- the mini UART ---- */

enum { A_ENABLES = 1, A_IER = 0x11, A_LCR = 0x13, A_MCR = 0x14, A_CNTL = 0x18, A_BAUD = 0x1a };

static bool aux_irq(const struct fake_port *p)
{
	bool rx = (p->reg[A_IER] & 5) == 5 && p->u.rx_used;

	return rx || (p->reg[A_IER] & 2 && !p->u.tx_used);
}

static void aux_access(struct fake_port *p, u32 off, u32 width)
{
	assert_int_equal(width, 4);
	if (off >= 0x40 && !(p->reg[A_ENABLES] & 1))
		fail_msg("mini UART: register 0x%x used while it is not enabled", off);
	tick(p, p->reg[A_CNTL] & 8);
}

static u32 aux_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_port *p = (struct fake_port *)w;

	aux_access(p, off, width);
	switch (off) {
	case 0x40:
		if (!p->u.rx_used)
			fail_msg("mini UART: an empty FIFO was read");
		return take(p);
	case 0x04:
	case 0x60:
		return p->reg[off / 4];
	case 0x54:
		return (p->u.rx_used ? 1u : 0) | (p->u.tx_used < p->u.depth ? 0x20u : 0) |
		       (p->u.tx_used ? 0 : 0x40u);
	default:
		fail_msg("mini UART: read of register 0x%x", off);
		return 0;
	}
}

static void aux_clear(struct fake_port *p, u32 v)
{
	if (v & 2)
		p->u.rx_used = 0;
	if (v & 4) {
		no_cut(p, "FIFO emptied");
		p->u.tx_used = 0;
	}
}

static void aux_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_port *p = (struct fake_port *)w;

	aux_access(p, off, width);
	if (off == 0x4c && v != 3)
		fail_msg("mini UART: LCR 0x%x is not 8 bits", v);
	if (off == 0x60 && !(v & 2))
		no_cut(p, "turned off");
	if (off == 0x68)
		no_cut(p, "rate changed");
	if (off == 0x40)
		send(p, v);
	else if (off == 0x48)
		aux_clear(p, v);
	else if (off == 0x04 || off == 0x44 || off == 0x4c || off == 0x50 || off == 0x60 ||
		 off == 0x68)
		p->reg[off / 4] = v;
	else
		fail_msg("mini UART: write of register 0x%x", off);
	p->u.divisor = (p->reg[A_BAUD] + 1) * 8;
	p->u.enabled = p->reg[A_ENABLES] & 1 && p->reg[A_CNTL] & 2;
}

void fake_bcm2835_aux(struct fake_port *p, va_t base)
{
	open_port(p, base, 0x80, 8, aux_read, aux_write, aux_irq);
	p->reg[A_ENABLES] = 4; /* an SPI master is in use */
	p->u.fifo = true;
}

/* ---- from outside ---- */

void fake_port_settle(struct fake_port *p)
{
	for (u32 i = 0; p->u.tx_used && i < 1000; i++)
		tick(p, false);
	assert_int_equal(p->u.tx_used, 0);
}
