/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakeirqs.h - behavioural fakes of further interrupt controllers and
 * timers, in the manner of fakeblocks.h: from the manuals, not from the drivers.
 */
#ifndef FAKEIRQS_H
#define FAKEIRQS_H

#include "fakebus.h"

/* ---- BCM2836: the cores' controller (core 0's part), and the BCM2835's behind it ---- */
struct fake_bcm2836 {
	struct bus_window local, armctrl;
	u32 timer_level, mailbox_level; /* four bits each */
	bool pmu_level, axi_level, local_timer_level;
	u32 timer_control, mailbox_control, pmu_routing, gpu_routing, axi_control,
		local_timer_control, timer_source, prescaler;
	u32 level[3], enable[3]; /* GPU 0..31, 32..63, ARM */
	u32 fiq;
};
void fake_bcm2836(struct fake_bcm2836 *f, va_t local, va_t armctrl);
bool fake_bcm2836_irq(const struct fake_bcm2836 *f);

/* ---- Allwinner A10 interrupt controller ---- */
struct fake_sun4i_intc {
	struct bus_window w;
	u32 level[3], pending[3], enable[3], mask[3], select[3];
	u32 no_enable; /* ~0: only the mask counts, as in some models */
};
void fake_sun4i_intc(struct fake_sun4i_intc *f, va_t base);
/** The NMI pin's edge. */
void fake_sun4i_intc_nmi(struct fake_sun4i_intc *f);
bool fake_sun4i_intc_irq(const struct fake_sun4i_intc *f);

/* ---- Cortex-A9 MPCore: global timer, and from 0x400 on the private one ---- */
struct fake_a9_timers {
	struct bus_window w;
	uint64_t global;
	u32 global_control;
	u32 load, value, control;
	bool event;
	u32 step; /* counts that pass with each read of the global counter */
};
void fake_a9_timers(struct fake_a9_timers *f, va_t base);
void fake_a9_timers_advance(struct fake_a9_timers *f, u32 counts);
bool fake_a9_timers_irq(const struct fake_a9_timers *f);

/* ---- Allwinner A10 timers 0 and 1 ---- */
struct fake_sun4i_timer {
	struct bus_window w;
	u32 enable, status;
	struct fake_sun4i_one {
		u32 control, interval, current;
		u32 since_stop; /* reads; a few must pass before it is started again */
	} one[2];
	u32 step; /* cycles that pass with each read of a current value */
};
void fake_sun4i_timer(struct fake_sun4i_timer *f, va_t base);
void fake_sun4i_timer_advance(struct fake_sun4i_timer *f, u32 cycles);
bool fake_sun4i_timer_irq(const struct fake_sun4i_timer *f, u32 n);

/* ---- TI's interrupt controller ---- */
struct fake_omap_intc {
	struct bus_window w;
	u32 revision; /* 0x40: 96 lines, 0x50: 128 */
	u32 level[4], mir[4], ilr[128], threshold;
	u32 reset_reads; /* reads of the status until a reset is over */
	bool agreed; /* the next one may be sorted out */
	u32 sir;
};
void fake_omap_intc(struct fake_omap_intc *f, va_t base, u32 revision);
bool fake_omap_intc_irq(struct fake_omap_intc *f);

/* ---- TI's DMTIMER ---- */
struct fake_omap_timer {
	struct bus_window w;
	bool omap4;
	u32 status, enable, tclr, tcrr, tldr, tmar, tsicr;
};
void fake_omap_timer(struct fake_omap_timer *f, va_t base, bool omap4);
void fake_omap_timer_advance(struct fake_omap_timer *f, u32 counts);
bool fake_omap_timer_irq(const struct fake_omap_timer *f);

/* ---- i.MX GPT ---- */
struct fake_imx_gpt {
	struct bus_window w;
	u32 cr, pr, sr, ir, ocr1, cnt;
	u32 reset_reads; /* reads of CR until a reset is over */
	u32 step; /* counts that pass with each read of CNT */
};
void fake_imx_gpt(struct fake_imx_gpt *f, va_t base);
void fake_imx_gpt_advance(struct fake_imx_gpt *f, u32 counts);
bool fake_imx_gpt_irq(const struct fake_imx_gpt *f);

#endif
