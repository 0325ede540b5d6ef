/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/log.h - the one way out for what the kit has to say.
 *
 * A complete line without its newline goes to the hook.  The formatter is the
 * kit's own because it also runs with the MMU off, where newlib must not be
 * called.
 */
#ifndef MM_LOG_H
#define MM_LOG_H

#include "mm/types.h"

/** Receives one complete line, NUL-terminated, without newline. */
typedef void (*mm_log_fn)(const char *line);

/**
 * mm_set_log() - install the log hook
 * @fn: called for every line; NULL drops lines.  Must be set again after the
 *      MMU comes on, because it is an address.
 */
void mm_set_log(mm_log_fn fn);

/**
 * mm_log() - format one line and hand it to the hook
 * @fmt: understands %s %c %d %u %x with width, '0' and '-' flags, %p (a 32-bit
 *       address as 0x%08x, passed as va_t or pa_t), %S (a code address as
 *       symbol+offset), %z (a size: "4 KiB", "16 MiB", "20 B") and %%.
 *
 * Lines longer than 191 characters are cut and end in "...".
 * Context: any, also with the MMU off, and from an interrupt or abort handler: a
 * line is put together on the caller's stack.  The hook may then be called while
 * it runs.
 */
void mm_log(const char *fmt, ...);

#endif
