/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/early.h - what the head calls while the MMU is off, and just after.
 */
#ifndef BOOT_EARLY_H
#define BOOT_EARLY_H

#include "mm/types.h"

/** paging_init() - check the board's table and build the static map; the table to turn on. */
pa_t paging_init(pa_t phys, u32 entry_cpsr, u32 entry_sctlr);

/** paging_finish() - behind the MMU: tables by their virtual address, identity page gone. */
void paging_finish(u32 offset);

/** early_fault() - an exception with the MMU off, in words. */
void early_fault(u32 vector, u32 lr, u32 fsr, u32 far);

/** early_halt() - end the run (boot/head.S); does not return. */
void early_halt(int status) __attribute__((noreturn));

/** early_console_at() - the console's registers are at @base from now on. */
void early_console_at(u32 base);

#endif
