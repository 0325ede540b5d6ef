/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakeblocks.h - small behavioural fakes of the IP blocks that the
 * drivers drive, for tests on the fake bus.
 *
 * They are written from the blocks' manuals, not from the drivers, and share no
 * constant with them.  What a manual forbids fails the test.
 */
#ifndef FAKEBLOCKS_H
#define FAKEBLOCKS_H

#include "fakebus.h"

/* ---- PL061: eight lines, masked data addresses ---- */
struct fake_pl061 {
	struct bus_window w;
	u8 data, dir, afsel;
	u8 outside; /* what the board drives onto inputs */
	bool keeps_input_data; /* a version that stores the data of inputs */
	u8 trace[64]; /* the pins after each change */
	u32 traced;
};
void fake_pl061(struct fake_pl061 *f, va_t base);
u8 fake_pl061_pins(const struct fake_pl061 *f);

/* ---- S5P GPIO: banks of CON and DAT ---- */
struct fake_s5p_gpio {
	struct bus_window w;
	u32 con[128];
	u8 latch[128], outside[128]; /* by bank: offset / 0x20 */
	u8 trace[64]; /* of bank @traced_bank's pins, each time they change */
	u32 traced, traced_bank;
};
void fake_s5p_gpio(struct fake_s5p_gpio *f, va_t base);
u8 fake_s5p_gpio_pins(const struct fake_s5p_gpio *f, u32 bank);

/* ---- a register of LEDs ---- */
struct fake_ledreg {
	struct bus_window w;
	u32 value;
};
void fake_ledreg(struct fake_ledreg *f, va_t base);

/* ---- UARTs: a wire one side, a FIFO between ---- */
struct fake_uart {
	struct bus_window w;
	u32 depth; /* of either FIFO */
	char wire[512]; /* what has left the shifter */
	u32 sent;
	u8 tx[256], rx[256];
	u32 tx_used, rx_used;
	u32 countdown; /* status reads until the shifter has sent a character */
	u32 arrives_in; /* status reads until @arrives was received; 0: never */
	const char *arrives;
	u32 divisor; /* in force, in 1/64 (PL011) or 1/16 (S5P) of a bit time */
	bool enabled, fifo;
	u32 pending, mask; /* interrupts */
	u32 raw[16]; /* registers as written, by offset / 4 */
};
void fake_pl011(struct fake_uart *f, va_t base);
void fake_s5p_uart(struct fake_uart *f, va_t base, u32 depth);
void fake_uart_receive(struct fake_uart *f, const char *s);
bool fake_uart_irq(const struct fake_uart *f);

/* ---- SP804 ---- */
struct fake_sp804 {
	struct bus_window w;
	struct fake_sp804_half {
		u32 load, value, control;
		bool ris;
	} half[2];
	u32 step; /* counts that pass with each read of a value */
};
void fake_sp804(struct fake_sp804 *f, va_t base);
void fake_sp804_advance(struct fake_sp804 *f, u32 counts);
bool fake_sp804_irq(const struct fake_sp804 *f);

/* ---- S5P PWM timers ---- */
struct fake_s5p_pwm {
	struct bus_window w;
	u32 tcfg0, tcfg1, tcon, cstat;
	struct fake_s5p_channel {
		u32 tcntb, tcmpb; /* buffers */
		u32 count, cmp, input; /* in force; input cycles not yet counted */
		u32 periods; /* reloads so far */
	} ch[5];
	u32 step; /* input cycles that pass with each read of TCNTO4 */
};
void fake_s5p_pwm(struct fake_s5p_pwm *f, va_t base);
void fake_s5p_pwm_advance(struct fake_s5p_pwm *f, u32 cycles);
bool fake_s5p_pwm_out(const struct fake_s5p_pwm *f, u32 ch);
bool fake_s5p_pwm_irq(const struct fake_s5p_pwm *f, u32 ch);

/* ---- GIC: distributor and CPU interface, level inputs ---- */
struct fake_gic {
	struct bus_window dist, cpu;
	u32 lines;
	u32 ctlr, cpu_ctlr, pmr;
	u8 enabled[1024], pending[1024], level[1024], active[1024];
	u8 priority[1024], target[1024];
	u8 sgi_from; /* the core that sent pending SGIs */
	bool many_cores;
	u32 hidden_words; /* of the core's own targets: the other state's, read as 0 */
};
void fake_gic(struct fake_gic *f, va_t dist, va_t cpu, u32 lines);
bool fake_gic_irq(const struct fake_gic *f);

/* ---- PL192 ---- */
struct fake_pl192 {
	struct bus_window w;
	u32 raw, soft, enable, select, swmask;
	u8 priority[32];
	u8 service[16]; /* priorities in service */
	u32 in_service;
};
void fake_pl192(struct fake_pl192 *f, va_t base);
bool fake_pl192_irq(const struct fake_pl192 *f);

#endif
