/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakegpios.c - fakes of the GPIO blocks of common SoCs.
 */
#include "fakegpios.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void open_window(struct bus_window *w, va_t base, u32 size,
			u32 (*read)(struct bus_window *, u32, u32),
			void (*write)(struct bus_window *, u32, u32, u32))
{
	*w = (struct bus_window){ .base = base, .size = size, .read = read, .write = write };
	bus_add(w);
}

u32 fake_gpio_pads(const struct fake_gpio *f, u32 word)
{
	return (f->latch[word] & f->output[word]) | (f->outside[word] & ~f->output[word]);
}

static void trace(struct fake_gpio *f)
{
	u32 pads = fake_gpio_pads(f, f->traced_word);

	if (f->traced && f->trace[f->traced - 1] == pads)
		return;
	assert_true(f->traced < 64);
	f->trace[f->traced++] = pads;
}

static u32 no_read(const char *block, u32 off)
{
	fail_msg("%s: read of register 0x%x", block, off);
	return 0;
}

static void no_write(const char *block, u32 off)
{
	fail_msg("%s: write of register 0x%x", block, off);
}

/* ---- BCM2835 (BCM2835 ARM Peripherals, table 6-1) ---- */

static u32 bcm2835_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_bcm2835 *f = (struct fake_bcm2835 *)w;

	assert_int_equal(width, 4);
	if (off <= 0x14)
		return f->fsel[off / 4];
	if (off == 0x34 || off == 0x38)
		return fake_gpio_pads(&f->g, off == 0x38);
	return no_read("BCM2835 GPIO", off); /* GPSET and GPCLR are write-only */
}

static void bcm2835_select(struct fake_bcm2835 *f, u32 reg, u32 v)
{
	if (v >> 30 || (reg == 5 && v >> 12))
		fail_msg("BCM2835 GPIO: reserved bits in GPFSEL%u = 0x%x", reg, v);
	f->fsel[reg] = v;
	for (u32 i = 0; i < 10; i++) {
		u32 line = reg * 10 + i;
		u32 bit = 1u << (line & 31);

		f->g.output[line >> 5] &= ~bit;
		if ((v >> 3 * i & 7) == 1)
			f->g.output[line >> 5] |= bit;
	}
}

static void bcm2835_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_bcm2835 *f = (struct fake_bcm2835 *)w;

	assert_int_equal(width, 4);
	if ((off == 0x20 || off == 0x2c) && v >> 22)
		fail_msg("BCM2835 GPIO: there is no line above 53 (0x%x to 0x%x)", v, off);
	if (off <= 0x14)
		bcm2835_select(f, off / 4, v);
	else if (off == 0x1c || off == 0x20)
		f->g.latch[off == 0x20] |= v;
	else if (off == 0x28 || off == 0x2c)
		f->g.latch[off == 0x2c] &= ~v;
	else
		no_write("BCM2835 GPIO", off);
	trace(&f->g);
}

void fake_bcm2835(struct fake_bcm2835 *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->g.w, base, 0xb4, bcm2835_read, bcm2835_write);
}

/* ---- i.MX (IMX6DQRM 28.4.3.1 and 28.5) ---- */

static u32 imx_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_gpio *g = &((struct fake_imx_gpio *)w)->g;

	assert_int_equal(width, 4);
	if (off == 0) /* DR: the latch of outputs, the pads of inputs */
		return fake_gpio_pads(g, 0);
	if (off == 4)
		return g->output[0];
	if (off == 8) /* PSR: an output's pad comes back with SION only, not set here */
		return g->outside[0] & ~g->output[0];
	return no_read("i.MX GPIO", off);
}

static void imx_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_gpio *g = &((struct fake_imx_gpio *)w)->g;

	assert_int_equal(width, 4);
	if (off == 0)
		g->latch[0] = v;
	else if (off == 4)
		g->output[0] = v;
	else
		no_write("i.MX GPIO", off);
	trace(g);
}

void fake_imx_gpio(struct fake_imx_gpio *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->g.w, base, 0x4000, imx_read, imx_write);
}

/* ---- OMAP (SPRUF98, General-Purpose Interface; SPRUH73 25.4.1) ---- */

static u32 omap_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_omap_gpio *f = (struct fake_omap_gpio *)w;

	assert_int_equal(width, 4);
	switch (off - f->first) {
	case 0x34:
		return ~f->g.output[0];
	case 0x38: /* DATAIN: outputs come back with their receivers on, off here */
		return f->g.outside[0] & ~f->g.output[0];
	case 0x3c:
		return f->g.latch[0];
	default:
		return no_read("OMAP GPIO", off);
	}
}

static void omap_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_omap_gpio *f = (struct fake_omap_gpio *)w;

	assert_int_equal(width, 4);
	switch (off - f->first) {
	case 0x34:
		f->g.output[0] = ~v;
		break;
	case 0x3c:
		f->g.latch[0] = v;
		break;
	case 0x90:
		f->g.latch[0] &= ~v;
		break;
	case 0x94:
		f->g.latch[0] |= v;
		break;
	default:
		no_write("OMAP GPIO", off);
	}
	trace(&f->g);
}

void fake_omap_gpio(struct fake_omap_gpio *f, va_t base, u32 first)
{
	memset(f, 0, sizeof(*f));
	f->first = first;
	open_window(&f->g.w, base, 0x1000, omap_read, omap_write);
}

/* ---- sunxi (H3 Datasheet 4.22.2: Pn_CFG0..3, Pn_DAT, n * 0x24) ---- */

#define SUNXI_LAST_BANK 8u /* PI */

static u32 sunxi_reg(u32 off, u32 *bank)
{
	*bank = off / 0x24;
	if (*bank > SUNXI_LAST_BANK)
		fail_msg("sunxi: register 0x%x is behind the last bank", off);
	return off % 0x24;
}

static u32 sunxi_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_sunxi *f = (struct fake_sunxi *)w;
	u32 bank, reg = sunxi_reg(off, &bank);

	assert_int_equal(width, 4);
	if (reg == 0x10)
		return fake_gpio_pads(&f->g, bank);
	return reg < 0x10 ? f->cfg[bank][reg / 4] : no_read("sunxi", off);
}

static void sunxi_configure(struct fake_sunxi *f, u32 bank, u32 reg, u32 v)
{
	if (v & 0x88888888)
		fail_msg("sunxi: reserved bits in P%u_CFG%u = 0x%x", bank, reg, v);
	f->cfg[bank][reg] = v;
	for (u32 i = 0; i < 8; i++) {
		u32 bit = 1u << (reg * 8 + i);

		f->g.output[bank] &= ~bit;
		if ((v >> 4 * i & 7) == 1)
			f->g.output[bank] |= bit;
	}
}

static void sunxi_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_sunxi *f = (struct fake_sunxi *)w;
	u32 bank, reg = sunxi_reg(off, &bank);

	assert_int_equal(width, 4);
	if (reg == 0x10)
		f->g.latch[bank] = v;
	else if (reg < 0x10)
		sunxi_configure(f, bank, reg / 4, v);
	else
		no_write("sunxi", off);
	trace(&f->g);
}

void fake_sunxi(struct fake_sunxi *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->g.w, base, 0x400, sunxi_read, sunxi_write);
}

/* ---- Zynq-7000 (UG585 14.2 and B.19) ---- */

static const u32 zynq_lines[4] = { 0xffffffff, 0x003fffff, 0xffffffff, 0xffffffff };

static u32 zynq_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_zynq_gpio *f = (struct fake_zynq_gpio *)w;
	u32 bank;

	assert_int_equal(width, 4);
	if (off >= 0x40 && off < 0x50)
		return f->g.latch[off / 4 & 3];
	if (off >= 0x60 && off < 0x70) {
		bank = off / 4 & 3;
		return bank < 2 ? fake_gpio_pads(&f->g, bank) : f->sent_back[bank];
	}
	bank = (off - 0x200) / 0x40;
	if (off < 0x200 || bank > 3 || ((off & 0x3f) != 4 && (off & 0x3f) != 8))
		return no_read("Zynq GPIO", off);
	return (off & 0x3f) == 4 ? f->dirm[bank] : f->oen[bank];
}

/* MASK_DATA: bits 31:16 keep the lines whose bit is 1. */
static void zynq_masked(struct fake_zynq_gpio *f, u32 reg, u32 v)
{
	u32 shift = reg % 2 * 16, change = (~v >> 16) << shift;
	u32 *latch = &f->g.latch[reg / 2];

	if (change & ~zynq_lines[reg / 2])
		fail_msg("Zynq GPIO: bank %u has no line of 0x%x", reg / 2, change);
	*latch = (*latch & ~change) | ((v & 0xffff) << shift & change);
}

static void zynq_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_zynq_gpio *f = (struct fake_zynq_gpio *)w;
	u32 bank = (off - 0x200) / 0x40;

	assert_int_equal(width, 4);
	if (off < 0x20)
		zynq_masked(f, off / 4, v);
	else if (off >= 0x40 && off < 0x50)
		f->g.latch[off / 4 & 3] = v & zynq_lines[off / 4 & 3];
	else if (off >= 0x200 && bank <= 3 && (off & 0x3f) == 4)
		f->dirm[bank] = v;
	else if (off >= 0x200 && bank <= 3 && (off & 0x3f) == 8)
		f->oen[bank] = v;
	else
		no_write("Zynq GPIO", off);
	for (bank = 0; bank < 4; bank++)
		f->g.output[bank] = f->dirm[bank] & f->oen[bank];
	trace(&f->g);
}

void fake_zynq_gpio(struct fake_zynq_gpio *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->g.w, base, 0x1000, zynq_read, zynq_write);
}

/* ---- a data and a direction register ---- */

static u32 data_read(struct bus_window *w, u32 off, u32 width)
{
	(void)off;
	assert_int_equal(width, 4);
	return fake_gpio_pads(&((struct fake_mmio *)w)->g, 0);
}

static void data_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_mmio *f = (struct fake_mmio *)w;

	(void)off;
	assert_int_equal(width, 4);
	f->g.latch[0] = v;
	trace(&f->g);
}

static u32 dir_read(struct bus_window *w, u32 off, u32 width)
{
	(void)off;
	assert_int_equal(width, 4);
	return ((struct fake_mmio_dir *)w)->value;
}

static void dir_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_mmio_dir *d = (struct fake_mmio_dir *)w;

	(void)off;
	assert_int_equal(width, 4);
	d->value = v;
	d->of->g.output[0] = d->input_high ? ~v : v;
	trace(&d->of->g);
}

void fake_mmio(struct fake_mmio *f, va_t data, va_t dir, bool input_high)
{
	memset(f, 0, sizeof(*f));
	f->dir.of = f;
	f->dir.input_high = input_high;
	f->dir.value = input_high ? 0xffffffff : 0;
	open_window(&f->g.w, data, 4, data_read, data_write);
	open_window(&f->dir.w, dir, 4, dir_read, dir_write);
}
