/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/timer.h - S5PV210: the timer behind soc_delay_us().
 */
#ifndef BOARD_S5PV210_TIMER_H
#define BOARD_S5PV210_TIMER_H

#include "mm/types.h"

/** timer_start() - let it count microseconds; @pclk: PCLK_PSYS in Hz. */
void timer_start(u32 pclk);
/** timer_stop() - as it was before. */
void timer_stop(void);

#endif
