/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/abort.h - exceptions, and how a test survives one on purpose.
 */
#ifndef BOOT_ABORT_H
#define BOOT_ABORT_H

#include "mm/types.h"

/** struct abort_info - what an expected abort left behind */
struct abort_info {
	bool prefetch; /* IFSR/IFAR, else DFSR/DFAR */
	bool undefined; /* an undefined instruction: fsr and far mean nothing */
	u32 fsr;
	va_t far;
	u32 pc; /* the instruction that aborted */
	u32 cpsr; /* the state it ran in */
};

/**
 * abort_catch() - run @fn(@arg); come back even if it aborts
 * @report: also print the report that an unexpected abort would print
 *
 * Return: true when it aborted, with @info filled in.  Not nested, not from an
 * interrupt handler.
 */
bool abort_catch(void (*fn)(void *arg), void *arg, struct abort_info *info, bool report);

/** trap_init() - the exception stacks and handlers take over.  Epoch: start_kernel(). */
void trap_init(void);

#endif
