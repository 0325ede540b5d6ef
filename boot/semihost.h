/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/semihost.h - the three things the image asks of a host, if there is one.
 *
 * Under QEMU with semihosting the host answers.  On silicon the kit's own SVC
 * handler does: no command line, and an exit is printed and becomes a reset.
 */
#ifndef BOOT_SEMIHOST_H
#define BOOT_SEMIHOST_H

#include "mm/types.h"

/** semihost_cmdline() - the arguments given to the run; "" without a host. */
const char *semihost_cmdline(void);

/** semihost_exit() - end the run with @status; does not come back. */
void semihost_exit(int status) __attribute__((noreturn));

/** semihost_present() - did a host answer? */
bool semihost_present(void);

#endif
