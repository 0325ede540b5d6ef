/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer_generic.c - the ARM core's generic timer, its virtual half.
 *
 * Registers are coprocessor registers, reached through the seam: DDI 0406C B8.
 * The virtual timer works alike from the secure and the non-secure side, and
 * where a hypervisor has kept the physical one.
 */
#include "drivers/timer.h"

#include <errno.h>

#include "mm/log.h"
#include "seam.h"

#define CTL_ENABLE 1u
#define PFR1_TIMER (0xfu << 16)

static int generic_init(struct timer *t)
{
	/* Its registers would be undefined instructions. */
	if (!(read_id_pfr1() & PFR1_TIMER)) {
		mm_log("timer generic: this core has none (ID_PFR1); use twd, sp804 or the SoC's "
		       "own in the board's row");
		return -ENODEV;
	}
	/* CNTFRQ is what firmware wrote there; it resets to an unknown value. */
	t->rate = t->clock ? t->clock : read_cntfrq();
	if (!t->rate) {
		mm_log("timer generic: firmware left CNTFRQ at 0; give .clock in the board's row");
		return -EINVAL;
	}
	write_cntv_ctl(0);
	t->bits = 64;
	return 0;
}

static uint64_t generic_count(struct timer *t)
{
	(void)t;
	return read_cntvct();
}

static int generic_tick_start(struct timer *t, u32 hz)
{
	t->period = t->rate / hz;
	if (!t->period) {
		mm_log("timer generic: cannot tick %u times a second at %u Hz", hz, t->rate);
		return -EINVAL;
	}
	t->next = read_cntvct() + t->period;
	write_cntv_tval(t->period);
	write_cntv_ctl(CTL_ENABLE);
	return 0;
}

static void generic_tick_stop(struct timer *t)
{
	(void)t;
	write_cntv_ctl(0);
}

static u32 generic_ack(struct timer *t)
{
	uint64_t now = read_cntvct();

	/* From deadline to deadline, so that a late handler does not slow the
	 * tick; periods that are over already are left out. */
	do
		t->next += t->period;
	while (t->next <= now);
	write_cntv_tval((u32)(t->next - now));
	return TIMER_TICKED;
}

const struct timer_ops timer_generic_ops = {
	.name = "generic",
	.no_registers = true,
	.init = generic_init,
	.count = generic_count,
	.tick_start = generic_tick_start,
	.tick_stop = generic_tick_stop,
	.ack = generic_ack,
};
