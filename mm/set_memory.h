/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/set_memory.h - change the rights of mapped RAM, in Linux's terms.
 *
 * @va is page aligned, in the linear map or the image window; @pages counts
 * 4 KiB pages.  Sections are split and pages merged back without moving a
 * neighbour.
 *
 * Return: 0, or -EINVAL (not aligned, empty, wraps, not RAM), -EFAULT (a hole
 * in the range), -EACCES (would make a page writable where it, or its other
 * mapping, is executable: W^X holds per physical page), -EBUSY (the descriptor
 * to break holds the running code, stack, tables, vectors or console) or
 * -ENOMEM.  errno is set, one line is logged, nothing has changed.
 * Context: not from an interrupt handler; interrupts are masked while a
 * descriptor is broken, so that handlers may use what lies beside.
 */
#ifndef MM_SET_MEMORY_H
#define MM_SET_MEMORY_H

#include "mm/types.h"

int set_memory_ro(va_t va, u32 pages);
int set_memory_rw(va_t va, u32 pages);
int set_memory_x(va_t va, u32 pages);
int set_memory_nx(va_t va, u32 pages);

struct map_image;

/** set_memory_init() - where the image is: its pages have two addresses. */
void set_memory_init(const struct map_image *image);

/**
 * set_memory_keep() - never break a descriptor that maps any of [@first, @last]
 * @name: what stands there, for refusals ("stack"); not copied
 *
 * Return: 0, or -ENOMEM after eight of them.  Epoch: start-up.
 */
int set_memory_keep(va_t first, va_t last, const char *name);

#endif
