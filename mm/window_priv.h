/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/window_priv.h - the state of the dynamic window, for its two files:
 * mm/window.c changes it, mm/window_query.c reads it.
 */
#ifndef MM_WINDOW_PRIV_H
#define MM_WINDOW_PRIV_H

#include "mm/window.h"

#define UNIT_SHIFT 13
#define NONE 0xffffu
#define SMALL_AREAS (MM_PAGE_BLOCKS * BLOCK_UNITS)

_Static_assert(WINDOW_SLOTS == 256, "slot bitmaps are eight words");
_Static_assert(VMALLOC_START % SZ_16M == 0, "supersections need it");
_Static_assert(MM_PAGE_BLOCKS <= 64, "block bitmaps are two words");

struct page_block {
	u32 free[BLOCK_UNITS / 32];
	u32 waits[BLOCK_UNITS / 32];
	pa_t table;
	va_t va; /* of its first unit */
};

struct window {
	u32 maps; /* fresh maps since start */
	u32 first_waiting, last_waiting; /* area numbers, or NONE */
	u32 due; /* @maps at which the first one may go */
	u32 search; /* the block where the last search for several units ended */
	u32 slot_search; /* the word of @slot_free where the last section was found */
	u32 pinned; /* a page block that must not be dropped now, or NONE */
	u32 blocks_with_room[2]; /* page blocks in use that have a free unit */
	u32 blocks_unused[2];
	u32 slot_free[WINDOW_SLOTS / 32];
	u32 slot_waits[WINDOW_SLOTS / 32];
	u8 block_of_slot[WINDOW_SLOTS]; /* 1 + page block, or 0 */
	struct page_block block[MM_PAGE_BLOCKS];
	/* by block and unit, then the big ones by first slot */
	struct io_area area[SMALL_AREAS + WINDOW_SLOTS];
};
extern struct window io_window;

static inline u32 slot_of(va_t va)
{
	return (va - VMALLOC_START) >> SECTION_SHIFT;
}

static inline struct io_area *small_area(u32 b, u32 unit)
{
	return &io_window.area[b * BLOCK_UNITS + unit];
}

static inline struct io_area *big_area(u32 slot)
{
	return &io_window.area[SMALL_AREAS + slot];
}

static inline va_t slot_va(u32 slot)
{
	return VMALLOC_START + (slot << SECTION_SHIFT);
}

static inline bool is_live(const struct io_area *area)
{
	return area->state == AREA_LIVE || area->state == AREA_PAGE;
}

#endif
