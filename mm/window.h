/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/window.h - room in the dynamic window, and who has it.
 *
 * The window is 256 slots of 1 MiB.  A slot is free, part of a big mapping
 * (sections, with pages at its ends), or a page block: 128 units of 8 KiB, each
 * room for one page and its guard, so that the usual four-byte ioremap() is one
 * bit in a bitmap.  Freed room waits in a queue before it may be used again.
 *
 * Interrupts are masked by the callers of what changes something.  Who only reads
 * need not: no interrupt handler maps or unmaps.
 */
#ifndef MM_WINDOW_H
#define MM_WINDOW_H

#include "mm/ioremap.h"
#include "mm/layout.h"

#define WINDOW_BYTES (VMALLOC_END - VMALLOC_START)
#define WINDOW_SLOTS (WINDOW_BYTES / SZ_1M)
#define BLOCK_UNITS 128u

/* AREA_PAGE: live, and the usual case: one page, nothing before it, one unit. */
enum area_state { AREA_NONE, AREA_LIVE, AREA_PAGE, AREA_WAITS, AREA_GONE };

/** struct io_area - one mapping, live, waiting, or gone and not yet overwritten */
struct io_area {
	pa_t phys; /* page aligned */
	u32 freed_at; /* window_maps() when it was unmapped */
	u32 mapped_by, unmapped_by; /* code addresses */
	u16 pages; /* without the guard */
	u16 next; /* the one unmapped after it: an area's number */
	u8 type;
	u8 state; /* enum area_state */
	u8 skip; /* pages between the start of its room and its first page */
	u8 room; /* units it takes, or slots of a big one */
};
_Static_assert(sizeof(struct io_area) == 24, "128 areas and a table make a 4 KiB page");

static inline bool in_window(va_t va)
{
	return va - VMALLOC_START < WINDOW_BYTES;
}

void window_init(void);

/** window_map() - find room for @pages at @pa and enter them; the address, or 0. */
va_t window_map(pa_t pa, u32 pages, u32 type, u32 caller);
/** window_map_page() - the same for one page, in a straight line. */
va_t window_map_page(pa_t pa, u32 type, u32 caller);
/** window_map_section() - the same for one aligned MiB. */
va_t window_map_section(pa_t pa, u32 type, u32 caller);

/** window_shortage() - what kept window_map() from @pages at @pa, in words. */
const char *window_shortage(pa_t pa, u32 pages);

/**
 * window_unmap() - remove the live mapping whose first page holds @va
 * Return: its record, for what else must be undone; NULL: there is none.
 */
const struct io_area *window_unmap(va_t va, u32 caller);

/** window_visit() - live and waiting mappings by address; @fn returns false to stop. */
void window_visit(bool (*fn)(const struct io_info *info, void *arg), void *arg);

/** window_stats() - fill in what the window knows. */
void window_stats(struct ioremap_stats *out);

#endif
