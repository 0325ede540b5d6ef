/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/fault.h - an abort in words.
 */
#ifndef MM_FAULT_H
#define MM_FAULT_H

#include "mm/types.h"

/** struct fault - what the core left behind at an abort */
struct fault {
	bool prefetch; /* IFSR/IFAR; otherwise DFSR/DFAR */
	u32 fsr;
	va_t far;
	u32 pc; /* the instruction that aborted */
	pa_t root; /* the first-level table in force */
};

/** fault_status_name() - FS[4:0] of a fault status register in words. */
const char *fault_status_name(u32 fsr);
/** fault_status() - FS[4:0] put together (bit 10 and bits 3:0 of the register). */
u32 fault_status(u32 fsr);
/** fault_is_write() - DFSR.WnR. */
bool fault_is_write(u32 fsr);

/**
 * fault_report() - say what happened: the access, the descriptor in force, who
 * owned the address, who unmapped it and how many maps ago, the nearest
 * mapping, and the row to add when a device has none
 * Context: abort handler.
 */
void fault_report(const struct fault *f);

#endif
