/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakeblocks.c - small behavioural fakes of the drivers' IP blocks.
 */
#include "fakeblocks.h"

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

static void trace(u8 *to, u32 *n, u8 pins)
{
	if (*n && to[*n - 1] == pins)
		return;
	assert_true(*n < 64);
	to[(*n)++] = pins;
}

/* ---- PL061 (DDI 0190) ---- */

u8 fake_pl061_pins(const struct fake_pl061 *f)
{
	return (f->data & f->dir) | (f->outside & ~f->dir);
}

static u32 pl061_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_pl061 *f = (struct fake_pl061 *)w;

	assert_int_equal(width, 4);
	if (off < 0x400)
		return fake_pl061_pins(f) & off >> 2;
	if (off == 0x400)
		return f->dir;
	if (off == 0x420)
		return f->afsel;
	fail_msg("PL061: read of register 0x%x", off);
	return 0;
}

static void pl061_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_pl061 *f = (struct fake_pl061 *)w;
	u32 mask = off >> 2;

	assert_int_equal(width, 4);
	if (off < 0x400) {
		if (!f->keeps_input_data)
			mask &= f->dir;
		f->data = (u8)((f->data & ~mask) | (v & mask));
	} else if (off == 0x400) {
		f->dir = (u8)v;
	} else if (off == 0x420) {
		f->afsel = (u8)v;
	} else {
		fail_msg("PL061: write of register 0x%x", off);
	}
	trace(f->trace, &f->traced, fake_pl061_pins(f));
}

void fake_pl061(struct fake_pl061 *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->w, base, 0x1000, pl061_read, pl061_write);
}

/* ---- S5P GPIO ---- */

u8 fake_s5p_gpio_pins(const struct fake_s5p_gpio *f, u32 bank)
{
	u8 pins = 0;

	for (u32 pin = 0; pin < 8; pin++) {
		bool out = (f->con[bank / 0x20] >> 4 * pin & 15) == 1;

		pins |= (out ? f->latch : f->outside)[bank / 0x20] & 1u << pin;
	}
	return pins;
}

static u32 s5p_gpio_bank(u32 off)
{
	u32 bank = off & ~0x1fu;

	if (!(bank < 0x600 || (bank >= 0xc00 && bank < 0xc80)))
		fail_msg("S5P GPIO: register 0x%x is in no bank", off);
	if (off - bank > 4)
		fail_msg("S5P GPIO: register 0x%x is neither CON nor DAT", off);
	return bank;
}

static u32 s5p_gpio_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_s5p_gpio *f = (struct fake_s5p_gpio *)w;
	u32 bank = s5p_gpio_bank(off);

	assert_int_equal(width, 4);
	return off == bank ? f->con[bank / 0x20] : fake_s5p_gpio_pins(f, bank);
}

static void s5p_gpio_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_s5p_gpio *f = (struct fake_s5p_gpio *)w;
	u32 bank = s5p_gpio_bank(off);

	assert_int_equal(width, 4);
	if (off == bank)
		f->con[bank / 0x20] = v;
	else
		f->latch[bank / 0x20] = (u8)v;
	trace(f->trace, &f->traced, fake_s5p_gpio_pins(f, f->traced_bank));
}

void fake_s5p_gpio(struct fake_s5p_gpio *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->w, base, 0x1000, s5p_gpio_read, s5p_gpio_write);
}

/* ---- a register of LEDs ---- */

static u32 ledreg_read(struct bus_window *w, u32 off, u32 width)
{
	(void)off;
	assert_int_equal(width, 4);
	return ((struct fake_ledreg *)w)->value;
}

static void ledreg_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	(void)off;
	assert_int_equal(width, 4);
	((struct fake_ledreg *)w)->value = v;
}

void fake_ledreg(struct fake_ledreg *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	open_window(&f->w, base, 4, ledreg_read, ledreg_write);
}

/* ---- UARTs ---- */

#define SHIFT_TIME 3u /* status reads a character takes */

/* A status read is the fakes' unit of time. */
static void uart_time(struct fake_uart *f)
{
	if (f->arrives_in && !--f->arrives_in)
		fake_uart_receive(f, f->arrives);
	if (!f->enabled || !f->tx_used || --f->countdown)
		return;
	assert_true(f->sent < sizeof(f->wire));
	f->wire[f->sent++] = (char)f->tx[0];
	memmove(f->tx, f->tx + 1, --f->tx_used);
	f->countdown = SHIFT_TIME;
}

static void uart_send(struct fake_uart *f, u32 v)
{
	if (!f->enabled)
		fail_msg("UART: character 0x%02x sent while it is off", v);
	if (f->tx_used >= f->depth)
		fail_msg("UART: character 0x%02x sent into a full FIFO", v);
	if (!f->tx_used)
		f->countdown = SHIFT_TIME;
	f->tx[f->tx_used++] = (u8)v;
}

static u32 uart_take(struct fake_uart *f)
{
	u8 c = f->rx[0];

	if (!f->rx_used)
		fail_msg("UART: read of an empty FIFO");
	memmove(f->rx, f->rx + 1, --f->rx_used);
	return c;
}

static u32 pl011_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_uart *f = (struct fake_uart *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		if (f->rx_used == 1)
			f->pending &= ~0x50u; /* empty: level and time-out are gone */
		return uart_take(f) | 0xf00; /* error flags, to be ignored */
	case 0x18:
		uart_time(f);
		return (f->tx_used ? 8u : 0) | (f->rx_used ? 0 : 0x10u) |
		       (f->tx_used >= f->depth ? 0x20u : 0) | (f->tx_used ? 0 : 0x80u);
	case 0x30:
		return f->raw[0x30 / 4];
	default:
		fail_msg("PL011: read of register 0x%x", off);
		return 0;
	}
}

static void pl011_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_uart *f = (struct fake_uart *)w;
	bool line = off == 0x24 || off == 0x28 || off == 0x2c;

	assert_int_equal(width, 4);
	if (line && f->enabled)
		fail_msg("PL011: register 0x%x written while the UART is on", off);
	switch (off) {
	case 0x00:
		uart_send(f, v);
		return;
	case 0x2c: /* takes the divisor over; FEN off empties the FIFOs */
		f->divisor = f->raw[0x24 / 4] << 6 | f->raw[0x28 / 4];
		f->fifo = v & 0x10;
		if (!f->fifo)
			f->tx_used = f->rx_used = 0;
		break;
	case 0x30:
		if (f->enabled && !(v & 1) && f->tx_used)
			fail_msg("PL011: turned off with %u characters unsent", f->tx_used);
		f->enabled = (v & 0x101) == 0x101;
		break;
	case 0x38:
		f->mask = v;
		break;
	case 0x44:
		f->pending &= ~v;
		return;
	case 0x24:
	case 0x28:
	case 0x34:
		break;
	default:
		fail_msg("PL011: write of register 0x%x", off);
	}
	f->raw[off / 4] = v;
}

void fake_pl011(struct fake_uart *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	f->depth = 16;
	f->raw[0x30 / 4] = 0x300; /* CR after reset: off, both halves allowed */
	open_window(&f->w, base, 0x1000, pl011_read, pl011_write);
}

static u32 s5p_uart_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_uart *f = (struct fake_uart *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x10:
		uart_time(f);
		return (f->rx_used ? 1u : 0) | (f->tx_used < f->depth ? 2u : 0) |
		       (f->tx_used ? 0 : 4u);
	case 0x18: /* the counts have eight bits: a full FIFO of 256 shows 0 and "full" */
		uart_time(f);
		return (f->rx_used >= f->depth ? 0x100u : f->rx_used) |
		       (f->tx_used >= f->depth ? 0x1000000u : f->tx_used << 16);
	case 0x24:
		return uart_take(f);
	default:
		fail_msg("S5P UART: read of register 0x%x", off);
		return 0;
	}
}

/* How many of the sixteen slots are longer: what a UDIVSLOT word means. */
static u32 slots_set(u32 v)
{
	return (u32)__builtin_popcount(v & 0xffff);
}

static void s5p_uart_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_uart *f = (struct fake_uart *)w;
	bool line = off <= 0x0c || off == 0x28 || off == 0x2c;

	assert_int_equal(width, 4);
	if (line && f->enabled && f->tx_used)
		fail_msg("S5P UART: register 0x%x written while it sends", off);
	switch (off) {
	case 0x08:
		f->fifo = v & 1;
		if (v & 2)
			f->rx_used = 0;
		if (v & 4)
			f->tx_used = 0;
		v &= ~6u;
		break;
	case 0x20:
		uart_send(f, v);
		return;
	case 0x30:
	case 0x34:
		f->pending &= ~v;
		return;
	case 0x38:
		f->mask = v;
		break;
	case 0x00:
	case 0x04:
	case 0x0c:
	case 0x28:
	case 0x2c:
		break;
	default:
		fail_msg("S5P UART: write of register 0x%x", off);
	}
	f->raw[off / 4] = v;
	f->divisor = (f->raw[0x28 / 4] + 1) * 16 + slots_set(f->raw[0x2c / 4]);
	f->enabled = (f->raw[1] & 0xf) == 5; /* both modes "interrupt or polling" */
}

void fake_s5p_uart(struct fake_uart *f, va_t base, u32 depth)
{
	memset(f, 0, sizeof(*f));
	f->depth = depth;
	f->mask = 0xf;
	open_window(&f->w, base, 0x400, s5p_uart_read, s5p_uart_write);
}

void fake_uart_receive(struct fake_uart *f, const char *s)
{
	for (; *s; s++) {
		assert_true(f->rx_used < sizeof(f->rx));
		f->rx[f->rx_used++] = (u8)*s;
	}
	/* PL011: the time-out; S5P: received data.  Each fake looks at its own. */
	f->pending |= 0x41;
}

bool fake_uart_irq(const struct fake_uart *f)
{
	if (f->w.size == 0x400)
		return f->pending & ~f->mask & 1;
	return f->pending & f->mask & 0x40;
}

/* ---- SP804 (DDI 0271) ---- */

static void sp804_half_advance(struct fake_sp804_half *h, u32 counts)
{
	while (h->control & 0x80 && counts--) {
		if (h->value--)
			continue;
		/* It was 0: on to the reload value, or round. */
		h->value = h->control & 0x40 ? h->load : 0xffffffff;
		if (h->control & 1)
			h->control &= ~0x80u;
	}
}

/* As above in one step: a count of 2^32 steps would take too long. */
static void sp804_half_run(struct fake_sp804_half *h, u32 counts)
{
	if (!(h->control & 0x80))
		return;
	/* Reaching 0 interrupts; standing there does not do so again. */
	if (h->value ? counts >= h->value : h->control & 0x40 && counts > h->load)
		h->ris = true;
	if (counts <= h->value || !(h->control & 0x40))
		h->value -= counts;
	else
		sp804_half_advance(h, counts);
}

void fake_sp804_advance(struct fake_sp804 *f, u32 counts)
{
	sp804_half_run(&f->half[0], counts);
	sp804_half_run(&f->half[1], counts);
}

bool fake_sp804_irq(const struct fake_sp804 *f)
{
	return (f->half[0].ris && f->half[0].control & 0x20) ||
	       (f->half[1].ris && f->half[1].control & 0x20);
}

static u32 sp804_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_sp804 *f = (struct fake_sp804 *)w;
	struct fake_sp804_half *h = &f->half[off / 0x20];

	assert_int_equal(width, 4);
	switch (off % 0x20) {
	case 0x04:
		fake_sp804_advance(f, f->step);
		return h->value;
	case 0x08:
		return h->control;
	case 0x14:
		return h->ris && h->control & 0x20;
	default:
		fail_msg("SP804: read of register 0x%x", off);
		return 0;
	}
}

static void sp804_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_sp804_half *h = &((struct fake_sp804 *)w)->half[off / 0x20];

	assert_int_equal(width, 4);
	switch (off % 0x20) {
	case 0x00:
		h->load = h->value = v;
		return;
	case 0x08:
		h->control = v;
		return;
	case 0x0c:
		h->ris = false;
		return;
	default:
		fail_msg("SP804: write of register 0x%x", off);
	}
}

void fake_sp804(struct fake_sp804 *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	for (u32 i = 0; i < 2; i++)
		f->half[i] = (struct fake_sp804_half){ .value = 0xffffffff, .control = 0x20 };
	open_window(&f->w, base, 0x40, sp804_read, sp804_write);
}

/* ---- S5P PWM timers ---- */

static u32 s5p_con(const struct fake_s5p_pwm *f, u32 ch)
{
	return f->tcon >> (ch ? 4 + 4 * ch : 0) & (ch == 4 ? 7 : 15);
}

static bool s5p_reload(const struct fake_s5p_pwm *f, u32 ch)
{
	return s5p_con(f, ch) & (ch == 4 ? 4 : 8);
}

static u32 s5p_divisor(const struct fake_s5p_pwm *f, u32 ch)
{
	u32 code = f->tcfg1 >> 4 * ch & 15;

	if (code > 4)
		fail_msg("S5P PWM: channel %u is clocked from outside", ch);
	return ((f->tcfg0 >> (ch < 2 ? 0 : 8) & 0xff) + 1) << code;
}

static void s5p_count_down(struct fake_s5p_pwm *f, u32 ch)
{
	struct fake_s5p_channel *c = &f->ch[ch];

	if (--c->count)
		return;
	if (f->cstat & 1u << ch)
		f->cstat |= 1u << (ch + 5);
	if (!s5p_reload(f, ch))
		return;
	c->count = c->tcntb;
	c->cmp = c->tcmpb;
	c->periods++;
}

void fake_s5p_pwm_advance(struct fake_s5p_pwm *f, u32 cycles)
{
	for (u32 ch = 0; ch < 5; ch++) {
		struct fake_s5p_channel *c = &f->ch[ch];
		u32 steps;

		if (!(s5p_con(f, ch) & 1))
			continue;
		if (s5p_con(f, ch) & 2)
			fail_msg("S5P PWM: channel %u runs with its update bit set", ch);
		c->input += cycles;
		steps = c->input / s5p_divisor(f, ch);
		c->input %= s5p_divisor(f, ch);
		if (steps < c->count) {
			c->count -= steps;
			continue;
		}
		while (steps-- && c->count)
			s5p_count_down(f, ch);
	}
}

bool fake_s5p_pwm_out(const struct fake_s5p_pwm *f, u32 ch)
{
	bool high = f->ch[ch].count <= f->ch[ch].cmp;

	return s5p_con(f, ch) & 4 ? !high : high;
}

bool fake_s5p_pwm_irq(const struct fake_s5p_pwm *f, u32 ch)
{
	return f->cstat >> 5 & f->cstat & 1u << ch;
}

static u32 s5p_pwm_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_s5p_pwm *f = (struct fake_s5p_pwm *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00:
		return f->tcfg0;
	case 0x04:
		return f->tcfg1;
	case 0x08:
		return f->tcon;
	case 0x40:
		fake_s5p_pwm_advance(f, f->step);
		return f->ch[4].count;
	case 0x44:
		return f->cstat;
	default:
		fail_msg("S5P PWM: read of register 0x%x", off);
		return 0;
	}
}

static void s5p_pwm_control(struct fake_s5p_pwm *f, u32 v)
{
	f->tcon = v;
	for (u32 ch = 0; ch < 5; ch++)
		if (s5p_con(f, ch) & 2) {
			f->ch[ch].count = f->ch[ch].tcntb;
			f->ch[ch].cmp = f->ch[ch].tcmpb;
			f->ch[ch].input = 0;
		}
}

static void s5p_pwm_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_s5p_pwm *f = (struct fake_s5p_pwm *)w;

	assert_int_equal(width, 4);
	if (off == 0x00)
		f->tcfg0 = v;
	else if (off == 0x04)
		f->tcfg1 = v;
	else if (off == 0x08)
		s5p_pwm_control(f, v);
	else if (off == 0x44) /* 9:5 are cleared by ones */
		f->cstat = (v & 0x1f) | (f->cstat & ~v & 0x3e0);
	else if (off <= 0x3c && off % 12 == 0)
		f->ch[(off - 12) / 12].tcntb = v;
	else if (off < 0x3c && off % 12 == 4)
		f->ch[(off - 16) / 12].tcmpb = v;
	else
		fail_msg("S5P PWM: write of register 0x%x", off);
}

void fake_s5p_pwm(struct fake_s5p_pwm *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	f->tcfg0 = 0x101;
	open_window(&f->w, base, 0x48, s5p_pwm_read, s5p_pwm_write);
}

/* ---- GIC (IHI 0048B) ---- */

static bool gic_pending(const struct fake_gic *f, u32 i)
{
	return f->pending[i] || f->level[i];
}

static u32 gic_highest(const struct fake_gic *f)
{
	u32 best = 1023;

	if (!(f->ctlr & 1) || !(f->cpu_ctlr & 1))
		return best;
	for (u32 i = 0; i < f->lines; i++) {
		bool here = i < 32 || !f->many_cores || f->target[i] & 1;

		if (!f->enabled[i] || !gic_pending(f, i) || f->active[i] || !here)
			continue;
		if (f->priority[i] >= f->pmr)
			continue;
		if (best == 1023 || f->priority[i] < f->priority[best])
			best = i;
	}
	return best;
}

bool fake_gic_irq(const struct fake_gic *f)
{
	return gic_highest(f) != 1023;
}

static struct fake_gic *gic_of(struct bus_window *w, bool dist)
{
	size_t at = dist ? offsetof(struct fake_gic, dist) : offsetof(struct fake_gic, cpu);

	return (struct fake_gic *)((char *)w - at);
}

static u32 gic_dist_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_gic *f = gic_of(w, true);

	assert_int_equal(width, 4);
	if (off == 0)
		return f->ctlr;
	if (off == 4)
		return f->lines / 32 - 1;
	if (off >= 0x800 && off < 0x820)
		return f->many_cores && (off - 0x800) / 4 >= f->hidden_words ? 0x01010101 : 0;
	fail_msg("GIC: read of distributor register 0x%x", off);
	return 0;
}

static void gic_set_bits(u8 *bits, u32 first, u32 v, u8 to)
{
	for (u32 i = 0; i < 32; i++)
		if (v & 1u << i)
			bits[first + i] = to;
}

static void gic_dist_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_gic *f = gic_of(w, true);

	assert_int_equal(width, 4);
	if (off == 0)
		f->ctlr = v;
	else if (off >= 0x80 && off < 0x100)
		assert_int_equal(v, 0); /* all in group 0: one side's interrupts */
	else if (off >= 0x100 && off < 0x180)
		gic_set_bits(f->enabled, (off - 0x100) * 8, v, 1);
	else if (off >= 0x180 && off < 0x200)
		gic_set_bits(f->enabled, (off - 0x180) * 8, v, 0);
	else if (off >= 0x280 && off < 0x300)
		gic_set_bits(f->pending, (off - 0x280) * 8, v, 0);
	else if (off >= 0x380 && off < 0x400)
		gic_set_bits(f->active, (off - 0x380) * 8, v, 0);
	else if (off >= 0x400 && off < 0x800)
		memcpy(f->priority + off - 0x400, &v, 4);
	else if (off >= 0x820 && off < 0xc00)
		memcpy(f->target + off - 0x800, &v, 4);
	else if (!(off >= 0xc08 && off < 0xd00))
		fail_msg("GIC: write of distributor register 0x%x", off);
}

static u32 gic_cpu_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_gic *f = gic_of(w, false);
	u32 i;

	assert_int_equal(width, 4);
	assert_int_equal(off, 0x0c); /* IAR, the only one worth reading */
	i = gic_highest(f);
	if (i == 1023)
		return 1023;
	f->active[i] = 1;
	f->pending[i] = 0;
	return i < 16 ? i | (u32)f->sgi_from << 10 : i;
}

static void gic_cpu_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_gic *f = gic_of(w, false);
	u32 i = v & 0x3ff;

	assert_int_equal(width, 4);
	if (off == 0x00)
		f->cpu_ctlr = v;
	else if (off == 0x04)
		f->pmr = v;
	else if (off == 0x10) {
		if (i >= f->lines || !f->active[i])
			fail_msg("GIC: end of interrupt %u, which is not active", i);
		if (i < 16 && v >> 10 != f->sgi_from)
			fail_msg("GIC: end of interrupt %u names the wrong core", i);
		f->active[i] = 0;
	} else if (off != 0x08) {
		fail_msg("GIC: write of CPU interface register 0x%x", off);
	}
}

void fake_gic(struct fake_gic *f, va_t dist, va_t cpu, u32 lines)
{
	memset(f, 0, sizeof(*f));
	f->lines = lines;
	/* As a careless loader leaves it. */
	f->ctlr = 1;
	memset(f->enabled, 1, sizeof(f->enabled));
	open_window(&f->dist, dist, 0x1000, gic_dist_read, gic_dist_write);
	open_window(&f->cpu, cpu, 0x100, gic_cpu_read, gic_cpu_write);
}

/* ---- PL192 (DDI 0273) ---- */

static u32 pl192_status(const struct fake_pl192 *f)
{
	return (f->raw | f->soft) & f->enable & ~f->select;
}

bool fake_pl192_irq(const struct fake_pl192 *f)
{
	u32 status = pl192_status(f);
	u8 ceiling = f->in_service ? f->service[f->in_service - 1] : 16;

	for (u32 i = 0; i < 32; i++)
		if (status & 1u << i && f->priority[i] < ceiling &&
		    f->swmask & 1u << f->priority[i])
			return true;
	return false;
}

static u32 pl192_read(struct bus_window *w, u32 off, u32 width)
{
	struct fake_pl192 *f = (struct fake_pl192 *)w;

	assert_int_equal(width, 4);
	if (off == 0x000)
		return pl192_status(f);
	if (off == 0x010)
		return f->enable;
	fail_msg("PL192: read of register 0x%x", off);
	return 0;
}

static void pl192_write(struct bus_window *w, u32 off, u32 width, u32 v)
{
	struct fake_pl192 *f = (struct fake_pl192 *)w;

	assert_int_equal(width, 4);
	switch (off) {
	case 0x00c:
		f->select = v;
		return;
	case 0x010:
		f->enable |= v;
		return;
	case 0x014:
		f->enable &= ~v;
		return;
	case 0x01c:
		f->soft &= ~v;
		return;
	case 0x020:
		return;
	case 0x024:
		f->swmask = v;
		return;
	case 0xf00:
		if (f->in_service)
			f->in_service--;
		return;
	default:
		if (off < 0x200 || off >= 0x280)
			fail_msg("PL192: write of register 0x%x", off);
		f->priority[(off - 0x200) / 4] = v & 15;
	}
}

void fake_pl192(struct fake_pl192 *f, va_t base)
{
	memset(f, 0, sizeof(*f));
	f->swmask = 0xffff;
	memset(f->priority, 15, sizeof(f->priority));
	open_window(&f->w, base, 0x1000, pl192_read, pl192_write);
}
