/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/spare_irq.h - interrupt lines that no device of the board has.
 */
#ifndef TESTS_TARGET_SPARE_IRQ_H
#define TESTS_TARGET_SPARE_IRQ_H

#include "board/board.h"
#include "drivers/probe.h"

/** spare_irq_after() - the next line after @irq that no row of the board names. */
static inline u32 spare_irq_after(u32 irq)
{
	irq++;
	for (u32 i = 0; device_desc_at(i);) {
		if (device_desc_at(i)->irq != (int)irq && device_desc_at(i)->aux != irq) {
			i++;
			continue;
		}
		irq++;
		i = 0;
	}
	return irq;
}

#endif
