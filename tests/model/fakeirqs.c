/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakeirqs.c - behavioural fakes of further interrupt controllers and
 * timers.
 */
#include "fakeirqs.h"

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

#define OWNER(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

/* ---- BCM2836 (QA7_rev3.4), BCM2835 ARM Peripherals 7.5 ---- */

static u32 armctrl_pending(const struct fake_bcm2836 *f, u32 word)
{
	return f->level[word] & f->enable[word];
}

static u32 local_source(const struct fake_bcm2836 *f)
{
	u32 gpu = armctrl_pending(f, 0) | armctrl_pending(f, 1) | armctrl_pending(f, 2);

	return (f->timer_level & f->timer_control & 15) |
	       (f->mailbox_level & f->mailbox_control & 15) << 4 |
	       (u32)(gpu && !(f->gpu_routing & 3)) << 8 |
	       (u32)(f->pmu_level && f->pmu_routing & 1) << 9 |
	       (u32)(f->axi_level && f->axi_control >> 20 & 1) << 10 |
	       (u32)(f->local_timer_level && f->local_timer_control >> 29 & 1) << 11;
}

bool fake_bcm2836_irq(const struct fake_bcm2836 *f)
{
	return local_source(f);
}

static u32 local_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_bcm2836 *f = OWNER(w, struct fake_bcm2836, local);

	assert_int_equal(width, 4);
	switch (off) {
	case 0x40:
		return f->timer_control;
	case 0x50:
		return f->mailbox_control;
	case 0x60:
		return local_source(f);
	default:
		fail_msg("BCM2836: read of register 0x%x", off);
		return 0;
	}
}

static void local_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_bcm2836 *f = OWNER(w, struct fake_bcm2836, local);

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		f->timer_source = v;
		return;
	case 0x08:
		f->prescaler = v;
		return;
	case 0x0c:
		f->gpu_routing = v;
		return;
	case 0x10:
		f->pmu_routing |= v;
		return;
	case 0x14:
		f->pmu_routing &= ~v;
		return;
	case 0x30:
		f->axi_control = v;
		return;
	case 0x34:
		f->local_timer_control = v;
		return;
	case 0x40:
		f->timer_control = v;
		return;
	case 0x50:
		f->mailbox_control = v;
		return;
	default:
		fail_msg("BCM2836: write of register 0x%x", off);
	}
}

/* The basic word also says which of the others is not empty. */
static u32 armctrl_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_bcm2836 *f = OWNER(w, struct fake_bcm2836, armctrl);

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		return armctrl_pending(f, 2) | (u32) !!armctrl_pending(f, 0) << 8 |
		       (u32) !!armctrl_pending(f, 1) << 9;
	case 0x04:
		return armctrl_pending(f, 0);
	case 0x08:
		return armctrl_pending(f, 1);
	default:
		fail_msg("BCM2835: read of register 0x%x", off);
		return 0;
	}
}

static void armctrl_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_bcm2836 *f = OWNER(w, struct fake_bcm2836, armctrl);

	assert_int_equal(width, 4);
	if (off == 0x0c)
		f->fiq = v;
	else if (off >= 0x10 && off < 0x1c)
		f->enable[(off - 0x10) / 4] |= v;
	else if (off >= 0x1c && off < 0x28)
		f->enable[(off - 0x1c) / 4] &= ~v;
	else
		fail_msg("BCM2835: write of register 0x%x", off);
	f->enable[2] &= 0xff;
}

void fake_bcm2836(struct fake_bcm2836 *f, va_t local, va_t armctrl)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->local, local, 0x100, local_read, local_write);
	open_window(&f->armctrl, armctrl, 0x28, armctrl_read, armctrl_write);
}

/* ---- Allwinner A10 User Manual, interrupt controller ---- */

static u32 intc_pending(const struct fake_sun4i_intc *f, u32 word)
{
	/* Interrupt 0 is the pin's edge and is kept; the others follow their device. */
	return word ? f->level[word] : (f->level[0] & ~1u) | (f->pending[0] & 1);
}

void fake_sun4i_intc_nmi(struct fake_sun4i_intc *f)
{
	f->pending[0] |= 1;
}

bool fake_sun4i_intc_irq(const struct fake_sun4i_intc *f)
{
	for (u32 i = 0; i < 3; i++)
		if (intc_pending(f, i) & (f->enable[i] | f->no_enable) & ~f->mask[i] &
		    ~f->select[i])
			return true;
	return false;
}

static u32 intc_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_sun4i_intc *f = (struct fake_sun4i_intc *)w;

	assert_int_equal(width, 4);
	if (off >= 0x10 && off < 0x1c)
		return intc_pending(f, (off - 0x10) / 4);
	if (off >= 0x40 && off < 0x4c)
		return f->enable[(off - 0x40) / 4];
	if (off >= 0x50 && off < 0x5c)
		return f->mask[(off - 0x50) / 4];
	fail_msg("A10 INTC: read of register 0x%x", off);
	return 0;
}

static void intc_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_sun4i_intc *f = (struct fake_sun4i_intc *)w;
	u32 word = off / 4 % 4;

	assert_int_equal(width, 4);
	if (off == 0x08)
		return;
	if (word > 2)
		fail_msg("A10 INTC: write of register 0x%x", off);
	switch (off & ~15u) {
	case 0x10:
		f->pending[word] &= ~v;
		return;
	case 0x30:
		f->select[word] = v;
		return;
	case 0x40:
		f->enable[word] = v;
		return;
	case 0x50:
		f->mask[word] = v;
		return;
	default:
		fail_msg("A10 INTC: write of register 0x%x", off);
	}
}

void fake_sun4i_intc(struct fake_sun4i_intc *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->w, base, 0x400, intc_read, intc_write);
}

/* ---- Cortex-A9 MPCore TRM (DDI 0407) chapter 4 ---- */

static void private_advance(struct fake_a9_timers *f, u32 counts)
{
	while (f->control & 1 && counts) {
		if (counts <= f->value) {
			f->value -= counts;
			f->event |= !f->value;
			return;
		}
		counts -= f->value + 1;
		f->event = true;
		f->value = f->control & 2 ? f->load : 0;
		if (!(f->control & 2))
			f->control &= ~1u;
	}
}

void fake_a9_timers_advance(struct fake_a9_timers *f, u32 counts)
{
	if (f->global_control & 1)
		f->global += counts;
	private_advance(f, counts);
}

bool fake_a9_timers_irq(const struct fake_a9_timers *f)
{
	return f->event && f->control & 4;
}

static u32 a9_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_a9_timers *f = (struct fake_a9_timers *)w;
	u32 v;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
	case 0x04:
		v = (u32)(f->global >> 8 * off);
		fake_a9_timers_advance(f, f->step);
		return v;
	case 0x40c:
		return f->event;
	default:
		fail_msg("A9 timers: read of register 0x%x", off);
		return 0;
	}
}

static void a9_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_a9_timers *f = (struct fake_a9_timers *)w;

	assert_int_equal(width, 4);
	if (off < 0x08 && f->global_control & 1)
		fail_msg("A9 global timer: its counter is written while it runs");
	switch (off) {
	case 0x00:
		f->global = (f->global & ~0xffffffffull) | v;
		return;
	case 0x04:
		f->global = (f->global & 0xffffffff) | (uint64_t)v << 32;
		return;
	case 0x08:
		if (v & 0xff00)
			fail_msg("A9 global timer: prescaled");
		f->global_control = v;
		return;
	case 0x400:
		f->load = f->value = v;
		return;
	case 0x408:
		f->control = v;
		return;
	case 0x40c:
		f->event = f->event && !(v & 1);
		return;
	default:
		fail_msg("A9 timers: write of register 0x%x", off);
	}
}

/* As a loader may have left them: running, with a prescaler. */
void fake_a9_timers(struct fake_a9_timers *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	f->global = 0x123456789abull;
	f->global_control = 0x0701;
	f->control = 0x0307;
	f->event = true;
	open_window(&f->w, base, 0x500, a9_read, a9_write);
}

/* ---- Allwinner A10 User Manual, timer ---- */

static void sun4i_one_advance(struct fake_sun4i_timer *f, u32 n, u32 cycles)
{
	struct fake_sun4i_one *t = &f->one[n];

	if (!(t->control & 1))
		return;
	if ((t->control & 0x7c) != 4)
		fail_msg("A10 timer %u: not at the oscillator's own rate", n);
	while (cycles) {
		if (cycles < t->current) {
			t->current -= cycles;
			return;
		}
		cycles -= t->current;
		f->status |= 1u << n;
		t->current = t->interval;
	}
}

void fake_sun4i_timer_advance(struct fake_sun4i_timer *f, u32 cycles)
{
	sun4i_one_advance(f, 0, cycles);
	sun4i_one_advance(f, 1, cycles);
}

bool fake_sun4i_timer_irq(const struct fake_sun4i_timer *f, u32 n)
{
	return f->status & f->enable & 1u << n;
}

static u32 sun4i_timer_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_sun4i_timer *f = (struct fake_sun4i_timer *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		return f->enable;
	case 0x04:
		return f->status;
	case 0x18:
	case 0x28:
		f->one[0].since_stop++;
		f->one[1].since_stop++;
		fake_sun4i_timer_advance(f, f->step);
		return f->one[off / 0x10 - 1].current;
	default:
		fail_msg("A10 timer: read of register 0x%x", off);
		return 0;
	}
}

static void sun4i_control(struct fake_sun4i_one *t, u32 v)
{
	if (v & 1 && t->control & 1)
		fail_msg("A10 timer: started while it runs");
	if (v & 1 && t->since_stop < 8)
		fail_msg("A10 timer: started %u reads after it was stopped", t->since_stop);
	if (!(v & 1) && t->control & 1)
		t->since_stop = 0;
	if (v & 2)
		t->current = t->interval;
	t->control = v & ~2u; /* the reload bit clears itself */
}

static void sun4i_timer_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_sun4i_timer *f = (struct fake_sun4i_timer *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		f->enable = v;
		return;
	case 0x04:
		f->status &= ~v;
		return;
	case 0x10:
	case 0x20:
		sun4i_control(&f->one[off / 0x10 - 1], v);
		return;
	case 0x14:
	case 0x24:
		f->one[off / 0x10 - 1].interval = v;
		return;
	default:
		fail_msg("A10 timer: write of register 0x%x", off);
	}
}

void fake_sun4i_timer(struct fake_sun4i_timer *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	f->status = 3;
	for (u32 n = 0; n < 2; n++) /* as a loader may have left them: running */
		f->one[n] = (struct fake_sun4i_one){ .control = 5, .interval = 7, .current = 3 };
	open_window(&f->w, base, 0x30, sun4i_timer_read, sun4i_timer_write);
}

/* ---- i.MX 6Dual/6Quad Reference Manual, GPT ---- */

void fake_imx_gpt_advance(struct fake_imx_gpt *f, u32 counts)
{
	u32 was = f->cnt;

	if (!counts || !(f->cr & 1))
		return;
	f->cnt += counts;
	if (f->cnt < was)
		f->sr |= 1u << 5;
	if (f->ocr1 - was - 1 < counts) /* within (was, cnt] */
		f->sr |= 1;
}

bool fake_imx_gpt_irq(const struct fake_imx_gpt *f)
{
	return f->sr & f->ir;
}

static u32 imx_gpt_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_imx_gpt *f = (struct fake_imx_gpt *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		if (f->reset_reads && !--f->reset_reads)
			f->cr &= ~(1u << 15);
		return f->cr;
	case 0x08:
		return f->sr;
	case 0x0c:
		return f->ir;
	case 0x24:
		fake_imx_gpt_advance(f, f->step);
		return f->cnt;
	default:
		fail_msg("GPT: read of register 0x%x", off);
		return 0;
	}
}

/* The source may change only while the counter is off; ENMOD starts it at 0. */
static void imx_gpt_control(struct fake_imx_gpt *f, u32 v)
{
	if (v & 1 && f->cr & 1 && (v ^ f->cr) & 7u << 6)
		fail_msg("GPT: clock source changed while it runs");
	if (v & 1 && !(v & 1u << 9))
		fail_msg("GPT: restarts at each compare");
	if (v & 1u << 15) {
		f->reset_reads = 3;
		f->pr = f->sr = f->ir = f->cnt = 0;
		f->ocr1 = 0xffffffff;
		v = 1u << 15;
	} else if (v & 1 && !(f->cr & 1) && v & 2) {
		f->cnt = 0;
	}
	f->cr = v;
}

static void imx_gpt_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_imx_gpt *f = (struct fake_imx_gpt *)w;

	assert_int_equal(width, 4);
	if (f->reset_reads)
		fail_msg("GPT: register 0x%x is written during its reset", off);
	switch (off) {
	case 0x00:
		imx_gpt_control(f, v);
		return;
	case 0x04:
		f->pr = v;
		return;
	case 0x08:
		f->sr &= ~v;
		return;
	case 0x0c:
		f->ir = v;
		return;
	case 0x10:
		f->ocr1 = v;
		return;
	default:
		fail_msg("GPT: write of register 0x%x", off);
	}
}

void fake_imx_gpt(struct fake_imx_gpt *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	f->cr = 0x241; /* a loader's: running from another source */
	f->cnt = 12345;
	f->sr = f->ir = 0x3f;
	f->pr = 7;
	open_window(&f->w, base, 0x28, imx_gpt_read, imx_gpt_write);
}

/* ---- AM335x Technical Reference Manual (SPRUH73) 6.5 ---- */

/* Sorting takes a new one only when the last was agreed upon; till then SIR stands. */
static void omap_sort(struct fake_omap_intc *f)
{
	if (!f->agreed)
		return;
	f->sir = 0xffffff80;
	for (u32 i = 0; i < 128 && f->agreed; i++)
		if (f->level[i / 32] & ~f->mir[i / 32] & 1u << i % 32 && !(f->ilr[i] & 1)) {
			f->agreed = false;
			f->sir = i;
		}
}

bool fake_omap_intc_irq(struct fake_omap_intc *f)
{
	omap_sort(f);
	return f->sir < 128;
}

static u32 omap_intc_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_omap_intc *f = (struct fake_omap_intc *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x000:
		return f->revision;
	case 0x014:
		return !f->reset_reads || !--f->reset_reads;
	case 0x040:
		omap_sort(f);
		return f->sir;
	default:
		fail_msg("OMAP INTC: read of register 0x%x", off);
		return 0;
	}
}

static void omap_intc_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_omap_intc *f = (struct fake_omap_intc *)w;
	u32 lines = f->revision == 0x50 ? 128 : 96;

	assert_int_equal(width, 4);
	if (f->reset_reads)
		fail_msg("OMAP INTC: register 0x%x is written during its reset", off);
	if (off == 0x010) {
		f->reset_reads = v & 2 ? 3 : 0;
		f->agreed = true;
	} else if (off == 0x048) {
		f->agreed |= v & 1;
	} else if (off == 0x068) {
		f->threshold = v;
	} else if (off >= 0x80 && off < 0x80 + lines && off % 0x20 == 0x08) {
		f->mir[off / 0x20 - 4] &= ~v;
	} else if (off >= 0x80 && off < 0x80 + lines && off % 0x20 == 0x0c) {
		f->mir[off / 0x20 - 4] |= v;
	} else if (off >= 0x100 && off < 0x100 + 4 * lines) {
		f->ilr[off / 4 - 0x40] = v;
	} else {
		fail_msg("OMAP INTC: write of register 0x%x", off);
	}
}

/* As a careless loader leaves it: stopped inside a handler, all let through. */
void fake_omap_intc(struct fake_omap_intc *f, va_t base, u32 revision)
{
	memset(f, 0, sizeof(*f));
	f->revision = revision;
	f->sir = 5;
	memset(f->ilr, 0xff, sizeof(f->ilr));
	open_window(&f->w, base, 0x300, omap_intc_read, omap_intc_write);
}

/* ---- the same, 20.1.5 and 20.2.4 ---- */

void fake_omap_timer_advance(struct fake_omap_timer *f, u32 counts)
{
	const u32 was = f->tcrr;

	if (!counts || !(f->tclr & 1))
		return;
	if (f->tsicr & 4)
		fail_msg("OMAP timer: left in posted mode");
	f->tcrr += counts;
	if (f->tcrr < was)
		f->status |= 2;
	if (f->tclr & 1u << 6 && f->tmar - was - 1 < counts)
		f->status |= 1;
	if (f->tcrr < was && !(f->tclr & 2))
		f->tclr &= ~1u;
}

bool fake_omap_timer_irq(const struct fake_omap_timer *f)
{
	return f->status & f->enable;
}

/* The later layout, by the earlier one's offsets. */
static u32 omap_timer_offset(const struct fake_omap_timer *f, u32 off)
{
	if (f->omap4 && off < 0x38 && off != 0x28 && off != 0x2c && off != 0x30)
		fail_msg("OMAP4 timer: access to register 0x%x", off);
	return f->omap4 && off >= 0x38 ? off - 0x14 : off;
}

static u32 omap_timer_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_omap_timer *f = (struct fake_omap_timer *)w;
	u32 o = omap_timer_offset(f, off);

	assert_int_equal(width, 4);
	if (off == (f->omap4 ? 0x28 : 0x18))
		return f->status;
	if (off == (f->omap4 ? 0x2c : 0x1c))
		return f->enable;
	if (o != 0x28)
		fail_msg("OMAP timer: read of register 0x%x", off);
	return f->tcrr;
}

/* Status and enables stand in other places in each; true: it was one of them. */
static bool omap_timer_interrupts(struct fake_omap_timer *f, u32 off, u32 v)
{
	if (off == (f->omap4 ? 0x28 : 0x18))
		f->status &= ~v;
	else if (f->omap4 && off == 0x2c)
		f->enable |= v;
	else if (f->omap4 && off == 0x30)
		f->enable &= ~v;
	else if (!f->omap4 && off == 0x1c)
		f->enable = v;
	else
		return false;
	return true;
}

static void omap_timer_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_omap_timer *f = (struct fake_omap_timer *)w;
	u32 o = omap_timer_offset(f, off);

	assert_int_equal(width, 4);
	if (omap_timer_interrupts(f, off, v))
		return;
	switch (o) {
	case 0x24:
		f->tclr = v;
		return;
	case 0x28:
		f->tcrr = v;
		return;
	case 0x2c:
		f->tldr = v;
		return;
	case 0x38:
		f->tmar = v;
		return;
	case 0x40:
		f->tsicr = v;
		return;
	default:
		fail_msg("OMAP timer: write of register 0x%x", off);
	}
}

/* As a loader may have left it: running, one shot, posted. */
void fake_omap_timer(struct fake_omap_timer *f, va_t base, bool omap4)
{
	memset(f, 0, sizeof(*f));
	f->omap4 = omap4;
	f->tclr = 0x21;
	f->tcrr = 12345;
	f->tldr = 99;
	f->tsicr = 4;
	f->status = f->enable = 7;
	open_window(&f->w, base, 0x60, omap_timer_read, omap_timer_write);
}
