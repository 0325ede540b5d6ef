/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/timer.c - S5PV210: delays, by channel 4 of the PWM timers,
 * which has no pin.
 */
#include "board/s5pv210/timer.h"

#include "boot/bl1/soc.h"
#include "drivers/s5p_pwm_regs.h"
#include "mm/io.h"

#define PWM 0xE2500000u
#define REG(offset) IOMEM(PWM + (offset))
#define CHANNEL 4u
#define SHIFT TCON_SHIFT(CHANNEL)
#define PRESCALER_FIELD 0xffu

/*
 * Looks at the counter for each microsecond, after which a counter that does
 * not move is given up: a delay that is wrong is better than one without end.
 */
#define LOOKS 64u

static void set_field(u32 offset, u32 shift, u32 mask, u32 value)
{
	writel((readl(REG(offset)) & ~(mask << shift)) | value << shift, REG(offset));
}

void timer_start(u32 pclk)
{
	set_field(TCFG0, TCFG0_PRESCALER(CHANNEL), PRESCALER_FIELD, pclk / 1000000 - 1);
	set_field(TCFG1, TCFG1_DIVIDER(CHANNEL), 15, 0);
	writel(0xffffffff, REG(TCNTB(CHANNEL)));
	set_field(TCON, SHIFT, TCON4_FIELD, TCON_UPDATE);
	set_field(TCON, SHIFT, TCON4_FIELD, TCON_START | TCON4_RELOAD);
}

void soc_delay_us(u32 us)
{
	u32 start = readl(REG(TCNTO4));

	for (u32 looks = us * LOOKS; looks; looks--) {
		/* it counts down */
		if (start - readl(REG(TCNTO4)) > us)
			return;
	}
}

/* With the prescaler it has after a reset. */
void timer_stop(void)
{
	set_field(TCON, SHIFT, TCON4_FIELD, 0);
	set_field(TCFG0, TCFG0_PRESCALER(CHANNEL), PRESCALER_FIELD, 1);
}
